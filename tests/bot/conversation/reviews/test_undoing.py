"""Undoing: only another moderator can, and everything is as it was before."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.actions import Action
from bot.catalogue.reviewing import ReviewRefusal
from bot.conversation.desk import Desk, Refused
from bot.conversation.recalling import recall_key
from bot.conversation.responses import Show, Sweep
from bot.conversation.reviews.deciding import NO_QUOTE
from bot.conversation.reviews.report_screen import ON_CARD
from bot.ledger.forgetting import forget
from bot.ledger.labels import labels
from bot.ledger.reports import ReportState
from bot.ledger.schema import SWEEPS
from bot.rendering.fitting import check_screen
from tests.bot.conversation.desks import (
    MODERATOR,
    OTHER_MODERATOR,
    SERVER,
    administrator,
    make_desk,
    member,
    moderator,
)
from tests.bot.conversation.presses import post_answer
from tests.bot.conversation.reports import (
    CARD,
    acts,
    push,
    read_audit,
    read_report,
    read_reviews,
    send_report,
    submit,
    waiting,
)
from tests.bot.conversation.reviews.test_widening import PIER, QUESTION
from tests.bot.conversation.screens import buttons, said

OTHER, THIRD = moderator(OTHER_MODERATOR), OTHER_MODERATOR + 1000


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return make_desk(tmp_path, articles={"pier": PIER})


def retract(desk: Desk, answer: str) -> str:
    """Take an answer back, and return the retraction's key."""
    shown = submit(desk, moderator(), Action.RETRACT, answer, choice="rules")
    key = next(button.target.key for button in buttons(shown.screen))
    push(desk, moderator(), Action.RETRACT_NOW, key)
    return key


def undo(desk: Desk, key: str) -> Show:
    shown = push(desk, OTHER, Action.UNDO, key)
    assert isinstance(shown, Show)
    check_screen(shown.screen)
    return shown


def sweep_causes(desk: Desk) -> list[str]:
    with desk.store.reading() as connection:
        return [row.cause for row in connection.execute(SWEEPS.select()).all()]


def test_who_decided_cannot_undo_it(desk: Desk) -> None:
    key = send_report(desk, post_answer(desk, QUESTION))
    submit(desk, moderator(), Action.GOOD, key)

    with pytest.raises(Refused) as refused:
        push(desk, moderator(), Action.UNDO, key)

    assert refused.value.line.sentence is ReviewRefusal.SECOND_MODERATOR
    assert acts(desk)[-1] == "decided"


def test_an_undone_report_waits_again_and_says_who_undid_it(desk: Desk) -> None:
    key = send_report(desk, post_answer(desk, QUESTION))
    submit(desk, moderator(), Action.GOOD, key)

    shown = undo(desk, key)

    report = read_report(desk, key)
    assert (report.state, report.claimed_by) == (ReportState.OPEN, None)
    assert [report.report_key for report in waiting(desk)] == [key]
    assert f"Undone by {OTHER_MODERATOR} at 2024-05-01 12:00 UTC." in said(shown.screen)
    assert read_audit(desk)[-1].detail == f"good {key}"
    assert acts(desk)[-1] == "decision_undone"
    submit(desk, OTHER, Action.DISMISS, key)
    assert [review.decision for review in read_reviews(desk, key)] == ["good", "dismissed"]


def test_what_is_undone_is_not_undone_again_and_says_who_did_it(desk: Desk) -> None:
    key = send_report(desk, post_answer(desk, QUESTION))
    submit(desk, moderator(), Action.GOOD, key)
    undo(desk, key)

    with pytest.raises(Refused) as refused:
        push(desk, moderator(THIRD), Action.UNDO, key)
    with desk.store.transaction() as connection:
        forget(connection, SERVER, OTHER_MODERATOR)
    with pytest.raises(Refused) as nameless:
        push(desk, moderator(THIRD), Action.UNDO, key)

    words = f"{OTHER_MODERATOR} has undone this already, at 2024-05-01 12:00 UTC."
    assert refused.value.line.text == words
    assert nameless.value.line.sentence is ReviewRefusal.UNDONE_BY_UNKNOWN


def test_what_is_not_decided_cannot_be_undone(desk: Desk) -> None:
    key = send_report(desk, post_answer(desk, QUESTION))

    with pytest.raises(Refused) as refused:
        push(desk, OTHER, Action.UNDO, key)

    assert refused.value.line.sentence is ReviewRefusal.NOT_DECIDED


def test_an_undone_label_is_gone(desk: Desk) -> None:
    key = send_report(desk, post_answer(desk, QUESTION))
    submit(desk, moderator(), Action.WRONG_PASSAGE, key, choice=NO_QUOTE)

    undo(desk, key)

    with desk.store.reading() as connection:
        assert list(labels(connection, SERVER)) == []


def test_an_undone_widening_shows_what_was_quoted_first_and_corrects_the_message(
    desk: Desk,
) -> None:
    answer = post_answer(desk, QUESTION)
    before = recall_key(desk, member(), answer)
    key = send_report(desk, answer)
    submit(desk, moderator(), Action.WIDEN, key, page=1)
    assert recall_key(desk, member(), answer) != before

    shown = undo(desk, key)

    assert recall_key(desk, member(), answer) == before
    assert sweep_causes(desk) == ["widened", "undone"]
    assert Sweep() in shown.effects


def test_an_undone_retraction_shows_the_answer_again_and_is_over(desk: Desk) -> None:
    answer = post_answer(desk, QUESTION)
    before = recall_key(desk, member(), answer)
    key = retract(desk, answer)

    shown = undo(desk, key)

    assert recall_key(desk, member(), answer) == before
    assert sweep_causes(desk) == ["retracted", "undone"]
    assert Sweep() in shown.effects
    assert waiting(desk) == []
    assert acts(desk)[-2:] == ["answer_retracted", "retraction_undone"]
    assert Action.UNDO not in {button.target.action for button in buttons(shown.screen)}
    retract(desk, answer)


def test_on_its_card_the_card_changes(desk: Desk) -> None:
    key = retract(desk, post_answer(desk, QUESTION))

    shown = push(desk, OTHER, Action.UNDO, key, page=ON_CARD, message_id=CARD)

    assert isinstance(shown, Show)
    assert shown.effects == (Sweep(),)
    assert said(shown.screen)[-1] == "See"


def test_a_decision_of_a_forgotten_moderator_is_undone_by_who_manages_the_server(
    desk: Desk,
) -> None:
    """Whoever is forgotten may come back as somebody new, and is no second moderator."""
    key = send_report(desk, post_answer(desk, QUESTION))
    submit(desk, moderator(), Action.GOOD, key)
    with desk.store.transaction() as connection:
        forget(connection, SERVER, MODERATOR)

    with pytest.raises(Refused) as refused:
        push(desk, moderator(), Action.UNDO, key)
    assert refused.value.line.sentence is ReviewRefusal.DECIDER_UNKNOWN

    push(desk, administrator(), Action.UNDO, key)
    assert read_report(desk, key).state is ReportState.OPEN
