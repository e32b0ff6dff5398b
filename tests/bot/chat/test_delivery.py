"""Whatever happens, whoever asked is told, alone, and without what the log must not hold."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.actions import Action, Target
from bot.catalogue.answers import AnswerSentence
from bot.catalogue.lines import Line
from bot.catalogue.refusals import Refusal
from bot.chat import sending
from bot.chat.delivery import answer
from bot.chat.sending import say
from bot.chat.service import Service
from bot.chat.workers import Busy
from bot.conversation.actors import Actor
from bot.conversation.desk import Refused
from bot.conversation.responses import Open, Response, Show, Way
from bot.rendering.screen import FieldKind, Form, FormField
from corpus.errors import StoreBusy
from tests.bot.chat.interactions import (
    make_interaction,
    refuse,
    shown,
)
from tests.bot.conversation.desks import make_desk

READ_ONLY = Line(Refusal.READ_ONLY)
TYPED = "Who robbed the bank?"
FIELD = FormField("note", Line(AnswerSentence.SOURCE), FieldKind.LINE)
OPEN = Open(Form(Target(Action.REPORT, "key"), Line(AnswerSentence.SOURCE), (FIELD,)))


@pytest.fixture
def service(tmp_path: Path) -> Service:
    """Return a service at a desk with one server."""
    return Service(make_desk(tmp_path))


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Try again without waiting."""
    monkeypatch.setattr(sending, "RETRY_SECONDS", (0.0, 0.0))


def run(service: Service, interaction: Any, outcome: Response | Exception, way: Way) -> bool:
    """Answer an interaction with an outcome."""

    async def work(_actor: Actor) -> Response:
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    async def scenario() -> bool:
        delivered = await answer(service, interaction, work, way=way)
        await service.finish(1)
        return delivered

    return asyncio.run(scenario())


def test_an_answer_is_announced_privately_and_then_shown(service: Service) -> None:
    interaction = make_interaction()

    assert run(service, interaction, Show(say(READ_ONLY)), Way.NEW)

    interaction.response.defer.assert_awaited_once_with(ephemeral=True, thinking=True)
    assert shown(interaction.edit_original_response) == READ_ONLY.text


def test_a_screen_takes_the_place_of_what_was_pressed(service: Service) -> None:
    interaction = make_interaction()

    assert run(service, interaction, Show(say(READ_ONLY)), Way.REPLACE)

    interaction.response.defer.assert_awaited_once_with(ephemeral=True, thinking=False)
    assert shown(interaction.edit_original_response) == READ_ONLY.text


def test_a_form_is_the_first_response(service: Service) -> None:
    """Discord takes no form after anything else was said."""
    interaction = make_interaction()

    assert run(service, interaction, OPEN, Way.FORM)

    interaction.response.defer.assert_not_awaited()
    modal = interaction.response.send_modal.await_args.args[0]
    assert modal.custom_id == OPEN.form.target.custom_id


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (Refused(READ_ONLY), Refusal.READ_ONLY),
        (Busy(), Refusal.BUSY),
        (StoreBusy("the store is busy"), Refusal.BUSY),
        (ValueError(TYPED), Refusal.FAILED),
    ],
    ids=repr,
)
@pytest.mark.parametrize("way", Way)
def test_what_went_wrong_is_said_to_the_one_who_asked(
    service: Service,
    caplog: pytest.LogCaptureFixture,
    error: Exception,
    told: Refusal,
    way: Way,
) -> None:
    interaction = make_interaction()

    with caplog.at_level(logging.DEBUG):
        assert not run(service, interaction, error, way)

    said = {
        Way.NEW: interaction.edit_original_response,
        Way.REPLACE: interaction.followup.send,
        Way.FORM: interaction.response.send_message,
    }[way]
    assert shown(said) == Line(told).text
    if way is not Way.NEW:
        assert said.await_args.kwargs["ephemeral"]
        interaction.edit_original_response.assert_not_awaited()
    assert TYPED not in caplog.text
    assert ("ValueError" in caplog.text) == (told is Refusal.FAILED)


@pytest.mark.parametrize("code", [10062, 40060])
def test_what_discord_no_longer_waits_for_is_not_answered(service: Service, code: int) -> None:
    """An interaction that came twice, or too late, must not be answered a second time."""
    interaction = make_interaction()
    interaction.response.defer.side_effect = refuse(400, code)

    assert not run(service, interaction, ZeroDivisionError(), Way.NEW)

    interaction.edit_original_response.assert_not_awaited()
    interaction.response.send_message.assert_not_awaited()


def test_an_acknowledgement_that_was_lost_on_the_way_back_counts(service: Service) -> None:
    interaction = make_interaction()
    interaction.response.defer.side_effect = [
        aiohttp.ServerDisconnectedError(),
        refuse(400, 40060),
    ]

    assert run(service, interaction, Show(say(READ_ONLY)), Way.NEW)

    assert shown(interaction.edit_original_response) == READ_ONLY.text


def test_a_broken_line_is_tried_again(service: Service) -> None:
    interaction = make_interaction()
    interaction.edit_original_response.side_effect = [ConnectionResetError(), None]

    assert run(service, interaction, Show(say(READ_ONLY)), Way.NEW)

    assert interaction.edit_original_response.await_count == 2


@pytest.mark.parametrize("then", [None, refuse(400, 40060)], ids=["lost", "lost on the way back"])
def test_a_form_is_opened_though_the_line_breaks(service: Service, then: Exception | None) -> None:
    """Whoever pressed Report is not told that it failed, be the form open or not."""
    interaction = make_interaction()
    interaction.response.send_modal.side_effect = [ConnectionResetError(), then]

    run(service, interaction, OPEN, Way.FORM)

    assert interaction.response.send_modal.await_count == 2
    interaction.response.send_message.assert_not_awaited()


def test_a_line_that_stays_broken_ends_quietly(service: Service) -> None:
    interaction = make_interaction()
    interaction.edit_original_response.side_effect = ConnectionResetError()

    assert not run(service, interaction, Show(say(READ_ONLY)), Way.NEW)


def test_quoth_answers_on_servers_only(service: Service) -> None:
    interaction = make_interaction(server_id=None)

    assert not run(service, interaction, Show(say(READ_ONLY)), Way.NEW)

    assert shown(interaction.edit_original_response) == Line(Refusal.SERVER_ONLY).text


def test_who_comes_while_quoth_stops_is_told_so(service: Service) -> None:
    interaction = make_interaction()
    service.closing = True

    assert not run(service, interaction, Show(say(READ_ONLY)), Way.NEW)

    assert shown(interaction.edit_original_response) == Line(Refusal.BUSY).text
