"""A date is what somebody wrote, or there is none: nothing is guessed."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.article import Precision
from corpus.dates import parse_date

zones = st.integers(-23 * 60, 23 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
moments = st.datetimes(timezones=zones)


@given(st.dates())
def test_iso_dates_are_as_exact_as_they_are_written(day: date) -> None:
    text = day.isoformat()

    assert parse_date(text) == (day, Precision.DAY)
    assert parse_date(text[:7]) == (day.replace(day=1), Precision.MONTH)
    assert parse_date(text[:4]) == (date(day.year, 1, 1), Precision.YEAR)


@given(moments)
def test_a_date_with_a_time_is_the_date_as_written_whatever_the_zone(moment: datetime) -> None:
    """Turning it into another zone would print a day that nobody wrote."""
    expected = (moment.date(), Precision.DAY)

    assert parse_date(moment.isoformat()) == expected
    assert parse_date(moment.isoformat(" ", "minutes")) == expected
    assert parse_date(moment.replace(tzinfo=None).isoformat() + "Z") == expected
    assert parse_date(moment) == expected


@given(st.datetimes(min_value=datetime(1900, 1, 1)), zones)  # noqa: DTZ001
def test_dates_of_mail_and_feeds_are_understood(moment: datetime, zone: timezone) -> None:
    written = format_datetime(moment.replace(tzinfo=zone))

    assert parse_date(written) == (moment.date(), Precision.DAY)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Thu, 13 Oct 2022 09:30:00 GMT", date(2022, 10, 13)),
        ("13 Oct 2022 09:30 +0200", date(2022, 10, 13)),
        ("thu, 6 oct 2022 09:30:00 utc", date(2022, 10, 6)),
        ("13 Oct 22 09:30:00 EST", date(2022, 10, 13)),
        ("13 Oct 94 09:30:00 Z", date(1994, 10, 13)),
    ],
)
def test_rfc_822(text: str, day: date) -> None:
    assert parse_date(text) == (day, Precision.DAY)


@pytest.mark.parametrize(
    "text",
    [
        "13/10/2022",
        "10-13-2022",
        "13.10.2022",
        "October 13, 2022",
        "13 October 2022",
        "13 Oct 2022",
        "yesterday",
        "2022-10-13T25:00:00Z",
        "2022-10-13T09",
        "20221013",
        "22",
        "2022-1-3",
        "2022-W41-4",
        " 2022",
        "2022\n",
        "٢٠٢٢",
        "Thu, 13 Okt 2022 09:30:00 GMT",
        "2022-10-13 or 14",
    ],
)
def test_any_other_form_is_refused_with_the_forms_that_are_understood(text: str) -> None:
    with pytest.raises(ValueError, match="is not a date that is understood; write 2022, 2022-10,"):
        parse_date(text)


@pytest.mark.parametrize(
    "text",
    ["2022-13", "2022-02-30", "0000", "2023-02-29T10:00Z", "31 Apr 2022 10:00 GMT"],
)
def test_a_day_that_never_was_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a day of the calendar; correct it"):
        parse_date(text)


def test_a_weekday_that_contradicts_its_date_is_refused() -> None:
    """One of the two is wrong, and Quoth cannot know which."""
    with pytest.raises(ValueError, match="not a day of the calendar"):
        parse_date("Mon, 13 Oct 2022 09:30:00 GMT")


@pytest.mark.parametrize("value", [2022, 20.22, True, ["2022"], {}, time(9, 30, tzinfo=UTC)])
def test_what_is_no_string_and_no_date_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match="must be a date such as 2022-10-13, or a year in quotes"):
        parse_date(value)


@given(st.text())
def test_any_string_is_a_date_or_one_line_of_error(text: str) -> None:
    try:
        parse_date(text)
    except ValueError as error:
        assert str(error).isprintable()  # noqa: PT017
