"""Questions from a command and from a channel: answered once, in the right place, or not at all."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import AsyncMock, Mock

import discord
import pytest
from discord import AppCommandPermissionType as Kind
from hypothesis import given
from hypothesis import strategies as st

from bot.catalogue.asking import AskingRefusal
from bot.catalogue.lines import Line
from bot.catalogue.refusals import Refusal
from bot.chat import ask as asking_chat
from bot.chat import sending
from bot.chat.ask import Mentions, answer_question, strip_mention, suggest_sources
from bot.chat.service import Service
from bot.conversation.answers.questions import AskRequest
from bot.conversation.desk import Desk
from bot.conversation.servers import CORPUS_COMMAND
from bot.conversation.sources.suggesting import suggest_withdrawn
from bot.ledger import answers, sweeps
from bot.ledger.records import AnswerState, Visibility
from tests.bot.chat.interactions import make_interaction, refuse, shown
from tests.bot.conversation.desks import (
    ASKER,
    CHANNEL,
    MESSAGE,
    SERVER,
    change_articles,
    make_desk,
    set_server,
)

OWN = 999
QUESTION = "When did the ferry sink?"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Return a desk with one server that always answers when it can."""
    return make_desk(tmp_path)


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Try again without waiting."""
    monkeypatch.setattr(sending, "RETRY_SECONDS", (0.0, 0.0))


def run(desk: Desk, scenario: Callable[[Service], Coroutine[Any, Any, None]]) -> None:
    """Run a scenario with a service, and let its threads end."""

    async def whole() -> None:
        service = Service(desk)
        await scenario(service)
        await service.finish(1)

    asyncio.run(whole())


def make_channel(interaction: Any, *, fails: Exception | None = None) -> AsyncMock:
    """Return where an interaction's channel is sent to."""
    place = AsyncMock(return_value=SimpleNamespace(id=MESSAGE), side_effect=fails)
    interaction.client.get_partial_messageable.return_value = SimpleNamespace(send=place)
    return place


def only_answer(desk: Desk) -> Any:
    """Return the record of the only answer."""
    with desk.store.reading() as connection:
        record = answers.get(connection, SERVER, find_key(desk))
    assert record is not None
    return record


def find_key(desk: Desk) -> str:
    """Return the key of the only answer; keys count, and the first is its asker's or its own."""
    with desk.store.reading() as connection:
        rows = connection.exec_driver_sql("SELECT answer_key FROM answers").all()
    ((key,),) = rows
    return str(key)


def due_answers(desk: Desk) -> list[str]:
    """Return the answers that a sweep will look for or correct."""
    with desk.store.reading() as connection:
        found = sweeps.next_due(connection, CHANNEL, at=desk.now())
    return [] if found is None else [found.answer_key]


def test_an_answer_is_posted_once_and_marked_sent(desk: Desk) -> None:
    interaction = make_interaction()
    place = make_channel(interaction)

    run(desk, lambda service: answer_question(service, interaction, AskRequest(QUESTION)))

    record = only_answer(desk)
    place.assert_awaited_once()
    assert place.await_args is not None
    assert place.await_args.kwargs["nonce"] == record.answer_key
    assert len(record.answer_key) <= 25  # Discord's limit of a nonce
    assert (record.state, record.visibility) == (AnswerState.SENT, Visibility.PUBLIC)
    assert record.message_id == MESSAGE
    assert "ferry" in shown(place)


def test_a_post_that_got_lost_is_tried_with_the_same_nonce(desk: Desk) -> None:
    interaction = make_interaction()
    place = make_channel(interaction)
    place.side_effect = [ConnectionResetError(), SimpleNamespace(id=MESSAGE)]

    run(desk, lambda service: answer_question(service, interaction, AskRequest(QUESTION)))

    nonces = [call.kwargs["nonce"] for call in place.await_args_list]
    assert nonces == [find_key(desk)] * 2
    assert only_answer(desk).state is AnswerState.SENT


def test_a_private_answer_goes_to_its_asker_alone(desk: Desk) -> None:
    interaction = make_interaction()
    place = make_channel(interaction)

    asked = AskRequest(QUESTION, private=True)
    run(desk, lambda service: answer_question(service, interaction, asked))

    place.assert_not_awaited()
    record = only_answer(desk)
    assert (record.state, record.visibility) == (AnswerState.SENT, Visibility.PRIVATE)
    assert record.message_id is None


def test_where_quoth_may_not_post_the_asker_sees_the_answer(desk: Desk) -> None:
    """Permissions change between Discord's word and ours."""
    interaction = make_interaction()
    make_channel(interaction, fails=refuse(403, 50013))

    run(desk, lambda service: answer_question(service, interaction, AskRequest(QUESTION)))

    assert "ferry" in shown(interaction.edit_original_response)
    record = only_answer(desk)
    assert (record.state, record.visibility) == (AnswerState.SENT, Visibility.PRIVATE)


