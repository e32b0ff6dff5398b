"""Faults a test plans: for which requests, how often, and what goes wrong."""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatchcase

from tests.discord_server.messages import Message
from tests.discord_server.refusals import Refused


@dataclass(eq=False)
class Fault:
    """One planned fault; ``pattern`` is like ``PATCH /channels/*/messages/*``, * is anything."""

    pattern: str
    left: int | None  # None is for ever
    refusal: Refused | None = None
    retry_after: float | None = None
    is_global: bool = False
    delay: float = 0.0
    drop: bool = False
    takes_effect: bool = False  # whether the request is carried out before the line breaks
    met: int = 0


class Faults:
    """The faults still to come."""

    def __init__(self) -> None:
        self._planned: list[Fault] = []

    def rate_limit(
        self,
        pattern: str,
        *,
        retry_after: float = 0.1,
        times: int | None = 1,
        everywhere: bool = False,
    ) -> Fault:
        """Answer 429 with Retry-After; ``everywhere`` is the global limit of the bot."""
        fault = Fault(pattern, times, retry_after=retry_after, is_global=everywhere)
        return self._plan(fault)

    def refuse(
        self, pattern: str, code: int, *, message: Message | None = None, times: int | None = 1
    ) -> Fault:
        """Answer with a code of Discord's, such as 10008 or 30046; maybe for one message only."""
        if message is not None:
            pattern = f"{pattern.partition(' ')[0]} *{message.id}*"
        return self._plan(Fault(pattern, times, refusal=Refused(code)))

    def fail(self, pattern: str, *, status: int = 500, times: int | None = 1) -> Fault:
        """Answer with a status and nothing that makes sense, such as 500, 502 or 503."""
        return self._plan(Fault(pattern, times, refusal=Refused(0, status=status)))

    def drop(self, pattern: str, *, takes_effect: bool, times: int | None = 1) -> Fault:
        """Break the line in the middle of the answer, before or after the request took effect."""
        return self._plan(Fault(pattern, times, drop=True, takes_effect=takes_effect))

    def slow(self, pattern: str, seconds: float, *, times: int | None = 1) -> Fault:
        """Carry the request out at once, but answer late."""
        return self._plan(Fault(pattern, times, delay=seconds))

    def clear(self) -> None:
        """Forget what was planned."""
        self._planned.clear()

    def take(self, method: str, path: str) -> Fault | None:
        """Return the fault that this request meets, and count it."""
        for fault in self._planned:
            if fault.left != 0 and fnmatchcase(f"{method} {path}", fault.pattern):
                fault.met += 1
                if fault.left is not None:
                    fault.left -= 1
                return fault
        return None

    def _plan(self, fault: Fault) -> Fault:
        self._planned.append(fault)
        return fault
