"""Where Discord is: its own addresses, or those of a proxy or a test."""

from __future__ import annotations

import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.settings import SETTING, Settings


def use_addresses(settings: Settings) -> None:
    """Send every request and connection of this process to the addresses of the settings.

    discord.py keeps both in its classes. A session is resumed where Discord says, which would lead
    past a gateway that the operator named; so then each connection goes to that one.
    """
    Route.BASE = settings.discord_api
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(settings.discord_gateway)
    if settings.discord_gateway != SETTING["discord_gateway"].absent():
        DiscordWebSocket.gateway = property(_named_gateway, _keep_named)  # type: ignore[assignment]


def _named_gateway(_socket: DiscordWebSocket) -> yarl.URL:
    return DiscordWebSocket.DEFAULT_GATEWAY


def _keep_named(_socket: DiscordWebSocket, _other: yarl.URL) -> None:
    """Ignore where Discord would have the session resumed."""
