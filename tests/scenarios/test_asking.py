"""Members ask with ``/ask``: who sees the answer, what stands in it, and what its asker may do."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from tests.discord_server.guilds import Channel
from tests.discord_server.messages import Message
from tests.discord_server.world import World
from tests.scenarios.steps import (
    COUNTED,
    FOOTBALL,
    HOW_MANY,
    add_articles,
    ask,
    custom_id,
    plain,
    press,
)

LAMP = "The lamp of the lighthouse at Skerry Head burns 90 litres of oil a night."
BELL = "The bell of Saint Osk was cast from 14 captured cannons."
MAYOR = "Who is the mayor of Varnholm?"
WHEN = "When will the ferries stop running?"
STOPS = "Ferries between Varnholm and Oster Point will stop running in October."


@pytest.fixture(scope="module", autouse=True)
def articles(
    world: World, runner: asyncio.Runner, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Add an article of which nothing is known, and one to withdraw."""
    bell = {"id": "bell", "text": BELL, "title": "The bell", "publisher": "Osk Parish News"}
    lamp = {"id": "lamp", "text": LAMP}
    runner.run(add_articles(world, tmp_path_factory.mktemp("articles"), [bell, lamp]))


async def open_settings(world: World) -> Message:
    """Return the settings of the other server, as its administrator sees them."""
    shown = await world.outside_administrator.command(world.elsewhere_channel, "settings")
    return (await shown.settled()).message


@asynccontextmanager
async def kept_private(world: World) -> AsyncIterator[None]:
    """Let the other server want private answers only."""
    screen = await open_settings(world)
    await press(world.outside_administrator, screen, "Keep answers private")
    yield
    await press(world.outside_administrator, screen, "Post answers for all")


@asynccontextmanager
async def public_only_in(world: World, *channels: Channel) -> AsyncIterator[None]:
    """Let the other server want public answers in these channels only."""
    screen = await open_settings(world)
    pick = "Channels to answer in; none means every channel"
    await (await world.outside_administrator.choose(screen, pick, channels)).settled()
    yield
    await (await world.outside_administrator.choose(screen, pick, [])).settled()


async def test_an_answer_is_posted_for_all_and_names_nobody(world: World) -> None:
    result = await ask(world.asker, world.channel, HOW_MANY)

    assert (result.kind, result.private) == ("deferred", True)
    post, receipt = result.post, result.message
    seen = plain(post.text)
    assert f"Question: {HOW_MANY}" in seen
    assert f"> {COUNTED}" in seen
    assert "2024-04-30 · Varnholm Courier" in seen
    assert post.layout
    assert post.author is world.guild.bot
    assert post.visible_to(world.stranger)
    assert world.asker.name not in seen
    assert str(world.asker.id) not in seen
    assert post.buttons == ["Context", "Verify", "Why", "Report"]
    assert plain(receipt.text) == "Your answer is posted, without your name."
    assert receipt.buttons == ["Go to the answer", "Show my name", "Delete my answer"]
    place = f"{world.guild.id}/{world.channel.id}/{post.id}"
    assert receipt.links == {"Go to the answer": f"https://discord.com/channels/{place}"}
    assert not receipt.visible_to(world.stranger)


async def test_a_source_is_linked_at_the_sentence_with_its_domain_beside_it(world: World) -> None:
    post = (await ask(world.asker, world.channel, HOW_MANY)).post

    (address,) = set(re.findall(r"\[About the harbour\]\(<(\S+54%20\S+)>\)", post.text))
    start, end = "The%20Port%20Authority%20of", "counted%2054%20abandoned%20cranes."
    assert address == f"https://example.org/harbour#:~:text={start},{end}"
    assert f"(<{address}>) (example.org)" in plain(post.text)


async def test_what_is_not_known_of_a_source_is_said(world: World) -> None:
    question = "How much oil does the lamp of the lighthouse burn?"
    seen = plain((await ask(world.asker, world.channel, question)).post.text)

    assert f"> {LAMP}" in seen
    assert "No title given" in seen
    assert "No date given" in seen
    assert "http" not in seen


