"""``/settings``: what a server's administrators decide, each change recorded with itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import fields, replace

from sqlalchemy import Connection

from bot.actions import Action
from bot.catalogue.lines import Line
from bot.catalogue.parameters import Number
from bot.catalogue.settling import SettingRefusal
from bot.conversation.actors import Actor
from bot.conversation.desk import Desk, Refused
from bot.conversation.recording import put_down
from bot.conversation.responses import Handler, Open, Pressed, Response, Show, Way
from bot.conversation.servers import SETTINGS_COMMAND, check_administrator, require_server
from bot.conversation.settings.settings_screen import (
    LIMITS,
    MAX_CHOSEN,
    OFF,
    ON,
    limits_form,
    settings_screen,
)
from bot.ledger import servers
from bot.ledger.audit import AuditAction
from bot.ledger.servers import ServerSettings

WHOLE_NUMBER = re.compile("[0-9]{1,9}")
IDENTIFIER = re.compile("[0-9]{1,19}")

Change = Callable[[ServerSettings], ServerSettings]


def settings(desk: Desk, actor: Actor) -> Show:
    """Return this server's settings; raise Refused unless an administrator asks."""
    check_administrator(actor, SETTINGS_COMMAND)
    with desk.store.reading() as connection:
        server = require_server(connection, actor)
    return Show(settings_screen(server.settings))


def _settings(desk: Desk, actor: Actor, _pressed: Pressed) -> Show:
    return settings(desk, actor)


def _set_channels(desk: Desk, actor: Actor, pressed: Pressed) -> Show:
    check_administrator(actor, SETTINGS_COMMAND)
    channels = _read_ids(pressed.values, pressed.channels, most=MAX_CHOSEN)
    return _save(desk, actor, lambda known: replace(known, channels=channels))


def _set_moderators_channel(desk: Desk, actor: Actor, pressed: Pressed) -> Show:
    check_administrator(actor, SETTINGS_COMMAND)
    chosen = next(iter(_read_ids(pressed.values, pressed.channels, most=1)), None)
    return _save(desk, actor, lambda known: replace(known, moderators_channel=chosen))


def _set_moderator_roles(desk: Desk, actor: Actor, pressed: Pressed) -> Show:
    check_administrator(actor, SETTINGS_COMMAND)
    roles = _read_ids(pressed.values, pressed.roles, most=MAX_CHOSEN)
    return _save(desk, actor, lambda known: replace(known, moderator_roles=roles))


def _set_public(desk: Desk, actor: Actor, pressed: Pressed) -> Show:
    """Set what the button said, so that pressing it twice is the same as once."""
    check_administrator(actor, SETTINGS_COMMAND)
    if pressed.target.key not in {ON, OFF}:
        raise Refused(Line(SettingRefusal.UNKNOWN_CHOICE))
    public = pressed.target.key == ON
    return _save(desk, actor, lambda known: replace(known, public=public))


def _set_limits(desk: Desk, actor: Actor, pressed: Pressed) -> Response:
    """Open the form when pressed; save what it holds when it comes back."""
    check_administrator(actor, SETTINGS_COMMAND)
    if not pressed.fields:
        with desk.store.reading() as connection:
            return Open(limits_form(require_server(connection, actor).settings))
    given = {
        limit.name: _read_number(pressed.fields.get(limit.name, ""), limit.allowed, limit.refusal)
        for limit in LIMITS
    }
    return _save(
        desk,
        actor,
        lambda known: replace(
            known,
            member_questions=given["member_questions"],
            member_seconds=given["member_seconds"],
            server_questions=given["server_questions"],
            retention_days=given["retention_days"],
        ),
    )


def _save(desk: Desk, actor: Actor, change: Change) -> Show:
    """Change settings and record which, in one commit; return the screen as it is then."""
    check_administrator(actor, SETTINGS_COMMAND)
    with desk.store.transaction() as connection:
        known = require_server(connection, actor).settings
        changed = change(known)
        if changed != known:
            servers.save_settings(connection, actor.server_id, changed)
            _record(desk, connection, actor, _differences(known, changed))
    return Show(settings_screen(changed, is_saved=True))


def _differences(known: ServerSettings, changed: ServerSettings) -> Iterator[tuple[str, str]]:
    """Yield the name of each setting that differs, and its new value in a closed word or number."""
    for field in fields(ServerSettings):
        value = getattr(changed, field.name)
        if value == getattr(known, field.name):
            continue
        if isinstance(value, bool):
            yield field.name, ON if value else OFF
        elif field.name == "moderators_channel":
            yield field.name, OFF if value is None else ON
        else:
            yield field.name, str(len(value) if isinstance(value, tuple) else value)


def _record(
    desk: Desk, connection: Connection, actor: Actor, changes: Iterator[tuple[str, str]]
) -> None:
    changed = AuditAction.SETTING_CHANGED
    for name, value in changes:
        put_down(desk, connection, actor, changed, subject=name, detail=value)


def _read_ids(values: Sequence[str], own: Collection[int], *, most: int) -> tuple[int, ...]:
    """Return what was chosen in a menu of channels or roles, each once, in order of its number.

    Parameters
    ----------
    own : collection of int
        Those of this server; what names none of them is left out.

    Raises
    ------
    Refused
        If too much was chosen, or nothing of this server.
    """
    chosen = {int(value) for value in values if IDENTIFIER.fullmatch(value)}.intersection(own)
    if len(values) > most or (values and not chosen):
        raise Refused(Line(SettingRefusal.UNKNOWN_CHOICE))
    return tuple(sorted(chosen))


def _read_number(typed: str, allowed: range, refusal: SettingRefusal) -> int:
    """Return a whole number as typed; raise Refused with its bounds if it is none of them."""
    text = typed.strip()
    if WHOLE_NUMBER.fullmatch(text) is None or int(text) not in allowed:
        raise Refused(Line(refusal, (Number(allowed[0]), Number(allowed[-1]))))
    return int(text)


HANDLERS = {
    Action.SETTINGS: Handler(_settings, Way.REPLACE),
    Action.SET_CHANNELS: Handler(_set_channels, Way.REPLACE),
    Action.SET_MODERATORS_CHANNEL: Handler(_set_moderators_channel, Way.REPLACE),
    Action.SET_MODERATOR_ROLES: Handler(_set_moderator_roles, Way.REPLACE),
    Action.SET_PUBLIC: Handler(_set_public, Way.REPLACE),
    Action.SET_LIMITS: Handler(_set_limits, Way.FORM, form_way=Way.REPLACE),
}
