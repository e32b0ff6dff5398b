"""Numbers that look like Discord's: time in the upper bits, a running number in the lower."""

from __future__ import annotations

import itertools
import secrets
import time

DISCORD_EPOCH_MS = 1_420_070_400_000


class Ids:
    """Gives out ids that rise strictly, so that order of ids is order of events."""

    def __init__(self) -> None:
        self._last = 0

    def take(self) -> int:
        """Return a new id that carries the time of now."""
        now = (int(time.time() * 1000) - DISCORD_EPOCH_MS) << 22
        self._last = max(self._last + 1, now)
        return self._last


_numbers = itertools.count(1)


def make_token(kind: str) -> str:
    """Return a secret that nobody could write by accident, so that a log can be searched for it."""
    return f"{kind}-{next(_numbers)}-{secrets.token_urlsafe(24)}"