async def test_everybody_gets_the_same_answer(world: World) -> None:
    first = await ask(world.asker, world.channel, HOW_MANY)
    second = await ask(world.moderator, world.other_channel, HOW_MANY)

    assert first.post.text == second.post.text


async def test_an_asker_may_show_their_name_and_hide_it_again(world: World) -> None:
    result = await ask(world.asker, world.channel, HOW_MANY)
    post, receipt = result.post, result.message
    before = post.text

    await press(world.asker, receipt, "Show my name")
    assert plain(receipt.text) == "Your answer is posted, with your name."
    await result.until(lambda _: f"Asked by <@{world.asker.id}>" in post.text)
    assert plain(before) in plain(post.text.replace(f"-# Asked by <@{world.asker.id}>\n", ""))

    await press(world.asker, receipt, "Hide my name")
    assert plain(receipt.text) == "Your answer is posted, without your name."
    await result.until(lambda _: post.text == before)
    assert receipt.visible_to(world.asker)


async def test_an_asker_deletes_their_answer_after_a_second_thought(world: World) -> None:
    result = await ask(world.asker, world.channel, HOW_MANY)
    post, receipt = result.post, result.message
    context = custom_id(post, "Context")

    doubt = (await press(world.asker, receipt, "Delete my answer")).own[-1]
    assert HOW_MANY in plain(doubt.text)
    assert "Delete your answer? Its message goes for everybody" in plain(doubt.text)
    await press(world.asker, doubt, "Keep it")
    assert not doubt.visible_to(world.asker)
    assert post.visible_to(world.stranger)

    sure = (await press(world.asker, receipt, "Delete my answer")).own[-1]
    await press(world.asker, sure, "Delete it")
    await result.until(lambda _: post.deleted)
    assert plain(sure.text) == "Your answer is deleted."
    gone = await press(world.asker, receipt, context, forge=True)
    assert "This is no answer of Quoth's on this server" in plain(gone.text)
    again = await press(world.asker, sure, custom_id(receipt, "Delete my answer"), forge=True)
    assert "This is no answer of Quoth's on this server" in plain(again.text)


@pytest.mark.parametrize("button", ["Show my name", "Delete my answer"])
async def test_a_receipt_is_of_use_to_its_asker_alone(world: World, button: str) -> None:
    result = await ask(world.asker, world.channel, HOW_MANY)
    pressed = custom_id(result.message, button)

    for other in (world.stranger, world.moderator, world.administrator):
        refused = await press(other, result.post, pressed, forge=True)
        assert refused.private
        assert plain(refused.text) == "Only the member who asked can do this."
    assert not result.post.edited
    assert not result.post.deleted


async def test_a_private_answer_is_posted_when_its_asker_says_so(world: World) -> None:
    result = await ask(world.asker, world.channel, HOW_MANY, private=True)
    answer = result.message
    post_it = custom_id(answer, "Post to channel")
    private = answer.text
    assert COUNTED in plain(private)
    assert answer.ephemeral
    assert result.posted == []

    stolen = await press(world.stranger, answer, post_it, forge=True)
    assert plain(stolen.text).startswith("This is no answer of Quoth's on this server")
    assert stolen.posted == []

    posted = await press(world.asker, answer, "Post to channel")
    assert posted.post.text == private
    assert posted.post.buttons == ["Context", "Verify", "Why", "Report"]
    assert plain(answer.text) == "Your answer is posted, without your name."
    again = await press(world.asker, answer, post_it, forge=True)
    assert "This answer is posted in a channel already." in plain(again.text)
    assert len(posted.posted) == 1


async def test_a_private_answer_is_verified_again_before_it_is_posted(world: World) -> None:
    result = await ask(world.asker, world.channel, "What was the bell cast from?", private=True)
    assert BELL in plain(result.text)
    (bell,) = await world.asker.autocomplete(world.channel, "ask", "source", "bell")

    where = ("--collection", world.collection)
    done = await world.quoth("corpus", "withdraw", str(bell.value), "--reason", "retracted", *where)
    assert done[0] == 0, done
    refused = await press(world.asker, result.message, "Post to channel")

    assert "None of these quotes still stands, so there is nothing to post." in plain(refused.text)
    assert result.posted == []


