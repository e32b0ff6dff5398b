"""What goes beyond the one who asked: messages that are deleted, and the moderators' cards."""

from __future__ import annotations

import asyncio
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import AsyncMock, Mock

import aiohttp
import discord
import pytest

from bot.catalogue.asking import AskingRefusal, AskingSentence
from bot.catalogue.lines import Line
from bot.catalogue.refusals import Refusal
from bot.chat import sending
from bot.chat.effects import carry_out, delete
from bot.chat.sending import say
from bot.chat.service import Service
from bot.conversation.desk import Desk, Refused
from bot.conversation.responses import Delete, Effect, PostCard, Sweep
from bot.ledger.records import AnswerState
from bot.rendering.screen import Screen
from tests.bot.chat.interactions import refuse
from tests.bot.conversation.desks import CHANNEL, MESSAGE, make_desk, member
from tests.bot.conversation.presses import message_of, post_answer, read_record
from tests.bot.conversation.reports import MODERATORS_CHANNEL, read_report, send_report
from tests.bot.conversation.screens import said

CARD = say(Line(Refusal.BUSY))


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return make_desk(tmp_path)


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Try again without waiting."""
    monkeypatch.setattr(sending, "RETRY_SECONDS", (0.0, 0.0))


class Messages:
    """Discord's side: each message by channel and id, and what requests to it meet."""

    def __init__(self) -> None:
        self.known: dict[tuple[int, int], Any] = {}
        self.send = AsyncMock(return_value=SimpleNamespace(id=MESSAGE))
        self.client = Mock(spec=discord.Client)
        self.client.get_partial_messageable.side_effect = self._channel

    def at(self, channel_id: int, message_id: int) -> Any:
        """Return a message."""
        place = channel_id, message_id
        return self.known.setdefault(
            place, SimpleNamespace(edit=AsyncMock(), delete=AsyncMock(), place=place)
        )

    def _channel(self, channel_id: int, *, guild_id: int) -> Any:
        assert guild_id == member().server_id
        return SimpleNamespace(
            send=self.send,
            get_partial_message=lambda message_id: self.at(channel_id, message_id),
        )


def run_delete(desk: Desk, messages: Messages, key: str) -> Screen:
    """Let an answer's message be deleted."""

    async def whole() -> Screen:
        service = Service(desk)
        try:
            response = Delete(key, CHANNEL, message_of(key))
            return await delete(service, messages.client, member(), response)
        finally:
            await service.finish(1)

    return asyncio.run(whole())


def run_effects(desk: Desk, messages: Messages, *effects: Effect) -> bool:
    """Carry out effects, and return whether the sweep was woken."""

    async def whole() -> bool:
        service = Service(desk)
        await carry_out(service, messages.client, member(), effects)
        await service.finish(1)
        return service.posted_changes.is_set()

    return asyncio.run(whole())


@pytest.mark.parametrize(
    "meets",
    [[None], [refuse(404, 10008)], [ConnectionResetError(), refuse(404, 10008)]],
    ids=repr,
)
def test_an_answer_is_deleted_when_its_message_is_gone(
    desk: Desk, meets: list[Exception | None]
) -> None:
    key, messages = post_answer(desk), Messages()
    messages.at(CHANNEL, message_of(key)).delete.side_effect = meets

    screen = run_delete(desk, messages, key)

    assert said(screen) == [AskingSentence.DELETED.template.words]
    assert read_record(desk, key).state is AnswerState.DELETED


@pytest.mark.parametrize(
    "error",
    [
        refuse(403, 50001),
        refuse(400, 50083),
        refuse(503, 0),
        refuse(429, 0),
        discord.RateLimited(9.0),
        aiohttp.ServerDisconnectedError(),
    ],
    ids=repr,
)
def test_an_answer_that_still_stands_is_not_called_deleted(desk: Desk, error: Exception) -> None:
    """Else nobody would ever correct it again."""
    key, messages = post_answer(desk), Messages()
    messages.at(CHANNEL, message_of(key)).delete.side_effect = error

    with pytest.raises(Refused) as refused:
        run_delete(desk, messages, key)

    assert refused.value.line == Line(AskingRefusal.NOT_DELETED)
    assert read_record(desk, key).state is AnswerState.SENT


def test_a_posted_card_is_noted_so_that_it_can_be_edited(desk: Desk) -> None:
    key, messages = send_report(desk, post_answer(desk)), Messages()

    is_woken = run_effects(desk, messages, PostCard(key, MODERATORS_CHANNEL, CARD))

    assert is_woken  # it shows something else by now
    report = read_report(desk, key)
    assert (report.channel_id, report.message_id) == (MODERATORS_CHANNEL, MESSAGE)


@pytest.mark.parametrize("error", [refuse(403, 50001), refuse(503, 0), ConnectionResetError()])
def test_a_card_that_cannot_be_posted_is_no_failure(desk: Desk, error: Exception) -> None:
    """The report waits in the queue all the same."""
    key, messages = send_report(desk, post_answer(desk)), Messages()
    messages.send.side_effect = error

    assert run_effects(desk, messages, PostCard(key, MODERATORS_CHANNEL, CARD), Sweep())

    assert read_report(desk, key).message_id is None
