"""Servers: which collection each one asks, and what its administrators have decided."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from datetime import datetime

from sqlalchemy import Connection, Row, bindparam, exists, insert, select, update

from bot.ledger.moments import read_moment, write_moment
from bot.ledger.schema import SERVERS
from corpus.records import State
from corpus.schema import ARTICLES

OWN_PREFIX = "server-"

MAX_CHANNELS = 100
MAX_MODERATOR_ROLES = 25
MEMBER_QUESTIONS = range(1, 101)
MEMBER_SECONDS = range(1, 3601)
SERVER_QUESTIONS = range(1, 1001)  # a minute
RETENTION_DAYS = range(1, 366)

_SERVER = select(SERVERS).where(SERVERS.c.server_id == bindparam("server"))


@dataclass(frozen=True, slots=True)
class ServerSettings:
    """What the administrators of a server have decided.

    Parameters
    ----------
    channels : tuple of int
        Where Quoth answers, at most 100; empty is everywhere.
    public : bool
        Whether answers are posted for all to see.
    moderator_roles : tuple of int
        Who may moderate besides those with Manage Messages, at most 25.
    moderators_channel : int or None
        Where reports go; None leaves them to ``/review``.
    member_questions, member_seconds : int
        How many questions a member may ask in how many seconds.
    server_questions : int
        How many questions a minute the server may ask.
    retention_days : int
        How long questions are kept.

    Raises
    ------
    ValueError
        If a number or a list is out of range.
    """

    channels: tuple[int, ...] = ()
    public: bool = True
    moderator_roles: tuple[int, ...] = ()
    moderators_channel: int | None = None
    member_questions: int = 5
    member_seconds: int = 60
    server_questions: int = 60
    retention_days: int = 30

    def __post_init__(self) -> None:
        _check_range("member_questions", self.member_questions, MEMBER_QUESTIONS)
        _check_range("member_seconds", self.member_seconds, MEMBER_SECONDS)
        _check_range("server_questions", self.server_questions, SERVER_QUESTIONS)
        _check_range("retention_days", self.retention_days, RETENTION_DAYS)
        _check_range("the number of channels", len(self.channels), range(MAX_CHANNELS + 1))
        roles = range(MAX_MODERATOR_ROLES + 1)
        _check_range("the number of moderator roles", len(self.moderator_roles), roles)


@dataclass(frozen=True, slots=True)
class Server:
    """A server that Quoth is on, or was on.

    Parameters
    ----------
    server_id : int
    collection : str
        What it asks.
    bound : bool
        Whether the operator chose the collection; then chat only reads it.
    joined_at : datetime.datetime
    left_at : datetime.datetime or None
        None while Quoth is there.
    settings : ServerSettings
    """

    server_id: int
    collection: str
    bound: bool
    joined_at: datetime
    left_at: datetime | None
    settings: ServerSettings


def find(connection: Connection, server_id: int) -> Server | None:
    """Return a server, None if Quoth never joined it or it is forgotten."""
    row = connection.execute(_SERVER, {"server": server_id}).one_or_none()
    return None if row is None else _server(row)


def all_servers(connection: Connection) -> Sequence[Server]:
    """Return every server that is known, those that were left included, by id."""
    found = connection.execute(select(SERVERS).order_by(SERVERS.c.server_id))
    return [_server(row) for row in found]


def join(connection: Connection, server_id: int, *, at: datetime) -> Server:
    """Return a server that Quoth is on; a new one gets a collection of its own.

    One that was left and is still kept goes on as it was.
    """
    known = find(connection, server_id)
    if known is not None and known.left_at is None:
        return known
    if known is not None:
        _update(connection, server_id, left_at=None)
    else:
        row = {
            "server_id": server_id,
            "collection": own_collection(connection, server_id),
            "bound": False,
            "joined_at": write_moment(at),
            "settings": write_settings(ServerSettings()),
        }
        connection.execute(insert(SERVERS).values(row))
    joined = find(connection, server_id)
    assert joined is not None
    return joined


def leave(connection: Connection, server_id: int, *, at: datetime) -> None:
    """Note that Quoth is on a server no longer; nothing happens if that is known."""
    here = SERVERS.c.left_at.is_(None)
    gone = update(SERVERS).where(SERVERS.c.server_id == server_id, here)
    connection.execute(gone.values(left_at=write_moment(at)))


def save_settings(connection: Connection, server_id: int, settings: ServerSettings) -> None:
    """Replace a server's settings."""
    _update(connection, server_id, settings=write_settings(settings))


def bind(connection: Connection, server_id: int, collection: str, *, bound: bool) -> None:
    """Let a server ask a collection: the operator's choice if bound, else one of its own."""
    _update(connection, server_id, collection=collection, bound=bound)


def own_collection(connection: Connection, server_id: int) -> str:
    """Return the name of the collection that belongs to a server alone."""
    return own_collections(connection, server_id)[-1]


def own_collections(connection: Connection, server_id: int) -> Sequence[str]:
    """Return the names of all collections that ever belonged to a server alone, the present last.

    Purged texts cannot be added again, so a server that comes back after its articles were purged
    starts in a new one.
    """
    names = [f"{OWN_PREFIX}{server_id}"]
    while _is_used_up(connection, names[-1]):
        names.append(f"{OWN_PREFIX}{server_id}-{len(names) + 1}")
    return names


def write_settings(settings: ServerSettings) -> str:
    """Return settings as one line of JSON."""
    return json.dumps(asdict(settings), sort_keys=True)


def read_settings(line: str) -> ServerSettings:
    """Return the settings that a line of JSON holds.

    What is missing has its default; what only a newer Quoth knows is passed over.
    """
    values = json.loads(line)
    known = {
        field.name: values[field.name] for field in fields(ServerSettings) if field.name in values
    }
    for name in ("channels", "moderator_roles"):
        if name in known:
            known[name] = tuple(known[name])
    return ServerSettings(**known)


def _server(row: Row[tuple[object, ...]]) -> Server:
    return Server(
        server_id=row.server_id,
        collection=row.collection,
        bound=row.bound,
        joined_at=read_moment(row.joined_at),
        left_at=None if row.left_at is None else read_moment(row.left_at),
        settings=read_settings(row.settings),
    )


def _update(connection: Connection, server_id: int, **values: object) -> None:
    connection.execute(update(SERVERS).where(SERVERS.c.server_id == server_id).values(values))


def _is_used_up(connection: Connection, collection: str) -> bool:
    """Return whether a collection held articles, all of which are purged."""
    held = select(ARTICLES.c.article_id).where(ARTICLES.c.collection == collection)
    left = held.where(ARTICLES.c.state != State.PURGED)
    found: bool = connection.scalar(select(exists(held) & ~exists(left))) or False
    return found


def _check_range(name: str, value: int, allowed: range) -> None:
    if value not in allowed:
        raise ValueError(f"{name} must be from {allowed[0]} to {allowed[-1]}, not {value}")
