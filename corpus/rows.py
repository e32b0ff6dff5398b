"""Reading and writing the rows of the corpus tables: all SQL of `corpus.store` is here."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, TypedDict

from sqlalchemy import (
    Connection,
    LargeBinary,
    Row,
    and_,
    bindparam,
    case,
    cast,
    insert,
    select,
    update,
)

from corpus.article import Source
from corpus.directory import check_collection_name
from corpus.errors import StoreCorrupt
from corpus.records import (
    Action,
    ArticleSummary,
    CitedArticle,
    Event,
    State,
    StoredArticle,
    VersionSummary,
)
from corpus.schema import ARTICLES, COLLECTIONS, EVENTS, SOURCES, VERSIONS
from corpus.source_json import source_from_json, source_to_json

# Cast, because a text that was tampered with may come back as another type than it went in.
STORED_TEXT = cast(VERSIONS.c.text, LargeBinary).label("stored_text")
CURRENT_VERSION = and_(
    VERSIONS.c.collection == ARTICLES.c.collection,
    VERSIONS.c.article_id == ARTICLES.c.article_id,
    VERSIONS.c.version == ARTICLES.c.version,
)
CURRENT_SOURCE = and_(
    SOURCES.c.collection == ARTICLES.c.collection,
    SOURCES.c.article_id == ARTICLES.c.article_id,
    SOURCES.c.revision == ARTICLES.c.source_revision,
)

_ENTRIES = (
    select(ARTICLES, VERSIONS.c.sha256, VERSIONS.c.chars, SOURCES.c.record)
    .join_from(ARTICLES, VERSIONS, CURRENT_VERSION)
    .join(SOURCES, CURRENT_SOURCE)
    .where(ARTICLES.c.collection == bindparam("collection"))
)
_ENTRY = _ENTRIES.where(ARTICLES.c.article_id == bindparam("article_id"))
_IN_ORDER = _ENTRIES.order_by(ARTICLES.c.article_id)
_ACTIVE = _IN_ORDER.add_columns(STORED_TEXT).where(ARTICLES.c.state == State.ACTIVE)

# A posted answer is checked against it each time it is shown, so it reads all at once.
_CITED = _ENTRIES.where(
    ARTICLES.c.article_id.in_(bindparam("article_ids", expanding=True))
).add_columns(
    VERSIONS.c.added_at,
    SOURCES.c.recorded_at,
    case((ARTICLES.c.state == State.ACTIVE, STORED_TEXT)).label("cited_text"),
)

_TAKEN_BACK = (
    select(ARTICLES.c.article_id, ARTICLES.c.state)
    .join_from(
        ARTICLES,
        VERSIONS,
        and_(
            VERSIONS.c.collection == ARTICLES.c.collection,
            VERSIONS.c.article_id == ARTICLES.c.article_id,
        ),
    )
    .where(
        VERSIONS.c.collection == bindparam("collection"),
        VERSIONS.c.sha256 == bindparam("sha256"),
        ARTICLES.c.state != State.ACTIVE,
    )
    .order_by(ARTICLES.c.article_id)
    .limit(1)
)

# Built once: an ingest runs each of them for every article.
_INSERT_ARTICLE = insert(ARTICLES)
_INSERT_VERSION = insert(VERSIONS)
_INSERT_SOURCE = insert(SOURCES)
_INSERT_EVENT = insert(EVENTS)


class Key(TypedDict):
    """What every row of an article starts with."""

    collection: str
    article_id: str


@dataclass(frozen=True, slots=True)
class Current:
    """Where an article stands: its state, and what its row points at; `record` is JSON."""

    state: State
    version: int
    source_revision: int
    sha256: str
    record: str


# What an article that was never added is compared with: everything is new.
UNSTORED = Current(State.ACTIVE, version=0, source_revision=0, sha256="", record="")


def to_key(collection: str, article_id: str) -> Key:
    """Return the key of an article.

    Raises
    ------
    ValueError
        If the collection's name is unsafe, or the id is empty or not valid Unicode.
    """
    check_collection_name(collection)
    if not article_id or any("\ud800" <= character <= "\udfff" for character in article_id):
        raise ValueError(f"{article_id!r} is not an article id")
    return {"collection": collection, "article_id": article_id}


def read_current(connection: Connection, key: Key) -> Current:
    """Return where an article stands; `UNSTORED` if it was never added."""
    row = connection.execute(_ENTRY, key).one_or_none()
    if row is None:
        return UNSTORED
    return Current(State(row.state), row.version, row.source_revision, row.sha256, row.record)


def find_taken_back(connection: Connection, key: Key, sha256: str) -> tuple[str, State] | None:
    """Return a withdrawn or purged article of the collection that once had a text, if any."""
    found = {"collection": key["collection"], "sha256": sha256}
    row = connection.execute(_TAKEN_BACK, found).one_or_none()
    return None if row is None else (row.article_id, State(row.state))


def read_summaries(connection: Connection, collection: str) -> list[ArticleSummary]:
    """Return the articles of a collection, in any state, by article id."""
    found = connection.execute(_IN_ORDER, {"collection": collection})
    return [
        ArticleSummary(
            article_id=row.article_id,
            version=row.version,
            state=State(row.state),
            source=to_source(row.record, row.article_id),
            chars=row.chars,
            sha256=row.sha256,
        )
        for row in found
    ]


def read_active(connection: Connection, collection: str) -> Iterator[StoredArticle]:
    """Yield the active articles of a collection, by article id, each text checked."""
    for row in connection.execute(_ACTIVE, {"collection": collection}):
        yield StoredArticle(
            article_id=row.article_id,
            version=row.version,
            text=to_text(row.stored_text, row.sha256, row.article_id, row.version),
            sha256=row.sha256,
            source=to_source(row.record, row.article_id),
        )


def read_cited(
    connection: Connection, collection: str, article_ids: Collection[str]
) -> dict[str, CitedArticle]:
    """Return where articles stand, by id; unknown ones are left out, what is damaged is None."""
    asked = {"collection": collection, "article_ids": list(article_ids)}
    return {row.article_id: _cited(row) for row in connection.execute(_CITED, asked)}


def read_versions(connection: Connection, key: Key) -> list[VersionSummary]:
    """Return an article's versions, oldest first."""
    found = select(
        VERSIONS.c.version, VERSIONS.c.sha256, VERSIONS.c.chars, VERSIONS.c.added_at
    ).filter_by(**key)
    rows = connection.execute(found.order_by(VERSIONS.c.version))
    return [VersionSummary(row.version, row.sha256, row.chars, row.added_at) for row in rows]


