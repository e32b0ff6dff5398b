"""What time erases: questions and who asked them, and servers that Quoth has left.

Decisions
---------
Each call works on one server and on at most `BATCH` rows of a kind, so that nobody who asks has to
wait for it; the caller goes on until nothing is left to do.

What is erased goes from where Discord shows it too: messages and cards that show it are queued to
be edited, in the same transaction. A report goes once its card shows nothing of anybody, since only
its row tells where the card stands.

A posted answer keeps its selectors for as long as its message may need correcting. Everything else
goes: what only the asker saw, what never arrived, what is decided.

Who acted as a moderator is named in the audit log for as long as they do not have themself
forgotten (`bot.ledger.forgetting.forget`); nobody else's key outlives what it stands in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Select,
    and_,
    delete,
    exists,
    or_,
    select,
    update,
)

from bot.ledger import cards, servers, sweeps
from bot.ledger.audit import AuditAction
from bot.ledger.forgetting import ERASED, erase_questions
from bot.ledger.moments import write_moment
from bot.ledger.posting import MAY_STAND
from bot.ledger.records import AnswerState, Visibility
from bot.ledger.schema import (
    ANSWERS,
    AUDIT,
    CARDS,
    CITATIONS,
    CORRECTIONS,
    MEMBERS,
    REPORTS,
    REVIEWS,
    SERVERS,
    SWEEPS,
)
from bot.ledger.servers import Server
from bot.ledger.sweeps import SweepCause

BATCH = 200

# What any member may do; whoever did more is named in the audit log.
MEMBERS_ACTIONS = (
    AuditAction.REPORTED,
    AuditAction.QUESTION_SENT,
    AuditAction.ANSWER_DELETED,
    AuditAction.MEMBER_FORGOTTEN,
)


@dataclass(frozen=True, slots=True)
class Expired:
    """How much was erased.

    Parameters
    ----------
    questions, notes : int
        Of answers and reports that stay.
    cards : int
        That are to lose what they show, before their reports go.
    answers, reports, sweeps, members : int
        That are gone whole.
    servers : int
        1 if the server itself is gone.
    """

    questions: int = 0
    notes: int = 0
    cards: int = 0
    answers: int = 0
    reports: int = 0
    sweeps: int = 0
    members: int = 0
    servers: int = 0

    def __bool__(self) -> bool:
        """Return whether anything was erased, and so whether there may be more."""
        return self != Expired()

    def __str__(self) -> str:
        """Return what there is any of, in the audit log's words."""
        counts = ((each.name, getattr(self, each.name)) for each in fields(self))
        return " ".join(f"{name} {count}" for name, count in counts if count)


def has_run_out(server: Server, *, at: datetime) -> bool:
    """Return whether a server was left so long ago that nothing of it is kept."""
    return server.left_at is not None and server.left_at < _oldest(server, at)


def expire(connection: Connection, server_id: int, *, at: datetime) -> Expired:
    """Erase what of a server is older than its retention, some of it if it is much.

    The articles of a server that was left too long ago are to be purged before.

    Returns
    -------
    Expired
        False once there is nothing left to erase.
    """
    server = servers.find(connection, server_id)
    if server is None:
        return Expired()
    if has_run_out(server, at=at):
        return _forget_server(connection, server_id)
    before = write_moment(_oldest(server, at))
    return Expired(
        questions=_erase_questions(connection, server_id, before, at=at),
        cards=_blank_cards(connection, server_id, before, at=at),
        reports=_delete_reports(connection, server_id, before),
        notes=_erase_notes(connection, server_id, before, at=at),
        sweeps=_delete_sweeps(connection, server_id, before),
        answers=_delete_answers(connection, _idle_answers(server_id, before)),
        members=_delete_members(connection, server_id, before),
    )


def _oldest(server: Server, at: datetime) -> datetime:
    """Return the moment before which nothing of a server is kept."""
    return at - timedelta(days=server.settings.retention_days)


