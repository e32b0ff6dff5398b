"""The audit log: who did what, when and to what, in rows that cannot be changed unnoticed.

Decisions
---------
Each row holds the SHA-256 of the row before and of its own fields, so that a changed, removed,
inserted or reordered row breaks the chain at its place. Nothing in the database can show that
its end was cut off: for that, an operator notes the head, which `find_hash` looks for later.

What is hashed is the JSON array ``[number, server_id, at, actor, action, subject, detail,
previous]``, in ASCII and without spaces: any language can repeat it.

A row names members by key, answers and articles by id, and says the rest in closed words. Nothing
in it is typed text, a question or a quote, so it may stay when these go.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, LargeBinary, Row, cast, func, insert, select

from bot.ledger.moments import read_moment, write_moment
from bot.ledger.schema import AUDIT

OPERATOR = "operator"  # whoever works at the command line
QUOTH = "quoth"  # Quoth itself, such as when the retention is over

FIRST_PREVIOUS = "0" * 64  # what the first row follows

_NEWEST = AUDIT.c.number.desc()
_LAST = select(AUDIT.c.number, AUDIT.c.hash).order_by(_NEWEST).limit(1)
# Texts as bytes: one that was tampered with need not be UTF-8.
_TEXTS = ("at", "actor", "action", "subject", "detail", "previous", "hash")
_STORED = select(
    AUDIT.c.number,
    AUDIT.c.server_id,
    *(cast(AUDIT.c[name], LargeBinary).label(name) for name in _TEXTS),
).order_by(AUDIT.c.number)


class AuditAction(StrEnum):
    """Everything that is recorded."""

    ANSWER_RETRACTED = "answer_retracted"
    RETRACTION_UNDONE = "retraction_undone"
    ANSWER_DELETED = "answer_deleted"
    REPORTED = "reported"
    QUESTION_SENT = "question_sent"
    CLAIMED = "claimed"
    RELEASED = "released"
    DECIDED = "decided"
    DECISION_UNDONE = "decision_undone"
    QUOTE_WIDENED = "quote_widened"
    ARTICLE_ADDED = "article_added"
    ARTICLE_CORRECTED = "article_corrected"
    ARTICLE_WITHDRAWN = "article_withdrawn"
    ARTICLE_RESTORED = "article_restored"
    ARTICLE_PURGED = "article_purged"
    SETTING_CHANGED = "setting_changed"
    SERVER_JOINED = "server_joined"
    SERVER_LEFT = "server_left"
    SERVER_BOUND = "server_bound"
    MEMBER_FORGOTTEN = "member_forgotten"
    RETENTION = "retention"
    SWEPT = "swept"


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One row of the log.

    Parameters
    ----------
    number : int
        From 1, without gaps, over all servers.
    server_id : int or None
        None where it is about no server.
    actor : str
        A member's key, `OPERATOR` or `QUOTH`.
    action : str
        An `AuditAction`, or that of a newer Quoth.
    subject : str
        An answer's key, an article's id, a setting's name, or what else it was done to.
    detail : str
        Closed words and numbers with a space between, such as a decision and a report's key.
    hash : str
        Of this row and, through it, of all before it.
    """

    number: int
    server_id: int | None
    at: datetime
    actor: str
    action: str
    subject: str
    detail: str
    hash: str


@dataclass(frozen=True, slots=True)
class Head:
    """The last row's number and hash; of an empty log 0 and `FIRST_PREVIOUS`."""

    number: int
    hash: str


class BreakKind(StrEnum):
    """What is wrong where the chain breaks."""

    CHANGED = "changed"
    MISSING = "missing"
    NOT_AFTER_THE_LAST = "not_after_the_last"


@dataclass(frozen=True, slots=True)
class Break:
    """The first row that is not as it was written, or is not there."""

    number: int
    kind: BreakKind


def append(
    connection: Connection,
    *,
    server_id: int | None,
    at: datetime,
    actor: str,
    action: AuditAction,
    subject: str,
    detail: str = "",
) -> None:
    """Write the next row, in the caller's write transaction: with what it records, or not at all.

    Parameters
    ----------
    actor : str
        A member's key, `OPERATOR` or `QUOTH`.
    subject, detail : str
        Keys, ids, closed words and numbers; never what somebody typed.
    """
    last = head(connection)
    number, moment = last.number + 1, write_moment(at)
    fields = (number, server_id, moment, actor, str(action), subject, detail, last.hash)
    row = {
        "number": number,
        "server_id": server_id,
        "at": moment,
        "actor": actor,
        "action": str(action),
        "subject": subject,
        "detail": detail,
        "previous": last.hash,
        "hash": _hash(fields),
    }
    connection.execute(insert(AUDIT).values(row))


def head(connection: Connection) -> Head:
    """Return where the log ends."""
    last = connection.execute(_LAST).one_or_none()
    return Head(0, FIRST_PREVIOUS) if last is None else Head(last.number, last.hash)


def find_hash(connection: Connection, noted: str) -> int | None:
    """Return the number of the row with a hash, 0 for the start of the log, None if none has it."""
    if noted == FIRST_PREVIOUS:
        return 0
    found = select(AUDIT.c.number).where(AUDIT.c.hash == noted).limit(1)
    number: int | None = connection.scalar(found)
    return number


def first_broken(connection: Connection) -> Break | None:
    """Return the first place where the log is not as it was written, None if there is none.

    Every row is read, and one state of the log is seen.
    """
    last = Head(0, FIRST_PREVIOUS)
    for stored in connection.execute(_STORED):
        if stored.number != last.number + 1:
            return Break(last.number + 1, BreakKind.MISSING)
        # Bytes that are no UTF-8 become what no text holds, so that they have a hash as well.
        texts = [getattr(stored, name).decode("utf-8", "surrogateescape") for name in _TEXTS]
        *fields, previous, written = texts
        if _hash((stored.number, stored.server_id, *fields, previous)) != written:
            return Break(stored.number, BreakKind.CHANGED)
        if previous != last.hash:
            return Break(stored.number, BreakKind.NOT_AFTER_THE_LAST)
        last = Head(stored.number, written)
    return None


def entries(
    connection: Connection, server_id: int, *, skip: int = 0, limit: int
) -> list[AuditEntry]:
    """Return rows about a server, newest first."""
    found = select(AUDIT).where(AUDIT.c.server_id == server_id).order_by(_NEWEST)
    return [_entry(row) for row in connection.execute(found.offset(skip).limit(limit))]


def count_entries(connection: Connection, server_id: int) -> int:
    """Return how many rows are about a server."""
    found = select(func.count()).select_from(AUDIT).where(AUDIT.c.server_id == server_id)
    return connection.scalar(found) or 0


def _entry(row: Row[Any]) -> AuditEntry:
    return AuditEntry(
        number=row.number,
        server_id=row.server_id,
        at=read_moment(row.at),
        actor=row.actor,
        action=row.action,
        subject=row.subject,
        detail=row.detail,
        hash=row.hash,
    )


def _hash(fields: Sequence[object]) -> str:
    """Return the SHA-256 of a row's canonical form."""
    # repr: a damaged row may hold what JSON has no form for, and is then to be named, not to fail.
    encoded = json.dumps(fields, ensure_ascii=True, separators=(",", ":"), default=repr)
    return hashlib.sha256(encoded.encode("ascii")).hexdigest()
