"""Settings: seen and changed by administrators, each change recorded, each number bounded."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.actions import Action, Target
from bot.catalogue.refusals import Refusal
from bot.catalogue.settling import SettingRefusal
from bot.conversation.actors import Actor
from bot.conversation.desk import Desk, Refused
from bot.conversation.responses import Open, Pressed, Response, Show, Way
from bot.conversation.settings.settings_screen import LIMITS, MAX_CHOSEN, Limit
from bot.conversation.settings.settling import HANDLERS, settings
from bot.ledger import audit, members, servers
from bot.ledger.audit import AuditEntry
from bot.ledger.servers import ServerSettings
from bot.rendering.fitting import check_screen
from bot.rendering.forms import make_modal
from bot.rendering.screen import Audience, PickKind
from tests.bot.conversation.desks import (
    ADMINISTRATOR,
    CHANNEL,
    MODERATOR_ROLE,
    OTHER_CHANNEL,
    OTHER_SERVER,
    SERVER,
    administrator,
    join_server,
    make_desk,
    member,
    moderator,
    set_server,
)
from tests.bot.conversation.screens import buttons, menus, said

ACTIONS = sorted(HANDLERS)
VALID = {
    "member_questions": "3",
    "member_seconds": "30",
    "server_questions": "90",
    "retention_days": "7",
}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return make_desk(tmp_path, articles={})


def press(
    desk: Desk,
    action: Action,
    *values: str,
    key: str = "",
    actor: Actor | None = None,
    fields: dict[str, str] | None = None,
) -> Response:
    channels, roles = frozenset({CHANNEL, OTHER_CHANNEL}), frozenset({MODERATOR_ROLE})
    pressed = Pressed(Target(action, key), values, fields or {}, channels=channels, roles=roles)
    return HANDLERS[action].handle(desk, actor or administrator(), pressed)


def stored(desk: Desk, server_id: int = SERVER) -> ServerSettings:
    with desk.store.reading() as connection:
        server = servers.find(connection, server_id)
    assert server is not None
    return server.settings


def log(desk: Desk) -> list[AuditEntry]:
    with desk.store.reading() as connection:
        return list(audit.entries(connection, SERVER, limit=20))


def refusal(desk: Desk, action: Action, *values: str, **more: object) -> SettingRefusal:
    with pytest.raises(Refused) as refused:
        press(desk, action, *values, **more)  # type: ignore[arg-type]
    sentence = refused.value.line.sentence
    assert isinstance(sentence, SettingRefusal)
    return sentence


def test_the_screen_says_every_value_and_offers_its_change(desk: Desk) -> None:
    set_server(
        desk,
        channels=(CHANNEL, OTHER_CHANNEL),
        moderators_channel=OTHER_CHANNEL,
        moderator_roles=(MODERATOR_ROLE,),
        public=False,
        retention_days=7,
    )

    screen = settings(desk, administrator()).screen

    lines = said(screen)
    assert lines[1:4] == ["Quoth answers only in:", str(CHANNEL), str(OTHER_CHANNEL)]
    assert "Answers are seen by the asker only." in lines
    assert f"Reports are posted in {OTHER_CHANNEL}." in lines
    assert str(MODERATOR_ROLE) in lines
    assert "A member may ask 5 questions in 60 s." in lines
    assert "All members together may ask 60 questions a minute." in lines
    assert "Questions and who asked them are kept for 7 days." in lines
    assert [(menu.target.action, menu.kind, menu.chosen) for menu in menus(screen)] == [
        (Action.SET_CHANNELS, PickKind.CHANNELS, (CHANNEL, OTHER_CHANNEL)),
        (Action.SET_MODERATORS_CHANNEL, PickKind.CHANNELS, (OTHER_CHANNEL,)),
        (Action.SET_MODERATOR_ROLES, PickKind.ROLES, (MODERATOR_ROLE,)),
    ]
    assert [button.target.action for button in buttons(screen)] == [
        *(Action.SET_PUBLIC, Action.SET_LIMITS, Action.CHECK_PERMISSIONS)
    ]
    assert screen.audience is Audience.MODERATORS
    check_screen(screen)


def test_the_fullest_screen_fits(desk: Desk) -> None:
    ids = tuple(range(2**63 - 100, 2**63))
    set_server(desk, channels=ids, moderator_roles=ids[:25], moderators_channel=ids[0])

    check_screen(settings(desk, administrator()).screen)


def test_a_change_is_stored_shown_and_said_to_be_saved(desk: Desk) -> None:
    assert "Saved." not in said(settings(desk, administrator()).screen)

    shown = press(desk, Action.SET_CHANNELS, str(OTHER_CHANNEL), str(CHANNEL))

    assert isinstance(shown, Show)
    assert stored(desk) == ServerSettings(channels=(CHANNEL, OTHER_CHANNEL))
    assert said(shown.screen)[1] == "Saved."
    assert said(shown.screen)[2:] == said(settings(desk, administrator()).screen)[1:]
    assert all(HANDLERS[action].way is Way.REPLACE for action in set(ACTIONS) - {"set_limits"})


def test_every_setting_can_be_set_and_unset(desk: Desk) -> None:
    press(desk, Action.SET_MODERATORS_CHANNEL, str(CHANNEL))
    press(desk, Action.SET_MODERATOR_ROLES, str(MODERATOR_ROLE))
    press(desk, Action.SET_PUBLIC, key="off")
    press(desk, Action.SET_LIMITS, fields=VALID)

    assert stored(desk) == ServerSettings(
        public=False,
        moderator_roles=(MODERATOR_ROLE,),
        moderators_channel=CHANNEL,
        member_questions=3,
        member_seconds=30,
        server_questions=90,
        retention_days=7,
    )

    press(desk, Action.SET_MODERATORS_CHANNEL)
    press(desk, Action.SET_MODERATOR_ROLES)
    press(desk, Action.SET_CHANNELS)
    press(desk, Action.SET_PUBLIC, key="on")

    assert replace(stored(desk), **{name: getattr(ServerSettings(), name) for name in VALID}) == (
        ServerSettings()
    )


def test_the_log_says_who_set_what_to_what(desk: Desk) -> None:
    press(desk, Action.SET_CHANNELS, str(CHANNEL), str(OTHER_CHANNEL))
    press(desk, Action.SET_MODERATORS_CHANNEL, str(CHANNEL))
    press(desk, Action.SET_PUBLIC, key="off")
    press(desk, Action.SET_LIMITS, fields={**VALID, "member_questions": "5"})

    with desk.store.reading() as connection:
        key = members.find_key(connection, SERVER, ADMINISTRATOR)
        assert audit.first_broken(connection) is None
    assert [(row.subject, row.detail) for row in reversed(log(desk))] == [
        ("channels", "2"),
        ("moderators_channel", "on"),
        ("public", "off"),
        ("member_seconds", "30"),
        ("server_questions", "90"),
        ("retention_days", "7"),
    ]
    assert {(row.actor, row.action) for row in log(desk)} == {(key, "setting_changed")}


def test_what_changes_nothing_is_not_recorded(desk: Desk) -> None:
    """A button that is pressed twice says the same and does it once."""
    for _ in range(2):
        press(desk, Action.SET_PUBLIC, key="off")

    assert len(log(desk)) == 1
    assert not stored(desk).public


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("actor", [member(), moderator()])
def test_nobody_else_sees_or_changes_anything(desk: Desk, action: Action, actor: Actor) -> None:
    with pytest.raises(Refused) as refused:
        press(desk, action, actor=actor, key="off", fields=VALID)
    assert refused.value.line.sentence is Refusal.NOT_ADMINISTRATOR
    with pytest.raises(Refused):
        settings(desk, actor)
    assert stored(desk) == ServerSettings()
    assert log(desk) == []


def test_a_member_who_was_given_the_command_uses_it(desk: Desk) -> None:
    given = replace(member(), granted=frozenset({"settings"}))

    press(desk, Action.SET_PUBLIC, key="off", actor=given)

    assert not stored(desk).public


def test_another_servers_settings_stay(desk: Desk) -> None:
    join_server(desk, OTHER_SERVER, articles={})

    press(desk, Action.SET_PUBLIC, key="off", actor=administrator(server_id=OTHER_SERVER))

    assert stored(desk).public
    assert not stored(desk, OTHER_SERVER).public


@pytest.mark.parametrize(
    "values",
    [
        *(("",), ("x",), ("-1",), ("0",), ("1.5",), ("\u0663",), ("9" * 19,), (str(2**63),)),
        tuple(str(number) for number in range(1, MAX_CHOSEN + 2)),
    ],
)
def test_what_no_menu_could_send_is_refused(desk: Desk, values: tuple[str, ...]) -> None:
    for action in (Action.SET_CHANNELS, Action.SET_MODERATOR_ROLES, Action.SET_MODERATORS_CHANNEL):
        assert refusal(desk, action, *values) is SettingRefusal.UNKNOWN_CHOICE
    assert refusal(desk, Action.SET_PUBLIC, key="maybe") is SettingRefusal.UNKNOWN_CHOICE
    assert stored(desk) == ServerSettings()


@pytest.mark.parametrize(
    ("action", "elsewhere"),
    [
        (Action.SET_CHANNELS, (str(CHANNEL + 500), str(MODERATOR_ROLE))),
        (Action.SET_MODERATORS_CHANNEL, (str(CHANNEL + 500),)),
        (Action.SET_MODERATORS_CHANNEL, (str(MODERATOR_ROLE),)),
        (Action.SET_MODERATOR_ROLES, (str(MODERATOR_ROLE + 500), str(CHANNEL))),
    ],
)
def test_what_names_nothing_of_this_server_is_refused(
    desk: Desk, action: Action, elsewhere: tuple[str, ...]
) -> None:
    """Reports with members' questions must not be sent to a channel of another server."""
    assert refusal(desk, action, *elsewhere) is SettingRefusal.UNKNOWN_CHOICE
    assert stored(desk) == ServerSettings()


