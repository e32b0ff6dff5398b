"""What happens to an article reaches every answer that cites it, once, and the audit log."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from bot.conversation.desk import Desk
from bot.ledger import audit, members, servers
from bot.ledger.answers import Visibility, mark_deleted
from bot.ledger.audit import OPERATOR, QUOTH
from bot.ledger.following import (
    AUDITED,
    CAUSES,
    MAX_EVENTS,
    actor_name,
    follow_events,
    has_ledger,
    is_behind,
)
from bot.ledger.schema import CORRECTIONS, SWEEPS
from bot.ledger.sweeps import SweepCause
from bot.operator import QUOTH_ITSELF
from corpus.directory import DataDirectory
from corpus.records import Action
from corpus.store import ArticleStore
from tests.bot.conversation.desks import (
    ASKER,
    OTHER_SERVER,
    SERVER,
    Clock,
    add_articles,
    change_articles,
    join_server,
    make_desk,
    source_of,
)
from tests.bot.ledger.posted import post_answer
from tests.strategies import share_of_examples

COLLECTION = f"server-{SERVER}"
CAUSE = {
    "withdraw": SweepCause.WITHDRAWN,
    "restore": SweepCause.RESTORED,
    "correct": SweepCause.CORRECTED,
}
MAX_LOOKS = 9  # far more than the longest history here takes
MESSAGE = 950_000_000_000_000_001


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(tmp_path: Path, clock: Clock) -> Desk:
    """Return a desk that has followed what was done so far."""
    desk = make_desk(tmp_path, clock=clock)
    follow_all(desk)
    return desk


def follow_all(desk: Desk) -> int:
    """Follow until nothing is left; return how many corrections that queued."""
    queued = 0
    for _ in range(MAX_LOOKS):
        with desk.store.transaction() as connection:
            queued += follow_events(connection, at=desk.now())
            if not is_behind(connection):
                return queued
    raise AssertionError("following never comes to its end")


def change(desk: Desk, step: str, article_id: str, *, by: str = "test") -> None:
    """Withdraw or restore an article, or give it another text."""
    with desk.store.transaction() as connection:
        if step == "correct":
            desk.store.add(
                connection,
                collection=COLLECTION,
                article_id=article_id,
                text=f"It floats, says {desk.new_key()}.",
                source=source_of(article_id),
                at=desk.now(),
                by=by,
            )
        else:
            act = getattr(desk.store, step)
            act(connection, COLLECTION, article_id, reason="a test", at=desk.now(), by=by)


def queued_for(desk: Desk) -> list[tuple[str, str, str]]:
    """Return the cause, subject and answer of each correction, in order."""
    found = (
        select(SWEEPS.c.cause, SWEEPS.c.subject, CORRECTIONS.c.answer_key)
        .join_from(SWEEPS, CORRECTIONS, SWEEPS.c.sweep_id == CORRECTIONS.c.sweep_id)
        .order_by(SWEEPS.c.sweep_id, CORRECTIONS.c.answer_key)
    )
    with desk.store.reading() as connection:
        return [(row.cause, row.subject, row.answer_key) for row in connection.execute(found)]


def audited(desk: Desk, server_id: int = SERVER) -> list[tuple[str, str, str, str]]:
    """Return the actor, action, subject and detail of each row about a server, oldest first."""
    with desk.store.reading() as connection:
        return [
            (entry.actor, entry.action, entry.subject, entry.detail)
            for entry in reversed(audit.entries(connection, server_id, limit=1000))
        ]


@pytest.fixture(scope="module")
def long_desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Return a desk for many examples, each of which has an article of its own."""
    return make_desk(tmp_path_factory.mktemp("desk"), articles={})


@given(steps=st.lists(st.sampled_from(["withdraw", "restore", "correct", "follow"]), max_size=12))
@share_of_examples(0.3)
def test_every_change_is_followed_exactly_once_however_often_somebody_looks(
    long_desk: Desk, steps: list[str]
) -> None:
    """Nothing is lost between two looks, and nothing counts twice."""
    desk, article_id = long_desk, f"article-{long_desk.new_key()}"
    change(desk, "correct", article_id)
    key = post_answer(desk, [article_id], message_id=MESSAGE)
    done, is_active = list[SweepCause](), True
    for step in steps:
        if step == "follow":
            follow_all(desk)
        elif is_active != (step == "restore"):
            change(desk, step, article_id)
            done.append(CAUSE[step])
            is_active = step != "withdraw"

    follow_all(desk)

    assert [row for row in queued_for(desk) if row[2] == key] == [
        (cause, article_id, key) for cause in done
    ]


