"""What comes back from a screen, and what a function of the conversation asks the chat to do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum

from bot.actions import Target
from bot.conversation.actors import Actor
from bot.conversation.desk import Desk
from bot.rendering.screen import Attachment, Form, Screen


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button, a menu or a form that came back; all of it is untrusted.

    Parameters
    ----------
    values : tuple of str
        What was chosen in a menu; ids of channels and roles as digits.
    fields : mapping of str to str
        What a form's fields hold; empty for anything but a form.
    message_id : int or None
        The message it stands on.
    channels, roles : frozenset of int
        What Discord says of the values: which name a channel of this server, which a role.
    """

    target: Target
    values: tuple[str, ...] = ()
    fields: Mapping[str, str] = field(default_factory=dict)
    message_id: int | None = None
    channels: frozenset[int] = frozenset()
    roles: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class PostCard:
    """Post a report's card in the moderators' channel, then tell `reporting.note_card`."""

    report_key: str
    channel_id: int
    screen: Screen


@dataclass(frozen=True, slots=True)
class Sweep:
    """Posted answers or cards are to be corrected: wake whoever does that."""


Effect = PostCard | Sweep


@dataclass(frozen=True, slots=True)
class Show:
    """Show a screen: as a new private message, or in place of the one pressed, as `Way` says."""

    screen: Screen
    attachments: tuple[Attachment, ...] = ()
    effects: tuple[Effect, ...] = ()


@dataclass(frozen=True, slots=True)
class Open:
    """Open a form; Discord wants it at once, so what decides it is one indexed read."""

    form: Form


@dataclass(frozen=True, slots=True)
class Publish:
    """Post an answer in its channel, then tell `arriving.note_sent`, which returns the receipt."""

    answer_key: str
    screen: Screen


@dataclass(frozen=True, slots=True)
class Delete:
    """Delete an answer's message, then tell `publishing.note_deleted`, which returns a screen."""

    answer_key: str
    channel_id: int
    message_id: int


Response = Show | Open | Publish | Delete


class Way(Enum):
    """How the answer to a press reaches the member."""

    NEW = "new"  # a private message of its own
    REPLACE = "replace"  # the message pressed on changes
    FORM = "form"  # a form opens; nothing may be said before


@dataclass(frozen=True, slots=True)
class Handler:
    """What answers an action.

    Parameters
    ----------
    handle : callable
        Returns a response, or raises `bot.conversation.desk.Refused`.
    way : Way
        For a press; a form that comes back is answered with a private message of its own, unless
        ``form_way`` says otherwise.
    """

    handle: Callable[[Desk, Actor, Pressed], Response]
    way: Way
    form_way: Way = Way.NEW
