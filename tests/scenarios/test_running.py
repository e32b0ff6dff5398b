"""How a run begins and ends: refused, killed, asked to stop; and what it never writes down."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest

from tests.discord_server.gateway import BAD_TOKEN
from tests.discord_server.guilds import Channel
from tests.discord_server.messages import Message
from tests.discord_server.people import Member
from tests.discord_server.process import BotProcess
from tests.discord_server.server import StandIn
from tests.discord_server.world import World
from tests.scenarios.moderating import pick_menu, report, use
from tests.scenarios.steps import COUNTED, HOW_MANY, ask, plain, press

WRONG_USAGE, UNUSABLE, BUSY = 2, 3, 4
NOWHERE = "http://127.0.0.1:1/api/v10"  # nobody listens on port 1


@pytest.fixture(scope="module")
def world(
    runner: asyncio.Runner, start_world: Callable[..., AbstractAsyncContextManager[World]]
) -> Iterator[World]:
    """Return a world whose bot logs all it can."""
    context = start_world(QUOTH_LOG="debug")
    yield runner.run(context.__aenter__())
    runner.run(context.__aexit__(None, None, None))


def posts(channel: Channel) -> str:
    """Return the pattern of a new message of a channel."""
    return f"POST /channels/{channel.id}/messages"


def own_messages(channel: Channel) -> list[Message]:
    """Return what Quoth has in a channel."""
    return [each for each in channel.messages if each.author is channel.guild.bot]


async def kill(world: World) -> None:
    """Kill the bot, and start it again."""
    world.bot.kill()
    await world.bot.wait()
    world.server.faults.clear()
    await world.bot.start()


async def take_back(moderator: Member, answer: Message) -> None:
    """Take an answer back by its message."""
    form = (await moderator.menu(answer.channel, "Retract this answer", answer)).modal
    preview = await (await form.submit(choice="outdated")).settled()
    await press(moderator, preview.message, "Take it back")


async def test_an_answer_that_was_being_posted_at_a_kill_can_be_taken_back(world: World) -> None:
    """It stands in the channel, though Discord had not yet said so when the bot ended."""
    channel, silent = world.guild.add_channel("talk"), world.guild.add_channel("silent")
    slow = world.server.faults.slow(posts(channel), 30.0)
    limit = world.server.faults.rate_limit(posts(silent), retry_after=30.0)
    await world.asker.say(channel, HOW_MANY, mention=True)
    unposted = await world.asker.command(silent, "ask", question=HOW_MANY)
    await world.server.until(lambda: slow.met and limit.met)
    (answer,) = own_messages(channel)
    await kill(world)

    await world.server.until(lambda: answer.edited, what="the answer is found again")
    verified = await press(world.stranger, answer, "Verify")
    await take_back(world.moderator, answer)
    await world.server.until(lambda: COUNTED not in plain(answer.text))

    assert "✓" in verified.text
    assert "taken back by a moderator" in answer.text
    assert own_messages(channel) == [answer]
    assert unposted.message.loading  # its asker is told by Discord that this failed
    assert own_messages(silent) == []


async def test_who_is_being_answered_at_a_stop_gets_the_answer(world: World) -> None:
    channel = world.guild.add_channel("talk")
    slow = world.server.faults.slow(posts(channel), 0.5)
    result = await world.asker.command(channel, "ask", question=HOW_MANY)
    await world.server.until(lambda: slow.met)
    await world.bot.restart()

    assert "Go to the answer" in result.message.buttons
    answer = result.post
    await take_back(world.moderator, answer)
    await world.server.until(lambda: COUNTED not in plain(answer.text))
    assert own_messages(channel) == [answer]


async def test_a_second_bot_on_the_same_data_is_refused(world: World) -> None:
    code, printed = await world.quoth("run")

    assert code == BUSY
    assert "run.lock" in printed
    assert len(printed.splitlines()) == 1
    assert (await ask(world.asker, world.channel, HOW_MANY)).post


async def test_nothing_that_was_typed_is_logged(world: World) -> None:
    """At debug, where libraries tell all they know, and through failures, whose words tell more."""
    channel, faults = world.guild.add_channel("talk"), world.server.faults
    secret, nonsense = "secretword", "x" * 300
    await ask(world.asker, channel, f"{HOW_MANY} {secret}")
    for fault in (
        lambda pattern: faults.refuse(pattern, 50035),
        lambda pattern: faults.fail(pattern, status=503),
        lambda pattern: faults.drop(pattern, takes_effect=True),
        faults.rate_limit,
    ):
        fault(posts(channel))
        await ask(world.asker, channel, f"{HOW_MANY} {secret}")
    answer = own_messages(channel)[0]
    faults.refuse(posts(world.moderators_channel), 50013)
    await report(world.stranger, answer, note=secret)
    await use(world.asker, channel, "source", article=secret)
    await world.asker.command(channel, "ask", question=secret, source=nonsense, forge=True)
    await world.asker.command(channel, "ask", question=f"{secret}\0", forge=True)
    await world.asker.click(answer, f"quoth1:report:{secret}:0", forge=True)
    await pick_menu(world.asker, "Find sources", (await world.asker.say(channel, secret)).message)
    world.bot.check_output()

    output = world.bot.output
    assert output.count("\n") > 5
    for typed in (secret, HOW_MANY, "abandoned", nonsense):
        assert typed not in output


async def test_a_refused_token_ends_the_run_at_once(tmp_path: Path) -> None:
    async with (
        StandIn() as server,
        BotProcess(server, tmp_path, settings={"DISCORD_TOKEN": "not-the-token"}) as bot,
    ):
        await bot.launch()

        assert await bot.wait() == UNUSABLE
        assert len(server.requests) == 1
    assert "set DISCORD_TOKEN" in bot.output
    assert "not-the-token" not in bot.output


async def test_a_token_that_is_taken_back_ends_the_run(tmp_path: Path) -> None:
    async with StandIn() as server, BotProcess(server, tmp_path) as bot:
        await bot.start()
        await server.gateway.close(BAD_TOKEN)

        assert await bot.wait() == UNUSABLE
    assert "set DISCORD_TOKEN" in bot.output
    assert "Traceback" not in bot.output


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        ({"DISCORD_TOKEN": ""}, "DISCORD_TOKEN is not set"),
        ({"QUOTH_DISCORD_API": "discord.example"}, "QUOTH_DISCORD_API"),
        ({"QUOTH_DISCORD_GATEWAY": "http://discord.example"}, "QUOTH_DISCORD_GATEWAY"),
        ({"QUOTH_LOG": "loud"}, "QUOTH_LOG"),
    ],
)
async def test_a_setting_that_is_missing_or_wrong_is_named(
    tmp_path: Path, settings: dict[str, str], named: str
) -> None:
    async with (
        StandIn() as server,
        BotProcess(server, tmp_path / "data", settings=settings) as bot,
    ):
        await bot.launch()

        assert await bot.wait() == WRONG_USAGE
        assert server.requests == []
    assert named in bot.output
    assert len(bot.output.splitlines()) == 1
    assert not (tmp_path / "data").exists()


async def test_where_nobody_listens_quoth_waits_and_can_be_stopped(tmp_path: Path) -> None:
    async with (
        StandIn() as server,
        BotProcess(server, tmp_path, settings={"QUOTH_DISCORD_API": NOWHERE}) as bot,
    ):
        await bot.launch()
        await server.until(lambda: "next try in 2 s" in bot.output)
        await bot.stop()

        assert server.requests == []
    assert "Traceback" not in bot.output


async def test_a_gateway_that_is_not_there_yet_is_waited_for(tmp_path: Path) -> None:
    gateway = NOWHERE.replace("http", "ws")
    async with (
        StandIn() as server,
        BotProcess(server, tmp_path, settings={"QUOTH_DISCORD_GATEWAY": gateway}) as bot,
    ):
        await bot.launch()
        await server.until(lambda: "next try in 1 s" in bot.output)
        await bot.stop()

    assert "Traceback" not in bot.output
