"""Who moderates, and whether a report is still theirs to decide."""

from __future__ import annotations

from sqlalchemy import Connection

from bot.catalogue.lines import Line, Sentence
from bot.catalogue.parameters import Member, Moment
from bot.catalogue.refusals import Refusal
from bot.catalogue.reviewing import ReviewRefusal
from bot.conversation.actors import Actor, is_moderator
from bot.conversation.desk import Refused
from bot.conversation.servers import require_server
from bot.ledger import members, reports, reviews
from bot.ledger.reports import Report, ReportKind, ReportState
from bot.ledger.servers import Server


def require_moderator(connection: Connection, actor: Actor) -> Server:
    """Return the server that an actor moderates; raise Refused if they do not."""
    server = require_server(connection, actor)
    if not is_moderator(actor, server.settings.moderator_roles):
        raise Refused(Line(Refusal.NOT_MODERATOR))
    return server


def find_report(connection: Connection, actor: Actor, key: str) -> Report:
    """Return a report of the server that an actor moderates.

    Raises
    ------
    Refused
        If they do not moderate it, or it has no such report; a retraction that was never confirmed
        is none.
    """
    require_moderator(connection, actor)
    report = reports.get(connection, actor.server_id, key)
    if report is None:
        raise Refused(Line(Refusal.NO_REPORT))
    if report.kind is ReportKind.RETRACTION and not reviews.of_report(connection, key):
        raise Refused(Line(Refusal.NO_REPORT))
    return report


def check_undecided(connection: Connection, report: Report, by: str | None) -> None:
    """Raise Refused if a report is decided, or claimed by another moderator, saying who and when.

    Parameters
    ----------
    by : str or None
        The key of whoever asks; None if they have none yet.
    """
    if report.state is ReportState.DECIDED:
        review = reviews.standing(connection, report.report_key)
        if review is None:
            raise Refused(Line(Refusal.CHANGED))
        who = members.find_user(connection, review.decided_by)
        at = Moment(review.decided_at)
        raise who_and_when(who, at, Refusal.DECIDED, ReviewRefusal.DECIDED_BY_UNKNOWN)
    if report.claimed_at is not None and report.claimed_by != by:
        who = members.find_user(connection, report.claimed_by)
        at = Moment(report.claimed_at)
        raise who_and_when(who, at, Refusal.CLAIMED, ReviewRefusal.CLAIMED_BY_UNKNOWN)


def who_and_when(who: int | None, at: Moment, known: Sentence, unknown: Sentence) -> Refused:
    """Return the refusal that says which moderator was first, if they are still kept, and when."""
    return Refused(Line(unknown, (at,)) if who is None else Line(known, (Member(who), at)))
