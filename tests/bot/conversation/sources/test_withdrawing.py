"""Withdrawing and restoring from chat: asked first, checked again, and one commit."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.actions import Action, Target
from bot.catalogue.administering import REASONS, CorpusRefusal, WithdrawReason
from bot.catalogue.lines import Line, Sentence
from bot.catalogue.refusals import Refusal
from bot.conversation.actors import Actor
from bot.conversation.desk import Desk, Refused
from bot.conversation.responses import Open, Pressed, Response, Show, Sweep, Way
from bot.conversation.sources.withdrawing import HANDLERS, NOTE, REASON_LIST, restore, withdraw
from bot.ledger import answers, audit, following, members, servers
from bot.ledger.answers import RetractReason, Visibility
from bot.ledger.sweeps import due_channels
from bot.rendering.fitting import check_screen
from bot.rendering.screen import Audience
from corpus.records import Event, State
from tests.bot.conversation.desks import (
    ADMINISTRATOR,
    CHANNEL,
    MESSAGE,
    OTHER_SERVER,
    SERVER,
    administrator,
    change_articles,
    join_server,
    make_desk,
    member,
    moderator,
)
from tests.bot.conversation.screens import buttons, said
from tests.bot.ledger.posted import post_answer
from tests.strategies import share_of_examples

WITHDRAW = Target(Action.WITHDRAW_NOW, "ferry", 1)
RESTORE = Target(Action.RESTORE_NOW, "ferry")


def press(desk: Desk, target: Target, actor: Actor, **fields: str) -> Response:
    return HANDLERS[target.action].handle(desk, actor, Pressed(target, fields=fields))


def submit(desk: Desk, target: Target = WITHDRAW, note: str = "") -> Show:
    fields = {NOTE: note} if target.action is Action.WITHDRAW_NOW else {}
    shown = press(desk, target, administrator(), **fields)
    assert isinstance(shown, Show)
    return shown


def refusal(desk: Desk, target: Target, actor: Actor) -> Sentence:
    with pytest.raises(Refused) as refused:
        press(desk, target, actor, **{NOTE: ""})
    return refused.value.line.sentence


def history(desk: Desk, article_id: str = "ferry") -> list[Event]:
    with desk.store.reading() as connection:
        return list(desk.store.history(connection, f"server-{SERVER}", article_id))


def state(desk: Desk, article_id: str = "ferry") -> State:
    with desk.store.reading() as connection:
        found = desk.store.list(connection, f"server-{SERVER}")
    return next(one.state for one in found if one.article_id == article_id)


def test_the_preview_says_what_why_and_how_many_messages_change(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    for number in range(2):
        post_answer(desk, ["ferry"], message_id=MESSAGE + number)

    shown = withdraw(desk, administrator(), "ferry", WithdrawReason.WRONG)

    lines = said(shown.screen)
    assert "About the ferry" in lines
    assert "What it says is wrong." in lines
    assert "2 posted answers quote it and will be corrected." in lines
    assert [button.target for button in buttons(shown.screen)] == [
        Target(Action.WITHDRAW_NOW, "ferry", REASON_LIST.index(WithdrawReason.WRONG) + 1),
        Target(Action.CANCEL),
    ]
    assert shown.screen.audience is Audience.MODERATORS
    check_screen(shown.screen)
    assert state(desk) is State.ACTIVE


def test_only_messages_that_show_its_words_are_counted(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    post_answer(desk, ["ferry"], message_id=MESSAGE)
    post_answer(desk, ["harbour"], copies=["ferry"], message_id=MESSAGE + 1)
    post_answer(desk, ["harbour"], message_id=MESSAGE + 2)
    post_answer(desk, ["ferry"], message_id=None, visibility=Visibility.PRIVATE)
    post_answer(desk, ["ferry"], message_id=None)
    retracted = post_answer(desk, ["ferry"], message_id=MESSAGE + 3)
    deleted = post_answer(desk, ["ferry"], message_id=MESSAGE + 4)
    with desk.store.transaction() as connection:
        answers.retract(connection, retracted, at=desk.now(), reason=RetractReason.WRONG_PASSAGE)
        answers.mark_deleted(connection, deleted)

    lines = said(withdraw(desk, administrator(), "ferry", WithdrawReason.WRONG).screen)

    assert "2 posted answers quote it and will be corrected." in lines


def test_confirming_asks_for_a_note_and_then_withdraws(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    post_answer(desk, ["ferry"], message_id=MESSAGE)
    assert HANDLERS[Action.WITHDRAW_NOW].way is Way.FORM

    opened = press(desk, WITHDRAW, administrator())

    assert isinstance(opened, Open)
    assert opened.form.target == WITHDRAW
    assert [(field.name, field.required) for field in opened.form.fields] == [(NOTE, False)]
    assert state(desk) is State.ACTIVE

    shown = submit(desk)

    assert state(desk) is State.WITHDRAWN
    assert said(shown.screen) == [
        "Withdrawn: article ferry is no longer quoted.",
        "1 posted answer quotes it and will be corrected.",
        "/corpus status says what became of them.",
    ]
    assert shown.effects == (Sweep(),)
    assert desk.indexes.open(f"server-{SERVER}").n_articles == 1
    with desk.store.reading() as connection:
        assert due_channels(connection, at=desk.now()) == [CHANNEL]


def test_the_log_names_who_did_it_by_key_and_holds_no_note(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)

    submit(desk, note="my own words")

    with desk.store.reading() as connection:
        key = members.find_key(connection, SERVER, ADMINISTRATOR)
        rows = [
            row
            for row in audit.entries(connection, SERVER, limit=10)
            if row.action == "article_withdrawn"
        ]
    assert [(row.actor, row.subject) for row in rows] == [(key, "ferry")]
    assert "words" not in rows[0].detail


@pytest.mark.parametrize("reason", WithdrawReason)
def test_reason_and_note_are_kept_in_the_articles_history(
    tmp_path: Path, reason: WithdrawReason
) -> None:
    desk = make_desk(tmp_path)
    (confirm, _) = buttons(withdraw(desk, administrator(), "ferry", reason).screen)

    submit(desk, confirm.target, note="See the letter.")

    assert history(desk)[-1].reason == f"{Line(REASONS[reason]).text} See the letter."


@share_of_examples(0.3)  # each builds an index
@given(note=st.text(max_size=800))
def test_any_note_becomes_one_line_of_the_history(
    tmp_path_factory: pytest.TempPathFactory, note: str
) -> None:
    desk = make_desk(tmp_path_factory.mktemp("desk"), articles={"ferry": "It sank."})

    submit(desk, note=note)

    assert state(desk) is State.WITHDRAWN
    kept = history(desk)[-1].reason
    assert all(unicodedata.category(character) not in {"Cc", "Cs"} for character in kept)
    assert kept.startswith(Line(REASONS[REASON_LIST[0]]).text)


def test_a_withdrawn_article_is_restored_the_same_way(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    post_answer(desk, ["ferry"], message_id=MESSAGE)
    submit(desk)

    preview = restore(desk, administrator(), "ferry")

    assert "1 posted answer quoted it and will be corrected." in said(preview.screen)
    assert [button.target for button in buttons(preview.screen)] == [
        RESTORE,
        Target(Action.CANCEL),
    ]
    check_screen(preview.screen)

    shown = submit(desk, RESTORE)

    assert state(desk) is State.ACTIVE
    assert said(shown.screen)[0] == "Restored: article ferry may be quoted again."
    assert shown.effects == (Sweep(),)
    assert desk.indexes.open(f"server-{SERVER}").n_articles == 2


@pytest.mark.parametrize("actor", [member(), moderator(), administrator(server_id=OTHER_SERVER)])
def test_only_administrators_of_this_server_reach_its_articles(
    tmp_path: Path, actor: Actor
) -> None:
    desk = make_desk(tmp_path)
    join_server(desk, OTHER_SERVER, articles={"other": "Another text."})
    expected = {Refusal.NOT_ADMINISTRATOR, Refusal.NO_ARTICLE}

    for call in (
        lambda: withdraw(desk, actor, "ferry", WithdrawReason.WRONG),
        lambda: restore(desk, actor, "ferry"),
    ):
        with pytest.raises(Refused) as refused:
            call()
        assert refused.value.line.sentence in expected
    assert refusal(desk, WITHDRAW, actor) in expected
    assert refusal(desk, RESTORE, actor) in expected
    assert state(desk) is State.ACTIVE


def test_the_form_opens_for_administrators_only(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)

    with pytest.raises(Refused):
        press(desk, WITHDRAW, moderator())


def test_a_shared_collection_is_read_only(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    with desk.store.transaction() as connection:
        servers.bind(connection, SERVER, f"server-{SERVER}", bound=True)

    assert refusal(desk, WITHDRAW, administrator()) is Refusal.READ_ONLY
    assert refusal(desk, RESTORE, administrator()) is Refusal.READ_ONLY
    with pytest.raises(Refused):
        withdraw(desk, administrator(), "ferry", WithdrawReason.WRONG)


def test_what_has_changed_since_the_preview_is_refused(tmp_path: Path) -> None:
    """Two administrators at once: one wins, the other is told."""
    desk = make_desk(tmp_path)
    submit(desk)

    assert refusal(desk, WITHDRAW, administrator()) is Refusal.CHANGED
    submit(desk, RESTORE)
    assert refusal(desk, RESTORE, administrator()) is Refusal.CHANGED
    change_articles(desk, "purge", ["ferry"])
    assert refusal(desk, RESTORE, administrator()) is Refusal.CHANGED


def test_the_preview_says_why_there_is_nothing_to_do(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)

    def said_of(preview: Callable[[], Show]) -> Sentence:
        with pytest.raises(Refused) as refused:
            preview()
        return refused.value.line.sentence

    def withdrawing() -> Show:
        return withdraw(desk, administrator(), "ferry", WithdrawReason.WRONG)

    def restoring() -> Show:
        return restore(desk, administrator(), "ferry")

    assert said_of(restoring) is CorpusRefusal.NOT_WITHDRAWN
    change_articles(desk, "withdraw", ["ferry"])
    assert said_of(withdrawing) is CorpusRefusal.WITHDRAWN_ALREADY
    change_articles(desk, "purge", ["ferry"])
    assert said_of(withdrawing) is said_of(restoring) is CorpusRefusal.PURGED


@pytest.mark.parametrize("page", [0, len(REASON_LIST) + 1, 9_999])
def test_a_reason_that_is_none_is_refused(tmp_path: Path, page: int) -> None:
    desk = make_desk(tmp_path)

    target = Target(Action.WITHDRAW_NOW, "ferry", page)
    assert refusal(desk, target, administrator()) is CorpusRefusal.UNKNOWN_REASON


@pytest.mark.parametrize("key", ["", "nothing"])
def test_an_article_that_is_none_is_refused(tmp_path: Path, key: str) -> None:
    desk = make_desk(tmp_path)

    for target in (Target(Action.WITHDRAW_NOW, key, 1), Target(Action.RESTORE_NOW, key)):
        assert refusal(desk, target, administrator()) is Refusal.NO_ARTICLE


def test_what_fails_is_not_half_done(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = make_desk(tmp_path)

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(following, "follow_events", fail)
    with pytest.raises(RuntimeError):
        submit(desk)

    assert state(desk) is State.ACTIVE
