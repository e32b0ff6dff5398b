"""Guilds with their roles and channels, and the sentences a test builds them with."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.discord_server import payloads, permissions
from tests.discord_server.people import Member

if TYPE_CHECKING:
    from tests.discord_server.messages import Message
    from tests.discord_server.state import State


@dataclass(eq=False)
class Role:
    """A role and what it allows in the whole guild."""

    id: int
    guild: Guild
    name: str
    permissions: int
    managed: bool = False


@dataclass(eq=False)
class Channel:
    """A text channel; ``overwrites`` maps a role's or member's id to ``(allow, deny)``."""

    id: int
    guild: Guild
    name: str
    overwrites: dict[int, tuple[int, int]] = field(default_factory=dict)
    deleted: bool = False

    @property
    def messages(self) -> list[Message]:
        """Everything that all members of the channel can read now, oldest first."""
        return self.guild.state.channel_messages(self)

    def permit(self, who: Role | Member, *names: str) -> None:
        """Allow these permissions here, whatever the guild says."""
        allow, deny = self.overwrites.get(who.id, (0, 0))
        bits = permissions.to_bits(names)
        self.overwrites[who.id] = (allow | bits, deny & ~bits)
        self._tell()

    def deny(self, who: Role | Member, *names: str) -> None:
        """Deny these permissions here, whatever the guild says."""
        allow, deny = self.overwrites.get(who.id, (0, 0))
        bits = permissions.to_bits(names)
        self.overwrites[who.id] = (allow & ~bits, deny | bits)
        self._tell()

    def permissions_of(self, member: Member) -> int:
        """Return what a member may do here."""
        return permissions.combine(
            self.guild.permissions_of(member),
            everyone=self.overwrites.get(self.guild.id, (0, 0)),
            roles=[self.overwrites.get(role.id, (0, 0)) for role in member.roles],
            own=self.overwrites.get(member.id, (0, 0)),
        )

    def delete(self) -> None:
        """Delete the channel with all that is in it."""
        self.deleted = True
        for message in self.guild.state.messages.values():
            message.deleted = message.deleted or message.channel is self
        self.guild.tell("CHANNEL_DELETE", payloads.channel(self))

    def _tell(self) -> None:
        self.guild.tell("CHANNEL_UPDATE", payloads.channel(self))


@dataclass(eq=False)
class Guild:
    """A guild the bot is in, or has left."""

    id: int
    state: State
    name: str
    owner_id: int
    roles: dict[int, Role] = field(default_factory=dict)
    channels: dict[int, Channel] = field(default_factory=dict)
    members: dict[int, Member] = field(default_factory=dict)
    overrides: dict[str, dict[int, tuple[int, bool]]] = field(default_factory=dict)

    @property
    def everyone(self) -> Role:
        """The role that every member has."""
        return self.roles[self.id]

    @property
    def bot(self) -> Member:
        """The bot as a member of this guild."""
        return self.members[self.state.bot_id]

    def add_role(self, name: str, *names: str, managed: bool = False) -> Role:
        """Add a role with these permissions."""
        role = Role(self.state.ids.take(), self, name, permissions.to_bits(names), managed)
        self.roles[role.id] = role
        self.tell("GUILD_ROLE_CREATE", payloads.role_event(role))
        return role

    def add_channel(self, name: str) -> Channel:
        """Add a text channel."""
        channel = Channel(self.state.ids.take(), self, name)
        self.channels[channel.id] = channel
        self.tell("CHANNEL_CREATE", payloads.channel(channel))
        return channel

    def add_member(self, name: str, *names: str, roles: tuple[Role, ...] = ()) -> Member:
        """Add a member with these permissions in the guild and these roles."""
        own = (self.add_role(f"{name} may", *names),) if names else ()
        member = Member(self.state.ids.take(), self, name, roles=[*roles, *own])
        self.members[member.id] = member
        return member

    def override(
        self, command: str, *, allow: tuple[object, ...] = (), deny: tuple[object, ...] = ()
    ) -> None:
        """Set a command's permissions as in the Integrations page: roles, members, channels."""
        kinds = {Role: 1, Member: 2, Channel: 3}
        self.overrides[command] = {
            whom.id: (kinds[type(whom)], allowed)  # type: ignore[attr-defined]
            for group, allowed in ((allow, True), (deny, False))
            for whom in group
        }

    def permissions_of(self, member: Member) -> int:
        """Return what a member may do in the whole guild."""
        if member.id == self.owner_id:
            return permissions.ALL
        bits = self.everyone.permissions
        for role in member.roles:
            bits |= role.permissions
        return bits

    def remove_bot(self) -> None:
        """Throw the bot out."""
        self.state.guilds.pop(self.id, None)
        self.state.send("GUILD_DELETE", {"id": str(self.id)})

    def tell(self, event: str, data: dict[str, Any]) -> None:
        """Send an event to the bot, if it is in here."""
        if self.id in self.state.guilds:
            self.state.send(event, data)

    def find_channel(self, name: str) -> Channel:
        """Return the channel of that name."""
        return next(each for each in self.channels.values() if each.name == name)


def build_guild(state: State, name: str, *names: str) -> Guild:
    """Return a guild with its owner and the bot, whose own role has these permissions."""
    guild = Guild(state.ids.take(), state, name, owner_id=0)
    guild.roles[guild.id] = Role(guild.id, guild, "@everyone", permissions.EVERYONE)
    guild.owner_id = guild.add_member("Owner").id
    own = guild.add_role("Quoth", *names, managed=True)
    guild.members[state.bot_id] = Member(state.bot_id, guild, "Quoth", roles=[own], bot=True)
    return guild
