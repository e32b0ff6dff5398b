"""Collections, articles, their versions, source records and events."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "corpus_0001"
down_revision = None


def upgrade() -> None:
    """Create the first tables."""
    op.create_table(
        "collections",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("revision", sa.Integer, nullable=False),
    )
    op.create_table(
        "articles",
        *_key(),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("source_revision", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("collection", "article_id"),
        sa.ForeignKeyConstraint(
            ["collection"], ["collections.name"], deferrable=True, initially="DEFERRED"
        ),
        sa.CheckConstraint("state IN ('active', 'withdrawn', 'purged')", name="known_state"),
    )
    _create_versions_and_sources()
    op.create_table(
        "events",
        sa.Column("event_id", sa.Integer, primary_key=True),
        *_key(),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("action", sa.Text, nullable=False),
        sa.Column("version", sa.Integer),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        _of_article(),
    )
    op.create_index("events_of_article", "events", ["collection", "article_id"])


def _create_versions_and_sources() -> None:
    op.create_table(
        "versions",
        *_key(),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("sha256", sa.Text, nullable=False),
        sa.Column("chars", sa.Integer, nullable=False),
        sa.Column("added_at", sa.Text, nullable=False),
        sa.Column("text", sa.LargeBinary),
        sa.PrimaryKeyConstraint("collection", "article_id", "version"),
        _of_article(),
    )
    op.create_index("versions_of_text", "versions", ["collection", "sha256"])
    op.create_table(
        "sources",
        *_key(),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("recorded_at", sa.Text, nullable=False),
        sa.Column("record", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("collection", "article_id", "revision"),
        _of_article(),
    )


def _key() -> tuple[sa.Column[str], sa.Column[str]]:
    return (
        sa.Column("collection", sa.Text, nullable=False),
        sa.Column("article_id", sa.Text, nullable=False),
    )


def _of_article() -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["collection", "article_id"], ["articles.collection", "articles.article_id"]
    )
