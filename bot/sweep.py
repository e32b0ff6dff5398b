"""Correcting answers that were already posted: the queue is worked off while the bot runs.

Decisions
---------
Channels are independent, so they are worked off side by side; within one, messages are edited in
turn, since Discord counts edits by channel. What is to be done is judged in
`bot.conversation.upkeep.correcting`; what Discord says to it comes from an `Editor`. Cards in the
moderators' channel that show what is no longer so (`bot.conversation.reviews.carding`) are
brought up to date after a channel's answers.

Nothing is remembered here. The queue is in the database, so that a sweep goes on where it stopped,
and a message that fails, in whatever way, waits there for its next attempt while others go on.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from enum import Enum
from typing import Protocol, TypeVar

from bot.conversation.desk import Desk
from bot.conversation.reviews import carding
from bot.conversation.upkeep import correcting
from bot.conversation.upkeep.correcting import Outdated, Unplaced
from bot.ledger.cards import Card
from bot.ledger.sweeps import Correction, CorrectionState
from bot.logs import log_error
from bot.rendering.screen import Screen

LOG = logging.getLogger(__name__)

POLL_SECONDS = 5.0  # how long a change made from the command line may go unnoticed
MAX_CHANNELS = 4  # that are worked off at once

Value = TypeVar("Value")


class RefusalKind(Enum):
    """What Discord may say to an edit; the codes are those of its answers."""

    TOO_OLD = "too_old"  # 30046: an old message was edited too often, for now
    GONE = "gone"  # 403, 404: message, channel or permission
    LATER = "later"  # 429, 5xx, no answer


class EditRefused(Exception):
    """A message was not edited.

    Parameters
    ----------
    kind : RefusalKind
    wait : datetime.timedelta
        How long Discord wants us to wait, if it said so.
    """

    def __init__(self, kind: RefusalKind, wait: timedelta = timedelta()) -> None:
        super().__init__(kind.value)
        self.kind = kind
        self.wait = wait


class Editor(Protocol):
    """What can be done to posted messages; each raises `EditRefused` if it cannot be done."""

    async def edit(self, channel_id: int, message_id: int, screen: Screen) -> None:
        """Show a screen in place of what a message shows."""

    async def reply(self, channel_id: int, message_id: int, screen: Screen, *, nonce: str) -> None:
        """Reply to a message, once for each nonce."""

    async def find_lost(self, channel_id: int, answer_key: str, *, since: datetime) -> int | None:
        """Return the message of Quoth's own whose buttons carry an answer's key, None if none."""


class RunBlocking(Protocol):
    """Runs a function off the event loop, as `asyncio.to_thread` does."""

    def __call__(self, function: Callable[[], Value], /) -> Awaitable[Value]:
        """Return what the function returns."""


async def wait_for(event: asyncio.Event, seconds: float) -> None:
    """Wait until an event is set, and no longer than some seconds."""
    try:
        await asyncio.wait_for(event.wait(), seconds)
    except TimeoutError:
        return


class Sweeper:
    """Brings posted answers up to date, one after the other in each channel.

    Parameters
    ----------
    desk : bot.conversation.desk.Desk
        Its clock says what is due.
    editor : Editor
    awake : asyncio.Event
        Set by whoever begins a sweep, so that it starts at once.
    run : RunBlocking
        Does the work on the database.
    wait : callable
        Waits for an event, or for some seconds.
    """

    def __init__(
        self,
        desk: Desk,
        editor: Editor,
        *,
        awake: asyncio.Event,
        run: RunBlocking = asyncio.to_thread,
        wait: Callable[[asyncio.Event, float], Awaitable[None]] = wait_for,
    ) -> None:
        self._desk = desk
        self._editor = editor
        self._awake = awake
        self._run = run
        self._wait = wait
        self._stopping = False
        self._free = asyncio.Semaphore(MAX_CHANNELS)
        self._busy: set[int] = set()

    def stop(self) -> None:
        """Begin no further correction; `run_until_stopped` returns after those under way."""
        self._stopping = True
        self._awake.set()

    async def run_until_stopped(self) -> None:
        """Follow the corpus and correct what is due, until somebody calls `stop`."""
        async with asyncio.TaskGroup() as group:
            while not self._stopping:
                self._awake.clear()
                await self._start_due(group)
                await self._wait(self._awake, POLL_SECONDS)

    async def sweep_once(self) -> None:
        """Follow the corpus, correct what is due, and return when that is done."""
        async with asyncio.TaskGroup() as group:
            await self._start_due(group)

    async def _start_due(self, group: asyncio.TaskGroup) -> None:
        """Start on each channel with due messages, unless it is being worked on."""
        with _logging_errors("the queue of corrections waits"):
            answers = await self._run(lambda: correcting.find_due(self._desk))
            cards = await self._run(lambda: carding.find_due(self._desk))
            for channel_id in dict.fromkeys([*answers, *cards]):
                if channel_id not in self._busy:
                    self._busy.add(channel_id)
                    group.create_task(self._correct_channel(channel_id))

    async def _correct_channel(self, channel_id: int) -> None:
        """Correct what is due in a channel, in turn, for as long as anything is."""
        async with self._free:
            with _logging_errors(f"channel {channel_id} waits"):
                count = 0
                while await self._correct_next(channel_id) or await self._next_card(channel_id):
                    count += 1
                LOG.info("channel %d: %d corrections tried", channel_id, count)
        self._busy.discard(channel_id)

    async def _correct_next(self, channel_id: int) -> bool:
        """Try the correction that has been due longest; return False if there is none."""
        if self._stopping:
            return False
        correction = await self._run(lambda: correcting.find_next(self._desk, channel_id))
        if correction is None:
            return False
        with _logging_errors(f"answer {correction.answer_key} waits"):
            await self._correct(correction)
            return True
        await self._postpone(correction)
        return True

    async def _next_card(self, channel_id: int) -> bool:
        """Try the moderators' card that has been due longest; return False if there is none."""
        if self._stopping:
            return False
        card = await self._run(lambda: carding.find_next(self._desk, channel_id))
        if card is None:
            return False
        with _logging_errors(f"the card of report {card.report_key} waits"):
            await self._edit_card(card)
            return True
        await self._postpone_card(card)
        return True

    async def _edit_card(self, card: Card) -> None:
        """Bring a card up to date; one that is gone needs nothing any more."""
        screen = await self._run(lambda: carding.posted_card(self._desk, card))
        try:
            if screen is not None:
                await self._editor.edit(card.channel_id, card.message_id, screen)
        except EditRefused as refused:
            if refused.kind is not RefusalKind.GONE:
                await self._postpone_card(card, refused.wait)
                return
        await self._run(lambda: carding.note_end(self._desk, card))

    async def _correct(self, correction: Correction) -> None:
        step = await self._run(lambda: correcting.prepare(self._desk, correction))
        try:
            if isinstance(step, Unplaced):
                await self._find(step)
            elif isinstance(step, Outdated):
                await self._edit(step)
        except EditRefused as refused:
            if refused.kind is RefusalKind.LATER:
                await self._postpone(correction, refused.wait)
            else:
                await self._end(correction, CorrectionState.UNREACHABLE)

    async def _find(self, unplaced: Unplaced) -> None:
        key, since = unplaced.correction.answer_key, unplaced.since
        found = await self._editor.find_lost(unplaced.channel_id, key, since=since)
        await self._run(lambda: correcting.note_found(self._desk, unplaced, found))

    async def _edit(self, outdated: Outdated) -> None:
        """Edit a message; where it is too old to be edited, say below it what has changed."""
        try:
            await self._editor.edit(outdated.channel_id, outdated.message_id, outdated.screen)
        except EditRefused as refused:
            if refused.kind is not RefusalKind.TOO_OLD:
                raise
            await self._reply(outdated)
        else:
            await self._run(lambda: correcting.note_shown(self._desk, outdated))

    async def _reply(self, outdated: Outdated) -> None:
        """Reply to a message; what a reply cannot take off it waits until it can be edited."""
        told, untold = outdated.correction.told(), outdated.correction.untold()
        if told is not None:
            place = outdated.channel_id, outdated.message_id
            await self._editor.reply(*place, outdated.reply, nonce=outdated.nonce)
            await self._end(told, CorrectionState.REPLIED)
        if untold is not None:
            await self._postpone(untold)

    async def _end(self, correction: Correction, state: CorrectionState) -> None:
        await self._run(lambda: correcting.note_end(self._desk, correction, state))

    async def _postpone(self, correction: Correction, wait: timedelta = timedelta()) -> None:
        await self._run(lambda: correcting.postpone(self._desk, correction, wait))

    async def _postpone_card(self, card: Card, wait: timedelta = timedelta()) -> None:
        await self._run(lambda: carding.postpone(self._desk, card, wait))


@contextmanager
def _logging_errors(what: str) -> Iterator[None]:
    """Log whatever goes wrong in the block, and go on behind it: the queue holds what is left."""
    try:
        yield
    except Exception as error:  # noqa: BLE001 - one message must not stop the others
        log_error(LOG, error, what)
