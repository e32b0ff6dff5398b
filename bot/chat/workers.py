"""Where blocking work runs: few threads, and a queue in which nobody waits for one busy member."""

from __future__ import annotations

import asyncio
from collections import OrderedDict, deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, TypeVar

Result = TypeVar("Result")

_Turn = asyncio.Future[None]
Who = tuple[int, int]  # a server and a member of it


class Busy(Exception):
    """No more work is taken now, from this member or at all."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much may be under way or waiting at once.

    Parameters
    ----------
    threads : int
        How much runs at once.
    waiting : int
        How many jobs may wait, of everybody.
    waiting_each : int
        How many jobs of one member may wait.
    """

    threads: int
    waiting: int
    waiting_each: int


class Workers:
    """Runs work in threads, members in turn; belongs to one event loop.

    Each member has a line of their own, and one job under way at most. Whenever a thread is free,
    the first line gives its first job; when that has ended, the line goes to the end of the lines.
    However many questions one member asks, they hold one thread, and a question of another waits
    for at most one job of each member before it.

    Parameters
    ----------
    name : str
        Of the threads.
    bounds : Bounds
    """

    def __init__(self, name: str, bounds: Bounds) -> None:
        self._bounds = bounds
        self._threads = ThreadPoolExecutor(bounds.threads, thread_name_prefix=name)
        self._lines: dict[Who, deque[_Turn]] = {}  # none is empty
        self._next: OrderedDict[Who, None] = OrderedDict()  # whose line gives the next job
        self._served: set[Who] = set()  # who has one under way
        self._waiting = 0
        self._free = bounds.threads
        self._running: set[asyncio.Future[Any]] = set()
        self._finished = False

    async def run(self, who: Who, work: Callable[[], Result]) -> Result:
        """Return what work returns, or raise what it raises, once it had its turn.

        Raises
        ------
        Busy
            At once, if too much waits already; the work is not done then.
        """
        await self._wait_in_line(who)
        running = asyncio.get_running_loop().run_in_executor(self._threads, work)
        self._running.add(running)
        running.add_done_callback(self._running.discard)
        running.add_done_callback(lambda _: self._leave(who))
        # Whoever waits may be cancelled; the thread works on, and stays taken until it is done.
        return await asyncio.shield(running)

    async def finish(self, seconds: float = 0.5) -> bool:
        """Drop what waits, take nothing more, and return whether what runs has ended in time."""
        self._finished = True
        for turn in [turn for line in self._lines.values() for turn in line]:
            turn.cancel()
        self._lines.clear()
        self._next.clear()
        if self._running:
            await asyncio.wait(self._running, timeout=seconds)
        self._threads.shutdown(wait=False, cancel_futures=True)
        return not self._running

    async def _wait_in_line(self, who: Who) -> None:
        turn = self._enqueue(who)
        self._call_next()
        try:
            await turn
        except asyncio.CancelledError:
            if not turn.cancelled():  # it had been called already
                self._leave(who)
            raise

    def _enqueue(self, who: Who) -> _Turn:
        line = self._lines.get(who, deque())
        full = self._waiting >= self._bounds.waiting or len(line) >= self._bounds.waiting_each
        if full or self._finished:
            raise Busy
        turn: _Turn = asyncio.get_running_loop().create_future()
        line.append(turn)
        self._lines[who] = line
        self._waiting += 1
        if who not in self._served:
            self._next.setdefault(who)
        return turn

    def _call_next(self) -> None:
        while self._free and self._next:
            who, _ = self._next.popitem(last=False)
            turn = self._lines[who].popleft()
            self._waiting -= 1
            if not self._lines[who]:
                del self._lines[who]
            if turn.done():  # nobody waits for a cancelled one any more
                self._put_last(who)
                continue
            self._free -= 1
            self._served.add(who)
            turn.set_result(None)

    def _leave(self, who: Who) -> None:
        """Note that a member's job has ended, or was given up when it was called."""
        self._free += 1
        self._served.remove(who)
        self._put_last(who)
        self._call_next()

    def _put_last(self, who: Who) -> None:
        if who in self._lines:
            self._next[who] = None
