"""The made-up news is sound, and Quoth keeps a quality on it.

The models that ship have learnt from these very questions: the floors guard against breaking
things, and say nothing about how well Quoth does on news that it has not seen. Figures of models
that had not seen the story stand in docs/quality.md.
"""

from __future__ import annotations

import json
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from quality_page import METHOD

from corpus.reading import MAX_FILE_BYTES, Incoming, read_path
from retrieval.indexing.index import Index
from retrieval.measuring.evaluation import evaluate
from retrieval.measuring.labelled import read_labelled
from retrieval.measuring.report import Report
from retrieval.training.examples import Data, read_data
from retrieval.training.folds import FOLDS
from tests.stories import Story, make_story

PRESS = Path(__file__).resolve().parent.parent / "press"
ARTICLES, QUESTIONS = PRESS / "articles", PRESS / "questions.jsonl"

LEAST_ARTICLES, LEAST_QUESTIONS, LEAST_UNANSWERED = 90, 600, 150
FOLD_SHARE = 0.3  # of the questions: what one fold holds at most

HIT_AT_1 = 155  # of 434 answerable questions, silence off
HIT_AT_3 = 240
ANSWERED = 240  # of 434, as shipped
SILENT = 70  # of 181 that cannot be answered


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    """Return the articles by name of file, as characters are counted in them."""
    return {path.name: path.read_bytes().decode("utf-8") for path in ARTICLES.glob("*.txt")}


@pytest.fixture(scope="module")
def sources() -> list[dict[str, Any]]:
    return list(tomllib.loads((ARTICLES / "sources.toml").read_text("utf-8"))["article"])


@pytest.fixture(scope="module")
def questions() -> list[dict[str, Any]]:
    return [json.loads(line) for line in QUESTIONS.read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def stories() -> list[Story]:
    found = []
    for item in read_path(ARTICLES, encoding=None, max_bytes=MAX_FILE_BYTES):
        assert isinstance(item, Incoming), item
        found.append((make_story(item.text, item.article_id)[0], item.source))
    return found


@pytest.fixture(scope="module")
def report(stories: list[Story], build_index: Callable[[Iterable[Story]], Index]) -> Report:
    """Return what comes of every question, asked of all articles."""
    index = build_index(stories)
    return evaluate(index, read_labelled(QUESTIONS, index), max_quotes=3, quote_chars=300)


def test_there_is_enough_of_it(texts: dict[str, str], questions: list[dict[str, Any]]) -> None:
    assert len(texts) >= LEAST_ARTICLES
    assert len(questions) >= LEAST_QUESTIONS
    assert sum(not one["answerable"] for one in questions) >= LEAST_UNANSWERED


def test_the_page_of_figures_says_how_much_there_is(
    texts: dict[str, str], questions: list[dict[str, Any]]
) -> None:
    told = " ".join(METHOD.split())

    assert f"{len(texts)} articles invented for Quoth, with {len(questions)} questions" in told
    assert f"{sum(not one['answerable'] for one in questions)} are answered nowhere" in told


def test_every_article_says_where_it_is_from(
    texts: dict[str, str], sources: list[dict[str, Any]]
) -> None:
    """A citation needs a title at least; most have a publisher and a day as well."""
    assert sorted(one["file"] for one in sources) == sorted(texts)
    for one in sources:
        assert one["title"] in texts[one["file"]], one["file"]
    years = [one["published"].year for one in sources if "published" in one]
    assert len(years) > 0.8 * len(sources)
    assert 2012 <= min(years) <= max(years) <= 2025
    assert sum("publisher" in one for one in sources) > 0.8 * len(sources)


def test_articles_are_stored_as_they_lie(stories: list[Story], texts: dict[str, str]) -> None:
    """Places are counted in the files; what is stored has to be the same characters."""
    assert {source.file: article.text for article, source in stories} == texts


def test_each_question_has_an_id_of_its_own(questions: list[dict[str, Any]]) -> None:
    counts = Counter(one["id"] for one in questions)

    assert [key for key, count in counts.items() if count > 1] == []


def test_labelled_places_stand_in_their_articles(
    texts: dict[str, str], questions: list[dict[str, Any]]
) -> None:
    """An edge at white space would be a place that no quote of whole sentences has."""
    for one in questions:
        for gold in one["gold"]:
            text = texts[gold["file"]]
            assert 0 <= gold["start"] < gold["end"] <= len(text), one["id"]
            place = text[gold["start"] : gold["end"]]
            assert place == place.strip(), one["id"]
            assert gold["grade"] in {1, 2}, one["id"]


def test_a_question_has_an_answer_if_and_only_if_it_is_said_to(
    questions: list[dict[str, Any]],
) -> None:
    for one in questions:
        assert any(gold["grade"] == 2 for gold in one["gold"]) == one["answerable"], one["id"]
        assert (one["kind"] == "unanswerable") != one["answerable"], one["id"]


@pytest.fixture(scope="module")
def data() -> Data:
    return read_data(PRESS, n_folds=FOLDS)


def test_no_question_has_its_answers_in_two_folds(data: Data) -> None:
    """Models without a fold would else have seen a part of its stories."""
    for one in data.questions:
        folds = {data.folds[mark.article_id] for mark in one.gold}
        assert folds == {data.fold_of(one)}, one.id


def test_no_fold_holds_much_of_the_questions(data: Data) -> None:
    """Stories that hang together in one large knot would leave little to learn from."""
    asked = [*data.questions, *data.unanswered]
    counts = Counter(data.fold_of(one) for one in asked)

    assert len(counts) == FOLDS
    assert max(counts.values()) < FOLD_SHARE * len(asked)


def test_answers_are_found(report: Report) -> None:
    assert report.hit(1).count >= HIT_AT_1
    assert report.hit(3).count >= HIT_AT_3


def test_what_cannot_be_answered_is_mostly_met_with_silence_and_what_can_is_not(
    report: Report,
) -> None:
    assert (report.answered().total, report.silent().total) == (434, 181)
    assert report.answered().count >= ANSWERED
    assert report.silent().count >= SILENT


def test_every_quote_is_verbatim(report: Report) -> None:
    verbatim = report.verbatim()

    assert verbatim.total > 1000
    assert verbatim.count == verbatim.total
