"""What comes back from buttons, menus and forms is untrusted, and read all the same."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from bot.actions import Action, Target
from bot.catalogue.answers import AnswerSentence
from bot.catalogue.lines import Line
from bot.catalogue.refusals import Refusal
from bot.chat import dispatch as dispatching
from bot.chat.dispatch import OWN, choose_way, dispatch, read_pressed
from bot.chat.sending import say
from bot.chat.service import Service
from bot.conversation import handlers
from bot.conversation.actors import Actor
from bot.conversation.desk import Desk
from bot.conversation.handlers import HANDLERS
from bot.conversation.responses import Handler, Pressed, Response, Show, Way
from bot.ledger.servers import ServerSettings
from bot.rendering.screen import Button, Buttons, Screen
from tests.bot.chat.interactions import FORM, PRESS, make_interaction, make_message, shown
from tests.bot.conversation.desks import SERVER, make_desk

WHY = Target(Action.WHY, "key-0001")
LABEL = Line(AnswerSentence.SOURCE)
ANSWER = Screen((Buttons((Button(WHY, LABEL),)),))


@pytest.fixture
def service(tmp_path: Path) -> Service:
    """Return a service at a desk with one server."""
    return Service(make_desk(tmp_path))


def run(service: Service, interaction: Any) -> None:
    """Answer an interaction to its end."""

    async def scenario() -> None:
        await dispatch(service, interaction)
        await service.finish(1)

    asyncio.run(scenario())


@pytest.mark.parametrize("action", Action)
def test_every_action_has_a_handler(action: Action) -> None:
    """A button that nobody answers would fail in the member's face."""
    assert (action in HANDLERS) != (action in OWN)


def test_no_two_modules_answer_one_action() -> None:
    """The later of two would win, and nobody would notice."""
    modules = [each for each in vars(handlers).values() if hasattr(each, "HANDLERS")]
    actions = [action for module in modules for action in module.HANDLERS]

    assert len(modules) > 10
    assert sorted(actions) == sorted(HANDLERS)


