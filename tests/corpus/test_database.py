import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Connection, inspect, text

import corpus.database
from corpus.database import Database, savepoint
from corpus.errors import (
    ArticleState,
    CorpusError,
    DataDirectoryUnusable,
    StoreBusy,
    StoreCorrupt,
    StoreUnavailable,
)


@pytest.fixture
def database(tmp_path: Path) -> Database:
    return Database(tmp_path / "quoth.db")


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Do not make the test wait for a lock that will not be given up."""
    monkeypatch.setattr(corpus.database, "BUSY_TIMEOUT_SECONDS", 0.05)


def add_collection(connection: Connection, name: str) -> None:
    connection.execute(text("INSERT INTO collections VALUES (:name, 1)"), {"name": name})


def add_and_fail(database: Database, name: str) -> None:
    with database.writing() as connection:
        add_collection(connection, name)
        connection.execute(text("CREATE TABLE lost_too (a)"))
        raise ZeroDivisionError


def fill_disk(connection: Connection) -> None:
    """Write more than fits into a file that may not grow."""
    pages = connection.scalar(text("PRAGMA page_count"))
    connection.execute(text(f"PRAGMA max_page_count = {pages}"))
    connection.execute(text("CREATE TABLE big AS SELECT zeroblob(100000)"))


def add_to_read_only(connection: Connection) -> None:
    connection.execute(text("PRAGMA query_only = ON"))
    add_collection(connection, "lost")


def refuse_after_adding(connection: Connection, name: str) -> None:
    with savepoint(connection):
        add_collection(connection, name)
        raise ArticleState("refused")


def read_collections(database: Database) -> list[str]:
    with database.reading() as connection:
        return list(connection.scalars(text("SELECT name FROM collections ORDER BY name")))


@contextmanager
def another_process(database: Database, statement: str) -> Iterator[sqlite3.Connection]:
    """Hold the database as another program would, from a connection that is not ours."""
    with closing(sqlite3.connect(database.path, isolation_level=None)) as other:
        other.execute(statement)
        yield other


def test_a_block_that_ends_is_kept_and_one_that_raises_is_not(database: Database) -> None:
    with database.writing() as connection:
        add_collection(connection, "kept")

    with pytest.raises(ZeroDivisionError):
        add_and_fail(database, "lost")

    assert read_collections(database) == ["kept"]
    with database.reading() as connection:
        assert "lost_too" not in inspect(connection).get_table_names()


def test_writers_synchronise_in_full_and_overwrite_what_they_delete(database: Database) -> None:
    """What is confirmed survives a power cut; what is purged is not left in free pages."""
    with database.writing() as connection:
        found = {
            name: connection.scalar(text(f"PRAGMA {name}"))
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
        }

    assert found == {
        "journal_mode": "delete", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1
    }  # fmt: skip


def test_a_writer_waits_for_another_to_finish(database: Database) -> None:
    waiting = threading.Event()

    def write_second() -> None:
        waiting.set()
        with database.writing() as connection:
            add_collection(connection, "second")

    with database.writing() as connection:
        second = threading.Thread(target=write_second)
        second.start()
        waiting.wait()
        add_collection(connection, "first")
    second.join()

    assert read_collections(database) == ["first", "second"]


def test_no_write_of_two_threads_is_lost(database: Database) -> None:
    """Both read, then write: without the write lock from the start one would overwrite."""
    with database.writing() as connection:
        add_collection(connection, "main")

    def count_up() -> None:
        for _ in range(10):
            with database.writing() as connection:
                revision = connection.scalar(text("SELECT revision FROM collections"))
                connection.execute(
                    text("UPDATE collections SET revision = :r"), {"r": revision + 1}
                )

    threads = [threading.Thread(target=count_up) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with database.reading() as connection:
        assert connection.scalar(text("SELECT revision FROM collections")) == 21


@pytest.mark.usefixtures("impatient")
def test_a_reader_sees_one_state_throughout(database: Database) -> None:
    """An index is built from one state; a writer that could not wait is told, and loses nothing."""
    with database.reading() as reader:
        assert reader.scalar(text("SELECT count(*) FROM collections")) == 0
        with pytest.raises(StoreBusy), database.writing() as writer:
            add_collection(writer, "main")
        assert reader.scalar(text("SELECT count(*) FROM collections")) == 0

    with database.writing() as writer:
        add_collection(writer, "main")
    assert read_collections(database) == ["main"]


@pytest.mark.usefixtures("impatient")
def test_a_database_held_by_another_process_is_busy(database: Database) -> None:
    with another_process(database, "BEGIN IMMEDIATE"):
        assert read_collections(database) == []
        with pytest.raises(StoreBusy, match=r"quoth\.db is in use.*try again"):
            database.writing().__enter__()
    with another_process(database, "BEGIN EXCLUSIVE"):
        with pytest.raises(StoreBusy):
            database.reading().__enter__()
        with pytest.raises(StoreBusy):
            Database(database.path)


def test_a_full_disk_is_named_and_undoes_the_block(database: Database) -> None:
    with (
        pytest.raises(StoreBusy, match=r"no room.*free some disk space"),
        database.writing() as connection,
    ):
        fill_disk(connection)

    with database.reading() as connection:
        assert "big" not in inspect(connection).get_table_names()


def test_a_full_disk_within_a_savepoint_is_named_all_the_same(database: Database) -> None:
    """SQLite may undo the whole transaction by itself, the savepoint with it."""
    with (
        pytest.raises(StoreBusy, match="no room"),
        database.writing() as connection,
        savepoint(connection),
    ):
        fill_disk(connection)


def test_a_read_only_database_is_named(database: Database) -> None:
    with (
        pytest.raises(StoreUnavailable, match="read-only; make it writable"),
        database.writing() as connection,
    ):
        add_to_read_only(connection)


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_file_can_be_read_but_not_written(database: Database) -> None:
    database.path.chmod(0o400)

    assert read_collections(Database(database.path)) == []
    with pytest.raises(StoreUnavailable, match="read-only"):
        database.writing().__enter__()


def test_our_own_mistakes_are_not_blamed_on_the_database(database: Database) -> None:
    with pytest.raises(Exception, match="bind") as caught, database.reading() as connection:
        connection.exec_driver_sql("SELECT ?", ())

    assert not isinstance(caught.value, CorpusError)


@pytest.mark.parametrize(
    "content",
    [b"These are my notes of Tuesday.\n" * 100, b"short", bytes(4096)],
    ids=["text", "shorter than a header", "zeros"],
)
def test_a_file_that_is_no_database_is_corrupt(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "quoth.db"
    path.write_bytes(content)

    with pytest.raises(StoreCorrupt, match=r"quoth\.db is not a Quoth database"):
        Database(path)

    assert path.read_bytes() == content


@pytest.mark.parametrize("kept", [50, 4096, 20_000])
def test_a_truncated_database_is_corrupt(database: Database, kept: int) -> None:
    database.path.write_bytes(database.path.read_bytes()[:kept])

    with pytest.raises(StoreCorrupt, match="backup"):
        Database(database.path)


def test_a_missing_table_is_corrupt(database: Database) -> None:
    with database.writing() as connection:
        connection.execute(text("DROP TABLE collections"))

    with pytest.raises(StoreCorrupt, match=r"damaged.*backup.*no such table"):
        read_collections(database)


def test_an_empty_file_is_a_new_database(tmp_path: Path) -> None:
    """What a first run leaves that was killed before it wrote anything."""
    path = tmp_path / "quoth.db"
    path.touch()

    assert read_collections(Database(path)) == []


def test_another_programs_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "quoth.db"
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE bookmarks (address)")
    before = path.read_bytes()

    with pytest.raises(DataDirectoryUnusable, match="another program's"):
        Database(path)

    assert path.read_bytes() == before


def test_a_folder_in_the_place_of_the_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "quoth.db").mkdir()

    with pytest.raises(StoreUnavailable, match="cannot be read or written"):
        Database(tmp_path / "quoth.db")


def test_every_error_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "quoth.db").write_bytes(bytes(4096))

    with pytest.raises(StoreCorrupt) as caught:
        Database(tmp_path / "quoth.db")

    assert "\n" not in str(caught.value)


def test_a_savepoint_undoes_its_own_block_alone(database: Database) -> None:
    with database.writing() as connection:
        add_collection(connection, "before")
        with pytest.raises(ArticleState):
            refuse_after_adding(connection, "refused")
        with savepoint(connection):
            add_collection(connection, "after")

    assert read_collections(database) == ["after", "before"]


def test_scrubbing_keeps_every_row_and_leaves_nothing_of_those_deleted(database: Database) -> None:
    """SQLite overwrites what it deletes, but not the copies that it made when it moved rows."""
    marks = [f"zq{number:05}".encode() for number in range(500)]
    with database.writing() as connection:
        connection.execute(text("CREATE TABLE notes (name TEXT PRIMARY KEY, note TEXT)"))
        connection.execute(text("CREATE INDEX of_note ON notes (note)"))
    for first in range(0, len(marks), 20):
        with database.writing() as connection:
            for number, mark in enumerate(marks[first : first + 20], start=first):
                row = {"name": f"{number * 7919 % 1000:03}", "note": mark.decode()}
                connection.execute(text("INSERT INTO notes VALUES (:name, :note)"), row)
    with database.writing() as connection:
        connection.execute(text("DELETE FROM notes WHERE rowid % 2"))
        kept = connection.execute(text("SELECT * FROM notes ORDER BY name")).all()
    left = database.path.read_bytes()
    assert any(mark in left for mark in marks[::2])

    database.scrub()

    scrubbed = database.path.read_bytes()
    assert not any(mark in scrubbed for mark in marks[::2])
    with database.reading() as connection:
        assert connection.execute(text("SELECT * FROM notes ORDER BY name")).all() == kept


@pytest.mark.usefixtures("impatient")
def test_a_held_database_is_not_scrubbed(database: Database) -> None:
    with database.writing(), pytest.raises(StoreBusy):
        database.scrub()
