"""Everything the stand-in knows: guilds, messages, commands and interactions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.discord_server.ids import Ids, make_token
from tests.discord_server.notices import Notices

if TYPE_CHECKING:
    from tests.discord_server.guilds import Channel, Guild
    from tests.discord_server.hands import Hands
    from tests.discord_server.interactions import Interaction
    from tests.discord_server.messages import Attachment, Message

Payload = dict[str, Any]


def send_nowhere(event: str, data: Payload) -> None:
    """Drop an event: no gateway listens yet."""


@dataclass(eq=False)
class State:
    """The world behind both doors, REST and gateway; ``hands`` carry out what members do."""

    hands: Hands = field(init=False)
    ids: Ids = field(default_factory=Ids)
    notices: Notices = field(default_factory=Notices)
    token: str = field(default_factory=lambda: make_token("bot-token"))
    origin: str = ""  # http://127.0.0.1:PORT, once the server listens
    guilds: dict[int, Guild] = field(default_factory=dict)
    messages: dict[int, Message] = field(default_factory=dict)
    attachments: dict[int, Attachment] = field(default_factory=dict)
    commands: dict[int, Payload] = field(default_factory=dict)
    guild_commands: dict[int, dict[int, Payload]] = field(default_factory=dict)
    interactions: dict[str, Interaction] = field(default_factory=dict)
    send_event: Callable[[str, Payload], None] = send_nowhere

    def __post_init__(self) -> None:
        self.application_id = self.ids.take()
        self.bot_id = self.application_id  # as for every application made since 2016

    def send(self, event: str, data: Payload) -> None:
        """Send an event through the gateway."""
        self.send_event(event, data)
        self.notices.notify()

    def find_channel(self, channel_id: int) -> Channel | None:
        """Return a channel that still exists, of a guild the bot is in."""
        for guild in self.guilds.values():
            channel = guild.channels.get(channel_id)
            if channel is not None and not channel.deleted:
                return channel
        return None

    def channel_messages(self, channel: Channel) -> list[Message]:
        """Return what everybody in a channel can read, oldest first."""
        return [
            each
            for each in self.messages.values()
            if each.channel is channel and not each.deleted and not each.ephemeral
        ]

    def find_command(self, name: str, guild: Guild, kind: int = 1) -> Payload | None:
        """Return the command of that name and kind as members of the guild see it."""
        own = self.guild_commands.get(guild.id, {})
        for command in [*own.values(), *self.commands.values()]:
            if command["name"] == name and command["type"] == kind:
                return command
        return None
