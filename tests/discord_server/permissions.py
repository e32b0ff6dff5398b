"""What a member or the bot may do in a channel, computed as Discord documents it."""

from __future__ import annotations

from collections.abc import Iterable

import discord

ALL = discord.Permissions.all().value


def to_bits(names: Iterable[str]) -> int:
    """Return the permissions of these names as one number."""
    return discord.Permissions(**dict.fromkeys(names, True)).value


ADMINISTRATOR = to_bits(["administrator"])
VIEW = to_bits(["view_channel"])
SEND = to_bits(["send_messages"])
USE_COMMANDS = to_bits(["use_application_commands"])
READ_HISTORY = to_bits(["read_message_history"])
ATTACH = to_bits(["attach_files"])
MANAGE_MESSAGES = to_bits(["manage_messages"])

EVERYONE = VIEW | SEND | USE_COMMANDS | READ_HISTORY | ATTACH | to_bits(["embed_links"])


def combine(
    base: int, *, everyone: tuple[int, int], roles: Iterable[tuple[int, int]], own: tuple[int, int]
) -> int:
    """Apply a channel's overwrites, each ``(allow, deny)``, to a member's permissions in the guild.

    References
    ----------
    https://discord.com/developers/docs/topics/permissions#permission-overwrites
    """
    if base & ADMINISTRATOR:
        return ALL
    result = (base & ~everyone[1]) | everyone[0]
    allow = deny = 0
    for role_allow, role_deny in roles:
        allow |= role_allow
        deny |= role_deny
    result = (result & ~deny) | allow
    result = (result & ~own[1]) | own[0]
    return result if result & VIEW else 0
