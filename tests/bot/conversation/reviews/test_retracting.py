"""Taking an answer back: reason, preview, confirmation; then it is gone until it is undone."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.actions import Action
from bot.catalogue.refusals import Refusal
from bot.catalogue.reviewing import ReviewRefusal
from bot.conversation.desk import Desk, Refused
from bot.conversation.recalling import recall_key
from bot.conversation.responses import PostCard, Show, Sweep
from bot.conversation.reviews import retracting
from bot.ledger.forgetting import forget
from bot.ledger.records import RetractReason
from bot.ledger.schema import CORRECTIONS, SWEEPS
from bot.rendering.fitting import check_screen
from bot.rendering.forms import find_faults
from bot.rendering.screen import TypedText
from tests.bot.conversation.desks import (
    CHANNEL,
    OTHER_MODERATOR,
    OTHER_SERVER,
    SERVER,
    join_server,
    make_desk,
    member,
    moderator,
    set_server,
)
from tests.bot.conversation.presses import (
    UNKNOWN,
    ask_privately,
    post_answer,
    read_record,
)
from tests.bot.conversation.reports import (
    MODERATORS_CHANNEL,
    acts,
    member_key,
    push,
    read_audit,
    read_report,
    submit,
    waiting,
)
from tests.bot.conversation.screens import buttons, said


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return make_desk(tmp_path)


def preview(desk: Desk, answer: str, *, note: str = "", reason: str = "rules") -> tuple[Show, str]:
    """Fill in the form, and return the preview with the retraction's key."""
    shown = submit(desk, moderator(), Action.RETRACT, answer, choice=reason, note=note)
    (key,) = [b.target.key for b in buttons(shown.screen) if b.target.action is Action.RETRACT_NOW]
    return shown, key


def confirm(desk: Desk, answer: str, *, note: str = "", reason: str = "rules") -> tuple[Show, str]:
    _, key = preview(desk, answer, note=note, reason=reason)
    shown = push(desk, moderator(), Action.RETRACT_NOW, key)
    assert isinstance(shown, Show)
    return shown, key


def test_the_menu_opens_the_form_of_the_messages_answer(desk: Desk) -> None:
    answer = post_answer(desk)
    message = read_record(desk, answer).message_id
    assert message is not None

    opened = retracting.retract_form(desk, moderator(), message)

    assert (opened.form.target.action, opened.form.target.key) == (Action.RETRACT, answer)
    assert list(find_faults(opened.form)) == []
    reasons = {choice.value for choice in opened.form.fields[0].choices}
    assert reasons == set(RetractReason)


def test_the_menu_refuses_members_other_messages_and_other_servers(desk: Desk) -> None:
    join_server(desk, OTHER_SERVER)
    message = read_record(desk, post_answer(desk)).message_id
    assert message is not None

    for actor, place, refusal in (
        (member(), message, Refusal.NOT_MODERATOR),
        (moderator(), message + 1000, Refusal.NO_ANSWER),
        (moderator(server_id=OTHER_SERVER), message, Refusal.NO_ANSWER),
    ):
        with pytest.raises(Refused) as refused:
            retracting.retract_form(desk, actor, place)
        assert refused.value.line.sentence is refusal


def test_the_preview_names_every_message_that_will_change_and_changes_nothing(
    desk: Desk,
) -> None:
    answer = post_answer(desk)

    shown, _ = preview(desk, answer, note="Told by phone.")

    message = read_record(desk, answer).message_id
    check_screen(shown.screen)
    assert "1 message will change:" in said(shown.screen)
    assert f"https://discord.com/channels/{SERVER}/{CHANNEL}/{message}" in said(shown.screen)
    assert recall_key(desk, member(), answer).quotes
    assert "answer_retracted" not in acts(desk)
    assert waiting(desk) == []


def test_a_private_answers_asker_is_told_at_the_next_button(desk: Desk) -> None:
    answer = ask_privately(desk)

    shown, key = preview(desk, answer)
    push(desk, moderator(), Action.RETRACT_NOW, key)

    assert any("No message will change" in words for words in said(shown.screen))
    assert recall_key(desk, member(), answer).quotes == ()


def test_confirmed_the_answer_is_gone_recorded_and_queued_for_correction(desk: Desk) -> None:
    answer = post_answer(desk)

    shown, key = confirm(desk, answer, note="Told by phone.", reason="outdated")

    record = read_record(desk, answer)
    assert (record.retracted_for, record.retracted_at) == (RetractReason.OUTDATED, desk.now())
    assert recall_key(desk, member(), answer).quotes == ()
    last = read_audit(desk)[-1]
    assert (last.action, last.subject) == ("answer_retracted", answer)
    assert last.detail == f"outdated {key}"
    assert last.actor == member_key(desk, moderator())
    assert Sweep() in shown.effects
    with desk.store.reading() as connection:
        (sweep,) = connection.execute(SWEEPS.select()).all()
        (correction,) = connection.execute(CORRECTIONS.select()).all()
    assert (sweep.cause, sweep.subject, correction.answer_key) == ("retracted", answer, answer)


