"""Who is at the command line, and when: what the history of an article records."""

from __future__ import annotations

import getpass
from datetime import UTC, datetime


def operator_name() -> str:
    """Return the name of the account that runs the command."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # an account without a name, as in some containers
        return "unknown"


def current_moment() -> datetime:
    """Return the present moment in UTC."""
    return datetime.now(UTC)
