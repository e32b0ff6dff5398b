"""Which of the moderators' cards show something of a member's."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select, update

from bot.actions import Action
from bot.conversation.desk import Desk
from bot.ledger import cards
from bot.ledger.cards import Card
from bot.ledger.schema import CARDS, REPORTS
from bot.ledger.sweeps import MAX_ATTEMPTS
from tests.bot.conversation.desks import MESSAGE, Clock, make_desk, member, moderator, stranger
from tests.bot.conversation.reports import CARD, member_key, push, send_report, submit
from tests.bot.ledger.posted import post_answer


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return make_desk(tmp_path)


def about(desk: Desk, key: str) -> list[str]:
    """Return the reports whose cards are queued when a member is forgotten."""
    with desk.store.rehearsal() as connection:
        queued = cards.queue_about(connection, key, at=desk.now())
        keys = list(connection.scalars(select(CARDS.c.report_key)))
        assert len(keys) == queued
        return keys


def post_cards(desk: Desk) -> None:
    with desk.store.transaction() as connection:
        connection.execute(update(REPORTS).values(channel_id=1, message_id=CARD))


def test_a_card_is_about_its_sender_its_moderators_and_nobody_else(desk: Desk) -> None:
    answer = post_answer(desk, ["ferry"], message_id=MESSAGE)
    report = send_report(desk, answer, member())
    push(desk, moderator(), Action.CLAIM, report)
    post_cards(desk)

    assert about(desk, member_key(desk, member())) == [report]
    assert about(desk, member_key(desk, moderator())) == [report]
    assert about(desk, member_key(desk, stranger())) == []

    submit(desk, moderator(), Action.DISMISS, report)
    assert about(desk, member_key(desk, moderator())) == [report]


def queue_one(desk: Desk, clock: Clock) -> tuple[str, Card]:
    answer = post_answer(desk, ["ferry"], message_id=MESSAGE)
    report = send_report(desk, answer, member())
    post_cards(desk)
    key = member_key(desk, member())
    with desk.store.transaction() as connection:
        assert cards.queue_about(connection, key, at=clock()) == 1
        card = cards.next_due(connection, 1, at=clock())
    assert card is not None
    assert (card.report_key, card.message_id) == (report, CARD)
    return key, card


def test_a_card_queued_anew_while_it_is_edited_is_edited_once_more(tmp_path: Path) -> None:
    """What was on its way may still have shown what has been erased since."""
    clock = Clock()
    desk = make_desk(tmp_path, clock=clock)
    key, card = queue_one(desk, clock)  # in this very second
    with desk.store.transaction() as connection:
        cards.queue_about(connection, key, at=clock())
        cards.end(connection, card)

        again = cards.next_due(connection, 1, at=clock())
        assert again is not None
        cards.end(connection, again)
        assert cards.due_channels(connection, at=clock()) == []


def test_a_card_that_always_fails_is_given_up(tmp_path: Path) -> None:
    clock = Clock()
    desk = make_desk(tmp_path, clock=clock)
    queue_one(desk, clock)

    tried = 0
    with desk.store.transaction() as connection:
        for _ in range(2 * MAX_ATTEMPTS):
            card = cards.next_due(connection, 1, at=clock())
            if card is not None:
                tried += 1
                cards.postpone(connection, card, at=clock())
                assert cards.due_channels(connection, at=clock()) == []
            clock.pass_time(hours=1)

    assert tried == MAX_ATTEMPTS


def test_a_report_without_a_card_has_nothing_to_correct(desk: Desk) -> None:
    answer = post_answer(desk, ["ferry"], message_id=MESSAGE)
    send_report(desk, answer, member())

    assert about(desk, member_key(desk, member())) == []
