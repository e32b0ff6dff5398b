"""One SQLite file: how it is opened, its transactions, its schema, and its errors in our words.

Decisions
---------
A rollback journal synced in full, so that what is confirmed survives ``kill -9`` and a power cut.
Every writer takes the write lock first (``BEGIN IMMEDIATE``): a deferred one that writes later
fails at once when two meet.  A connection is opened for each transaction and closed after it:
nothing is shared between threads, and no lock outlives its block.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, create_engine, inspect, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from corpus.errors import (
    CorpusError,
    DataDirectoryUnusable,
    StoreBusy,
    StoreCorrupt,
    StoreUnavailable,
)
from corpus.schema import HEAD, VERSION_TABLE

BUSY_TIMEOUT_SECONDS = 5.0

PRAGMAS = (
    "PRAGMA journal_mode = DELETE",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",  # what is deleted is overwritten in the file; see Database.scrub
)

_DAMAGED = (StoreCorrupt, "is damaged; restore it from a backup")
_HELD = (StoreBusy, "is in use by another process; try again when that has finished")
_FAILURES: dict[int, tuple[type[CorpusError], str]] = {
    sqlite3.SQLITE_BUSY: _HELD,
    sqlite3.SQLITE_LOCKED: _HELD,
    sqlite3.SQLITE_FULL: (StoreBusy, "has no room to grow; free some disk space and try again"),
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_NOTADB: (
        StoreCorrupt,
        "is not a Quoth database; move it away or restore it from a backup",
    ),
    # Every statement fits the schema, which was checked: rows or tables were changed from outside.
    sqlite3.SQLITE_ERROR: _DAMAGED,
    sqlite3.SQLITE_CONSTRAINT: _DAMAGED,
    sqlite3.SQLITE_READONLY: (StoreUnavailable, "is read-only; make it writable"),
}
_OTHER = (StoreUnavailable, "cannot be read or written; check the disk and the file's owner")


@dataclass(frozen=True, slots=True)
class Schema:
    """Tables that are versioned together.

    Parameters
    ----------
    version_table : str
        The table that holds their version.
    head : str
        The present one.
    migrations : pathlib.Path
        The folder of Alembic's scripts.
    """

    version_table: str
    head: str
    migrations: Path


CORPUS_SCHEMA = Schema(VERSION_TABLE, HEAD, Path(__file__).parent / "migrations")


class Database:
    """The file ``quoth.db``, at the present schema.

    Parameters
    ----------
    path : pathlib.Path
        The file; it is created, or brought up to date, if need be.  A first run that was killed
        leaves an empty file or a journal, from which the next one recovers.
    beside : sequence of Schema
        Of other packages, whose tables stand in the same file.

    Raises
    ------
    DataDirectoryUnusable
        If the file is another program's database, or from a newer Quoth.
    StoreUnavailable, StoreCorrupt, StoreBusy
        If it cannot be opened, is damaged, or is held by another process.
    """

    def __init__(self, path: Path, beside: Sequence[Schema] = ()) -> None:
        self.path = path
        self._engine = create_engine(
            "sqlite://", creator=lambda: _connect(path), poolclass=NullPool
        )
        for schema in (CORPUS_SCHEMA, *beside):
            self._bring_up_to_date(schema)

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Hold the write lock; commit at the end of the block, or undo it all if it raises."""
        with self._transaction("BEGIN IMMEDIATE") as connection:
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """See one state of the database, whatever others write meanwhile.

        A writer cannot commit while the block is open, and fails after `BUSY_TIMEOUT_SECONDS`:
        keep blocks short.
        """
        with self._transaction("BEGIN") as connection:
            yield connection

    def scrub(self) -> None:
        """Write the whole file anew, so that nothing of what was ever deleted is left in it.

        Overwriting is not enough: where SQLite once moved rows to another page, about one deleted
        row in 500 leaves a copy in a gap of the old one. Others wait meanwhile, about 10 ms for a
        megabyte, and there must be room for a second copy of the file.

        Raises
        ------
        StoreBusy
            If others hold the database, or the disk is full; nothing was changed then.
        """
        with translating_errors(self.path), self._engine.connect() as connection:
            connection.exec_driver_sql("VACUUM")

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[Connection]:
        with (
            translating_errors(self.path),
            self._engine.connect() as connection,
            connection.begin(),
        ):
            connection.exec_driver_sql(begin)  # see _connect: SQLAlchemy's own does nothing
            yield connection

    def _bring_up_to_date(self, schema: Schema) -> None:
        with self.reading() as connection:
            version = self._read_version(connection, schema)
        if version == schema.head:
            return
        # Alembic takes as long to import as a whole answer: only where there is work for it.
        from corpus.migrating import is_known, migrate  # noqa: PLC0415

        if version is not None and not is_known(schema.migrations, version):
            raise DataDirectoryUnusable(
                f"{self.path} was written by a newer Quoth (schema {version}); "
                "upgrade Quoth, or name another folder with --data"
            )
        with self.writing() as connection:
            migrate(schema.migrations, connection)

    def _read_version(self, connection: Connection, schema: Schema) -> str | None:
        """Return the version of a schema, None where it has no tables yet."""
        tables = inspect(connection).get_table_names()
        if not tables:
            return None
        if CORPUS_SCHEMA.version_table not in tables:
            raise DataDirectoryUnusable(
                f"{self.path} is another program's database; name another folder with --data"
            )
        if schema.version_table not in tables:
            return None
        version = connection.scalar(text(f"SELECT version_num FROM {schema.version_table}"))  # noqa: S608
        return None if version is None else str(version)


@contextmanager
def translating_errors(path: Path) -> Iterator[None]:
    """Raise SQLite's errors as our kinds, naming the file and the mend."""
    try:
        yield
    except DBAPIError as error:
        code = getattr(error.orig, "sqlite_errorcode", None)
        if code is None:  # not from SQLite: a mistake in how it was called
            raise
        kind, mend = _FAILURES.get(code & 0xFF, _OTHER)  # the low byte is the primary code
        raise kind(f"{path} {mend} ({error.orig})") from error


@contextmanager
def savepoint(connection: Connection) -> Iterator[None]:
    """Undo this block alone if it raises one of our errors; others undo the transaction anyway.

    In plain SQL, since `sqlalchemy.Connection.begin_nested` takes four times as long, which for
    a thousand articles is a third of the time it takes to store them.
    """
    connection.exec_driver_sql("SAVEPOINT one")
    try:
        yield
    except CorpusError:
        connection.exec_driver_sql("ROLLBACK TO one")
        connection.exec_driver_sql("RELEASE one")
        raise
    connection.exec_driver_sql("RELEASE one")


def _connect(path: Path) -> sqlite3.Connection:
    # isolation_level=None: the sqlite3 module would open transactions of its own, late, and
    # leave DDL outside; so we say BEGIN ourselves.
    connection = sqlite3.connect(path, timeout=BUSY_TIMEOUT_SECONDS, isolation_level=None)
    try:
        for pragma in PRAGMAS:
            connection.execute(pragma)
    except sqlite3.Error:
        connection.close()
        raise
    return connection
