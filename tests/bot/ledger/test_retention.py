"""Retention: questions and who asked them go in time, and what may need correcting stays."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, Table, insert, select, text

from bot.conversation.desk import Desk
from bot.ledger import audit, cards, members, retention, servers
from bot.ledger.audit import AuditAction
from bot.ledger.moments import write_moment
from bot.ledger.retention import Expired, expire, has_run_out
from bot.ledger.schema import (
    ANSWERS,
    AUDIT,
    CARDS,
    CITATIONS,
    CORRECTIONS,
    MEMBERS,
    METADATA,
    REPORTS,
    REVIEWS,
    SERVERS,
    SWEEPS,
)
from bot.ledger.servers import ServerSettings
from tests.bot.conversation.desks import OTHER_SERVER, SERVER, START, join_server, make_desk
from tests.bot.ledger.rows import add_answer, add_citation, add_report, add_review, dump_ledger
from tests.strategies import share_of_examples

DAYS = 30
NOW = START + timedelta(days=100)
OLD = NOW - timedelta(days=DAYS, seconds=1)
YOUNG = NOW - timedelta(days=DAYS)
CARD = {"channel_id": 9, "message_id": 99}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """For laws and examples alike: each rehearses in it."""
    desk = make_desk(tmp_path_factory.mktemp("desk"))
    join_server(desk, OTHER_SERVER)
    return desk


def expire_all(connection: Connection, server_id: int = SERVER) -> list[Expired]:
    steps = []
    while expired := expire(connection, server_id, at=NOW):
        steps.append(expired)
    return steps


def keys(connection: Connection, table: Table) -> set[object]:
    return set(connection.scalars(select(table.primary_key.columns[0])))


def key_of(connection: Connection, user_id: int, at: datetime, server_id: int = SERVER) -> str:
    return members.key_of(connection, server_id, user_id, new_key=lambda: f"m{user_id}", at=at)


def test_the_question_and_who_asked_go_and_the_selectors_stay(desk: Desk) -> None:
    with desk.store.rehearsal() as connection:
        key = key_of(connection, 7, NOW)
        asked = {"question": "q", "searched": "s", "filters": "{}", "unmatched": "[]"}
        for name, at in [("old", OLD), ("young", YOUNG)]:
            add_answer(connection, name, asked_at=at, member_key=key, named=True, **asked)
            add_citation(connection, name)

        assert expire_all(connection) == [Expired(questions=1)]

        rows = {row.answer_key: row for row in connection.execute(select(ANSWERS))}
        assert [getattr(rows["old"], name) for name in asked] == [None] * 4
        assert (rows["old"].member_key, rows["old"].named) == (None, False)
        assert [getattr(rows["young"], name) for name in asked] == list(asked.values())
        assert (rows["young"].member_key, rows["young"].named) == (key, True)
        assert keys(connection, CITATIONS) == {"old", "young"}


@pytest.mark.parametrize(
    ("values", "goes"),
    [
        ({}, False),
        ({"visibility": "private"}, True),
        ({"reason": "no_match"}, True),
        ({"state": "deleted"}, True),
        ({"state": "failed"}, True),
        ({"state": "pending"}, False),  # it may have arrived, and need correcting
        ({"retracted_at": write_moment(START), "retracted_for": "rules"}, False),
    ],
)
def test_an_answer_goes_whole_where_no_message_may_need_correcting(
    desk: Desk, values: dict[str, object], goes: bool
) -> None:
    with desk.store.rehearsal() as connection:
        add_answer(connection, "old", asked_at=OLD, **values)
        add_answer(connection, "young", asked_at=YOUNG, **values)
        add_citation(connection, "old")
        add_correction(connection, 1, "old")

        expire_all(connection)

        assert keys(connection, ANSWERS) == ({"young"} if goes else {"old", "young"})
        assert keys(connection, CITATIONS) == (set() if goes else {"old"})


def test_messages_that_show_what_is_erased_are_to_be_edited(desk: Desk) -> None:
    """Nobody's question outlives its retention in a channel either."""
    with desk.store.rehearsal() as connection:
        key = key_of(connection, 7, NOW)
        posted = {"member_key": key, "question": "q", "message_id": 1}
        add_answer(connection, "asked", asked_at=OLD, **posted)
        add_answer(connection, "pending", asked_at=OLD, **{**posted, "state": "pending"})
        add_answer(connection, "follow-up", asked_at=YOUNG, follows="asked", **posted)
        add_answer(connection, "young", asked_at=YOUNG, **posted)
        add_answer(connection, "private", asked_at=OLD, visibility="private", question="q")
        add_answer(connection, "deleted", asked_at=OLD, state="deleted", question="q")
        add_answer(connection, "silence", asked_at=OLD, reason="no_match", question="q")

        expire_all(connection)

        assert set(connection.scalars(select(SWEEPS.c.cause))) == {"forgotten"}
        corrected = list(connection.scalars(select(CORRECTIONS.c.answer_key)))
        assert sorted(corrected) == ["asked", "follow-up", "pending"]