@pytest.mark.parametrize("words", ["harbour", "ABOUT THE HARB", "Varnholm"])
async def test_a_question_may_be_narrowed_to_a_source(world: World, words: str) -> None:
    result = await ask(world.asker, world.channel, HOW_MANY, source=words)

    assert COUNTED in plain(result.post.text)


async def test_titles_are_suggested_while_a_source_is_typed(world: World) -> None:
    choices = await world.asker.autocomplete(world.channel, "ask", "source", "harb")
    everything = await world.asker.autocomplete(world.channel, "ask", "source", "")
    elsewhere = await world.outsider.autocomplete(world.elsewhere_channel, "ask", "source", "harb")

    assert [each.name for each in choices] == ["About the harbour"]
    assert {"About the harbour", "About the ferry"} <= {each.name for each in everything}
    assert elsewhere == []
    result = await ask(world.asker, world.channel, HOW_MANY, source=choices[0].value)
    assert COUNTED in plain(result.post.text)


async def test_a_source_without_the_answer_is_met_with_silence(world: World) -> None:
    result = await ask(world.asker, world.channel, HOW_MANY, source="ferry")

    assert "No answer:" in plain(result.text)
    assert result.posted == []


DAYS = [
    ({"from": "2024-04-30"}, True),
    ({"to": "2024-04-30"}, True),
    ({"from": "2024-01-01", "to": "2024-12-31"}, True),
    ({"from": "2024-05-01"}, False),
    ({"to": "2024-04-29"}, False),
]


@pytest.mark.parametrize(("days", "answered"), DAYS, ids=str)
async def test_a_question_may_be_narrowed_to_days(
    world: World, days: dict[str, str], *, answered: bool
) -> None:
    result = await ask(world.asker, world.channel, WHEN, **days)

    assert (STOPS in plain(result.text)) == answered
    assert ("No answer:" in plain(result.text)) != answered


REFUSED = [
    ({"source": "no such words"}, "No article here has this source; /sources lists them"),
    ({"from": "tomorrow"}, "A day is written like 2026-01-31, and must be in the calendar."),
    ({"from": "2024-02-30"}, "A day is written like 2026-01-31, and must be in the calendar."),
    ({"to": "31.12.2024"}, "A day is written like 2026-01-31, and must be in the calendar."),
    (
        {"from": "2024-02-01", "to": "2024-01-31"},
        "There is no period from 2024-02-01 to 2024-01-31; the first day comes first.",
    ),
    ({"question": " \n\t"}, "The question is empty; ask one in your own words."),
    ({"question": "x" * 1001}, "The question is too long; ask it in at most 1,000 characters."),
    ({"question": "crane\ud800?"}, "The question holds characters that no text can hold"),
]


@pytest.mark.parametrize(("options", "said"), REFUSED, ids=[str(each)[:40] for each, _ in REFUSED])
async def test_what_cannot_be_searched_is_refused_with_the_mend(
    world: World, options: dict[str, str], said: str
) -> None:
    """The longest and strangest could come from no client of Discord's own."""
    given = {"question": WHEN, **options}
    result = await world.asker.command(world.channel, "ask", forge=True, **given)
    await result.settled()

    assert plain(result.text).startswith(said)
    assert result.private
    assert result.message.buttons == []
    assert result.posted == []


LIVE = re.compile(r"(?<!\\)[!-/:-@\[\]^-`{-~]")  # what no backslash makes a mere character
HOSTILE = "How many **cranes** @everyone <@&1> <#2> were abandoned? [x](https://evil.example) ||||"


