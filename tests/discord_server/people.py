"""Members, and what they do: the sentences of which scenario tests are written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.discord_server.messages import Message, Pick

if TYPE_CHECKING:
    from tests.discord_server.guilds import Channel, Guild, Role
    from tests.discord_server.results import Choice, Result, Said


@dataclass(eq=False)
class Member:
    """Somebody in a guild; ``forge=True`` sends what an honest client would not."""

    id: int
    guild: Guild
    name: str
    roles: list[Role] = field(default_factory=list)
    bot: bool = False

    async def command(
        self, channel: Channel, name: str, /, *, forge: bool = False, **options: Any
    ) -> Result:
        """Use a slash command such as ``"ask"`` or ``"corpus add"`` and wait for a response."""
        return await self.guild.state.hands.command(
            self, channel, name, options=options, forge=forge
        )

    async def autocomplete(
        self, channel: Channel, name: str, option: str, typed: str, /, **options: Any
    ) -> list[Choice]:
        """Type into an option and return what is suggested."""
        filled = {**options, option: typed}
        return await self.guild.state.hands.autocomplete(
            self, channel, name, focused=option, options=filled
        )

    async def menu(
        self, channel: Channel, name: str, message: Message, *, forge: bool = False
    ) -> Result:
        """Use an entry of a message's context menu and wait for a response."""
        return await self.guild.state.hands.menu(self, channel, name, message=message, forge=forge)

    async def click(self, message: Message, pick: Pick, *, forge: bool = False) -> Result:
        """Click a button, by label, custom id or a predicate over components.

        Forged, ``pick`` is sent as a custom id whether the message has it or not.
        """
        return await self.guild.state.hands.click(self, message, pick, forge=forge)

    async def choose(
        self, message: Message, pick: Pick, values: Sequence[Any], *, forge: bool = False
    ) -> Result:
        """Choose in a select: labels or values, or members, roles or channels.

        Forged, the values are sent as a string select's with ``pick`` as its custom id.
        """
        return await self.guild.state.hands.choose(self, message, pick, values=values, forge=forge)

    async def say(
        self,
        channel: Channel,
        content: str,
        *,
        mention: bool = False,
        reply_to: Message | None = None,
        ping: bool = True,
    ) -> Said:
        """Write a message; ``mention`` puts the bot's mention first, ``ping`` is the reply's."""
        return self.guild.state.hands.say(
            self, channel, content, mention=mention, reply_to=reply_to, ping=ping
        )

    async def delete(self, message: Message) -> None:
        """Delete a message, as its author or as a moderator may."""
        self.guild.state.hands.delete(message)
