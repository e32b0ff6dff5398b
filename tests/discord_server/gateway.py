"""The gateway: one websocket a bot, sessions that can be resumed, and ways to break them."""

from __future__ import annotations

import asyncio
import json
import zlib
from dataclasses import dataclass, field

from aiohttp import WSMsgType, web

from tests.discord_server import payloads
from tests.discord_server.ids import make_token
from tests.discord_server.notices import WAIT_SECONDS
from tests.discord_server.state import Payload, State

DISPATCH, HEARTBEAT, IDENTIFY, RESUME = 0, 1, 2, 6
RECONNECT, INVALID_SESSION, HELLO, HEARTBEAT_ACK = 7, 9, 10, 11

BAD_TOKEN, BAD_INTENTS = 4004, 4014
GUILDS, GUILD_MESSAGES, MESSAGE_CONTENT = 1 << 0, 1 << 9, 1 << 15
PRIVILEGED = (1 << 1) | (1 << 8) | MESSAGE_CONTENT
HEARTBEAT_MS = 41_250
GUILD_EVENTS = ("GUILD_", "CHANNEL_")


@dataclass(eq=False)
class Session:
    """What the bot is told, whether it listens or not; a resumed one hears what it missed."""

    id: str
    intents: int
    sequence: int = 0
    sent: list[Payload] = field(default_factory=list)
    connection: Connection | None = None


class Connection:
    """One websocket; events wait in its outbox so that sending never blocks a test."""

    def __init__(self, request: web.Request, socket: web.WebSocketResponse) -> None:
        self.socket = socket
        self._transport = request.transport
        self._outbox: asyncio.Queue[Payload] = asyncio.Queue()
        # Of the two ways discord.py may ask for; with zstd installed it also takes plain text.
        is_zlib = request.query.get("compress") == "zlib-stream"
        self._deflate = zlib.compressobj() if is_zlib else None

    def put(self, payload: Payload) -> None:
        """Send something soon."""
        self._outbox.put_nowait(payload)

    async def write(self) -> None:
        """Send what is put, until cancelled."""
        while True:
            text = json.dumps(await self._outbox.get())
            if self.socket.closed:
                return
            if self._deflate is None:
                await self.socket.send_str(text)
            else:
                packed = self._deflate.compress(text.encode())
                await self.socket.send_bytes(packed + self._deflate.flush(zlib.Z_SYNC_FLUSH))

    def abort(self) -> None:
        """Cut the line without a word."""
        if self._transport is not None:
            self._transport.abort()


