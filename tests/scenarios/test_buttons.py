"""Who may press which button, when: everybody on its server, the asker, nobody else; forged too."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass

import pytest

from bot.actions import Action, Target
from bot.catalogue.administering import CorpusRefusal
from bot.catalogue.asking import AskingRefusal
from bot.catalogue.refusals import Refusal
from bot.catalogue.reviewing import ReviewRefusal
from bot.catalogue.settling import SettingRefusal
from tests.discord_server.guilds import Channel
from tests.discord_server.messages import Message
from tests.discord_server.people import Member
from tests.discord_server.results import Result
from tests.discord_server.world import World
from tests.scenarios.steps import (
    add_articles,
    ask,
    custom_id,
    dump_data,
    key_of,
    mention,
    plain,
    press,
    until_swept,
)

MILLS = tuple(
    f"The mill at {place} ground {tons} tons of barley in the wet year."
    for place, tons in (
        ("Ash Ford", 11),
        ("Birch End", 23),
        ("Cold Brook", 31),
        ("Deep Ley", 47),
        ("Elm Hithe", 53),
        ("Fern Reach", 61),
    )
)
BARLEY = "How many tons of barley did the mills grind in the wet year?"
NO_ANSWER = Refusal.NO_ANSWER.template.words


@pytest.fixture(scope="module")
def post(world: World, runner: asyncio.Runner, tmp_path_factory: pytest.TempPathFactory) -> Message:
    """Return an answer that the asker caused, with more quotes than stand on one page."""
    articles = [
        {"id": f"mill{number}", "text": text, "title": f"Mill {number}"}
        for number, text in enumerate(MILLS, start=1)
    ]
    runner.run(add_articles(world, tmp_path_factory.mktemp("mills"), articles))
    return runner.run(ask(world.asker, world.channel, BARLEY)).post


def quoted(text: str) -> set[str]:
    """Return which of the mills are quoted."""
    return {mill for mill in MILLS if mill in plain(text)}


async def press_everything(member: Member, post: Message) -> None:
    """Press each button of an answer, and check what comes of it."""
    before = post.text
    first = quoted(before)
    assert len(first) == 3
    context, verify, why, more = [
        await press(member, post, label) for label in ("Context", "Verify", "Why", "More")
    ]
    assert quoted(context.text) == first
    assert "Around quote 1:" in plain(context.text)
    assert plain(verify.text).count("✓") == 3
    assert "stands, word for word: characters 0 to " in plain(verify.text)
    assert "[1] tons, barley, mills, wet, year" in plain(why.text)
    assert quoted(more.text) == set(MILLS) - first
    for result in (context, verify, why, more):
        assert result.private
        assert result.message.ephemeral
        assert result.posted == []
    assert (post.text, post.edits) == (before, 0)


def people(world: World) -> dict[str, Member]:
    """Return who presses, by what they are."""
    return {
        "asker": world.asker,
        "stranger": world.stranger,
        "moderator": world.moderator,
        "role moderator": world.role_moderator,
    }


@pytest.mark.parametrize("who", ["asker", "stranger", "moderator", "role moderator"])
async def test_everybody_on_the_server_may_look_closer(
    world: World, post: Message, who: str
) -> None:
    await press_everything(people(world)[who], post)


async def test_only_moderators_see_what_it_takes_to_judge(world: World, post: Message) -> None:
    member = await press(world.stranger, post, "Verify")
    moderator = await press(world.role_moderator, post, "Verify")

    assert "SHA-256" not in plain(member.text)
    assert member.message.buttons == []
    assert "SHA-256 of the article's text:" in plain(moderator.text)
    assert "Retract" in moderator.message.buttons


async def test_further_pages_have_buttons_of_their_own(world: World, post: Message) -> None:
    more = (await press(world.stranger, post, "More")).message
    assert more.buttons == ["Context", "Verify", "Why", "Report"]

    for label, said in (("Context", "Around quote 4:"), ("Verify", "✓ [4]"), ("Why", "[4]")):
        closer = await press(world.stranger, more, label)
        assert said in plain(closer.text)
    assert quoted((await press(world.stranger, more, "Context")).text) == quoted(more.text)


async def report(member: Member, post: Message, reason: str, note: str = "") -> Result:
    """Report an answer, form and all."""
    modal = (await member.click(post, "Report")).modal
    assert modal.title == "Report this answer"
    return await (await modal.submit(choice=reason, note=note)).settled()


REPORTED = "Your report went to the moderators of this server."


@pytest.mark.parametrize("name", ["asker", "stranger", "moderator"])
async def test_everybody_may_report_once(world: World, name: str) -> None:
    post = (await ask(world.asker, world.channel, BARLEY)).post
    member, cards = people(world)[name], len(world.moderators_channel.messages)
    sent = await report(member, post, "Misleading cut", "It leaves out the dry year.")
    assert plain(sent.text) == REPORTED
    assert sent.message.ephemeral
    await sent.until(lambda _: len(world.moderators_channel.messages) == cards + 1)
    card = plain(world.moderators_channel.messages[-1].text)
    assert BARLEY in card
    assert "Misleading cut" in card
    assert "It leaves out the dry year." in card

    again = await press(member, post, "Report")
    assert plain(again.text).startswith("You reported this answer at <t:")
    assert again.private
    assert len(world.moderators_channel.messages) == cards + 1
    assert post.edits == 0


async def test_buttons_work_on_after_a_restart(world: World, post: Message) -> None:
    """One form was opened before it, and comes back after it."""
    result = await ask(world.asker, world.channel, BARLEY)
    later, receipt = result.post, result.message
    private = (await ask(world.asker, world.channel, BARLEY, private=True)).message
    silence = await mention(world, world.asker, world.channel, "zebras?")
    modal = (await world.stranger.click(later, "Report")).modal
    screens = {
        name: (await (await world.asker.command(world.channel, name)).settled()).message
        for name in ("help", "sources", "privacy")
    }

    await world.bot.restart()

    for member in (world.asker, world.stranger, world.moderator):
        await press_everything(member, post)
    sent = await (await modal.submit(choice="Something else")).settled()
    assert plain(sent.text) == REPORTED
    reasons = (await press(world.asker, silence, "Why not?")).own[-1]
    assert "No answer:" in plain(reasons.text)
    await press(world.asker, receipt, "Show my name")
    await sent.until(lambda _: f"<@{world.asker.id}>" in later.text)
    posted = await press(world.asker, private, "Post to channel")
    assert quoted(posted.post.text) == quoted(post.text)
    sure = (await press(world.asker, receipt, "Delete my answer")).own[-1]
    await press(world.asker, sure, "Delete it")
    await sent.until(lambda _: later.deleted)
    await press(world.asker, screens["help"], "For moderators")
    assert "/review" in plain(screens["help"].text)
    pick = "Open the record of an article"
    chosen = await world.asker.choose(screens["sources"], pick, ["Mill 1"])
    await chosen.settled()
    assert "Title: Mill 1" in plain(screens["sources"].text)
    await press(world.asker, screens["privacy"], "Delete my data")
    assert "This cannot be undone." in plain(screens["privacy"].text)


@pytest.mark.parametrize("action", ["context", "verify", "why", "report", "more", "post", "name"])
async def test_a_private_answer_is_its_askers_alone(world: World, action: str) -> None:
    private = (await ask(world.asker, world.channel, BARLEY, private=True)).message
    said = (await world.asker.say(world.channel, "something to press on")).message
    pressed = Target(Action(action), key_of(private), 1).custom_id

    for member in (world.stranger, world.moderator, world.administrator):
        refused = await press(member, said, pressed, forge=True)
        assert plain(refused.text) == NO_ANSWER
        assert refused.message.ephemeral
        assert refused.posted == []


# What needs no key, and shows or does nothing but what a command would for whoever presses.
OWN_SCREENS = {
    Action.HELP: "Quoth can only quote.",
    Action.SOURCES: "Articles of this server",
    Action.PRIVACY_DELETE: "Delete what is kept about you on this server?",
    Action.PRIVACY_DELETE_NOW: "Your data on this server is deleted.",
}
REFUSALS = (AskingRefusal, CorpusRefusal, Refusal, ReviewRefusal, SettingRefusal)
POLITE = {each.template.words for kind in REFUSALS for each in kind}
POLITE -= {Refusal.FAILED.template.words}


@dataclass(frozen=True)
class Keys:
    """Keys of all kinds that mean something on the first server."""

    post: str
    private: str
    silence: str
    report: str
    article: str


@pytest.fixture(scope="module")
def keys(world: World, runner: asyncio.Runner, post: Message) -> Keys:
    """Return keys that an observer of the first server could know."""

    async def gather() -> Keys:
        private = (await ask(world.asker, world.channel, BARLEY, private=True)).message
        silence = await mention(world, world.asker, world.channel, "zebras?")
        cards = len(world.moderators_channel.messages)
        sent = await report(world.administrator, post, "Something else")
        await sent.until(lambda _: len(world.moderators_channel.messages) == cards + 1)
        card = world.moderators_channel.messages[-1]
        await until_quiet(world, world.asker, card)
        (mill,) = await world.asker.autocomplete(world.channel, "source", "article", "Mill 1")
        return Keys(key_of(post), key_of(private), key_of(silence), key_of(card), str(mill.value))

    return runner.run(gather())


async def until_quiet(world: World, member: Member, message: Message) -> None:
    """Wait until what went before has been written down, as some is after it was shown."""
    before = None
    while before != dump_data(world):
        before = dump_data(world)
        await press_on(member, message, Target(Action.CONTEXT, "unknown").custom_id)


async def press_on(member: Member, message: Message, forged: str) -> Result:
    """Press what is not there; should a form open, send it."""
    result = await press(member, message, forged, forge=True)
    return await (await result.modal.submit()).settled() if result.kind == "modal" else result


async def press_in_vain(
    world: World, member: Member, channel: Channel, action: Action, keys: Iterable[str]
) -> None:
    """Press an action with each key on somebody's message: nothing changes, nobody else sees."""
    said = (await member.say(channel, "something to press on")).message
    await until_swept(world)
    before = dump_data(world)
    for result in await asyncio.gather(
        *(press_on(member, said, Target(action, key, 1).custom_id) for key in keys)
    ):
        assert result.private
        assert result.posted == []
        seen = plain(result.text)
        waits = seen.startswith("You have asked many questions")  # some presses count as one
        assert waits or seen in POLITE or OWN_SCREENS.get(action, "no such") in seen, seen
    assert dump_data(world) == before
    assert said.text == "something to press on"


