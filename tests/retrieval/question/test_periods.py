"""The days that a question names, read as whoever asks on a given day means them."""

from __future__ import annotations

import re
import time
from calendar import day_name, month_abbr, month_name, monthrange
from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from retrieval.question.periods import find_period

TODAY = date(2024, 3, 13)  # a Wednesday

DAYS = st.dates(date.min, date.max)
YEARS = st.integers(1500, 2099)
NAMED_DAYS = st.dates(date(1500, 1, 1), date(2099, 12, 31))
MONTHS = st.integers(1, 12)
LATE = st.dates(date(1502, 1, 1), date.max)  # with two years before them

FULL_FORMS = [
    "{0:%Y}-{0:%m}-{0:%d}",
    "{0.day} {month} {0:%Y}",
    "{0.day} {month}, {0:%Y}",
    "{month} {0.day}, {0:%Y}",
    "{month} {0.day} {0:%Y}",
    "{month}. {0.day}, {0:%Y}",
    "{0.day}th of {month} {0:%Y}",
]
RELATIVE = [
    *("yesterday", "last week", "last month", "last year", "past day", "on Monday", "last Friday"),
    *("in May", "on 3 May", "May 3", "during December", "two years ago", "999 years ago"),
    *("0 days ago", "a week ago", "6 months ago", "999 months ago", "early Feb", "Feb 29"),
]
PIECES = [
    *("from ", "to ", "between ", "and ", "since ", "by ", "of ", "ago ", "last ", "in ", "s"),
    *("May ", "March", "Monday ", "2019", "2,022 ", "2022-10-", "31 ", "99", "two ", "year"),
    *("1990s", "-", ".", ",", " ", "\n", "٣", "²", "İ"),
]
HOSTILE = st.text() | st.lists(st.sampled_from(PIECES)).map("".join)


def days(question: str, today: date = TODAY) -> tuple[date, date] | None:
    """Return the first and the last day that a question names."""
    period = find_period(question, today)
    if period is None:
        return None
    return date.fromordinal(period.first), date.fromordinal(period.last)


def month_of(year: int, month: int) -> tuple[date, date]:
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def year_of(year: int) -> tuple[date, date]:
    return date(year, 1, 1), date(year, 12, 31)


@given(HOSTILE, DAYS)
@example("A1500", TODAY)
def test_any_text_is_read_on_any_day(text: str, today: date) -> None:
    """A question may say anything; an odd one names no day, and breaks nothing."""
    period = find_period(text, today)

    if period is not None:
        assert date.min.toordinal() <= period.first <= period.last <= date.max.toordinal()
        assert period.words <= set(re.findall(r"\w+", text.lower()))


@given(st.sampled_from(RELATIVE), DAYS)
@example("last week", date.min)
@example("on Monday", date.min + timedelta(1))
@example("0 days ago", date.max)
def test_what_is_said_without_a_year_has_begun_when_it_is_asked(said: str, today: date) -> None:
    """News is asked about after it has happened: the May that is meant is the last one."""
    period = find_period(f"Which ferry sank {said}?", today)

    if period is not None:
        assert period.first <= period.last
        assert period.first <= today.toordinal()


@given(NAMED_DAYS, st.sampled_from(FULL_FORMS), st.booleans(), DAYS)
def test_a_full_date_is_that_day_whenever_it_is_asked(
    day: date, form: str, in_short: bool, today: date
) -> None:
    month = (month_abbr if in_short else month_name)[day.month]
    said = form.format(day, month=month)

    period = find_period(f"Which ferry sank on {said}?", today)

    assert period is not None
    assert (period.first, period.last) == (day.toordinal(), day.toordinal())
    assert {str(day.year)} <= period.words <= set(re.findall(r"\w+", said.lower()))


@given(YEARS, st.sampled_from(["{}", "in {}", "In {}?", "the {} storm", "{}'s storm"]), DAYS)
def test_a_year_is_its_days_whenever_it_is_asked(year: int, form: str, today: date) -> None:
    assert days(form.format(year), today) == year_of(year)


@given(YEARS, YEARS, st.sampled_from(["from {} to {}", "between {} and {}", "{}-{}"]), DAYS)
def test_two_years_are_all_days_between_them(one: int, other: int, form: str, today: date) -> None:
    first, last = sorted([one, other])

    assert days(f"Which ferries sank {form.format(first, last)}?", today) == (
        date(first, 1, 1),
        date(last, 12, 31),
    )


@given(st.integers(150, 209), DAYS)
def test_a_decade_is_ten_years(decade: int, today: date) -> None:
    found = days(f"ferries of the {decade}0s", today)

    assert found == (date(10 * decade, 1, 1), date(10 * decade + 9, 12, 31))


@given(YEARS, MONTHS, st.sampled_from(["in {} {}", "{}, {}", "early {} of {}"]), DAYS)
def test_a_month_of_a_year_is_its_days(year: int, month: int, form: str, today: date) -> None:
    assert days(form.format(month_name[month], year), today) == month_of(year, month)


@given(MONTHS, st.sampled_from(["in", "during", "last", "late"]), LATE)
def test_a_month_without_a_year_is_the_last_one_that_has_begun(
    month: int, before: str, today: date
) -> None:
    found = days(f"Which ferry sank {before} {month_name[month]}?", today)

    assert found is not None
    assert found == month_of(found[0].year, month)
    assert found[0] <= today
    assert today.year - 1 <= found[0].year
    assert (found[0].year == today.year) == (month <= today.month)


