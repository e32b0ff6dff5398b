"""The stand-in for Discord: one server on loopback that holds a world and judges the bot."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Self

from aiohttp import web

from tests.discord_server.application_routes import ApplicationRoutes
from tests.discord_server.channel_routes import ChannelRoutes
from tests.discord_server.faults import Faults
from tests.discord_server.gateway import Gateway
from tests.discord_server.guilds import Guild, build_guild
from tests.discord_server.hands import Hands
from tests.discord_server.interaction_routes import InteractionRoutes
from tests.discord_server.judge import load_judge
from tests.discord_server.notices import WAIT_SECONDS
from tests.discord_server.payloads import guild as guild_payload
from tests.discord_server.rest import PREFIX, Request, Rest, Violation
from tests.discord_server.state import State
from tests.discord_server.writing import Writer

ANSWER_SECONDS = 3.0
MAX_BODY_BYTES = 150 * 1024 * 1024


class StandIn:
    """A Discord of our own; ``async with StandIn(...) as server`` listens on a free port.

    Parameters
    ----------
    description
        Discord's published API description; without that file only the limits are judged.
    answer_seconds
        How long an interaction may wait for its first response.
    """

    def __init__(
        self, description: Path | None = None, *, answer_seconds: float = ANSWER_SECONDS
    ) -> None:
        self.state = State()
        self.faults = Faults()
        judge = None if description is None else load_judge(description)
        self._rest = Rest(self.state, self.faults, judge)
        self.gateway = Gateway(self.state)
        writer = Writer(self.state, self._rest)
        self.state.hands = Hands(self.state, self._rest, writer)
        for routes in (
            ApplicationRoutes(self.state, self._rest),
            InteractionRoutes(self.state, self._rest, writer, answer_seconds=answer_seconds),
            ChannelRoutes(self.state, writer),
        ):
            self._rest.add_routes(routes.routes())
        self._runner: web.AppRunner | None = None

    @property
    def token(self) -> str:
        """The bot's token."""
        return self.state.token

    @property
    def api(self) -> str:
        """The address to give as QUOTH_DISCORD_API."""
        return self.state.origin + PREFIX

    @property
    def gateway_url(self) -> str:
        """The address to give as QUOTH_DISCORD_GATEWAY."""
        return self.state.origin.replace("http", "ws") + "/gateway"

    @property
    def violations(self) -> list[Violation]:
        """Every request so far that Discord or our promises forbid."""
        return self._rest.violations

    @property
    def pings(self) -> list[Request]:
        """Every request so far that would have pinged somebody."""
        return self._rest.pings

    @property
    def requests(self) -> list[Request]:
        """Every request so far."""
        return self._rest.requests

    @property
    def latencies(self) -> list[float]:
        """The seconds to each first response so far."""
        found = (each.latency for each in self.state.interactions.values())
        return [latency for latency in found if latency is not None]

    @property
    def secrets(self) -> list[str]:
        """The bot's token and every interaction's."""
        return [self.token, *self.state.interactions]

    def add_guild(self, name: str, *permissions: str) -> Guild:
        """Add a guild with the bot in it, which has the usual permissions and these."""
        guild = self.build_guild(name, *permissions)
        self.join(guild)
        return guild

    def build_guild(self, name: str, *permissions: str) -> Guild:
        """Return a guild that the bot is not in yet; ``join`` lets it in."""
        return build_guild(self.state, name, *permissions)

    def join(self, guild: Guild) -> None:
        """Let the bot into a guild, be it running or not."""
        self.state.guilds[guild.id] = guild
        self.state.send("GUILD_CREATE", guild_payload(guild))

    def expire_tokens(self) -> None:
        """Let fifteen minutes pass for every interaction so far."""
        for interaction in self.state.interactions.values():
            interaction.expired = True

    async def ready(self, *, seconds: float = 3 * WAIT_SECONDS) -> None:
        """Wait until the bot is identified and has been told of its guilds."""
        await self.gateway.until_connected(seconds=seconds)

    async def until(
        self, holds: Callable[[], object], *, seconds: float = WAIT_SECONDS, what: str = ""
    ) -> None:
        """Wait until something holds of this world."""
        await self.state.notices.until(
            lambda: bool(holds()),
            lambda: (
                what or f"requests {[(x.method, x.path, x.status) for x in self.requests[-8:]]}"
            ),
            seconds=seconds,
        )

    async def start(self) -> None:
        """Listen on a free port of 127.0.0.1."""
        app = web.Application(client_max_size=MAX_BODY_BYTES)
        app.router.add_get("/gateway", self.gateway.handle)
        app.router.add_get("/attachments/{channel}/{id}/{name}", self._serve_file)
        app.router.add_route("*", PREFIX + "/{path:.*}", self._rest.handle)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        self.state.origin = f"http://{host}:{port}"

    async def stop(self) -> None:
        """Close every connection and the port."""
        if self._runner is not None:
            await self._runner.cleanup()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *error: object) -> None:
        await self.stop()

    async def _serve_file(self, request: web.Request) -> web.Response:
        attachment = self.state.attachments.get(int(request.match_info["id"]))
        if attachment is None:
            raise web.HTTPNotFound
        return web.Response(body=attachment.data, content_type="application/octet-stream")
