"""The days that a question names: what is asked "in May 2019" is best answered from that time."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta

# Written out: those of `calendar` depend on the language of the machine.
_MONTHS_IN_ORDER = """
    january february march april may june july august september october november december
    """.split()
_WEEKDAYS_IN_ORDER = "monday tuesday wednesday thursday friday saturday sunday".split()
_MONTHS = {name: number for number, name in enumerate(_MONTHS_IN_ORDER, start=1)}
_MONTHS |= {name[:3]: number for name, number in _MONTHS.items()} | {"sept": 9}
_WEEKDAYS = {name: number for number, name in enumerate(_WEEKDAYS_IN_ORDER)}

_MONTH_NAMES = "|".join(sorted(_MONTHS, key=len, reverse=True))
_MONTH = rf"(?P<month>{_MONTH_NAMES})\b\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?\b"
_YEARS = r"(?:1[5-9]|20)\d\d"
_YEAR = rf"(?P<year>{_YEARS})"
# "2,022 cranes" and "2022 people" are counts; "1990s" names ten years.
_PLAIN_YEAR = (
    rf"(?<![\w.,]){_YEAR}(?P<decade>s)?\b"
    r"(?!,\d|\.\d| (?:people|persons|men|women|children|dollars|euros|pounds|km|miles|%))"
)
_NUMBER = r"(?P<count>\d{1,3}|an?|one|two|three|four|five|six|ten)"
_COUNTS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}

# Each is tried on what those before it have left.
_FORMS = (
    rf"\b{_YEAR}-(?P<month_number>\d\d)-{_DAY}",
    rf"\b{_DAY}(?: of)? {_MONTH}(?:,? {_YEAR}\b)?",
    rf"\b{_MONTH} {_DAY}(?:,? {_YEAR}\b)?",
    rf"\b{_MONTH}(?: (?:and|or|to|until|till) (?P<later>{_MONTH_NAMES})\b\.?)?(?: of)?,? {_YEAR}\b",
    rf"\b(?:in|during|last|early|late|mid) {_MONTH}",
    _PLAIN_YEAR,
    rf"\b(?:on|last) (?P<weekday>{'|'.join(_WEEKDAYS)})\b",
    r"\b(?P<yesterday>yesterday)\b",
    r"\b(?:last|past|previous) (?P<unit>day|week|month|year)\b",
    rf"\b{_NUMBER} (?P<unit>day|week|month|year)s? ago\b",
)
# "Since 2019" and "before May" name an end of the time alone; "from 2016 to 2018" names both.
_OPEN = (
    r"\b(?:since|after|until|till|before|by)\s+(?:the\s+)?(?:end\s+of\s+)?"
    r"(?:(?:early|late|last|mid)\s+)?"
    rf"(?:(?:\d{{1,2}}(?:st|nd|rd|th)?(?: of)? )?(?:{_MONTH_NAMES})\b|{_YEARS}\b"
    rf"|(?:{'|'.join(_WEEKDAYS)}|yesterday|week|month|year)\b)"
)
_RANGE = rf"\bfrom\s.*\s(?:to|until|till)\s+(?:{_MONTH_NAMES}|\d)|\bbetween\s.*\sand\s"
_DAYS = {"day": 1, "week": 7, "month": 31, "year": 366}


@dataclass(frozen=True, slots=True)
class Period:
    """Days that a question names.

    Parameters
    ----------
    first, last : int
        As proleptic ordinals, both included.
    words : frozenset of str
        The words that name them, in lower case.
    """

    first: int
    last: int
    words: frozenset[str]


def find_period(question: str, today: date) -> Period | None:
    """Return the days that a question names, from the first to the last; None if it names none.

    Parameters
    ----------
    today : datetime.date
        The day asked: "last week" and "in May" are before it.

    Returns
    -------
    Period or None
        None too where only one end is named ("since 2019").
    """
    lowered = question.lower()
    if re.search(_OPEN, lowered) and not re.search(_RANGE, lowered, re.DOTALL):
        return None
    found = list(_find(lowered, today))
    if not found:
        return None
    return Period(
        min(first.toordinal() for first, _, _ in found),
        max(last.toordinal() for _, last, _ in found),
        frozenset(word for _, _, words in found for word in re.findall(r"\w+", words)),
    )


def _find(lowered: str, today: date) -> Iterator[tuple[date, date, str]]:
    """Yield first and last day of each time that is named, with its words."""
    for form in _FORMS:
        rest, end = [], 0
        for match in re.finditer(form, lowered):
            days = _read(match, today)
            if days is not None:
                yield *days, match.group()
                rest.append(lowered[end : match.start()])
                end = match.end()
        lowered = " | ".join([*rest, lowered[end:]])


def _read(match: re.Match[str], today: date) -> tuple[date, date] | None:
    """Return first and last day of one time; None if there is no such day."""
    said = {name: value for name, value in match.groupdict().items() if value}
    try:
        if "month" in said or "month_number" in said:
            return _read_month(said, today)
        if "year" in said:
            year = int(said["year"])
            return date(year, 1, 1), date(year + 9 * ("decade" in said), 12, 31)
        return _read_relative(said, today)
    except (ValueError, OverflowError):
        return None


def _read_month(said: dict[str, str], today: date) -> tuple[date, date]:
    """Return the days of a month, or a day of it; without a year, the last one up to today."""
    month = _MONTHS[said["month"]] if "month" in said else int(said["month_number"])
    day = int(said.get("day", 1))
    year = int(said.get("year", today.year))
    if "year" not in said and date(year, month, day) > today:
        year -= 1
    first = date(year, month, day)
    if "day" in said:
        return first, first
    last = max(month, _MONTHS[said["later"]]) if "later" in said else month
    return first, date(year, last, calendar.monthrange(year, last)[1])


def _read_relative(said: dict[str, str], today: date) -> tuple[date, date]:
    """Return the days of "yesterday", "last week", "two years ago" and "on Monday"."""
    if "weekday" in said:
        back = (today.weekday() - _WEEKDAYS[said["weekday"]]) % 7
        return today - timedelta(back), today - timedelta(back)
    if "yesterday" in said:
        return today - timedelta(1), today
    if said["unit"] == "year":
        year = today.year - _count(said)
        if not MINYEAR <= year <= MAXYEAR:
            raise ValueError("no such year")
        return date(year, 1, 1), date(year, 12, 31)
    length = _DAYS[said["unit"]]
    middle = today - timedelta(length * _count(said))
    return middle - timedelta(length), min(middle + timedelta(length), today)


def _count(said: dict[str, str]) -> int:
    count = said.get("count", "1")
    return int(count) if count.isdigit() else _COUNTS.get(count, 10)