def test_the_note_stays_with_the_moderators(desk: Desk) -> None:
    """It is kept between the form and the confirmation, and seen in the queue by others."""
    answer = post_answer(desk)

    _, key = confirm(desk, answer, note="Told by phone.")

    assert read_report(desk, key).note == "Told by phone."
    listed = push(desk, moderator(OTHER_MODERATOR), Action.QUEUE, "decided")
    seen = push(desk, moderator(OTHER_MODERATOR), Action.SEE, key)
    assert isinstance(listed, Show)
    assert isinstance(seen, Show)
    assert key in {button.target.key for button in buttons(listed.screen)}
    assert TypedText("Told by phone.") in list(seen.screen.leaves())
    assert all("phone" not in entry.detail for entry in read_audit(desk))


def test_the_moderators_channel_gets_a_card_by_which_another_can_undo_it(desk: Desk) -> None:
    set_server(desk, moderators_channel=MODERATORS_CHANNEL)

    shown, key = confirm(desk, post_answer(desk))

    (card,) = [effect for effect in shown.effects if isinstance(effect, PostCard)]
    assert (card.report_key, card.channel_id) == (key, MODERATORS_CHANNEL)
    assert said(card.screen)[-2:] == ["See", "Undo"]
    check_screen(card.screen)


def test_its_card_says_that_a_moderator_began_it(desk: Desk) -> None:
    """Nobody sent anything: the note is that of whoever took the answer back."""
    set_server(desk, moderators_channel=MODERATORS_CHANNEL)

    shown, _ = confirm(desk, post_answer(desk), note="Told by phone.")

    (card,) = [effect for effect in shown.effects if isinstance(effect, PostCard)]
    words = " ".join(said(card.screen))
    assert "Begun by" in words
    assert "Note of the moderator:" in words
    assert "sender" not in words
    assert "Sent" not in words


def test_confirming_twice_retracts_once(desk: Desk) -> None:
    _, key = confirm(desk, post_answer(desk))

    with pytest.raises(Refused) as refused:
        push(desk, moderator(), Action.RETRACT_NOW, key)

    assert refused.value.line.sentence is Refusal.DECIDED
    assert acts(desk).count("answer_retracted") == 1


def test_of_two_moderators_who_both_preview_the_second_is_told_who_and_when(desk: Desk) -> None:
    answer = post_answer(desk)
    _, mine = preview(desk, answer)
    shown = submit(desk, moderator(OTHER_MODERATOR), Action.RETRACT, answer, choice="rules")
    theirs = next(button.target.key for button in buttons(shown.screen))
    push(desk, moderator(OTHER_MODERATOR), Action.RETRACT_NOW, theirs)

    with pytest.raises(Refused) as refused:
        push(desk, moderator(), Action.RETRACT_NOW, mine)
    with desk.store.transaction() as connection:
        forget(connection, SERVER, OTHER_MODERATOR)
    with pytest.raises(Refused) as nameless:
        push(desk, moderator(), Action.RETRACT_NOW, mine)

    words = f"{OTHER_MODERATOR} has taken this answer back already, at 2024-05-01 12:00 UTC."
    assert refused.value.line.text == words
    assert nameless.value.line.sentence is ReviewRefusal.TAKEN_BACK_BY_UNKNOWN
    assert acts(desk).count("answer_retracted") == 1


def test_who_took_an_answer_back_is_named_even_if_that_was_undone_once(desk: Desk) -> None:
    answer = post_answer(desk)
    _, key = confirm(desk, answer)
    push(desk, moderator(OTHER_MODERATOR), Action.UNDO, key)
    shown = submit(desk, moderator(OTHER_MODERATOR), Action.RETRACT, answer, choice="rules")
    again = next(button.target.key for button in buttons(shown.screen))
    push(desk, moderator(OTHER_MODERATOR), Action.RETRACT_NOW, again)

    with pytest.raises(Refused) as refused:
        push(desk, moderator(), Action.RETRACT, answer)

    assert refused.value.line.text.startswith(f"{OTHER_MODERATOR} has taken this answer back")


def test_what_another_moderator_began_or_nobody_confirmed_is_not_there(desk: Desk) -> None:
    _, key = preview(desk, post_answer(desk))

    with pytest.raises(Refused) as other:
        push(desk, moderator(OTHER_MODERATOR), Action.RETRACT_NOW, key)
    for action in (Action.SEE, Action.CLAIM, Action.UNDO, Action.GOOD):
        with pytest.raises(Refused) as unseen:
            push(desk, moderator(), action, key)
        assert unseen.value.line.sentence is Refusal.NO_REPORT

    assert other.value.line.sentence is ReviewRefusal.OTHER_DRAFT
    listed = push(desk, moderator(), Action.QUEUE, "decided")
    assert isinstance(listed, Show)
    assert said(listed.screen)[0] == "No report has been decided lately."


def test_silence_and_what_is_retracted_cannot_be_retracted(desk: Desk) -> None:
    answer = post_answer(desk)
    confirm(desk, answer)

    for key, refusal in (
        (answer, ReviewRefusal.TAKEN_BACK),
        (ask_privately(desk, UNKNOWN), ReviewRefusal.NO_QUOTES),
        ("unknown", Refusal.NO_ANSWER),
    ):
        with pytest.raises(Refused) as refused:
            push(desk, moderator(), Action.RETRACT, key)
        assert refused.value.line.sentence is refusal


def test_a_retracted_answer_cannot_be_reported(desk: Desk) -> None:
    answer = post_answer(desk)
    confirm(desk, answer)

    with pytest.raises(Refused) as refused:
        push(desk, member(), Action.REPORT, answer)

    assert refused.value.line.sentence is Refusal.RETRACTED
