"""From a report to a decision and back: what members send, and what moderators do with it."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest

from tests.discord_server.guilds import Channel
from tests.discord_server.messages import Message
from tests.discord_server.people import Member
from tests.discord_server.world import World
from tests.scenarios.moderating import (
    FERRIES,
    FERRIES_QUOTE,
    HANDBOOK,
    LIDO,
    LIDO_FILE,
    LIDO_QUOTE,
    LIDO_WIDER,
    NO_REPORT,
    NOT_MODERATOR,
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
from tests.scenarios.steps import COUNTED, FOOTBALL, ask, custom_id, key_of, press

DECIDING = ["Good", "Wrong passage", "Misleading cut", "Source problem", "Dismiss"]


def talk(world: World) -> Channel:
    """Return a channel in which nobody else talks."""
    return world.guild.add_channel("talk")


async def reported(world: World, question: str = FERRIES, **said: str) -> tuple[Message, Message]:
    """Ask, let a newcomer report the answer, and return the answer and the card."""
    reporter = world.newcomer("Reporter")
    answer = await post(world.asker, talk(world), question)
    await report(reporter, answer, **said)
    return answer, await find_card(world, reporter)


async def unanswered(world: World) -> tuple[Member, Message]:
    """Send a question that met with silence to the moderators; return who asked, and the card."""
    asker = world.newcomer("Fan")
    silence = (await ask(asker, talk(world), FOOTBALL)).message
    warned = await press(asker, silence, "Ask a moderator")
    assert "They will see the question as you typed it, and that you asked it." in read(warned)
    sent = await press(asker, warned.message, "Send it")
    assert read(sent) == "Your question went to the moderators of this server."
    return asker, await find_card(world, asker)


def people(world: World) -> dict[str, Member]:
    """Return everybody who moderates the first guild, by what makes them a moderator."""
    return {
        "permission": world.moderator,
        "role": world.role_moderator,
        "administrator": world.administrator,
    }


async def test_a_report_puts_a_card_into_the_moderators_channel(world: World) -> None:
    reporter, channel = world.newcomer(), talk(world)
    answer = await post(world.asker, channel, FERRIES)
    form = (await reporter.click(answer, "Report")).modal
    sent = await (await form.submit(choice="source_problem", note="Who says *so*?")).settled()
    card = await find_card(world, reporter)

    assert form.title == "Report this answer"
    assert [each.label for each in form.fields] == ["What is wrong?", "Note"]
    assert sent.private
    assert read(sent) == "Your report went to the moderators of this server."
    assert channel.messages == [answer]
    assert "**Report · Problem with the source**" in read(card)
    assert f"Question: {FERRIES}" in read(card)
    assert "Note of the sender: Who says *so*?" in read(card)
    assert "\\*so\\*" in card.text
    assert f"/{channel.id}/{answer.id}" in read(card)
    assert "Nobody has claimed it yet." in read(card)
    assert FERRIES_QUOTE not in read(card)
    assert card.buttons == ["Claim", "See", *DECIDING]
    assert card.layout


async def test_one_member_reports_an_answer_once(world: World) -> None:
    reporter = world.newcomer()
    answer = await post(world.asker, talk(world), FERRIES)
    form = (await reporter.click(answer, "Report")).modal
    await (await form.submit(choice="other")).settled()
    await find_card(world, reporter)
    again = await (await form.submit(choice="other")).settled()
    afresh = await (await reporter.click(answer, "Report")).settled()

    for refused in (again, afresh):
        assert "moderators have not decided it yet" in read(refused)
        assert refused.private


@pytest.mark.parametrize("who", ["permission", "role", "administrator"])
async def test_moderators_of_every_kind_see_claim_and_release(world: World, who: str) -> None:
    moderator = people(world)[who]
    _, card = await reported(world, note="Look closely.")
    seen = await press(moderator, card, "See")
    claimed = await press(moderator, card, "Claim")
    holder = f"Claimed by {mention(moderator)} since"

    assert seen.private
    assert f"> {FERRIES_QUOTE}" in read(seen)
    assert "Note of the sender: Look closely." in read(seen)
    assert claimed.message is card
    assert holder in read(card)
    assert card.buttons == ["Release", "See", *DECIDING]

    await press(moderator, card, "Release")
    assert "Nobody has claimed it yet." in read(card)


async def test_what_is_pressed_in_private_shows_on_the_card(world: World) -> None:
    _, card = await reported(world)
    seen = (await press(world.moderator, card, "See")).message
    await press(world.moderator, seen, "Claim")
    await sees(world, card, f"Claimed by {mention(world.moderator)} since")

    assert f"Claimed by {mention(world.moderator)} since" in read(seen)
    assert "Release" in seen.buttons


async def test_of_two_moderators_at_once_one_claims_and_the_other_is_told(world: World) -> None:
    pair = (world.moderator, world.role_moderator)
    _, card = await reported(world)
    results = await asyncio.gather(*(press(each, card, "Claim") for each in pair))
    won = next(each for each in pair if f"Claimed by {mention(each)}" in read(card))
    lost = next(each for each in results if each.interaction.member is not won)

    assert lost.own[-1].ephemeral
    assert read(lost.own[-1]).startswith(f"{mention(won)} has claimed this since <t:")


async def test_of_two_decisions_at_once_one_counts_and_the_other_is_told(world: World) -> None:
    pair = (world.moderator, world.role_moderator)
    _, card = await reported(world)
    forms = [(await each.click(card, "Good")).modal for each in pair]
    results = await asyncio.gather(*(each.submit() for each in forms))
    told = [read(await each.settled()) for each in results]
    (won,) = (who for who, said in zip(pair, told, strict=True) if "Decided: good" in said)
    (refused,) = (said for said in told if "Decided: good" not in said)
    await sees(world, card, f"Decided by {mention(won)} at")

    assert refused.startswith(f"{mention(won)} has decided this already, at <t:")


async def test_a_claim_keeps_others_from_deciding_until_it_is_released(world: World) -> None:
    _, card = await reported(world)
    await press(world.moderator, card, "Claim")
    holder = f"{mention(world.moderator)} has claimed this since"
    for button in DECIDING:
        refused = await (await world.role_moderator.click(card, button)).settled()
        assert holder in read(refused.own[-1])
        assert refused.own[-1].ephemeral
    kept = await press(world.role_moderator, card, "Release")
    await press(world.administrator, card, "Release")

    assert "Only who claimed this can release it" in read(kept.own[-1])
    assert "Nobody has claimed it yet." in read(card)


@pytest.mark.parametrize(
    ("button", "title", "given", "said"),
    [
        ("Good", "The answer is good", {}, "good"),
        (
            "Wrong passage",
            "Another passage answers",
            {"choice": "1"},
            "wrong passage · Quote 1",
        ),
        (
            "Wrong passage",
            "Another passage answers",
            {"choice": "none"},
            "wrong passage · Nothing in the corpus answers it",
        ),
        ("Source problem", "There is a problem with the source", {}, "problem with the source"),
        ("Dismiss", "Dismiss the report", {}, "dismissed"),
    ],
)
async def test_a_decision_is_undone_by_another_moderator_only(
    world: World, button: str, title: str, given: dict[str, str], said: str
) -> None:
    answer, card = await reported(world)
    before = answer.text
    form = (await world.moderator.click(card, button)).modal
    decided = await (await form.submit({**given, "note": "We talked about it."})).settled()
    await sees(world, card, f"Decided by {mention(world.moderator)} at")

    assert form.title == title
    assert decided.private
    assert f"Decided: {said}" in read(decided)
    assert "Another moderator can undo this." in read(decided)
    assert ("/corpus withdraw" in read(decided)) == (button == "Source problem")
    assert said in read(card)
    assert "Note of the moderator: We talked about it." in read(card)
    assert card.buttons == ["See", "Undo"]

    refused = await press(world.moderator, card, "Undo")
    assert read(refused.own[-1]) == (
        "You decided this yourself; only another moderator can undo it."
    )
    await press(world.role_moderator, card, "Undo")
    assert f"Undone by {mention(world.role_moderator)} at" in read(card)
    assert card.buttons == ["Claim", "See", *DECIDING]
    forged = f"quoth1:undo:{key_of(card)}:1"
    again = await press(world.administrator, card, forged, forge=True)
    assert "has undone this already, at" in read(again.own[-1])
    assert answer.text == before


async def test_a_misleading_cut_is_previewed_then_the_posted_answer_is_edited(
    world: World,
) -> None:
    await use(world.administrator, talk(world), "corpus add", file=LIDO_FILE)
    answer, card = await reported(world, LIDO, reason="misleading_cut")
    assert LIDO_WIDER not in read(answer)
    assert LIDO_QUOTE in read(answer)

    preview = await press(world.moderator, card, "Misleading cut")
    assert preview.private
    assert f"> {LIDO_WIDER}" in read(preview)
    assert "The posted answer is edited when you confirm." in read(preview)
    assert not answer.edited

    done = await fill(world.moderator, preview.message, "Show more of it", {"note": "Half of it."})
    await sees(world, answer, LIDO_WIDER)
    assert "Decided: misleading cut · Quote 1" in read(done)
    assert "A moderator had more of the same version shown here." in read(answer)
    assert answer.layout
    assert answer.buttons == ["Context", "Verify", "Why", "Report"]
    checked = await pick_menu(world.moderator, "Verify this answer", answer)
    assert "✓ [1] stands, word for word" in read(checked)

    await press(world.role_moderator, card, "Undo")
    await world.server.until(lambda: LIDO_WIDER not in read(answer))
    assert LIDO_QUOTE in read(answer)


async def test_a_quote_that_is_a_whole_paragraph_cannot_be_shown_wider(world: World) -> None:
    _, card = await reported(world, FERRIES)
    refused = await press(world.moderator, card, "Misleading cut")

    assert "Quote 1 cannot be shown wider" in read(refused)
    assert "Show more of it" not in refused.message.buttons


async def test_wrong_passages_become_labelled_questions_that_eval_reads(
    world: World, tmp_path: Path
) -> None:
    question = "Who counted the abandoned cranes of Varnholm?"
    _, card = await reported(world, question)
    fan, silence = await unanswered(world)
    await fill(world.moderator, card, "Wrong passage", {"choice": "1", "note": "secret"})
    await fill(world.moderator, silence, "Silence is right")
    code, printed = await world.quoth("labels", "--server", str(world.guild.id))
    lines = [json.loads(line) for line in printed.splitlines()]
    labels = {each["question"]: each for each in lines}

    assert code == 0
    assert "secret" not in printed
    assert str(fan.id) not in printed
    assert labels[FOOTBALL]["answerable"] is False
    (gold,) = labels[question]["gold"]
    assert gold["end"] - gold["start"] == len(COUNTED)

    path = tmp_path / "labels.jsonl"
    path.write_text(printed, encoding="utf-8")
    code, printed = await world.quoth("eval", str(path), "--collection", world.collection)
    assert code == 0, printed
    assert f"{len(lines)} questions" in printed


async def test_an_unanswered_question_waits_for_a_moderator(world: World) -> None:
    asker, card = await unanswered(world)
    assert "**Unanswered question**" in read(card)
    assert f"Sent by {mention(asker)}" in read(card)
    assert f"Question: {FOOTBALL}" in read(card)
    assert card.buttons == ["Claim", "See", "Silence is right", "Dismiss"]

    seen = await press(world.moderator, card, "See")
    assert "No answer:" in read(seen)
    forged = f"quoth1:wrong_passage:{key_of(card)}:0"
    refused = await press(world.moderator, card, forged, forge=True)
    assert "This has changed meanwhile" in read(refused.own[-1])
    await fill(world.moderator, card, "Silence is right")
    await sees(world, card, f"Decided by {mention(world.moderator)} at")


async def test_review_lists_what_waits_and_what_was_decided(world: World) -> None:
    _, card = await reported(world, note="In the queue.")
    key = key_of(card)
    listed = (await use(world.role_moderator, talk(world), "review")).message
    while not any(key in each for each in listed.custom_ids):
        await press(world.role_moderator, listed, "Next")
    seen = await press(
        world.role_moderator, listed, lambda each: each["custom_id"].startswith(f"quoth1:see:{key}")
    )
    assert "Note of the sender: In the queue." in read(seen)
    await fill(world.role_moderator, seen.message, "Dismiss")
    await sees(world, card, "dismissed")

    decided = (await use(world.moderator, talk(world), "review")).message
    assert not any(key in each for each in decided.custom_ids)
    await press(world.moderator, decided, "Decided")
    assert any(key in each for each in decided.custom_ids)


async def test_without_a_channel_reports_wait_in_review(world: World) -> None:
    settings = (await use(world.administrator, talk(world), "settings")).message
    pick = "Channel for reports; none means /review only"
    await (await world.administrator.choose(settings, pick, [])).settled()
    reporter, before = world.newcomer(), len(world.moderators_channel.messages)
    answer = await post(world.asker, talk(world), FERRIES)
    sent = await report(reporter, answer)
    listed = await use(world.moderator, talk(world), "review")
    while f"Sent by {mention(reporter)}" not in read(listed):
        await press(world.moderator, listed.message, "Next")
    await (await world.administrator.choose(settings, pick, [world.moderators_channel])).settled()

    assert read(sent) == "Your report went to the moderators of this server."
    assert len(world.moderators_channel.messages) == before


async def test_members_may_neither_see_nor_decide(world: World) -> None:
    _, card = await reported(world)
    key, before = key_of(card), card.text
    here = await post(world.stranger, talk(world), FERRIES)
    shown = here.text
    for target in (
        *(each for each in card.custom_ids),
        f"quoth1:release:{key}:1",
        f"quoth1:widen:{key}:1",
        f"quoth1:undo:{key}:1",
        "quoth1:queue::1",
        "quoth1:queue:decided:1",
    ):
        refused = await press(world.stranger, here, target, forge=True)
        assert NOT_MODERATOR in read(refused.own[-1]), target
        assert refused.own[-1].ephemeral
    for action in ("good", "dismiss", "wrong_passage", "source_problem", "widen"):
        target = f"quoth1:{action}:{key}:1"
        sent = await send_form(world.stranger, here.channel, target, {"choice": "1", "note": "x"})
        assert NOT_MODERATOR in read(sent), action
    assert NOT_MODERATOR in read(await use(world.stranger, here.channel, "review"))
    assert (card.text, here.text) == (before, shown)


async def test_moderators_of_another_server_find_no_such_report(world: World) -> None:
    _, card = await reported(world)
    key, before = key_of(card), card.text
    there = await post(world.outsider, world.elsewhere_channel, HANDBOOK)
    shown = there.text
    for target in (*card.custom_ids, f"quoth1:release:{key}:1", f"quoth1:undo:{key}:1"):
        refused = await press(world.outside_administrator, there, target, forge=True)
        assert NO_REPORT in read(refused.own[-1]), target
    sent = await send_form(
        world.outside_administrator, there.channel, f"quoth1:dismiss:{key}:0", {"note": "x"}
    )
    listed = await use(world.outside_administrator, there.channel, "review")

    assert NO_REPORT in read(sent)
    assert read(listed) == "### No report waits."
    assert (card.text, there.text) == (before, shown)


async def test_a_form_that_is_no_choice_decides_nothing(world: World) -> None:
    _, card = await reported(world)
    for choice in ("", "99", "none; drop table"):
        target = custom_id(card, "Wrong passage")
        sent = await send_form(
            world.moderator, card.channel, target, {"choice": choice, "note": ""}
        )
        assert "The form came back with something that cannot be chosen" in read(sent)
    assert "Nobody has claimed it yet." in read(card)


async def test_cards_and_lists_work_after_a_restart(world: World) -> None:
    _, card = await reported(world)
    listed = (await use(world.moderator, talk(world), "review")).message
    seen = (await press(world.moderator, card, "See")).message
    form = (await world.role_moderator.click(card, "Dismiss")).modal
    await world.bot.restart()

    await press(world.moderator, listed, "Decided")
    await press(world.moderator, seen, "Claim")
    await sees(world, card, f"Claimed by {mention(world.moderator)}")
    await press(world.moderator, card, "Release")
    await (await form.submit()).settled()
    await sees(world, card, f"Decided by {mention(world.role_moderator)} at")
    await press(world.moderator, card, "Undo")
    assert f"Undone by {mention(world.moderator)} at" in read(card)
