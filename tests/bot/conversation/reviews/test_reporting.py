"""What members send to the moderators."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.actions import Action
from bot.catalogue.asking import AskingSentence
from bot.catalogue.refusals import Refusal
from bot.catalogue.reviewing import ReviewRefusal, ReviewSentence
from bot.conversation.answers import asking
from bot.conversation.answers.asking import AskRequest
from bot.conversation.desk import Desk, Refused
from bot.conversation.responses import Open, PostCard, Show
from bot.conversation.reviews.reporting import MAX_WAITING
from bot.ledger.forgetting import forget
from bot.rendering.fitting import check_screen
from bot.rendering.forms import find_faults
from bot.rendering.screen import Audience, TypedText
from tests.bot.conversation.desks import (
    OTHER_SERVER,
    SERVER,
    change_articles,
    join_server,
    make_desk,
    member,
    moderator,
    set_server,
    stranger,
)
from tests.bot.conversation.presses import CRANES, UNKNOWN, ask_privately, note_sent, post_answer
from tests.bot.conversation.reports import (
    MODERATORS_CHANNEL,
    acts,
    member_key,
    push,
    read_audit,
    read_report,
    send_report,
    submit,
    waiting,
)
from tests.bot.conversation.screens import said


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return make_desk(tmp_path)


def test_a_report_waits_with_its_reason_and_note(desk: Desk) -> None:
    answer = post_answer(desk)

    key = send_report(desk, answer, stranger(), reason="misleading_cut", note="Half a story.")

    report = read_report(desk, key)
    assert (report.answer_key, report.reason, report.note) == (
        answer,
        "misleading_cut",
        "Half a story.",
    )
    assert report.member_key == member_key(desk, stranger())


def test_a_report_and_its_audit_row_are_one_commit_without_the_note(desk: Desk) -> None:
    answer = post_answer(desk)

    key = send_report(desk, answer, note="Half a story.")

    last = read_audit(desk)[-1]
    assert (last.action, last.subject, last.actor) == (
        "reported",
        answer,
        member_key(desk, member()),
    )
    assert last.detail == f"wrong_passage {key}"


def test_the_form_says_who_will_see_what_and_discord_takes_it(desk: Desk) -> None:
    opened = push(desk, stranger(), Action.REPORT, post_answer(desk))

    assert isinstance(opened, Open)
    assert list(find_faults(opened.form)) == []
    assert ReviewSentence.REPORT_REASON_ABOUT in {
        field.about.sentence for field in opened.form.fields if field.about
    }


def test_everybody_is_told_that_only_part_of_the_articles_was_searched(desk: Desk) -> None:
    """In the silence, on the card and in the report in full."""
    set_server(desk, moderators_channel=MODERATORS_CHANNEL)
    asked = asking.ask(desk, member(), AskRequest(UNKNOWN, source="ferry"))
    note_sent(desk, asked, member())
    sent = push(desk, member(), Action.ASK_MODERATOR_NOW, asked.answer_key)
    assert isinstance(sent, Show)
    (card,) = [effect for effect in sent.effects if isinstance(effect, PostCard)]
    seen = push(desk, moderator(), Action.SEE, card.report_key)
    assert isinstance(seen, Show)

    for screen in (asked.screen, card.screen, seen.screen):
        assert said(screen).count(AskingSentence.PART_SEARCHED.template.words) == 1
    whole = asking.ask(desk, member(), AskRequest(UNKNOWN)).screen
    assert AskingSentence.PART_SEARCHED.template.words not in said(whole)


@pytest.mark.parametrize("fields", [{}, {"choice": "other", "note": ""}])
def test_an_answer_of_which_no_quote_stands_cannot_be_reported(
    desk: Desk, fields: dict[str, str]
) -> None:
    """Nor when the form was open already."""
    answer = post_answer(desk)
    change_articles(desk, "purge", ["harbour", "ferry"])

    with pytest.raises(Refused) as refused:
        push(desk, member(), Action.REPORT, answer, fields=fields)

    assert refused.value.line.sentence is ReviewRefusal.NO_QUOTES
    assert waiting(desk) == []


def test_the_member_is_told_and_sees_nothing_they_typed(desk: Desk) -> None:
    shown = submit(
        desk, member(), Action.REPORT, post_answer(desk), choice="other", note="So *bad*."
    )

    assert shown.screen.audience is Audience.EVERYONE
    assert said(shown.screen) == ["Your report went to the moderators of this server."]


def test_a_card_goes_to_the_moderators_channel_of_the_settings(desk: Desk) -> None:
    set_server(desk, moderators_channel=MODERATORS_CHANNEL)

    shown = submit(desk, member(), Action.REPORT, post_answer(desk), choice="other", note="Look!")

    (effect,) = shown.effects
    assert isinstance(effect, PostCard)
    assert effect.channel_id == MODERATORS_CHANNEL
    assert TypedText("Look!") in list(effect.screen.leaves())
    check_screen(effect.screen)


def test_without_a_moderators_channel_it_waits_in_the_queue_alone(desk: Desk) -> None:
    shown = submit(desk, member(), Action.REPORT, post_answer(desk), choice="other")

    assert shown.effects == ()
    assert len(waiting(desk)) == 1


def test_one_member_has_one_report_of_an_answer_and_another_member_theirs(desk: Desk) -> None:
    answer = post_answer(desk)
    send_report(desk, answer)

    with pytest.raises(Refused) as again:
        push(desk, member(), Action.REPORT, answer)
    with pytest.raises(Refused) as twice:
        push(desk, member(), Action.REPORT, answer, fields={"choice": "other", "note": ""})
    send_report(desk, answer, stranger())

    assert again.value.line.sentence is ReviewRefusal.REPORTED_ALREADY
    assert twice.value.line.sentence is ReviewRefusal.REPORTED_ALREADY
    assert len(waiting(desk)) == 2


def test_one_member_cannot_bury_the_reports_of_others(desk: Desk) -> None:
    for _ in range(MAX_WAITING):
        send_report(desk, post_answer(desk), stranger())

    with pytest.raises(Refused) as refused:
        push(desk, stranger(), Action.REPORT, post_answer(desk))

    assert refused.value.line.sentence is ReviewRefusal.TOO_MANY


@pytest.mark.parametrize("choice", ["", "retract", "wrong passage", "none"])
def test_a_forged_reason_is_refused(desk: Desk, choice: str) -> None:
    answer = post_answer(desk)

    with pytest.raises(Refused) as refused:
        push(desk, member(), Action.REPORT, answer, fields={"choice": choice, "note": "x"})

    assert refused.value.line.sentence is ReviewRefusal.NOT_A_CHOICE
    assert waiting(desk) == []


def test_a_note_that_is_no_text_or_too_long_is_kept_as_far_as_it_can_be(desk: Desk) -> None:
    answer = post_answer(desk)
    fields = {"choice": "other", "note": " \ud800" + "a" * 4000}

    push(desk, member(), Action.REPORT, answer, fields=fields)

    (report,) = waiting(desk)
    assert report.note == "?" + "a" * 499


def test_another_servers_answer_cannot_be_reported(desk: Desk) -> None:
    join_server(desk, OTHER_SERVER)
    answer = post_answer(desk)

    with pytest.raises(Refused) as refused:
        push(desk, member(server_id=OTHER_SERVER), Action.REPORT, answer)

    assert refused.value.line.sentence is Refusal.NO_ANSWER


def test_a_private_answer_is_reported_by_its_asker_alone(desk: Desk) -> None:
    answer = ask_privately(desk)

    with pytest.raises(Refused) as refused:
        push(desk, stranger(), Action.REPORT, answer)
    send_report(desk, answer)

    assert refused.value.line.sentence is Refusal.NO_ANSWER


def test_a_question_that_met_with_silence_goes_to_the_moderators(desk: Desk) -> None:
    set_server(desk, moderators_channel=MODERATORS_CHANNEL)
    answer = ask_privately(desk, UNKNOWN)

    shown = push(desk, member(), Action.ASK_MODERATOR_NOW, answer)

    assert isinstance(shown, Show)
    (card,) = [effect for effect in shown.effects if isinstance(effect, PostCard)]
    assert TypedText(UNKNOWN) in list(card.screen.leaves())
    assert acts(desk)[-1] == "question_sent"
    check_screen(card.screen)


def test_only_the_asker_sends_a_question_and_only_once(desk: Desk) -> None:
    answer = ask_privately(desk, UNKNOWN)
    with pytest.raises(Refused):
        push(desk, stranger(), Action.ASK_MODERATOR_NOW, answer)
    push(desk, member(), Action.ASK_MODERATOR_NOW, answer)

    with pytest.raises(Refused) as again:
        push(desk, member(), Action.ASK_MODERATOR_NOW, answer)

    assert again.value.line.sentence is ReviewRefusal.SENT_ALREADY


def test_an_answered_question_is_no_question_for_moderators_nor_silence_a_quote(
    desk: Desk,
) -> None:
    with pytest.raises(Refused) as answered:
        push(desk, member(), Action.ASK_MODERATOR_NOW, post_answer(desk, CRANES))
    with pytest.raises(Refused) as silent:
        push(desk, member(), Action.REPORT, ask_privately(desk, UNKNOWN))

    assert answered.value.line.sentence is ReviewRefusal.NOT_SILENCE
    assert silent.value.line.sentence is ReviewRefusal.NO_QUOTES


def test_a_forgotten_member_leaves_a_report_without_note_or_name(desk: Desk) -> None:
    key = send_report(desk, post_answer(desk), stranger(), note="I live there.")

    with desk.store.transaction() as connection:
        forget(connection, SERVER, stranger().user_id)

    report = read_report(desk, key)
    assert (report.note, report.member_key) == (None, None)
