"""One who is forgotten is named nowhere, and nothing they typed is kept."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, select

from bot.conversation.desk import Desk
from bot.ledger import forgetting, members
from bot.ledger.forgetting import Kept
from bot.ledger.schema import ANSWERS, REPORTS, REVIEWS
from tests.bot.conversation.desks import (
    ASKER,
    MODERATOR,
    OTHER_SERVER,
    SERVER,
    START,
    STRANGER,
    join_server,
    make_desk,
)
from tests.bot.ledger.rows import add_answer, add_report, add_review, dump_ledger
from tests.strategies import share_of_examples

WORDS = st.text("bcdfghjklmnpqrstvwxz", min_size=12, max_size=40)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """For laws and examples alike: each rehearses in it."""
    desk = make_desk(tmp_path_factory.mktemp("desk"))
    join_server(desk, OTHER_SERVER)
    return desk


def key_of(desk: Desk, connection: Connection, user_id: int, server_id: int = SERVER) -> str:
    return members.key_of(connection, server_id, user_id, new_key=desk.new_key, at=desk.now())


def test_of_a_stranger_nothing_is_kept(desk: Desk) -> None:
    with desk.store.rehearsal() as connection:
        assert forgetting.kept(connection, SERVER, STRANGER) == Kept(0, 0, None, ())
        assert forgetting.forget(connection, SERVER, STRANGER) == Kept(0, 0, None, ())


def test_a_member_can_see_what_is_kept(desk: Desk) -> None:
    with desk.store.rehearsal() as connection:
        key = key_of(desk, connection, ASKER)
        add_answer(connection, "posted", member_key=key, asked_at=START + timedelta(days=2))
        add_answer(connection, "private", member_key=key, visibility="private")
        add_answer(connection, "other's", member_key=key_of(desk, connection, STRANGER))
        add_report(connection, "report", "other's", member_key=key, opened_at=START)

        kept = forgetting.kept(connection, SERVER, ASKER)

    assert kept == Kept(questions=2, reports=1, oldest=START, posted=("posted",))


def test_forgetting_a_member_blanks_what_they_typed_and_keeps_what_others_did(desk: Desk) -> None:
    with desk.store.rehearsal() as connection:
        key, other = key_of(desk, connection, MODERATOR), key_of(desk, connection, STRANGER)
        add_answer(connection, "theirs", member_key=key, question="whose?", named=True)
        add_answer(connection, "other's", member_key=other, question="mine?")
        add_report(connection, "theirs", "other's", member_key=key, note="typed by them")
        add_report(connection, "claimed", "theirs", member_key=other, note="typed by other",
                   state="claimed", claimed_by=key)  # fmt: skip
        add_review(connection, "review", "theirs", decided_by=key, undone_by=key, note="typed")

        was = forgetting.forget(connection, SERVER, MODERATOR)

        assert (was.questions, was.reports) == (1, 1)
        answers = {row.answer_key: row for row in connection.execute(select(ANSWERS))}
        reports = {row.report_key: row for row in connection.execute(select(REPORTS))}
        review = connection.execute(select(REVIEWS)).one()
        theirs = answers["theirs"]
        assert (theirs.question, theirs.searched, theirs.filters, theirs.unmatched) == (None,) * 4
        assert (theirs.member_key, theirs.named) == (None, False)
        assert (answers["other's"].question, answers["other's"].member_key) == ("mine?", other)
        assert (reports["theirs"].note, reports["theirs"].member_key) == (None, None)
        assert (reports["claimed"].note, reports["claimed"].member_key) == ("typed by other", other)
        assert (reports["claimed"].state, reports["claimed"].claimed_by) == ("open", None)
        assert (review.decided_by, review.undone_by, review.note) == (None, None, None)
        assert members.find_user(connection, key) is None


@share_of_examples(0.4)
@given(st.lists(WORDS, min_size=1, max_size=30, unique=True), st.data())
def test_no_row_of_the_ledger_names_a_forgotten_member_or_holds_their_words(
    desk: Desk, words: list[str], data: st.DataObject
) -> None:
    with desk.store.rehearsal() as connection:
        key = key_of(desk, connection, ASKER)
        stays = key_of(desk, connection, ASKER, OTHER_SERVER)
        for number, word in enumerate(words):
            column = data.draw(st.sampled_from(["question", "searched", "filters", "unmatched"]))
            add_answer(connection, f"a{number}", member_key=key, **{column: word})
            add_report(connection, f"r{number}", f"a{number}", member_key=key, note=word)

        forgetting.forget(connection, SERVER, ASKER)

        dump = dump_ledger(connection)
        assert [word for word in [key, *words] if word in dump] == []
        assert stays in dump


def test_a_follow_up_keeps_no_words_of_a_forgotten_members_question(desk: Desk) -> None:
    """It may have been searched for together with that question, and miss words of it."""
    with desk.store.rehearsal() as connection:
        key, other = key_of(desk, connection, ASKER), key_of(desk, connection, STRANGER)
        add_answer(connection, "first", member_key=key, question="Where is Quill?")
        add_answer(connection, "next", member_key=other, question="Why?", follows="first",
                   searched="Where is Quill? Why?", unmatched='["Quill"]')  # fmt: skip

        forgetting.forget(connection, SERVER, ASKER)

        assert "Why?" in dump_ledger(connection)
        assert "Quill" not in dump_ledger(connection)


def test_an_answer_that_was_not_marked_before_a_crash_may_show_a_question(desk: Desk) -> None:
    """Its message may stand in the channel, so it is corrected like the others."""
    with desk.store.rehearsal() as connection:
        key = key_of(desk, connection, ASKER)
        for state in ("pending", "sent", "failed", "deleted"):
            add_answer(connection, state, member_key=key, state=state)

        assert forgetting.forget(connection, SERVER, ASKER).posted == ("pending", "sent")
