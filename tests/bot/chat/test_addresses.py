"""Every request and every connection goes where the operator says, resumed ones included."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.chat.addresses import use_addresses
from bot.settings import load_settings


@pytest.fixture(autouse=True)
def restored() -> Iterator[None]:
    """Leave discord.py as it was found."""
    base, gateway = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY
    yield
    Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = base, gateway
    if "gateway" in vars(DiscordWebSocket):
        del DiscordWebSocket.gateway


def bare_socket() -> DiscordWebSocket:
    """Return a connection's object without a connection."""
    return DiscordWebSocket.__new__(DiscordWebSocket)


def test_requests_go_to_the_named_address() -> None:
    use_addresses(load_settings({"QUOTH_DISCORD_API": "http://127.0.0.1:8/api/v10/"}))

    assert Route("GET", "/users/@me").url == "http://127.0.0.1:8/api/v10/users/@me"


def test_a_session_is_resumed_at_the_named_gateway() -> None:
    """Discord names another address for that, which a proxy would never see."""
    use_addresses(load_settings({"QUOTH_DISCORD_GATEWAY": "ws://127.0.0.1:8/gateway"}))
    socket = bare_socket()

    socket.gateway = yarl.URL("wss://gateway-us-east1-b.discord.gg")

    assert str(socket.gateway) == "ws://127.0.0.1:8/gateway"


def test_without_an_address_discord_says_where_to_resume() -> None:
    use_addresses(load_settings({}))
    socket = bare_socket()

    socket.gateway = yarl.URL("wss://gateway-us-east1-b.discord.gg")

    assert str(socket.gateway) == "wss://gateway-us-east1-b.discord.gg"
    assert Route.BASE == "https://discord.com/api/v10"


def test_the_defaults_are_discords_own() -> None:
    """A new version of discord.py may speak to another version of the API."""
    settings = load_settings({})

    assert settings.discord_api == Route.BASE
    assert yarl.URL(settings.discord_gateway) == DiscordWebSocket.DEFAULT_GATEWAY
