"""Days are written one way, so that no date is ever guessed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.days import parse_day


@given(st.dates())
def test_every_day_is_read_as_written(day: date) -> None:
    assert parse_day(day.isoformat()) == day


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yesterday",
        "20230816",
        "2023-W33-3",
        "16.8.2023",
        "2023-02-30",
        "2023-8-16",
        "٢٠٢٣-٠٨-١٦",
    ],
)
def test_nothing_else_is_a_day(text: str) -> None:
    with pytest.raises(ValueError, match="is not a"):
        parse_day(text)
