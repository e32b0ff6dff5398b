import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

import corpus.database
from corpus.database import CORPUS_SCHEMA, Database
from corpus.directory import DataDirectory
from corpus.errors import DataDirectoryUnusable
from corpus.schema import HEAD, METADATA, VERSION_TABLE
from corpus.store import ArticleStore

PROJECT = Path(__file__).parents[2]


def test_the_migrations_build_the_tables_that_the_code_uses(tmp_path: Path) -> None:
    with Database(tmp_path / "quoth.db").reading() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})

        assert compare_metadata(context, METADATA) == []


def test_the_migrations_build_the_same_constraints(tmp_path: Path) -> None:
    """Alembic compares columns and keys, but not checks and what is deferred."""
    with Database(tmp_path / "quoth.db").reading() as connection:
        migrated = inspect(connection)
        for table in METADATA.sorted_tables:
            found = {check["name"] for check in migrated.get_check_constraints(table.name)}
            declared = {c.name for c in table.constraints if type(c).__name__ == "CheckConstraint"}
            assert found == declared
        (to_collection,) = migrated.get_foreign_keys("articles")
    assert to_collection["options"] == {"deferrable": True, "initially": "DEFERRED"}


def test_the_code_is_at_the_last_migration() -> None:
    scripts = ScriptDirectory(str(CORPUS_SCHEMA.migrations))

    assert scripts.get_heads() == [HEAD]


def test_a_migration_that_fails_half_way_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The next start finds an empty database, not half of one."""

    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    path = tmp_path / "quoth.db"
    with monkeypatch.context() as patch:
        patch.setattr("alembic.op.create_index", interrupt)  # the last step of the first migration
        with pytest.raises(KeyboardInterrupt):
            Database(path)

    database = Database(path)
    with database.reading() as connection:
        assert set(inspect(connection).get_table_names()) == {*METADATA.tables, VERSION_TABLE}


def test_a_first_run_that_was_killed_is_taken_up_by_the_next(tmp_path: Path) -> None:
    """``kill -9`` while the tables are made leaves a journal, which the next start rolls back."""
    script = (
        "import os, signal, sys, pathlib, alembic.op\n"
        "from corpus.database import Database\n"
        "alembic.op.create_index = lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL)\n"
        "Database(pathlib.Path(sys.argv[1]))\n"
    )
    path = tmp_path / "quoth.db"

    killed = subprocess.run([sys.executable, "-c", script, path], cwd=PROJECT, check=False)

    assert killed.returncode == -signal.SIGKILL
    assert path.exists()
    with Database(path).reading() as connection:
        assert connection.scalar(text("SELECT version_num FROM corpus_schema")) == HEAD


def test_a_store_that_is_up_to_date_opens_without_alembic(tmp_path: Path) -> None:
    """Importing Alembic would cost every command as much as a whole answer."""
    ArticleStore.open(DataDirectory(tmp_path / "data"))
    script = (
        "import sys, pathlib\n"
        "from corpus.directory import DataDirectory\n"
        "from corpus.store import ArticleStore\n"
        "ArticleStore.open(DataDirectory(pathlib.Path(sys.argv[1])))\n"
        "print('alembic' in sys.modules)\n"
    )

    warm = subprocess.run(
        [sys.executable, "-c", script, tmp_path / "data"],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=True,
    )

    assert warm.stdout == "False\n"


def test_a_database_from_a_newer_quoth_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "quoth.db"
    with Database(path).writing() as connection:
        connection.execute(text("UPDATE corpus_schema SET version_num = 'corpus_9999'"))
    before = path.read_bytes()

    with pytest.raises(DataDirectoryUnusable, match=r"newer Quoth.*corpus_9999.*upgrade"):
        Database(path)

    assert path.read_bytes() == before


def test_a_folder_with_a_percent_sign_can_be_migrated_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Alembic reads its settings as a template in which the sign is special."""
    link = tmp_path / "100%s"
    link.symlink_to(CORPUS_SCHEMA.migrations)
    monkeypatch.setattr(corpus.database, "CORPUS_SCHEMA", replace(CORPUS_SCHEMA, migrations=link))

    Database(tmp_path / "quoth.db")
