"""Waiting for something to be so, without asking again and again."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

WAIT_SECONDS = 30.0  # a machine that does much else needs some of them, and is no failure


class Notices:
    """Wakes whoever waits whenever anything in the stand-in has changed."""

    def __init__(self) -> None:
        self._waiting: set[asyncio.Future[None]] = set()

    def notify(self) -> None:
        """Let everybody who waits look again."""
        for future in self._waiting:
            if not future.done():
                future.set_result(None)
        self._waiting.clear()

    async def until(
        self,
        holds: Callable[[], bool],
        describe: Callable[[], str],
        *,
        seconds: float = WAIT_SECONDS,
    ) -> None:
        """Return as soon as the condition holds; fail with a description after some seconds."""
        try:
            async with asyncio.timeout(seconds):
                while not holds():
                    await self._next_change()
        except TimeoutError:
            raise AssertionError(f"not so after {seconds} s: {describe()}") from None

    async def _next_change(self) -> None:
        future = asyncio.get_running_loop().create_future()
        self._waiting.add(future)
        try:
            await future
        finally:
            self._waiting.discard(future)
