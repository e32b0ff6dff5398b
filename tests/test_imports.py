"""A question must not wait for what answering does not need: a warm ``quoth ask`` starts light."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

PROJECT = Path(__file__).resolve().parent.parent

# Runs the command, and tells what it imported and what numpy found in the environment.
WATCHED = """
import atexit, json, os, sys

class Watch:
    threads = None

    @classmethod
    def find_spec(cls, name, path=None, target=None):
        if name == "numpy":
            cls.threads = os.environ.get("OPENBLAS_NUM_THREADS")

def tell():
    told = {"modules": sorted(sys.modules), "threads": Watch.threads}
    print(json.dumps(told), file=sys.stderr)

sys.meta_path.insert(0, Watch)
atexit.register(tell)
from bot.cli import main
main()
"""

# Each takes longer to import than a question takes to answer, or is there for building only.
UNNEEDED = {
    *("discord", "sklearn", "scipy", "sqlalchemy", "alembic", "trafilatura", "py3langid", "rich"),
    *(
        "nupunkt",
        "corpus.blocks",
        "corpus.sentences",
        "corpus.store",
        "retrieval.indexing.building",
    ),
}
QUESTION = "How many overseas police stations have been reported?"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data directory in which both collections have an index."""
    folder = tmp_path_factory.mktemp("imports")
    article = folder / "ferry.txt"
    article.write_text("The ferry to Linn sank on Monday.\n\nNobody drowned.\n", "utf-8")
    run(folder / "data", "ask", QUESTION)
    run(folder / "data", "corpus", "add", str(article))
    return folder / "data"


def run(data: Path, *arguments: str) -> tuple[str, dict[str, Any]]:
    """Run the command with piped output; return what it printed, and what it imported."""
    environment = {**os.environ, "QUOTH_DATA": str(data)}
    environment.pop("OPENBLAS_NUM_THREADS", None)
    result = subprocess.run(
        [sys.executable, "-c", WATCHED, *arguments],
        cwd=PROJECT,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    told: dict[str, Any] = json.loads(result.stderr.splitlines()[-1])
    return result.stdout, told


@pytest.mark.parametrize(
    ("arguments", "printed"),
    [
        (["Where was the ferry going?"], "The ferry to Linn sank on Monday."),
        (["--json", "Where was the ferry going?"], "The ferry to Linn sank on Monday."),
        (["--collection", "starter", QUESTION], "stations"),
    ],
)
def test_a_warm_question_imports_only_what_answers_it(
    data: Path, arguments: list[str], printed: str
) -> None:
    output, told = run(data, "ask", "--min-confidence", "0", *arguments)

    assert printed in output
    assert "numpy" in told["modules"]
    assert UNNEEDED.isdisjoint(told["modules"])


def test_numpy_is_told_to_start_no_threads(data: Path) -> None:
    """Starting them takes longer than answering."""
    _, told = run(data, "ask", "Where was the ferry going?")

    assert told["threads"] == "1"


@pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["ask", "--help"]])
def test_help_imports_nothing_that_answers(data: Path, arguments: list[str]) -> None:
    _, told = run(data, *arguments)

    assert {*UNNEEDED, "numpy"}.isdisjoint(told["modules"])


def test_the_list_would_catch_what_it_names(data: Path) -> None:
    """Keeps the tests above honest: adding articles does need most of it."""
    _, told = run(data, "corpus", "add", str(PROJECT / "corpus" / "starter"))

    assert {"sqlalchemy", "nupunkt", "corpus.blocks", "retrieval.indexing.building"} <= set(
        told["modules"]
    )