def test_a_post_that_discord_refuses_is_marked_failed(desk: Desk) -> None:
    interaction = make_interaction()
    make_channel(interaction, fails=refuse(400, 50035))

    run(desk, lambda service: answer_question(service, interaction, AskRequest(QUESTION)))

    assert shown(interaction.edit_original_response) == Line(Refusal.FAILED).text
    assert only_answer(desk).state is AnswerState.FAILED


UNCONFIRMED = [ConnectionResetError(), refuse(503, 0), refuse(429, 0)]


@pytest.mark.parametrize("error", UNCONFIRMED, ids=repr)
def test_a_post_that_may_have_arrived_is_looked_for_and_not_called_failed(
    desk: Desk, error: Exception
) -> None:
    """One that is called failed is never corrected, however long it stands in the channel."""
    interaction = make_interaction()
    make_channel(interaction, fails=error)

    run(desk, lambda service: answer_question(service, interaction, AskRequest(QUESTION)))

    assert shown(interaction.edit_original_response) == Line(AskingRefusal.UNCONFIRMED).text
    assert only_answer(desk).state is AnswerState.PENDING
    assert due_answers(desk) == [find_key(desk)]


def test_an_answer_that_nobody_saw_is_marked_failed(desk: Desk) -> None:
    interaction = make_interaction()
    interaction.edit_original_response.side_effect = refuse(404, 10015)

    asked = AskRequest(QUESTION, private=True)
    run(desk, lambda service: answer_question(service, interaction, asked))

    assert only_answer(desk).state is AnswerState.FAILED


def test_too_many_questions_have_to_wait(desk: Desk) -> None:
    set_server(desk, member_questions=1, member_seconds=600)
    interactions = [make_interaction(), make_interaction()]
    for each in interactions:
        make_channel(each)

    async def scenario(service: Service) -> None:
        for each in interactions:
            await answer_question(service, each, AskRequest(QUESTION))

    run(desk, scenario)

    told = shown(interactions[1].edit_original_response)
    assert told.startswith("You have asked many questions in a short time; ask again in ")
    find_key(desk)  # the second question was not answered


def make_message(content: str, *, message_id: int = MESSAGE, **extra: Any) -> Any:
    """Return a member's message in a channel where Quoth may post."""
    channel = Mock(spec=discord.TextChannel, id=CHANNEL, type=discord.ChannelType.text)
    channel.permissions_for.return_value = discord.Permissions(
        view_channel=True, send_messages=True
    )
    channel.send = AsyncMock(return_value=SimpleNamespace(id=message_id + 1))
    values = {
        "id": message_id,
        "content": content,
        "author": Mock(spec=discord.Member, id=ASKER, bot=False, roles=[]),
        "guild": SimpleNamespace(id=SERVER, me=object()),
        "channel": channel,
        "webhook_id": None,
        "reference": None,
        "to_reference": lambda *, fail_if_not_exists: ("reference", fail_if_not_exists),
    }
    return SimpleNamespace(**{**values, **extra})


def hear(desk: Desk, *messages: Any) -> None:
    """Let Quoth hear some messages, one after the other."""

    async def scenario(service: Service) -> None:
        mentions = Mentions(service)
        for message in messages:
            await mentions.answer(message, OWN)

    run(desk, scenario)


def test_a_mention_is_answered_in_place_without_a_ping(desk: Desk) -> None:
    message = make_message(f"<@{OWN}> {QUESTION}")

    hear(desk, message)

    extra = message.channel.send.await_args.kwargs
    assert extra["reference"] == ("reference", False)
    assert extra["mention_author"] is False
    assert "ferry" in shown(message.channel.send)
    assert only_answer(desk).question == QUESTION
    assert only_answer(desk).message_id == MESSAGE + 1


@pytest.mark.parametrize("error", UNCONFIRMED, ids=repr)
def test_a_reply_that_may_have_arrived_is_looked_for_and_not_called_failed(
    desk: Desk, error: Exception
) -> None:
    message = make_message(QUESTION)
    tries = 1 if isinstance(error, discord.HTTPException) and error.status < 500 else 3
    message.channel.send.side_effect = [error] * tries + [SimpleNamespace(id=MESSAGE + 1)]

    hear(desk, message)

    assert shown(message.channel.send) == Line(AskingRefusal.UNCONFIRMED).text
    assert only_answer(desk).state is AnswerState.PENDING
    assert due_answers(desk) == [find_key(desk)]


def test_a_reply_that_discord_refuses_is_marked_failed(desk: Desk) -> None:
    message = make_message(QUESTION)
    message.channel.send.side_effect = refuse(400, 50035)

    hear(desk, message)

    assert only_answer(desk).state is AnswerState.FAILED
    assert due_answers(desk) == []


