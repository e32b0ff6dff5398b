"""Buttons, menus and forms that come back: what they ask for, and who answers.

discord.py could keep each message's view in memory, or build it anew from the message for each
click (`discord.ui.DynamicItem`). Neither is needed, since a custom id holds all there is to know:
it is read as it comes, the same after a restart, on a message of any age and from a forged click.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import discord

from bot.actions import Action, Target, read_custom_id
from bot.catalogue.lines import Line
from bot.catalogue.parameters import FIRST_SNOWFLAKE, LAST_SNOWFLAKE
from bot.catalogue.refusals import Refusal
from bot.chat.delivery import answer, close
from bot.chat.messages import custom_ids
from bot.chat.permissions import look
from bot.chat.service import Lane, Service
from bot.conversation.actors import Actor
from bot.conversation.desk import Refused
from bot.conversation.handlers import HANDLERS
from bot.conversation.responses import Handler, Pressed, Response, Way
from bot.conversation.servers import CORPUS_COMMAND, SETTINGS_COMMAND
from bot.conversation.settings import permissions

MAX_VALUES = 25
MAX_VALUE_CHARS = 4000  # as a form's longest field
SNOWFLAKE = re.compile(r"[0-9]{1,19}")
FIELD_NAME = re.compile(r"[A-Za-z0-9_-]{1,100}")

# The command for administrators that an action belongs to.
COMMANDS = {
    Action.CORPUS: CORPUS_COMMAND,
    Action.WITHDRAW_NOW: CORPUS_COMMAND,
    Action.RESTORE_NOW: CORPUS_COMMAND,
    Action.SETTINGS: SETTINGS_COMMAND,
    Action.SET_CHANNELS: SETTINGS_COMMAND,
    Action.SET_MODERATORS_CHANNEL: SETTINGS_COMMAND,
    Action.SET_MODERATOR_ROLES: SETTINGS_COMMAND,
    Action.SET_PUBLIC: SETTINGS_COMMAND,
    Action.SET_LIMITS: SETTINGS_COMMAND,
    Action.CHECK_PERMISSIONS: SETTINGS_COMMAND,
}

# What reaches the moderators, or makes room for more of it, counts as a question does: deleting
# one's data must not make a new beginning of a flood.
COUNTED = {Action.REPORT, Action.ASK_MODERATOR_NOW, Action.PRIVACY_DELETE_NOW}


async def dispatch(service: Service, interaction: discord.Interaction) -> None:
    """Answer a button, a menu or a form; what no button of ours could send is refused politely."""
    pressed = read_pressed(interaction)
    if pressed is not None and pressed.target.action in OWN:
        await OWN[pressed.target.action](service, interaction)
        return
    handler = None if pressed is None else HANDLERS.get(pressed.target.action)
    if pressed is None or handler is None:
        await answer(service, interaction, _refuse)
        return
    way = choose_way(handler, interaction)

    async def work(actor: Actor) -> Response:
        if pressed.target.action in COUNTED and way is not Way.FORM:
            await service.count_question(actor)
        lane = Lane.QUICK if way is Way.FORM else Lane.ANSWERS
        return await service.call(lane, handler.handle, actor, pressed)

    command = COMMANDS.get(pressed.target.action)
    await answer(service, interaction, work, way=way, command=command)
    if command == SETTINGS_COMMAND and interaction.guild_id is not None:
        service.forget_settings(interaction.guild_id)


def choose_way(handler: Handler, interaction: discord.Interaction) -> Way:
    """Return how an answer reaches the member.

    What others see is changed only if it holds what was pressed: a forged click on an answer must
    not put another screen in its place. A form that was opened from no message can change none.
    """
    is_form = interaction.type is discord.InteractionType.modal_submit
    way = handler.form_way if is_form else handler.way
    if way is Way.REPLACE and not _may_replace(interaction):
        return Way.NEW
    return way


def _may_replace(interaction: discord.Interaction) -> bool:
    message = interaction.message
    if message is None:
        return False
    data: Mapping[str, Any] = interaction.data or {}
    return message.flags.ephemeral or data.get("custom_id") in custom_ids(message)


def read_pressed(interaction: discord.Interaction) -> Pressed | None:
    """Return what came back; None if no button, menu or form of ours could send it."""
    data: Mapping[str, Any] = interaction.data or {}
    target = _read_target(data.get("custom_id"))
    if target is None:
        return None
    message = interaction.message
    resolved = data.get("resolved")
    named: Mapping[str, Any] = resolved if isinstance(resolved, dict) else {}
    return Pressed(
        target,
        values=_read_values(data.get("values")),
        fields=dict(_read_fields(data.get("components"))),
        message_id=None if message is None else message.id,
        channels=frozenset(_read_named(named.get("channels"), interaction.guild_id)),
        roles=frozenset(_read_named(named.get("roles"), interaction.guild_id)),
    )


def _read_target(custom_id: object) -> Target | None:
    return read_custom_id(custom_id) if isinstance(custom_id, str) else None


def _read_values(values: object) -> tuple[str, ...]:
    if not isinstance(values, list):
        return ()
    return tuple(value[:MAX_VALUE_CHARS] for value in values[:MAX_VALUES] if isinstance(value, str))


def _read_named(objects: object, server_id: int | None) -> Iterator[int]:
    """Yield the ids of channels or roles that Discord describes, those of other servers left out.

    It describes only what it found on the server; some objects name that server, too.
    """
    for number, described in objects.items() if isinstance(objects, dict) else ():
        if not isinstance(number, str) or SNOWFLAKE.fullmatch(number) is None:
            continue
        place = described.get("guild_id") if isinstance(described, dict) else None
        is_own = place is None or place == str(server_id)
        if is_own and FIRST_SNOWFLAKE <= int(number) <= LAST_SNOWFLAKE:
            yield int(number)


def _read_fields(components: object) -> Iterator[tuple[str, str]]:
    """Yield a form's fields, in whatever rows and labels they stand; of a menu the first choice."""
    for component in components if isinstance(components, list) else ():
        if not isinstance(component, dict):
            continue
        name = component.get("custom_id")
        if isinstance(name, str) and FIELD_NAME.fullmatch(name):
            chosen = _read_values(component.get("values"))
            value = component.get("value", chosen[0] if chosen else "")
            yield name, value[:MAX_VALUE_CHARS] if isinstance(value, str) else ""
        yield from _read_fields([component.get("component")])
        yield from _read_fields(component.get("components"))


async def _close(service: Service, interaction: discord.Interaction) -> None:
    """Close a private screen; a forged press must not take an answer from everybody."""
    message = interaction.message
    if message is None or not message.flags.ephemeral:
        await answer(service, interaction, _refuse)
    else:
        await close(interaction)


async def _check_permissions(service: Service, interaction: discord.Interaction) -> None:
    async def work(actor: Actor) -> Response:
        where = await service.call(Lane.ANSWERS, permissions.channels_to_check, actor)
        server = interaction.guild
        found = [] if server is None else look(server, where)
        return await service.call(Lane.ANSWERS, permissions.show_permissions, actor, found)

    way = Way.REPLACE if _may_replace(interaction) else Way.NEW
    await answer(service, interaction, work, way=way, command=SETTINGS_COMMAND)


async def _refuse(_actor: Actor) -> Response:
    raise Refused(Line(Refusal.NO_ANSWER))


# What needs Discord itself, and nobody's judgement.
OWN = {Action.CANCEL: _close, Action.CHECK_PERMISSIONS: _check_permissions}
