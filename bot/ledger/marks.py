"""Notes to ourselves between runs, by name."""

from __future__ import annotations

from sqlalchemy import Connection, delete, insert, select

from bot.ledger.schema import MARKS


def read_mark(connection: Connection, name: str) -> str | None:
    """Return what was noted under a name, None if nothing was."""
    value: str | None = connection.scalar(select(MARKS.c.value).where(MARKS.c.name == name))
    return value


def write_mark(connection: Connection, name: str, value: str) -> None:
    """Note a value under a name, in place of what stood there."""
    connection.execute(delete(MARKS).where(MARKS.c.name == name))
    connection.execute(insert(MARKS).values(name=name, value=value))