def test_a_message_that_is_heard_twice_is_answered_once(desk: Desk) -> None:
    """A resumed connection may repeat what was heard before it broke."""
    message = make_message(f"<@{OWN}> {QUESTION}")

    hear(desk, message, message)

    message.channel.send.assert_awaited_once()


@pytest.mark.parametrize(
    "extra",
    [
        {"guild": None},
        {"webhook_id": 5},
        {"author": Mock(spec=discord.Member, id=ASKER, bot=True)},
        {"author": Mock(spec=discord.User, id=ASKER, bot=False)},
    ],
    ids=["private", "hook", "bot", "no member"],
)
def test_what_no_member_of_a_server_says_is_not_answered(desk: Desk, extra: dict[str, Any]) -> None:
    message = make_message(QUESTION, **extra)

    hear(desk, message)

    message.channel.send.assert_not_awaited()


def test_where_quoth_may_not_post_it_does_not_try(desk: Desk) -> None:
    message = make_message(QUESTION)
    message.channel.permissions_for.return_value = discord.Permissions(view_channel=True)

    hear(desk, message)

    message.channel.send.assert_not_awaited()


def test_a_channel_that_is_not_allowed_hears_nothing_not_even_a_refusal(desk: Desk) -> None:
    set_server(desk, channels=(CHANNEL + 1,))
    messages = [make_message(QUESTION), make_message("", message_id=MESSAGE + 5)]

    hear(desk, *messages)

    for message in messages:
        message.channel.send.assert_not_awaited()


def test_who_has_to_wait_is_told_once_in_a_channel(desk: Desk) -> None:
    """Else one member could make Quoth fill a channel."""
    set_server(desk, member_questions=1, member_seconds=600)
    messages = [make_message(QUESTION, message_id=MESSAGE + 10 * n) for n in range(4)]

    hear(desk, *messages)

    assert [message.channel.send.await_count for message in messages] == [1, 1, 0, 0]
    assert "ask again in" in shown(messages[1].channel.send)


def test_a_failure_is_said_in_place(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: object, **_kwargs: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(asking_chat.asking, "answer_mention", fail)
    message = make_message(QUESTION)

    hear(desk, message)

    assert shown(message.channel.send) == Line(Refusal.FAILED).text


@given(st.text(st.characters(exclude_characters="<")))
def test_a_question_is_taken_without_the_mention(question: str) -> None:
    for mention in (f"<@{OWN}>", f"<@!{OWN}>"):
        assert strip_mention(f"{mention} {question}", OWN) == question.strip()
        assert strip_mention(f"{question} {mention}", OWN) == question.strip()


def test_others_mentions_stay() -> None:
    assert strip_mention(f"<@{OWN}> what did <@{OWN}1> say?", OWN) == f"what did <@{OWN}1> say?"


def suggest(desk: Desk, found: Any) -> list[tuple[str, str]]:
    """Return what is suggested when a search finds something, or fails."""
    got: list[tuple[str, str]] = []

    def find(*_args: object) -> Any:
        if isinstance(found, Exception):
            raise found
        return found

    async def scenario(service: Service) -> None:
        choices = await suggest_sources(service, make_interaction(), "x", find=find)
        got.extend((choice.name, choice.value) for choice in choices)

    run(desk, scenario)
    return got


def test_suggestions_stay_within_discords_limits(desk: Desk) -> None:
    found = [("t" * 300, f"id{n}") for n in range(40)]

    suggested = suggest(desk, [("", "no title"), ("long id", "x" * 101), *found])

    assert suggested == [("t" * 100, f"id{n}") for n in range(23)]


@pytest.mark.parametrize("is_given", [True, False])
def test_who_was_given_the_command_sees_its_suggestions(desk: Desk, is_given: bool) -> None:
    """A name on Discord's Integrations page counts as much as Manage Server."""
    change_articles(desk, "withdraw", ["ferry"])
    got: list[str] = []

    async def scenario(service: Service) -> None:
        service.command_ids = make_commands(given_to=ASKER if is_given else ASKER + 1)
        find = suggest_withdrawn
        for command in (CORPUS_COMMAND, None):
            choices = await suggest_sources(
                service, make_interaction(), "ferry", find=find, command=command
            )
            got.extend(f"{command} {choice.value}" for choice in choices)

    run(desk, scenario)

    assert got == (["corpus ferry"] if is_given else [])


def make_commands(*, given_to: int) -> Any:
    """Return what Discord's Integrations page says: the commands are one member's."""
    override = SimpleNamespace(type=Kind.user, id=given_to, permission=True)
    known = SimpleNamespace(
        fetch_permissions=AsyncMock(return_value=SimpleNamespace(permissions=[override]))
    )
    return SimpleNamespace(find=AsyncMock(return_value=known))


def test_suggestions_never_fail(desk: Desk) -> None:
    assert suggest(desk, ZeroDivisionError()) == []