def test_what_is_not_of_this_server_is_left_out(desk: Desk) -> None:
    press(desk, Action.SET_CHANNELS, str(CHANNEL + 500), str(CHANNEL))

    assert stored(desk).channels == (CHANNEL,)


def test_the_form_of_limits_holds_the_present_numbers_and_their_bounds(desk: Desk) -> None:
    set_server(desk, retention_days=7)

    opened = press(desk, Action.SET_LIMITS)

    assert isinstance(opened, Open)
    assert [(field.name, field.value) for field in opened.form.fields] == [
        ("member_questions", "5"),
        ("member_seconds", "60"),
        ("server_questions", "60"),
        ("retention_days", "7"),
    ]
    abouts = [field.about.text for field in opened.form.fields if field.about is not None]
    assert abouts[-1] == "A whole number from 1 to 365"
    assert HANDLERS[Action.SET_LIMITS].way is Way.FORM
    assert HANDLERS[Action.SET_LIMITS].form_way is Way.REPLACE
    make_modal(opened.form)


def test_every_limit_is_a_setting_whose_bounds_are_its_own() -> None:
    known = {field.name for field in fields(ServerSettings)}

    for limit in LIMITS:
        assert limit.name in known
        ServerSettings(**{limit.name: limit.allowed[0]})  # type: ignore[arg-type]
        ServerSettings(**{limit.name: limit.allowed[-1]})  # type: ignore[arg-type]
        for beyond in (limit.allowed[0] - 1, limit.allowed[-1] + 1):
            with pytest.raises(ValueError, match=limit.name):
                ServerSettings(**{limit.name: beyond})  # type: ignore[arg-type]


