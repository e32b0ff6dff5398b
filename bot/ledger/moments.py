"""Moments as the ledger writes them: ISO 8601 in UTC, to the second, so that text sorts by time."""

from __future__ import annotations

from datetime import UTC, datetime


def write_moment(at: datetime) -> str:
    """Return a moment as text, without its fraction of a second.

    Raises
    ------
    ValueError
        If it has no zone.
    """
    if at.tzinfo is None:
        raise ValueError(f"{at} needs a time zone")
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds") + "Z"


def read_moment(text: str) -> datetime:
    """Return the moment that `write_moment` wrote, in UTC; raise ValueError for any other text."""
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
