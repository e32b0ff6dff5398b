"""``quoth audit verify``: whole, broken where, or cut off."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.commands.audit import command
from bot.failures import UNUSABLE
from bot.ledger.audit import FIRST_PREVIOUS, OPERATOR, AuditAction, append
from bot.ledger.schema import LEDGER_SCHEMA
from corpus.directory import DataDirectory
from corpus.store import ArticleStore
from tests.bot.conversation.desks import SERVER, START
from tests.stores import open_store

ROWS = 4


@pytest.fixture
def directory(tmp_path: Path) -> DataDirectory:
    """Return a data directory whose log has some rows."""
    directory = DataDirectory(tmp_path / "data")
    write_rows(directory, ROWS)
    return directory


def write_rows(directory: DataDirectory, count: int) -> None:
    with open_store(directory, [LEDGER_SCHEMA]).transaction() as connection:
        for _ in range(count):
            append(
                connection,
                server_id=SERVER,
                at=START,
                actor=OPERATOR,
                action=AuditAction.SETTING_CHANGED,
                subject="public",
            )


def verify(directory: DataDirectory, *arguments: str) -> Result:
    return CliRunner().invoke(command, ["verify", "--data", str(directory.root), *arguments])


def change(directory: DataDirectory, statement: str) -> None:
    with sqlite3.connect(directory.database) as connection:
        connection.execute(statement)
    connection.close()


def noted_head(result: Result) -> str:
    return result.stdout.split()[-1]


def test_a_whole_log_is_counted_and_its_head_printed(directory: DataDirectory) -> None:
    result = verify(directory)

    assert result.exit_code == 0
    assert result.stdout.startswith(f"audit log: {ROWS} rows, sound; head ")
    assert len(noted_head(result)) == len(FIRST_PREVIOUS)


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("UPDATE audit SET actor = 'nobody' WHERE number = 2", "row 2 is not as it was written"),
        ("DELETE FROM audit WHERE number = 3", "row 3 is missing"),
        ("UPDATE audit SET number = 9 WHERE number = 1", "row 1 is missing"),
        ("UPDATE audit SET hash = '' WHERE number = 4", "row 4 is not as it was written"),
        ("UPDATE audit SET detail = x'ff' WHERE number = 1", "row 1 is not as it was written"),
        (
            "UPDATE audit SET detail = CAST(x'ff' AS TEXT) WHERE number = 1",
            "row 1 is not as it was written",
        ),
    ],
)
def test_the_first_broken_row_is_named(directory: DataDirectory, statement: str, says: str) -> None:
    change(directory, statement)

    result = verify(directory)

    assert result.exit_code == UNUSABLE
    assert says in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_head_that_was_noted_is_found_again(directory: DataDirectory) -> None:
    noted = noted_head(verify(directory))
    write_rows(directory, 2)

    result = verify(directory, "--head", noted.upper())

    assert result.exit_code == 0
    assert f"the hash you noted is that of row {ROWS}" in result.stdout


def test_an_end_that_was_cut_off_is_missed_by_the_head_that_was_noted(
    directory: DataDirectory,
) -> None:
    noted = noted_head(verify(directory))
    change(directory, "DELETE FROM audit WHERE number = 4")

    assert verify(directory).exit_code == 0
    result = verify(directory, "--head", noted)

    assert result.exit_code == UNUSABLE
    assert "rows at its end are gone" in result.stderr


def test_a_data_directory_without_a_chat_has_no_log(tmp_path: Path) -> None:
    directory = DataDirectory(tmp_path / "plain")
    ArticleStore.open(directory)

    result = verify(directory)
    noted = verify(directory, "--head", "a" * 64)

    assert result.exit_code == 0
    assert result.stdout == f"audit log: 0 rows, sound; head {FIRST_PREVIOUS}\n"
    assert noted.exit_code == UNUSABLE