def test_with_no_message_to_edit_no_sweep_begins(desk: Desk) -> None:
    with desk.store.rehearsal() as connection:
        add_answer(connection, "private", asked_at=OLD, visibility="private", question="q")

        expire_all(connection)

        assert keys(connection, SWEEPS) == set()


@pytest.mark.parametrize("typed", [{"note": "typed"}, {}])
def test_a_card_that_shows_what_is_erased_is_to_be_edited(
    desk: Desk, typed: dict[str, str]
) -> None:
    with desk.store.rehearsal() as connection:
        add_answer(connection, "a", asked_at=OLD, question="q")
        add_report(connection, "r", "a", opened_at=OLD if typed else YOUNG, **CARD, **typed)
        add_answer(connection, "young", asked_at=YOUNG, question="q")
        add_report(connection, "other", "young", opened_at=YOUNG, **CARD, **typed)

        expire_all(connection)

        assert keys(connection, CARDS) == {"r"}
        assert keys(connection, REPORTS) == {"r", "other"}


def test_a_decided_report_goes_only_after_its_card_shows_nothing_of_anybody(desk: Desk) -> None:
    """With the row goes the only trace of where the card stands."""
    with desk.store.rehearsal() as connection:
        key = key_of(connection, 7, NOW)
        add_answer(connection, "a", asked_at=OLD, question="q")
        add_report(connection, "r", "a", opened_at=OLD, state="decided", claimed_by=key, **CARD)
        add_review(connection, "v", "r", decided_at=OLD, decided_by=key, undone_by=key, note="n")

        assert expire_all(connection) == [Expired(questions=1, cards=1)]
        (review,) = connection.execute(select(REVIEWS)).all()
        assert (review.note, review.decided_by, review.undone_by) == (None, None, None)
        assert connection.execute(select(REPORTS.c.claimed_by)).one() == (None,)

        card = cards.next_due(connection, CARD["channel_id"], at=NOW)
        assert card is not None
        cards.end(connection, card)
        assert expire_all(connection) == [Expired(reports=1)]
        assert keys(connection, REPORTS) == set()


def test_an_answer_stays_while_a_report_about_it_does(desk: Desk) -> None:
    """But what was typed goes: no report keeps a question longer."""
    with desk.store.rehearsal() as connection:
        key = key_of(connection, 7, NOW)
        add_answer(connection, "old", asked_at=OLD, visibility="private", question="q")
        add_report(connection, "r", "old", opened_at=OLD, note="typed", member_key=key)

        assert expire_all(connection) == [Expired(questions=1, notes=1)]

        assert connection.execute(select(ANSWERS.c.question)).one() == (None,)
        report = connection.execute(select(REPORTS)).one()
        assert (report.note, report.member_key, report.state) == (None, None, "open")


@pytest.mark.parametrize(
    ("state", "decided_at", "undone_at", "goes"),
    [
        ("open", None, None, False),
        ("claimed", None, None, False),
        ("decided", None, None, True),  # a retraction that nobody confirmed
        ("decided", OLD, None, True),
        ("decided", YOUNG, None, False),
        ("decided", OLD, YOUNG, False),
        ("decided", OLD, OLD, True),
    ],
)
def test_a_report_goes_once_it_has_been_decided_for_long(
    desk: Desk,
    state: str,
    decided_at: datetime | None,
    undone_at: datetime | None,
    goes: bool,
) -> None:
    with desk.store.rehearsal() as connection:
        add_answer(connection, "a", asked_at=OLD)
        add_report(connection, "r", "a", opened_at=OLD, state=state)
        if decided_at is not None:
            add_review(connection, "v", "r", decided_at=decided_at, undone_at=undone_at, note="n")

        expire_all(connection)

        assert keys(connection, REPORTS) == (set() if goes else {"r"})
        for note in connection.scalars(select(REVIEWS.c.note)):
            assert note == ("n" if decided_at == YOUNG else None)


