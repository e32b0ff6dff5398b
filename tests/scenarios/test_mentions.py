"""Members talk to Quoth in a channel: mentions, replies, follow-ups, and the menu Find sources."""

from __future__ import annotations

import pytest

from tests.discord_server.guilds import Channel
from tests.discord_server.messages import Message
from tests.discord_server.people import Member
from tests.discord_server.results import Result
from tests.discord_server.world import World
from tests.scenarios.steps import (
    COUNTED,
    FOOTBALL,
    HOW_MANY,
    custom_id,
    mention,
    noted,
    plain,
    press,
)

STOPS = "Ferries between Varnholm and Oster Point will stop running in October."
BUTTONS = ["Context", "Verify", "Why", "Report"]
NO_ANSWER = "This is no answer of Quoth's on this server, or it is no longer kept; ask again."
NO_VERDICT = "Passages about the topic of this message. This is no verdict: Quoth does not judge"


@pytest.fixture
def channel(world: World) -> Channel:
    """Return a channel where nobody has said anything."""
    return world.guild.add_channel("talk")


async def hear_the_last(world: World, channel: Channel) -> list[Message]:
    """Return what the bot has written there, once it has answered somebody who came later."""
    last = await mention(world, world.moderator, channel, HOW_MANY)
    return [each for each in channel.messages if each.author is world.guild.bot and each != last]


async def test_a_mention_is_answered_as_a_reply_in_place(world: World, channel: Channel) -> None:
    said = await world.asker.say(channel, HOW_MANY, mention=True)
    reply = await said.reply()

    seen = plain(reply.text)
    assert f"Question: {HOW_MANY}" in seen
    assert f"> {COUNTED}" in seen
    assert world.asker.name not in seen
    assert str(world.asker.id) not in seen
    assert reply.buttons == BUTTONS
    assert reply.layout
    assert not reply.ephemeral
    assert said.messages == [reply]


@pytest.mark.parametrize("content", ["{} " + HOW_MANY, HOW_MANY + " {}", "How many {} cranes {}?"])
async def test_a_mention_may_stand_anywhere(world: World, channel: Channel, content: str) -> None:
    """Older clients write it with an exclamation mark."""
    bot = world.guild.bot.id
    said = await world.asker.say(channel, content.replace("{}", f"<@!{bot}>"), mention=True)
    reply = await said.reply()

    assert COUNTED in plain(reply.text)
    assert str(bot) not in reply.text


@pytest.mark.parametrize("content", ["", "   ", "<@{}> <@!{}>"])
async def test_a_mention_without_a_question_is_told_so(
    world: World, channel: Channel, content: str
) -> None:
    reply = await mention(
        world, world.asker, channel, content.replace("{}", str(world.guild.bot.id))
    )

    assert plain(reply.text) == "The question is empty; ask one in your own words."
    assert reply.buttons == []


async def test_what_is_too_long_to_ask_is_told_so(world: World, channel: Channel) -> None:
    reply = await mention(world, world.asker, channel, "crane " * 200)

    assert plain(reply.text).startswith("The question is too long; ask it in at most 1,000")


async def test_silence_in_place_is_one_line_and_its_reasons_are_private(
    world: World, channel: Channel
) -> None:
    silence = await mention(world, world.asker, channel, FOOTBALL)
    assert plain(silence.text) == "No answer found in the articles."
    assert silence.buttons == ["Why not?"]

    own = (await press(world.asker, silence, "Why not?")).own[-1]
    other = (await press(world.stranger, silence, "Why not?")).own[-1]

    for reasons in (own, other):
        assert reasons.ephemeral
        assert "No answer: nothing in the articles matches the question." in plain(reasons.text)
        assert "Words not found in the articles: won, football, world, cup" in plain(reasons.text)
    assert own.buttons == ["Ask a moderator", "Go to the answer", "Delete my answer"]
    assert other.buttons == []
    assert plain(silence.text) == "No answer found in the articles."


async def test_the_asker_may_take_a_silence_out_of_the_channel(
    world: World, channel: Channel
) -> None:
    silence = await mention(world, world.asker, channel, FOOTBALL)
    reasons = (await press(world.asker, silence, "Why not?")).own[-1]
    delete = custom_id(reasons, "Delete my answer")
    refused = await press(world.stranger, silence, delete, forge=True)
    assert plain(refused.text) == "Only the member who asked can do this."

    sure = (await press(world.asker, reasons, "Delete my answer")).own[-1]
    done = await press(world.asker, sure, "Delete it")
    await done.until(lambda _: silence.deleted)


