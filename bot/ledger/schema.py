"""The ledger's tables; ``bot/ledger/migrations`` builds them, and a test holds both equal."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
)

from corpus.database import Schema

VERSION_TABLE = "bot_schema"
HEAD = "bot_0002"

LEDGER_SCHEMA = Schema(VERSION_TABLE, HEAD, Path(__file__).parent / "migrations")

METADATA = MetaData()

SERVERS = Table(
    "servers",
    METADATA,
    Column("server_id", Integer, primary_key=True),
    Column("collection", Text, nullable=False),
    Column("bound", Boolean, nullable=False),  # by the operator; then read-only from chat
    Column("joined_at", Text, nullable=False),
    Column("left_at", Text),
    Column("settings", Text, nullable=False),  # JSON; see bot.ledger.servers
)

MEMBERS = Table(
    "members",
    METADATA,
    Column("member_key", Text, primary_key=True),
    Column("server_id", Integer, ForeignKey("servers.server_id"), nullable=False),
    Column("user_id", Integer, nullable=False),
    Column("seen_at", Text, nullable=False),
    UniqueConstraint("server_id", "user_id", name="one_key_each"),
)

ANSWERS = Table(
    "answers",
    METADATA,
    Column("answer_key", Text, primary_key=True),
    Column("server_id", Integer, ForeignKey("servers.server_id"), nullable=False),
    Column("collection", Text, nullable=False),
    Column("channel_id", Integer, nullable=False),
    Column("message_id", Integer),
    Column("follows", Text),  # the answer it is a follow-up of
    Column("visibility", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("asked_at", Text, nullable=False),
    # These five go when the retention is over, or the member says so.
    Column("member_key", Text, ForeignKey("members.member_key")),
    Column("question", Text),
    Column("searched", Text),
    Column("filters", Text),  # JSON: source, from, to as asked
    Column("unmatched", Text),  # JSON: words of the question
    Column("named", Boolean, nullable=False),  # shown with the asker's name
    Column("asked_day", Text),
    Column("index_digest", Text, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("reason", Text),  # of silence
    Column("nearest", Text, nullable=False),  # JSON: article ids
    Column("notes", Text, nullable=False),  # JSON: kind, ranks, spans, count
    Column("retracted_at", Text),
    Column("retracted_for", Text),
    Column("shown", Text),  # hash of what the message showed last
    CheckConstraint("visibility IN ('public', 'private')", name="known_visibility"),
    CheckConstraint("state IN ('pending', 'sent', 'failed', 'deleted')", name="known_state"),
    Index("answers_of_message", "message_id"),
    Index("answers_of_server", "server_id", "asked_at"),
    Index("answers_of_member", "member_key"),
)

# Place 0 is the quote; the others are where the same words stand too.
CITATIONS = Table(
    "citations",
    METADATA,
    Column("answer_key", Text, ForeignKey("answers.answer_key"), nullable=False),
    Column("rank", Integer, nullable=False),
    Column("place", Integer, nullable=False),
    Column("article_id", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("score", Float, nullable=False),
    Column("context", Text, nullable=False),  # JSON: pairs of offsets
    Column("speaker", Text),  # JSON: a pair of offsets
    Column("source_revision", Integer, nullable=False),  # as shown first
    Column("widened_start", Integer),  # by a moderator: more of the same version
    Column("widened_end", Integer),
    PrimaryKeyConstraint("answer_key", "rank", "place"),
    Index("citations_of_article", "article_id"),
)

REPORTS = Table(
    "reports",
    METADATA,
    Column("report_key", Text, primary_key=True),
    Column("server_id", Integer, ForeignKey("servers.server_id"), nullable=False),
    Column("answer_key", Text, ForeignKey("answers.answer_key"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("member_key", Text, ForeignKey("members.member_key")),
    Column("reason", Text),
    Column("note", Text),  # typed by the member, for moderators
    Column("opened_at", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("claimed_by", Text, ForeignKey("members.member_key")),
    Column("claimed_at", Text),
    Column("channel_id", Integer),  # of the card in the moderators' channel
    Column("message_id", Integer),
    CheckConstraint("kind IN ('report', 'unanswered', 'retraction')", name="known_kind"),
    CheckConstraint("state IN ('open', 'claimed', 'decided')", name="known_state"),
    Index("reports_of_server", "server_id", "state", "opened_at"),
    Index("reports_of_answer", "answer_key"),
)

REVIEWS = Table(
    "reviews",
    METADATA,
    Column("review_key", Text, primary_key=True),
    Column("report_key", Text, ForeignKey("reports.report_key"), nullable=False),
    Column("decision", Text, nullable=False),
    Column("decided_by", Text, ForeignKey("members.member_key")),
    Column("decided_at", Text, nullable=False),
    Column("note", Text),
    Column("rank", Integer),  # the citation it is about, or the right one
    Column("undone_by", Text, ForeignKey("members.member_key")),
    Column("undone_at", Text),
    Index("reviews_of_report", "report_key"),
)

# Cards to be brought up to date, since something they show is no longer kept.
CARDS = Table(
    "cards",
    METADATA,
    Column("report_key", Text, ForeignKey("reports.report_key"), primary_key=True),
    Column("due_at", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("last", Boolean, nullable=False),  # the report's row waits for it to go
    Column("times_queued", Integer, nullable=False, server_default="1"),
    Index("cards_due", "due_at"),
)

SWEEPS = Table(
    "sweeps",
    METADATA,
    Column("sweep_id", Integer, primary_key=True),
    Column("server_id", Integer, ForeignKey("servers.server_id"), nullable=False),
    Column("cause", Text, nullable=False),
    Column("subject", Text, nullable=False),  # an answer's key or an article's id
    Column("begun_at", Text, nullable=False),
)

CORRECTIONS = Table(
    "corrections",
    METADATA,
    Column("sweep_id", Integer, ForeignKey("sweeps.sweep_id"), nullable=False),
    Column("answer_key", Text, ForeignKey("answers.answer_key"), nullable=False),
    Column("state", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("due_at", Text, nullable=False),
    Column("ended_at", Text),
    PrimaryKeyConstraint("sweep_id", "answer_key"),
    CheckConstraint(
        "state IN ('waiting', 'edited', 'replied', 'private', 'unreachable')", name="known_state"
    ),
    Index("corrections_due", "state", "due_at"),
)

# Nothing here names a member but by key, and nothing holds words of a question or a quote.
AUDIT = Table(
    "audit",
    METADATA,
    Column("number", Integer, primary_key=True),
    Column("server_id", Integer),
    Column("at", Text, nullable=False),
    Column("actor", Text, nullable=False),  # a member's key, "operator" or "quoth"
    Column("action", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("previous", Text, nullable=False),
    Column("hash", Text, nullable=False),
    Index("audit_of_server", "server_id", "number"),
)

# How far the chat has followed the corpus, and what Discord was told of commands.
MARKS = Table(
    "marks",
    METADATA,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)