def test_a_sweep_goes_once_all_its_messages_have_ended(desk: Desk) -> None:
    with desk.store.rehearsal() as connection:
        for name in ("a", "b"):
            add_answer(connection, name, asked_at=OLD)
        for number, (begun_at, state) in enumerate(
            [(OLD, "edited"), (OLD, "waiting"), (YOUNG, "edited")], start=1
        ):
            add_correction(connection, number, "a", begun_at=begun_at, state="edited")
            add_correction(connection, number, "b", begun_at=begun_at, state=state)

        assert expire_all(connection) == [Expired(sweeps=1)]

        assert keys(connection, SWEEPS) == {2, 3}
        assert keys(connection, CORRECTIONS) == {2, 3}


def test_a_key_that_stands_in_nothing_goes_but_that_of_a_moderator(desk: Desk) -> None:
    with desk.store.rehearsal() as connection:
        idle, reporter, moderator, asker, claimer = (
            key_of(connection, user_id, OLD) for user_id in range(1, 6)
        )
        key_of(connection, 6, YOUNG)
        add_answer(connection, "a", asked_at=YOUNG, member_key=asker)
        add_report(connection, "r", "a", opened_at=YOUNG, state="claimed", claimed_by=claimer)
        for actor, action in [
            (reporter, AuditAction.REPORTED),
            (moderator, AuditAction.DECIDED),
        ]:
            audit.append(
                connection, server_id=SERVER, at=OLD, actor=actor, action=action, subject="r"
            )

        assert expire_all(connection) == [Expired(members=2)]

        assert idle not in keys(connection, MEMBERS)
        assert keys(connection, MEMBERS) == {moderator, asker, claimer, "m6"}


def test_each_server_has_a_retention_of_its_own(desk: Desk) -> None:
    with desk.store.rehearsal() as connection:
        servers.save_settings(connection, OTHER_SERVER, ServerSettings(retention_days=DAYS + 1))
        for server_id in (SERVER, OTHER_SERVER):
            add_answer(connection, f"of {server_id}", server_id=server_id, asked_at=OLD,
                       question="q")  # fmt: skip

        assert expire_all(connection) == [Expired(questions=1)]
        assert expire_all(connection, OTHER_SERVER) == []


@pytest.mark.parametrize(("left_at", "goes"), [(None, False), (YOUNG, False), (OLD, True)])
def test_a_server_left_for_long_goes_whole_but_for_the_audit_log(
    desk: Desk, left_at: datetime | None, goes: bool
) -> None:
    with desk.store.rehearsal() as connection:
        fill(connection, SERVER)
        fill(connection, OTHER_SERVER)
        if left_at is not None:
            servers.leave(connection, SERVER, at=left_at)
        server = servers.find(connection, SERVER)
        assert server is not None
        assert has_run_out(server, at=NOW) == goes
        others = dump_of(connection, OTHER_SERVER)

        steps = expire_all(connection)

        assert steps == ([Expired(answers=1, servers=1)] if goes else [])
        assert keys(connection, SERVERS) == {OTHER_SERVER} | (set() if goes else {SERVER})
        assert dump_of(connection, OTHER_SERVER) == others
        assert connection.scalar(select(AUDIT.c.actor).where(AUDIT.c.server_id == SERVER)) == "m1"
        if goes:
            assert not dump_of(connection, SERVER)


def test_what_is_too_much_for_one_step_goes_in_several(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "BATCH", 3)
    with desk.store.rehearsal() as connection:
        for number in range(7):
            add_answer(connection, f"a{number}", asked_at=OLD, visibility="private")

        assert [step.answers for step in expire_all(connection)] == [3, 3, 1]


