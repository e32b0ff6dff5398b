"""Same articles, same answers, byte for byte, in whatever order and portions they were added."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from corpus.directory import DataDirectory
from corpus.ingest import ingest
from corpus.samples import STARTER_FOLDER
from corpus.store import ArticleStore
from retrieval.answer import answer_to_json
from retrieval.answering import Request, answer_question
from retrieval.indexing.generations import open_index
from tests.stores import open_store

NOON = datetime(2100, 1, 1, 12, 0, tzinfo=UTC)  # after the date of every article
QUESTIONS = (
    "How many overseas police stations have been reported?",
    "Has China denied having police stations?",
    "What did the report say about the contact point in Sydney?",
    "Who is Laura Harth?",
    "What does silence mean?",
    "What happened in New York?",
    "police",
    "Is there a police station in Brazil?",
    "Wie viele Polizeistationen gibt es in Europa und anderswo?",
)


def answer_all(data: Path, portions: Sequence[Sequence[Path]]) -> list[str]:
    """Add the portions one after another, and return what is printed for each question."""
    directory = DataDirectory(data)
    store = open_store(directory)
    for portion in portions:
        report = ingest(store, portion, collection="main", at=NOON, by="ann")
        assert not report.refused
        open_index(directory, "main")  # a generation is built from each state in between
    index = open_index(directory, "main")
    printed = [
        answer_to_json(answer_question(index, Request(question, min_confidence=confidence)))
        for question in QUESTIONS
        for confidence in (None, 0)
    ]
    return [json.dumps({**answer, "elapsed_ms": 0}) for answer in printed]


def check_orders(files: list[Path], tmp_path: Path) -> None:
    shuffled = files[1::2] + files[::2]
    straight = answer_all(tmp_path / "straight", [files])

    assert any('"answered": true' in answer for answer in straight)
    assert any('"answered": false' in answer for answer in straight)
    assert answer_all(tmp_path / "reversed", [files[::-1]]) == straight
    portions = [shuffled[3:], shuffled[:3], shuffled[2:5]]
    assert answer_all(tmp_path / "portions", portions) == straight


def test_the_starter_articles_answer_alike_in_any_order(tmp_path: Path) -> None:
    check_orders(sorted(STARTER_FOLDER.glob("*.md")), tmp_path)


def test_real_articles_that_copy_each_other_answer_alike_in_any_order(
    tmp_path: Path, shared: Path
) -> None:
    """Which of two copies is quoted and which is named beside it is settled as well."""
    check_orders(sorted((shared / "seeds").glob("*.txt")), tmp_path)


def test_a_withdrawn_article_leaves_no_trace_in_the_answers(tmp_path: Path) -> None:
    """Not in the weights of words, not in the day that is taken for today."""
    kept, withdrawn = sorted(STARTER_FOLDER.glob("*.md"))[:-1], max(STARTER_FOLDER.glob("*.md"))
    never = answer_all(tmp_path / "never", [kept])
    data = tmp_path / "withdrawn"
    answer_all(data, [[withdrawn], kept])
    store = ArticleStore.open(DataDirectory(data))
    with store.transaction() as connection:
        (article_id,) = (
            one.article_id
            for one in store.list(connection, "main")
            if one.source.file == withdrawn.name
        )
        store.withdraw(connection, "main", article_id, reason="test", at=NOON, by="ann")

    assert answer_all(data, []) == never
