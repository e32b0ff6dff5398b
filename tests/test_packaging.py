"""What a new user installs: the locked dependencies, the wheel, and the Makefile's commands."""

from __future__ import annotations

import importlib.metadata
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PROJECT = Path(__file__).resolve().parent.parent
LOCK = (PROJECT / "requirements.lock").read_text("utf-8")
PYPROJECT = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))

# One entry of the lock: the name, the version, and the lines of hashes below them.
PIN = re.compile(r"^([\w.-]+)==(\S+).*\n((?: +--hash=sha256:[0-9a-f]{64}.*\n)*)", re.MULTILINE)
PINS = [(canonicalize_name(name), version, hashes) for name, version, hashes in PIN.findall(LOCK)]

DIRECT = {
    *PYPROJECT["build-system"]["requires"],  # the Makefile builds with what is locked
    *PYPROJECT["project"]["dependencies"],
    *PYPROJECT["project"]["optional-dependencies"]["dev"],
}


@pytest.mark.parametrize("dependency", sorted(DIRECT))
def test_every_dependency_is_locked(dependency: str) -> None:
    """An edit of pyproject.toml without ``make lock`` would leave a new user without a package."""
    wanted = Requirement(dependency)

    versions = [version for name, version, _ in PINS if name == canonicalize_name(wanted.name)]

    assert versions, f"{wanted.name} is not in requirements.lock; run make lock"
    assert all(version in wanted.specifier for version in versions)


def test_every_locked_package_has_its_hashes() -> None:
    """What is installed is what was locked, wherever it was fetched from."""
    assert len(PINS) >= len(DIRECT)
    assert [name for name, _, hashes in PINS if not hashes] == []


def test_the_lock_names_no_index_and_no_path() -> None:
    """Every machine fetches from its own index; an address or a path would have a slash."""
    assert "/" not in LOCK
    assert re.search(r"\\(?!\n)", LOCK) is None
    assert set(re.findall(r"(?:^|\s)(--?\w[\w-]*)", LOCK)) == {"--hash"}


def test_the_wheel_holds_every_file_of_the_packages(tmp_path: Path) -> None:
    """``pip install .`` brings the starter articles, the migrations and the models as well."""
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=PROJECT, check=True)
    with zipfile.ZipFile(next(tmp_path.glob("*.whl"))) as wheel:
        packed = {name for name in wheel.namelist() if ".dist-info/" not in name}

    sources = {
        path.relative_to(PROJECT).as_posix()
        for package in ("bot", "corpus", "retrieval")
        for path in (PROJECT / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert packed == sources


def test_the_installed_version_is_the_projects() -> None:
    """``quoth doctor`` reads the version from what was installed."""
    try:
        installed = importlib.metadata.version("quoth")
    except importlib.metadata.PackageNotFoundError:
        pytest.skip("needs Quoth to be installed")

    assert installed == PYPROJECT["project"]["version"]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Return a folder with the Makefile and a ``.venv`` whose ``quoth`` prints its arguments."""
    folder = tmp_path / "a checkout, with spaces"
    commands = folder / ".venv" / "bin"
    commands.mkdir(parents=True)
    for name in ("Makefile", "requirements.lock", "pyproject.toml"):
        shutil.copy(PROJECT / name, folder)
    write_command(commands / "python", "exit 0")
    write_command(commands / "quoth", r"""printf '<%s>' "$@" """)
    (folder / ".venv" / "ready").write_text(f"{folder}\n", "utf-8")
    return folder


def write_command(path: Path, script: str) -> None:
    """Write a shell script that can be run."""
    path.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    path.chmod(0o755)


def run_make(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run make as a user would, not as a part of the ``make test`` that runs this test."""
    make = shutil.which("make")
    if make is None:
        pytest.skip("needs make")
    environment = {"PATH": os.environ["PATH"]}
    return subprocess.run(
        [make, *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.parametrize(
    "question",
    [
        "How many overseas police stations have been reported?",
        'who said "it\'s over"?',
        "what costs $5, $HOME, $$ or $(HOME)?",
        "$(shell touch harm) `touch harm` $(touch harm); touch harm",
        "two\nlines",
        "--help",
        '100 % #1 \\ back\\slash \\" end\\',
        "l’État, c’est où?",
    ],
)
def test_make_ask_passes_the_question_as_it_was_typed(checkout: Path, question: str) -> None:
    """A question is data: neither make nor the shell reads anything into it."""
    result = run_make(checkout, "ask", f"Q={question}")

    assert (result.stdout, result.stderr) == (f"<ask><--><{question}>", "")
    assert not (checkout / "harm").exists()


@pytest.mark.parametrize("cause", ["cut short", "moved", "lock changed", "Python gone"])
def test_make_sets_up_again_what_cannot_be_trusted(checkout: Path, cause: str) -> None:
    """A first run that was killed, a moved folder or a new lock never needs a hand to mend."""
    ready = checkout / ".venv" / "ready"
    match cause:
        case "cut short":
            ready.unlink()
        case "moved":
            ready.write_text("/elsewhere\n", "utf-8")
        case "lock changed":
            os.utime(ready, (0, 0))
        case "Python gone":
            (ready.parent / "bin" / "python").unlink()

    result = run_make(checkout, "ask", "Q=who", "PYTHON=no-such-python")

    assert result.returncode == 2
    assert result.stdout == ""
    assert "Quoth needs Python 3.11 or newer" in result.stderr
    assert "no-such-python" in result.stderr
