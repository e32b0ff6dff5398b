"""The client: what Discord tells, handed to whoever answers it."""

from __future__ import annotations

import asyncio
import logging
import sys
from collections.abc import Callable, Coroutine
from typing import Any

import discord

from bot.chat.ask import Mentions
from bot.chat.commands import build_tree, sync_commands
from bot.chat.dispatch import dispatch
from bot.chat.integrations import CommandIds
from bot.chat.sending import NO_PINGS
from bot.chat.service import Lane, Service
from bot.chat.workers import Busy
from bot.conversation.upkeep import joining
from bot.logs import log_error

LOG = logging.getLogger(__name__)

PRESSED = (discord.InteractionType.component, discord.InteractionType.modal_submit)
PATIENCE_SECONDS = 60.0  # a longer rate limit is an error, to be met later


class QuothClient(discord.Client):
    """Listens to servers and to messages that mention it, and to nothing privileged.

    Parameters
    ----------
    service : bot.chat.service.Service
    announce : callable
        Given one line for the operator when Quoth is ready.
    """

    def __init__(self, service: Service, announce: Callable[[str], None]) -> None:
        # Quoth has no voice, so that what it would need is no news to the operator.
        discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
        super().__init__(
            intents=discord.Intents(guilds=True, guild_messages=True),
            allowed_mentions=NO_PINGS,
            max_messages=None,  # nothing of a message is kept
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            max_ratelimit_timeout=PATIENCE_SECONDS,
        )
        self._service = service
        self._announce = announce
        self._announced = False
        self._mentions = Mentions(service)
        self._tree = build_tree(self, service)
        self._arriving = asyncio.Lock()  # a start brings all servers at once
        self._stocking = asyncio.Lock()
        self._tasks: set[asyncio.Task[None]] = set()
        service.command_ids = CommandIds(self._tree)

    def dispatch(self, event: str, /, *args: Any, **kwargs: Any) -> None:
        """Tell of an event; discord.py would stumble over one that comes after the end."""
        if not self.is_closed():
            super().dispatch(event, *args, **kwargs)

    async def setup_hook(self) -> None:
        """Tell Discord the commands before anybody can use one."""
        await sync_commands(self._tree, self._service)

    async def on_ready(self) -> None:
        """Note which servers were left while nobody listened, and tell the operator."""
        present = {server.id for server in self.guilds}
        await self._service.do(Lane.QUICK, lambda desk: joining.depart_all_but(desk, present))
        if not self._announced:
            self._announced = True
            servers = "1 server" if len(present) == 1 else f"{len(present)} servers"
            self._announce(f"Quoth is ready on {servers}.")

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        """Answer buttons, menus and forms; commands find their way through the tree."""
        if interaction.type in PRESSED:
            await dispatch(self._service, interaction)

    async def on_message(self, message: discord.Message) -> None:
        """Answer a message that mentions Quoth, or replies to it with a ping."""
        if self.user is not None and any(self.user.id == each.id for each in message.mentions):
            await self._mentions.answer(message, self.user.id)

    async def on_guild_available(self, guild: discord.Guild) -> None:
        """Note a server that Quoth is on."""
        await self._arrive(guild)

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Note a server that Quoth was added to, or is on still."""
        await self._arrive(guild)

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Note that Quoth is on a server no longer."""
        self._service.forget_settings(guild.id)
        await self._service.do(Lane.QUICK, lambda desk: joining.depart(desk, guild.id))
        LOG.info("left server %d", guild.id)

    async def on_error(self, event_method: str, /, *_args: Any, **_kwargs: Any) -> None:
        """Log what went wrong in an event, without what the event held."""
        error = sys.exc_info()[1]
        if error is not None:
            log_error(LOG, error, "%s failed", event_method)

    async def _arrive(self, guild: discord.Guild) -> None:
        async with self._arriving:
            is_new = await self._service.do(Lane.QUICK, lambda desk: joining.arrive(desk, guild.id))
        if is_new:
            LOG.info("came to server %d", guild.id)
        self._soon(self._stock(guild.id))

    async def _stock(self, server_id: int) -> None:
        """Give a new server the handbook; nobody waits for that."""
        try:
            async with self._stocking:
                await self._service.do(Lane.LONG, lambda desk: joining.stock(desk, server_id))
        except Busy:
            return  # Quoth is stopping, and tries again when it comes back
        except Exception as error:  # noqa: BLE001 - as above
            log_error(LOG, error, "server %d has no handbook", server_id)

    def _soon(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