def test_only_answers_that_cite_the_article_are_corrected_copies_included(desk: Desk) -> None:
    cites = post_answer(desk, ["harbour", "ferry"], message_id=MESSAGE)
    copies = post_answer(desk, ["harbour"], copies=["ferry"], message_id=MESSAGE + 1)
    post_answer(desk, ["harbour"], message_id=MESSAGE + 2)
    private = post_answer(desk, ["ferry"], message_id=None, visibility=Visibility.PRIVATE)
    pending = post_answer(desk, ["ferry"], message_id=None)
    deleted = post_answer(desk, ["ferry"], message_id=MESSAGE + 3)
    with desk.store.transaction() as connection:
        mark_deleted(connection, deleted)

    change_articles(desk, "withdraw", ["ferry"])

    assert follow_all(desk) == 4
    assert queued_for(desk) == [
        (SweepCause.WITHDRAWN, "ferry", key) for key in sorted([cites, copies, private, pending])
    ]


def test_another_servers_article_of_the_same_id_is_another_article(desk: Desk) -> None:
    join_server(desk, OTHER_SERVER)
    follow_all(desk)
    post_answer(desk, ["ferry"], message_id=MESSAGE, server_id=OTHER_SERVER)
    before = audited(desk, OTHER_SERVER)

    change_articles(desk, "purge", ["ferry"])

    assert follow_all(desk) == 0
    assert audited(desk, OTHER_SERVER) == before


def test_servers_that_share_a_collection_are_swept_each_for_itself(desk: Desk) -> None:
    join_server(desk, OTHER_SERVER)
    with desk.store.transaction() as connection:
        servers.bind(connection, OTHER_SERVER, COLLECTION, bound=True)
    keys = [
        post_answer(desk, ["ferry"], message_id=MESSAGE + n, server_id=server)
        for n, server in enumerate([SERVER, OTHER_SERVER])
    ]

    change_articles(desk, "withdraw", ["ferry"])

    assert follow_all(desk) == 2
    assert [key for _, _, key in queued_for(desk)] == keys
    with desk.store.reading() as connection:
        begun = connection.execute(select(SWEEPS.c.server_id).order_by(SWEEPS.c.sweep_id))
        assert list(begun.scalars()) == [SERVER, OTHER_SERVER]
    for server in (SERVER, OTHER_SERVER):
        assert audited(desk, server)[-1] == (OPERATOR, "article_withdrawn", "ferry", "")


def test_an_answer_from_a_collection_that_the_server_has_left_is_corrected(desk: Desk) -> None:
    key = post_answer(desk, ["ferry"], message_id=MESSAGE)
    with desk.store.transaction() as connection:
        servers.bind(connection, SERVER, "elsewhere", bound=True)

    change_articles(desk, "withdraw", ["ferry"])
    follow_all(desk)

    assert queued_for(desk) == [(SweepCause.WITHDRAWN, "ferry", key)]
    assert audited(desk)[-1] == (OPERATOR, "article_withdrawn", "ferry", "")


def test_who_changed_a_shared_article_is_named_on_their_own_server_alone(desk: Desk) -> None:
    """No server's log may tell two acts of one member of another apart."""
    join_server(desk, OTHER_SERVER)
    with desk.store.transaction() as connection:
        servers.bind(connection, OTHER_SERVER, COLLECTION, bound=True)
        key = members.key_of(connection, SERVER, ASKER, new_key=desk.new_key, at=desk.now())
    change(desk, "correct", "ferry", by=actor_name(key))
    follow_all(desk)

    assert audited(desk)[-1] == (key, "article_corrected", "ferry", "version 2")
    assert audited(desk, OTHER_SERVER)[-1][0] == OPERATOR


def test_each_kind_of_change_is_recorded_with_who_did_it(desk: Desk) -> None:
    start = len(audited(desk))
    with desk.store.transaction() as connection:
        members.key_of(connection, SERVER, ASKER, new_key=lambda: "k3y", at=desk.now())
        for by, text in [("ada", "One."), (actor_name("k3y"), "Two."), (QUOTH_ITSELF, "Three.")]:
            desk.store.add(
                connection,
                collection=COLLECTION,
                article_id="new",
                text=text,
                source=source_of("new" if by != QUOTH_ITSELF else "else"),
                at=desk.now(),
                by=by,
            )
    for action in ("withdraw", "restore", "purge"):
        change_articles(desk, action, ["new"])
    follow_all(desk)

    assert audited(desk)[start:] == [
        (OPERATOR, "article_added", "new", "version 1"),
        ("k3y", "article_corrected", "new", "version 2"),
        (QUOTH, "article_corrected", "new", "version 3"),
        (OPERATOR, "article_withdrawn", "new", ""),
        (OPERATOR, "article_restored", "new", ""),
        (OPERATOR, "article_purged", "new", ""),
    ]


