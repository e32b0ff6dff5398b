"""What every handler of the chat works with: the desk, the threads, the limits."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import Enum, auto
from typing import Concatenate, ParamSpec, TypeVar

from bot.chat.integrations import CommandIds
from bot.chat.limits import Limiter
from bot.chat.workers import Bounds, Who, Workers
from bot.conversation.actors import Actor
from bot.conversation.desk import Desk, Refused
from bot.conversation.upkeep import joining
from bot.ledger.servers import ServerSettings

LOG = logging.getLogger(__name__)

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")

SETTINGS_SECONDS = 5.0  # settings are looked up again after so long
MAX_CACHED = 10_000  # servers whose settings are remembered
QUOTH: Who = (0, 0)  # in whose name the chat itself works


class Lane(Enum):
    """Where work waits and runs; what is quick must not wait for what is not."""

    ANSWERS = auto()
    QUICK = auto()  # what Discord wants within three seconds
    LONG = auto()  # adding articles


BOUNDS = {
    Lane.ANSWERS: Bounds(threads=2, waiting=400, waiting_each=10),
    Lane.QUICK: Bounds(threads=1, waiting=1000, waiting_each=50),
    Lane.LONG: Bounds(threads=1, waiting=20, waiting_each=2),
}


class Service:
    """Calls functions of the conversation off the event loop, and knows what is under way.

    Parameters
    ----------
    desk : bot.conversation.desk.Desk
    clock : callable
        Returns seconds that never go back.
    """

    def __init__(self, desk: Desk, clock: Callable[[], float] = time.monotonic) -> None:
        self.desk = desk
        self.posted_changes = asyncio.Event()  # posted answers are to be corrected
        self.command_ids: CommandIds | None = None  # of the client that is connected
        self.closing = False  # nobody new is answered
        self._clock = clock
        self._limiter = Limiter(clock)
        self._lanes = {lane: Workers(lane.name.lower(), bounds) for lane, bounds in BOUNDS.items()}
        self._settings: dict[int, tuple[float, ServerSettings]] = {}
        self._looking: dict[int, asyncio.Task[ServerSettings]] = {}
        self._under_way = 0
        self._idle = asyncio.Event()
        self._idle.set()

    async def call(
        self,
        lane: Lane,
        function: Callable[Concatenate[Desk, Actor, Parameters], Result],
        actor: Actor,
        *args: Parameters.args,
        **kwargs: Parameters.kwargs,
    ) -> Result:
        """Return what a function of the conversation says to an actor."""
        who = (actor.server_id, actor.user_id)
        return await self._lanes[lane].run(who, lambda: function(self.desk, actor, *args, **kwargs))

    async def do(self, lane: Lane, work: Callable[[Desk], Result]) -> Result:
        """Do work of the chat's own."""
        return await self._lanes[lane].run(QUOTH, lambda: work(self.desk))

    async def count_question(self, actor: Actor) -> None:
        """Count a question; raise Refused if the member or the server has to wait."""
        settings = await self.settings(actor.server_id)
        wait = self._limiter.take(actor.server_id, actor.user_id, settings)
        if wait is not None:
            raise Refused(wait)

    def tells_wait(self, actor: Actor) -> bool:
        """Return whether somebody who has to wait is told so in a channel, which is done seldom."""
        return self._limiter.may_tell(actor.server_id, actor.user_id)

    async def settings(self, server_id: int) -> ServerSettings:
        """Return a server's settings, as they were seconds ago at most; joins a new server."""
        known = self._settings.get(server_id)
        if known is not None and self._clock() - known[0] < SETTINGS_SECONDS:
            return known[1]
        if server_id not in self._looking:
            # One look for all who ask at this moment.
            looking = asyncio.create_task(self._look_up(server_id))
            self._looking[server_id] = looking
            looking.add_done_callback(lambda _: self._looking.pop(server_id, None))
        return await asyncio.shield(self._looking[server_id])

    async def _look_up(self, server_id: int) -> ServerSettings:
        settings = await self._lanes[Lane.QUICK].run(
            (server_id, 0), lambda: _read_settings(self.desk, server_id)
        )
        if len(self._settings) >= MAX_CACHED:
            self._settings.clear()
        self._settings[server_id] = (self._clock(), settings)
        return settings

    def forget_settings(self, server_id: int) -> None:
        """Look a server's settings up the next time they are needed."""
        self._settings.pop(server_id, None)

    @contextmanager
    def under_way(self) -> Iterator[None]:
        """Mark that somebody is being answered, so that a stop waits a little."""
        self._under_way += 1
        self._idle.clear()
        try:
            yield
        finally:
            self._under_way -= 1
            if not self._under_way:
                self._idle.set()

    async def finish(self, seconds: float) -> bool:
        """Let who is being answered have some seconds; return whether all work has ended."""
        self.closing = True
        try:
            await asyncio.wait_for(self._idle.wait(), seconds)
        except TimeoutError:
            LOG.warning("stopped while %d were being answered", self._under_way)
        return all([await lane.finish() for lane in self._lanes.values()])


def _read_settings(desk: Desk, server_id: int) -> ServerSettings:
    return joining.find_present(desk, server_id).settings