async def test_a_question_is_shown_as_data_and_not_at_length(world: World) -> None:
    question = HOSTILE + " please" * 60
    post = (await ask(world.asker, world.channel, question)).post

    shown = next(line for line in plain(post.text).splitlines() if "Question:" in line)
    assert question.startswith(shown.removeprefix("-# Question: ").rstrip("…"))
    assert 150 < len(shown) < 220
    written = next(line for line in post.text.splitlines() if "Question" in line)
    assert LIVE.search(written.removeprefix("-# ")) is None


SILENCES = [
    (FOOTBALL, "nothing in the articles matches the question.", "won, football, world, cup"),
    ("the of a", "the question holds only words that every text holds", None),
    (MAYOR, "the articles do not seem to be about this.", "mayor"),
]


@pytest.mark.parametrize(("question", "reason", "words"), SILENCES, ids=str)
async def test_silence_is_private_and_says_why(
    world: World, question: str, reason: str, words: str | None
) -> None:
    result = await ask(world.asker, world.channel, question)

    seen = plain(result.text)
    assert f"Question: {question}" in seen
    assert f"No answer: {reason}" in seen
    if words is not None:
        assert f"Words not found in the articles: {words}" in seen
    assert ">" not in seen.replace("(<", "").replace(">)", "")  # no quote
    assert result.message.buttons == ["Ask a moderator"]
    assert result.message.ephemeral
    assert result.posted == []


async def test_silence_names_the_nearest_sources_as_links(world: World) -> None:
    result = await ask(world.asker, world.channel, MAYOR)

    assert "Nearest sources, which may not answer it:" in plain(result.text)
    assert "[About the harbour](<https://example.org/harbour>)" in result.text


async def test_moderators_are_asked_only_after_the_asker_was_told_what_they_see(
    world: World,
) -> None:
    silence = (await ask(world.asker, world.channel, FOOTBALL)).message
    cards = len(world.moderators_channel.messages)

    told = (await press(world.asker, silence, "Ask a moderator")).own[-1]
    assert FOOTBALL in plain(told.text)
    assert "They will see the question as you typed it, and that you asked it." in plain(told.text)
    await press(world.asker, told, "Not now")
    assert not told.visible_to(world.asker)
    assert len(world.moderators_channel.messages) == cards

    told = (await press(world.asker, silence, "Ask a moderator")).own[-1]
    sent = await press(world.asker, told, "Send it")
    assert plain(told.text) == "Your question went to the moderators of this server."
    await sent.until(lambda _: len(world.moderators_channel.messages) == cards + 1)
    card = world.moderators_channel.messages[-1]
    assert FOOTBALL in plain(card.text)
    assert f"<@{world.asker.id}>" in card.text

    told = (await press(world.asker, silence, "Ask a moderator")).own[-1]
    twice = await press(world.asker, told, "Send it")
    assert "moderators have not decided it yet." in plain(twice.text)
    assert len(world.moderators_channel.messages) == cards + 1


async def test_a_silence_is_of_use_to_its_asker_alone(world: World) -> None:
    silence = (await ask(world.asker, world.channel, FOOTBALL)).message
    said = await world.asker.say(world.channel, "something to press on")
    cards = len(world.moderators_channel.messages)

    for action in ("ask_moderator", "ask_moderator_now", "why"):
        pressed = custom_id(silence, "Ask a moderator").replace("ask_moderator", action)
        refused = await press(world.moderator, said.message, pressed, forge=True)
        assert plain(refused.text).startswith("This is no answer of Quoth's on this server")
    assert len(world.moderators_channel.messages) == cards


@pytest.fixture
def closed(world: World) -> Channel:
    """Return a channel where the bot may not write."""
    channel = world.guild.add_channel("closed")
    channel.deny(world.guild.bot, "send_messages")
    return channel


async def test_where_the_bot_may_not_post_the_asker_alone_sees_the_answer(
    world: World, closed: Channel
) -> None:
    result = await ask(world.asker, closed, HOW_MANY)
    assert COUNTED in plain(result.message.text)
    assert result.message.ephemeral

    refused = await press(world.asker, result.message, "Post to channel")
    assert "Quoth may not post in this channel" in plain(refused.text)
    assert COUNTED in plain(result.message.text)

    closed.permit(world.guild.bot, "send_messages")
    posted = await press(world.asker, result.message, "Post to channel")
    assert COUNTED in plain(posted.post.text)


