"""Which days, months and years a text names, as far as it tells each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from corpus.article import Span

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
)
_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
_YEAR = r"(?:1\d{3}|20\d{2})"
_NO_MORE = r"(?![\w%]|[.,/:]\d|[-\u2013]\d)"


@dataclass(frozen=True, slots=True)
class NamedDate:
    """A date as a text names it; what it does not tell is None."""

    span: Span
    year: int | None
    month: int | None
    day: int | None


def read_dates(text: str) -> Iterator[NamedDate]:
    """Yield the dates of a text in order of place.

    A bare number is a year from 1000 to 2099 if it is written without a separator; whether it
    counts something instead is for the reader of amounts to see.
    """
    for found in _pattern().finditer(text):
        part = {name[0]: value for name, value in found.groupdict().items() if value}
        month = part.get("m", "")
        yield NamedDate(
            Span(*found.span()),
            int(part["y"]) if "y" in part else None,
            _read_month(month) if month else None,
            int(part["d"].rstrip("dhnrst")) if "d" in part else None,
        )


def differ(first: NamedDate, second: NamedDate) -> bool:
    """Return whether two dates contradict each other in what both of them tell."""
    parts = ((first.year, second.year), (first.month, second.month), (first.day, second.day))
    return any(None not in pair and pair[0] != pair[1] for pair in parts)


def _read_month(month: str) -> int:
    return int(month) if month.isdigit() else _MONTHS.index(month[:3].lower()) + 1


@cache
def _pattern() -> re.Pattern[str]:
    """Return the pattern of a date, compiled when the first text is read."""
    return re.compile(
        rf"(?<![\w.,/:-])(?:(?P<d1>{_DAY}) (?:of )?(?P<m1>{_MONTH})"
        rf"(?:,? (?P<y1>{_YEAR}){_NO_MORE})?"
        rf"|(?P<y4>{_YEAR})-(?P<m4>0[1-9]|1[0-2])-(?P<d4>0[1-9]|[12]\d|3[01])\b"
        rf"|(?P<m2>{_MONTH}) (?P<d2>{_DAY})(?:,? (?P<y2>{_YEAR}))?{_NO_MORE}"
        rf"|(?P<m3>{_MONTH})(?: of|,)? (?P<y3>{_YEAR}){_NO_MORE}"
        rf"|(?<=\b[Ii]n )(?P<m6>{_MONTH})(?! ?\d)"
        rf"|(?P<y5>{_YEAR}){_NO_MORE})"
    )