def test_a_server_with_much_goes_in_several_steps(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "BATCH", 3)
    with desk.store.rehearsal() as connection:
        for number in range(6):
            add_answer(connection, f"a{number}", asked_at=YOUNG)
        servers.leave(connection, SERVER, at=OLD)

        assert expire_all(connection) == [
            Expired(answers=3),
            Expired(answers=3),
            Expired(servers=1),
        ]


def test_a_server_that_is_unknown_has_nothing_to_erase(desk: Desk) -> None:
    with desk.store.rehearsal() as connection:
        assert not expire(connection, 12345, at=NOW)


@share_of_examples(0.4)
@given(st.lists(st.tuples(st.integers(0, 60), st.sampled_from(["public", "private"]))))
def test_no_word_outlives_its_retention(desk: Desk, asked: list[tuple[int, str]]) -> None:
    with desk.store.rehearsal() as connection:
        old, young = [], []
        for number, (age, visibility) in enumerate(asked):
            at = NOW - timedelta(days=age, seconds=1)
            key = key_of(connection, number, at)
            word = f"word{number:04}"
            (young if age < DAYS else old).append(word)
            add_answer(connection, f"a{number}", asked_at=at, member_key=key, question=word,
                       searched=word, unmatched=word, visibility=visibility)  # fmt: skip
            add_report(connection, f"r{number}", f"a{number}", opened_at=at, note=word,
                       member_key=key)  # fmt: skip

        expire_all(connection)

        dump = dump_ledger(connection)
        assert [word for word in young if word not in dump] == []
        assert [word for word in old if word in dump] == []
        assert expire(connection, SERVER, at=NOW) == Expired()


def test_what_was_erased_is_said_in_closed_words() -> None:
    """It stands in the audit log."""
    assert str(Expired(questions=2, servers=1)) == "questions 2 servers 1"
    assert str(Expired()) == ""


def add_correction(
    connection: Connection,
    number: int,
    answer_key: str,
    *,
    begun_at: datetime = YOUNG,
    state: str = "waiting",
) -> None:
    sweep = {"sweep_id": number, "server_id": SERVER, "cause": "withdrawn", "subject": "a"}
    begun = write_moment(begun_at)
    if number not in keys(connection, SWEEPS):
        connection.execute(insert(SWEEPS).values(**sweep, begun_at=begun))
    correction = {"sweep_id": number, "answer_key": answer_key, "state": state, "attempts": 0}
    connection.execute(insert(CORRECTIONS).values(**correction, due_at=begun))


def fill(connection: Connection, server_id: int) -> None:
    """Put a young row into every table of a server."""
    user_id = {SERVER: 1, OTHER_SERVER: 2}[server_id]
    key = key_of(connection, user_id, NOW, server_id)
    name = f"{user_id}-{server_id}"
    add_answer(connection, name, server_id=server_id, asked_at=NOW, member_key=key, question="q",
               collection=f"server-{server_id}")  # fmt: skip
    add_citation(connection, name)
    add_report(connection, name, name, server_id=server_id, opened_at=NOW, member_key=key,
               state="decided")  # fmt: skip
    add_review(connection, name, name, decided_at=NOW, decided_by=key)
    card = {
        "report_key": name,
        "due_at": write_moment(NOW),
        "attempts": 0,
        "last": False,
        "times_queued": 1,
    }
    connection.execute(insert(CARDS).values(card))
    sweep = {"sweep_id": user_id, "server_id": server_id, "cause": "withdrawn", "subject": name}
    connection.execute(insert(SWEEPS).values(**sweep, begun_at=write_moment(NOW)))
    correction = {"sweep_id": user_id, "answer_key": name, "state": "edited", "attempts": 1}
    connection.execute(insert(CORRECTIONS).values(**correction, due_at=write_moment(NOW)))
    audit.append(
        connection, server_id=server_id, at=NOW, actor=key, action=AuditAction.DECIDED, subject=name
    )


def dump_of(connection: Connection, server_id: int) -> list[str]:
    """Return all rows but the audit's that name a server."""
    return [
        f"{name} {tuple(row)}"
        for name in METADATA.tables
        if name != AUDIT.name
        for row in connection.execute(text(f"SELECT * FROM {name}"))  # noqa: S608 - our own names
        if str(server_id) in str(tuple(row))
    ]
