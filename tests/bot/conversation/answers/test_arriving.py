"""What became of an answer is noted: where it stands, with whom, or that it never arrived."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.actions import Action
from bot.conversation.answers import arriving, asking
from bot.conversation.answers.asking import AskRequest
from bot.conversation.desk import Desk
from bot.ledger.records import AnswerState, Visibility
from bot.rendering.screen import LinkButton
from tests.bot.conversation.desks import CHANNEL, SERVER, make_desk, member
from tests.bot.conversation.presses import CRANES, ask_privately, message_of, note_sent, read_record
from tests.bot.conversation.screens import actions


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return make_desk(tmp_path)


def test_the_receipt_tells_where_the_answer_stands(desk: Desk) -> None:
    asked = asking.ask(desk, member(), AskRequest(CRANES))

    screen = note_sent(desk, asked, member())

    record = read_record(desk, asked.answer_key)
    assert (record.state, record.message_id) == (AnswerState.SENT, message_of(asked.answer_key))
    assert actions(screen) == [Action.NAME, Action.DELETE]
    links = [leaf for block in screen.blocks for leaf in getattr(block, "buttons", ())]
    (link,) = [button.link for button in links if isinstance(button, LinkButton)]
    assert (link.server, link.channel, link.message) == (SERVER, CHANNEL, record.message_id)


def test_a_private_answer_has_no_message(desk: Desk) -> None:
    record = read_record(desk, ask_privately(desk))

    assert (record.state, record.visibility) == (AnswerState.SENT, Visibility.PRIVATE)
    assert record.message_id is None


def test_an_answer_that_could_not_be_sent_is_marked(desk: Desk) -> None:
    asked = asking.ask(desk, member(), AskRequest(CRANES))

    arriving.note_failed(desk, asked.answer_key)

    assert read_record(desk, asked.answer_key).state is AnswerState.FAILED
