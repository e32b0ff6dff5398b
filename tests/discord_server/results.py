"""What came of something a member did, as far as that member can see it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from tests.discord_server.forms import Modal
from tests.discord_server.interactions import Interaction
from tests.discord_server.messages import Message
from tests.discord_server.notices import WAIT_SECONDS

if TYPE_CHECKING:
    from tests.discord_server.rest import Rest
    from tests.discord_server.state import State


@dataclass(frozen=True)
class Choice:
    """A suggestion of an autocomplete."""

    name: str
    value: object


class Result:
    """The bot's reaction to one interaction; it grows while the bot works."""

    def __init__(self, state: State, rest: Rest, interaction: Interaction) -> None:
        self._state, self._rest, self.interaction = state, rest, interaction

    @property
    def kind(self) -> str | None:
        """The first response: message, deferred, update, deferred_update, choices or modal."""
        return self.interaction.kind

    @property
    def latency(self) -> float:
        """Seconds until the first response came."""
        assert self.interaction.latency is not None, "no response yet"
        return self.interaction.latency

    @property
    def private(self) -> bool:
        """Whether the first response was for the member alone."""
        return self.interaction.private

    @property
    def own(self) -> list[Message]:
        """The messages of this interaction: the original (or the one clicked on), follow-ups."""
        found = [self.interaction.original, *self.interaction.followups]
        unique = dict.fromkeys(each for each in found if each is not None)
        return [each for each in unique if each.visible_to(self.interaction.member)]

    @property
    def posted(self) -> list[Message]:
        """What the bot posted in the channel since, as messages of its own."""
        channel = self.interaction.channel
        return [
            each
            for each in channel.messages
            if each.id > self.interaction.id
            and each.author is channel.guild.bot
            and each.interaction is None
        ]

    @property
    def messages(self) -> list[Message]:
        """All of these that the member can see, oldest first."""
        return sorted({*self.own, *self.posted}, key=lambda each: each.id)

    @property
    def message(self) -> Message:
        """The one message that is this interaction's own."""
        assert len(self.own) == 1, f"not one message: {self.own}"
        return self.own[0]

    @property
    def post(self) -> Message:
        """The one message the bot posted in the channel since."""
        assert len(self.posted) == 1, f"not one post: {self.posted}"
        return self.posted[0]

    @property
    def text(self) -> str:
        """All that the member can read of it."""
        return "\n".join(each.text for each in self.messages)

    @property
    def modal(self) -> Modal:
        """The form that was opened."""
        assert self.interaction.modal is not None, f"no modal but {self!r}"
        return Modal(self._state, self.interaction, self.interaction.modal)

    async def answered(self) -> Self:
        """Wait for the first response."""
        return await self.until(lambda _: self.interaction.response is not None)

    async def settled(self, *, seconds: float = WAIT_SECONDS) -> Self:
        """Wait until nothing is left thinking and no request of this interaction is under way.

        What the bot does afterwards of its own, such as a post in the channel, is for ``until``.
        """
        asked = self.interaction
        return await self.until(
            lambda _: asked.resolved and not self._rest.is_busy_with(asked.token), seconds=seconds
        )

    async def until(
        self, holds: Callable[[Self], object], *, seconds: float = WAIT_SECONDS
    ) -> Self:
        """Wait until something holds of this result."""
        await self._state.notices.until(
            lambda: bool(holds(self)), lambda: repr(self), seconds=seconds
        )
        return self

    def __repr__(self) -> str:
        data = self.interaction.data
        name = data.get("name") or data.get("custom_id")
        recent = [f"{each.method} {each.path[:60]} {each.status}" for each in self._rest.requests]
        return f"<Result of {name!r}: {self.kind} {self.messages}; requests {recent[-5:]}>"


class Said:
    """A member's message and what the bot wrote in the channel since."""

    def __init__(self, state: State, message: Message) -> None:
        self._state, self.message = state, message

    @property
    def messages(self) -> list[Message]:
        """The bot's messages in the channel since, oldest first."""
        channel = self.message.channel
        bot = channel.guild.bot
        return [x for x in channel.messages if x.id > self.message.id and x.author is bot]

    @property
    def replies(self) -> list[Message]:
        """Those of them that reply to this message."""
        return [each for each in self.messages if each.reply_to is self.message]

    async def reply(self) -> Message:
        """Wait for the first reply."""
        await self.until(lambda said: said.replies)
        return self.replies[0]

    async def until(
        self, holds: Callable[[Self], object], *, seconds: float = WAIT_SECONDS
    ) -> Self:
        """Wait until something holds of what was written since."""
        await self._state.notices.until(
            lambda: bool(holds(self)), lambda: f"{self.messages}", seconds=seconds
        )
        return self
