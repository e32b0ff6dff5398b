"""What moderators are asked to look at.

Decisions
---------
A report waits, may be claimed, and is decided by a review (`bot.ledger.reviews`). Whether somebody
may do any of this, and whether it still can be done, is judged in `bot.conversation`, in the
transaction that does it.

A retraction never waits: it is put down as decided before the moderator confirms it, which keeps
its note, and counts from the moment it has a review.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    RowMapping,
    Select,
    and_,
    func,
    insert,
    select,
    update,
)

from bot.ledger.moments import read_moment, write_moment
from bot.ledger.schema import REPORTS


class ReportKind(StrEnum):
    """What came to the moderators."""

    REPORT = "report"  # somebody finds an answer wrong
    UNANSWERED = "unanswered"  # somebody sends a question that met with silence
    RETRACTION = "retraction"  # a moderator takes an answer back


class ReportReason(StrEnum):
    """What somebody finds wrong with an answer."""

    WRONG_PASSAGE = "wrong_passage"
    MISLEADING_CUT = "misleading_cut"
    SOURCE_PROBLEM = "source_problem"
    NOT_ALLOWED = "not_allowed"
    OTHER = "other"


class ReportState(StrEnum):
    """How far a report is."""

    OPEN = "open"
    CLAIMED = "claimed"
    DECIDED = "decided"


@dataclass(frozen=True, slots=True)
class Report:
    """Something for the moderators to look at.

    Parameters
    ----------
    member_key : str or None
        Who sent it; None once they are forgotten.
    reason : str or None
        A `ReportReason`; of a retraction a `bot.ledger.records.RetractReason`; None for a question.
    note : str or None
        As typed, for moderators only.
    claimed_by : str or None
        The key of the moderator who looks at it.
    channel_id, message_id : int or None
        The card in the moderators' channel.
    """

    report_key: str
    server_id: int
    answer_key: str
    kind: ReportKind
    member_key: str | None
    reason: str | None
    note: str | None
    opened_at: datetime
    state: ReportState = ReportState.OPEN
    claimed_by: str | None = None
    claimed_at: datetime | None = None
    channel_id: int | None = None
    message_id: int | None = None


_WAITING = REPORTS.c.state.in_([ReportState.OPEN, ReportState.CLAIMED])


def add(connection: Connection, report: Report) -> None:
    """Store a new report."""
    connection.execute(insert(REPORTS).values(_report_row(report)))


def get(connection: Connection, server_id: int, key: str) -> Report | None:
    """Return a report of this server; None for any other's, and for what is no longer kept."""
    found = select(REPORTS).where(REPORTS.c.report_key == key, REPORTS.c.server_id == server_id)
    return next(iter(read(connection, found)), None)


def find_waiting(
    connection: Connection, answer_key: str, member_key: str, kind: ReportKind
) -> Report | None:
    """Return what a member sent about an answer and is yet to be decided, if anything."""
    theirs = and_(REPORTS.c.answer_key == answer_key, REPORTS.c.member_key == member_key)
    found = select(REPORTS).where(theirs, REPORTS.c.kind == kind, _WAITING).limit(1)
    return next(iter(read(connection, found)), None)


def count_waiting_of(connection: Connection, member_key: str) -> int:
    """Return how many reports and questions of a member are yet to be decided."""
    return _count(connection, and_(REPORTS.c.member_key == member_key, _WAITING))


def waiting(connection: Connection, server_id: int, *, skip: int, limit: int) -> Sequence[Report]:
    """Return reports that are yet to be decided, oldest first."""
    found = select(REPORTS).where(REPORTS.c.server_id == server_id, _WAITING)
    ordered = found.order_by(REPORTS.c.opened_at, REPORTS.c.report_key)
    return read(connection, ordered.offset(skip).limit(limit))


def count_waiting(connection: Connection, server_id: int) -> int:
    """Return how many reports are yet to be decided."""
    return _count(connection, and_(REPORTS.c.server_id == server_id, _WAITING))


def claim(connection: Connection, key: str, *, by: str, at: datetime) -> None:
    """Note who looks at a report."""
    moment = write_moment(at)
    _update(connection, key, state=ReportState.CLAIMED, claimed_by=by, claimed_at=moment)


def release(connection: Connection, key: str) -> None:
    """Let a report wait for whoever takes it."""
    _update(connection, key, state=ReportState.OPEN, claimed_by=None, claimed_at=None)


def close(connection: Connection, key: str) -> None:
    """Note that a report is decided."""
    _update(connection, key, state=ReportState.DECIDED)


def note_card(connection: Connection, key: str, *, channel_id: int, message_id: int) -> None:
    """Note where a report's card stands."""
    _update(connection, key, channel_id=channel_id, message_id=message_id)


def read(connection: Connection, found: Select[Any]) -> Sequence[Report]:
    """Return the reports that a query over their table finds."""
    return [_report(row) for row in connection.execute(found).mappings()]


def _count(connection: Connection, which: ColumnElement[bool]) -> int:
    return connection.scalar(select(func.count()).select_from(REPORTS).where(which)) or 0


def _update(connection: Connection, key: str, **values: object) -> None:
    connection.execute(update(REPORTS).where(REPORTS.c.report_key == key).values(values))


def _report_row(report: Report) -> dict[str, object]:
    fields = {name: getattr(report, name) for name in Report.__slots__}
    claimed_at = report.claimed_at and write_moment(report.claimed_at)
    return {**fields, "opened_at": write_moment(report.opened_at), "claimed_at": claimed_at}


def _report(row: RowMapping) -> Report:
    plain = Report(**dict(row))
    return replace(
        plain,
        kind=ReportKind(row["kind"]),
        state=ReportState(row["state"]),
        opened_at=read_moment(row["opened_at"]),
        claimed_at=row["claimed_at"] and read_moment(row["claimed_at"]),
    )
