"""Servers that Quoth comes to and leaves: what is kept of them, and what a new one starts with."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection

from bot.conversation.desk import Desk
from bot.first_run import ensure_handbook
from bot.ledger import audit, servers
from bot.ledger.audit import AuditAction
from bot.ledger.servers import Server


def arrive(desk: Desk, server_id: int) -> bool:
    """Note that Quoth is on a server, and return whether that is news."""
    with desk.store.reading() as connection:
        if _is_here(connection, server_id):
            return False
    with desk.store.transaction() as connection:
        if _is_here(connection, server_id):
            return False
        servers.join(connection, server_id, at=desk.now())
        _record(desk, connection, server_id, AuditAction.SERVER_JOINED)
    return True


def find_present(desk: Desk, server_id: int) -> Server:
    """Return a server that Quoth is on; a question may come before Discord has named the server."""
    server = _look_up(desk, server_id)
    if server is None or server.left_at is not None:
        arrive(desk, server_id)
        server = _look_up(desk, server_id)
    assert server is not None  # it has just come
    return server


def depart(desk: Desk, server_id: int) -> bool:
    """Note that Quoth is on a server no longer, and return whether that is news."""
    with desk.store.transaction() as connection:
        if not _is_here(connection, server_id):
            return False
        servers.leave(connection, server_id, at=desk.now())
        _record(desk, connection, server_id, AuditAction.SERVER_LEFT)
    return True


def depart_all_but(desk: Desk, present: Collection[int]) -> int:
    """Note which servers were left while nobody listened, and return how many."""
    with desk.store.reading() as connection:
        gone = [
            server.server_id
            for server in servers.all_servers(connection)
            if server.left_at is None and server.server_id not in present
        ]
    return sum(depart(desk, server_id) for server_id in gone)


def stock(desk: Desk, server_id: int) -> None:
    """Give a server's own collection the handbook to start with; takes a second or more."""
    server = _look_up(desk, server_id)
    if server is None or server.bound or server.left_at is not None:
        return
    ensure_handbook(desk.directory, desk.store, server.collection, at=desk.now())


def _look_up(desk: Desk, server_id: int) -> Server | None:
    with desk.store.reading() as connection:
        return servers.find(connection, server_id)


def _is_here(connection: Connection, server_id: int) -> bool:
    known = servers.find(connection, server_id)
    return known is not None and known.left_at is None


def _record(desk: Desk, connection: Connection, server_id: int, action: AuditAction) -> None:
    audit.append(
        connection,
        server_id=server_id,
        at=desk.now(),
        actor=audit.QUOTH,
        action=action,
        subject=str(server_id),
    )