def _erase_questions(connection: Connection, server_id: int, before: str, *, at: datetime) -> int:
    """Erase what was asked and by whom; the quotes stay."""
    is_kept = or_(*(ANSWERS.c[name].is_not(None) for name in ERASED if name != "named"))
    found = select(ANSWERS.c.answer_key).where(
        ANSWERS.c.server_id == server_id,
        ANSWERS.c.asked_at < before,
        or_(is_kept, ANSWERS.c.named),
    )
    keys = _some(connection, found)
    erase_questions(connection, ANSWERS.c.answer_key.in_(keys))
    _correct_messages(connection, server_id, keys, at=at)
    cards.queue(connection, REPORTS.c.answer_key.in_(keys), at=at)
    return len(keys)


def _correct_messages(
    connection: Connection, server_id: int, keys: Sequence[str], *, at: datetime
) -> None:
    """Begin a sweep of the messages that show questions just erased, follow-ups included."""
    posted = select(ANSWERS.c.answer_key).where(
        or_(ANSWERS.c.answer_key.in_(keys), ANSWERS.c.follows.in_(keys)),
        MAY_STAND,
        ANSWERS.c.reason.is_(None),
    )
    showing = connection.scalars(posted.order_by(ANSWERS.c.asked_at, ANSWERS.c.answer_key)).all()
    if showing:
        sweeps.begin(
            connection,
            server_id=server_id,
            cause=SweepCause.FORGOTTEN,
            subject=str(server_id),
            answers=showing,
            at=at,
        )


def _erase_notes(connection: Connection, server_id: int, before: str, *, at: datetime) -> int:
    """Erase what was typed about an answer and by whom, even if nobody has decided it yet."""
    is_kept = or_(REPORTS.c.note.is_not(None), REPORTS.c.member_key.is_not(None))
    found = select(REPORTS.c.report_key).where(
        REPORTS.c.server_id == server_id, REPORTS.c.opened_at < before, is_kept
    )
    keys = _some(connection, found)
    cleared = update(REPORTS).where(REPORTS.c.report_key.in_(keys))
    connection.execute(cleared.values(note=None, member_key=None))
    here = select(REPORTS.c.report_key).where(REPORTS.c.server_id == server_id)
    typed = select(REVIEWS.c.review_key).where(
        REVIEWS.c.report_key.in_(here), REVIEWS.c.decided_at < before, REVIEWS.c.note.is_not(None)
    )
    reviewed = _some(connection, typed)
    connection.execute(update(REVIEWS).where(REVIEWS.c.review_key.in_(reviewed)).values(note=None))
    about = select(REVIEWS.c.report_key).where(REVIEWS.c.review_key.in_(reviewed))
    shown = or_(REPORTS.c.report_key.in_(keys), REPORTS.c.report_key.in_(about))
    cards.queue(connection, shown, at=at)
    return len(keys) + len(reviewed)


def _blank_cards(connection: Connection, server_id: int, before: str, *, at: datetime) -> int:
    """Take all words and names off the cards of reports that are to go, once no question is left.

    Until such a card is edited, or given up, its report's row stays.
    """
    asked = select(ANSWERS.c.answer_key).where(ANSWERS.c.question.is_not(None))
    found = _decided_reports(server_id, before).where(
        REPORTS.c.message_id.is_not(None),
        REPORTS.c.answer_key.not_in(asked),
        ~exists().where(CARDS.c.report_key == REPORTS.c.report_key, CARDS.c.last),
    )
    keys = _some(connection, found)
    blank = update(REPORTS).where(REPORTS.c.report_key.in_(keys))
    connection.execute(blank.values(note=None, member_key=None, claimed_by=None))
    judged = update(REVIEWS).where(REVIEWS.c.report_key.in_(keys))
    connection.execute(judged.values(note=None, decided_by=None, undone_by=None))
    cards.queue_last(connection, keys, at=at)
    return len(keys)


def _delete_reports(connection: Connection, server_id: int, before: str) -> int:
    """Delete decided reports that have no card, or none any more, with their reviews."""
    found = _decided_reports(server_id, before).where(REPORTS.c.message_id.is_(None))
    keys = _some(connection, found)
    for column in (CARDS.c, REVIEWS.c, REPORTS.c):
        _delete(connection, column.report_key, keys)
    return len(keys)


