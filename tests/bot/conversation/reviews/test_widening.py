"""A misleading cut: more is previewed, then shown, and what was posted is corrected."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.actions import Action
from bot.catalogue.refusals import Refusal
from bot.catalogue.reviewing import ReviewRefusal
from bot.conversation.desk import Desk, Refused
from bot.conversation.recalling import recall_key
from bot.conversation.responses import Show, Sweep
from bot.ledger import sweeps
from bot.ledger.schema import CORRECTIONS
from bot.rendering.fitting import check_screen
from bot.rendering.message import ExcerptText
from tests.bot.conversation.desks import change_articles, make_desk, member, moderator
from tests.bot.conversation.presses import post_answer
from tests.bot.conversation.reports import (
    acts,
    push,
    read_reviews,
    send_report,
    submit,
)
from tests.bot.conversation.screens import buttons, said

LONELY = "A lonely pier of Ostby was painted green by 17 students."
# Sentences of such a length that a quote of about 300 characters does not hold them all.
PIER = (
    "The council of the town sat until long past midnight in a hall without heating, and those who "
    "had come to listen were asked to leave their coats on and their umbrellas in the corridor. "
    "The new pier of Ostby cost 40 million crowns, said the mayor in the course of that night. "
    "She took this back an hour later, when the treasurer had shown her a second folder of bills, "
    "and asked everybody who had written the number down to strike it out again at once.\n"
)
QUESTION = "How much did the new pier of Ostby cost?"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return make_desk(tmp_path, articles={"pier": PIER, "lonely": LONELY})


def quotes_of(desk: Desk, answer: str) -> list[str]:
    return [quote.text for quote in recall_key(desk, member(), answer).quotes]


def test_the_preview_shows_the_sentences_around_and_changes_nothing(desk: Desk) -> None:
    answer = post_answer(desk, QUESTION)
    before = quotes_of(desk, answer)
    key = send_report(desk, answer, reason="misleading_cut")

    shown = push(desk, moderator(), Action.MISLEADING_CUT, key)

    assert isinstance(shown, Show)
    check_screen(shown.screen)
    words = [leaf.text for leaf in shown.screen.leaves() if isinstance(leaf, ExcerptText)]
    assert PIER.strip() in words
    assert quotes_of(desk, answer) == before
    assert acts(desk)[-1] == "reported"


def test_confirmed_it_is_shown_wider_decided_recorded_and_queued_for_correction(
    desk: Desk,
) -> None:
    answer = post_answer(desk, QUESTION)
    key = send_report(desk, answer)

    shown = submit(desk, moderator(), Action.WIDEN, key, page=1, note="She took it back!")

    assert quotes_of(desk, answer)[0] == PIER.strip()
    (review,) = read_reviews(desk, key)
    assert (review.decision, review.rank, review.note) == (
        "misleading_cut",
        1,
        "She took it back!",
    )
    assert acts(desk)[-2:] == ["decided", "quote_widened"]
    assert Sweep() in shown.effects
    with desk.store.reading() as connection:
        (correction,) = connection.execute(CORRECTIONS.select()).all()
        assert (correction.answer_key, correction.state) == (answer, "waiting")
        assert sweeps.due_channels(connection, at=desk.now())


def test_a_quote_that_has_no_room_says_so_and_offers_the_others(desk: Desk) -> None:
    answer = post_answer(desk, "Who painted the lonely pier of Ostby green?")
    key = send_report(desk, answer)
    ranks = {quote.text: quote.rank for quote in recall_key(desk, member(), answer).quotes}

    shown = push(desk, moderator(), Action.MISLEADING_CUT, key, page=ranks[LONELY])
    with pytest.raises(Refused) as refused:
        push(desk, moderator(), Action.WIDEN, key, page=ranks[LONELY], fields={"note": ""})

    assert isinstance(shown, Show)
    check_screen(shown.screen)
    assert any("cannot be shown wider" in words for words in said(shown.screen))
    others = {button.target.page for button in buttons(shown.screen)}
    assert others == set(ranks.values()) - {ranks[LONELY]}
    assert refused.value.line.sentence is ReviewRefusal.NOT_WIDER


def test_what_is_wider_already_is_not_widened_again(desk: Desk) -> None:
    answer = post_answer(desk, QUESTION)
    first, second = send_report(desk, answer), send_report(desk, answer, moderator())
    submit(desk, moderator(), Action.WIDEN, first, page=1)

    with pytest.raises(Refused) as refused:
        push(desk, moderator(), Action.WIDEN, second, page=1, fields={"note": ""})

    assert refused.value.line.sentence is ReviewRefusal.WIDENED_ALREADY


@pytest.mark.parametrize("page", [0, 9])
def test_a_rank_that_the_answer_does_not_have_is_refused(desk: Desk, page: int) -> None:
    key = send_report(desk, post_answer(desk, QUESTION))

    with pytest.raises(Refused) as refused:
        push(desk, moderator(), Action.WIDEN, key, page=page, fields={"note": ""})

    assert refused.value.line.sentence is ReviewRefusal.NOT_STANDING


def test_a_quote_that_is_gone_is_not_widened(desk: Desk) -> None:
    key = send_report(desk, post_answer(desk, QUESTION))
    change_articles(desk, "withdraw", ["pier", "lonely"])

    shown = push(desk, moderator(), Action.MISLEADING_CUT, key)
    with pytest.raises(Refused):
        push(desk, moderator(), Action.WIDEN, key, page=1, fields={"note": ""})

    assert isinstance(shown, Show)
    assert not any(isinstance(leaf, ExcerptText) for leaf in shown.screen.leaves())


def test_a_decided_report_has_no_preview(desk: Desk) -> None:
    key = send_report(desk, post_answer(desk, QUESTION))
    submit(desk, moderator(), Action.GOOD, key)

    with pytest.raises(Refused) as refused:
        push(desk, moderator(), Action.MISLEADING_CUT, key)

    assert refused.value.line.sentence is Refusal.DECIDED