async def test_a_silence_in_place_can_be_sent_to_the_moderators(
    world: World, channel: Channel
) -> None:
    silence = await mention(world, world.asker, channel, FOOTBALL)
    reasons = (await press(world.asker, silence, "Why not?")).own[-1]
    told = (await press(world.asker, reasons, "Ask a moderator")).own[-1]
    assert "They will see the question as you typed it" in plain(told.text)

    await press(world.asker, told, "Send it")
    assert plain(told.text) == "Your question went to the moderators of this server."


async def test_a_reply_with_ping_follows_up_as_typed(world: World, channel: Channel) -> None:
    answer = await mention(world, world.asker, channel, "When will the ferries stop running?")
    said = await world.stranger.say(channel, HOW_MANY, reply_to=answer)
    reply = await said.reply()

    assert COUNTED in plain(reply.text)
    assert "Searched for:" not in plain(reply.text)


async def test_a_follow_up_met_with_silence_is_joined_to_the_question_before(
    world: World, channel: Channel
) -> None:
    answer = await mention(world, world.asker, channel, "When will the ferries stop running?")
    said = await world.stranger.say(channel, "and why?", reply_to=answer)
    reply = await noted(world, world.stranger, await said.reply())

    seen = plain(reply.text)
    assert "Question: and why?" in seen
    assert "Searched for: When will the ferries stop running? and why?" in seen
    assert f"> {STOPS}" in seen
    why = plain((await press(world.stranger, reply, "Why")).text)
    assert "ferries" in why.casefold()


async def test_a_follow_up_to_a_posted_answer_works_too(world: World, channel: Channel) -> None:
    asked = await world.asker.command(channel, "ask", question=HOW_MANY)
    post = (await asked.settled()).post
    reply = await (await world.stranger.say(channel, "why?", reply_to=post)).reply()

    assert f"Searched for: {HOW_MANY} why?" in plain(reply.text)


async def test_a_follow_up_that_finds_nothing_either_is_met_with_silence(
    world: World, channel: Channel
) -> None:
    silence = await mention(world, world.asker, channel, FOOTBALL)
    said = await world.asker.say(channel, "zebras?", reply_to=silence)
    reply = await noted(world, world.asker, await said.reply())

    assert plain(reply.text) == "No answer found in the articles."
    reasons = (await press(world.asker, reply, "Why not?")).own[-1]
    assert f"Searched for: {FOOTBALL} zebras?" in plain(reasons.text)


async def test_a_reply_to_something_else_of_quoths_runs_as_typed(
    world: World, channel: Channel
) -> None:
    told = await mention(world, world.asker, channel, "")
    reply = await (await world.asker.say(channel, HOW_MANY, reply_to=told)).reply()

    assert COUNTED in plain(reply.text)
    assert "Searched for:" not in plain(reply.text)


async def test_talk_that_does_not_address_quoth_is_left_alone(
    world: World, channel: Channel
) -> None:
    """Neither is a reply without a ping, which shows Quoth no words."""
    answer = await mention(world, world.asker, channel, HOW_MANY)
    await world.asker.say(channel, HOW_MANY)
    await world.asker.say(channel, "and why?", reply_to=answer, ping=False)

    assert await hear_the_last(world, channel) == [answer]


async def test_other_bots_are_ignored(world: World, channel: Channel) -> None:
    """Two bots that answer each other would never end."""
    robot = world.newcomer("Robot")
    robot.bot = True
    await robot.say(channel, HOW_MANY, mention=True)
    answer = await mention(world, world.asker, channel, HOW_MANY)
    await robot.say(channel, "and why?", reply_to=answer)

    assert await hear_the_last(world, channel) == [answer]


async def test_a_message_that_is_told_twice_is_answered_once(
    world: World, channel: Channel
) -> None:
    said = await world.asker.say(channel, HOW_MANY, mention=True)
    reply = await said.reply()
    session = world.server.gateway.session
    assert session is not None
    told = next(
        event["d"]
        for event in session.sent
        if event["t"] == "MESSAGE_CREATE" and event["d"]["id"] == str(said.message.id)
    )

    world.server.state.send("MESSAGE_CREATE", told)

    assert await hear_the_last(world, channel) == [reply]


