"""What is kept about a member, and erasing it.

Forgetting a member blanks what they typed and deletes the row that tells whose key it was
(`bot.ledger.members`): the audit log keeps the key, which then names nobody.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Table,
    and_,
    delete,
    func,
    or_,
    select,
    update,
)

from bot.ledger import scrubbing
from bot.ledger.members import find_key
from bot.ledger.moments import read_moment
from bot.ledger.posting import MAY_STAND
from bot.ledger.schema import ANSWERS, MEMBERS, REPORTS, REVIEWS

# What a question leaves behind besides its quotes; all of it goes together.
ERASED = {
    "question": None,
    "searched": None,
    "filters": None,
    "unmatched": None,
    "member_key": None,
    "named": False,
}


@dataclass(frozen=True, slots=True)
class Kept:
    """What is stored about a member on a server.

    Parameters
    ----------
    questions, reports : int
    oldest : datetime.datetime or None
        When the first of them came; None if there are none.
    posted : tuple of str
        Keys of answers that stand in a channel, or may stand there unmarked after a crash, and
        whose messages may show question and name: theirs, and those of follow-ups.
    """

    questions: int
    reports: int
    oldest: datetime | None
    posted: tuple[str, ...]


def kept(connection: Connection, server_id: int, user_id: int) -> Kept:
    """Return what is stored about a member; nothing, if they have no key."""
    key = find_key(connection, server_id, user_id)
    if key is None:
        return Kept(0, 0, None, ())
    questions, asked = _count(connection, ANSWERS.c.member_key == key, ANSWERS.c.asked_at)
    reports, opened = _count(connection, REPORTS.c.member_key == key, REPORTS.c.opened_at)
    moments = [read_moment(moment) for moment in (asked, opened) if moment is not None]
    return Kept(questions, reports, min(moments, default=None), _posted(connection, key))


def forget(connection: Connection, server_id: int, user_id: int) -> Kept:
    """Erase what a member typed and who they are, and return what that was.

    Quotes stay, as their messages may need correcting; what the member had claimed is open again.
    """
    was = kept(connection, server_id, user_id)
    key = find_key(connection, server_id, user_id)
    if key is None:
        return was
    erase_questions(connection, ANSWERS.c.member_key == key)
    _clear(connection, REPORTS, REPORTS.c.member_key, key, note=None)
    held = and_(REPORTS.c.claimed_by == key, REPORTS.c.state == "claimed")
    connection.execute(update(REPORTS).where(held).values(state="open", claimed_at=None))
    _clear(connection, REPORTS, REPORTS.c.claimed_by, key)
    _clear(connection, REVIEWS, REVIEWS.c.decided_by, key, note=None)
    _clear(connection, REVIEWS, REVIEWS.c.undone_by, key)
    connection.execute(delete(MEMBERS).where(MEMBERS.c.member_key == key))
    scrubbing.note_erased(connection)
    return was


def erase_questions(connection: Connection, which: ColumnElement[bool]) -> None:
    """Erase what was asked and by whom, of some answers.

    What a follow-up of one of them searched for may begin with that question, so it goes as well,
    and so do the words of it that were not found.
    """
    erased = select(ANSWERS.c.answer_key).where(which)
    joined = update(ANSWERS).where(ANSWERS.c.follows.in_(erased))
    connection.execute(joined.values(searched=None, unmatched=None))
    connection.execute(update(ANSWERS).where(which).values(ERASED))


def _count(
    connection: Connection, theirs: ColumnElement[bool], moment: Column[str]
) -> tuple[int, str | None]:
    row = connection.execute(select(func.count(), func.min(moment)).where(theirs)).one()
    return row[0], row[1]


def _posted(connection: Connection, key: str) -> tuple[str, ...]:
    theirs = select(ANSWERS.c.answer_key).where(ANSWERS.c.member_key == key)
    found = (
        select(ANSWERS.c.answer_key)
        .where(or_(ANSWERS.c.member_key == key, ANSWERS.c.follows.in_(theirs)))
        .where(MAY_STAND)
        .order_by(ANSWERS.c.asked_at, ANSWERS.c.answer_key)
    )
    return tuple(connection.scalars(found))


def _clear(
    connection: Connection, table: Table, column: Column[str], key: str, **values: object
) -> None:
    """Take a key out of a column, and out of its rows what else is given."""
    cleared = {column.name: None, **values}
    connection.execute(update(table).where(column == key).values(cleared))
