"""What is kept about somebody is told to them alone, and goes when they say so."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.actions import Action, Target
from bot.catalogue.lines import Line
from bot.catalogue.privacy import PrivacySentence
from bot.conversation.actors import Actor
from bot.conversation.desk import Desk, Refused
from bot.conversation.privacy import HANDLERS, privacy
from bot.conversation.responses import Pressed, Show, Sweep
from bot.ledger import answers, audit, members
from bot.ledger.audit import AuditAction
from bot.ledger.records import Visibility
from bot.ledger.sweeps import due_channels
from bot.rendering.fitting import check_screen
from retrieval.answering import Request, answer_question
from tests.bot.conversation.desks import (
    ASKER,
    CHANNEL,
    MESSAGE,
    OTHER_SERVER,
    SERVER,
    Clock,
    join_server,
    make_desk,
    member,
    set_server,
    stranger,
)
from tests.bot.conversation.reports import (
    CARD,
    edit_cards,
    place_card,
    send_report,
)
from tests.bot.conversation.screens import buttons, said


def ask(desk: Desk, actor: Actor, *, posted: bool = True) -> str:
    """Store an answer as asking does, and return its key."""
    answer = answer_question(
        desk.indexes.open(f"server-{actor.server_id}"), Request("Why did the ferry stop?")
    )
    with desk.store.transaction() as connection:
        key = desk.new_key()
        asker = members.key_of(
            connection, actor.server_id, actor.user_id, new_key=desk.new_key, at=desk.now()
        )
        visibility = Visibility.PUBLIC if posted else Visibility.PRIVATE
        answers.record(
            connection,
            answer,
            key=key,
            server_id=actor.server_id,
            channel_id=CHANNEL,
            visibility=visibility,
            member_key=asker,
            at=desk.now(),
        )
        answers.mark_sent(
            connection,
            key,
            channel_id=CHANNEL,
            message_id=MESSAGE if posted else None,
            visibility=visibility,
        )
    return key


def press(desk: Desk, action: Action, actor: Actor) -> Show:
    shown = HANDLERS[action].handle(desk, actor, Pressed(Target(action)))
    assert isinstance(shown, Show)
    return shown


def test_it_counts_what_is_kept_and_says_since_when(tmp_path: Path) -> None:
    clock = Clock()
    desk = make_desk(tmp_path, clock=clock)
    ask(desk, member())
    clock.pass_time(days=2)
    ask(desk, member(), posted=False)

    screen = privacy(desk, member()).screen

    assert "2 questions you asked, with who asked them" in said(screen)
    assert "The oldest of them is of 2024-05-01." in said(screen)
    check_screen(screen)


def test_it_says_how_long_this_server_keeps_questions(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, articles={})
    set_server(desk, retention_days=7)

    assert any("erased after 7 days" in line for line in said(privacy(desk, member()).screen))


def test_somebody_of_whom_nothing_is_kept_is_told_so_and_stays_unknown(tmp_path: Path) -> None:
    """Looking must not be what makes Quoth keep something."""
    desk = make_desk(tmp_path)
    ask(desk, member())

    screen = privacy(desk, stranger()).screen

    assert "Nothing is kept about you on this server." in said(screen)
    assert not buttons(screen)
    with desk.store.reading() as connection:
        assert members.find_key(connection, SERVER, stranger().user_id) is None


def test_each_server_tells_of_itself_only(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    join_server(desk, OTHER_SERVER)
    ask(desk, member())

    elsewhere = privacy(desk, member(server_id=OTHER_SERVER)).screen

    assert "Nothing is kept about you on this server." in said(elsewhere)


def test_deleting_is_asked_first_and_may_be_declined(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    key = ask(desk, member())
    assert [button.target.action for button in buttons(privacy(desk, member()).screen)] == [
        Action.PRIVACY_DELETE
    ]

    shown = press(desk, Action.PRIVACY_DELETE, member())

    assert [button.target.action for button in buttons(shown.screen)] == [
        Action.PRIVACY_DELETE_NOW,
        Action.CANCEL,
    ]
    with desk.store.reading() as connection:
        record = answers.get(connection, SERVER, key)
    assert record is not None
    assert record.question == "Why did the ferry stop?"


def test_deleting_takes_question_and_name_from_the_store_and_from_messages(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    posted, _ = ask(desk, member()), ask(desk, member(), posted=False)

    shown = press(desk, Action.PRIVACY_DELETE_NOW, member())

    assert said(shown.screen) == [
        "Your data on this server is deleted.",
        "1 answer posted in a channel will be shown without your question and name.",
    ]
    assert shown.effects == (Sweep(),)
    with desk.store.reading() as connection:
        record = answers.get(connection, SERVER, posted)
        assert record is not None
        assert (record.question, record.member_key) == (None, None)
        assert members.find_key(connection, SERVER, ASKER) is None
        assert due_channels(connection, at=desk.now()) == [CHANNEL]
    assert str(ASKER).encode() not in desk.directory.database.read_bytes()
    assert b"Why did the ferry stop?" not in desk.directory.database.read_bytes()


def test_the_log_says_that_somebody_was_forgotten_and_not_who(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    ask(desk, member())
    with desk.store.reading() as connection:
        key = members.find_key(connection, SERVER, ASKER)

    press(desk, Action.PRIVACY_DELETE_NOW, member())

    with desk.store.reading() as connection:
        entries = audit.entries(connection, SERVER, limit=10)
        assert audit.first_broken(connection) is None
    (entry,) = (one for one in entries if one.action == AuditAction.MEMBER_FORGOTTEN)
    assert key not in {entry.actor, entry.subject, entry.detail}
    assert str(ASKER) not in f"{entry.actor}{entry.subject}{entry.detail}"


def test_a_second_press_finds_nothing_and_changes_nothing(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    ask(desk, member())
    press(desk, Action.PRIVACY_DELETE_NOW, member())

    again = press(desk, Action.PRIVACY_DELETE_NOW, member())

    assert said(again.screen) == [Line(PrivacySentence.DELETED).text]
    assert again.effects == ()
    with desk.store.reading() as connection:
        entries = audit.entries(connection, SERVER, limit=10)
    assert [one.action for one in entries].count(AuditAction.MEMBER_FORGOTTEN) == 1


def test_nobody_elses_data_goes(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    join_server(desk, OTHER_SERVER)
    kept = [
        (SERVER, ask(desk, stranger())),
        (OTHER_SERVER, ask(desk, member(server_id=OTHER_SERVER))),
    ]
    ask(desk, member())

    press(desk, Action.PRIVACY_DELETE_NOW, member())

    with desk.store.reading() as connection:
        records = [answers.get(connection, server_id, key) for server_id, key in kept]
    assert all(record is not None and record.question for record in records)


def test_the_moderators_cards_lose_the_members_words_and_name_too(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    theirs, others = ask(desk, member()), ask(desk, stranger())
    cards = [
        send_report(desk, others, member(), note="My own words."),
        send_report(desk, theirs, stranger(), note="A stranger's words."),
    ]
    send_report(desk, others, stranger(), note="None of theirs.")
    for place, key in enumerate(cards):
        place_card(desk, key, CARD + place)

    shown = press(desk, Action.PRIVACY_DELETE_NOW, member())

    assert Sweep() in shown.effects
    edits = {message: " ".join(said(card)) for (_, message), card in edit_cards(desk).items()}
    assert set(edits) == {CARD, CARD + 1}
    assert "My own words." not in edits[CARD]
    assert "A stranger's words." in edits[CARD + 1]
    assert "Why did the ferry stop?" not in edits[CARD + 1]
    assert not any(str(ASKER) in text for text in edits.values())


def test_an_unknown_server_is_refused(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, articles={})
    elsewhere = member(server_id=OTHER_SERVER)

    with pytest.raises(Refused):
        privacy(desk, elsewhere)
    with pytest.raises(Refused):
        press(desk, Action.PRIVACY_DELETE_NOW, elsewhere)
