"""What a posted message is to show, and when a correction needs no message at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.actions import Action
from bot.conversation.desk import Desk
from bot.conversation.upkeep import correcting
from bot.conversation.upkeep.correcting import (
    IN_FLIGHT,
    Outdated,
    Unplaced,
    digest_screen,
    find_due,
    find_next,
    posted_screen,
    prepare,
)
from bot.ledger import answers, members
from bot.ledger.answers import AnswerRecord, RetractReason, Visibility
from bot.ledger.following import MAX_EVENTS, is_behind
from bot.ledger.posting import claim_posting
from bot.ledger.sweeps import Correction
from bot.rendering.screen import Button, Buttons, Screen
from tests.bot.channels import read_screen
from tests.bot.conversation.desks import (
    ASKER,
    CHANNEL,
    SERVER,
    Clock,
    add_articles,
    change_articles,
    make_desk,
)
from tests.bot.ledger.posted import assign, post_answer

COLLECTION = f"server-{SERVER}"
MESSAGE = 950_000_000_000_000_001


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(tmp_path: Path, clock: Clock) -> Desk:
    return make_desk(tmp_path, clock=clock)


def shown(desk: Desk, key: str) -> Screen:
    with desk.store.reading() as connection:
        return posted_screen(desk, connection, recorded(desk, key))


def recorded(desk: Desk, key: str) -> AnswerRecord:
    with desk.store.reading() as connection:
        record = answers.get(connection, SERVER, key)
    assert record is not None
    return record


def due(desk: Desk) -> Correction:
    assert find_due(desk) == [CHANNEL]
    correction = find_next(desk, CHANNEL)
    assert correction is not None
    return correction


def prepared(desk: Desk) -> Outdated:
    step = prepare(desk, due(desk))
    assert isinstance(step, Outdated)
    return step


def test_an_answer_that_may_have_been_posted_is_looked_for_where_it_was_to_be(
    desk: Desk, clock: Clock
) -> None:
    key = post_answer(desk, ["ferry"], message_id=None)
    clock.pass_time(days=3)

    correcting.look_for(desk, SERVER, key)

    step = prepare(desk, due(desk))
    assert isinstance(step, Unplaced)
    assert (step.correction.answer_key, step.channel_id) == (key, CHANNEL)
    correcting.note_found(desk, step, MESSAGE)
    assert recorded(desk, key).message_id == MESSAGE


def test_what_was_being_posted_when_a_run_ended_is_looked_for(desk: Desk) -> None:
    """Until its message is known, nobody can take such an answer back by it."""
    post_answer(desk, ["harbour"], message_id=MESSAGE)
    post_answer(desk, ["harbour"], message_id=None, visibility=Visibility.PRIVATE)
    key = post_answer(desk, ["ferry"], message_id=None)

    assert correcting.look_for_interrupted(desk) == 1
    assert correcting.look_for_interrupted(desk) == 0  # the sweep looks for it already

    step = prepare(desk, due(desk))
    assert isinstance(step, Unplaced)
    assert step.correction.answer_key == key


def test_a_screen_has_the_same_digest_until_it_changes(desk: Desk) -> None:
    key = post_answer(desk, ["ferry", "harbour"], message_id=MESSAGE)
    before = digest_screen(shown(desk, key))
    assert digest_screen(shown(desk, key)) == before

    change_articles(desk, "withdraw", ["ferry"])
    without = digest_screen(shown(desk, key))
    change_articles(desk, "restore", ["ferry"])

    assert without != before
    assert digest_screen(shown(desk, key)) == before


def test_what_a_message_shows_is_unknown_until_the_edit_is_noted(desk: Desk) -> None:
    key = post_answer(desk, ["ferry"], message_id=MESSAGE)
    change_articles(desk, "withdraw", ["ferry"])

    outdated = prepared(desk)
    assert recorded(desk, key).shown == correcting.UNKNOWN_DIGEST
    correcting.note_shown(desk, outdated)

    assert recorded(desk, key).shown == digest_screen(outdated.screen)
    assert digest_screen(outdated.screen) == digest_screen(shown(desk, key))


def test_a_change_after_the_screen_was_made_waits_for_the_next_edit(desk: Desk) -> None:
    """Noting the first edit must not end the correction of what it did not show."""
    key = post_answer(desk, ["ferry", "harbour"], message_id=MESSAGE)
    change_articles(desk, "withdraw", ["ferry"])
    first = prepared(desk)
    change_articles(desk, "withdraw", ["harbour"])
    find_due(desk)

    correcting.note_shown(desk, first)

    assert "Port Authority" in read_screen(first.screen)
    second = prepared(desk)
    assert "Port Authority" not in read_screen(second.screen)
    assert digest_screen(second.screen) == digest_screen(shown(desk, key))


def test_a_retracted_answer_shows_the_reason_and_the_day_and_no_quote(desk: Desk) -> None:
    key = post_answer(desk, ["ferry"], message_id=MESSAGE)
    with desk.store.transaction() as connection:
        answers.retract(connection, key, at=desk.now(), reason=RetractReason.RULES)

    text = read_screen(shown(desk, key))

    assert "taken back by a moderator on 2024-05-01" in text
    assert "Reason: the rules of this server." in text
    assert "Ferries" not in text


def test_a_named_askers_answer_names_them(desk: Desk) -> None:
    key = post_answer(desk, ["ferry"], message_id=MESSAGE)
    with desk.store.transaction() as connection:
        owner = members.key_of(connection, SERVER, ASKER, new_key=desk.new_key, at=desk.now())
        assign(connection, key, owner)
    assert str(ASKER) not in read_screen(shown(desk, key))

    with desk.store.transaction() as connection:
        answers.set_named(connection, key, True)

    assert str(ASKER) in read_screen(shown(desk, key))


def test_the_buttons_of_a_message_carry_its_key_so_that_a_lost_one_is_found(desk: Desk) -> None:
    key = post_answer(desk, ["ferry"], message_id=None)

    buttons = [
        button
        for block in shown(desk, key).blocks
        if isinstance(block, Buttons)
        for button in block.buttons
        if isinstance(button, Button)
    ]

    assert {button.target.key for button in buttons} == {key}
    assert Action.VERIFY in {button.target.action for button in buttons}


def test_a_private_answer_that_is_just_being_posted_is_looked_for(desk: Desk, clock: Clock) -> None:
    """However long ago it was asked: its words were checked just before the article was taken."""
    key = post_answer(desk, ["ferry"], message_id=None, visibility=Visibility.PRIVATE)
    clock.pass_time(hours=5)
    with desk.store.transaction() as connection:
        assert claim_posting(connection, key, channel_id=CHANNEL)
    change_articles(desk, "withdraw", ["ferry"])

    unplaced = prepare(desk, due(desk))
    assert isinstance(unplaced, Unplaced)
    correcting.note_found(desk, unplaced, None)
    clock.pass_time(seconds=IN_FLIGHT.total_seconds() / 2)
    assert prepare(desk, due(desk)) == unplaced
    correcting.note_found(desk, unplaced, MESSAGE)

    assert prepared(desk).message_id == MESSAGE


def test_however_much_has_happened_it_is_followed_before_anything_is_due(desk: Desk) -> None:
    post_answer(desk, ["ferry"], message_id=MESSAGE)
    add_articles(desk, COLLECTION, {f"a{n}": f"Number {n}." for n in range(MAX_EVENTS + 1)})
    change_articles(desk, "withdraw", ["ferry"])

    assert find_due(desk) == [CHANNEL]
    with desk.store.reading() as connection:
        assert not is_behind(connection)


def test_the_reply_below_an_old_message_says_what_is_gone_and_quotes_nothing(desk: Desk) -> None:
    post_answer(desk, ["ferry", "harbour"], message_id=MESSAGE)
    change_articles(desk, "withdraw", ["ferry"])

    reply = read_screen(prepared(desk).reply)

    assert "The answer above is out of date" in reply
    assert "Quote 1 is gone: its article was withdrawn." in reply
    assert "Date: 2024-05-01" in reply
    assert "Ferries" not in reply
    assert "Port Authority" not in reply