async def test_what_was_said_while_the_line_was_down_is_answered_once(
    world: World, channel: Channel
) -> None:
    before = await mention(world, world.asker, channel, HOW_MANY)
    resumed = len(world.server.gateway.resumes)
    world.server.gateway.drop()
    said = await world.asker.say(channel, HOW_MANY, mention=True)
    reply = await said.reply()

    assert len(world.server.gateway.resumes) == resumed + 1
    assert await hear_the_last(world, channel) == [before, reply]


async def test_a_reply_whose_arrival_is_not_known_is_sent_once(
    world: World, channel: Channel
) -> None:
    path = f"POST /channels/{channel.id}/messages"
    fault = world.server.faults.drop(path, takes_effect=True)
    reply = await mention(world, world.asker, channel, HOW_MANY)
    await world.server.until(
        lambda: (
            sum(each.path.endswith(f"{channel.id}/messages") for each in world.server.requests) == 2
        )
    )

    assert fault.met == 1
    assert await hear_the_last(world, channel) == [reply]


async def test_where_quoth_may_not_write_it_says_nothing(world: World, channel: Channel) -> None:
    channel.deny(world.guild.bot, "send_messages")
    await world.asker.say(channel, HOW_MANY, mention=True)
    elsewhere = await mention(world, world.asker, world.guild.add_channel("open"), HOW_MANY)
    channel.permit(world.guild.bot, "send_messages")

    assert COUNTED in plain(elsewhere.text)
    assert await hear_the_last(world, channel) == []


async def test_a_message_deleted_meanwhile_is_answered_still(
    world: World, channel: Channel
) -> None:
    """The answer then replies to nothing; it is not lost, and nothing fails."""
    said = await world.asker.say(channel, HOW_MANY, mention=True)
    await world.asker.delete(said.message)
    await said.until(lambda found: found.messages)

    assert COUNTED in plain(said.messages[0].text)


async def test_a_server_hears_of_its_own_articles_only(world: World) -> None:
    silence = await mention(world, world.outsider, world.elsewhere_channel, HOW_MANY)
    assert plain(silence.text) == "No answer found in the articles."

    said = await world.asker.say(world.channel, "something to press on")
    forged = await press(world.asker, said.message, custom_id(silence, "Why not?"), forge=True)
    assert plain(forged.text) == NO_ANSWER


async def find_sources(member: Member, message: Message) -> Result:
    """Use the menu of a message."""
    return await (await member.menu(message.channel, "Find sources", message)).settled()


async def test_the_sources_of_a_message_are_found_without_a_verdict(
    world: World, channel: Channel
) -> None:
    said = await world.stranger.say(channel, "They abandoned hundreds of cranes, I heard")
    found = await find_sources(world.asker, said.message)

    seen = plain(found.text)
    assert seen.startswith(NO_VERDICT)
    assert f"> {COUNTED}" in seen
    assert "I heard" not in seen
    assert found.message.ephemeral
    assert found.posted == []
    assert found.message.buttons == BUTTONS


async def test_what_is_found_for_a_message_is_for_the_finder_alone(
    world: World, channel: Channel
) -> None:
    said = await world.stranger.say(channel, "The cranes of the harbour")
    found = (await find_sources(world.asker, said.message)).message
    context = await press(world.asker, found, "Context")
    assert COUNTED in plain(context.text)
    why = await press(world.asker, found, "Why")
    assert "The message is not kept, so the words that matched cannot be shown." in plain(why.text)

    post_it = custom_id(found, "Context").replace("context", "post")
    for action in ("context", "verify", "why", "report", "post"):
        forged = custom_id(found, "Context").replace("context", action)
        refused = await press(world.stranger, said.message, forged, forge=True)
        assert plain(refused.text) == NO_ANSWER
    posted = await press(world.asker, found, post_it, forge=True)
    assert "The question is no longer kept; ask it again." in plain(posted.text)
    assert posted.posted == []


@pytest.mark.parametrize("content", ["", "😀", "?!", "@everyone <@1> **x** https://evil.example"])
async def test_a_message_about_nothing_finds_nothing(
    world: World, channel: Channel, content: str
) -> None:
    said = await world.stranger.say(channel, content)
    found = await find_sources(world.asker, said.message)

    assert plain(found.text).startswith(NO_VERDICT)
    assert "No answer:" in plain(found.text)
    assert "evil" not in found.text
    assert found.message.buttons == []


async def test_a_long_message_is_searched_by_its_beginning(world: World, channel: Channel) -> None:
    said = await world.stranger.say(channel, "The abandoned cranes. " + "padding " * 400)
    found = await find_sources(world.asker, said.message)

    assert COUNTED in plain(found.text)
