"""What would be quoted, before it is decided whether to."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.considering import Considered, Wanted, consider_question, select_quotes
from retrieval.indexing.index import Index
from retrieval.models import load_models
from tests.stories import Story, collections, make_story, questions
from tests.strategies import share_of_examples

Build = Callable[[Iterable[Story]], Index]

LAW = share_of_examples(0.4)  # each builds an index
WANTED = Wanted(quotes=3, most=3, chars=300)


def consider(
    index: Index,
    question: str,
    *,
    wanted: Wanted = WANTED,
    asked: date | None = None,
    allowed: list[bool] | None = None,
) -> Considered:
    mask = np.ones(index.n_articles, np.bool_) if allowed is None else np.array(allowed, np.bool_)
    return consider_question(
        index, question, wanted, asked=asked, allowed=mask, models=load_models()
    )


@LAW
@given(collections(), questions(), st.integers(0, 6))
def test_more_windows_come_behind_the_others_and_decide_nothing(
    build_index: Build, stories: list[Story], question: str, more: int
) -> None:
    index = build_index(stories)
    short = consider(index, question)

    longer = consider(index, question, wanted=Wanted(3, 3 + more, 300))

    assert longer.windows[:3] == short.windows
    assert (longer.features is None) == (short.features is None)
    if short.features is not None and longer.features is not None:
        assert longer.features.tolist() == short.features.tolist()


@LAW
@given(collections(), questions(), st.lists(st.booleans(), min_size=4, max_size=4))
def test_only_articles_that_may_answer_are_read_and_quoted(
    build_index: Build, stories: list[Story], question: str, allowed: list[bool]
) -> None:
    index = build_index(stories)
    allowed = allowed[: index.n_articles]

    considered = consider(index, question, allowed=allowed)

    read = index.arrays.passage_article[considered.evidence.passages]
    assert all(allowed[article] for article in read)
    for selection in select_quotes(index, considered, np.array(allowed, np.bool_)):
        assert allowed[selection.article]


@LAW
@given(collections(), questions())
def test_passages_stand_by_how_likely_one_of_their_sentences_answers(
    build_index: Build, stories: list[Story], question: str
) -> None:
    considered = consider(build_index(stories), question)
    evidence = considered.evidence

    missed = {
        int(passage): np.prod(1 - considered.probabilities[evidence.passage_of == place])
        for place, passage in enumerate(evidence.passages)
    }

    order = [round(float(missed[int(passage)]), 8) for passage in considered.passages]
    assert sorted(map(int, considered.passages)) == sorted(missed)
    assert order == pytest.approx(sorted(order), abs=1e-7)


OLD, NEW = date(2019, 5, 2), date(2024, 5, 2)
STORM = "A storm drove {} ships onto the rocks of Ostrel, the harbour master said."


@pytest.fixture(scope="module")
def storms(build_index: Build) -> Index:
    """Return two stories that differ in nothing but their date and a figure."""
    return build_index(
        [
            make_story(STORM.format("nine"), "a", published=OLD),
            make_story(STORM.format("seven"), "b", published=NEW),
        ]
    )


def articles_of(index: Index, considered: Considered) -> list[int]:
    everything = np.ones(index.n_articles, np.bool_)
    return [one.article for one in select_quotes(index, considered, everything)]


def test_of_two_equal_sentences_the_newer_is_quoted_first(storms: Index) -> None:
    """News is asked for its latest state; the day asked is that of the newest article."""
    question = "How many ships did the storm drive onto the rocks of Ostrel?"

    assert articles_of(storms, consider(storms, question)) == [1, 0]
    assert articles_of(storms, consider(storms, question, asked=NEW)) == [1, 0]


def test_for_whoever_asks_on_an_earlier_day_the_older_one_is_news(storms: Index) -> None:
    question = "How many ships did the storm drive onto the rocks of Ostrel?"

    assert articles_of(storms, consider(storms, question, asked=OLD)) == [0, 1]


@pytest.mark.parametrize(
    ("when", "order"),
    [
        *[("in 2019", [0, 1]), ("in May 2019", [0, 1]), ("on 2 May 2019", [0, 1])],
        *[("in 2024", [1, 0]), ("last year", [1, 0]), ("on Friday", [1, 0])],
    ],
)
def test_a_question_that_names_days_is_answered_from_articles_near_them(
    storms: Index, when: str, order: list[int]
) -> None:
    """It says itself what it wants, be it old."""
    question = f"How many ships did the storm drive onto the rocks of Ostrel {when}?"

    considered = consider(storms, question, asked=NEW)

    assert articles_of(storms, considered) == order


@pytest.mark.parametrize("when", ["since 2010", "before June", "in the 14th century"])
def test_a_question_about_a_time_without_days_is_not_shifted_by_dates(
    storms: Index, when: str
) -> None:
    """Of what has been since 2010, an old article tells as well as a new one."""
    question = f"How many ships did the storm drive onto the rocks of Ostrel {when}?"

    considered = consider(storms, question, asked=NEW)

    assert not considered.scores.timeliness.preference.any()
    assert considered.probabilities[0] == considered.probabilities[1]
    assert articles_of(storms, considered) == [0, 1]


def test_without_dates_nothing_is_newer(build_index: Build) -> None:
    index = build_index([make_story(STORM.format(n), n) for n in ("nine", "seven")])

    considered = consider(index, "How many ships hit the rocks of Ostrel?", asked=NEW)

    assert not considered.scores.timeliness.preference.any()


def test_nothing_is_considered_where_no_word_is_known(storms: Index) -> None:
    considered = consider(storms, "zebras")

    assert (considered.windows, considered.features) == ((), None)
    assert len(considered.passages) == 0
