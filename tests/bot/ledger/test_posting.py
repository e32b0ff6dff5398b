"""Posting a private answer is claimed by one press alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.conversation.desk import Desk
from bot.ledger import answers, posting
from bot.ledger.records import AnswerRecord, AnswerState, Visibility
from tests.bot.conversation.desks import CHANNEL, OTHER_CHANNEL, SERVER, make_desk
from tests.bot.ledger.posted import post_answer


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Return a desk with the articles of the harbour and the ferry."""
    return make_desk(tmp_path)


def claim(desk: Desk, key: str) -> bool:
    """Claim the posting of an answer."""
    with desk.store.transaction() as connection:
        return posting.claim_posting(connection, key, channel_id=OTHER_CHANNEL)


def read(desk: Desk, key: str) -> AnswerRecord:
    """Return an answer as it is kept."""
    with desk.store.reading() as connection:
        record = answers.get(connection, SERVER, key)
    assert record is not None
    return record


def test_a_private_answer_is_claimed_once(desk: Desk) -> None:
    key = post_answer(desk, ["harbour"], message_id=None, visibility=Visibility.PRIVATE)

    assert claim(desk, key)
    assert not claim(desk, key)

    record = read(desk, key)
    assert (record.visibility, record.state) == (Visibility.PUBLIC, AnswerState.PENDING)
    assert record.channel_id == OTHER_CHANNEL


def test_an_answer_that_never_arrived_is_claimed_again(desk: Desk) -> None:
    key = post_answer(desk, ["harbour"], message_id=None)
    with desk.store.transaction() as connection:
        answers.mark_failed(connection, key)

    assert claim(desk, key)


def test_a_posted_answer_stays_where_it_is(desk: Desk) -> None:
    key = post_answer(desk, ["harbour"], message_id=5)

    assert not claim(desk, key)
    assert (read(desk, key).message_id, read(desk, key).channel_id) == (5, CHANNEL)


def test_a_deleted_answer_is_never_posted(desk: Desk) -> None:
    key = post_answer(desk, ["harbour"], message_id=None, visibility=Visibility.PRIVATE)
    with desk.store.transaction() as connection:
        answers.mark_deleted(connection, key)

    assert not claim(desk, key)
