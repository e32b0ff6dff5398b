"""Labelled questions: what ``quoth eval`` reads, one JSON object a line.

Keys: ``id``, ``question``, ``answerable``; optional ``kind`` (type of question), ``asked`` (a day),
``gold`` and ``tolerated`` (lists of places), ``answers`` (texts) with ``article_id``, ``paragraph``
(a place). A place is ``{"file" | "article_id", "start", "end", "grade"}``. Other keys are ignored.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from corpus.article import Span
from corpus.errors import RefusedInput
from retrieval.indexing.index import Index

ANSWERING_GRADE = 2  # a gold span of this grade answers the question; lower ones only in part
NO_KIND = "other"

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in an article that somebody labelled, and how well it answers (2 is fully)."""

    article_id: str
    span: Span
    grade: int


@dataclass(frozen=True, slots=True)
class LabelledQuestion:
    """A question with what is known about its answer.

    Parameters
    ----------
    kind : str
        Type of question, for the table of figures.
    asked : datetime.date or None
        The day on which it is asked.
    gold : tuple of Mark
        Places that answer it.
    tolerated : tuple of Mark
        Places that do not answer it but may be shown.
    answers, article_id
        Accepted answers, as they stand in the text of the named article.
    paragraph : Mark or None
        Where the answer lies; if given, a passage is judged by it alone.

    Raises
    ------
    ValueError
        If the question is called answerable and nothing could ever answer it.
    """

    id: str
    question: str
    answerable: bool
    kind: str = NO_KIND
    asked: date | None = None
    gold: tuple[Mark, ...] = ()
    tolerated: tuple[Mark, ...] = ()
    answers: tuple[str, ...] = ()
    article_id: str | None = None
    paragraph: Mark | None = None

    def __post_init__(self) -> None:
        if self.answers and self.article_id is None:
            raise ValueError("answers need the article_id in which they are accepted")
        graded = any(mark.grade >= ANSWERING_GRADE for mark in self.gold)
        if self.answerable and not graded and not self.answers:
            raise ValueError("an answerable question needs a gold span of grade 2, or answers")


def read_labelled(path: Path, index: Index) -> list[LabelledQuestion]:
    """Read labelled questions and find the articles they name.

    Parameters
    ----------
    path : pathlib.Path
        A file of one JSON object a line; blank lines are skipped.
    index : Index
        The collection that the questions are about.

    Raises
    ------
    RefusedInput
        If the file cannot be read, or for the first line that is not a labelled question, repeats
        an id, or names an article or a place which the collection does not have. Figures over a
        part of the questions would not be comparable, so one bad line refuses the file.
    """
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise RefusedInput(str(path), f"cannot be read as UTF-8 text ({error})") from error
    articles = _Articles(index)
    questions: dict[str, LabelledQuestion] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        where = f"{path}:{number}"
        question = _parse_line(line, where, articles)
        if question.id in questions:
            raise RefusedInput(where, f"id {question.id!r} stands on an earlier line already")
        questions[question.id] = question
    return list(questions.values())


class _Articles:
    """The articles that a label may name, by id or by file, and the lengths of their texts."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._numbers: dict[str, int] = {}
        self._by_file: dict[str, list[str]] = defaultdict(list)
        for number, article in enumerate(index.articles):
            self._numbers[article.article_id] = number
            if article.source.file is not None:
                self._by_file[article.source.file].append(article.article_id)

    def find_file(self, file: str) -> str:
        """Return the id of the one article that was read from a file."""
        found = self._by_file.get(file, [])
        if len(found) != 1:
            count = "several articles" if found else "no article"
            raise ValueError(
                f"{count} of the collection came from the file {file!r}; "
                "add it, name the collection that has it, or give article_id"
            )
        return found[0]

    def length(self, article_id: str) -> int:
        """Return the length of an article's text, in code points."""
        if article_id not in self._numbers:
            raise ValueError(
                f"the collection has no article {article_id!r}; "
                "add it, or name the collection that has it"
            )
        return len(self._index.text(self._numbers[article_id]))


def _parse_line(line: str, where: str, articles: _Articles) -> LabelledQuestion:
    try:
        return _parse_question(json.loads(line), articles)
    except (ValueError, RecursionError) as error:
        raise RefusedInput(where, str(error)) from error


def _parse_question(data: Any, articles: _Articles) -> LabelledQuestion:
    if not isinstance(data, dict):
        raise ValueError("the line must be a JSON object")  # noqa: TRY004 - the file is wrong, not a call
    asked = _optional(data, "asked", str)
    paragraph = _optional(data, "paragraph", dict)
    article_id = _optional(data, "article_id", str)
    if article_id is not None:
        articles.length(article_id)
    return LabelledQuestion(
        id=_required(data, "id", str),
        question=_required(data, "question", str),
        answerable=_required(data, "answerable", bool),
        kind=_optional(data, "kind", str) or NO_KIND,
        asked=None if asked is None else date.fromisoformat(asked),
        gold=_parse_marks(data, "gold", articles),
        tolerated=_parse_marks(data, "tolerated", articles),
        answers=_parse_answers(data),
        article_id=article_id,
        paragraph=None if paragraph is None else _parse_mark(paragraph, articles),
    )


def _parse_answers(data: Mapping[str, Any]) -> tuple[str, ...]:
    answers = _optional(data, "answers", list) or []
    if not all(isinstance(answer, str) and answer for answer in answers):
        raise ValueError("'answers' must be a list of texts that are not empty")
    return tuple(answers)


def _parse_marks(data: Mapping[str, Any], key: str, articles: _Articles) -> tuple[Mark, ...]:
    marks = _optional(data, key, list) or []
    if not all(isinstance(mark, dict) for mark in marks):
        raise ValueError(f"{key!r} must be a list of objects")
    return tuple(_parse_mark(mark, articles) for mark in marks)


def _parse_mark(data: Mapping[str, Any], articles: _Articles) -> Mark:
    article_id = _optional(data, "article_id", str)
    if article_id is None:
        article_id = articles.find_file(_required(data, "file", str))
    span = Span(_required(data, "start", int), _required(data, "end", int))
    length = articles.length(article_id)
    if span.end > length:
        raise ValueError(
            f"[{span.start}, {span.end}) lies outside article {article_id!r}, which has {length} "
            "characters; the labels were made for another version of it"
        )
    grade = _optional(data, "grade", int)
    return Mark(article_id, span, ANSWERING_GRADE if grade is None else grade)


def _required(data: Mapping[str, Any], key: str, kind: type[Value]) -> Value:
    value = _optional(data, key, kind)
    if value is None:
        raise ValueError(f"the key {key!r} is missing")
    return value


def _optional(data: Mapping[str, Any], key: str, kind: type[Value]) -> Value | None:
    value = data.get(key)
    # In Python True is an int; as an offset or a grade it is a mistake.
    if value is not None and type(value) is not kind:
        raise ValueError(f"{key!r} must be of the type {kind.__name__}, not {value!r}")
    return value
