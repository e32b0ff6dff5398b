"""What passes is met with patience, what does not ends the run at once, with its reason."""

from __future__ import annotations

import asyncio
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import aiohttp
import discord
import pytest

from bot.chat import running
from bot.chat.running import ChatRefused, run_chat, stay_connected
from bot.chat.service import Service
from bot.failures import exit_code
from tests.bot.chat.interactions import refuse
from tests.bot.conversation.desks import make_desk


class Scripted:
    """A client whose tries to log in and to connect go as a test says."""

    def __init__(self, logins: list[Exception | None], ends: list[Exception | None]) -> None:
        self.logins, self.ends = logins, ends
        self.ws: object = None
        self.connects_with: object = None
        self.closed = 0

    def __call__(self, *_args: object) -> Scripted:
        """Return itself, as a new client without a connection."""
        self.ws = None
        return self

    async def __aenter__(self) -> Scripted:
        return self

    async def __aexit__(self, *_error: object) -> None:
        self.closed += 1

    async def login(self, _token: str) -> None:
        """Log in, or not."""
        self._next(self.logins)

    async def connect(self, *, reconnect: bool) -> None:
        """Be connected until something ends that."""
        assert reconnect
        self.ws = self.connects_with
        self._next(self.ends)

    async def wait_until_ready(self) -> None:
        """Never be ready."""
        await asyncio.Event().wait()

    def _next(self, script: list[Exception | None]) -> None:
        error = script.pop(0)
        if error is not None:
            raise error


def closed(code: int) -> discord.ConnectionClosed:
    """Return what discord.py raises when Discord closes the gateway."""
    socket: Any = SimpleNamespace(close_code=code)
    return discord.ConnectionClosed(socket, shard_id=None, code=code)


def server_error(status: int) -> discord.DiscordServerError:
    """Return what discord.py raises for a failure of Discord's own."""
    response: Any = SimpleNamespace(status=status, reason="", headers={})
    return discord.DiscordServerError(response, None)


def unknown_host(name: str) -> aiohttp.ClientConnectorDNSError:
    """Return what aiohttp raises where a name has no address."""
    key: Any = SimpleNamespace(host=name, port=443, ssl=True)
    return aiohttp.ClientConnectorDNSError(key, OSError(-2, "Name or service not known"))


def stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, client: Scripted
) -> tuple[Exception, list[float]]:
    """Return how a run ends, and the waits before that."""
    monkeypatch.setattr(running, "QuothClient", client)
    waits: list[float] = []

    async def sleep(seconds: float) -> None:
        waits.append(seconds)

    async def scenario() -> None:
        service = Service(make_desk(tmp_path))
        try:
            await stay_connected(service, "token", lambda _line: None, sleep)
        finally:
            await service.finish(1)

    with pytest.raises(Exception) as ended:  # noqa: PT011 - which one is the caller's question
        asyncio.run(scenario())
    return ended.value, waits


def test_the_waits_grow_up_to_a_minute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    passing: list[Exception | None] = [
        aiohttp.ClientConnectionError(),
        server_error(503),
        TimeoutError(),
        OSError(),
        refuse(429, 0),
        discord.RateLimited(100.0),
        discord.GatewayNotFound(),
        server_error(500),
    ]
    client = Scripted([*passing, discord.LoginFailure("no")], [])

    error, waits = stay(tmp_path, monkeypatch, client)

    assert waits == [1, 2, 4, 8, 16, 32, 60, 60]
    assert isinstance(error, ChatRefused)
    assert client.closed == 9  # each try with a client of its own, none left open


def test_a_line_that_was_up_is_waited_for_as_at_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    logins: list[Exception | None] = [OSError(), OSError(), None, OSError(), discord.LoginFailure()]
    client = Scripted(logins, [aiohttp.ServerDisconnectedError()])
    client.connects_with = object()

    _, waits = stay(tmp_path, monkeypatch, client)

    assert waits == [1, 2, 1, 2]


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (unknown_host("discord.example"), "the name discord.example cannot be looked up"),
        (server_error(503), "Discord answers with status 503"),
        (TimeoutError(), "no answer came in time"),
        (ConnectionResetError(), "the connection broke off or could not be made"),
    ],
    ids=repr,
)
def test_the_operator_reads_why_there_is_no_connection(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    error: Exception,
    told: str,
) -> None:
    """In words that say where to look, without places in the code."""
    with caplog.at_level("WARNING", logger=running.__name__):
        stay(tmp_path, monkeypatch, Scripted([error, discord.LoginFailure("no")], []))

    assert caplog.messages == [f"not connected: {told}; next try in 1 s"]


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (discord.LoginFailure("no"), "DISCORD_TOKEN"),
        (closed(4004), "DISCORD_TOKEN"),
        (closed(4010), "invalid shard"),
        (closed(4011), "sharding"),
        (closed(4012), "version"),
        (closed(4013), "invalid intents"),
        (closed(4014), "disallowed intents"),
        (discord.PrivilegedIntentsRequired(None), "disallowed intents"),
        (closed(4999), "4999"),
        (refuse(403, 20001), "403, code 20001"),
    ],
    ids=repr,
)
def test_what_will_not_pass_is_named_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, told: str
) -> None:
    ended, waits = stay(tmp_path, monkeypatch, Scripted([error], []))

    assert isinstance(ended, ChatRefused)
    assert told in ended.format_message()
    assert "\n" not in ended.format_message()
    assert exit_code(ended) == 3
    assert waits == []


def test_a_defect_keeps_its_traceback(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ended, waits = stay(tmp_path, monkeypatch, Scripted([ZeroDivisionError()], []))

    assert isinstance(ended, ZeroDivisionError)
    assert waits == []


def test_the_first_connection_may_fail(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """discord.py then stumbles over the connection that it has not got yet."""
    logins: list[Exception | None] = [None, None, None, discord.LoginFailure()]
    client = Scripted(logins, [AttributeError(), AttributeError(), AttributeError()])

    _, waits = stay(tmp_path, monkeypatch, client)

    assert waits == [1, 2, 4]


def test_a_defect_while_connected_is_none_of_the_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = Scripted([None], [AttributeError()])
    client.connects_with = object()

    ended, _ = stay(tmp_path, monkeypatch, client)

    assert isinstance(ended, AttributeError)


def test_a_refused_token_ends_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "QuothClient", Scripted([discord.LoginFailure()], []))

    with pytest.raises(ChatRefused):
        asyncio.run(run_chat(make_desk(tmp_path), "token", announce=print))
