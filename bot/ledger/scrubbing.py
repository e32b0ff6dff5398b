"""Whether something was erased of which the file may still hold traces.

`corpus.store.ArticleStore.scrub` removes them; it is slow, so it is done once for all that was
erased in a day, and a mark in the database sees to it that it is done even after a crash.
"""

from __future__ import annotations

from sqlalchemy import Connection, delete

from bot.ledger.marks import read_mark, write_mark
from bot.ledger.schema import MARKS

ERASED = "erased"


def note_erased(connection: Connection) -> None:
    """Note that something was erased, in the transaction that did it."""
    write_mark(connection, ERASED, str(int(erased_mark(connection) or "0") + 1))


def erased_mark(connection: Connection) -> str | None:
    """Return a mark that changes with each erasure; None if the file holds no traces."""
    return read_mark(connection, ERASED)


def forget_mark(connection: Connection, mark: str) -> None:
    """Note that the file was scrubbed, unless more was erased meanwhile."""
    connection.execute(delete(MARKS).where(MARKS.c.name == ERASED, MARKS.c.value == mark))
