"""However a connection breaks, each question is answered once, and what is posted can be mended."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine

import pytest

from tests.discord_server import payloads
from tests.discord_server.faults import Fault, Faults
from tests.discord_server.gateway import Gateway
from tests.discord_server.guilds import Channel
from tests.discord_server.messages import Message
from tests.discord_server.offers import Upload
from tests.discord_server.people import Member
from tests.discord_server.results import Result
from tests.discord_server.world import World
from tests.scenarios.moderating import FERRIES, use
from tests.scenarios.steps import HOW_MANY, ask, noted, press

CRANES, CRANES_QUOTED = HOW_MANY, "54 abandoned cranes"
FERRIES_QUOTED = "will stop running in October"
LAMP = "When was the lamp of Kettleness lit for the first time?"

CALLBACK = "POST /interactions/*/callback"
ORIGINAL = "PATCH /webhooks/*/messages/@original"
BREAKS: dict[str, Callable[[Gateway], Coroutine[None, None, None] | None]] = {
    "drop": Gateway.drop,
    "reconnect": Gateway.ask_to_reconnect,
    "resumable": lambda gateway: gateway.invalidate(resumable=True),
    "unknown error": lambda gateway: gateway.close(4000),
    "session timed out": lambda gateway: gateway.close(4009),
    "going away": lambda gateway: gateway.close(1001),
}


def talk(world: World) -> Channel:
    """Return a channel in which nobody else talks."""
    return world.guild.add_channel("talk")


def posts(channel: Channel) -> str:
    """Return the pattern of a new message of a channel."""
    return f"POST /channels/{channel.id}/messages"


def own_messages(channel: Channel) -> list[Message]:
    """Return what Quoth has in a channel."""
    return [each for each in channel.messages if each.author is channel.guild.bot]


async def retract(moderator: Member, answer: Message) -> Result:
    """Take an answer back."""
    form = await moderator.menu(answer.channel, "Retract this answer", answer)
    preview = await (await form.modal.submit(choice="outdated")).settled()
    return await press(moderator, preview.message, "Take it back")


async def is_taken_back(world: World, answer: Message) -> bool:
    """Take an answer back, and return whether its message follows."""
    await retract(world.moderator, answer)
    await world.server.until(lambda: answer.edited)
    return CRANES_QUOTED not in answer.text and "taken back by a moderator" in answer.text


@pytest.mark.parametrize("name", BREAKS)
async def test_a_resumed_session_answers_what_was_asked_meanwhile(world: World, name: str) -> None:
    channel, member = talk(world), world.newcomer()
    resumes = len(world.server.gateway.resumes)

    broken = BREAKS[name](world.server.gateway)
    if broken is not None:
        await broken
    said = await member.say(channel, CRANES, mention=True)
    result = await ask(member, channel, FERRIES)
    reply = await said.reply()

    assert CRANES_QUOTED in reply.text
    assert FERRIES_QUOTED in result.text
    assert len(own_messages(channel)) == 2
    assert len(world.server.gateway.resumes) == resumes + 1


async def test_what_is_under_way_survives_a_lost_line(world: World) -> None:
    channel, member = talk(world), world.newcomer()
    slow = world.server.faults.slow(posts(channel), 0.4, times=2)

    result = await member.command(channel, "ask", question=CRANES)
    said = await member.say(channel, FERRIES, mention=True)
    await world.server.until(lambda: slow.met == 2)
    world.server.gateway.drop()
    await result.settled()

    assert "Go to the answer" in result.message.buttons
    assert len(own_messages(channel)) == 2
    await world.server.gateway.until_connected()
    assert await is_taken_back(world, own_messages(channel)[0])
    assert len(said.replies) == 1


async def test_a_lost_session_begins_anew_and_doubles_nothing(world: World) -> None:
    channel, member = talk(world), world.newcomer()
    slow = world.server.faults.slow(posts(channel), 0.4)
    identifies = len(world.server.gateway.identifies)

    result = await member.command(channel, "ask", question=CRANES)
    await world.server.until(lambda: slow.met)
    world.server.gateway.invalidate()
    await world.server.ready()
    await result.settled()
    said = await member.say(channel, FERRIES, mention=True)
    await said.reply()

    assert len(world.server.gateway.identifies) == identifies + 1
    assert len(own_messages(channel)) == 2


async def test_an_event_that_comes_twice_is_answered_once(world: World) -> None:
    """A resumed session may repeat what had been heard before the line broke."""
    channel, member = talk(world), world.newcomer()
    said = await member.say(channel, CRANES, mention=True)
    world.server.state.send("MESSAGE_CREATE", payloads.message_event(said.message))
    result = await ask(member, channel, FERRIES)
    world.server.state.send("INTERACTION_CREATE", payloads.interaction(result.interaction))
    await said.reply()
    await ask(member, channel, "Who blamed the price of fuel?")  # behind all of the above

    assert len(own_messages(channel)) == 3
    assert CRANES_QUOTED in said.replies[0].text
    assert FERRIES_QUOTED in result.text
    assert len(said.replies) == 1


FAULTS: dict[str, Callable[[Faults, str], Fault]] = {
    "429": lambda faults, pattern: faults.rate_limit(pattern, retry_after=0.1),
    "429 for all": lambda faults, pattern: faults.rate_limit(
        pattern, retry_after=0.1, everywhere=True
    ),
    "503": lambda faults, pattern: faults.fail(pattern, status=503),
    "dropped before": lambda faults, pattern: faults.drop(pattern, takes_effect=False),
    "dropped after": lambda faults, pattern: faults.drop(pattern, takes_effect=True),
    "slow": lambda faults, pattern: faults.slow(pattern, 0.2),
}
FAILURES = ("429", "503", "dropped before", "dropped after")


@pytest.mark.parametrize("name", FAULTS)
async def test_each_request_of_an_answer_may_fail_once(world: World, name: str) -> None:
    channel, member = talk(world), world.newcomer()
    for pattern in (CALLBACK, posts(channel), ORIGINAL):
        FAULTS[name](world.server.faults, pattern)

    result = await ask(member, channel, CRANES)
    said = await member.say(channel, FERRIES, mention=True)
    await said.reply()

    assert "Go to the answer" in result.message.buttons
    assert len(own_messages(channel)) == 2


@pytest.mark.parametrize("name", FAILURES)
async def test_each_request_of_taking_back_may_fail_once(world: World, name: str) -> None:
    channel, member = talk(world), world.newcomer()
    answer = (await ask(member, channel, CRANES)).post
    cards = len(own_messages(world.moderators_channel))
    for pattern in (CALLBACK, ORIGINAL, posts(world.moderators_channel)):
        FAULTS[name](world.server.faults, pattern)

    assert await is_taken_back(world, answer)
    await world.server.until(lambda: len(own_messages(world.moderators_channel)) > cards)
    assert len(own_messages(world.moderators_channel)) == cards + 1


@pytest.mark.parametrize("name", FAILURES)
async def test_each_request_of_deleting_may_fail_once(world: World, name: str) -> None:
    channel, member = talk(world), world.newcomer()
    receipt = await ask(member, channel, CRANES)
    answer = receipt.post
    sure = await press(member, receipt.message, "Delete my answer")
    FAULTS[name](world.server.faults, f"DELETE /channels/{channel.id}/messages/*")

    await press(member, sure.message, "Delete it")
    await world.server.until(lambda: answer.deleted)


async def test_failures_of_discords_own_are_waited_out(world: World) -> None:
    async def act(status: int) -> Result:
        channel = talk(world)
        world.server.faults.fail(posts(channel), status=status)
        return await ask(world.newcomer(), channel, CRANES)

    assert all(each.post for each in await asyncio.gather(*map(act, (500, 502, 504))))


async def test_where_discord_never_takes_the_answer_the_asker_is_told(world: World) -> None:
    channel, member = talk(world), world.newcomer()
    world.server.faults.refuse(posts(channel), 50035, times=None)

    result = await ask(member, channel, CRANES)

    assert "Something went wrong" in result.text
    assert own_messages(channel) == []


async def test_what_is_too_old_to_be_answered_leaves_no_trace(world: World) -> None:
    """Discord takes nothing back after three seconds: nothing is posted, nobody hears twice."""
    channel, member = talk(world), world.newcomer()
    world.server.gateway.drop()
    asking = asyncio.create_task(member.command(channel, "ask", question=CRANES))
    await asyncio.sleep(0)
    world.server.expire_tokens()
    await world.server.gateway.until_connected()
    await ask(member, world.other_channel, FERRIES)

    assert own_messages(channel) == []
    asking.cancel()


async def test_an_answer_outlives_the_token_it_was_asked_with(world: World) -> None:
    channel, member = talk(world), world.newcomer()
    slow = world.server.faults.slow(CALLBACK, 0.3)
    result = await member.command(channel, "ask", question=CRANES)
    assert slow.met
    world.server.expire_tokens()
    await result.until(lambda result: result.posted)

    assert await is_taken_back(world, await noted(world, member, result.post))


async def test_a_private_answer_that_never_arrived_is_no_answer(world: World) -> None:
    channel, member = talk(world), world.newcomer()
    slow = world.server.faults.slow(CALLBACK, 0.3)
    result = await member.command(channel, "ask", question=CRANES, private=True)
    assert slow.met
    world.server.expire_tokens()
    refused = world.server.faults.slow(ORIGINAL, 0.0)
    await world.server.until(lambda: refused.met)

    assert result.message.loading
    assert own_messages(channel) == []
    assert FERRIES_QUOTED in (await ask(member, channel, FERRIES)).text


async def test_a_question_that_is_deleted_is_answered_without_it(world: World) -> None:
    channel, member = talk(world), world.newcomer()
    slow = world.server.faults.rate_limit(posts(channel), retry_after=0.3)
    said = await member.say(channel, CRANES, mention=True)
    await world.server.until(lambda: slow.met)
    await member.delete(said.message)
    await said.until(lambda said: said.messages)

    assert CRANES_QUOTED in said.messages[0].text
    assert await is_taken_back(world, said.messages[0])


async def test_an_answer_that_is_deleted_can_be_taken_back_all_the_same(world: World) -> None:
    channel, member = talk(world), world.newcomer()
    receipt = await ask(member, channel, CRANES)
    answer = receipt.post
    form = await world.moderator.menu(channel, "Retract this answer", answer)
    await world.moderator.delete(answer)
    preview = await (await form.modal.submit(choice="outdated")).settled()
    done = await press(world.moderator, preview.message, "Take it back")

    assert "The answer is taken back" in done.text
    named = await press(member, receipt.message, "Show my name")
    assert "taken back by a moderator" in named.text


async def test_deleting_what_is_deleted_is_no_error(world: World) -> None:
    channel, member = talk(world), world.newcomer()
    receipt = await ask(member, channel, CRANES)
    await world.moderator.delete(receipt.post)

    sure = await press(member, receipt.message, "Delete my answer")
    gone = await press(member, sure.message, "Delete it")

    assert "deleted" in gone.text
    assert "went wrong" not in gone.text


async def test_a_channel_that_is_deleted_takes_no_answer(world: World) -> None:
    channel, member = talk(world), world.newcomer()
    limit = world.server.faults.rate_limit(posts(channel), retry_after=0.2)
    result = await member.command(channel, "ask", question=CRANES)
    await world.server.until(lambda: limit.met)
    channel.delete()
    await result.settled()

    assert result.interaction.resolved
    assert own_messages(channel) == []


async def test_a_server_that_is_left_and_joined_again_keeps_its_articles(world: World) -> None:
    guild = world.server.build_guild("Comes and goes")
    channel, member = guild.add_channel("talk"), guild.add_member("Member")
    administrator = guild.add_member("Administrator", "manage_guild")
    world.server.join(guild)
    file = Upload("lamp.txt", b"The lamp of Kettleness was lit for the first time in 1902.\n")
    added = await use(administrator, channel, "corpus add", file=file)
    assert "1 new" in added.text
    before = (await ask(member, channel, LAMP)).post
    guild.remove_bot()
    await world.server.until(lambda: f"left server {guild.id}" in world.bot.output)
    world.server.join(guild)

    after = (await ask(member, channel, LAMP)).post
    assert "in 1902" in before.text
    assert "in 1902" in after.text


async def test_a_server_that_joins_while_quoth_runs_has_the_handbook_alone(world: World) -> None:
    guild = world.server.build_guild("Late")
    channel, member = guild.add_channel("talk"), guild.add_member("Member")
    world.server.join(guild)

    said = await member.say(channel, CRANES, mention=True)
    silence = await said.reply()
    sources = await use(member, channel, "sources")

    assert "No answer found" in silence.text
    assert "10 articles in the collection" in sources.text
    assert "harbour" not in sources.text
