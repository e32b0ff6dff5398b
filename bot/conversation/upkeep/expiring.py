"""Once a day: what is older than its server's retention goes, and what belongs to servers left."""

from __future__ import annotations

from sqlalchemy import Connection

from bot.conversation.desk import Desk
from bot.ledger import audit, servers
from bot.ledger.audit import QUOTH, AuditAction
from bot.ledger.retention import Expired, expire, has_run_out
from bot.ledger.scrubbing import erased_mark, forget_mark, note_erased
from bot.operator import QUOTH_ITSELF
from corpus.directory import STALE_NAME, read_pointer
from corpus.store import State
from retrieval.indexing.rebuilding import rebuild_index

PURGE_REASON = "Quoth left the server, and its retention is over"
PURGE_BATCH = 50  # articles in one transaction, since others wait for it


def expire_all(desk: Desk) -> int:
    """Erase what no server's retention covers any more, and return in how many steps.

    Each is a short transaction, so that nobody who asks meanwhile has to wait; only the end, when
    the file is freed of every trace, holds the database for longer. Run again, it goes on where it
    was stopped; with nothing to erase it writes nothing.

    Raises
    ------
    corpus.errors.CorpusError
        If the database cannot be written, or is busy; what is left waits for the next time.
    """
    with desk.store.reading() as connection:
        known = [server.server_id for server in servers.all_servers(connection)]
    steps = 0
    for server_id in known:
        _purge_articles(desk, server_id)
        while _expire(desk, server_id):
            steps += 1
    _scrub(desk)
    return steps


def _expire(desk: Desk, server_id: int) -> Expired:
    """Erase some of a server's rows, and put it down in the audit log."""
    at = desk.now()
    with desk.store.transaction() as connection:
        expired = expire(connection, server_id, at=at)
        if expired:
            note_erased(connection)
            audit.append(
                connection,
                server_id=server_id,
                at=at,
                actor=QUOTH,
                action=AuditAction.RETENTION,
                subject=str(server_id),
                detail=str(expired),
            )
    return expired


def _purge_articles(desk: Desk, server_id: int) -> None:
    """Purge the articles of a server that was left too long ago, and its index with them."""
    with desk.store.reading() as connection:
        collections = _left_collections(desk, connection, server_id)
    for collection in collections:
        while _purge_some(desk, server_id, collection):
            pass
        if read_pointer(desk.directory.index(collection) / STALE_NAME) is not None:
            rebuild_index(desk.store, desk.directory, collection)


def _purge_some(desk: Desk, server_id: int, collection: str) -> int:
    """Purge the next few articles of a collection, and return how many."""
    with desk.store.transaction() as connection:
        # Quoth may have been invited again in this very moment.
        if collection not in _left_collections(desk, connection, server_id):
            return 0
        held = desk.store.list(connection, collection)
        some = [one.article_id for one in held if one.state is not State.PURGED][:PURGE_BATCH]
        if some:
            note_erased(connection)
        for article_id in some:
            desk.store.purge(
                connection,
                collection,
                article_id,
                reason=PURGE_REASON,
                at=desk.now(),
                by=QUOTH_ITSELF,
            )
    return len(some)


def _left_collections(desk: Desk, connection: Connection, server_id: int) -> set[str]:
    """Return the collections that belonged to a server that was left too long ago.

    One that another server asks stays: the operator has given it to them.
    """
    server = servers.find(connection, server_id)
    if server is None or not has_run_out(server, at=desk.now()):
        return set()
    others = {
        other.collection
        for other in servers.all_servers(connection)
        if other.server_id != server_id
    }
    return set(servers.own_collections(connection, server_id)) - others


def _scrub(desk: Desk) -> None:
    """Free the file of what was erased since it was freed last, if anything was."""
    with desk.store.reading() as connection:
        mark = erased_mark(connection)
    if mark is None:
        return
    desk.store.scrub()
    with desk.store.transaction() as connection:
        forget_mark(connection, mark)