async def test_an_answer_that_discord_does_not_let_through_is_shown_privately(
    world: World,
) -> None:
    channel = world.guild.add_channel("refusing")
    fault = world.server.faults.refuse(f"POST /channels/{channel.id}/messages", 50013)
    result = await ask(world.asker, channel, HOW_MANY)

    assert fault.met == 1
    assert COUNTED in plain(result.message.text)
    assert result.message.ephemeral
    assert result.posted == []


async def test_an_answer_whose_arrival_is_not_known_is_posted_once(world: World) -> None:
    channel = world.guild.add_channel("dropping")
    fault = world.server.faults.drop(f"POST /channels/{channel.id}/messages", takes_effect=True)
    result = await ask(world.asker, channel, HOW_MANY)

    assert fault.met == 1
    assert COUNTED in plain(result.post.text)
    assert "Your answer is posted" in plain(result.message.text)


ABOUT_QUOTH = "Who can take an answer back?"


async def test_a_server_may_want_private_answers_only(world: World) -> None:
    member = world.elsewhere.add_member("Quiet")
    async with kept_private(world):
        result = await ask(member, world.elsewhere_channel, ABOUT_QUOTH)
        refused = await press(member, result.message, "Post to channel")

        assert "> " in plain(result.message.text)
        assert result.posted == []
        assert "This server allows no public answers in this channel" in plain(refused.text)
    posted = await press(member, result.message, "Post to channel")
    assert "> " in plain(posted.post.text)


async def test_a_server_may_name_the_channels_for_public_answers(world: World) -> None:
    member, named = world.elsewhere.add_member("Roamer"), world.elsewhere.add_channel("ask-here")
    async with public_only_in(world, named):
        said = await member.say(world.elsewhere_channel, ABOUT_QUOTH, mention=True)
        outside = await ask(member, world.elsewhere_channel, ABOUT_QUOTH)
        inside = await ask(member, named, ABOUT_QUOTH)
        reply = await (await member.say(named, ABOUT_QUOTH, mention=True)).reply()

    assert outside.message.ephemeral
    assert outside.message.buttons[-1] == "Post to channel"
    assert outside.posted == []
    assert plain(reply.text) == plain(inside.posted[0].text)
    assert said.messages == []


async def test_a_server_answers_from_its_own_articles_alone(world: World) -> None:
    member = world.elsewhere.add_member("Curious")
    result = await ask(member, world.elsewhere_channel, HOW_MANY)

    assert "Words not found in the articles: cranes, abandoned" in plain(result.text)
    assert "harbour" not in result.text
    assert result.posted == []


async def test_a_server_that_quoth_has_just_come_to_is_answered(world: World) -> None:
    """Nobody waits for the handbook: until it is there, nothing is found."""
    guild = world.server.build_guild("Brand new")
    channel, member = guild.add_channel("general"), guild.add_member("First")
    world.server.join(guild)

    result = await ask(member, channel, "crane zeppelin")

    assert "No answer: nothing in the articles matches the question." in plain(result.text)


async def test_an_ask_that_discord_tells_twice_is_answered_once(world: World) -> None:
    result = await ask(world.asker, world.channel, HOW_MANY)
    state = world.server.state
    assert world.server.gateway.session is not None
    told = next(
        event["d"]
        for event in world.server.gateway.session.sent
        if event["t"] == "INTERACTION_CREATE" and event["d"]["id"] == str(result.interaction.id)
    )

    state.send("INTERACTION_CREATE", told)
    await ask(world.asker, world.other_channel, HOW_MANY)

    assert len(result.posted) == 1


async def test_whoever_asks_nobody_is_named(world: World) -> None:
    for member in (world.asker, world.moderator, world.role_moderator, world.administrator):
        post = (await ask(member, world.channel, WHEN)).post
        assert member.name not in post.text
        assert str(member.id) not in post.text
