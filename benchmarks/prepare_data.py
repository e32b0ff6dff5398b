"""Turn the labelled data beside the project into the form that ``quoth eval`` reads.

``python benchmarks/prepare_data.py [--shared DIR] [OUTPUT]`` writes, by default to build/quality:

- ``seeds/questions.jsonl``: the questions about the news articles of ``shared/seeds``;
- ``wiki/articles.jsonl``: the paragraphs of ``shared/wiki``, joined to one article a title;
- ``wiki/questions.jsonl``: its questions, with the places of the accepted answers.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import shlex
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.identity import derive_article_id

PROJECT = Path(__file__).resolve().parent.parent
PUBLISHER = "Wikipedia"
PARAGRAPH_BREAK = "\n\n"

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of a joined article, and where it begins there."""

    article_id: str
    start: int
    text: str

    def place(self, start: int, end: int) -> Record:
        """Return a stretch of the paragraph as a label of the article."""
        return {
            "article_id": self.article_id,
            "start": self.start + start,
            "end": self.start + end,
            "grade": 2,
        }


def main() -> None:
    """Read the data, write the files, say how to measure with them."""
    parser = argparse.ArgumentParser(description="Prepare labelled questions for `quoth eval`.")
    parser.add_argument("output", nargs="?", type=Path, default=PROJECT / "build" / "quality")
    parser.add_argument("--shared", type=Path, default=PROJECT.parent / "shared")
    arguments = parser.parse_args()
    if not arguments.shared.is_dir():
        parser.error(
            f"{arguments.shared} is not a folder; name that of the labelled data (--shared)"
        )
    prepare_seeds(arguments.shared, arguments.output / "seeds")
    prepare_wiki(arguments.shared, arguments.output / "wiki")
    seeds = shlex.quote(str(arguments.shared / "seeds"))
    output = shlex.quote(str(arguments.output))
    print("\nTo measure:")
    print(f"  quoth corpus add {seeds} --collection seeds")
    print(f"  quoth eval {output}/seeds/questions.jsonl --collection seeds")
    print(f"  quoth corpus add {output}/wiki/articles.jsonl --collection wiki")
    print(f"  quoth eval {output}/wiki/questions.jsonl --collection wiki --quote-chars 300")


def prepare_seeds(shared: Path, output: Path) -> None:
    """Write the questions about the news articles; the articles are added as they lie."""
    labelled = [label_seed(record) for record in read_jsonl(shared / "gold/questions_dev.jsonl")]
    write_jsonl(output / "questions.jsonl", labelled)


def label_seed(record: Record) -> Record:
    """Return a question of the gold set as a labelled question."""
    return {
        "id": record["id"],
        "kind": record["type"],
        "question": record["question"],
        "answerable": record["answerable"],
        "gold": [label_place(place) for place in record["gold"]],
        "tolerated": [label_place(place) for place in record.get("tolerated", [])],
    }


def label_place(place: Record) -> Record:
    """Return what a label needs of a place in the gold set."""
    return {key: place[key] for key in ("file", "start", "end", "grade")}


def prepare_wiki(shared: Path, output: Path) -> None:
    """Write the encyclopedia's articles and the questions about them."""
    articles, paragraphs = join_paragraphs(read_jsonl(shared / "wiki/wiki_passages.jsonl.gz"))
    write_jsonl(output / "articles.jsonl", articles)
    records = list(read_jsonl(shared / "wiki/wiki_questions.jsonl.gz"))
    labelled = [label_wiki(record, paragraphs[record["gold_passage"]]) for record in records]
    found = [question for question in labelled if question["gold"]]
    write_jsonl(output / "questions.jsonl", found)
    print(f"{len(labelled) - len(found)} questions left out: no answer stands in their paragraph")


def join_paragraphs(records: Iterable[Record]) -> tuple[list[Record], dict[int, Paragraph]]:
    """Join paragraphs of one title, in order of their ids, and tell where each one begins.

    Returns
    -------
    tuple of (list of dict, dict of int to Paragraph)
        The articles, as ``quoth corpus add`` reads them, and the paragraphs by id.
    """
    by_title: dict[str, list[Record]] = defaultdict(list)
    for record in sorted(records, key=lambda record: record["id"]):
        by_title[record["title"]].append(record)
    articles, paragraphs = [], {}
    for title, parts in by_title.items():
        text = PARAGRAPH_BREAK.join(part["text"] for part in parts)
        article_id = derive_article_id(
            text=text, url=None, publisher=PUBLISHER, source_id=title, file_name=None
        )
        start = 0
        for part in parts:
            paragraphs[part["id"]] = Paragraph(article_id, start, part["text"])
            start += len(part["text"]) + len(PARAGRAPH_BREAK)
        articles.append({"id": title, "title": title, "publisher": PUBLISHER, "text": text})
    return articles, paragraphs


def label_wiki(record: Record, paragraph: Paragraph) -> Record:
    """Return a question with every place in its paragraph where an accepted answer stands."""
    found = {span for answer in record["answers"] for span in find_answer(answer, paragraph.text)}
    return {
        "id": record["id"],
        "kind": record["set"],
        "question": record["question"],
        "answerable": True,
        "gold": [paragraph.place(start, end) for start, end in sorted(found)],
        "paragraph": paragraph.place(0, len(paragraph.text)),
    }


def find_answer(answer: str, text: str) -> list[tuple[int, int]]:
    """Return where an answer stands in a text, as whole words if it does so anywhere.

    "9" is not meant in "1990"; but a few answers were cut inside a word by who labelled them.
    """
    exact = re.escape(answer)
    whole = re.finditer(rf"(?<!\w){exact}(?!\w)", text)
    spans = [match.span() for match in whole]
    return spans or [match.span() for match in re.finditer(exact, text)]


def read_jsonl(path: Path) -> Iterator[Record]:
    """Yield the records of a file of JSON lines, which may be compressed."""
    opener = gzip.open if path.suffix == ".gz" else Path.open
    with opener(path, "rb") as file:
        for line in file:
            yield json.loads(line)


def write_jsonl(path: Path, records: Iterable[Record]) -> None:
    """Write records as JSON lines, creating the folder, and say how many."""
    lines = [json.dumps(record, ensure_ascii=False) + "\n" for record in records]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(lines), encoding="utf-8", newline="\n")
    print(f"{len(lines):>6} lines  {path}")


if __name__ == "__main__":
    main()
