"""Connections break in every way Discord breaks them, and the real client finds back."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import discord
import pytest

from tests.discord_server.gateway import PRIVILEGED, Gateway
from tests.discord_server.server import StandIn
from tests.discord_server.small_bot import running


@pytest.mark.parametrize(
    "break_line",
    [Gateway.drop, Gateway.ask_to_reconnect, lambda gateway: gateway.invalidate(resumable=True)],
    ids=["drop", "op 7", "op 9 resumable"],
)
async def test_a_resumed_session_hears_what_it_missed(
    break_line: Callable[[Gateway], None],
) -> None:
    async with StandIn() as server:
        guild = server.add_guild("One")
        channel, ann = guild.add_channel("talk"), guild.add_member("Ann")
        async with running(server) as bot:
            break_line(server.gateway)
            said = await ann.say(channel, "are you there", mention=True)
            reply = await said.reply()

            assert reply.text.endswith("are you there")
            assert (len(server.gateway.identifies), len(server.gateway.resumes)) == (1, 1)
            assert len(bot.heard) == 1


async def test_a_close_code_that_may_be_resumed() -> None:
    async with StandIn() as server:
        guild = server.add_guild("One")
        channel, ann = guild.add_channel("talk"), guild.add_member("Ann")
        async with running(server):
            await server.gateway.close(4000)
            await (await ann.say(channel, "hello", mention=True)).reply()

            assert len(server.gateway.resumes) == 1


async def test_an_invalid_session_begins_anew() -> None:
    async with StandIn() as server:
        guild = server.add_guild("One")
        channel, ann = guild.add_channel("talk"), guild.add_member("Ann")
        async with running(server):
            server.gateway.invalidate()
            await server.ready()
            await (await ann.say(channel, "hello", mention=True)).reply()

            assert len(server.gateway.identifies) == 2


async def test_privileged_intents_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = discord.Intents(guilds=True, message_content=True)
    assert asked.value & PRIVILEGED
    monkeypatch.setattr(discord, "Intents", lambda **_: asked)
    async with StandIn() as server:
        with pytest.raises(discord.PrivilegedIntentsRequired):
            async with running(server):
                pass


async def test_guilds_come_and_go() -> None:
    async with StandIn() as server:
        server.add_guild("One")
        second = server.build_guild("Two")
        channel, ann = second.add_channel("talk"), second.add_member("Ann")
        async with running(server) as bot:
            left: asyncio.Future[int] = asyncio.get_running_loop().create_future()

            @bot.event
            async def on_guild_remove(guild: discord.Guild) -> None:
                left.set_result(guild.id)

            server.join(second)
            await (await ann.say(channel, "hello", mention=True)).reply()
            assert {each.name for each in bot.guilds} == {"One", "Two"}

            second.remove_bot()
            assert await asyncio.wait_for(left, 5) == second.id
