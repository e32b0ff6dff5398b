"""Commands that a server's owner gave to others on Discord's Integrations page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import discord
from discord import AppCommandPermissionType as Kind
from discord import AppCommandType, app_commands

from bot.conversation.actors import Actor


class CommandIds:
    """The ids of the commands as Discord keeps them, asked for once.

    Parameters
    ----------
    tree : discord.app_commands.CommandTree
    """

    def __init__(self, tree: app_commands.CommandTree[discord.Client]) -> None:
        self._tree = tree
        self._known: dict[str, app_commands.AppCommand] = {}

    async def find(self, name: str) -> app_commands.AppCommand | None:
        """Return a command by name; None if Discord knows none."""
        if name not in self._known:
            for command in await self._tree.fetch_commands():
                if command.type is AppCommandType.chat_input:
                    self._known[command.name] = command
        return self._known.get(name)


async def add_granted(ids: CommandIds | None, actor: Actor, command: str | None) -> Actor:
    """Return an actor who has a command for administrators if it was given to them.

    Parameters
    ----------
    ids : CommandIds or None
        None as long as Discord is not connected; nothing is known to be given then.
    command : str or None
        None for what belongs to no such command.
    """
    if ids is None or command is None or actor.manage_server:
        return actor
    return replace(actor, granted=await find_granted(ids, actor, command))


async def find_granted(ids: CommandIds, actor: Actor, command: str) -> frozenset[str]:
    """Return the command's name if this member was given it, else nothing.

    The overrides are asked for at each press, since the owner may change them at any moment; only
    members without Manage Server cost this question.
    """
    known = await ids.find(command)
    if known is None:
        return frozenset()
    try:
        overrides = await known.fetch_permissions(discord.Object(actor.server_id))
    except discord.NotFound:  # nothing was changed on that page
        return frozenset()
    return frozenset({command}) if is_granted(overrides.permissions, actor) else frozenset()


def is_granted(overrides: Sequence[app_commands.AppCommandPermissions], actor: Actor) -> bool:
    """Return whether overrides give a command to a member in their channel.

    What is said of the member goes before what is said of a role, and that before what is said of
    everyone; of several roles one that allows is enough. A closed channel closes it to all. What
    is not said is not given: it takes Manage Server then.
    """
    said = {(override.type, override.id): override.permission for override in overrides}
    everywhere = said.get((Kind.channel, actor.server_id - 1), True)
    here = actor.channel_id if actor.parent_channel_id is None else actor.parent_channel_id
    if not said.get((Kind.channel, here), everywhere):
        return False
    member = said.get((Kind.user, actor.user_id))
    if member is not None:
        return member
    everyone = actor.server_id  # the role that all have is numbered as its server
    own = [
        said[Kind.role, role] for role in actor.role_ids - {everyone} if (Kind.role, role) in said
    ]
    return any(own) if own else said.get((Kind.role, everyone), False)
