"""What Quoth may do in the channels of a server, as Discord has told it."""

from __future__ import annotations

from collections.abc import Iterator

import discord

from bot.catalogue.parameters import Permission
from bot.conversation.settings.permissions import NEEDED, ChannelsToCheck, PermissionReport

Place = discord.TextChannel | discord.ForumChannel

# discord.py's names for what Discord's settings page calls otherwise.
FLAGS = {
    Permission.VIEW_CHANNEL: discord.Permissions(view_channel=True),
    Permission.SEND_MESSAGES: discord.Permissions(send_messages=True),
    Permission.SEND_IN_THREADS: discord.Permissions(send_messages_in_threads=True),
    Permission.READ_HISTORY: discord.Permissions(read_message_history=True),
}


def look(server: discord.Guild, where: ChannelsToCheck) -> list[PermissionReport]:
    """Return what Quoth lacks in each channel that matters, in the order of the server's list."""
    everywhere: list[Place] = [*server.text_channels, *server.forums]
    places = {
        place.id: place
        for place in everywhere
        if place.id in where.named or (where.every and _is_open(place, server))
    }
    reports = [PermissionReport(place.id, tuple(_missing(place))) for place in places.values()]
    gone = [number for number in where.named if number not in places]
    return reports + [PermissionReport(number, NEEDED) for number in gone]


def _is_open(place: Place, server: discord.Guild) -> bool:
    """Return whether Quoth is meant to be there: a channel closed to everyone is closed to it."""
    everyone = place.permissions_for(server.default_role)
    return everyone.view_channel or place.permissions_for(server.me).view_channel


def _missing(place: Place) -> Iterator[Permission]:
    own = place.permissions_for(place.guild.me)
    for permission in NEEDED:
        if not FLAGS[permission] <= own:
            yield permission
