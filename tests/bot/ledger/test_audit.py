"""The audit log: whatever is done to a row that was written, the chain breaks there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, delete, text, update

from bot.ledger.audit import (
    FIRST_PREVIOUS,
    OPERATOR,
    AuditAction,
    Break,
    BreakKind,
    Head,
    append,
    count_entries,
    entries,
    find_hash,
    first_broken,
    head,
)
from bot.ledger.schema import AUDIT, LEDGER_SCHEMA
from corpus.database import Database
from tests.stores import open_database
from tests.strategies import share_of_examples

AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
SERVER, OTHER = 11, 22
ROWS = 6
COLUMNS = [column.name for column in AUDIT.columns if column.name != "number"]


@pytest.fixture
def database(tmp_path: Path) -> Database:
    return open_database(tmp_path / "quoth.db", [LEDGER_SCHEMA])


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Database:
    """Return a log of some rows, to be changed only in `tampering`."""
    database = open_database(tmp_path_factory.mktemp("log") / "quoth.db", [LEDGER_SCHEMA])
    with database.writing() as connection:
        write_rows(connection, ROWS)
    return database


@contextmanager
def tampering(database: Database) -> Iterator[Connection]:
    """Undo at the end whatever is done in the block."""
    with database.writing() as connection:
        everything = connection.begin_nested()
        yield connection
        everything.rollback()


def write_rows(connection: Connection, count: int, first: int = 1) -> None:
    for number in range(first, first + count):
        append(
            connection,
            server_id=SERVER if number % 2 else OTHER,
            at=AT + timedelta(minutes=number),
            actor=OPERATOR,
            action=AuditAction.DECIDED,
            subject=f"answer{number}",
            detail="good",
        )


def test_an_untouched_log_is_whole(database: Database) -> None:
    with database.writing() as connection:
        assert (first_broken(connection), head(connection)) == (None, Head(0, FIRST_PREVIOUS))
        write_rows(connection, ROWS)

        assert first_broken(connection) is None
        assert head(connection).number == ROWS


@given(
    row=st.integers(1, ROWS),
    column=st.sampled_from(COLUMNS),
    value=st.one_of(st.text(), st.binary(), st.integers(-(2**63), 2**63 - 1)),
)
def test_the_chain_breaks_at_the_row_of_which_any_field_is_changed(
    written: Database, row: int, column: str, value: str | bytes | int
) -> None:
    """A moderator's act cannot be rewritten unnoticed by somebody who can write the file."""
    with tampering(written) as connection:
        stored = f"SELECT hex(CAST({column} AS BLOB)) FROM audit WHERE number = {row}"  # noqa: S608
        before = connection.exec_driver_sql(stored).scalar()
        change = text(f"UPDATE audit SET {column} = :value WHERE number = :row")  # noqa: S608
        connection.execute(change, {"value": value, "row": row})
        unchanged = connection.exec_driver_sql(stored).scalar() == before

        expected = None if unchanged else row
        broken = first_broken(connection)

        assert (broken and broken.number) == expected


@pytest.mark.parametrize("row", range(1, ROWS))
def test_a_removed_row_is_missed(database: Database, row: int) -> None:
    with database.writing() as connection:
        write_rows(connection, ROWS)
        connection.execute(delete(AUDIT).where(AUDIT.c.number == row))

        assert first_broken(connection) == Break(row, BreakKind.MISSING)


@pytest.mark.parametrize("row", range(1, ROWS))
def test_a_removed_row_is_missed_even_if_the_others_close_up(database: Database, row: int) -> None:
    with database.writing() as connection:
        write_rows(connection, ROWS)
        connection.execute(delete(AUDIT).where(AUDIT.c.number == row))
        for number in range(row + 1, ROWS + 1):
            moved = update(AUDIT).where(AUDIT.c.number == number)
            connection.execute(moved.values(number=number - 1))

        assert first_broken(connection) == Break(row, BreakKind.CHANGED)


@share_of_examples(0.4)
@given(st.permutations(range(1, ROWS + 1)))
def test_rows_in_another_order_break_the_chain(written: Database, order: list[int]) -> None:
    with tampering(written) as connection:
        for number, place in enumerate(order, start=1):
            moved = update(AUDIT).where(AUDIT.c.number == number)
            connection.execute(moved.values(number=place + 100))
        connection.execute(update(AUDIT).values(number=AUDIT.c.number - 100))

        moved_rows = [n for n, place in enumerate(order, 1) if n != place]
        broken = first_broken(connection)

        assert (broken and broken.number) == min(moved_rows, default=None)


def test_a_row_taken_from_another_log_does_not_follow_the_last(
    database: Database, tmp_path: Path
) -> None:
    """It is sound by itself; only what it follows gives it away."""
    other = open_database(tmp_path / "other.db", [LEDGER_SCHEMA])
    with other.writing() as elsewhere:
        write_rows(elsewhere, 1, first=9)
        write_rows(elsewhere, 1, first=2)
        foreign = elsewhere.execute(AUDIT.select().where(AUDIT.c.number == 2)).mappings().one()
    with database.writing() as connection:
        write_rows(connection, 2)
        connection.execute(update(AUDIT).where(AUDIT.c.number == 2).values(**foreign))

        assert first_broken(connection) == Break(2, BreakKind.NOT_AFTER_THE_LAST)


def test_a_cut_off_end_is_known_by_the_head_that_was_noted(database: Database) -> None:
    with database.writing() as connection:
        write_rows(connection, ROWS)
        noted = head(connection)
        write_rows(connection, 2, first=ROWS + 1)

        assert find_hash(connection, noted.hash) == ROWS

        connection.execute(delete(AUDIT).where(AUDIT.c.number >= ROWS))
        assert first_broken(connection) is None
        assert find_hash(connection, noted.hash) is None


def test_the_start_of_the_log_is_in_every_log(database: Database) -> None:
    with database.writing() as connection:
        noted = head(connection)
        write_rows(connection, 1)

        assert find_hash(connection, noted.hash) == 0


def test_a_row_that_is_undone_with_what_it_records_leaves_no_gap(database: Database) -> None:
    with tampering(database) as connection:
        write_rows(connection, 1)
    with database.writing() as connection:
        write_rows(connection, 1)

        assert (first_broken(connection), head(connection).number) == (None, 1)


def test_a_server_sees_its_own_rows_newest_first_in_pages(database: Database) -> None:
    with database.writing() as connection:
        write_rows(connection, ROWS)

        numbers = [entry.number for entry in entries(connection, SERVER, limit=2)]
        later = [entry.number for entry in entries(connection, SERVER, skip=2, limit=2)]
        everything = entries(connection, SERVER, limit=ROWS)

        assert (numbers, later) == ([5, 3], [1])
        assert [entry.number for entry in everything] == [5, 3, 1]
        assert everything[-1].at == AT + timedelta(minutes=1)
        assert count_entries(connection, SERVER) == 3


def test_a_log_written_before_is_still_understood(database: Database) -> None:
    """The form that is hashed is a promise: another one would call every old log broken."""
    with database.writing() as connection:
        write_rows(connection, 1)

        assert head(connection).hash == (
            "c67b77c20a57a208edbd82de4b412f6dffe97e5cb6e704f5b29588f20b86b4fd"
        )
