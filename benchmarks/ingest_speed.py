"""How fast articles are added, index included: 1,000 made-up articles of 5 kB.

``python benchmarks/ingest_speed.py [--articles N]`` writes them to a temporary folder, once as
files and once as lines of a ``.jsonl``, and runs ``quoth corpus add`` as a whole process on each.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np

PROJECT = Path(__file__).resolve().parent.parent
QUOTH = [sys.executable, "-c", "from bot.cli import main; main()"]
TARGET_MB_PER_SECOND = 2.0

SEED = 20240229
ARTICLE_CHARS = 5_000
VOCABULARY_SIZE = 30_000
NAME_SHARE = 0.04
NUMBER_SHARE = 0.02
ZIPF_SHIFT = 2.7  # Mandelbrot's, fits English: frequency ~ 1 / (rank + 2.7)


class Writer:
    """Writes text whose words are as common and as rare as those of real text.

    Parameters
    ----------
    seed : int
        The same seed writes the same text.

    Attributes
    ----------
    words : numpy.ndarray of str
        All that it may write, the commonest first.
    """

    def __init__(self, seed: int) -> None:
        self._random = np.random.default_rng(seed)
        self.words = np.array(list(self._invent_words(VOCABULARY_SIZE)))
        frequencies = 1 / (np.arange(VOCABULARY_SIZE) + 1 + ZIPF_SHIFT)
        self._chances = frequencies / frequencies.sum()

    def article(self) -> str:
        """Return paragraphs of about 5,000 characters in all."""
        paragraphs: list[str] = []
        while sum(map(len, paragraphs)) < ARTICLE_CHARS - 200:
            sentences = [self._sentence() for _ in range(self._random.integers(2, 6))]
            paragraphs.append(" ".join(sentences))
        return "\n\n".join(paragraphs) + "\n"

    def _sentence(self) -> str:
        length = int(self._random.integers(8, 31))
        words = self._random.choice(self.words, size=length, p=self._chances).tolist()
        for place, chance in enumerate(self._random.random(length)):
            if chance < NAME_SHARE or place == 0:
                words[place] = words[place].capitalize()
            elif chance < NAME_SHARE + NUMBER_SHARE:
                words[place] = f"{self._random.integers(1, 100_000):,}"
        return " ".join(words) + "."

    def _invent_words(self, count: int) -> Iterator[str]:
        onsets = [*"bcdfghlmnprstvw", "st", "tr", "pl", "ch"]
        vowels = [*"aeiou", "ea", "ou"]
        seen: set[str] = set()
        while len(seen) < count:
            syllables = self._random.integers(1, 5)
            word = "".join(
                self._random.choice(onsets) + self._random.choice(vowels) for _ in range(syllables)
            )
            if word not in seen:
                seen.add(word)
                yield word


def main() -> None:
    """Write the articles, add them both ways, print the speed."""
    parser = argparse.ArgumentParser(description="Measure the speed of `quoth corpus add`.")
    parser.add_argument("--articles", type=int, default=1_000, metavar="N")
    count = parser.parse_args().articles
    writer = Writer(SEED)
    texts = [writer.article() for _ in range(count)]
    size = sum(len(text.encode()) for text in texts) / 1e6
    print(f"{count} articles, {size:.2f} MB, {os.cpu_count()} cores")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files, lines = write_files(folder / "files", texts), write_lines(folder / "a.jsonl", texts)
        for label, path in (("files", files), ("jsonl", lines)):
            wall, cpu = add(path, folder / f"data-{label}")
            print(
                f"{label}: {wall:5.2f} s, {size / wall:5.2f} MB/s"
                f"   (processor: {cpu:5.2f} s, {size / cpu:5.2f} MB/s)"
            )
    print(f"target: {TARGET_MB_PER_SECOND} MB/s")


def write_files(folder: Path, texts: list[str]) -> Path:
    """Write each text as a file of its own."""
    folder.mkdir()
    for number, text in enumerate(texts):
        (folder / f"article-{number:05}.txt").write_text(text, encoding="utf-8")
    return folder


def write_lines(path: Path, texts: list[str]) -> Path:
    """Write all texts to one file of JSON lines."""
    lines = (json.dumps({"id": str(number), "text": text}) for number, text in enumerate(texts))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def add(path: Path, data: Path) -> tuple[float, float]:
    """Add articles to a new data directory; return the process's wall and CPU seconds."""
    environment = {**os.environ, "QUOTH_DATA": str(data)}
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(
        [*QUOTH, "corpus", "add", str(path)],
        cwd=PROJECT,
        env=environment,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    wall, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


if __name__ == "__main__":
    main()