class Gateway:
    """The door through which the bot hears what happens."""

    def __init__(self, state: State) -> None:
        self._state = state
        self.identifies: list[Payload] = []
        self.resumes: list[Payload] = []
        self.heartbeats = 0
        self.session: Session | None = None
        state.send_event = self.dispatch

    @property
    def connected(self) -> bool:
        """Whether the bot is identified and listens now."""
        return self.session is not None and self.session.connection is not None

    async def handle(self, request: web.Request) -> web.WebSocketResponse:
        """Serve one websocket from HELLO to its end."""
        socket = web.WebSocketResponse(max_msg_size=0)
        await socket.prepare(request)
        connection = Connection(request, socket)
        writer = asyncio.create_task(connection.write())
        connection.put({"op": HELLO, "d": {"heartbeat_interval": HEARTBEAT_MS}})
        try:
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    await self._receive(connection, json.loads(message.data))
        finally:
            writer.cancel()
            if self.session is not None and self.session.connection is connection:
                self.session.connection = None
            self._state.notices.notify()
        return socket

    async def _receive(self, connection: Connection, payload: Payload) -> None:
        code, data = payload["op"], payload.get("d")
        if code == HEARTBEAT:
            self.heartbeats += 1
            connection.put({"op": HEARTBEAT_ACK})
        elif code == IDENTIFY:
            await self._identify(connection, data)
        elif code == RESUME:
            await self._resume(connection, data)

    async def _identify(self, connection: Connection, data: Payload) -> None:
        self.identifies.append(data)
        self._state.notices.notify()
        if data["token"] != self._state.token:
            await connection.socket.close(code=BAD_TOKEN, message=b"Authentication failed.")
            return
        if data["intents"] & PRIVILEGED:
            await connection.socket.close(code=BAD_INTENTS, message=b"Disallowed intent(s).")
            return
        session = self.session = Session(make_token("session"), data["intents"])
        session.connection = connection
        self._dispatch_to(session, "READY", self._ready(session))
        for guild in list(self._state.guilds.values()):
            self.dispatch("GUILD_CREATE", {**payloads.guild(guild), "unavailable": False})
        self._state.notices.notify()

    def _ready(self, session: Session) -> Payload:
        return {
            "v": 10,
            "user": payloads.bot_user(self._state),
            "guilds": [{"id": str(id_), "unavailable": True} for id_ in self._state.guilds],
            "session_id": session.id,
            "resume_gateway_url": self._state.origin.replace("http", "ws") + "/gateway",
            "application": {"id": str(self._state.application_id), "flags": 0},
        }

    async def _resume(self, connection: Connection, data: Payload) -> None:
        self.resumes.append(data)
        if data["token"] != self._state.token:
            await connection.socket.close(code=BAD_TOKEN, message=b"Authentication failed.")
            return
        session = self.session
        if session is None or session.id != data["session_id"]:
            connection.put({"op": INVALID_SESSION, "d": False})
            return
        session.connection = connection
        for event in session.sent:
            if event["s"] > data["seq"]:
                connection.put(event)
        self._dispatch_to(session, "RESUMED", {})
        self._state.notices.notify()

    def dispatch(self, event: str, data: Payload) -> None:
        """Tell the bot of an event, if its intents ask for it; keep it for a resumed session."""
        if self.session is None:
            return
        intents = self.session.intents
        if event.startswith(GUILD_EVENTS) and not intents & GUILDS:
            return
        if event.startswith("MESSAGE_") and not intents & GUILD_MESSAGES:
            return
        if event in ("MESSAGE_CREATE", "MESSAGE_UPDATE"):
            data = self._hide_content(data, intents)
        self._dispatch_to(self.session, event, data)

    def _hide_content(self, data: Payload, intents: int) -> Payload:
        """Take out what a bot without the privileged intent may not read."""
        bot = str(self._state.bot_id)
        mentioned = any(each["id"] == bot for each in data["mentions"])
        if intents & MESSAGE_CONTENT or mentioned or data["author"]["id"] == bot:
            return data
        return {**data, "content": "", "embeds": [], "attachments": [], "components": []}

    def _dispatch_to(self, session: Session, event: str, data: Payload) -> None:
        session.sequence += 1
        payload = {"op": DISPATCH, "t": event, "s": session.sequence, "d": data}
        session.sent.append(payload)
        if session.connection is not None:
            session.connection.put(payload)

    def drop(self) -> None:
        """Cut the line abruptly; the bot may resume."""
        connection = self._take_connection()
        connection.abort()

    async def close(self, code: int) -> None:
        """Close the line with a code of Discord's."""
        await self._take_connection().socket.close(code=code)

    def ask_to_reconnect(self) -> None:
        """Send op 7; the bot is to come back and resume."""
        self._take_connection().put({"op": RECONNECT, "d": None})

    def invalidate(self, *, resumable: bool = False) -> None:
        """Send op 9; unless resumable, the session is gone with all that it missed."""
        connection = self._take_connection()
        if not resumable:
            self.session = None
        connection.put({"op": INVALID_SESSION, "d": resumable})

    def _take_connection(self) -> Connection:
        """Return the connection and forget it: what happens from now on waits for a resume."""
        if self.session is None or self.session.connection is None:
            raise AssertionError("the bot is not connected")
        connection = self.session.connection
        self.session.connection = None
        return connection

    async def until_connected(self, *, seconds: float = WAIT_SECONDS) -> None:
        """Wait until the bot is identified or resumed and listens."""
        await self._state.notices.until(
            lambda: self.connected, lambda: "the bot is connected", seconds=seconds
        )
