"""How many questions a member and a server may ask, and how long to wait for the next.

Both windows slide: a question counts for as many seconds as its window is long. What is refused
does not count, so that asking again in vain does not make the wait longer.
"""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Callable

from bot.catalogue.lines import Line
from bot.catalogue.parameters import Count
from bot.catalogue.refusals import Refusal
from bot.ledger.servers import ServerSettings

SERVER_SECONDS = 60
TELL_SECONDS = 60
SECOND = 1000  # moments are whole milliseconds, so that a wait is exactly as long as it is told
MAX_KNOWN = 20_000  # members and servers remembered; the one that asked longest ago goes first


class Limiter:
    """Counts questions, in memory: a restart forgets them.

    Parameters
    ----------
    clock : callable
        Returns seconds that never go back.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._asked: OrderedDict[tuple[int, int | None], deque[int]] = OrderedDict()
        self._told: OrderedDict[tuple[int, int], int] = OrderedDict()

    def take(self, server_id: int, user_id: int, settings: ServerSettings) -> Line | None:
        """Count a question; or return how long to wait, and count nothing."""
        now = self._now()
        own = self._recent((server_id, user_id), now - settings.member_seconds * SECOND)
        wait = _wait(own, settings.member_questions, settings.member_seconds, now=now)
        if wait is not None:
            return Line(Refusal.WAIT, (wait,))
        everyone = self._recent((server_id, None), now - SERVER_SECONDS * SECOND)
        wait = _wait(everyone, settings.server_questions, SERVER_SECONDS, now=now)
        if wait is not None:
            return Line(Refusal.SERVER_WAIT, (wait,))
        self._remember((server_id, user_id), own, now)
        self._remember((server_id, None), everyone, now)
        return None

    def may_tell(self, server_id: int, user_id: int) -> bool:
        """Return whether a member may be told to wait in a channel: once a minute."""
        whose, now = (server_id, user_id), self._now()
        told = self._told.get(whose)
        if told is not None and now - told < TELL_SECONDS * SECOND:
            return False
        self._told[whose] = now
        self._told.move_to_end(whose)
        if len(self._told) > MAX_KNOWN:
            self._told.popitem(last=False)
        return True

    def _now(self) -> int:
        return round(self._clock() * SECOND)

    def _recent(self, whose: tuple[int, int | None], since: int) -> deque[int]:
        """Return the moments after another, oldest first; what is older is forgotten."""
        moments = self._asked.get(whose, deque())
        while moments and moments[0] <= since:
            moments.popleft()
        return moments

    def _remember(self, whose: tuple[int, int | None], moments: deque[int], now: int) -> None:
        moments.append(now)
        self._asked[whose] = moments
        self._asked.move_to_end(whose)
        if len(self._asked) > MAX_KNOWN:
            self._asked.popitem(last=False)


def _wait(moments: deque[int], most: int, seconds: int, *, now: int) -> Count | None:
    """Return the whole seconds until another question is free, None if one is now."""
    if len(moments) < most:
        return None
    free = moments[len(moments) - most] + seconds * SECOND
    return Count(-(-(free - now) // SECOND))  # rounded up
