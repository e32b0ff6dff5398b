"""Dates of publication: ISO 8601 and RFC 822 as written, never guessed."""

from __future__ import annotations

import re
from datetime import date, datetime

from corpus.article import Precision

# Compiled when the first date is read: asking reads none.
YEAR = r"[0-9]{4}"
MONTH = r"([0-9]{4})-([0-9]{2})"
DAY = (
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})"
    r"(?:[Tt ](?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:[.,][0-9]+)?)?"
    r" ?(?:[Zz]|[+-](?:[01][0-9]|2[0-3])(?::?[0-5][0-9])?)?)?"
)

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# RFC 2822, sections 3.3 and 4.3; UTC is not in it, but feeds write it and it means one thing.
RFC_822 = (
    rf"(?:({'|'.join(WEEKDAYS)}), *)?([0-9]{{1,2}}) +({'|'.join(MONTHS)}) +([0-9]{{4}}|[0-9]{{2}})"
    r" +(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9])?"
    r" +(?:[+-][0-9]{4}|UTC?|GMT|[ECMP][SD]T|[A-IK-Z])"
)


def parse_date(value: object) -> tuple[date, Precision]:
    """Return the day that a date names, and how exactly it names it.

    Parameters
    ----------
    value : object
        A string in ISO 8601 (``2022``, ``2022-10``, ``2022-10-13``, or a day with a time) or
        RFC 822 (``Thu, 13 Oct 2022 09:30:00 +0200``), or a date or date-time of TOML.

    Returns
    -------
    tuple of datetime.date and Precision
        The date as written, whatever its time zone; the first day of a month or year.

    Raises
    ------
    ValueError
        If the value is in no such form, is no day of the calendar, or has the wrong weekday.
    """
    if isinstance(value, datetime):
        return value.date(), Precision.DAY
    if isinstance(value, date):
        return value, Precision.DAY
    if isinstance(value, str):
        return _parse_written(value)
    raise ValueError('must be a date such as 2022-10-13, or a year in quotes such as "2022"')


def _parse_written(text: str) -> tuple[date, Precision]:
    try:
        found = _parse_iso(text) or _parse_rfc_822(text)
    except ValueError as error:
        raise ValueError(f"{_shorten(text)} is not a day of the calendar; correct it") from error
    if found is None:
        raise ValueError(
            f"{_shorten(text)} is not a date that is understood; "
            "write 2022, 2022-10, 2022-10-13 or Thu, 13 Oct 2022 09:30:00 +0200"
        )
    return found


def _parse_iso(text: str) -> tuple[date, Precision] | None:
    if re.fullmatch(YEAR, text):
        return date(int(text), 1, 1), Precision.YEAR
    if match := re.fullmatch(MONTH, text):
        return date(int(match[1]), int(match[2]), 1), Precision.MONTH
    if match := re.fullmatch(DAY, text):
        return date(int(match[1]), int(match[2]), int(match[3])), Precision.DAY
    return None


def _parse_rfc_822(text: str) -> tuple[date, Precision] | None:
    match = re.fullmatch(RFC_822, text, re.IGNORECASE | re.ASCII)
    if match is None:
        return None
    weekday, day, month, year = match.groups()
    published = date(_expand_year(year), MONTHS.index(month.lower()) + 1, int(day))
    if weekday is not None and WEEKDAYS[published.weekday()] != weekday.lower():
        raise ValueError(f"{published} is not a {weekday}")
    return published, Precision.DAY


def _expand_year(digits: str) -> int:
    """Return the year that two or four digits mean (RFC 2822, section 4.3)."""
    year = int(digits)
    if len(digits) == 4:
        return year
    return year + (2000 if year < 50 else 1900)


def _shorten(text: str) -> str:
    return repr(text if len(text) <= 60 else text[:60] + "…")
