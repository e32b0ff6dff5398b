"""What moderators decided, and what of it was undone.

A review decides its report. One that is undone stays, with who undid it, and its report waits
again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, RowMapping, and_, func, insert, select, update

from bot.ledger import reports
from bot.ledger.moments import read_moment, write_moment
from bot.ledger.reports import Report, ReportState
from bot.ledger.schema import REPORTS, REVIEWS


class Decision(StrEnum):
    """What moderators decide."""

    GOOD = "good"
    WRONG_PASSAGE = "wrong_passage"
    MISLEADING_CUT = "misleading_cut"
    SOURCE_PROBLEM = "source_problem"
    DISMISSED = "dismissed"
    RETRACTED = "retracted"


@dataclass(frozen=True, slots=True)
class Review:
    """What was decided about a report.

    Parameters
    ----------
    decided_by : str or None
        None once the moderator is forgotten.
    note : str or None
        As typed, for moderators only.
    rank : int or None
        The quote it is about, or the one that answers; None is none of them.
    undone_by, undone_at
        None while it stands; who undid it is None too once they are forgotten.
    """

    review_key: str
    report_key: str
    decision: Decision
    decided_by: str | None
    decided_at: datetime
    note: str | None = None
    rank: int | None = None
    undone_by: str | None = None
    undone_at: datetime | None = None


# A retraction that nobody confirmed has no review, and nothing happened.
_DECIDED = and_(
    REPORTS.c.state == ReportState.DECIDED, REPORTS.c.report_key.in_(select(REVIEWS.c.report_key))
)


def decide(connection: Connection, review: Review) -> None:
    """Store a review, which decides its report."""
    connection.execute(insert(REVIEWS).values(_review_row(review)))
    reports.close(connection, review.report_key)


def undo(connection: Connection, review: Review, *, by: str, at: datetime) -> None:
    """Note that a review no longer stands; its report waits again, but a retraction is over."""
    undone = update(REVIEWS).where(REVIEWS.c.review_key == review.review_key)
    connection.execute(undone.values(undone_by=by, undone_at=write_moment(at)))
    if review.decision is not Decision.RETRACTED:
        reports.release(connection, review.report_key)


def of_report(connection: Connection, report_key: str) -> Sequence[Review]:
    """Return what was decided about a report, first to last, what was undone included."""
    found = select(REVIEWS).where(REVIEWS.c.report_key == report_key)
    # The one that stands comes last, be it in the same second: there is one at most.
    ordered = found.order_by(
        REVIEWS.c.decided_at, REVIEWS.c.undone_at.is_(None), REVIEWS.c.undone_at
    )
    return [_review(row) for row in connection.execute(ordered).mappings()]


def standing(connection: Connection, report_key: str) -> Review | None:
    """Return the review that decides a report now, None if there is none."""
    found = of_report(connection, report_key)
    return next((review for review in found if review.undone_at is None), None)


def retraction(connection: Connection, answer_key: str) -> Review | None:
    """Return the review by which an answer is taken back now, None if there is none."""
    found = (
        select(REVIEWS)
        .join(REPORTS, REPORTS.c.report_key == REVIEWS.c.report_key)
        .where(
            REPORTS.c.answer_key == answer_key,
            REVIEWS.c.decision == Decision.RETRACTED,
            REVIEWS.c.undone_at.is_(None),
        )
    )
    row = connection.execute(found).mappings().first()
    return None if row is None else _review(row)


def decided(connection: Connection, server_id: int, *, skip: int, limit: int) -> Sequence[Report]:
    """Return reports that were decided, the last decision first."""
    last = (
        select(REVIEWS.c.report_key, func.max(REVIEWS.c.decided_at).label("at"))
        .group_by(REVIEWS.c.report_key)
        .subquery()
    )
    found = (
        select(REPORTS)
        .join(last, last.c.report_key == REPORTS.c.report_key)
        .where(REPORTS.c.server_id == server_id, REPORTS.c.state == ReportState.DECIDED)
        .order_by(last.c.at.desc(), REPORTS.c.report_key)
    )
    return reports.read(connection, found.offset(skip).limit(limit))


def count_decided(connection: Connection, server_id: int) -> int:
    """Return how many reports were decided."""
    found = select(func.count()).select_from(REPORTS).where(REPORTS.c.server_id == server_id)
    return connection.scalar(found.where(_DECIDED)) or 0


def _review_row(review: Review) -> dict[str, object]:
    fields = {name: getattr(review, name) for name in Review.__slots__}
    undone_at = review.undone_at and write_moment(review.undone_at)
    return {**fields, "decided_at": write_moment(review.decided_at), "undone_at": undone_at}


def _review(row: RowMapping) -> Review:
    plain = Review(**dict(row))
    return replace(
        plain,
        decision=Decision(row["decision"]),
        decided_at=read_moment(row["decided_at"]),
        undone_at=row["undone_at"] and read_moment(row["undone_at"]),
    )
