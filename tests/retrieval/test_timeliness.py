"""Which articles are of the time that a question is about."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.article import Precision
from retrieval.indexing.index import Index
from retrieval.question.periods import find_period
from retrieval.timeliness import (
    LATER_DAYS,
    NEAR_DAYS,
    OLD_DAYS,
    Timeliness,
    judge_timeliness,
    measure_distance,
    measure_freshness,
)
from tests.stories import Story, collections, make_story, questions

BuildIndex = Callable[[Iterable[Story]], Index]

LAW = settings(max_examples=25)  # each builds an index

TODAY = date(2024, 3, 1)
AGES = [0, 1, 2, 7, 30, 365, OLD_DAYS - 1, OLD_DAYS, 2 * OLD_DAYS]
DATED = [TODAY - timedelta(days=age) for age in AGES]
DAYS = st.dates(date(1980, 1, 1), date(2060, 1, 1))
WHEN = st.sampled_from(
    [
        *("", "in March", "in 2022", "in May 2022", "on 3 May 2022", "last week", "since 2022"),
        *("on Monday", "from May 2021 to June 2022", "in the middle ages", "two years ago"),
    ]
)


@pytest.fixture(scope="module")
def dated(build_index: BuildIndex) -> Index:
    """Return an index of articles of falling age, and last one without a date."""
    return build_index(
        [
            *(make_story("Storm.", f"a{place}", published=day) for place, day in enumerate(DATED)),
            make_story("Storm.", "z"),
        ]
    )


@pytest.fixture(scope="module")
def rough(build_index: BuildIndex) -> Index:
    """Return an index of articles known by day, by month and by year."""
    return build_index(
        [
            make_story("Storm.", name, published=day, published_precision=precision)
            for name, day, precision in (
                ("a", date(2022, 5, 17), Precision.DAY),
                ("b", date(2022, 5, 1), Precision.MONTH),
                ("c", date(2022, 1, 1), Precision.YEAR),
            )
        ]
    )


def assert_equal(one: Timeliness, other: Timeliness) -> None:
    assert one.preference.tolist() == other.preference.tolist()
    assert one.is_named.tolist() == other.is_named.tolist()
    assert one.words == other.words


@LAW
@given(collections(), questions(), WHEN, st.none() | st.dates(date(2021, 6, 1), date(2023, 6, 1)))
def test_a_preference_is_at_most_a_half_and_none_without_a_date(
    build_index: BuildIndex, stories: list[Story], question: str, when: str, asked: date | None
) -> None:
    """So that it settles what is nearly equal, and nothing speaks for or against the undated."""
    index = build_index(stories)

    timeliness = judge_timeliness(index, f"{question} {when}", asked)

    undated = np.array([source.published is None for _, source in stories])
    assert timeliness.preference.shape == timeliness.is_named.shape == (index.n_articles,)
    assert (np.abs(timeliness.preference) <= 0.5).all()
    assert not timeliness.preference[undated].any()
    assert not timeliness.is_named[undated].any()
    assert (timeliness.preference[timeliness.is_named] == 0.5).all()


@LAW
@given(collections(), questions(), WHEN)
def test_without_a_day_the_day_is_that_of_the_newest_article(
    build_index: BuildIndex, stories: list[Story], question: str, when: str
) -> None:
    """The same answer next week, for a collection that nobody adds to."""
    index, asked = build_index(stories), f"{question} {when}"

    timeliness = judge_timeliness(index, asked, None)

    if index.newest is None:
        assert_equal(timeliness, Timeliness.neutral(index))
    else:
        assert_equal(timeliness, judge_timeliness(index, asked, date.fromisoformat(index.newest)))


@given(DAYS, DAYS)
def test_articles_of_the_days_named_go_before_others_and_nearer_before_farther(
    dated: Index, one: date, other: date
) -> None:
    first, last = sorted([one, other])

    timeliness = judge_timeliness(dated, f"storms from {first} to {last}", TODAY)

    distance = [max((first - day).days, (day - last).days, 0) for day in DATED]
    measured = measure_distance(dated, first.toordinal(), last.toordinal())
    assert measured.tolist() == [*distance, np.inf]
    assert timeliness.is_named.tolist() == [away == 0 for away in [*distance, 1]]
    order = sorted(zip(distance, timeliness.preference.tolist(), strict=False))
    for (near, high), (far, low) in pairwise(order):
        assert high > low or near == far or (high == low == 0 and near >= NEAR_DAYS)
    assert all(0 <= preference <= 0.5 for _, preference in order)
    assert all((preference == 0) == (away >= NEAR_DAYS) for away, preference in order)


@given(DAYS)
def test_what_asks_for_no_time_prefers_what_is_new(dated: Index, asked: date) -> None:
    timeliness = judge_timeliness(dated, "Which storm?", asked)

    assert timeliness.preference.tolist() == measure_freshness(dated, asked.toordinal()).tolist()
    assert not timeliness.is_named.any()
    assert not timeliness.words


@pytest.mark.parametrize("when", ["since 2019", "before June", "in the 14th century", "at Easter"])
@given(asked=DAYS)
def test_a_time_without_days_prefers_nothing(dated: Index, when: str, asked: date) -> None:
    """Neither what is new nor what is old is nearer to it."""
    assert_equal(judge_timeliness(dated, f"storms {when}", asked), Timeliness.neutral(dated))


@given(DAYS, st.sampled_from(["in May 2022", "on 3 May", "last year", "on Monday"]))
def test_the_words_that_count_are_those_that_name_the_days(
    dated: Index, asked: date, when: str
) -> None:
    """As whoever asks on that day means them."""
    period = find_period(when, asked)

    timeliness = judge_timeliness(dated, f"Which storm sank ferries {when}?", asked)

    assert period is not None
    assert timeliness.words == period.words
    measured = measure_distance(dated, period.first, period.last)
    assert timeliness.is_named.tolist() == (measured == 0).tolist()


def test_all_articles_are_equally_timely_unless_judged(dated: Index) -> None:
    timeliness = Timeliness.neutral(dated)

    assert timeliness.preference.tolist() == [0.0] * dated.n_articles
    assert timeliness.is_named.tolist() == [False] * dated.n_articles
    assert timeliness.words == frozenset()


@pytest.mark.parametrize(
    ("when", "named"),
    [
        ("in 2022", [True, True, True]),
        ("in May 2022", [True, True, False]),
        ("on 17 May 2022", [True, False, False]),
        ("on 18 May 2022", [False, False, False]),
        ("in 2021", [False, False, False]),
    ],
)
def test_an_article_known_by_its_year_is_of_no_day_of_it(
    rough: Index, when: str, named: list[bool]
) -> None:
    """It may be of that day, but nothing says so."""
    assert judge_timeliness(rough, f"storms {when}", TODAY).is_named.tolist() == named


def test_an_article_is_as_far_as_the_nearer_end_of_its_time(rough: Index) -> None:
    before, after = date(2021, 12, 31).toordinal(), date(2023, 1, 2).toordinal()

    assert measure_distance(rough, before, before).tolist() == [137, 121, 1]
    assert measure_distance(rough, after, after).tolist() == [230, 216, 2]


@given(DAYS)
def test_freshness_falls_with_age_and_is_bounded(dated: Index, asked: date) -> None:
    """From a half for the day's own to minus a half for the oldest and for what came later."""
    freshness = measure_freshness(dated, asked.toordinal())

    ages = [(asked - TODAY).days + age for age in AGES]
    past = [(age, fresh) for age, fresh in zip(ages, freshness, strict=False) if age >= 0]
    assert (np.abs(freshness) <= 0.5).all()
    assert all(fresh > other or fresh == other == -0.5 for (_, fresh), (_, other) in pairwise(past))
    assert all(fresh == 0.5 for age, fresh in past if age == 0)
    assert all(fresh == -0.5 for age, fresh in past if age >= OLD_DAYS)
    assert all(
        fresh == (0.5 if age >= -LATER_DAYS else -0.5)
        for age, fresh in zip(ages, freshness, strict=False)
        if age < 0
    )


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_an_article_without_date_is_neither_new_nor_old(dated: Index, asked: date) -> None:
    assert measure_freshness(dated, asked.toordinal())[-1] == 0


def test_an_article_known_by_its_year_is_as_new_as_its_last_day(build_index: BuildIndex) -> None:
    """It may be of that day, and is not from the future while its year lasts."""
    year, day = date(2023, 1, 1), date(2023, 12, 31)
    index = build_index(
        [
            make_story("Storm.", "a", published=year, published_precision=Precision.YEAR),
            make_story("Storm.", "b", published=day),
        ]
    )

    later, within = (measure_freshness(index, one.toordinal()) for one in (TODAY, date(2023, 5, 1)))

    assert later[0] == later[1]
    assert within.tolist() == [0.5, -0.5]
