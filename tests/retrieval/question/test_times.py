from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.question.times import names_time


@given(st.text(), st.integers(1900, 2099))
def test_a_year_is_a_time_wherever_it_stands(text: str, year: int) -> None:
    assert names_time(f"{text} in {year}")


@pytest.mark.parametrize(
    "question",
    [
        *("who won in 2022", "the 1990s", "in 1918", "What act inspired the 1689 revolt?"),
        *("on Monday", "what closed in march", "3 May attack", "May 3 attack", "since October"),
        *("yesterday's fire", "last week's fire", "the past two months", "two years ago"),
        *("in the 14th century", "on 2022-10-04", "4/10/2022", "World War II ports"),
    ],
)
def test_years_months_days_and_times_gone_by_are_named(question: str) -> None:
    """Who asks about 2019 is not served better by what is newest."""
    assert names_time(question)


@pytest.mark.parametrize(
    "question",
    [
        *("the march on the port", "may he go", "2022 people fled", "2,022 cranes", "when was it"),
        *("latest on the port", "today's fire", "what happens now", "", "14 cranes", "last crane"),
    ],
)
def test_questions_about_no_time_or_about_now_are_left_alone(question: str) -> None:
    """The news of today is what a reader without a date wants."""
    assert not names_time(question)


@pytest.mark.parametrize("unit", ["2", "in ", "last ", "may ", "1/", "last a "])
def test_hostile_questions_are_read_in_no_time(unit: str) -> None:
    started = time.process_time()
    names_time((unit * 1000)[:1000])
    assert time.process_time() - started < 0.1
