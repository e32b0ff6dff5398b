from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ledger.moments import read_moment, write_moment

ZONES = st.integers(-23, 23).map(lambda hours: timezone(timedelta(hours=hours)))
MOMENTS = st.datetimes(datetime(1000, 1, 3), datetime(9999, 12, 29), timezones=ZONES)  # noqa: DTZ001 - the strategy's bounds


@given(MOMENTS)
def test_a_moment_comes_back_to_the_second_in_utc(at: datetime) -> None:
    assert read_moment(write_moment(at)) == at.replace(microsecond=0)
    assert read_moment(write_moment(at)).tzinfo is UTC


@given(MOMENTS, MOMENTS)
def test_moments_sort_as_text(one: datetime, other: datetime) -> None:
    """The database compares them as text."""
    earlier = one.replace(microsecond=0) < other.replace(microsecond=0)

    assert (write_moment(one) < write_moment(other)) == earlier


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="needs a time zone"):
        write_moment(datetime(2024, 5, 1))  # noqa: DTZ001 - what is refused
