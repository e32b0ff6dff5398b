"""Routes of channels and of the messages that everybody in them can see."""

from __future__ import annotations

from typing import Any

from tests.discord_server import payloads, permissions
from tests.discord_server.guilds import Channel
from tests.discord_server.messages import Message
from tests.discord_server.refusals import Refused
from tests.discord_server.rest import Request, Route
from tests.discord_server.state import State
from tests.discord_server.writing import Writer

CHANNEL = "/channels/{channel_id}"
MESSAGES = f"{CHANNEL}/messages"
MESSAGE = f"{MESSAGES}/{{message_id}}"


class ChannelRoutes:
    """Serves channels as the bot may use them."""

    def __init__(self, state: State, writer: Writer) -> None:
        self._state, self._writer = state, writer

    def routes(self) -> list[Route]:
        """Return the routes."""
        return [
            ("GET", CHANNEL, lambda request: payloads.channel(self._channel(request))),
            ("POST", f"{CHANNEL}/typing", lambda request: self._need(request, permissions.SEND)),
            ("POST", MESSAGES, self._post),
            ("GET", MESSAGES, self._list),
            ("GET", MESSAGE, lambda request: payloads.message(self._readable(request))),
            ("PATCH", MESSAGE, self._edit),
            ("DELETE", MESSAGE, self._delete),
        ]

    def _channel(self, request: Request) -> Channel:
        channel = self._state.find_channel(request.id("channel_id"))
        if channel is None:
            raise Refused(10003)
        if not channel.permissions_of(channel.guild.bot) & permissions.VIEW:
            raise Refused(50001)
        return channel

    def _need(self, request: Request, bits: int) -> None:
        channel = self._channel(request)
        if channel.permissions_of(channel.guild.bot) & bits != bits:
            raise Refused(50013)

    def _message(self, request: Request) -> Message:
        channel = self._channel(request)
        message = self._state.messages.get(request.id("message_id"))
        if message is None or message.channel is not channel:
            raise Refused(10008)
        if message.deleted or message.ephemeral:  # the channel's routes do not reach ephemeral ones
            raise Refused(10008)
        return message

    def _readable(self, request: Request) -> Message:
        self._need(request, permissions.READ_HISTORY)
        return self._message(request)

    def _post(self, request: Request) -> Any:
        channel, payload = self._channel(request), request.payload
        self._need(request, permissions.SEND)
        if request.body.files:
            self._need(request, permissions.ATTACH)
        known = self._find_by_nonce(channel, payload)
        if known is not None:
            return payloads.message(known)
        reply_to = self._find_reference(request, channel)
        return payloads.message(self._writer.create(request, payload, channel, reply_to=reply_to))

    def _find_by_nonce(self, channel: Channel, payload: dict[str, Any]) -> Message | None:
        if not payload.get("enforce_nonce") or payload.get("nonce") is None:
            return None
        own = (each for each in channel.messages if each.author is channel.guild.bot)
        return next((each for each in own if each.nonce == payload["nonce"]), None)

    def _find_reference(self, request: Request, channel: Channel) -> Message | None:
        reference = request.payload.get("message_reference")
        if reference is None:
            return None
        if not channel.permissions_of(channel.guild.bot) & permissions.READ_HISTORY:
            raise Refused(160002)
        message = self._state.messages.get(int(reference["message_id"]))
        if message is not None and message.channel is channel and not message.deleted:
            return message
        if reference.get("fail_if_not_exists", True):
            raise Refused(50035, detail="MESSAGE_REFERENCE_UNKNOWN_MESSAGE")
        return None

    def _list(self, request: Request) -> Any:
        channel = self._channel(request)
        if not channel.permissions_of(channel.guild.bot) & permissions.READ_HISTORY:
            return []
        found = channel.messages[::-1]
        if "before" in request.query:
            found = [each for each in found if each.id < int(request.query["before"])]
        most = int(request.query.get("limit", 50))
        if "after" in request.query:
            found = [each for each in found if each.id > int(request.query["after"])][-most:]
        if "around" in request.query:
            middle = int(request.query["around"])
            found = sorted(found, key=lambda each: abs(each.id - middle))[:most]
            found.sort(key=lambda each: -each.id)
        return [payloads.message(each) for each in found[:most]]

    def _edit(self, request: Request) -> Any:
        message = self._message(request)
        if message.author is not message.channel.guild.bot:
            raise Refused(50005)
        return payloads.message(self._writer.edit(request, message, request.payload))

    def _delete(self, request: Request) -> None:
        message = self._message(request)
        if message.author is not message.channel.guild.bot:
            self._need(request, permissions.MANAGE_MESSAGES)
        self._writer.delete(message)
