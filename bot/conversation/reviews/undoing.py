"""Undoing a decision: only another moderator can, and all that it changed is changed back."""

from __future__ import annotations

from sqlalchemy import Connection

from bot.actions import Action
from bot.catalogue.lines import Line
from bot.catalogue.parameters import Moment
from bot.catalogue.reviewing import ReviewRefusal
from bot.conversation.actors import Actor
from bot.conversation.desk import Desk, Refused
from bot.conversation.recording import key_of, put_down
from bot.conversation.responses import Handler, Pressed, Show, Way
from bot.conversation.reviews.deciding import describe
from bot.conversation.reviews.moderating import find_report, who_and_when
from bot.conversation.reviews.reviewing import show_again
from bot.ledger import answers, members, reviews, sweeps
from bot.ledger.audit import AuditAction
from bot.ledger.reports import Report
from bot.ledger.reviews import Decision, Review
from bot.ledger.sweeps import SweepCause

# What is shown differently once they are undone.
POSTED = {Decision.MISLEADING_CUT, Decision.RETRACTED}


def undo(desk: Desk, actor: Actor, pressed: Pressed) -> Show:
    """Undo the decision about a report, which then waits again; a retraction is simply over."""
    with desk.store.transaction() as connection:
        report = find_report(connection, actor, pressed.target.key)
        review = _find_review(desk, connection, actor, report)
        reviews.undo(connection, review, by=key_of(desk, connection, actor), at=desk.now())
        _put_down(desk, connection, actor, report, review)
        _show_as_before(connection, report, review)
        if review.decision in POSTED:
            sweeps.begin_for(
                connection,
                report.answer_key,
                server_id=report.server_id,
                cause=SweepCause.UNDONE,
                at=desk.now(),
            )
        return show_again(desk, connection, actor, pressed)


def _find_review(desk: Desk, connection: Connection, actor: Actor, report: Report) -> Review:
    """Return the decision that stands, if it is another moderator's.

    Nobody can tell whose a forgotten moderator's was: it may be that of whoever undoes it.
    """
    review = reviews.standing(connection, report.report_key)
    if review is None:
        raise _nothing_to_undo(connection, report)
    if review.decided_by is None and not actor.manage_server:
        raise Refused(Line(ReviewRefusal.DECIDER_UNKNOWN))
    if review.decided_by == key_of(desk, connection, actor):
        raise Refused(Line(ReviewRefusal.SECOND_MODERATOR))
    return review


def _nothing_to_undo(connection: Connection, report: Report) -> Refused:
    """Return the refusal that says who has undone the last decision, and when, if any was made."""
    undone = reviews.of_report(connection, report.report_key)
    if not undone or undone[-1].undone_at is None:
        return Refused(Line(ReviewRefusal.NOT_DECIDED))
    who, at = members.find_user(connection, undone[-1].undone_by), Moment(undone[-1].undone_at)
    return who_and_when(who, at, ReviewRefusal.UNDONE, ReviewRefusal.UNDONE_BY_UNKNOWN)


def _put_down(
    desk: Desk, connection: Connection, actor: Actor, report: Report, review: Review
) -> None:
    retracted = review.decision is Decision.RETRACTED
    action = AuditAction.RETRACTION_UNDONE if retracted else AuditAction.DECISION_UNDONE
    subject, detail = report.answer_key, describe(review)
    put_down(desk, connection, actor, action, subject=subject, detail=detail)


def _show_as_before(connection: Connection, report: Report, review: Review) -> None:
    if review.decision is Decision.RETRACTED:
        answers.restore(connection, report.answer_key)
    elif review.decision is Decision.MISLEADING_CUT and review.rank is not None:
        answers.widen(connection, report.answer_key, review.rank, None)


HANDLERS = {Action.UNDO: Handler(undo, Way.REPLACE)}
