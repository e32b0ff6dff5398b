"""From what Discord says of somebody to an `Actor`."""

from __future__ import annotations

import discord

from bot.conversation.actors import Actor

THREADS = (
    discord.ChannelType.public_thread,
    discord.ChannelType.private_thread,
    discord.ChannelType.news_thread,
)


def read_actor(interaction: discord.Interaction) -> Actor | None:
    """Return who pressed or commanded, as Discord says with it; None where Quoth is not a member.

    A message that stayed behind when Quoth left can still be pressed on.
    """
    member = interaction.user
    if interaction.guild_id is None or not isinstance(member, discord.Member):
        return None
    if interaction.channel_id is None or interaction.client.get_guild(interaction.guild_id) is None:
        return None
    rights = interaction.permissions
    own = interaction.app_permissions
    kind = None if interaction.channel is None else interaction.channel.type
    return Actor(
        server_id=interaction.guild_id,
        channel_id=interaction.channel_id,
        user_id=member.id,
        manage_messages=rights.administrator or rights.manage_messages,
        manage_server=rights.administrator or rights.manage_guild,
        role_ids=frozenset(role.id for role in member.roles),
        can_post=may_post(own, in_thread=kind in THREADS),
        parent_channel_id=find_parent(interaction.channel),
    )


def read_author(message: discord.Message) -> Actor | None:
    """Return who wrote a message on a server; None for bots, hooks and private messages."""
    author, server = message.author, message.guild
    if server is None or author.bot or message.webhook_id is not None:
        return None
    if not isinstance(author, discord.Member) or isinstance(
        message.channel, discord.DMChannel | discord.GroupChannel | discord.PartialMessageable
    ):
        return None
    if isinstance(message.channel, discord.Thread) and message.channel.parent is None:
        return None  # discord.py does not know the channel, so nobody's permissions there
    rights = message.channel.permissions_for(author)
    own = message.channel.permissions_for(server.me)
    return Actor(
        server_id=server.id,
        channel_id=message.channel.id,
        user_id=author.id,
        manage_messages=rights.manage_messages,
        manage_server=rights.manage_guild,
        role_ids=frozenset(role.id for role in author.roles),
        can_post=may_post(own, in_thread=message.channel.type in THREADS),
        parent_channel_id=find_parent(message.channel),
    )


def find_parent(channel: object) -> int | None:
    """Return the channel that a thread belongs to; None for anything but a thread."""
    return channel.parent_id if isinstance(channel, discord.Thread) else None


def may_post(own: discord.Permissions, *, in_thread: bool) -> bool:
    """Return whether Quoth itself may post where it has these permissions."""
    sends = own.send_messages_in_threads if in_thread else own.send_messages
    return own.administrator or (own.view_channel and sends)
