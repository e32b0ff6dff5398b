"""Small articles about towns of our own, and questions about them, as training reads them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from corpus.identity import derive_article_id

TOWNS = "Abo Bergen Cadiz Dover Elba Faro Genoa Hull Izmir Jaffa Kiel Lagos".split()
FACTS = {
    "Who painted the lighthouse of {0}?": "The lighthouse of {0} was painted green in 1901.",
    "How many take the ferry to {0}?": "The ferry to {0} carries forty people every morning.",
    "What is sold on the market of {0}?": "The market of {0} sells herring and dark bread.",
    "Who designed the bridge of {0}?": "The bridge of {0} was designed by a retired sailor.",
}

Line = dict[str, Any]


def write_towns(
    folder: Path, towns: Sequence[str], *, n_facts: int = len(FACTS), more: Iterable[Line] = ()
) -> Path:
    """Write an article a town, a question a paragraph, and more questions; return the folder."""
    articles = [{"id": town, "publisher": "Post", "text": _write(town)} for town in towns]
    questions = [
        make_line(f"{town} {asked}", asked.format(town), [place_of(town, number)])
        for town in towns
        for number, asked in enumerate(list(FACTS)[:n_facts])
    ]
    write_lines(folder / "articles.jsonl", articles)
    write_lines(folder / "questions.jsonl", [*questions, *more])
    return folder


def make_line(key: str, question: str, gold: Sequence[Line] = ()) -> Line:
    """Return a labelled question; one without places is answered nowhere."""
    return {"id": key, "question": question, "answerable": bool(gold), "gold": list(gold)}


def place_of(town: str, number: int) -> Line:
    """Return where a fact stands in the article about a town."""
    text, fact = _write(town), list(FACTS.values())[number].format(town)
    start = text.index(fact)
    return {"article_id": id_of(town), "start": start, "end": start + len(fact) - 2}


def id_of(town: str) -> str:
    """Return the id that the article about a town gets."""
    return derive_article_id(
        text=_write(town), url=None, publisher="Post", source_id=town, file_name=None
    )


def write_lines(path: Path, lines: Iterable[Line]) -> None:
    """Write JSON lines."""
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")


def _write(town: str) -> str:
    return "\n\n".join(FACTS.values()).format(town)