def _decided_reports(server_id: int, before: str) -> Select[Any]:
    """Return a query for old reports that are decided, or whose retraction nobody confirmed."""
    newer = or_(REVIEWS.c.decided_at >= before, REVIEWS.c.undone_at >= before)
    return select(REPORTS.c.report_key).where(
        REPORTS.c.server_id == server_id,
        REPORTS.c.opened_at < before,
        REPORTS.c.state == "decided",
        ~exists().where(REVIEWS.c.report_key == REPORTS.c.report_key, newer),
    )


def _delete_sweeps(connection: Connection, server_id: int, before: str) -> int:
    """Delete sweeps all of whose messages have ended in their states."""
    waiting = and_(CORRECTIONS.c.sweep_id == SWEEPS.c.sweep_id, CORRECTIONS.c.state == "waiting")
    found = select(SWEEPS.c.sweep_id).where(
        SWEEPS.c.server_id == server_id, SWEEPS.c.begun_at < before, ~exists().where(waiting)
    )
    numbers = _some(connection, found)
    _delete(connection, CORRECTIONS.c.sweep_id, numbers)
    _delete(connection, SWEEPS.c.sweep_id, numbers)
    return len(numbers)


def _idle_answers(server_id: int, before: str) -> Select[Any]:
    """Return a query for old answers that no message shows to all and no report is about."""
    over = ANSWERS.c.state.in_([AnswerState.FAILED, AnswerState.DELETED])
    unseen = ANSWERS.c.visibility == Visibility.PRIVATE
    return select(ANSWERS.c.answer_key).where(
        ANSWERS.c.server_id == server_id,
        ANSWERS.c.asked_at < before,
        or_(over, unseen, ANSWERS.c.reason.is_not(None)),
        ~exists().where(REPORTS.c.answer_key == ANSWERS.c.answer_key),
    )


def _delete_answers(connection: Connection, found: Select[Any]) -> int:
    """Delete answers with all that is about them."""
    keys = _some(connection, found)
    about = REPORTS.c.answer_key.in_(keys)
    of_reports = select(REPORTS.c.report_key).where(about)
    for table in (CARDS, REVIEWS):
        connection.execute(delete(table).where(table.c.report_key.in_(of_reports)))
    for column in (REPORTS.c, CORRECTIONS.c, CITATIONS.c, ANSWERS.c):
        _delete(connection, column.answer_key, keys)
    return len(keys)


def _delete_members(connection: Connection, server_id: int, before: str) -> int:
    """Delete the keys of members who were not seen since and stand in nothing that is kept."""
    key = MEMBERS.c.member_key
    acted = select(AUDIT.c.actor).where(
        AUDIT.c.server_id == server_id, AUDIT.c.action.not_in(MEMBERS_ACTIONS)
    )
    found = select(key).where(
        MEMBERS.c.server_id == server_id,
        MEMBERS.c.seen_at < before,
        ~exists().where(ANSWERS.c.member_key == key),
        ~exists().where(or_(REPORTS.c.member_key == key, REPORTS.c.claimed_by == key)),
        ~exists().where(or_(REVIEWS.c.decided_by == key, REVIEWS.c.undone_by == key)),
        key.not_in(acted),
    )
    keys = _some(connection, found)
    _delete(connection, key, keys)
    return len(keys)


def _forget_server(connection: Connection, server_id: int) -> Expired:
    """Delete a server's answers, and with the last of them the server; its audit rows stay."""
    mine = select(ANSWERS.c.answer_key).where(ANSWERS.c.server_id == server_id)
    answers = _delete_answers(connection, mine)
    if answers == BATCH:
        return Expired(answers=answers)
    for table in (SWEEPS, MEMBERS, SERVERS):
        connection.execute(delete(table).where(table.c.server_id == server_id))
    return Expired(answers=answers, servers=1)


def _some(connection: Connection, found: Select[Any]) -> Sequence[Any]:
    """Return as many keys as one transaction works on."""
    return connection.scalars(found.limit(BATCH)).all()


def _delete(connection: Connection, column: Column[Any], keys: Sequence[Any]) -> None:
    connection.execute(delete(column.table).where(column.in_(keys)))