@pytest.mark.parametrize("action", Action)
async def test_no_member_of_another_server_gets_anywhere(
    world: World, keys: Keys, action: Action
) -> None:
    known = (keys.post, keys.report, keys.article, "x" * 64)
    await press_in_vain(world, world.outsider, world.elsewhere_channel, action, known)


# What an administrator may do at home whatever the key says, having a command or a menu for it.
AT_HOME = {
    Action.QUEUE,
    Action.AUDIT,
    Action.AUDIT_FILE,
    Action.CORPUS,
    Action.SETTINGS,
    Action.SET_CHANNELS,
    Action.SET_MODERATORS_CHANNEL,
    Action.SET_MODERATOR_ROLES,
    Action.SET_LIMITS,
    Action.CHECK_PERMISSIONS,
}


@pytest.mark.parametrize("action", [each for each in Action if each not in AT_HOME])
async def test_no_administrator_of_another_server_gets_anywhere(
    world: World, keys: Keys, action: Action
) -> None:
    known = (keys.post, keys.report, keys.article, "x" * 64)
    await press_in_vain(world, world.outside_administrator, world.elsewhere_channel, action, known)


OPEN_TO_ALL = {
    *OWN_SCREENS,
    Action.CONTEXT,
    Action.VERIFY,
    Action.WHY,
    Action.MORE,
    Action.REPORT,
    Action.SOURCE,
}


