"""What moderators decide, and what comes of each decision."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.actions import Action
from bot.catalogue.lines import Sentence
from bot.catalogue.refusals import Refusal
from bot.catalogue.reviewing import ReviewRefusal, ReviewSentence
from bot.conversation.answers import asking
from bot.conversation.answers.asking import AskRequest
from bot.conversation.desk import Desk, Refused
from bot.conversation.responses import Open, Show, Sweep
from bot.conversation.reviews.deciding import NO_QUOTE
from bot.ledger.forgetting import forget
from bot.ledger.reports import ReportState
from bot.ledger.reviews import Decision
from bot.rendering.fitting import check_screen
from bot.rendering.forms import find_faults
from bot.rendering.markdown import plain_text
from bot.rendering.screen import Row, TypedText
from tests.bot.conversation.desks import (
    ASKER,
    MODERATOR,
    OTHER_MODERATOR,
    SERVER,
    make_desk,
    member,
    moderator,
    set_server,
)
from tests.bot.conversation.presses import CRANES, UNKNOWN, ask_privately, note_sent, post_answer
from tests.bot.conversation.reports import (
    CARD,
    MODERATORS_CHANNEL,
    acts,
    edit_cards,
    post_card,
    push,
    read_audit,
    read_report,
    read_reviews,
    send_report,
    submit,
    waiting,
)
from tests.bot.conversation.screens import said

DECISIONS = {
    Action.GOOD: (Decision.GOOD, None),
    Action.WRONG_PASSAGE: (Decision.WRONG_PASSAGE, NO_QUOTE),
    Action.SOURCE_PROBLEM: (Decision.SOURCE_PROBLEM, None),
    Action.DISMISS: (Decision.DISMISSED, None),
}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return make_desk(tmp_path)


@pytest.mark.parametrize("action", DECISIONS)
def test_a_decision_closes_the_report_with_its_note_in_one_commit(
    desk: Desk, action: Action
) -> None:
    decision, choice = DECISIONS[action]
    key = send_report(desk, post_answer(desk))

    shown = submit(desk, moderator(), action, key, choice=choice, note="Checked by phone.")

    (review,) = read_reviews(desk, key)
    assert (review.decision, review.note) == (decision, "Checked by phone.")
    assert read_report(desk, key).state is ReportState.DECIDED
    last = read_audit(desk)[-1]
    assert (last.action, last.detail) == ("decided", f"{decision} {key}")
    check_screen(shown.screen)


@pytest.mark.parametrize("action", DECISIONS)
def test_discord_takes_the_form_of_each_decision(desk: Desk, action: Action) -> None:
    opened = push(desk, moderator(), action, send_report(desk, post_answer(desk)))

    assert isinstance(opened, Open)
    assert list(find_faults(opened.form)) == []


@pytest.mark.parametrize("action", DECISIONS)
def test_a_second_decision_is_refused_and_told_who_and_when(desk: Desk, action: Action) -> None:
    """The form was open already when another moderator decided."""
    key = send_report(desk, post_answer(desk))
    submit(desk, moderator(), Action.GOOD, key)

    with pytest.raises(Refused) as refused:
        push(
            desk,
            moderator(OTHER_MODERATOR),
            action,
            key,
            fields={"choice": NO_QUOTE, "note": "No, mine."},
        )

    assert refused.value.line.sentence is Refusal.DECIDED
    assert refused.value.line.text == (
        f"{MODERATOR} has decided this already, at 2024-05-01 12:00 UTC."
    )
    assert acts(desk).count("decided") == 1


def test_a_claim_keeps_others_from_deciding_but_not_who_claimed(desk: Desk) -> None:
    key = send_report(desk, post_answer(desk))
    push(desk, moderator(), Action.CLAIM, key)

    with pytest.raises(Refused) as refused:
        push(desk, moderator(OTHER_MODERATOR), Action.GOOD, key, fields={"note": ""})
    submit(desk, moderator(), Action.GOOD, key)

    assert refused.value.line.sentence is Refusal.CLAIMED


def test_a_decision_of_a_forgotten_moderator_stands_without_a_name(desk: Desk) -> None:
    key = send_report(desk, post_answer(desk))
    submit(desk, moderator(), Action.GOOD, key)
    with desk.store.transaction() as connection:
        forget(connection, SERVER, MODERATOR)

    with pytest.raises(Refused) as refused:
        push(desk, moderator(OTHER_MODERATOR), Action.GOOD, key)

    assert refused.value.line.sentence is ReviewRefusal.DECIDED_BY_UNKNOWN


def test_the_card_shows_the_decision(desk: Desk) -> None:
    set_server(desk, moderators_channel=MODERATORS_CHANNEL)
    key = post_card(desk, submit(desk, member(), Action.REPORT, post_answer(desk), choice="other"))

    shown = submit(desk, moderator(), Action.GOOD, key, note="Fine.")

    assert shown.effects == (Sweep(),)
    ((place, card),) = edit_cards(desk).items()
    assert place == (MODERATORS_CHANNEL, CARD)
    assert f"Decided by {MODERATOR} at 2024-05-01 12:00 UTC:" in said(card)
    assert TypedText("Fine.") in list(card.leaves())
    assert said(card)[-2:] == ["See", "Undo"]


def test_what_was_decided_follows_its_colon(desk: Desk) -> None:
    key = send_report(desk, post_answer(desk))

    shown = submit(desk, moderator(), Action.DISMISS, key)

    row = shown.screen.blocks[0]
    assert isinstance(row, Row)
    assert str(row.glue).join(plain_text(piece) for piece in row.pieces) == "Decided: dismissed"


@pytest.mark.parametrize(
    ("choice", "about"), [("1", "Quote 1"), (NO_QUOTE, "Nothing in the corpus answers it")]
)
def test_what_a_decision_is_about_follows_a_dot(desk: Desk, choice: str, about: str) -> None:
    key = send_report(desk, post_answer(desk))

    decided = submit(desk, moderator(), Action.WRONG_PASSAGE, key, choice=choice)
    seen = push(desk, moderator(), Action.SEE, key)

    assert isinstance(seen, Show)
    for screen in (decided.screen, seen.screen):
        rows = [row for row in screen.blocks if isinstance(row, Row)]
        lines = [str(row.glue).join(plain_text(piece) for piece in row.pieces) for row in rows]
        assert any(line.endswith(f": wrong passage \u00b7 {about}") for line in lines)


@pytest.mark.parametrize("is_kept", [True, False])
def test_the_form_says_whether_the_question_will_be_a_labelled_one(
    desk: Desk, is_kept: bool
) -> None:
    key = send_report(desk, post_answer(desk))
    if not is_kept:
        with desk.store.transaction() as connection:
            forget(connection, SERVER, ASKER)

    assert about_of_choice(desk, key) is (
        ReviewSentence.RIGHT_QUOTE_ABOUT if is_kept else ReviewSentence.RIGHT_QUOTE_NO_LABEL
    )


def test_a_question_to_a_part_of_the_articles_is_not_said_to_be_a_labelled_one(
    desk: Desk,
) -> None:
    asked = asking.ask(desk, member(), AskRequest(CRANES, source="harbour"))
    note_sent(desk, asked, member())

    said_below = about_of_choice(desk, send_report(desk, asked.answer_key))

    assert said_below is ReviewSentence.RIGHT_QUOTE_NO_LABEL


def about_of_choice(desk: Desk, key: str) -> Sentence:
    """Return what stands below the choice of the right quote."""
    opened = push(desk, moderator(), Action.WRONG_PASSAGE, key)
    assert isinstance(opened, Open)
    assert list(find_faults(opened.form)) == []
    about = opened.form.fields[0].about
    assert about is not None
    return about.sentence


def test_the_right_quote_is_chosen_among_those_found(desk: Desk) -> None:
    key = send_report(desk, post_answer(desk))

    opened = push(desk, moderator(), Action.WRONG_PASSAGE, key)
    submit(desk, moderator(), Action.WRONG_PASSAGE, key, choice="1")

    assert isinstance(opened, Open)
    assert [choice.value for choice in opened.form.fields[0].choices][-1] == NO_QUOTE
    (review,) = read_reviews(desk, key)
    assert review.rank == 1
    assert read_audit(desk)[-1].detail == f"wrong_passage {key} quote 1"


@pytest.mark.parametrize("choice", ["", "0", "99", "1 ", "x", "-1"])
def test_a_quote_that_was_not_found_cannot_be_right(desk: Desk, choice: str) -> None:
    key = send_report(desk, post_answer(desk))

    with pytest.raises(Refused) as refused:
        push(desk, moderator(), Action.WRONG_PASSAGE, key, fields={"choice": choice, "note": ""})

    assert refused.value.line.sentence is ReviewRefusal.NOT_A_CHOICE


def test_a_source_problem_says_how_an_administrator_withdraws_it(desk: Desk) -> None:
    key = send_report(desk, post_answer(desk))

    shown = submit(desk, moderator(), Action.SOURCE_PROBLEM, key)

    assert any("/corpus withdraw harbour" in words for words in said(shown.screen))


def test_silence_is_right_or_the_question_is_dismissed_and_nothing_else(desk: Desk) -> None:
    push(desk, member(), Action.ASK_MODERATOR_NOW, ask_privately(desk, UNKNOWN))
    (report,) = waiting(desk)

    for action in (Action.WRONG_PASSAGE, Action.SOURCE_PROBLEM, Action.MISLEADING_CUT):
        with pytest.raises(Refused) as refused:
            push(desk, moderator(), action, report.report_key)
        assert refused.value.line.sentence is Refusal.CHANGED
    shown = submit(desk, moderator(), Action.GOOD, report.report_key)

    check_screen(shown.screen)
    assert read_reviews(desk, report.report_key)[0].decision is Decision.GOOD
