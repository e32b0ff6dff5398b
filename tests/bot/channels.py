"""Discord's side of a sweep: what messages show, and what a request meets."""

# ruff: noqa: ARG002 - an editor is told more than these need

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from bot.ledger.sweeps import MAX_ATTEMPTS
from bot.rendering.screen import LinkedTitle, Screen
from bot.sweep import EditRefused

Meeting = EditRefused | str | None
BEFORE, AFTER = "before", "after"  # where a request is carried out, the process is killed


class Killed(BaseException):
    """The process ends here."""


class Endless(BaseException):
    """A request is made again and again; unlike an error, nobody lives through this."""


def read_screen(screen: Screen) -> str:
    """Return the words of a screen, as stored."""
    leaves = (leaf.title if isinstance(leaf, LinkedTitle) else leaf for leaf in screen.leaves())
    return "\n".join(leaf.text for leaf in leaves)


@dataclass(slots=True)
class Channels:
    """An editor of messages in memory.

    Parameters
    ----------
    meets : iterator
        What each request in turn meets: None for success, an `EditRefused`, `BEFORE` or `AFTER`.
    shown : dict
        Message -> what it shows.
    lost : dict
        Answer -> the message that shows it and was never marked.
    edits : list
        Message and words, in order, refused ones included.
    replies : list
        Message, words and nonce.
    """

    meets: Iterator[Meeting] = field(default_factory=lambda: iter(()))
    shown: dict[int, str] = field(default_factory=dict)
    lost: dict[str, int] = field(default_factory=dict)
    edits: list[tuple[int, str]] = field(default_factory=list)
    replies: list[tuple[int, str, str]] = field(default_factory=list)

    @property
    def requests(self) -> int:
        """Return how many messages were sent or edited, or were to be."""
        return len(self.edits) + len(self.replies)

    async def edit(self, channel_id: int, message_id: int, screen: Screen) -> None:
        """Show a screen in place of what a message shows."""
        await asyncio.sleep(0)
        met, words = next(self.meets, None), read_screen(screen)
        self.edits.append((message_id, words))
        meet(met, BEFORE)
        self.shown[message_id] = words
        meet(met, AFTER)

    async def reply(self, channel_id: int, message_id: int, screen: Screen, *, nonce: str) -> None:
        """Note a reply."""
        met = next(self.meets, None)
        meet(met, BEFORE)
        self.replies.append((message_id, read_screen(screen), nonce))
        meet(met, AFTER)

    async def find_lost(self, channel_id: int, answer_key: str, *, since: datetime) -> int | None:
        """Return the message of an answer that was never marked."""
        meet(next(self.meets, None), BEFORE)
        return self.lost.get(answer_key)


def meet(met: Meeting, place: str) -> None:
    """Raise what a request meets, where it does."""
    if isinstance(met, EditRefused) and place == BEFORE:
        raise met
    if met == place:
        raise Killed


@dataclass(slots=True)
class MistakenChannels(Channels):
    """Trips over one message, and repeats its words; raises `Endless` if that is tried for ever."""

    mistaken: int = 0
    mistakes: int = 0

    async def edit(self, channel_id: int, message_id: int, screen: Screen) -> None:
        """Fail as no editor should."""
        if message_id == self.mistaken:
            self.mistakes += 1
            if self.mistakes > MAX_ATTEMPTS:
                raise Endless
            raise ValueError(f"cannot send {read_screen(screen)}")
        self.edits.append((message_id, read_screen(screen)))


@dataclass(slots=True)
class WatchedChannels(Channels):
    """Counts the edits under way."""

    order: list[tuple[int, int]] = field(default_factory=list)
    under_way: Counter[int] = field(default_factory=Counter)
    most_at_once: int = 0
    most_in_a_channel: int = 0

    async def edit(self, channel_id: int, message_id: int, screen: Screen) -> None:
        """Take some time."""
        self.order.append((message_id, channel_id))
        self.under_way[channel_id] += 1
        for _ in range(9):  # let every other task go on
            await asyncio.sleep(0)
        self.most_at_once = max(self.most_at_once, self.under_way.total())
        self.most_in_a_channel = max(self.most_in_a_channel, *self.under_way.values())
        self.under_way[channel_id] -= 1
