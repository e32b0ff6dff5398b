"""Interactions: what a member did, how the bot answered, and how long its token lives."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.discord_server.messages import Message

if TYPE_CHECKING:
    from tests.discord_server.guilds import Channel
    from tests.discord_server.people import Member

COMMAND, COMPONENT, AUTOCOMPLETE, MODAL_SUBMIT = 2, 3, 4, 5
REPLY, DEFER, DEFER_UPDATE, UPDATE, CHOICES, MODAL = 4, 5, 6, 7, 8, 9
KINDS = {
    REPLY: "message",
    DEFER: "deferred",
    DEFER_UPDATE: "deferred_update",
    UPDATE: "update",
    CHOICES: "choices",
    MODAL: "modal",
}
TOKEN_SECONDS = 15 * 60


@dataclass(eq=False)
class Interaction:
    """One thing a member did with the bot, with all that came of it."""

    id: int
    token: str
    type: int
    member: Member
    channel: Channel
    data: dict[str, Any]
    message: Message | None = None
    from_message: bool = False  # a modal that a button opened may change that button's message
    created: float = field(default_factory=time.monotonic)
    expired: bool = False
    response: int | None = None
    latency: float | None = None
    private: bool = False
    original: Message | None = None
    followups: list[Message] = field(default_factory=list)
    choices: list[dict[str, Any]] | None = None
    modal: dict[str, Any] | None = None
    updated: bool = False  # the message clicked on was changed

    @property
    def alive(self) -> bool:
        """Whether its token is still good for editing and following up."""
        return not self.expired and time.monotonic() - self.created < TOKEN_SECONDS

    @property
    def kind(self) -> str | None:
        """What the first response was, or None while there is none."""
        return None if self.response is None else KINDS[self.response]

    @property
    def resolved(self) -> bool:
        """Whether the bot has said what it had to say, as far as Discord can know."""
        if self.response is None:
            return False
        closed = self.original is not None and self.original.deleted
        if self.response == DEFER_UPDATE:
            return closed or self.updated or bool(self.followups)
        return self.original is None or closed or not self.original.loading
