"""Who acts, and what Quoth may do where they are, as Discord says it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any
from unittest.mock import Mock

import discord
import pytest

from bot.chat.actors import read_actor, read_author
from tests.bot.chat.interactions import make_interaction
from tests.bot.conversation.desks import ASKER, CHANNEL, SERVER

THREAD = CHANNEL + 7
POSTS = discord.Permissions(view_channel=True, send_messages=True)
POSTS_IN_THREADS = discord.Permissions(view_channel=True, send_messages_in_threads=True)


def make_thread(kind: discord.ChannelType = discord.ChannelType.public_thread) -> Any:
    """Return a thread of a channel."""
    return Mock(spec=discord.Thread, id=THREAD, parent_id=CHANNEL, type=kind)


def interaction_in(channel: Any, own: discord.Permissions) -> Any:
    interaction = make_interaction()
    interaction.channel, interaction.app_permissions = channel, own
    return interaction


def message_in(channel: Any, own: discord.Permissions) -> Any:
    me = object()
    channel.permissions_for.side_effect = lambda who: own if who is me else POSTS
    return SimpleNamespace(
        author=Mock(spec=discord.Member, id=ASKER, bot=False, roles=[]),
        guild=SimpleNamespace(id=SERVER, me=me),
        channel=channel,
        webhook_id=None,
    )


@pytest.mark.parametrize(
    "kind",
    [
        discord.ChannelType.public_thread,
        discord.ChannelType.private_thread,
        discord.ChannelType.news_thread,
    ],
)
def test_in_a_thread_the_channel_is_known_and_threads_permission_counts(
    kind: discord.ChannelType,
) -> None:
    for own, can_post in [(POSTS, False), (POSTS_IN_THREADS, True)]:
        actor = read_actor(interaction_in(make_thread(kind), own))
        author = read_author(message_in(make_thread(kind), own))

        assert actor is not None
        assert author is not None
        assert (actor.parent_channel_id, actor.can_post) == (CHANNEL, can_post)
        assert (author.parent_channel_id, author.can_post) == (CHANNEL, can_post)
        assert author.channel_id == THREAD


def test_a_channel_has_no_parent_and_its_own_permission_counts() -> None:
    for own, can_post in [(POSTS, True), (POSTS_IN_THREADS, False)]:
        channel = Mock(spec=discord.TextChannel, id=CHANNEL, type=discord.ChannelType.text)
        actor = read_actor(interaction_in(channel, own))
        author = read_author(message_in(channel, own))

        assert actor is not None
        assert author is not None
        assert (actor.parent_channel_id, actor.can_post) == (None, can_post)
        assert (author.parent_channel_id, author.can_post) == (None, can_post)


def test_in_a_thread_of_an_unknown_channel_nobody_is_answered() -> None:
    """Without the channel nothing is known of what anybody may do there."""
    thread = make_thread()
    thread.parent = None

    assert read_author(message_in(thread, POSTS_IN_THREADS)) is None


def test_on_a_server_that_quoth_has_left_nobody_acts() -> None:
    """A message that stayed behind must not make Quoth take the server up again."""
    interaction = make_interaction()
    interaction.client.get_guild.return_value = None

    assert read_actor(interaction) is None
