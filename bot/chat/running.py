"""One run of the bot: logging in, staying connected, stopping when asked to."""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

import aiohttp
import click
import discord

from bot.chat.client import QuothClient
from bot.chat.corrections import DiscordEditor
from bot.chat.service import Lane, Service
from bot.conversation.desk import Desk
from bot.conversation.upkeep.correcting import look_for_interrupted
from bot.conversation.upkeep.expiring import expire_all
from bot.failures import UNUSABLE
from bot.logs import describe_error, log_error
from bot.sweep import Sweeper
from retrieval.languages import load_identifier

LOG = logging.getLogger(__name__)

FIRST_WAIT, LONGEST_WAIT = 1.0, 60.0  # seconds between two tries to log in
FINISH_SECONDS = 5.0  # for those who are being answered when the bot is stopped
RETENTION_SECONDS = 24 * 60 * 60.0
SIGNALS = (signal.SIGTERM, signal.SIGINT)

REFUSED_TOKEN = 4004
# https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes
FATAL_CODES = {
    REFUSED_TOKEN: "Discord refuses the token; set DISCORD_TOKEN to the one of your application",
    4010: "Discord refuses the connection: invalid shard (4010)",
    4011: "Discord refuses the connection: this bot is on so many servers that it needs "
    "sharding (4011)",
    4012: "Discord refuses the connection: this version of its gateway is no longer served (4012); "
    "update discord.py",
    4013: "Discord refuses the connection: invalid intents (4013); update Quoth",
    4014: "Discord refuses the connection: disallowed intents (4014)",
}

Sleep = Callable[[float], Awaitable[None]]


class ChatRefused(click.ClickException):
    """Discord does not let the bot in, and trying again would not help."""

    exit_code = UNUSABLE


async def run_chat(
    desk: Desk,
    token: str,
    *,
    announce: Callable[[str], None],
    sleep: Sleep = asyncio.sleep,
) -> bool:
    """Answer on Discord until SIGTERM or SIGINT comes.

    Returns
    -------
    bool
        Whether all work has ended; else a thread is still adding articles, say.

    Raises
    ------
    ChatRefused
        If Discord refuses the token or the connection for good.
    """
    service = Service(desk)
    stop = asyncio.Event()
    for number in SIGNALS:
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    asyncio.get_running_loop().set_exception_handler(log_stray_error)
    interrupted = await service.do(Lane.QUICK, look_for_interrupted)
    if interrupted:
        LOG.warning("%d answers were being posted when the last run ended", interrupted)
    connecting = asyncio.create_task(stay_connected(service, token, announce, sleep))
    stopping = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({connecting, stopping}, return_when=asyncio.FIRST_COMPLETED)
        if connecting.done():
            await connecting
        LOG.info("stopping")
        return await service.finish(FINISH_SECONDS)
    finally:
        stopping.cancel()
        connecting.cancel()
        with suppress(asyncio.CancelledError):
            await connecting


async def stay_connected(
    service: Service, token: str, announce: Callable[[str], None], sleep: Sleep
) -> None:
    """Log in and listen; a failure that may pass is met with patience, any other is raised."""
    wait = FIRST_WAIT
    while True:
        async with QuothClient(service, announce) as client:
            try:
                await client.login(token)
                await listen(client, service)
            except Exception as error:
                if not may_pass(error):
                    raise translate(error) from error
                if client.ws is not None:  # it was connected meanwhile
                    wait = FIRST_WAIT
                LOG.warning("not connected: %s; next try in %.0f s", tell_failure(error), wait)
        await sleep(wait)
        wait = min(2 * wait, LONGEST_WAIT)


async def listen(client: QuothClient, service: Service) -> None:
    """Stay connected, and do meanwhile what is due without being asked for."""
    sweeper = Sweeper(service.desk, DiscordEditor(client), awake=service.posted_changes)
    beside = [
        asyncio.create_task(_sweep(client, sweeper)),
        asyncio.create_task(_expire_daily(service)),
        asyncio.create_task(_load_ahead(service)),
    ]
    try:
        await client.connect(reconnect=True)
    except AttributeError as error:
        if client.ws is not None:
            raise
        # Where the very first connection fails, discord.py trips over there being none.
        raise ConnectionError from error
    finally:
        sweeper.stop()
        for task in beside:
            task.cancel()
        await asyncio.gather(*beside, return_exceptions=True)


def may_pass(error: Exception) -> bool:
    """Return whether a failure to log in or to connect is one of the line or of Discord itself."""
    if isinstance(error, discord.LoginFailure):
        return False
    if isinstance(error, discord.HTTPException):
        return error.status >= 500 or error.status == 429
    passing = (aiohttp.ClientError, OSError, discord.GatewayNotFound)
    return isinstance(error, (*passing, discord.RateLimited))


def tell_failure(error: Exception) -> str:
    """Return what the operator is told of a failure that may pass."""
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return f"the name {error.host} cannot be looked up"
    if isinstance(error, discord.HTTPException):
        return f"Discord answers with status {error.status}"
    if isinstance(error, TimeoutError):
        return "no answer came in time"
    return "the connection broke off or could not be made"


def translate(error: Exception) -> Exception:
    """Return what the operator is told of an error that will not pass."""
    if isinstance(error, discord.LoginFailure):
        return ChatRefused(FATAL_CODES[REFUSED_TOKEN])
    if isinstance(error, discord.PrivilegedIntentsRequired):
        return ChatRefused(FATAL_CODES[4014])
    if isinstance(error, discord.ConnectionClosed):
        told = f"Discord closed the connection for good ({error.code})"
        return ChatRefused(FATAL_CODES.get(error.code, told))
    if isinstance(error, discord.HTTPException):
        return ChatRefused(f"Discord refuses a request ({error.status}, code {error.code})")
    return error


def log_stray_error(_loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """Log an error that nobody waited for, without its words."""
    error = context.get("exception")
    LOG.error("%s", "an unknown error" if error is None else describe_error(error))


async def _sweep(client: discord.Client, sweeper: Sweeper) -> None:
    await client.wait_until_ready()
    await sweeper.run_until_stopped()


async def _load_ahead(service: Service) -> None:
    """Load what the first silence needs, before somebody waits for it."""
    await service.do(Lane.LONG, lambda _: load_identifier())


async def _expire_daily(service: Service, sleep: Sleep = asyncio.sleep) -> None:
    """Erase what the retention no longer covers, now and once a day."""
    while True:
        try:
            await service.do(Lane.LONG, expire_all)
        except Exception as error:  # noqa: BLE001 - the next day tries again
            log_error(LOG, error, "the retention was not kept")
        await sleep(RETENTION_SECONDS)
