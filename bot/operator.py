"""Who is at the command line, and when: what the history of an article records."""

from __future__ import annotations

import getpass
import re
from datetime import UTC, datetime

QUOTH_ITSELF = "quoth itself"  # who adds the handbook; no account is named with a space


def operator_name() -> str:
    """Return the name of the account that runs the command.

    Without spaces and colons, so that it is neither `QUOTH_ITSELF` nor a member of a server.
    """
    try:
        return re.sub(r"[\s:]", "_", getpass.getuser())
    except (OSError, KeyError):  # an account without a name, as in some containers
        return "unknown"


def current_moment() -> datetime:
    """Return the present moment in UTC."""
    return datetime.now(UTC)
