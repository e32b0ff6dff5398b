"""Notes between runs."""

from __future__ import annotations

from pathlib import Path

from bot.ledger.marks import read_mark, write_mark
from tests.bot.conversation.desks import make_desk


def test_the_last_note_is_kept_apart_from_others(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    with desk.store.transaction() as connection:
        write_mark(connection, "one", "first")
        write_mark(connection, "two", "other")
        write_mark(connection, "one", "second")

    with desk.store.reading() as connection:
        assert read_mark(connection, "one") == "second"
        assert read_mark(connection, "two") == "other"
        assert read_mark(connection, "three") is None