def test_a_press_is_handed_on_as_it_is(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = watch(monkeypatch, Way.NEW)
    data = {"custom_id": WHY.custom_id, "component_type": 3, "values": ["a", "b"]}
    interaction = make_interaction(PRESS, data=data, message=make_message(ANSWER, ephemeral=False))

    run(service, interaction)

    assert seen == [Pressed(WHY, values=("a", "b"), message_id=88)]
    assert shown(interaction.edit_original_response) == LABEL.text


def test_a_forms_fields_are_read_wherever_they_stand(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = watch(monkeypatch, Way.FORM)
    fields = [
        {"type": 18, "component": {"type": 4, "custom_id": "note", "value": "typed"}},
        {"type": 18, "component": {"type": 3, "custom_id": "reason", "values": ["wrong", "x"]}},
        {"type": 1, "components": [{"type": 4, "custom_id": "old", "value": "row"}]},
    ]
    data = {"custom_id": WHY.custom_id, "components": fields}

    run(service, make_interaction(FORM, data=data))

    assert [pressed.fields for pressed in seen] == [
        {"note": "typed", "reason": "wrong", "old": "row"}
    ]


@pytest.mark.parametrize(
    "data",
    [
        None,
        {},
        {"custom_id": ""},
        {"custom_id": None},
        {"custom_id": ["quoth1:why:key:0"]},
        {"custom_id": "quoth1:why:key"},
        {"custom_id": "quoth2:why:key:0"},
        {"custom_id": "quoth1:drop_tables:key:0"},
        {"custom_id": "quoth1:why:key:99999"},
        {"custom_id": "quoth1:why:../../etc:0"},
        {"custom_id": "quoth1:why:" + "k" * 65 + ":0"},
        {"custom_id": WHY.custom_id + "\n"},
    ],
    ids=repr,
)
@pytest.mark.parametrize("kind", [PRESS, FORM], ids=str)
def test_what_no_button_of_ours_could_send_is_refused_politely(
    service: Service, data: Any, kind: Any
) -> None:
    interaction = make_interaction(kind, data=data)

    run(service, interaction)

    assert shown(interaction.edit_original_response) == Line(Refusal.NO_ANSWER).text


@pytest.mark.parametrize(
    "extra",
    [
        {"values": "abc"},
        {"resolved": "abc"},
        {"resolved": {"channels": ["1"], "roles": {1: {}}}},
        {"values": [1, None, {"a": 1}]},
        {"components": "abc"},
        {"components": [None, 3, "x", {"component": 7}, {"components": {"a": 1}}]},
        {"components": [{"custom_id": "no spaces", "value": "x"}]},
    ],
    ids=repr,
)
def test_odd_values_are_passed_over(extra: dict[str, Any]) -> None:
    pressed = read_pressed(make_interaction(FORM, data={"custom_id": WHY.custom_id, **extra}))

    assert pressed == Pressed(WHY)


def test_channels_and_roles_are_those_that_discord_describes() -> None:
    """The values alone could name anything, be it on another server."""
    resolved = {
        "channels": {"11": {"id": "11"}, "12": {"guild_id": str(SERVER)}, "13": {"guild_id": "5"}},
        "roles": {"21": {"id": "21"}, "x": {}, "0": {}, "9" * 19: {}, "22": None},
        "users": {"31": {"id": "31"}},
    }
    data = {"custom_id": WHY.custom_id, "values": ["11", "99"], "resolved": resolved}

    pressed = read_pressed(make_interaction(PRESS, data=data))

    assert pressed is not None
    assert pressed.values == ("11", "99")
    assert (pressed.channels, pressed.roles) == ({11, 12}, {21, 22})


def test_lengths_are_bounded() -> None:
    fields = [{"custom_id": "note", "value": "x" * 100_000}]
    data = {"custom_id": WHY.custom_id, "values": ["y" * 100_000] * 100, "components": fields}

    pressed = read_pressed(make_interaction(FORM, data=data))

    assert pressed is not None
    assert len(pressed.values) == 25
    assert all(len(value) == 4000 for value in [*pressed.values, *pressed.fields.values()])


@pytest.mark.parametrize(
    ("ephemeral", "pressed", "way"),
    [
        (True, WHY, Way.REPLACE),
        (False, WHY, Way.REPLACE),
        (True, Target(Action.HELP), Way.REPLACE),
        (False, Target(Action.HELP), Way.NEW),
    ],
)
def test_a_forged_press_changes_nothing_that_others_see(
    ephemeral: bool, pressed: Target, way: Way
) -> None:
    """Else anybody could put another screen where an answer stands."""
    message = make_message(ANSWER, ephemeral=ephemeral)
    interaction = make_interaction(PRESS, data={"custom_id": pressed.custom_id}, message=message)

    assert choose_way(Handler(_unused, Way.REPLACE), interaction) is way


@pytest.mark.parametrize("ephemeral", [True, False])
def test_only_a_private_screen_can_be_closed(service: Service, ephemeral: bool) -> None:
    message = make_message(ANSWER, ephemeral=ephemeral)
    data = {"custom_id": Target(Action.CANCEL).custom_id}
    interaction = make_interaction(PRESS, data=data, message=message)

    run(service, interaction)

    assert interaction.delete_original_response.await_count == ephemeral
    if not ephemeral:
        assert shown(interaction.edit_original_response) == Line(Refusal.NO_ANSWER).text


def test_a_form_from_a_menu_has_no_message_to_change() -> None:
    interaction = make_interaction(FORM, data={"custom_id": WHY.custom_id})

    assert choose_way(Handler(_unused, Way.FORM, form_way=Way.REPLACE), interaction) is Way.NEW


@pytest.mark.parametrize(("kind", "counts"), [(PRESS, False), (FORM, True)])
def test_a_report_counts_as_a_question_once_it_is_sent(
    service: Service, monkeypatch: pytest.MonkeyPatch, kind: Any, counts: bool
) -> None:
    """Else one member could fill the moderators' channel; opening the form costs nothing."""
    sent = Handler(lambda *_: Show(say(LABEL)), Way.FORM)
    monkeypatch.setattr(dispatching, "HANDLERS", {Action.REPORT: sent})
    data = {"custom_id": Target(Action.REPORT).custom_id}

    async def scenario() -> Any:
        for _ in range(ServerSettings().member_questions + 1):
            interaction = make_interaction(kind, data=data)
            await dispatch(service, interaction)
        await service.finish(1)
        return interaction

    last = asyncio.run(scenario())

    place = last.edit_original_response if counts else last.response.send_message
    assert ("ask again in" in shown(place)) == counts


def watch(monkeypatch: pytest.MonkeyPatch, way: Way) -> list[Pressed]:
    """Return what a handler of our own will see."""
    seen: list[Pressed] = []

    def handle(_desk: Desk, _actor: Actor, pressed: Pressed) -> Response:
        seen.append(pressed)
        return Show(say(LABEL))

    monkeypatch.setattr(dispatching, "HANDLERS", {Action.WHY: Handler(handle, way)})
    return seen


def _unused(_desk: Desk, _actor: Actor, _pressed: Pressed) -> Response:
    return Show(say(LABEL))
