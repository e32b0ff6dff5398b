"""The ledger's tables: what the migrations build is what the code uses."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from bot.ledger.schema import HEAD, LEDGER_SCHEMA, METADATA, VERSION_TABLE
from corpus.database import Database
from corpus.directory import DataDirectory
from corpus.errors import DataDirectoryUnusable
from corpus.schema import METADATA as CORPUS_TABLES
from corpus.store import ArticleStore


@pytest.fixture
def database(tmp_path: Path) -> Database:
    return Database(tmp_path / "quoth.db", [LEDGER_SCHEMA])


def test_the_migrations_build_the_tables_that_the_code_uses(database: Database) -> None:
    with database.reading() as connection:
        options = {
            "version_table": VERSION_TABLE,
            "include_name": lambda name, kind, _: kind != "table" or name in METADATA.tables,
        }
        context = MigrationContext.configure(connection, opts=options)

        assert compare_metadata(context, METADATA) == []


def test_the_migrations_build_the_same_constraints(database: Database) -> None:
    """Alembic compares columns and keys, but not checks."""
    with database.reading() as connection:
        for table in METADATA.sorted_tables:
            found = {
                check["name"] for check in inspect(connection).get_check_constraints(table.name)
            }
            declared = {c.name for c in table.constraints if type(c).__name__ == "CheckConstraint"}
            assert found == declared


def test_the_code_is_at_the_last_migration() -> None:
    assert ScriptDirectory(str(LEDGER_SCHEMA.migrations)).get_heads() == [HEAD]


def test_a_store_of_articles_gets_the_ledgers_tables_when_the_bot_first_runs(
    tmp_path: Path,
) -> None:
    directory = DataDirectory(tmp_path / "data")
    ArticleStore.open(directory)

    with ArticleStore.open(directory, [LEDGER_SCHEMA]).reading() as connection:
        names = set(inspect(connection).get_table_names())

    assert {*METADATA.tables, *CORPUS_TABLES.tables} <= names


def test_a_ledger_from_a_newer_quoth_is_left_alone(tmp_path: Path, database: Database) -> None:
    with database.writing() as connection:
        connection.execute(text("UPDATE bot_schema SET version_num = 'bot_9999'"))

    with pytest.raises(DataDirectoryUnusable, match=r"newer Quoth.*bot_9999"):
        Database(tmp_path / "quoth.db", [LEDGER_SCHEMA])
