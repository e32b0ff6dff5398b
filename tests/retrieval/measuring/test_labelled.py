from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from corpus.article import Span
from corpus.errors import RefusedInput
from retrieval.measuring.labelled import LabelledQuestion, Mark, read_labelled

TEXT = "Officials counted 54 stations."
GOLD = {"file": "news/a.txt", "start": 18, "end": 29, "grade": 2}
QUESTION = {"id": "Q1", "question": "How many stations?", "answerable": True, "gold": [GOLD]}


class SmallIndex:
    """Two files of one article each, and two articles of one file."""

    files = ("news/a.txt", "b.txt", "both.jsonl", "both.jsonl")

    @property
    def articles(self) -> Iterator[SimpleNamespace]:
        """Yield records as far as labels need them."""
        for number, file in enumerate(self.files):
            source = SimpleNamespace(file=file)
            yield SimpleNamespace(article_id=f"id{number}", version=1, source=source)

    def text(self, number: int) -> str:
        """Return texts of different lengths."""
        return TEXT * (number + 1)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "questions.jsonl"


def write(path: Path, *lines: Any) -> None:
    """Write lines, each as JSON unless it is a string."""
    texts = [line if isinstance(line, str) else json.dumps(line) for line in lines]
    path.write_text("\n".join(texts) + "\n", encoding="utf-8")


def read(path: Path) -> list[LabelledQuestion]:
    return read_labelled(path, SmallIndex())


def test_all_keys_are_read_and_files_become_ids(path: Path) -> None:
    """Labels name files, as people know them; an answer is judged by the article's id."""
    full = {
        **QUESTION,
        "kind": "numeric",
        "asked": "2024-02-29",
        "tolerated": [{"article_id": "id1", "start": 0, "end": 9, "grade": 0}],
        "answers": ["54"],
        "article_id": "id0",
        "paragraph": {"file": "b.txt", "start": 0, "end": 30},
        "notes": "ignored",
    }
    write(path, full, "", {"id": "Q2", "question": "Why?", "answerable": False})

    first, second = read(path)

    assert first == LabelledQuestion(
        id="Q1",
        question="How many stations?",
        answerable=True,
        kind="numeric",
        asked=date(2024, 2, 29),
        gold=(Mark("id0", Span(18, 29), 2),),
        tolerated=(Mark("id1", Span(0, 9), 0),),
        answers=("54",),
        article_id="id0",
        paragraph=Mark("id1", Span(0, 30), 2),
    )
    assert second == LabelledQuestion(id="Q2", question="Why?", answerable=False)


def changed(**changes: Any) -> dict[str, Any]:
    return {**QUESTION, **changes}


def gold(**changes: Any) -> dict[str, Any]:
    return changed(gold=[{**GOLD, **changes}])


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "Expecting"),
        ([QUESTION], "must be a JSON object"),
        ({key: QUESTION[key] for key in ("id", "question", "gold")}, "'answerable' is missing"),
        (changed(id=7), "'id' must be of the type str, not 7"),
        (changed(answerable=1), "'answerable' must be of the type bool, not 1"),
        (changed(asked="yesterday"), "yesterday"),
        (changed(gold=[]), "needs a gold span of grade 2, or answers"),
        (changed(gold=["a.txt"]), "'gold' must be a list of objects"),
        (changed(gold={}), "'gold' must be of the type list"),
        (changed(answers=["54"]), "answers need the article_id"),
        (changed(answers=[""], article_id="id0"), "must be a list of texts"),
        (changed(article_id="id9"), "the collection has no article 'id9'"),
        (gold(file="other.txt"), "no article of the collection came from the file 'other.txt'"),
        (gold(file="both.jsonl"), "several articles of the collection came from the file"),
        (gold(start=True), "'start' must be of the type int"),
        (gold(start=29), "0 <= start < end"),
        (gold(end=31), "lies outside article 'id0', which has 30 characters"),
        (gold(grade=1), "needs a gold span of grade 2"),
    ],
)
def test_a_bad_line_is_refused_with_its_place_and_the_reason(
    path: Path, line: Any, reason: str
) -> None:
    """Figures over some of the questions would be compared with figures over all."""
    write(path, QUESTION, line)

    with pytest.raises(RefusedInput) as refused:
        read(path)

    assert refused.value.where == f"{path}:2"
    assert reason in refused.value.reason
    assert "\n" not in str(refused.value)


def test_an_id_stands_once(path: Path) -> None:
    """Two outcomes under one id could not be told apart."""
    write(path, QUESTION, QUESTION)

    with pytest.raises(RefusedInput, match=r":2: id 'Q1' stands on an earlier line"):
        read(path)


@pytest.mark.parametrize("content", [None, b"\xff\xfe"])
def test_a_file_that_is_no_text_is_refused(path: Path, content: bytes | None) -> None:
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(RefusedInput, match="cannot be read as UTF-8"):
        read(path)
