from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.comparing.dates import NamedDate, differ, read_dates


@given(st.text("Ma y1290.,-\nJune", max_size=60))
def test_a_date_is_a_stretch_of_its_text_and_tells_something(text: str) -> None:
    for date in read_dates(text):
        assert date.span.end <= len(text)
        assert (date.year, date.month) != (None, None)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("It opened in 2018.", [(2018, None, None)]),
        ("It opened in May 2018.", [(2018, 5, None)]),
        ("It opened on 3 May 2018.", [(2018, 5, 3)]),
        ("It opened on May 3, 2018.", [(2018, 5, 3)]),
        ("It opened on Feb. 3.", [(None, 2, 3)]),
        ("It opened on 2018-05-03.", [(2018, 5, 3)]),
        ("It opened in May.", [(None, 5, None)]),
        ("It may open.", []),
        ("It has 2,018 boats at pier 20180.", []),
        ("It ran from 1914 and until 1918.", [(1914, None, None), (1918, None, None)]),
    ],
)
def test_a_date_is_read_as_far_as_it_is_told(
    text: str, told: list[tuple[int | None, int | None, int | None]]
) -> None:
    assert [(date.year, date.month, date.day) for date in read_dates(text)] == told


def test_dates_differ_only_in_what_both_tell() -> None:
    """A year does not contradict a month of it."""
    year, month, other = (next(read_dates(text)) for text in ("2018", "May 2018", "June 2018"))

    assert not differ(year, month)
    assert differ(month, other)
    assert differ(year, next(read_dates("2019")))
    assert not differ(next(read_dates("3 May")), year)
    assert isinstance(year, NamedDate)