@given(NAMED_DAYS.filter(lambda day: (day.month, day.day) != (2, 29)), LATE)
def test_a_day_without_a_year_is_the_last_one_up_to_the_day_asked(day: date, today: date) -> None:
    found = days(f"Which ferry sank on {day.day} {month_name[day.month]}?", today)

    assert found is not None
    assert found[0] == found[1] <= today
    assert (found[0].month, found[0].day) == (day.month, day.day)
    assert (today - found[0]).days <= 365


@given(st.integers(0, 6), LATE, st.sampled_from(["on", "last"]))
def test_a_weekday_is_the_last_one_up_to_the_day_asked(
    weekday: int, today: date, before: str
) -> None:
    found = days(f"Which ferry sank {before} {day_name[weekday]}?", today)

    assert found is not None
    assert found[0] == found[1]
    assert found[0].weekday() == weekday
    assert 0 <= (today - found[0]).days < 7


@given(
    st.integers(1, 12),
    st.sampled_from([("day", 1), ("week", 7), ("month", 30), ("month", 31)]),
    st.dates(date(1900, 1, 1)),
)
def test_a_time_ago_holds_that_day_and_not_the_future(
    count: int, unit: tuple[str, int], today: date
) -> None:
    """Nobody counts exactly who says "two weeks ago": the days around are meant as well."""
    name, length = unit

    found = days(f"Which ferry sank {count} {name}s ago?", today)

    assert found is not None
    assert found[0] <= today - timedelta(count * length) <= found[1] <= today


@given(NAMED_DAYS, DAYS)
def test_times_of_different_kinds_are_named_together(day: date, today: date) -> None:
    """From the first day of any to the last day of any, with the words of all."""
    period = find_period(f"in 1704, on {day.day} {day:%B} {day:%Y}, in the 1850s", today)

    assert period is not None
    assert period.first == min(day, date(1704, 1, 1)).toordinal()
    assert period.last == max(day, date(1859, 12, 31)).toordinal()
    assert {"1704", "1850s", str(day.year)} <= period.words


@pytest.mark.parametrize(
    ("said", "first", "last"),
    [
        ("yesterday", date(2024, 3, 12), TODAY),
        ("0 days ago", date(2024, 3, 12), TODAY),
        ("last year", date(2023, 1, 1), date(2023, 12, 31)),
        ("in the past year", date(2023, 1, 1), date(2023, 12, 31)),
        ("ten years ago", date(2014, 1, 1), date(2014, 12, 31)),
        ("an year ago", date(2023, 1, 1), date(2023, 12, 31)),
        ("six years ago", date(2018, 1, 1), date(2018, 12, 31)),
        ("last week", date(2024, 2, 28), TODAY),
        ("three weeks ago", date(2024, 2, 14), date(2024, 2, 28)),
        ("on Monday", date(2024, 3, 11), date(2024, 3, 11)),
        ("on Wednesday", TODAY, TODAY),
        ("on Thursday", date(2024, 3, 7), date(2024, 3, 7)),
        ("in March", date(2024, 3, 1), date(2024, 3, 31)),
        ("in April", date(2023, 4, 1), date(2023, 4, 30)),
        ("on the 14th of March", date(2023, 3, 14), date(2023, 3, 14)),
        ("on Sept. 3", date(2023, 9, 3), date(2023, 9, 3)),
        ("in Feb. 2023", date(2023, 2, 1), date(2023, 2, 28)),
        ("2022-13-04", date(2022, 1, 1), date(2022, 12, 31)),
    ],
)
def test_days_are_counted_from_the_day_asked(said: str, first: date, last: date) -> None:
    assert days(f"Which ferry sank {said}?") == (first, last)


def test_the_words_are_those_that_name_the_days_and_no_others() -> None:
    """They count as held by articles of those days; the others must be held."""
    period = find_period("Which 54 ferries sank off Linn on 3 May 2019, and who paid?", TODAY)

    assert period is not None
    assert period.words == {"3", "may", "2019"}


@pytest.mark.parametrize(
    "question",
    [
        *(
            "",
            "Which ferry sank?",
            "the march on the port",
            "may he go",
            "today's fire",
            "14 cranes",
        ),
        *("2022 people fled", "2,022 cranes", "2019.5 tons", "1,999 ferries", "in 1204", "in 2100"),
        *("on 31 February", "on 2022 people", "14 cranes", "the A1500 road", "Mayor Marsh"),
    ],
)
def test_counts_and_words_like_months_name_no_days(question: str) -> None:
    assert days(question) is None


@pytest.mark.parametrize(
    "question",
    [
        *("since 2019", "before May", "after 3 May 2019", "until last May", "by Monday"),
        *("since the end of 2019", "by early May 2019", "Since March, what has changed?"),
    ],
)
def test_where_one_end_is_open_no_days_are_named(question: str) -> None:
    """What has changed since 2019 is told by all that came later."""
    assert days(question) is None


@pytest.mark.parametrize("who", ["by Mayor Maren", "from Augusta", "by Janet Linn", "by 3 men"])
def test_who_did_something_leaves_the_days_as_they_are(who: str) -> None:
    """Only before a time do "by" and "from" name one end of it."""
    assert days(f"Which ferry was sunk {who} in May 2019?") == month_of(2019, 5)


@pytest.mark.parametrize(
    "unit",
    [
        *("2", "in ", "last ", "may ", "1/", "3 ", "2019 ", "2019-", "from 3 ", "between 3 "),
        *("from 3 between by 3 ", "3 of ", "a year ", "since the end of ", "may 3, ", "in may "),
    ],
)
def test_hostile_questions_are_read_in_no_time(unit: str) -> None:
    started = time.process_time()
    find_period((unit * 1000)[:1000], TODAY)
    assert time.process_time() - started < 0.1
