"""How much processor time an answer takes, once its index is open.

``python benchmarks/answer_speed.py [--passages N] [--rounds N]`` asks five articles, then made-up
ones of so many passages together, whose words are as common and as rare as those of real text.
Building the index of 65,000 passages takes two minutes, of fewer in proportion.

Every question is asked once a round, of an index that was opened anew, and stands with the median
of its rounds. So only what other questions left behind is warm, as in a bot that stays up.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import timedelta
from itertools import cycle, islice
from pathlib import Path
from statistics import median, quantiles

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as `quoth` does, before numpy is imported

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT))

from ingest_speed import SEED, Writer  # noqa: E402
from made_up import FIRST_DAY, write_articles  # noqa: E402

from corpus.article import Article, Precision, Source, hash_text  # noqa: E402
from corpus.blocks import find_blocks  # noqa: E402
from corpus.reading import MAX_FILE_BYTES, Incoming, read_path  # noqa: E402
from retrieval.answering import Request, answer_question  # noqa: E402
from retrieval.indexing.building import build_content  # noqa: E402
from retrieval.indexing.index import Index  # noqa: E402
from retrieval.indexing.writing import digest_articles, write_generation  # noqa: E402

SHARED = PROJECT.parent / "shared"
FEW, FEW_TARGET_MS = 5, 3
MANY, MANY_TARGET_MS = 65_000, 10
PASSAGES_PER_ARTICLE = 9.4  # of the made-up text
MANY_QUESTIONS = 60

# Questions are made of words that stand in one sentence, without those as common as function words.
FUNCTION_WORDS = 100
ASKED_WORDS = 4
QUESTIONS = (
    "How many {0} {1} did {2} {3}?",
    "When was the {0} of the {1} {2}?",
    "Who {0} the {1} {2} in {3}?",
    "Why did the {0} {1} {2} the {3}?",
    "What did the {0} say about the {1} of {2}?",
    "Where is the {0} {1}?",
    "Has the {0} {1} been {2} by {3}?",
    "{0} {1} {2}",
)

Stories = list[tuple[Article, Source]]


def main() -> None:
    """Print the processor time of an answer for both sizes."""
    parser = argparse.ArgumentParser(description="Measure the processor time of an answer.")
    parser.add_argument("--passages", type=int, default=MANY, metavar="N", help="0 leaves them out")
    parser.add_argument("--rounds", type=int, default=5, metavar="N")
    options = parser.parse_args()
    print("CPU ms per question       questions  median     95 %    worst   target")
    with tempfile.TemporaryDirectory() as folder:
        stories, questions = few_articles(Path(folder))
        run(stories, questions, options.rounds, target=FEW_TARGET_MS)
    if options.passages:
        stories, questions = many_articles(round(options.passages / PASSAGES_PER_ARTICLE) or 1)
        run(stories, questions, options.rounds, target=MANY_TARGET_MS)


def run(stories: Stories, questions: Sequence[str], rounds: int, *, target: int) -> None:
    """Index articles, ask the questions, print a line of the table."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        content = build_content(stories)
        write_generation(content, folder, collection="asked", digest=digest_articles(stories))
        n_passages = len(content.arrays.passage_article)
        del content
        times = measure(folder, questions, rounds)
    label = f"{len(stories)} articles, {n_passages} passages"
    print(f"{label:<31} {len(questions):>3} {describe(times)} {target:>8}")


def measure(folder: Path, questions: Sequence[str], rounds: int) -> list[float]:
    """Return the CPU milliseconds of each question: the median of its rounds."""
    for question in questions:  # what is compiled and loaded once is warm
        answer_question(Index.open(folder), Request(question))
    times: list[list[float]] = [[] for _ in questions]
    for _ in range(rounds):
        index = Index.open(folder)
        for question, own in zip(questions, times, strict=True):
            started = time.process_time()
            answer_question(index, Request(question))
            own.append(1000 * (time.process_time() - started))
    return [median(own) for own in times]


def describe(times: Sequence[float]) -> str:
    """Return the median, the 95th percentile and the greatest."""
    high = quantiles(times, n=20, method="inclusive")[-1]
    return f"{median(times):>8.2f} {high:>8.2f} {max(times):>8.2f}"


def few_articles(folder: Path) -> tuple[Stories, list[str]]:
    """Return five articles and questions about them; real ones where the project has them."""
    if SHARED.is_dir():
        lines = (SHARED / "gold" / "questions_dev.jsonl").read_text(encoding="utf-8").splitlines()
        return read_stories(SHARED / "seeds"), [json.loads(line)["question"] for line in lines]
    questions = write_articles(folder, FEW)
    return read_stories(folder), questions


def read_stories(path: Path) -> Stories:
    """Return the articles of a folder as they would be stored."""
    incoming = read_path(path, encoding=None, max_bytes=MAX_FILE_BYTES)
    return [
        (make_article(one.article_id, one.text), one.source)
        for one in incoming
        if isinstance(one, Incoming)
    ]


def many_articles(count: int) -> tuple[Stories, list[str]]:
    """Return so many made-up articles, each with title and date, and questions about some."""
    writer, chance = Writer(SEED), random.Random(SEED)  # noqa: S311 - made-up text
    stories = []
    for number in range(count):
        text = writer.article()
        source = Source(
            title=" ".join(text.split()[:7]),
            published=FIRST_DAY + timedelta(days=chance.randrange(1000)),
            published_precision=Precision.DAY,
        )
        stories.append((make_article(f"{number:05}", text), source))
    common = frozenset(writer.words[:FUNCTION_WORDS].tolist())
    asked = chance.choices([article.text for article, _ in stories], k=MANY_QUESTIONS)
    forms = islice(cycle(QUESTIONS), MANY_QUESTIONS)
    questions = [ask(*one, common, chance) for one in zip(asked, forms, strict=True)]
    return stories, questions


def ask(text: str, form: str, common: frozenset[str], chance: random.Random) -> str:
    """Return a question made of the first telling words of a sentence."""
    told = (
        [word for word in sentence.split() if word.isalpha() and word.lower() not in common]
        for sentence in text.split(".")
    )
    return form.format(*chance.choice([words for words in told if len(words) >= ASKED_WORDS]))


def make_article(article_id: str, text: str) -> Article:
    """Return the first version of an article."""
    return Article("asked", article_id, 1, text, hash_text(text), find_blocks(text))


if __name__ == "__main__":
    main()
