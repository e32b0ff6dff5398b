"""Cards in the moderators' channel that show what a member typed or did."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, or_, select

from bot.ledger.schema import ANSWERS, REPORTS, REVIEWS

MAX_CARDS = 100  # newest first; each is an edit that Discord counts


def cards_about(connection: Connection, member_key: str) -> Sequence[str]:
    """Return the keys of the posted reports that show a member's question, note or name."""
    asked = select(ANSWERS.c.answer_key).where(ANSWERS.c.member_key == member_key)
    judged = select(REVIEWS.c.report_key).where(
        or_(REVIEWS.c.decided_by == member_key, REVIEWS.c.undone_by == member_key)
    )
    found = (
        select(REPORTS.c.report_key)
        .where(REPORTS.c.message_id.is_not(None))
        .where(
            or_(
                REPORTS.c.member_key == member_key,
                REPORTS.c.claimed_by == member_key,
                REPORTS.c.answer_key.in_(asked),
                REPORTS.c.report_key.in_(judged),
            )
        )
        .order_by(REPORTS.c.opened_at.desc(), REPORTS.c.report_key)
        .limit(MAX_CARDS)
    )
    return connection.scalars(found).all()
