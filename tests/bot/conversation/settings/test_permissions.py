"""What Quoth may do where, told to administrators channel by channel."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.actions import Action
from bot.catalogue.parameters import Permission
from bot.conversation.actors import Actor
from bot.conversation.desk import Desk, Refused
from bot.conversation.settings.permissions import (
    MAX_CHANNELS_SHOWN,
    NEEDED,
    ChannelsToCheck,
    PermissionReport,
    channels_to_check,
    show_permissions,
)
from bot.rendering.fitting import check_screen
from tests.bot.conversation.desks import (
    CHANNEL,
    OTHER_CHANNEL,
    OTHER_SERVER,
    administrator,
    make_desk,
    member,
    moderator,
    set_server,
)
from tests.bot.conversation.screens import buttons, said


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return make_desk(tmp_path, articles={})


def test_all_channels_are_looked_at_unless_some_are_named(desk: Desk) -> None:
    assert channels_to_check(desk, administrator()) == ChannelsToCheck(every=True, named=())

    set_server(desk, moderators_channel=OTHER_CHANNEL)
    assert channels_to_check(desk, administrator()) == ChannelsToCheck(
        every=True, named=(OTHER_CHANNEL,)
    )

    set_server(desk, channels=(CHANNEL, OTHER_CHANNEL))
    assert channels_to_check(desk, administrator()) == ChannelsToCheck(
        every=False, named=(CHANNEL, OTHER_CHANNEL)
    )


def test_what_is_missing_is_named_channel_by_channel(desk: Desk) -> None:
    reports = [
        PermissionReport(CHANNEL, (Permission.SEND_MESSAGES, Permission.READ_HISTORY)),
        PermissionReport(OTHER_CHANNEL, ()),
    ]

    screen = show_permissions(desk, administrator(), reports).screen

    lines = said(screen)
    assert lines[1:4] == [f"{CHANNEL} lacks:", "Send Messages", "Read Message History"]
    assert not any(str(OTHER_CHANNEL) in line for line in lines)
    assert any(line.startswith("Give Quoth's role these permissions") for line in lines)
    assert [button.target.action for button in buttons(screen)] == [Action.SETTINGS]


def test_nothing_missing_is_said_in_so_many_words(desk: Desk) -> None:
    well = [PermissionReport(CHANNEL, ()), PermissionReport(OTHER_CHANNEL, ())]

    assert "Nothing is missing in 2 channels." in said(
        show_permissions(desk, administrator(), well).screen
    )
    assert "There is no channel to check." in said(
        show_permissions(desk, administrator(), []).screen
    )


def test_many_channels_are_counted_and_the_screen_fits(desk: Desk) -> None:
    reports = [PermissionReport(2**63 - 1 - number, NEEDED) for number in range(500)]

    screen = show_permissions(desk, administrator(), reports).screen

    check_screen(screen)
    assert f"In {500 - MAX_CHANNELS_SHOWN} more channels something is missing." in said(screen)


@pytest.mark.parametrize("actor", [member(), moderator(), administrator(server_id=OTHER_SERVER)])
def test_only_administrators_of_a_known_server_are_told(desk: Desk, actor: Actor) -> None:
    with pytest.raises(Refused):
        channels_to_check(desk, actor)
    with pytest.raises(Refused):
        show_permissions(desk, actor, [])