def read_events(connection: Connection, key: Key) -> list[Event]:
    """Return what was done to an article, first to last."""
    found = select(EVENTS).filter_by(**key).order_by(EVENTS.c.event_id)
    rows = connection.execute(found)
    return [Event(row.at, Action(row.action), row.version, row.by, row.reason) for row in rows]


def read_text(connection: Connection, key: Key, version: int) -> tuple[str, str]:
    """Return the text of a version and its SHA-256; raise StoreCorrupt if they differ."""
    found = select(VERSIONS.c.sha256, STORED_TEXT).filter_by(**key, version=version)
    row = connection.execute(found).one_or_none()
    stored, sha256 = (None, "") if row is None else (row.stored_text, row.sha256)
    return to_text(stored, sha256, key["article_id"], version), sha256


def read_collections(connection: Connection) -> list[str]:
    """Return the names of the collections that ever held an article, in order."""
    return list(connection.scalars(select(COLLECTIONS.c.name).order_by(COLLECTIONS.c.name)))


def read_revision(connection: Connection, collection: str) -> int:
    """Return how often a collection was changed; 0 if there is no such name."""
    found = select(COLLECTIONS.c.revision).where(COLLECTIONS.c.name == collection)
    return connection.scalar(found) or 0


def to_text(stored: bytes | None, sha256: str, article_id: str, version: int) -> str:
    """Return a stored text, or raise StoreCorrupt if it is not the one that was hashed."""
    if stored is None or hashlib.sha256(stored).hexdigest() != sha256:
        raise StoreCorrupt(
            f"article {article_id}, version {version}: its text does not match its SHA-256; "
            "restore the database from a backup, or purge the article"
        )
    return stored.decode("utf-8")


def _cited(row: Row[Any]) -> CitedArticle:
    text = source = None
    with suppress(StoreCorrupt):
        text = to_text(row.cited_text, row.sha256, row.article_id, row.version)
    with suppress(StoreCorrupt):
        source = to_source(row.record, row.article_id)
    return CitedArticle(
        article_id=row.article_id,
        state=State(row.state),
        version=row.version,
        sha256=row.sha256,
        text=text,
        added_at=row.added_at,
        source=source,
        source_revision=row.source_revision,
        recorded_at=row.recorded_at,
    )


def to_source(record: str, article_id: str) -> Source:
    """Return a source record from its JSON, or raise StoreCorrupt."""
    try:
        return source_from_json(record)
    except ValueError as error:
        raise StoreCorrupt(
            f"article {article_id}: its source record is damaged; "
            "restore the database from a backup, or purge the article"
        ) from error


def insert_version(
    connection: Connection, key: Key, text: str, *, version: int, sha256: str, at: str
) -> None:
    """Write a version of an article."""
    row = {
        **key,
        "version": version,
        "sha256": sha256,
        "chars": len(text),
        "added_at": at,
        "text": text.encode("utf-8"),
    }
    connection.execute(_INSERT_VERSION, row)


def insert_source(connection: Connection, key: Key, record: str, *, revision: int, at: str) -> None:
    """Write a revision of an article's source record, as JSON."""
    row = {**key, "revision": revision, "recorded_at": at, "record": record}
    connection.execute(_INSERT_SOURCE, row)


def insert_event(connection: Connection, key: Key, event: Event) -> None:
    """Write the next event of an article's history."""
    row = {
        **key,
        "at": event.at,
        "action": event.action,
        "version": event.version,
        "by": event.by,
        "reason": event.reason,
    }
    connection.execute(_INSERT_EVENT, row)


def insert_article(connection: Connection, key: Key, *, version: int, source_revision: int) -> None:
    """Write the row of a new, active article."""
    pointers = {"version": version, "source_revision": source_revision}
    connection.execute(_INSERT_ARTICLE, {**key, "state": State.ACTIVE, **pointers})


def update_article(connection: Connection, key: Key, **values: object) -> None:
    """Change an article's state, or what it points at."""
    connection.execute(update(ARTICLES).filter_by(**key).values(**values))


def clear_article(connection: Connection, key: Key) -> None:
    """Remove an article's texts and all that its source records say; hashes and lengths stay."""
    connection.execute(update(VERSIONS).filter_by(**key).values(text=None))
    unknown = source_to_json(Source())
    connection.execute(update(SOURCES).filter_by(**key).values(record=unknown))


def bump_revision(connection: Connection, collection: str) -> int:
    """Count a change of a collection, and return its new revision, from 1."""
    revision = read_revision(connection, collection) + 1
    if revision == 1:
        connection.execute(insert(COLLECTIONS).values(name=collection, revision=revision))
    else:
        named = COLLECTIONS.c.name == collection
        connection.execute(update(COLLECTIONS).where(named).values(revision=revision))
    return revision
