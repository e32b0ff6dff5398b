"""Planned faults reach the real client as Discord's would."""

from __future__ import annotations

import time

import aiohttp
import discord
import pytest

from tests.discord_server.server import StandIn
from tests.discord_server.small_bot import NO_PINGS, SmallBot, running

POSTS = "POST /channels/*/messages"
EDITS = "PATCH /channels/*/messages/*"


async def find(bot: SmallBot, server: StandIn) -> discord.TextChannel:
    """Return the channel as the client knows it."""
    guild = next(iter(server.state.guilds.values()))
    channel = next(iter(guild.channels.values()))
    return await bot.fetch_channel(channel.id)


async def test_a_rate_limit_is_waited_out() -> None:
    async with StandIn() as server:
        channel = server.add_guild("One").add_channel("talk")
        async with running(server) as bot:
            where = await find(bot, server)
            limit = server.faults.rate_limit(POSTS, retry_after=0.2, everywhere=True)
            before = time.monotonic()
            await where.send("one")

    assert time.monotonic() - before >= 0.2
    assert limit.met == 1
    assert [each.text for each in channel.messages] == ["one"]


@pytest.mark.parametrize(
    ("code", "error"),
    [
        (10008, discord.NotFound),
        (50001, discord.Forbidden),
        (50013, discord.Forbidden),
        (30046, discord.HTTPException),
        (0, discord.HTTPException),
    ],
)
async def test_a_chosen_message_cannot_be_edited(
    code: int, error: type[discord.HTTPException]
) -> None:
    async with StandIn() as server:
        channel = server.add_guild("One").add_channel("talk")
        async with running(server) as bot:
            where = await find(bot, server)
            first, second = await where.send("one"), await where.send("two")
            server.faults.refuse(EDITS, code, message=channel.messages[0], times=None)
            with pytest.raises(error) as raised:
                await first.edit(content="changed", allowed_mentions=NO_PINGS)
            await second.edit(content="changed", allowed_mentions=NO_PINGS)

    assert raised.value.code == code
    assert [each.text for each in channel.messages] == ["one", "changed"]
    assert server.violations == []


@pytest.mark.parametrize("takes_effect", [False, True])
async def test_a_line_that_breaks_says_nothing_of_what_was_done(takes_effect: bool) -> None:
    async with StandIn() as server:
        channel = server.add_guild("One").add_channel("talk")
        async with running(server) as bot:
            where = await find(bot, server)
            server.faults.drop(POSTS, takes_effect=takes_effect)
            with pytest.raises(aiohttp.ClientError):
                await where.send("one")

    assert [each.text for each in channel.messages] == ["one"] * takes_effect


async def test_a_server_error_and_a_slow_answer() -> None:
    async with StandIn() as server:
        channel = server.add_guild("One").add_channel("talk")
        async with running(server) as bot:
            where = await find(bot, server)
            server.faults.fail(POSTS, status=503)
            with pytest.raises(discord.DiscordServerError):
                await where.send("one")
            server.faults.slow(POSTS, 0.1)
            before = time.monotonic()
            await where.send("two")

    assert time.monotonic() - before >= 0.1
    assert [each.text for each in channel.messages] == ["two"]
