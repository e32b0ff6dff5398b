"""Who acts, by key, and what of it goes into the audit log."""

from __future__ import annotations

from sqlalchemy import Connection

from bot.conversation.actors import Actor
from bot.conversation.desk import Desk
from bot.ledger import audit, members
from bot.ledger.audit import AuditAction


def key_of(desk: Desk, connection: Connection, actor: Actor) -> str:
    """Return an actor's key, in a transaction that writes."""
    at, new_key = desk.now(), desk.new_key
    return members.key_of(connection, actor.server_id, actor.user_id, new_key=new_key, at=at)


def put_down(
    desk: Desk,
    connection: Connection,
    actor: Actor,
    action: AuditAction,
    *,
    subject: str,
    detail: str = "",
) -> None:
    """Write to the audit log what an actor does, in the transaction that does it."""
    audit.append(
        connection,
        server_id=actor.server_id,
        at=desk.now(),
        actor=key_of(desk, connection, actor),
        action=action,
        subject=subject,
        detail=detail,
    )
