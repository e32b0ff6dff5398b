"""The tables of the corpus; ``corpus/migrations`` builds them, and a test holds both equal.

Decisions
---------
Keys are natural (collection, article id, version): what a citation names is what a row is found
by.  Texts are UTF-8 bytes, so that the database never counts, folds or cuts characters: spans
are sliced in Python.  ``articles`` points at the current version and source record; versions,
source records and events are only ever appended, but for a purge, which empties them.
"""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
)

# Of the corpus alone: another package may keep tables, and a version of its own, in the same file.
VERSION_TABLE = "corpus_schema"
HEAD = "corpus_0001"

METADATA = MetaData()

COLLECTIONS = Table(
    "collections",
    METADATA,
    Column("name", Text, primary_key=True),
    Column("revision", Integer, nullable=False),
)

ARTICLES = Table(
    "articles",
    METADATA,
    # Deferred: a collection is recorded at the end of the transaction that first fills it.
    Column(
        "collection",
        Text,
        ForeignKey("collections.name", deferrable=True, initially="DEFERRED"),
        nullable=False,
    ),
    Column("article_id", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("source_revision", Integer, nullable=False),
    PrimaryKeyConstraint("collection", "article_id"),
    CheckConstraint("state IN ('active', 'withdrawn', 'purged')", name="known_state"),
)

VERSIONS = Table(
    "versions",
    METADATA,
    Column("collection", Text, nullable=False),
    Column("article_id", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("chars", Integer, nullable=False),
    Column("added_at", Text, nullable=False),
    Column("text", LargeBinary),  # NULL once purged
    PrimaryKeyConstraint("collection", "article_id", "version"),
    ForeignKeyConstraint(
        ["collection", "article_id"], ["articles.collection", "articles.article_id"]
    ),
    Index("versions_of_text", "collection", "sha256"),
)

SOURCES = Table(
    "sources",
    METADATA,
    Column("collection", Text, nullable=False),
    Column("article_id", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("recorded_at", Text, nullable=False),
    Column("record", Text, nullable=False),  # see corpus.source_json
    PrimaryKeyConstraint("collection", "article_id", "revision"),
    ForeignKeyConstraint(
        ["collection", "article_id"], ["articles.collection", "articles.article_id"]
    ),
)

EVENTS = Table(
    "events",
    METADATA,
    Column("event_id", Integer, primary_key=True),
    Column("collection", Text, nullable=False),
    Column("article_id", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("version", Integer),
    Column("by", Text, nullable=False),
    Column("reason", Text, nullable=False),
    ForeignKeyConstraint(
        ["collection", "article_id"], ["articles.collection", "articles.article_id"]
    ),
    Index("events_of_article", "collection", "article_id"),
)
