"""Members, by random key: the only place where a row meets somebody's id on Discord.

Each server gives a member another key, so that nothing can be joined across servers.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Connection, and_, bindparam, insert, select, update

from bot.ledger.moments import write_moment
from bot.ledger.schema import MEMBERS

# Built once: every question asks for its member's key.
_FIND = select(MEMBERS.c.member_key).where(
    MEMBERS.c.server_id == bindparam("server"), MEMBERS.c.user_id == bindparam("user")
)
_SEEN = update(MEMBERS).where(MEMBERS.c.member_key == bindparam("key"))
_INSERT = insert(MEMBERS)


def key_of(
    connection: Connection,
    server_id: int,
    user_id: int,
    *,
    new_key: Callable[[], str],
    at: datetime,
) -> str:
    """Return a member's key, made at their first question, and note that they were seen.

    The server must be known to `bot.ledger.servers`.
    """
    seen = {"seen_at": write_moment(at)}
    known = find_key(connection, server_id, user_id)
    if known is not None:
        connection.execute(_SEEN, {"key": known, **seen})
        return known
    key = new_key()
    row = {"member_key": key, "server_id": server_id, "user_id": user_id, **seen}
    connection.execute(_INSERT, row)
    return key


def find_key(connection: Connection, server_id: int, user_id: int) -> str | None:
    """Return a member's key, None if nothing is kept under one."""
    key: str | None = connection.scalar(_FIND, {"server": server_id, "user": user_id})
    return key


def find_user(connection: Connection, member_key: str | None) -> int | None:
    """Return whom a key names; None for no key, and for that of somebody who is forgotten."""
    if member_key is None:
        return None
    found = select(MEMBERS.c.user_id).where(MEMBERS.c.member_key == member_key)
    user: int | None = connection.scalar(found)
    return user


def find_user_here(connection: Connection, server_id: int, member_key: str) -> int | None:
    """Return whom a key names on a server; None for another server's, which nobody here may know.

    Articles that several servers have asked were changed by members of each.
    """
    here = and_(MEMBERS.c.member_key == member_key, MEMBERS.c.server_id == server_id)
    user: int | None = connection.scalar(select(MEMBERS.c.user_id).where(here))
    return user