def test_an_operator_whose_account_is_called_quoth_is_the_operator(desk: Desk) -> None:
    change(desk, "correct", "ferry", by=QUOTH)
    follow_all(desk)

    assert audited(desk)[-1] == (OPERATOR, "article_corrected", "ferry", "version 2")


def test_a_corrected_source_record_starts_a_sweep_too(desk: Desk) -> None:
    key = post_answer(desk, ["ferry"], message_id=MESSAGE)
    with desk.store.transaction() as connection:
        text = desk.store.get(connection, COLLECTION, "ferry").text
        desk.store.add(
            connection,
            collection=COLLECTION,
            article_id="ferry",
            text=text,
            source=source_of("harbour"),
            at=desk.now(),
            by="test",
        )

    follow_all(desk)

    assert queued_for(desk) == [(SweepCause.CORRECTED, "ferry", key)]
    assert audited(desk)[-1] == (OPERATOR, "article_corrected", "ferry", "")


def test_what_happened_before_any_server_starts_nothing(tmp_path: Path, clock: Clock) -> None:
    """A corpus that was there long before the bot has a history that is nobody's news."""
    directory = DataDirectory(tmp_path / "data")
    with ArticleStore.open(directory).transaction() as connection:
        ArticleStore.open(directory).add(
            connection,
            collection=COLLECTION,
            article_id="old",
            text="Old.",
            source=source_of("old"),
            at=clock.moment,
            by="test",
        )
    clock.pass_time(seconds=1)

    desk = make_desk(tmp_path, clock=clock)
    follow_all(desk)

    assert {subject for _, _, subject, _ in audited(desk)} == {"ferry", "harbour"}


def test_nothing_is_lost_between_the_first_server_and_the_first_look(
    tmp_path: Path, clock: Clock
) -> None:
    desk = make_desk(tmp_path, clock=clock)
    key = post_answer(desk, ["ferry"], message_id=MESSAGE)
    clock.pass_time(days=1)
    change_articles(desk, "withdraw", ["ferry"])
    clock.pass_time(days=1)

    follow_all(desk)

    assert queued_for(desk) == [(SweepCause.WITHDRAWN, "ferry", key)]


def test_a_long_history_is_followed_in_parts_and_in_order(desk: Desk) -> None:
    count = MAX_EVENTS + 1
    add_articles(desk, COLLECTION, {f"a{n:04}": f"Number {n}." for n in range(count)})
    start = len(audited(desk))

    with desk.store.transaction() as connection:
        follow_events(connection, at=desk.now())
        assert is_behind(connection)
    assert len(audited(desk)) == start + MAX_EVENTS
    follow_all(desk)

    assert [subject for _, _, subject, _ in audited(desk)[start:]] == [
        f"a{n:04}" for n in range(count)
    ]


def test_a_change_that_is_undone_leaves_no_trace(desk: Desk) -> None:
    """State, sweep and audit are one transaction."""
    post_answer(desk, ["ferry"], message_id=MESSAGE)
    before = audited(desk)

    with desk.store.rehearsal() as connection:
        desk.store.withdraw(
            connection, COLLECTION, "ferry", reason="rehearsed", at=desk.now(), by="test"
        )
        assert follow_events(connection, at=desk.now()) == 1

    assert follow_all(desk) == 0
    assert (queued_for(desk), audited(desk)) == ([], before)


def test_without_the_bot_there_is_no_ledger_to_keep(tmp_path: Path) -> None:
    directory = DataDirectory(tmp_path / "alone")
    with ArticleStore.open(directory).reading() as connection:
        assert not has_ledger(connection)
    with make_desk(tmp_path).store.reading() as connection:
        assert has_ledger(connection)


def test_every_kind_of_event_is_audited_and_swept_or_new() -> None:
    assert set(AUDITED) == set(Action)
    assert set(CAUSES) == set(Action) - {Action.ADDED}
