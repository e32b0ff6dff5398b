"""The queue of corrections: which posted answers are yet to be brought up to date, and why.

Decisions
---------
A sweep is begun in the transaction of what it corrects, so that neither is ever without the other.
It has one correction for each answer, which waits until it ends in exactly one state, for good.

A message is brought up to date once for all sweeps that wait for it, as what it shows follows from
the ledger and the store alone. So they are taken off the queue together, as a `Correction`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import (
    ColumnElement,
    Connection,
    and_,
    bindparam,
    func,
    insert,
    select,
    update,
)

from bot.ledger import audit
from bot.ledger.audit import QUOTH, AuditAction
from bot.ledger.moments import read_moment, write_moment
from bot.ledger.records import AnswerState, Visibility
from bot.ledger.schema import ANSWERS, CORRECTIONS, SWEEPS

MAX_ATTEMPTS = 30  # about a day, most of it an hour apart
FIRST_WAIT = timedelta(seconds=5)
LONGEST_WAIT = timedelta(hours=1)


class SweepCause(StrEnum):
    """Why posted answers no longer show what they should."""

    RETRACTED = "retracted"
    WITHDRAWN = "withdrawn"
    PURGED = "purged"
    CORRECTED = "corrected"
    RESTORED = "restored"
    WIDENED = "widened"
    UNDONE = "undone"
    NAMED = "named"  # the asker's name is shown, or no longer
    FORGOTTEN = "forgotten"  # the asker's question and name are no longer kept
    UNCONFIRMED = "unconfirmed"  # nobody knows whether the answer was posted


# What only an edit brings about: a reply below a message takes no word and no name off it.
SILENT = frozenset({SweepCause.NAMED, SweepCause.FORGOTTEN, SweepCause.UNCONFIRMED})


class CorrectionState(StrEnum):
    """What became of a message."""

    WAITING = "waiting"
    EDITED = "edited"  # it shows what it should
    REPLIED = "replied"  # Discord lets nobody edit it any more: a reply says what has changed
    PRIVATE = "private"  # only the asker has it; its buttons say what has changed
    UNREACHABLE = "unreachable"  # deleted, or out of Quoth's reach


@dataclass(frozen=True, slots=True)
class Correction:
    """An answer that is to be brought up to date.

    Parameters
    ----------
    server_id : int
    answer_key : str
    sweeps : tuple of int
        All that wait for it, oldest first; at least one.
    begun_at : datetime.datetime
        When the newest of them began.
    silent : tuple of int
        Those of them that a reply would not end.
    """

    server_id: int
    answer_key: str
    sweeps: tuple[int, ...]
    begun_at: datetime
    silent: tuple[int, ...] = ()

    def told(self) -> Correction | None:
        """Return what of it a reply ends, None if nothing."""
        told = tuple(number for number in self.sweeps if number not in self.silent)
        return replace(self, sweeps=told, silent=()) if told else None

    def untold(self) -> Correction | None:
        """Return what of it only an edit ends, None if nothing."""
        return replace(self, sweeps=self.silent) if self.silent else None


@dataclass(frozen=True, slots=True)
class Swept:
    """What has become of a sweep so far.

    Parameters
    ----------
    subject : str
        The key of the answer or the id of the article that it is about.
    counts : mapping of CorrectionState to int
        How many messages are in each state, zeros included.
    """

    cause: SweepCause
    subject: str
    begun_at: datetime
    counts: Mapping[CorrectionState, int]


_WAITING = CORRECTIONS.c.state == CorrectionState.WAITING
_DUE = and_(_WAITING, CORRECTIONS.c.due_at <= bindparam("now"))
_OF_ANSWER = ANSWERS.c.answer_key == CORRECTIONS.c.answer_key

_CHANNELS = (
    select(ANSWERS.c.channel_id)
    .join_from(CORRECTIONS, ANSWERS, _OF_ANSWER)
    .where(_DUE)
    .group_by(ANSWERS.c.channel_id)
    .order_by(func.min(CORRECTIONS.c.due_at), ANSWERS.c.channel_id)
)
_NEXT = (
    select(ANSWERS.c.server_id, ANSWERS.c.answer_key)
    .join_from(CORRECTIONS, ANSWERS, _OF_ANSWER)
    .where(_DUE, ANSWERS.c.channel_id == bindparam("channel"))
    .order_by(CORRECTIONS.c.due_at, CORRECTIONS.c.sweep_id, CORRECTIONS.c.answer_key)
    .limit(1)
)
_SWEEPS_OF_ANSWER = (
    select(SWEEPS.c.sweep_id, SWEEPS.c.begun_at, SWEEPS.c.cause)
    .join_from(CORRECTIONS, SWEEPS, CORRECTIONS.c.sweep_id == SWEEPS.c.sweep_id)
    .where(_WAITING, CORRECTIONS.c.answer_key == bindparam("answer"))
    .order_by(SWEEPS.c.sweep_id)
)


def begin(
    connection: Connection,
    *,
    server_id: int,
    cause: SweepCause,
    subject: str,
    answers: Sequence[str],
    at: datetime,
) -> int:
    """Queue the correction of answers, due at once, and return the sweep's number.

    Parameters
    ----------
    subject : str
        The key of the answer or the id of the article that it is about.
    answers : sequence of str
        Keys of answers of that server; one that comes twice counts once.
    """
    moment = write_moment(at)
    row = {"server_id": server_id, "cause": cause, "subject": subject, "begun_at": moment}
    sweep_id = connection.execute(insert(SWEEPS).values(row)).inserted_primary_key
    assert sweep_id is not None
    state = {"state": CorrectionState.WAITING, "attempts": 0, "due_at": moment}
    rows = [{"sweep_id": sweep_id[0], "answer_key": key, **state} for key in dict.fromkeys(answers)]
    if rows:
        connection.execute(insert(CORRECTIONS), rows)
    return int(sweep_id[0])


def begin_for(
    connection: Connection, answer_key: str, *, server_id: int, cause: SweepCause, at: datetime
) -> int:
    """Queue the correction of one answer, which the sweep is about, and return its number."""
    return begin(
        connection,
        server_id=server_id,
        cause=cause,
        subject=answer_key,
        answers=[answer_key],
        at=at,
    )


def interrupted(connection: Connection) -> list[tuple[int, str]]:
    """Return the server and key of each answer about to be posted that no sweep looks for.

    Ordered by time and key.
    """
    found = (
        select(ANSWERS.c.server_id, ANSWERS.c.answer_key)
        .where(ANSWERS.c.state == AnswerState.PENDING)
        .where(ANSWERS.c.visibility == Visibility.PUBLIC)
        .where(ANSWERS.c.answer_key.not_in(select(CORRECTIONS.c.answer_key).where(_WAITING)))
        .order_by(ANSWERS.c.asked_at, ANSWERS.c.answer_key)
    )
    return [(row.server_id, row.answer_key) for row in connection.execute(found)]


def due_channels(connection: Connection, *, at: datetime) -> list[int]:
    """Return the channels in which messages are due, the one that waits longest first."""
    return list(connection.scalars(_CHANNELS, {"now": write_moment(at)}))


def next_due(connection: Connection, channel_id: int, *, at: datetime) -> Correction | None:
    """Return the correction of a channel that has been due longest; None if none is."""
    found = {"now": write_moment(at), "channel": channel_id}
    row = connection.execute(_NEXT, found).one_or_none()
    if row is None:
        return None
    waiting = connection.execute(_SWEEPS_OF_ANSWER, {"answer": row.answer_key}).all()
    return Correction(
        row.server_id,
        row.answer_key,
        tuple(sweep.sweep_id for sweep in waiting),
        max(read_moment(sweep.begun_at) for sweep in waiting),
        tuple(sweep.sweep_id for sweep in waiting if sweep.cause in SILENT),
    )


def settle(
    connection: Connection, correction: Correction, state: CorrectionState, *, at: datetime
) -> None:
    """End a correction; one that has ended already stays as it is.

    Raises
    ------
    ValueError
        If the state is no end.
    """
    if state is CorrectionState.WAITING:
        raise ValueError("a correction does not end by waiting")
    those = _those(correction)
    ending = connection.scalars(select(CORRECTIONS.c.sweep_id).where(those)).all()
    ended = {"state": state, "ended_at": write_moment(at)}
    connection.execute(update(CORRECTIONS).where(those).values(ended))
    _record_finished(connection, ending, at=at)


def postpone(
    connection: Connection, correction: Correction, *, at: datetime, least: timedelta = timedelta()
) -> None:
    """Try a correction again later, each time after twice as long; give up in the end.

    Parameters
    ----------
    least : datetime.timedelta
        How long it must wait at least.
    """
    found = select(CORRECTIONS.c.sweep_id, CORRECTIONS.c.attempts).where(_those(correction))
    given_up: list[int] = []
    for row in connection.execute(found).all():
        attempts = row.attempts + 1
        if attempts >= MAX_ATTEMPTS:
            given_up.append(row.sweep_id)
            continue
        later = write_moment(at + max(least, back_off(attempts)))
        changed = update(CORRECTIONS).where(
            _those(correction), CORRECTIONS.c.sweep_id == row.sweep_id
        )
        connection.execute(changed.values(attempts=attempts, due_at=later))
    if given_up:
        hopeless = replace(correction, sweeps=tuple(given_up))
        settle(connection, hopeless, CorrectionState.UNREACHABLE, at=at)


def back_off(attempts: int) -> timedelta:
    """Return how long to wait after so many attempts, from 1."""
    return min(LONGEST_WAIT, FIRST_WAIT * (1 << (attempts - 1)))


def report(connection: Connection, sweep_id: int) -> dict[CorrectionState, int]:
    """Return how many corrections of a sweep are in each state, zeros included."""
    found = (
        select(CORRECTIONS.c.state, func.count())
        .where(CORRECTIONS.c.sweep_id == sweep_id)
        .group_by(CORRECTIONS.c.state)
    )
    counts = {CorrectionState(state): count for state, count in connection.execute(found)}
    return {state: counts.get(state, 0) for state in CorrectionState}


def newest(
    connection: Connection,
    server_id: int,
    causes: Collection[SweepCause],
    *,
    limit: int,
    subject: str | None = None,
) -> list[Swept]:
    """Return what became of a server's last sweeps for certain causes, newest first.

    Parameters
    ----------
    subject : str or None
        Only those about this answer or article.
    """
    found = select(SWEEPS).where(SWEEPS.c.server_id == server_id, SWEEPS.c.cause.in_(causes))
    if subject is not None:
        found = found.where(SWEEPS.c.subject == subject)
    rows = connection.execute(found.order_by(SWEEPS.c.sweep_id.desc()).limit(limit)).all()
    return [
        Swept(
            SweepCause(row.cause),
            row.subject,
            read_moment(row.begun_at),
            report(connection, row.sweep_id),
        )
        for row in rows
    ]


def _those(correction: Correction) -> ColumnElement[bool]:
    """Return the condition for the rows that still wait."""
    return and_(
        _WAITING,
        CORRECTIONS.c.answer_key == correction.answer_key,
        CORRECTIONS.c.sweep_id.in_(correction.sweeps),
    )


def _record_finished(connection: Connection, sweeps: Sequence[int], *, at: datetime) -> None:
    """Write to the audit log what became of those sweeps that have just come to their end."""
    waiting = select(CORRECTIONS.c.sweep_id).where(_WAITING, CORRECTIONS.c.sweep_id.in_(sweeps))
    ended = select(SWEEPS).where(SWEEPS.c.sweep_id.in_(sweeps), SWEEPS.c.sweep_id.not_in(waiting))
    for row in connection.execute(ended.order_by(SWEEPS.c.sweep_id)).all():
        counts = report(connection, row.sweep_id)
        audit.append(
            connection,
            server_id=row.server_id,
            at=at,
            actor=QUOTH,
            action=AuditAction.SWEPT,
            subject=row.subject,
            detail=" ".join([row.cause, *(f"{state} {n}" for state, n in counts.items() if n)]),
        )
