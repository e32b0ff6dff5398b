"""The benchmark of speed, at a small size: its figures are of questions that find something."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import answer_speed
import ingest_speed
import pytest
from answer_speed import FUNCTION_WORDS, MANY_QUESTIONS, ask, describe, many_articles

from retrieval.answering import Request, answer_question
from retrieval.indexing.building import build_content
from retrieval.indexing.index import Index
from retrieval.indexing.writing import digest_articles, write_generation


@pytest.fixture(autouse=True)
def few_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make do with fewer words, whose invention takes most of the time."""
    monkeypatch.setattr(ingest_speed, "VOCABULARY_SIZE", 3_000)


def test_both_sizes_are_measured(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """Whoever has not the real articles measures five made-up ones."""
    monkeypatch.setattr(answer_speed, "SHARED", tmp_path / "none")
    monkeypatch.setattr(sys, "argv", ["answer_speed.py", "--passages", "30", "--rounds", "1"])

    answer_speed.main()

    head, few, many = capsys.readouterr().out.splitlines()
    assert head.split() == "CPU ms per question questions median 95 % worst target".split()
    assert few.startswith("5 articles, ")
    assert many.startswith("3 articles, ")
    for row in (few, many):
        mid, high, worst, target = map(float, row.split()[-4:])
        assert 0 < mid <= high <= worst
        assert target in {3, 10}


def test_made_up_articles_and_questions_are_the_same_each_time() -> None:
    """Figures of two versions can be compared only if both were asked the same."""
    stories, questions = many_articles(3)

    assert (stories, questions) == many_articles(3)
    assert len(questions) == MANY_QUESTIONS


def test_every_made_up_question_finds_something(tmp_path: Path) -> None:
    """One that finds nothing is met with silence, which takes no time."""
    stories, questions = many_articles(3)
    write_generation(
        build_content(stories), tmp_path, collection="asked", digest=digest_articles(stories)
    )

    index = Index.open(tmp_path)

    for question in questions:
        assert answer_question(index, Request(question, min_confidence=0)).answered


def test_questions_leave_out_what_is_as_common_as_function_words() -> None:
    """Such words stand in every passage, and no real question is made of them."""
    common = frozenset(f"common{number}" for number in range(FUNCTION_WORDS))
    text = "Common1 alba common2 bora ceda dipa 12,000.\n\nCommon3 elva."

    question = ask(text, "Who {0} the {1} {2} in {3}?", common, random.Random(1))  # noqa: S311

    assert question == "Who alba the bora ceda in dipa?"


def test_the_95th_percentile_lies_near_the_slow_end() -> None:
    assert describe([float(number) for number in range(1, 102)]).split() == [
        "51.00",
        "96.00",
        "101.00",
    ]
