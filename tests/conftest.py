"""What every test may rely on: a home of its own, golden files and the data beside the project."""

from __future__ import annotations

import difflib
import os
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from hypothesis import settings

from corpus.article import Article, Source
from retrieval.indexing.building import build_content
from retrieval.indexing.index import Index
from retrieval.indexing.writing import digest_articles, write_generation

PROJECT = Path(__file__).resolve().parent.parent
GOLDEN = PROJECT / "tests" / "golden"
SHARED = PROJECT.parent / "shared"

EXAMPLES = 50  # half of what Hypothesis draws by itself: the whole suite runs before each push

settings.register_profile(
    "quoth",
    deadline=None,  # a slow machine is no failure
    derandomize="CI" in os.environ,  # there, a failure must be the change's own
    max_examples=EXAMPLES,
    print_blob=True,
)
settings.register_profile("long", settings.get_profile("quoth"), max_examples=20 * EXAMPLES)
settings.load_profile("quoth")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that rewrites golden files."""
    parser.addoption(
        "--update-golden", action="store_true", help="rewrite tests/golden; read the diff in review"
    )


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the test, and every command it starts, an empty home and no settings of the user's."""
    folder = tmp_path_factory.mktemp("home")
    for name in list(os.environ):
        if name.startswith(("QUOTH_", "XDG_")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(folder))
    return folder


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of real articles and labelled questions, which is not part of Quoth."""
    if not SHARED.is_dir():
        pytest.skip(f"needs the data in {SHARED}")
    return SHARED


@pytest.fixture(scope="session")
def build_index(
    tmp_path_factory: pytest.TempPathFactory,
) -> Callable[[Iterable[tuple[Article, Source]]], Index]:
    """Return a function that writes and maps a real index of some articles."""

    def build(articles: Iterable[tuple[Article, Source]]) -> Index:
        stored, folder = list(articles), tmp_path_factory.mktemp("index")
        digest = digest_articles(stored)
        write_generation(build_content(stored), folder, collection="main", digest=digest)
        return Index.open(folder)

    return build


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Return a function that holds a text against the file of that name in ``tests/golden``."""
    return update_golden if request.config.getoption("--update-golden") else compare_golden


def update_golden(name: str, text: str) -> None:
    """Write the text as the golden file."""
    path = GOLDEN / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode("utf-8"))


def compare_golden(name: str, text: str) -> None:
    """Fail with the difference unless the text equals the golden file."""
    path = GOLDEN / name
    if not path.is_file():
        pytest.fail(f"there is no {path}; pytest --update-golden writes it", pytrace=False)
    expected = path.read_bytes().decode("utf-8")
    if text != expected:
        pytest.fail(describe_difference(name, expected, text), pytrace=False)


def describe_difference(name: str, expected: str, actual: str) -> str:
    """Return a unified diff from the golden file to what came out."""
    lines = difflib.unified_diff(
        expected.split("\n"), actual.split("\n"), f"golden/{name}", "this run", lineterm=""
    )
    return "\n".join([*lines, "If the new text is right: pytest --update-golden"])
