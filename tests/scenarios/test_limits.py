"""How often members may ask: who has to wait is told how long, and nobody waits for another."""

from __future__ import annotations

import asyncio
import re

import pytest

from tests.discord_server.guilds import Channel, Guild
from tests.discord_server.people import Member
from tests.discord_server.results import Result
from tests.discord_server.world import World
from tests.scenarios.steps import COUNTED, HOW_MANY, ask, plain, press

WAIT = re.compile(r"You have asked many questions in a short time; ask again in (\d+) seconds?\.")
SERVER_WAIT = re.compile(
    r"Many questions are being asked on this server; ask again in (\d+) seconds?\."
)


@pytest.fixture(scope="module", autouse=True)
def limits(world: World, runner: asyncio.Runner) -> None:
    """Let each member ask twice in ten minutes, as an administrator says in ``/settings``."""
    runner.run(set_limits(world.administrator, world.channel, member_questions="2"))


async def set_limits(administrator: Member, channel: Channel, **limits: str) -> None:
    """Fill in the form of limits."""
    shown = await (await administrator.command(channel, "settings")).settled()
    modal = (await administrator.click(shown.message, "Limits…")).modal
    given = {"member_seconds": "600", **limits}
    saved = await (await modal.submit(**given)).settled()
    assert "Saved." in plain(saved.text)


async def use_up(member: Member, channel: Channel) -> None:
    """Ask as often as allowed."""
    for _ in range(2):
        assert COUNTED in plain((await ask(member, channel, HOW_MANY)).text)


async def test_who_asks_too_often_is_told_how_long_to_wait(world: World) -> None:
    member = world.newcomer()
    await use_up(member, world.channel)
    result = await ask(member, world.channel, HOW_MANY)

    told = WAIT.fullmatch(plain(result.text))
    assert told is not None
    assert 500 < int(told[1]) <= 600
    assert result.private
    assert result.posted == []


async def test_nobody_waits_for_another(world: World) -> None:
    member, other = world.newcomer(), world.newcomer()
    await use_up(member, world.channel)

    assert COUNTED in plain((await ask(other, world.channel, HOW_MANY)).post.text)


async def test_all_ways_of_asking_count_together(world: World) -> None:
    member, channel = world.newcomer(), world.guild.add_channel("ways")
    await (await member.say(channel, HOW_MANY, mention=True)).reply()
    said = await world.stranger.say(channel, "The cranes of the harbour")
    found = await (await member.menu(channel, "Find sources", said.message)).settled()
    assert COUNTED in plain(found.text)

    assert WAIT.fullmatch(plain((await ask(member, channel, HOW_MANY)).text))
    again = await (await member.menu(channel, "Find sources", said.message)).settled()
    assert WAIT.fullmatch(plain(again.text))


async def test_a_channel_hears_only_once_that_somebody_has_to_wait(world: World) -> None:
    member, channel = world.newcomer(), world.guild.add_channel("heard")
    await use_up(member, world.channel)
    told = await (await member.say(channel, HOW_MANY, mention=True)).reply()
    unheard = [await member.say(channel, HOW_MANY, mention=True) for _ in range(3)]
    last = await (await world.newcomer().say(channel, HOW_MANY, mention=True)).reply()

    assert WAIT.fullmatch(plain(told.text))
    assert COUNTED in plain(last.text)
    assert [each.replies for each in unheard] == [[], [], []]


async def test_buttons_are_free(world: World) -> None:
    member = world.newcomer()
    result = await ask(member, world.channel, HOW_MANY)
    post, receipt = result.post, result.message
    await ask(member, world.channel, HOW_MANY)

    for label in ("Context", "Verify", "Why"):
        assert not WAIT.fullmatch(plain((await press(member, post, label)).text))
    sure = (await press(member, receipt, "Delete my answer")).own[-1]
    await press(member, sure, "Delete it")
    await result.until(lambda _: post.deleted)


async def test_a_flood_of_one_member_delays_nobody_else(world: World) -> None:
    flooder, other = world.newcomer(), world.newcomer()

    async def flood() -> list[Result]:
        return await asyncio.gather(*(ask(flooder, world.channel, HOW_MANY) for _ in range(30)))

    flooding = asyncio.create_task(flood())
    answered = await ask(other, world.other_channel, HOW_MANY)
    flooded = await flooding

    assert COUNTED in plain(answered.post.text)
    assert answered.latency < 1
    assert sum(bool(WAIT.fullmatch(plain(each.message.text))) for each in flooded) == 28


@pytest.fixture(scope="module")
def busy(world: World, runner: asyncio.Runner) -> Guild:
    """Return another server, where all members together may ask three questions a minute."""
    administrator, channel = world.outside_administrator, world.elsewhere_channel
    runner.run(set_limits(administrator, channel, member_questions="100", server_questions="3"))
    return world.elsewhere


async def test_a_server_has_a_limit_of_its_own(world: World, busy: Guild) -> None:
    channel = world.elsewhere_channel
    for _ in range(3):
        await ask(busy.add_member("Busy"), channel, "Who can take an answer back?")
    refused = await ask(busy.add_member("Late"), channel, "Who can take an answer back?")

    told = SERVER_WAIT.fullmatch(plain(refused.text))
    assert told is not None
    assert 0 < int(told[1]) <= 60
    assert COUNTED in plain((await ask(world.newcomer(), world.channel, HOW_MANY)).post.text)
