"""Days as people and programs write them to Quoth: YYYY-MM-DD and nothing else."""

from __future__ import annotations

import re
from datetime import date

ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def parse_day(text: str) -> date:
    """Return the day that ``YYYY-MM-DD`` names.

    Raises
    ------
    ValueError
        For any other form, ISO 8601's included, and for a day that is not in the calendar.
    """
    if ISO_DAY.fullmatch(text) is None:
        raise ValueError(f"{text!r} is not a date like 2026-01-31")
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ValueError(f"{text!r} is not a day of the calendar") from error