@pytest.mark.parametrize("limit", LIMITS, ids=lambda limit: limit.name)
def test_a_number_out_of_bounds_is_refused_with_them_and_nothing_is_saved(
    desk: Desk, limit: Limit
) -> None:
    for typed in ("", "0", "-1", "ten", "1.5", "1e2", "99999999999", "\u0663", "1_0"):
        with pytest.raises(Refused) as refused:
            press(desk, Action.SET_LIMITS, fields={**VALID, limit.name: typed})

        line = refused.value.line
        assert line.sentence is limit.refusal
        assert f"from {limit.allowed[0]} to {limit.allowed[-1]}" in line.text
    assert stored(desk) == ServerSettings()


def test_a_form_that_lacks_a_field_is_refused(desk: Desk) -> None:
    assert (
        refusal(desk, Action.SET_LIMITS, fields={"member_questions": "3"})
        is SettingRefusal.MEMBER_SECONDS
    )


@pytest.fixture(scope="module")
def shared_desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return make_desk(tmp_path_factory.mktemp("desk"), articles={})


@given(typed=st.text(max_size=12) | st.integers(-10, 200).map(str))
def test_whatever_is_typed_is_a_number_in_bounds_or_refused(shared_desk: Desk, typed: str) -> None:
    """No text reaches the store, and nothing but a refusal comes back for it."""
    limit = LIMITS[0]
    try:
        press(shared_desk, Action.SET_LIMITS, fields={**VALID, limit.name: typed})
    except Refused:
        return
    assert stored(shared_desk).member_questions == int(typed)
    assert int(typed) in limit.allowed
