"""The shape of the project: imports run one way, and nothing strays to the top level."""

from __future__ import annotations

import ast
import shutil
import subprocess
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent

# Each package and the packages above it, which it must not know.
ABOVE = {"corpus": {"retrieval", "bot"}, "retrieval": {"bot"}, "bot": set[str]()}

TOP_LEVEL = {
    ".ci",
    ".gitignore",
    "CHANGELOG.md",
    "LICENSE",
    "Makefile",
    "README.md",
    "benchmarks",
    "bot",
    "corpus",
    "docs",
    "pyproject.toml",
    "requirements.lock",
    "retrieval",
    "tests",
}

SOURCES = [
    path.relative_to(PROJECT)
    for package in ABOVE
    for path in sorted(PROJECT.glob(f"{package}/**/*.py"))
]


def imported_packages(source: str) -> set[str]:
    """Return the top-level names that a file imports, wherever in it they stand."""
    names = set[str]()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names.update(alias.name.partition(".")[0] for alias in node.names)
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.partition(".")[0])
    return names


def test_an_import_is_seen_wherever_it_stands() -> None:
    """Keeps the next test honest: an import inside a function or for types only counts too."""
    source = "import a.b, c\nfrom d.e import f\nfrom . import g\ndef h():\n    from i import j\n"

    assert imported_packages(source) == {"a", "c", "d", "i"}


@pytest.mark.parametrize("source", SOURCES, ids=str)
def test_imports_run_one_way(source: Path) -> None:
    """What was said knows nothing of finding it, and finding it knows nothing of the chat."""
    package = source.parts[0]

    stepped_back = imported_packages((PROJECT / source).read_text("utf-8")) & ABOVE[package]

    assert not stepped_back, f"{source} imports {stepped_back}, which stand above {package}"


def test_only_the_agreed_names_stand_at_the_top_level() -> None:
    """A newcomer sees at a glance where to look."""
    git = shutil.which("git")
    if git is None or not (PROJECT / ".git").exists():
        pytest.skip("needs git and a checkout")
    # The checkout may belong to another user, and the user's own git settings are hidden here.
    command = [git, "-c", "safe.directory=*", "ls-files", "-z"]
    listing = subprocess.run(command, cwd=PROJECT, capture_output=True, check=True).stdout.decode()

    strays = {path.partition("/")[0] for path in listing.split("\0") if path} - TOP_LEVEL

    assert not strays
