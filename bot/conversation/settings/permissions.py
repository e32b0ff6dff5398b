"""What Quoth itself may do in the channels that matter: the chat looks, this says what is missing.

Only the chat can ask Discord, so `Action.CHECK_PERMISSIONS` has no handler of its own: whoever
receives it calls `channels_to_check`, finds out, and shows what `show_permissions` returns.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.actions import Action, Target
from bot.catalogue.lines import Line
from bot.catalogue.parameters import Channel, Count, Permission
from bot.catalogue.settling import SettingSentence
from bot.conversation.actors import Actor
from bot.conversation.desk import Desk
from bot.conversation.responses import Show
from bot.conversation.servers import SETTINGS_COMMAND, check_administrator, require_server
from bot.rendering.screen import Audience, Button, Buttons, Glue, Row, Screen, Style

# What Quoth uses wherever it answers, as the invitation asks for it.
NEEDED = (
    Permission.VIEW_CHANNEL,
    Permission.SEND_MESSAGES,
    Permission.SEND_IN_THREADS,
    Permission.READ_HISTORY,
)
MAX_CHANNELS_SHOWN = 20


@dataclass(frozen=True, slots=True)
class ChannelsToCheck:
    """Where Quoth is meant to speak.

    Parameters
    ----------
    every : bool
        Whether it answers in all channels of the server; then ``named`` is the moderators' alone.
    named : tuple of int
        Channels of the settings, each once; one that is gone lacks everything.
    """

    every: bool
    named: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PermissionReport:
    """What Quoth lacks in a channel; nothing, where all is well."""

    channel_id: int
    missing: tuple[Permission, ...]


def channels_to_check(desk: Desk, actor: Actor) -> ChannelsToCheck:
    """Return where to look; raise Refused unless an administrator asks."""
    check_administrator(actor, SETTINGS_COMMAND)
    with desk.store.reading() as connection:
        settings = require_server(connection, actor).settings
    own = settings.moderators_channel
    named = (*settings.channels, *(() if own is None else (own,)))
    return ChannelsToCheck(not settings.channels, tuple(dict.fromkeys(named)))


def show_permissions(desk: Desk, actor: Actor, reports: Sequence[PermissionReport]) -> Show:
    """Return what is missing in each channel that was looked at."""
    check_administrator(actor, SETTINGS_COMMAND)
    with desk.store.reading() as connection:
        require_server(connection, actor)
    back = Button(Target(Action.SETTINGS), Line(SettingSentence.BACK))
    return Show(
        Screen(
            (
                Row((Line(SettingSentence.PERMISSIONS_TITLE),), Style.TITLE),
                *_report_rows(reports),
                Buttons((back,)),
            ),
            Audience.MODERATORS,
        )
    )


def _report_rows(reports: Sequence[PermissionReport]) -> Iterator[Row]:
    lacking = [report for report in reports if report.missing]
    if not reports:
        yield Row((Line(SettingSentence.NO_CHANNELS),))
        return
    if not lacking:
        yield Row((Line(SettingSentence.NOTHING_MISSING, (Count(len(reports)),)),))
        return
    for report in lacking[:MAX_CHANNELS_SHOWN]:
        where = Line(SettingSentence.MISSING_IN, (Channel(report.channel_id),))
        missing = (Line(SettingSentence.MISSING, (one,)) for one in report.missing)
        yield Row((where, *missing), Style.ITEM, glue=Glue.DOT)
    if len(lacking) > MAX_CHANNELS_SHOWN:
        more = Count(len(lacking) - MAX_CHANNELS_SHOWN)
        yield Row((Line(SettingSentence.MORE_CHANNELS, (more,)),))
    yield Row((Line(SettingSentence.HOW_TO_MEND),))
    yield Row((Line(SettingSentence.NO_OTHERS),), Style.QUIET)