@pytest.mark.parametrize("action", [each for each in Action if each not in OPEN_TO_ALL])
async def test_no_stranger_does_what_askers_and_moderators_may(
    world: World, keys: Keys, action: Action
) -> None:
    """They know every key, as one who reads another's traffic would."""
    known = (keys.post, keys.private, keys.silence, keys.report, keys.article)
    await press_in_vain(world, world.stranger, world.channel, action, known)


FORGED = [
    "",
    "quoth1",
    "quoth1:context",
    "quoth1:nothing:abc:0",
    "quoth0:context:abc:0",
    "quoth1:context:abc:99999",
    "quoth1:context:abc:-1",
    "quoth1:context:a b:0",
    "quoth1:CONTEXT:abc:0",
    "quoth1:context:" + "k" * 65 + ":0",
    "x" * 100,
    "😀",
    "'; DROP TABLE answers; --",
]


@pytest.mark.parametrize("forged", FORGED, ids=repr)
async def test_what_no_button_holds_is_refused_politely(world: World, forged: str) -> None:
    said = (await world.stranger.say(world.channel, "something to press on")).message
    await until_swept(world)
    before = dump_data(world)
    clicked = await press(world.stranger, said, forged, forge=True)
    chosen = await world.stranger.choose(said, forged, ["1", "x" * 100], forge=True)
    await chosen.settled()

    for result in (clicked, chosen):
        assert plain(result.text) == NO_ANSWER
        assert result.message.ephemeral
    assert dump_data(world) == before


@pytest.mark.parametrize("label", ["Context", "Verify", "Why", "More"])
async def test_one_person_on_two_servers_is_two(world: World, post: Message, label: str) -> None:
    """The asker's own key is of no use to them where the answer is not."""
    twin = Member(world.asker.id, world.elsewhere, world.asker.name)
    world.elsewhere.members[twin.id] = twin
    said = (await twin.say(world.elsewhere_channel, "something to press on")).message

    refused = await press(twin, said, custom_id(post, label), forge=True)

    assert plain(refused.text) == NO_ANSWER


async def test_a_button_pressed_many_times_at_once_answers_each_time(
    world: World, post: Message
) -> None:
    results = await asyncio.gather(*(press(world.stranger, post, "Context") for _ in range(8)))

    assert {plain(each.text) for each in results} == {plain(results[0].text)}
    assert quoted(results[0].text) == quoted(post.text)


async def test_a_posting_confirmed_many_times_at_once_posts_once(world: World) -> None:
    channel = world.guild.add_channel("hasty")
    private = (await ask(world.asker, channel, BARLEY, private=True)).message
    pressed = custom_id(private, "Post to channel")

    await asyncio.gather(*(press(world.asker, private, pressed, forge=True) for _ in range(5)))

    posted = [each for each in channel.messages if each.author is world.guild.bot]
    assert len(posted) == 1
    assert quoted(posted[0].text)
