"""Once a day: what is erased is gone from the file as well, and left servers leave nothing."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, select

from bot.conversation.desk import Desk
from bot.conversation.upkeep import expiring
from bot.conversation.upkeep.expiring import expire_all
from bot.ledger import answers, audit, forgetting, members, scrubbing, servers
from bot.ledger.answers import Visibility
from bot.ledger.audit import QUOTH, AuditAction
from bot.ledger.schema import SERVERS
from corpus.errors import StoreBusy
from corpus.store import ArticleStore, State
from tests.bot.conversation.desks import (
    CHANNEL,
    MESSAGE,
    OTHER_SERVER,
    SERVER,
    Clock,
    join_server,
    make_desk,
    set_server,
)
from tests.bot.ledger.rows import add_answer, add_report
from tests.stories import FERRY, HARBOUR

COLLECTION = f"server-{SERVER}"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(tmp_path: Path, clock: Clock) -> Desk:
    return make_desk(tmp_path, clock=clock)


def leave(desk: Desk, server_id: int = SERVER) -> None:
    with desk.store.transaction() as connection:
        servers.leave(connection, server_id, at=desk.now())


def states(desk: Desk, collection: str = COLLECTION) -> set[State]:
    with desk.store.reading() as connection:
        return {one.state for one in desk.store.list(connection, collection)}


def on_disk(desk: Desk) -> Iterator[bytes]:
    """Yield what every file of the data directory holds."""
    yield from (path.read_bytes() for path in desk.directory.root.rglob("*") if path.is_file())


def ask_much(desk: Desk) -> list[str]:
    """Store questions and notes of eight members as a busy day does, and return their words."""
    drawn = random.Random(4)  # noqa: S311 - with it a word stays behind, unless scrubbed
    member_keys = (f"member-{number}" for number in range(8))
    words = [f"zq{drawn.getrandbits(60):015x}" for _ in range(600)]
    keys = [f"{drawn.getrandbits(40):010x}" for _ in range(600)]
    for start in range(0, 600, 10):
        with desk.store.transaction() as connection:
            for number in range(start, start + 10):
                asker = drawn.randrange(8)
                member_key = members.key_of(
                    connection, SERVER, asker, new_key=lambda: next(member_keys), at=desk.now()
                )
                ask_one(connection, drawn, keys[number], words[number], member_key)
            answers.set_shown(connection, drawn.choice(keys), "f" * 64)
    return words


def ask_one(
    connection: Connection, drawn: random.Random, key: str, word: str, member_key: str
) -> None:
    question = f"{word} " * drawn.choice([1, 2, 5, 10, 30, 50])
    add_answer(connection, key, state="pending", member_key=member_key, question=question)
    add_report(connection, key, key, member_key=member_key, note=word)
    answers.mark_sent(
        connection,
        key,
        channel_id=CHANNEL,
        message_id=MESSAGE,
        visibility=drawn.choice(list(Visibility)),
    )


@pytest.mark.parametrize("how", ["retention", "wish"])
def test_no_word_that_was_erased_is_left_in_any_file(desk: Desk, clock: Clock, how: str) -> None:
    """A deleted row is no deletion while its bytes lie in a gap of a page."""
    words = ask_much(desk)
    assert all(word.encode() in desk.directory.database.read_bytes() for word in words)

    if how == "retention":
        clock.pass_time(days=31)
    else:
        with desk.store.transaction() as connection:
            for user_id in range(8):
                forgetting.forget(connection, SERVER, user_id)
    expire_all(desk)

    stored = b"".join(on_disk(desk))
    assert [word for word in words if word.encode() in stored] == []
    assert b"member-" not in stored


def test_with_nothing_to_erase_nothing_is_written(desk: Desk, clock: Clock) -> None:
    clock.pass_time(days=31)
    before = desk.directory.database.read_bytes()

    assert expire_all(desk) == 0
    assert desk.directory.database.read_bytes() == before


def test_what_was_erased_is_put_down(desk: Desk, clock: Clock) -> None:
    with desk.store.transaction() as connection:
        add_answer(connection, "old", question="q", asked_at=clock())
    clock.pass_time(days=31)

    assert expire_all(desk) == 1

    with desk.store.reading() as connection:
        (entry,) = audit.entries(connection, SERVER, limit=10)
    assert (entry.actor, entry.action, entry.detail) == (
        QUOTH,
        AuditAction.RETENTION,
        "questions 1",
    )
    assert (entry.subject, entry.at) == (str(SERVER), clock())


def test_a_left_server_leaves_no_article_and_no_row(desk: Desk, clock: Clock) -> None:
    with desk.store.transaction() as connection:
        add_answer(connection, "posted", question="q", asked_at=clock())
    leave(desk)
    clock.pass_time(days=30)
    assert expire_all(desk) == 0
    assert states(desk) == {State.ACTIVE}

    clock.pass_time(seconds=1)
    assert expire_all(desk) == 1

    assert states(desk) == {State.PURGED}
    stored = b"".join(on_disk(desk))
    for text in (HARBOUR, FERRY):
        assert not any(line.encode() in stored for line in text.splitlines() if line)
    with desk.store.reading() as connection:
        assert connection.execute(select(SERVERS)).all() == []
        (entry,) = audit.entries(connection, SERVER, limit=10)
    assert entry.detail == "answers 1 servers 1"


def test_a_server_that_comes_back_much_later_starts_anew(desk: Desk, clock: Clock) -> None:
    leave(desk)
    clock.pass_time(days=31)
    expire_all(desk)

    collection = join_server(desk, SERVER)

    assert collection == f"{COLLECTION}-2"
    assert states(desk, collection) == {State.ACTIVE}


def test_articles_that_another_server_asks_stay(desk: Desk, clock: Clock) -> None:
    """The operator gave them to it."""
    with desk.store.transaction() as connection:
        servers.join(connection, OTHER_SERVER, at=clock())
        servers.bind(connection, OTHER_SERVER, COLLECTION, bound=True)
    leave(desk)
    clock.pass_time(days=31)
    expire_all(desk)

    assert states(desk) == {State.ACTIVE}
    with desk.store.reading() as connection:
        assert servers.find(connection, SERVER) is None
        assert servers.find(connection, OTHER_SERVER) is not None


def test_a_shared_collection_stays_when_a_server_bound_to_it_goes(desk: Desk, clock: Clock) -> None:
    join_server(desk, OTHER_SERVER)
    with desk.store.transaction() as connection:
        servers.bind(connection, OTHER_SERVER, "main", bound=True)
    leave(desk, OTHER_SERVER)
    clock.pass_time(days=31)
    expire_all(desk)

    assert states(desk, f"server-{OTHER_SERVER}") == {State.PURGED}
    assert states(desk) == {State.ACTIVE}


def test_the_other_servers_notice_nothing(desk: Desk, clock: Clock) -> None:
    other = join_server(desk, OTHER_SERVER)
    set_server(desk, OTHER_SERVER, retention_days=365)
    with desk.store.transaction() as connection:
        add_answer(connection, "other", server_id=OTHER_SERVER, question="q", asked_at=clock())
        before = answers.get(connection, OTHER_SERVER, "other")
    leave(desk)
    clock.pass_time(days=31)
    expire_all(desk)

    assert states(desk, other) == {State.ACTIVE}
    with desk.store.reading() as connection:
        assert answers.get(connection, OTHER_SERVER, "other") == before


def test_a_run_that_was_stopped_is_finished_by_the_next(
    desk: Desk, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Stopped after the articles were purged, and before the index that holds their words was."""
    leave(desk)
    clock.pass_time(days=31)
    with monkeypatch.context() as patched:
        patched.setattr(expiring, "rebuild_index", stop)
        with pytest.raises(StoreBusy):
            expire_all(desk)
    assert any(b"abandoned cranes" in stored for stored in on_disk(desk))

    expire_all(desk)

    assert not any(b"abandoned cranes" in stored for stored in on_disk(desk))


def test_a_file_that_was_busy_is_scrubbed_the_next_time(
    desk: Desk, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    with desk.store.transaction() as connection:
        add_answer(connection, "old", question="q", asked_at=clock())
    clock.pass_time(days=31)
    with monkeypatch.context() as patched:
        patched.setattr(ArticleStore, "scrub", stop)
        with pytest.raises(StoreBusy):
            expire_all(desk)
    with desk.store.reading() as connection:
        assert scrubbing.erased_mark(connection) is not None

    assert expire_all(desk) == 0

    with desk.store.reading() as connection:
        assert scrubbing.erased_mark(connection) is None


def test_what_is_erased_while_the_file_is_scrubbed_is_not_overlooked(desk: Desk) -> None:
    with desk.store.transaction() as connection:
        scrubbing.note_erased(connection)
        mark = scrubbing.erased_mark(connection)
        scrubbing.note_erased(connection)
        assert mark is not None
        scrubbing.forget_mark(connection, mark)
        assert scrubbing.erased_mark(connection) is not None


def stop(*_: object) -> None:
    """Fail as a busy database does."""
    raise StoreBusy("in use")
