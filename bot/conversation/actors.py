"""Who acts, and what they may do here and now."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody on a server, as Discord describes them with each click and command.

    Parameters
    ----------
    server_id, channel_id, user_id : int
    manage_messages, manage_server : bool
        Permissions of Discord, in this channel.
    role_ids : frozenset of int
    can_post : bool
        Whether Quoth itself may post in this channel.
    granted : frozenset of str
        Names of commands that the server's owner gave them on Discord's Integrations page.
    parent_channel_id : int or None
        In a thread, the channel that it belongs to.
    """

    server_id: int
    channel_id: int
    user_id: int
    manage_messages: bool = False
    manage_server: bool = False
    role_ids: frozenset[int] = frozenset()
    can_post: bool = True
    granted: frozenset[str] = frozenset()
    parent_channel_id: int | None = None

    def is_in(self, channel_ids: Collection[int]) -> bool:
        """Return whether they are in one of these channels, or in a thread of one."""
        return self.channel_id in channel_ids or self.parent_channel_id in channel_ids


def is_moderator(actor: Actor, moderator_roles: Collection[int]) -> bool:
    """Return whether somebody may review and retract: by permission, or by a role of /settings."""
    return (
        actor.manage_messages
        or actor.manage_server
        or not actor.role_ids.isdisjoint(moderator_roles)
    )


def is_administrator(actor: Actor, command: str) -> bool:
    """Return whether somebody may use a command for administrators."""
    return actor.manage_server or command in actor.granted
