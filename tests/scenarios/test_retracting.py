"""Checking and taking back: the two message menus, and what becomes of a posted answer."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.discord_server.guilds import Channel
from tests.discord_server.messages import Message
from tests.discord_server.offers import Upload
from tests.discord_server.people import Member
from tests.discord_server.results import Result
from tests.discord_server.world import World
from tests.scenarios.moderating import (
    FERRIES,
    FERRIES_QUOTE,
    HANDBOOK,
    NO_ANSWER,
    NO_REPORT,
    NOT_MODERATOR,
    SWEEP_SECONDS,
    article_id,
    fill,
    find_card,
    mention,
    pick_menu,
    post,
    read,
    report,
    sees,
    send_form,
    use,
)
from tests.scenarios.steps import FOOTBALL, HOW_MANY, ask, custom_id, key_of, press

VERIFY, RETRACT = "Verify this answer", "Retract this answer"
TAKEN_BACK = "This answer was taken back by a moderator on"
REASONS = {
    "wrong_passage": "Reason: the passage does not answer the question.",
    "misleading_cut": "Reason: the passage misleads without what stands around it.",
    "source_problem": "Reason: there is a problem with the source.",
    "outdated": "Reason: what it says is out of date.",
    "rules": "Reason: the rules of this server.",
}


def talk(world: World) -> Channel:
    """Return a channel in which nobody else talks."""
    return world.guild.add_channel("talk")


def moderators(world: World) -> tuple[Member, ...]:
    """Return a moderator of each kind: by permission, by role, and an administrator."""
    return world.moderator, world.role_moderator, world.administrator


def taken_back_on(day: datetime) -> str:
    """Return what a message says that was taken back that day."""
    return f"{TAKEN_BACK} {day.date().isoformat()}."


async def preview(
    moderator: Member, answer: Message, reason: str = "outdated", note: str = ""
) -> Message:
    """Open the form of the menu, send it, and return the preview."""
    form = (await moderator.menu(answer.channel, RETRACT, answer)).modal
    return (await (await form.submit(choice=reason, note=note)).settled()).message


async def retract(
    world: World, moderator: Member, answer: Message, reason: str = "outdated", note: str = ""
) -> Message:
    """Take an answer back, wait until its message says so, and return the card."""
    shown = await preview(moderator, answer, reason, note)
    await press(moderator, shown, "Take it back")
    await sees(world, answer, TAKEN_BACK)
    return find_retraction(world, answer)


def find_retraction(world: World, answer: Message) -> Message:
    """Return the card about an answer that was taken back."""
    place = f"/{answer.channel.id}/{answer.id}"
    (card,) = (each for each in world.moderators_channel.messages if place in read(each))
    return card


async def outcome(world: World, answer: Message) -> str:
    """Wait until a sweep is through, and return the report of an answer that was taken back."""
    done = f"channel {answer.channel.id}: 1 corrections tried"
    await world.server.until(lambda: done in world.bot.output, seconds=SWEEP_SECONDS)
    return read(await press(world.moderator, find_retraction(world, answer), "See"))


async def test_every_kind_of_moderator_can_verify_and_members_cannot(world: World) -> None:
    answer = await post(world.asker, talk(world), HOW_MANY)
    for moderator in moderators(world):
        checked = await pick_menu(moderator, VERIFY, answer)
        assert checked.private
        assert "Checked against the stored articles at <t:" in read(checked)
        assert "✓ [1] stands, word for word: characters 1 to 87 of article" in read(checked)
        assert "SHA-256 of the article's text: " in read(checked)
        assert "Around quote 1:" in read(checked)
        assert "- Title: About the harbour (stated beside the text" in read(checked)
        assert "Retract" in checked.message.buttons
    for member in (world.asker, world.stranger):
        for menu in (VERIFY, RETRACT):
            refused = await pick_menu(member, menu, answer)
            assert refused.private
            assert NOT_MODERATOR in read(refused)
    assert not answer.edited


async def test_verify_names_copies_and_what_differs_once_the_article_has_changed(
    world: World,
) -> None:
    channel, names = talk(world), ("bell", "bell-again")

    async def add(fact: str) -> str:
        files = [Upload(f"{name}.md", document(name, fact)) for name in names]
        given = dict(zip(("file", "file2"), files, strict=True))
        return read(await use(world.administrator, channel, "corpus add", **given))

    await add("The bell of Varnholm cracked on a frosty morning in 1887.")
    answer = await post(world.asker, channel, "When did the bell of Varnholm crack?")
    checked = await pick_menu(world.moderator, VERIFY, answer)
    assert "The same words, or nearly, stand in 1 other article:" in read(checked)

    assert "- 2 with a new version" in await add("The bell of Varnholm is whole.")
    checked = await pick_menu(world.moderator, VERIFY, answer)
    assert "✗ Quote 1 is gone: its article was corrected" in read(checked)
    assert "Version 1 was quoted; version 2 is the current one." in read(checked)


@pytest.mark.parametrize("reason", REASONS)
async def test_a_posted_answer_is_replaced_by_the_reason_and_the_date(
    world: World, reason: str
) -> None:
    channel = talk(world)
    answer = await post(world.asker, channel, FERRIES)
    shown = await preview(world.moderator, answer, reason, "Only for *us*.")
    assert "Take this answer back? Its quotes are then no longer shown." in read(shown)
    assert "1 message will change:" in read(shown)
    assert f"/{channel.id}/{answer.id}" in read(shown)
    assert not answer.edited

    done = await press(world.moderator, shown, "Take it back")
    await sees(world, answer, TAKEN_BACK)
    assert "The answer is taken back." in read(done)
    assert done.message.buttons == []
    assert read(answer).splitlines() == [
        f"-# Question: {FERRIES}",
        taken_back_on(datetime.now(UTC)),
        REASONS[reason],
    ]
    assert answer.layout
    assert answer.buttons == []
    card = find_retraction(world, answer)
    assert "Only for *us*." in read(card)
    assert FERRIES_QUOTE not in read(card)
    assert channel.messages == [answer]


async def test_a_second_moderator_undoes_it_and_the_answer_is_as_before(world: World) -> None:
    answer = await post(world.asker, talk(world), FERRIES)
    before = answer.text, answer.custom_ids
    card = await retract(world, world.role_moderator, answer)
    refused = await press(world.role_moderator, card, "Undo")
    assert "You decided this yourself" in read(refused.own[-1])
    assert TAKEN_BACK in read(answer)

    await press(world.moderator, card, "Undo")
    await sees(world, answer, FERRIES_QUOTE)
    assert (answer.text, answer.custom_ids) == before
    assert answer.layout
    assert f"Undone by {mention(world.moderator)} at" in read(card)
    again = await press(world.administrator, card, f"quoth1:undo:{key_of(card)}:1", forge=True)
    assert "has undone this already, at" in read(again.own[-1])


async def test_of_two_moderators_at_once_one_takes_it_back_and_the_other_is_told(
    world: World,
) -> None:
    pair = (world.moderator, world.role_moderator)
    answer = await post(world.asker, talk(world), FERRIES)
    shown = [await preview(each, answer) for each in pair]
    results = await asyncio.gather(
        *(press(who, each, "Take it back") for who, each in zip(pair, shown, strict=True))
    )
    await sees(world, answer, TAKEN_BACK)

    said = [read(each.own[-1]) for each in results]
    assert sorted("The answer is taken back." in each for each in said) == [False, True]
    assert sum("has taken this answer back already, at" in each for each in said) == 1
    assert len(answer.history) == 1


async def test_a_preview_is_its_own_moderators_and_can_be_left(world: World) -> None:
    answer = await post(world.asker, talk(world), FERRIES)
    shown = await preview(world.moderator, answer)
    confirm = custom_id(shown, "Take it back")
    other = await press(world.role_moderator, answer, confirm, forge=True)
    assert "This was begun by another moderator; begin your own." in read(other.own[-1])

    await world.moderator.click(shown, "Cancel")
    await world.server.until(lambda: shown.deleted)
    assert not answer.edited


async def test_what_was_taken_back_says_so_to_every_button_and_menu(world: World) -> None:
    answer = await post(world.asker, talk(world), FERRIES)
    buttons = list(answer.custom_ids)
    form = (await world.role_moderator.menu(answer.channel, RETRACT, answer)).modal
    await retract(world, world.moderator, answer)
    late = await (await form.submit(choice="rules")).settled()
    again = await pick_menu(world.moderator, RETRACT, answer)
    checked = await pick_menu(world.moderator, VERIFY, answer)

    for refused in (late, again):
        assert f"{mention(world.moderator)} has taken this answer back already, at" in read(refused)
    assert "✗ Quote 1 was taken back by a moderator." in read(checked)
    for target in buttons:
        pressed = await press(world.stranger, answer, target, forge=True)
        assert FERRIES_QUOTE not in read(pressed), target
        assert "taken back" in read(pressed.own[-1]), target


async def test_a_private_answer_shows_the_notice_at_the_next_press(world: World) -> None:
    asker, channel = world.newcomer(), talk(world)
    private = (await ask(asker, channel, FERRIES, private=True)).message
    assert FERRIES_QUOTE in read(private)
    await report(asker, private, note="Is this so?")
    card = await find_card(world, asker)
    assert "Only the member who asked sees the answer." in read(card)
    seen = (await press(world.moderator, card, "See")).message
    assert FERRIES_QUOTE in read(seen)
    shown = (await fill(world.moderator, seen, "Retract", {"choice": "outdated"})).message
    assert "No message will change; the member who asked is told" in read(shown)
    await press(world.moderator, shown, "Take it back")

    for button in list(private.buttons):
        pressed = await press(asker, private, button)
        assert "taken back" in read(pressed.own[-1]), button
        assert FERRIES_QUOTE not in read(pressed.own[-1]), button
    assert channel.messages == []


async def test_only_answers_of_quoths_can_be_verified_or_taken_back(world: World) -> None:
    channel = talk(world)
    said = (await world.stranger.say(channel, "Just a message.")).message
    answer = await post(world.asker, channel, FERRIES)
    receipt = (await ask(world.moderator, channel, FERRIES)).own[0]
    mentioned = await world.asker.say(channel, FOOTBALL, mention=True)
    silence = await mentioned.reply()
    for message in (said, receipt, silence):
        for menu in (VERIFY, RETRACT):
            refused = await pick_menu(world.moderator, menu, message)
            assert NO_ANSWER in read(refused) or "no quotes" in read(refused), (menu, message)
            assert refused.private
    assert not answer.edited


async def test_an_answer_whose_message_moderators_deleted_ends_well(world: World) -> None:
    channel = talk(world)
    answer = await post(world.asker, channel, FERRIES)
    shown = await preview(world.moderator, answer)
    await world.moderator.delete(answer)
    done = await press(world.moderator, shown, "Take it back")
    assert "The answer is taken back." in read(done)
    assert channel.messages == []
    assert "1 message deleted or out of reach" in await outcome(world, answer)


async def test_forged_and_from_another_server_nothing_is_taken_back(world: World) -> None:
    answer = await post(world.asker, talk(world), FERRIES)
    before, key = answer.text, key_of(answer)
    draft = custom_id(await preview(world.moderator, answer), "Take it back")
    there = await post(world.outsider, world.elsewhere_channel, HANDBOOK)
    outside, channel = world.outside_administrator, world.elsewhere_channel
    given = {"choice": "outdated", "note": ""}

    def said(results: Iterable[Result]) -> list[str]:
        return [read(each.own[-1]) for each in results]

    strange = [
        await press(world.stranger, answer, f"quoth1:retract:{key}:0", forge=True),
        await press(world.stranger, answer, draft, forge=True),
        await send_form(world.stranger, answer.channel, f"quoth1:retract:{key}:0", given),
    ]
    foreign = [
        await pick_menu(outside, VERIFY, answer, channel=channel),
        await pick_menu(outside, RETRACT, answer, channel=channel),
        await press(outside, there, f"quoth1:retract:{key}:0", forge=True),
        await press(outside, there, f"quoth1:verify:{key}:1", forge=True),
        await press(outside, there, draft, forge=True),
        await send_form(outside, channel, f"quoth1:retract:{key}:0", given),
    ]
    assert all(NOT_MODERATOR in each for each in said(strange)), said(strange)
    assert all(NO_ANSWER in each or NO_REPORT in each for each in said(foreign)), said(foreign)
    assert answer.text == before
    assert not there.edited


async def test_taking_back_goes_on_after_a_restart(world: World) -> None:
    first = await post(world.asker, talk(world), FERRIES)
    second = await post(world.asker, talk(world), FERRIES)
    card = await retract(world, world.moderator, first)
    shown = await preview(world.moderator, second)
    form = (await world.role_moderator.menu(first.channel, RETRACT, second)).modal
    await world.bot.restart()

    await press(world.moderator, shown, "Take it back")
    await press(world.role_moderator, card, "Undo")
    late = await (await form.submit(choice="rules")).settled()
    await sees(world, second, TAKEN_BACK)
    await sees(world, first, FERRIES_QUOTE)
    assert "has taken this answer back already, at" in read(late)


async def test_a_correction_that_discord_refuses_for_a_while_comes_later(world: World) -> None:
    answer = await post(world.asker, talk(world), FERRIES)
    fault = world.server.faults.rate_limit(f"PATCH *{answer.id}*", retry_after=0.2, times=2)
    await retract(world, world.moderator, answer)
    assert fault.met == 2


async def test_an_answer_too_old_to_edit_gets_a_reply_that_quotes_nothing(world: World) -> None:
    channel = talk(world)
    answer = await post(world.asker, channel, FERRIES)
    world.server.faults.refuse("PATCH", 30046, message=answer, times=None)
    shown = await preview(world.moderator, answer)
    await press(world.moderator, shown, "Take it back")
    await world.server.until(lambda: len(channel.messages) == 2)
    reply = channel.messages[-1]

    assert reply.reply_to is answer
    assert "Quote 1 was taken back by a moderator." in read(reply)
    assert FERRIES_QUOTE not in read(reply)
    assert reply.layout
    assert "1 message too old to edit, with a reply below it" in await outcome(world, answer)


async def test_changed_from_the_command_line_every_posted_answer_follows(
    world: World, tmp_path: Path
) -> None:
    facts = {
        "mill": "The mill of Varnholm burned down in a thunderstorm in 1902.",
        "tower": "The lantern tower of Varnholm has exactly 212 steps.",
        "bakery": "The bakery of Varnholm sells plum bread only on Fridays.",
    }
    asked = {
        "mill": "When did the mill of Varnholm burn down?",
        "tower": "How many steps has the lantern tower of Varnholm?",
        "bakery": "When does the bakery of Varnholm sell plum bread?",
    }
    channels = talk(world), talk(world)
    files = [Upload(f"{name}.md", document(name, fact)) for name, fact in facts.items()]
    given = dict(zip(("file", "file2", "file3"), files, strict=True))
    await use(world.administrator, channels[0], "corpus add", **given)
    ids = {name: await article_id(world, f"The {name}") for name in facts}
    posted = {
        name: [await post(world.asker, each, question) for each in channels]
        for name, question in asked.items()
    }
    assert all(facts[name] in read(each) for name, shown in posted.items() for each in shown)
    (tmp_path / "bakery.md").write_bytes(document("bakery", "The bakery is closed for good."))

    why = ("--reason", "asked for", "--collection", world.collection)
    printed = await asyncio.gather(
        world.quoth("corpus", "withdraw", ids["mill"], *why),
        world.quoth("corpus", "purge", ids["tower"], *why, "--yes"),
        world.quoth("corpus", "add", str(tmp_path / "bakery.md"), "--collection", world.collection),
    )
    assert [code for code, _ in printed] == [0, 0, 0], printed
    # Whichever comes first follows what the others have done as well, and counts it.
    assert any("The bot will correct" in each for _, each in printed)
    gone = {
        "mill": "Quote 1 is gone: its article was withdrawn.",
        "tower": "Quote 1 is gone: its article was removed for good.",
        "bakery": "Quote 1 is gone: its article was corrected, and may say something else now.",
    }
    for name, words in gone.items():
        for each in posted[name]:
            await sees(world, each, words)
            assert facts[name] not in read(each)
            assert f"Date: {datetime.now(UTC).date()}" in read(each)
            assert each.layout

    code, said = await world.quoth("corpus", "restore", ids["mill"], *why)
    assert code == 0, said
    for each in posted["mill"]:
        await sees(world, each, facts["mill"])
    assert facts["tower"] not in read(posted["tower"][0])


def document(name: str, fact: str) -> bytes:
    """Return a file that is one article, which a changed file replaces."""
    head = f"---\ntitle: The {name}\nurl: https://example.org/{name}\n---\n\n"
    return f"{head}{fact}\n\nThat is all about the {name}.\n".encode()
