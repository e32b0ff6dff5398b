"""A bot that sends single requests by hand, to try what a library would never send."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp

from tests.discord_server.guilds import Channel, Guild
from tests.discord_server.interactions import Interaction
from tests.discord_server.people import Member
from tests.discord_server.results import Result
from tests.discord_server.server import StandIn

NO_PINGS = {"parse": []}
ASK = {"name": "ask", "description": "Ask", "type": 1}
FIND = {"name": "Find", "type": 3}


class RawBot:
    """One guild, one channel, two members, and the bot's token."""

    def __init__(self, server: StandIn, session: aiohttp.ClientSession) -> None:
        self.server, self._session = server, session
        self.guild: Guild = server.add_guild("One")
        self.channel: Channel = self.guild.add_channel("talk")
        self.ann: Member = self.guild.add_member("Ann")
        self._doing: list[asyncio.Task[Any]] = []

    async def send(
        self, method: str, path: str, payload: Any = None, *, token: str | None = None
    ) -> tuple[int, Any]:
        """Send a request; return the status, and the code of a refusal or what came."""
        headers = {"Authorization": f"Bot {token or self.server.token}"}
        url = self.server.api + path
        async with self._session.request(method, url, json=payload, headers=headers) as response:
            answer = await response.json() if await response.read() else None
            if response.status >= 400:
                return response.status, answer["code"]
            return response.status, answer

    async def declare(self, *commands: dict[str, Any]) -> tuple[int, Any]:
        """Declare commands."""
        path = f"/applications/{self.server.state.application_id}/commands"
        return await self.send("PUT", path, list(commands))

    async def say(self, **payload: Any) -> tuple[int, Any]:
        """Post in the channel, with no pings unless told otherwise."""
        path = f"/channels/{self.channel.id}/messages"
        return await self.send("POST", path, {"allowed_mentions": NO_PINGS, **payload})

    async def show(self, *components: dict[str, Any]) -> tuple[int, Any]:
        """Post a layout."""
        return await self.say(flags=1 << 15, components=list(components))

    def act(self, doing: Coroutine[Any, Any, Result]) -> asyncio.Task[Result]:
        """Let a member begin something that only a response ends."""
        task = asyncio.create_task(doing)
        self._doing.append(task)
        return task

    async def take(self) -> Interaction:
        """Return the newest interaction that is not answered."""
        await self.server.until(self._unanswered)
        return self._unanswered()[-1]

    def _unanswered(self) -> list[Interaction]:
        every = self.server.state.interactions.values()
        return [each for each in every if each.response is None]

    async def begin(self) -> Interaction:
        """Declare a command, let Ann use it, and return the interaction."""
        await self.declare(ASK)
        self.act(self.ann.command(self.channel, "ask"))
        return await self.take()

    async def respond(self, to: Interaction, kind: int, **data: Any) -> tuple[int, Any]:
        """Send the first response."""
        path = f"/interactions/{to.id}/{to.token}/callback"
        if kind in (4, 7):
            data = {"allowed_mentions": NO_PINGS, **data}
        return await self.send(
            "POST", path, {"type": kind, "data": data} if data else {"type": kind}
        )

    def webhook(self, of: Interaction, message: str = "") -> str:
        """Return the path of an interaction's messages."""
        path = f"/webhooks/{self.server.state.application_id}/{of.token}"
        return f"{path}/messages/{message}" if message else path

    def stop(self) -> None:
        """Give up what members still wait for."""
        for task in self._doing:
            task.cancel()


@asynccontextmanager
async def raw_bot(
    description: Path | None = None, *, answer_seconds: float = 3.0
) -> AsyncIterator[RawBot]:
    """Start a stand-in and a bot that sends by hand."""
    async with (
        StandIn(description, answer_seconds=answer_seconds) as server,
        aiohttp.ClientSession() as session,
    ):
        bot = RawBot(server, session)
        try:
            yield bot
        finally:
            bot.stop()
