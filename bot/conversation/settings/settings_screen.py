"""A server's settings as a screen: their values, and what changes each; and the form of limits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.actions import Action, Target
from bot.catalogue.lines import Line
from bot.catalogue.parameters import Channel, Count, Number, Role
from bot.catalogue.settling import SettingRefusal, SettingSentence
from bot.ledger.servers import (
    MEMBER_QUESTIONS,
    MEMBER_SECONDS,
    RETENTION_DAYS,
    SERVER_QUESTIONS,
    ServerSettings,
)
from bot.rendering.screen import (
    Audience,
    Block,
    Button,
    Buttons,
    FieldKind,
    Form,
    FormField,
    Pick,
    PickKind,
    Row,
    Rule,
    Screen,
    Style,
)

MAX_CHOSEN = 25  # a menu of Discord's takes no more
ON, OFF = "on", "off"


@dataclass(frozen=True, slots=True)
class Limit:
    """A setting that is a whole number.

    Parameters
    ----------
    name : str
        The field of `ServerSettings`, and of the form.
    """

    name: str
    allowed: range
    label: SettingSentence
    refusal: SettingRefusal


LIMITS = (
    Limit(
        "member_questions",
        MEMBER_QUESTIONS,
        SettingSentence.MEMBER_QUESTIONS_LABEL,
        SettingRefusal.MEMBER_QUESTIONS,
    ),
    Limit(
        "member_seconds",
        MEMBER_SECONDS,
        SettingSentence.MEMBER_SECONDS_LABEL,
        SettingRefusal.MEMBER_SECONDS,
    ),
    Limit(
        "server_questions",
        SERVER_QUESTIONS,
        SettingSentence.SERVER_QUESTIONS_LABEL,
        SettingRefusal.SERVER_QUESTIONS,
    ),
    Limit(
        "retention_days",
        RETENTION_DAYS,
        SettingSentence.RETENTION_DAYS_LABEL,
        SettingRefusal.RETENTION_DAYS,
    ),
)


def settings_screen(settings: ServerSettings, *, is_saved: bool = False) -> Screen:
    """Return the settings with their menus and buttons, below a line if they were just saved."""
    saved = (Row((Line(SettingSentence.SAVED),), Style.STRONG),) if is_saved else ()
    blocks: tuple[Block, ...] = (
        Row((Line(SettingSentence.TITLE),), Style.TITLE),
        *saved,
        *_value_rows(settings),
        Rule(),
        *_picks(settings),
        _buttons(settings),
    )
    return Screen(blocks, Audience.MODERATORS)


def limits_form(settings: ServerSettings) -> Form:
    """Return the form of the settings that are whole numbers, with their present values."""
    return Form(
        Target(Action.SET_LIMITS),
        Line(SettingSentence.LIMITS_TITLE),
        tuple(
            FormField(
                limit.name,
                Line(limit.label),
                FieldKind.LINE,
                about=Line(SettingSentence.BOUNDS, _bounds(limit.allowed)),
                required=True,
                value=str(getattr(settings, limit.name)),
                most=len(str(limit.allowed[-1])),
            )
            for limit in LIMITS
        ),
    )


def _value_rows(settings: ServerSettings) -> Iterator[Row]:
    channels = tuple(Line(SettingSentence.CHANNEL, (Channel(one),)) for one in settings.channels)
    if channels:
        yield Row((Line(SettingSentence.THESE_CHANNELS), *channels))
    else:
        yield Row((Line(SettingSentence.EVERY_CHANNEL),))
    public = SettingSentence.PUBLIC if settings.public else SettingSentence.PRIVATE
    yield Row((Line(public),))
    if settings.moderators_channel is None:
        yield Row((Line(SettingSentence.NO_MODERATORS_CHANNEL),))
    else:
        channel = Channel(settings.moderators_channel)
        yield Row((Line(SettingSentence.MODERATORS_CHANNEL, (channel,)),))
    roles = tuple(Line(SettingSentence.ROLE, (Role(one),)) for one in settings.moderator_roles)
    yield Row((Line(SettingSentence.ROLES), *roles) if roles else (Line(SettingSentence.NO_ROLES),))
    pace = Count(settings.member_questions), Count(settings.member_seconds)
    yield Row((Line(SettingSentence.MEMBER_LIMIT, pace),))
    yield Row((Line(SettingSentence.SERVER_LIMIT, (Count(settings.server_questions),)),))
    yield Row((Line(SettingSentence.RETENTION, (Count(settings.retention_days),)),))


def _picks(settings: ServerSettings) -> Iterator[Pick]:
    yield Pick(
        Target(Action.SET_CHANNELS),
        Line(SettingSentence.CHOOSE_CHANNELS),
        PickKind.CHANNELS,
        chosen=settings.channels[:MAX_CHOSEN],
        least=0,
        most=MAX_CHOSEN,
    )
    channel = settings.moderators_channel
    yield Pick(
        Target(Action.SET_MODERATORS_CHANNEL),
        Line(SettingSentence.CHOOSE_MODERATORS_CHANNEL),
        PickKind.CHANNELS,
        chosen=() if channel is None else (channel,),
        least=0,
    )
    yield Pick(
        Target(Action.SET_MODERATOR_ROLES),
        Line(SettingSentence.CHOOSE_ROLES),
        PickKind.ROLES,
        chosen=settings.moderator_roles,
        least=0,
        most=MAX_CHOSEN,
    )


def _buttons(settings: ServerSettings) -> Buttons:
    turn, label = (
        (OFF, SettingSentence.MAKE_PRIVATE)
        if settings.public
        else (ON, SettingSentence.MAKE_PUBLIC)
    )
    return Buttons(
        (
            Button(Target(Action.SET_PUBLIC, turn), Line(label)),
            Button(Target(Action.SET_LIMITS), Line(SettingSentence.LIMITS)),
            Button(Target(Action.CHECK_PERMISSIONS), Line(SettingSentence.CHECK)),
        )
    )


def _bounds(allowed: range) -> tuple[Number, Number]:
    return Number(allowed[0]), Number(allowed[-1])
