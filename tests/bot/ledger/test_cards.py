"""Which of the moderators' cards show something of a member's."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import update

from bot.actions import Action
from bot.conversation.desk import Desk
from bot.ledger.cards import cards_about
from bot.ledger.schema import REPORTS
from tests.bot.conversation.desks import MESSAGE, make_desk, member, moderator, stranger
from tests.bot.conversation.reports import CARD, member_key, push, send_report, submit
from tests.bot.ledger.posted import post_answer


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return make_desk(tmp_path)


def about(desk: Desk, key: str) -> list[str]:
    with desk.store.reading() as connection:
        return list(cards_about(connection, key))


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


def test_a_report_without_a_card_has_nothing_to_correct(desk: Desk) -> None:
    answer = post_answer(desk, ["ferry"], message_id=MESSAGE)
    send_report(desk, answer, member())

    assert about(desk, member_key(desk, member())) == []
