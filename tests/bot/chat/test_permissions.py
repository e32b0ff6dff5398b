"""Which channels are checked, and what is found missing there."""

from __future__ import annotations

from typing import Any
from unittest.mock import Mock

import discord
import pytest

from bot.catalogue.parameters import Permission
from bot.chat.actors import may_post
from bot.chat.permissions import FLAGS, look
from bot.conversation.settings.permissions import NEEDED, ChannelsToCheck, PermissionReport

ALL = discord.Permissions(
    view_channel=True,
    send_messages=True,
    send_messages_in_threads=True,
    read_message_history=True,
)
NONE = discord.Permissions.none()
OPEN, CLOSED, ODD = 1, 2, 3


def make_server() -> Any:
    """Return a server with an open channel, a closed one, and one where Quoth may not write."""
    server = Mock(spec=discord.Guild)
    rights = {
        OPEN: (ALL, ALL),
        CLOSED: (NONE, NONE),
        ODD: (ALL, discord.Permissions(view_channel=True, read_message_history=True)),
    }
    server.text_channels = [make_channel(server, number, *each) for number, each in rights.items()]
    server.forums = []
    return server


def make_channel(server: Any, number: int, everyone: Any, own: Any) -> Any:
    """Return a channel in which everyone, and Quoth, have these permissions."""
    channel = Mock(spec=discord.TextChannel, id=number, guild=server)
    channel.permissions_for.side_effect = lambda who: own if who is server.me else everyone
    return channel


def test_what_is_missing_is_named() -> None:
    reports = look(make_server(), ChannelsToCheck(every=False, named=(ODD,)))

    assert reports == [
        PermissionReport(ODD, (Permission.SEND_MESSAGES, Permission.SEND_IN_THREADS))
    ]


def test_a_channel_closed_to_everyone_is_no_gap() -> None:
    reports = look(make_server(), ChannelsToCheck(every=True, named=()))

    assert [report.channel_id for report in reports] == [OPEN, ODD]
    assert reports[0].missing == ()


def test_a_closed_channel_that_was_chosen_is_one() -> None:
    """Such as the moderators' own."""
    reports = look(make_server(), ChannelsToCheck(every=True, named=(CLOSED,)))

    assert PermissionReport(CLOSED, NEEDED) in reports


def test_a_channel_that_is_gone_lacks_everything() -> None:
    reports = look(make_server(), ChannelsToCheck(every=False, named=(OPEN, 77)))

    assert reports == [PermissionReport(OPEN, ()), PermissionReport(77, NEEDED)]


def test_every_needed_permission_can_be_looked_up() -> None:
    assert set(NEEDED) == set(FLAGS)


@pytest.mark.parametrize(
    ("own", "in_thread", "may"),
    [
        (discord.Permissions(view_channel=True, send_messages=True), False, True),
        (discord.Permissions(view_channel=True, send_messages=True), True, False),
        (discord.Permissions(view_channel=True, send_messages_in_threads=True), True, True),
        (discord.Permissions(send_messages=True), False, False),
        (discord.Permissions(administrator=True), True, True),
        (discord.Permissions.none(), False, False),
    ],
)
def test_posting_takes_two_permissions(
    own: discord.Permissions, in_thread: bool, may: bool
) -> None:
    assert may_post(own, in_thread=in_thread) is may
