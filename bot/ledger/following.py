"""Following the corpus: what happens to articles becomes sweeps and rows of the audit log.

Decisions
---------
The corpus writes an event for each change of an article and knows nothing of the chat. The ledger
follows those events in order and marks how far it has come, so that each one counts once, whoever
follows: the command that changed the article, in the same transaction, or else the running bot.

Where no mark is, nothing was followed yet. The first event to follow is then the first one not
older than the first server: no answer and no server's history can be about anything before that.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, Row, bindparam, func, inspect, select

from bot.ledger import audit, sweeps
from bot.ledger.answers import citing
from bot.ledger.audit import OPERATOR, QUOTH, AuditAction
from bot.ledger.marks import read_mark, write_mark
from bot.ledger.members import find_user_here
from bot.ledger.moments import read_moment
from bot.ledger.schema import SERVERS, VERSION_TABLE
from bot.ledger.sweeps import SweepCause
from bot.operator import QUOTH_ITSELF
from corpus.records import Action
from corpus.schema import EVENTS

FOLLOWED_EVENT = "followed_event"
MAX_EVENTS = 200  # in one transaction, since others wait for it

MEMBER_PREFIX = "member:"

AUDITED = {
    Action.ADDED: AuditAction.ARTICLE_ADDED,
    Action.NEW_VERSION: AuditAction.ARTICLE_CORRECTED,
    Action.SOURCE_CORRECTED: AuditAction.ARTICLE_CORRECTED,
    Action.WITHDRAWN: AuditAction.ARTICLE_WITHDRAWN,
    Action.RESTORED: AuditAction.ARTICLE_RESTORED,
    Action.PURGED: AuditAction.ARTICLE_PURGED,
}
CAUSES = {
    Action.NEW_VERSION: SweepCause.CORRECTED,
    Action.SOURCE_CORRECTED: SweepCause.CORRECTED,
    Action.WITHDRAWN: SweepCause.WITHDRAWN,
    Action.RESTORED: SweepCause.RESTORED,
    Action.PURGED: SweepCause.PURGED,
}

_NEXT = select(EVENTS).where(EVENTS.c.event_id > bindparam("mark")).order_by(EVENTS.c.event_id)
_NEXT_FEW = _NEXT.limit(MAX_EVENTS)
_SERVERS_OF = (
    select(SERVERS.c.server_id)
    .where(SERVERS.c.collection == bindparam("collection"), SERVERS.c.left_at.is_(None))
    .order_by(SERVERS.c.server_id)
)


def has_ledger(connection: Connection) -> bool:
    """Return whether the bot ever ran on this data directory."""
    return inspect(connection).has_table(VERSION_TABLE)


def is_behind(connection: Connection) -> bool:
    """Return whether something has happened to articles that was not followed yet."""
    mark = _followed(connection)
    return connection.execute(_NEXT.limit(1), {"mark": mark}).first() is not None


def follow_events(connection: Connection, *, at: datetime) -> int:
    """Begin a sweep for what has happened to cited articles, and record it in the audit log.

    At most `MAX_EVENTS` events are followed at once; `is_behind` says whether there are more.

    Parameters
    ----------
    connection : Connection
        Of the transaction that changed an article, or of one of its own.
    at : datetime.datetime
        When the sweeps begin.

    Returns
    -------
    int
        How many corrections were queued.
    """
    events = connection.execute(_NEXT_FEW, {"mark": _followed(connection)}).all()
    if not events:
        return 0
    queued = sum(_follow(connection, event, at=at) for event in events)
    write_mark(connection, FOLLOWED_EVENT, str(events[-1].event_id))
    return queued


def follow_all(connection: Connection, *, at: datetime) -> int:
    """Follow events until none is left, and return how many corrections were queued."""
    queued = 0
    while is_behind(connection):
        queued += follow_events(connection, at=at)
    return queued


def actor_name(member_key: str) -> str:
    """Return how the corpus names a member who changes an article from the chat."""
    return f"{MEMBER_PREFIX}{member_key}"


def _follow(connection: Connection, event: Row[tuple[object, ...]], *, at: datetime) -> int:
    """Sweep what cites the article, record the event for each server, and count corrections."""
    action = Action(event.action)
    version = "" if event.version is None else f"version {event.version}"
    answers: dict[int, list[str]] = {}
    if action in CAUSES:
        for server_id, key in citing(connection, event.collection, event.article_id):
            answers.setdefault(server_id, []).append(key)
    asking = connection.scalars(_SERVERS_OF, {"collection": event.collection})
    for server_id in sorted({*asking, *answers}):
        audit.append(
            connection,
            server_id=server_id,
            at=read_moment(event.at),
            actor=_actor(connection, server_id, event.by),
            action=AUDITED[action],
            subject=event.article_id,
            detail=version,
        )
        if server_id in answers:
            sweeps.begin(
                connection,
                server_id=server_id,
                cause=CAUSES[action],
                subject=event.article_id,
                answers=answers[server_id],
                at=at,
            )
    return sum(map(len, answers.values()))


def _actor(connection: Connection, server_id: int, by: str) -> str:
    """Return who did it, in the words of a server's audit log.

    To other servers that have the articles, a member of one is whoever looks after them: a key
    would tell them which changes are one person's.
    """
    if by.startswith(MEMBER_PREFIX):
        key = by.removeprefix(MEMBER_PREFIX)
        return OPERATOR if find_user_here(connection, server_id, key) is None else key
    return QUOTH if by == QUOTH_ITSELF else OPERATOR


def _followed(connection: Connection) -> int:
    """Return the last event that was followed, or that needs no following."""
    stored = read_mark(connection, FOLLOWED_EVENT)
    if stored is not None:
        return int(stored)
    older = select(func.max(EVENTS.c.event_id))
    first_joined = connection.scalar(select(func.min(SERVERS.c.joined_at)))
    if first_joined is not None:
        older = older.where(EVENTS.c.at < first_joined)
    return connection.scalar(older) or 0
