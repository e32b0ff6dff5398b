"""Cards in the moderators' channel that show what is no longer so: the queue of their edits.

Decisions
---------
A card is queued in the transaction that changes or erases what it shows, so that neither is ever
without the other. Where it stands, its report's row says; that row stays until the card shows
nothing of anybody (`queue_last`), since nothing could be taken off it afterwards.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import (
    ColumnElement,
    Connection,
    and_,
    bindparam,
    delete,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.sqlite import insert

from bot.ledger.moments import write_moment
from bot.ledger.schema import ANSWERS, CARDS, REPORTS, REVIEWS
from bot.ledger.sweeps import MAX_ATTEMPTS, back_off


@dataclass(frozen=True, slots=True)
class Card:
    """A card that is to be brought up to date.

    Parameters
    ----------
    times_queued : int
        With the attempts it tells whether the card was queued anew meanwhile.
    """

    report_key: str
    server_id: int
    channel_id: int
    message_id: int
    times_queued: int
    attempts: int


# A report that lost its card's place has nothing to edit.
_DUE = and_(CARDS.c.due_at <= bindparam("now"), REPORTS.c.message_id.is_not(None))
_OF_REPORT = REPORTS.c.report_key == CARDS.c.report_key
_CHANNELS = (
    select(REPORTS.c.channel_id)
    .join_from(CARDS, REPORTS, _OF_REPORT)
    .where(_DUE)
    .group_by(REPORTS.c.channel_id)
    .order_by(func.min(CARDS.c.due_at), REPORTS.c.channel_id)
)
_NEXT = (
    select(
        CARDS.c.report_key,
        REPORTS.c.server_id,
        REPORTS.c.channel_id,
        REPORTS.c.message_id,
        CARDS.c.times_queued,
        CARDS.c.attempts,
    )
    .join_from(CARDS, REPORTS, _OF_REPORT)
    .where(_DUE, REPORTS.c.channel_id == bindparam("channel"))
    .order_by(CARDS.c.due_at, CARDS.c.report_key)
    .limit(1)
)


def queue_about(connection: Connection, member_key: str, *, at: datetime) -> int:
    """Queue the cards that show a member's question, note or name, and return how many.

    Before the member is forgotten: nothing tells afterwards which they are.
    """
    asked = select(ANSWERS.c.answer_key).where(ANSWERS.c.member_key == member_key)
    judged = select(REVIEWS.c.report_key).where(
        or_(REVIEWS.c.decided_by == member_key, REVIEWS.c.undone_by == member_key)
    )
    return queue(
        connection,
        or_(
            REPORTS.c.member_key == member_key,
            REPORTS.c.claimed_by == member_key,
            REPORTS.c.answer_key.in_(asked),
            REPORTS.c.report_key.in_(judged),
        ),
        at=at,
    )


def queue_report(connection: Connection, report_key: str, *, at: datetime) -> None:
    """Queue the card of a report, if it has one."""
    queue(connection, REPORTS.c.report_key == report_key, at=at)


def queue_answer(connection: Connection, answer_key: str, *, at: datetime) -> None:
    """Queue the cards of an answer's reports: they tell where it stands."""
    queue(connection, REPORTS.c.answer_key == answer_key, at=at)


def queue(connection: Connection, which: ColumnElement[bool], *, at: datetime) -> int:
    """Queue the cards of some reports, due at once, and return how many; most have none."""
    posted = select(REPORTS.c.report_key).where(REPORTS.c.message_id.is_not(None), which)
    keys = connection.scalars(posted).all()
    due = {"due_at": write_moment(at), "attempts": 0, "last": False}
    if keys:
        rows = [{"report_key": key, "times_queued": 1, **due} for key in keys]
        anew = {**due, "times_queued": CARDS.c.times_queued + 1}
        queued = insert(CARDS).on_conflict_do_update(index_elements=["report_key"], set_=anew)
        connection.execute(queued, rows)
    return len(keys)


def queue_last(connection: Connection, report_keys: Sequence[str], *, at: datetime) -> None:
    """Queue the cards of reports that are to go; afterwards they count as having none."""
    which = REPORTS.c.report_key.in_(report_keys)
    queue(connection, which, at=at)
    connection.execute(update(CARDS).where(CARDS.c.report_key.in_(report_keys)).values(last=True))


def due_channels(connection: Connection, *, at: datetime) -> list[int]:
    """Return the channels in which cards are due, the one that waits longest first."""
    return list(connection.scalars(_CHANNELS, {"now": write_moment(at)}))


def next_due(connection: Connection, channel_id: int, *, at: datetime) -> Card | None:
    """Return the card of a channel that has been due longest; None if none is."""
    found = {"now": write_moment(at), "channel": channel_id}
    row = connection.execute(_NEXT, found).one_or_none()
    return None if row is None else Card(*row)


def end(connection: Connection, card: Card) -> None:
    """Take a card off the queue, unless it was queued anew meanwhile."""
    those = _that(card)
    if connection.scalar(select(CARDS.c.last).where(those)):
        mine = update(REPORTS).where(REPORTS.c.report_key == card.report_key)
        connection.execute(mine.values(channel_id=None, message_id=None))
    connection.execute(delete(CARDS).where(those))


def postpone(
    connection: Connection, card: Card, *, at: datetime, least: timedelta = timedelta()
) -> None:
    """Try a card again later, each time after twice as long; give up in the end."""
    attempts = card.attempts + 1
    if attempts >= MAX_ATTEMPTS:
        end(connection, card)
        return
    later = {"attempts": attempts, "due_at": write_moment(at + max(least, back_off(attempts)))}
    connection.execute(update(CARDS).where(_that(card)).values(later))


def _that(card: Card) -> ColumnElement[bool]:
    """Return the condition for the row as it was taken."""
    return and_(
        CARDS.c.report_key == card.report_key,
        CARDS.c.times_queued == card.times_queued,
        CARDS.c.attempts == card.attempts,
    )
