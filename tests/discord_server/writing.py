"""How a message comes to be and changes, the same for every route that writes one."""

from __future__ import annotations

import copy
import re
from typing import Any

from tests.discord_server import payloads
from tests.discord_server.guilds import Channel
from tests.discord_server.interactions import Interaction
from tests.discord_server.limits import MAX_FILE_BYTES, find_message_faults, would_ping
from tests.discord_server.messages import (
    EPHEMERAL,
    LOADING,
    SUPPRESS_EMBEDS,
    V2,
    Attachment,
    Message,
    walk,
)
from tests.discord_server.people import Member
from tests.discord_server.refusals import Refused
from tests.discord_server.rest import Request, Rest
from tests.discord_server.state import State

SENDABLE = SUPPRESS_EMBEDS | EPHEMERAL | V2 | (1 << 12)


class Writer:
    """Makes, edits and deletes messages of the bot."""

    def __init__(self, state: State, rest: Rest) -> None:
        self._state, self._rest = state, rest

    def check(self, request: Request, payload: dict[str, Any], old: Message | None) -> None:
        """Refuse what breaks a limit or a promise; note what would ping."""
        if would_ping(payload):
            self._rest.pings.append(request)
        layout = bool(((payload.get("flags") or 0) | (old.flags if old else 0)) & V2)
        files = request.body.files
        faults = list(find_message_faults(payload, layout=layout, files=len(files)))
        if any(len(file.data) > MAX_FILE_BYTES for file in files):
            faults.append(f"a file has more than {MAX_FILE_BYTES} bytes")
        if layout and old is not None and old.content and "content" not in payload:
            faults.append("a message with content becomes a layout only if content is set to null")
        self._rest.object_all(request, faults)
        if not files and not any(
            payload.get(key, getattr(old, key, None))
            for key in ("content", "embeds", "components", "attachments")
        ):
            raise Refused(50006)

    def create(
        self,
        request: Request,
        payload: dict[str, Any],
        channel: Channel,
        *,
        interaction: Interaction | None = None,
        reply_to: Message | None = None,
    ) -> Message:
        """Store a new message of the bot."""
        self.check(request, payload, None)
        message = self.make(channel, channel.guild.bot, interaction=interaction)
        message.reply_to = reply_to
        message.flags = (payload.get("flags") or 0) & SENDABLE
        message.nonce = payload.get("nonce")
        self._write(request, message, payload)
        self._announce("MESSAGE_CREATE", message)
        return message

    def make(
        self, channel: Channel, author: Member, *, interaction: Interaction | None = None
    ) -> Message:
        """Store an empty message."""
        message = Message(self._state.ids.take(), channel, author, interaction=interaction)
        self._state.messages[message.id] = message
        return message

    def edit(self, request: Request, message: Message, payload: dict[str, Any]) -> Message:
        """Change a message; what the payload does not name stays."""
        self.check(request, payload, message)
        was_loading, before = message.loading, message.text
        kept = message.flags & ~(LOADING | SUPPRESS_EMBEDS)
        asked = payload.get("flags")
        suppress = (message.flags if asked is None else asked) & SUPPRESS_EMBEDS
        message.flags = kept | suppress | ((asked or 0) & V2)
        self._write(request, message, payload)
        if not was_loading:
            message.history.append(before)
            message.edits += 1
        self._announce("MESSAGE_CREATE" if was_loading else "MESSAGE_UPDATE", message)
        return message

    def delete(self, message: Message) -> None:
        """Delete a message."""
        message.deleted = True
        channel = message.channel
        if not message.ephemeral:
            self._state.send(
                "MESSAGE_DELETE",
                {
                    "id": str(message.id),
                    "channel_id": str(channel.id),
                    "guild_id": str(channel.guild.id),
                },
            )

    def attach(
        self, channel: Channel, name: str, data: bytes, description: str | None = None
    ) -> Attachment:
        """Store a file and give it an address on this server."""
        id_ = self._state.ids.take()
        written = re.sub(r"[^\w.-]", "_", name, flags=re.ASCII)  # as Discord does in addresses
        url = f"{self._state.origin}/attachments/{channel.id}/{id_}/{written}"
        attachment = Attachment(id_, name, data, url, description=description)
        self._state.attachments[id_] = attachment
        return attachment

    def _write(self, request: Request, message: Message, payload: dict[str, Any]) -> None:
        if "content" in payload:
            message.content = payload["content"] or ""
        if "embeds" in payload:
            message.embeds = payload["embeds"] or []
        if "components" in payload:
            message.components = number(copy.deepcopy(payload["components"] or []))
        self._write_files(request, message, payload)

    def _write_files(self, request: Request, message: Message, payload: dict[str, Any]) -> None:
        listed = payload.get("attachments")
        described = {int(each["id"]): each for each in listed or []}
        if listed is not None:
            message.attachments = [each for each in message.attachments if each.id in described]
        for file in request.body.files:
            described_as = described.get(file.index, {})
            name = described_as.get("filename") or file.filename
            description = described_as.get("description")
            message.attachments.append(self.attach(message.channel, name, file.data, description))

    def _announce(self, event: str, message: Message) -> None:
        if not message.ephemeral:
            self._state.send(event, payloads.message_event(message))


def number(components: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Give each component an id of its own, as Discord does with those that have none."""
    every = list(walk(components))
    taken = {each["id"] for each in every if each.get("id")}
    free = (each for each in range(1, 1000) if each not in taken)
    for each in every:
        each["id"] = each.get("id") or next(free)
    return components
