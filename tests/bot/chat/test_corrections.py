"""What Discord says to an edit, as a sweep understands it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from unittest.mock import Mock

import aiohttp
import discord
import pytest

from bot.actions import Action, Target
from bot.catalogue.lines import Line
from bot.catalogue.screens import ScreenSentence
from bot.chat.corrections import MAX_LOOKED_AT, DiscordEditor, translating_refusals
from bot.rendering.screen import Button, Buttons, Screen
from bot.sweep import EditRefused, RefusalKind
from tests.bot.chat import interactions


def refusal(status: int, code: int = 0, **headers: str) -> discord.HTTPException:
    """Return what discord.py raises for an answer of Discord's."""
    response: Any = SimpleNamespace(status=status, reason="", headers=headers)
    kinds = {403: discord.Forbidden, 404: discord.NotFound}
    kind = kinds.get(status, discord.DiscordServerError if status >= 500 else discord.HTTPException)
    return kind(response, {"code": code, "message": "no"})


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (refusal(400, 30046), RefusalKind.TOO_OLD),
        (refusal(429, 30046), RefusalKind.TOO_OLD),
        (refusal(403, 50001), RefusalKind.GONE),
        (refusal(403, 50013), RefusalKind.GONE),
        (refusal(404, 10008), RefusalKind.GONE),
        (refusal(404, 10003), RefusalKind.GONE),
        (refusal(400, 50083), RefusalKind.GONE),
        (refusal(429), RefusalKind.LATER),
        (refusal(500), RefusalKind.LATER),
        (refusal(503), RefusalKind.LATER),
        (discord.RateLimited(90.0), RefusalKind.LATER),
        (aiohttp.ServerDisconnectedError(), RefusalKind.LATER),
        (ConnectionResetError(), RefusalKind.LATER),
        (TimeoutError(), RefusalKind.LATER),
    ],
    ids=repr,
)
def test_each_refusal_has_its_kind(error: Exception, kind: RefusalKind) -> None:
    with pytest.raises(EditRefused) as refused, translating_refusals():
        raise error

    assert refused.value.kind is kind


@pytest.mark.parametrize(
    ("error", "seconds"),
    [
        (discord.RateLimited(90.0), 90),
        (refusal(429, **{"Retry-After": "2.5"}), 2.5),
        (refusal(429, **{"Retry-After": "soon"}), 0),
        (refusal(429), 0),
    ],
)
def test_the_wait_that_discord_names_is_kept(error: Exception, seconds: float) -> None:
    with pytest.raises(EditRefused) as refused, translating_refusals():
        raise error

    assert refused.value.wait == timedelta(seconds=seconds)


OWN, CHANNEL = 900, 910
SINCE = datetime(2024, 5, 1, 12, tzinfo=UTC)


@dataclass
class History:
    """A channel whose messages are read as discord.py reads them."""

    messages: Sequence[Any]
    read: list[int] = field(default_factory=list)

    async def history(
        self, *, limit: int, after: datetime, oldest_first: bool
    ) -> AsyncIterator[Any]:
        """Yield messages from after a moment, at most so many."""
        later = [message for message in self.messages if message.created_at > after]
        for message in (later if oldest_first else later[::-1])[:limit]:
            self.read.append(message.id)
            yield message


def make_message(number: int, key: str, *, author: int = OWN) -> Any:
    """Return a message of a minute after the one before it, with a button."""
    target = Target(Action.VERIFY, key)
    screen = Screen((Buttons((Button(target, Line(ScreenSentence.VERIFY)),)),))
    message = interactions.make_message(screen, ephemeral=False)
    message.id, message.author = number, SimpleNamespace(id=author)
    message.created_at = SINCE + timedelta(minutes=number)
    return message


def find(history: Any, key: str) -> int | None:
    client = Mock(spec=discord.Client, user=SimpleNamespace(id=OWN))
    client.get_partial_messageable.return_value = history
    return asyncio.run(DiscordEditor(client).find_lost(CHANNEL, key, since=SINCE))


def test_a_lost_answer_is_found_by_its_buttons() -> None:
    history = History([make_message(n, f"key-{n}") for n in range(1, 6)])

    assert find(history, "key-2") == 2
    assert find(history, "key-9") is None


def test_what_somebody_else_posts_is_not_taken_for_it() -> None:
    """A copy of our buttons under another name must not be edited in its place."""
    history = History([make_message(1, "key"), make_message(2, "key", author=OWN + 1)])

    assert find(history, "key") == 1


def test_an_old_answer_that_was_posted_late_is_found_among_many_messages() -> None:
    """Its question was asked long ago, and the channel has been busy since."""
    busy = [make_message(n, "other") for n in range(1, MAX_LOOKED_AT + 50)]
    history = History([*busy, make_message(MAX_LOOKED_AT + 50, "key"), make_message(2000, "other")])

    assert find(history, "key") == MAX_LOOKED_AT + 50
    assert history.read == [2000, MAX_LOOKED_AT + 50]


def test_nothing_from_before_it_was_made_is_looked_at() -> None:
    history = History([make_message(n, "key") for n in (-2, -1, 0)] + [make_message(1, "other")])

    assert find(history, "key") is None
    assert history.read == [1]


def test_a_channel_that_cannot_be_read_is_out_of_reach() -> None:
    def history(**_how: object) -> None:
        raise refusal(403, 50001)

    with pytest.raises(EditRefused) as refused:
        find(SimpleNamespace(history=history), "key")

    assert refused.value.kind is RefusalKind.GONE


def test_nothing_is_lost_in_a_channel_that_is_gone() -> None:
    """The answer is settled then; otherwise each new start would look for it again."""

    def history(**_how: object) -> None:
        raise refusal(404, 10003)

    assert find(SimpleNamespace(history=history), "key") is None


def test_a_defect_of_ours_is_no_refusal() -> None:
    """A correction must not end because of a mistake in the code that makes it."""
    with pytest.raises(ZeroDivisionError), translating_refusals():
        raise ZeroDivisionError
