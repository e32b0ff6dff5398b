"""How much processor time a cold ``quoth ask`` needs beyond starting Python at all.

``python benchmarks/startup.py [--runs N]`` adds five articles to a temporary data directory, then
starts ``quoth ask`` in a new process again and again, in turn with ``python -c pass``. The files
lie in the system's cache, as after the first question of a day, and Python keeps their bytecode, as
it does unless it is told not to.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

PROJECT = Path(__file__).resolve().parent.parent
SEEDS = PROJECT.parent / "shared" / "seeds"
QUESTION = "How many overseas police stations have been reported?"
TARGET_MS = 300
QUOTH = [sys.executable, "-c", "from bot.cli import main; main()"]
BARE = [sys.executable, "-c", "pass"]


def main() -> None:
    """Print the processor time of both commands, and their difference."""
    parser = argparse.ArgumentParser(description="Measure the start-up of `quoth ask`.")
    parser.add_argument("--runs", type=int, default=15, metavar="N")
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as folder:
        os.environ["QUOTH_DATA"] = str(Path(folder) / "data")
        os.environ["PYTHONPYCACHEPREFIX"] = str(Path(folder) / "bytecode")
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        if SEEDS.is_dir():
            run([*QUOTH, "corpus", "add", str(SEEDS)])
        ask = [*QUOTH, "ask", QUESTION]
        run(ask)  # sets up what a first run sets up
        bare, whole = measure(runs, ask)
    print(f"{'five articles' if SEEDS.is_dir() else 'starter articles'}, {runs} runs, CPU ms")
    print(describe("python -c pass", bare))
    print(describe("quoth ask", whole))
    print(f"{'beyond':<16} {median(whole) - median(bare):7.1f}   (target: {TARGET_MS})")


def measure(runs: int, ask: list[str]) -> tuple[list[float], list[float]]:
    """Return the CPU milliseconds of both commands, run in turn so that both see the same load."""
    bare, whole = [], []
    for _ in range(runs):
        bare.append(run(BARE))
        whole.append(run(ask))
    return bare, whole


def run(command: list[str]) -> float:
    """Run a command to its end and return its CPU time, user and system, in milliseconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, cwd=PROJECT, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return 1000 * (after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime)


def describe(name: str, times: list[float]) -> str:
    """Return a line with the median and the range."""
    return f"{name:<16} {median(times):7.1f}   ({min(times):.1f} to {max(times):.1f})"


if __name__ == "__main__":
    main()
