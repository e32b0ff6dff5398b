"""Servers, members, answers, citations, reports, reviews, sweeps and the audit log."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "bot_0001"
down_revision = None


def upgrade() -> None:
    """Create the first tables."""
    _create_servers()
    _create_members()
    _create_answers()
    _create_citations()
    _create_reports()
    _create_reviews()
    _create_cards()
    _create_sweeps()
    _create_corrections()
    _create_audit()
    _create_marks()


def _create_servers() -> None:
    op.create_table(
        "servers",
        sa.Column("server_id", sa.Integer, primary_key=True),
        sa.Column("collection", sa.Text, nullable=False),
        sa.Column("bound", sa.Boolean, nullable=False),
        sa.Column("joined_at", sa.Text, nullable=False),
        sa.Column("left_at", sa.Text),
        sa.Column("settings", sa.Text, nullable=False),
    )


def _create_members() -> None:
    op.create_table(
        "members",
        sa.Column("member_key", sa.Text, primary_key=True),
        sa.Column("server_id", sa.Integer, sa.ForeignKey("servers.server_id"), nullable=False),
        sa.Column("user_id", sa.Integer, nullable=False),
        sa.Column("seen_at", sa.Text, nullable=False),
        sa.UniqueConstraint("server_id", "user_id", name="one_key_each"),
    )


def _create_answers() -> None:
    op.create_table(
        "answers",
        sa.Column("answer_key", sa.Text, primary_key=True),
        sa.Column("server_id", sa.Integer, sa.ForeignKey("servers.server_id"), nullable=False),
        sa.Column("collection", sa.Text, nullable=False),
        sa.Column("channel_id", sa.Integer, nullable=False),
        sa.Column("message_id", sa.Integer),
        sa.Column("follows", sa.Text),
        sa.Column("visibility", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("asked_at", sa.Text, nullable=False),
        sa.Column("member_key", sa.Text, sa.ForeignKey("members.member_key")),
        sa.Column("question", sa.Text),
        sa.Column("searched", sa.Text),
        sa.Column("filters", sa.Text),
        sa.Column("unmatched", sa.Text),
        sa.Column("named", sa.Boolean, nullable=False),
        sa.Column("asked_day", sa.Text),
        sa.Column("index_digest", sa.Text, nullable=False),
        sa.Column("confidence", sa.Float, nullable=False),
        sa.Column("reason", sa.Text),
        sa.Column("nearest", sa.Text, nullable=False),
        sa.Column("notes", sa.Text, nullable=False),
        sa.Column("retracted_at", sa.Text),
        sa.Column("retracted_for", sa.Text),
        sa.Column("shown", sa.Text),
        sa.CheckConstraint("visibility IN ('public', 'private')", name="known_visibility"),
        sa.CheckConstraint("state IN ('pending', 'sent', 'failed', 'deleted')", name="known_state"),
    )
    op.create_index("answers_of_message", "answers", ["message_id"])
    op.create_index("answers_of_server", "answers", ["server_id", "asked_at"])
    op.create_index("answers_of_member", "answers", ["member_key"])


def _create_citations() -> None:
    op.create_table(
        "citations",
        sa.Column("answer_key", sa.Text, sa.ForeignKey("answers.answer_key"), nullable=False),
        sa.Column("rank", sa.Integer, nullable=False),
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("article_id", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("sha256", sa.Text, nullable=False),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("score", sa.Float, nullable=False),
        sa.Column("context", sa.Text, nullable=False),
        sa.Column("speaker", sa.Text),
        sa.Column("source_revision", sa.Integer, nullable=False),
        sa.Column("widened_start", sa.Integer),
        sa.Column("widened_end", sa.Integer),
        sa.PrimaryKeyConstraint("answer_key", "rank", "place"),
    )
    op.create_index("citations_of_article", "citations", ["article_id"])


def _create_reports() -> None:
    op.create_table(
        "reports",
        sa.Column("report_key", sa.Text, primary_key=True),
        sa.Column("server_id", sa.Integer, sa.ForeignKey("servers.server_id"), nullable=False),
        sa.Column("answer_key", sa.Text, sa.ForeignKey("answers.answer_key"), nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("member_key", sa.Text, sa.ForeignKey("members.member_key")),
        sa.Column("reason", sa.Text),
        sa.Column("note", sa.Text),
        sa.Column("opened_at", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("claimed_by", sa.Text, sa.ForeignKey("members.member_key")),
        sa.Column("claimed_at", sa.Text),
        sa.Column("channel_id", sa.Integer),
        sa.Column("message_id", sa.Integer),
        sa.CheckConstraint("kind IN ('report', 'unanswered', 'retraction')", name="known_kind"),
        sa.CheckConstraint("state IN ('open', 'claimed', 'decided')", name="known_state"),
    )
    op.create_index("reports_of_server", "reports", ["server_id", "state", "opened_at"])
    op.create_index("reports_of_answer", "reports", ["answer_key"])


def _create_reviews() -> None:
    op.create_table(
        "reviews",
        sa.Column("review_key", sa.Text, primary_key=True),
        sa.Column("report_key", sa.Text, sa.ForeignKey("reports.report_key"), nullable=False),
        sa.Column("decision", sa.Text, nullable=False),
        sa.Column("decided_by", sa.Text, sa.ForeignKey("members.member_key")),
        sa.Column("decided_at", sa.Text, nullable=False),
        sa.Column("note", sa.Text),
        sa.Column("rank", sa.Integer),
        sa.Column("undone_by", sa.Text, sa.ForeignKey("members.member_key")),
        sa.Column("undone_at", sa.Text),
    )
    op.create_index("reviews_of_report", "reviews", ["report_key"])


def _create_cards() -> None:
    op.create_table(
        "cards",
        sa.Column("report_key", sa.Text, sa.ForeignKey("reports.report_key"), primary_key=True),
        sa.Column("due_at", sa.Text, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("last", sa.Boolean, nullable=False),
    )
    op.create_index("cards_due", "cards", ["due_at"])


def _create_sweeps() -> None:
    op.create_table(
        "sweeps",
        sa.Column("sweep_id", sa.Integer, primary_key=True),
        sa.Column("server_id", sa.Integer, sa.ForeignKey("servers.server_id"), nullable=False),
        sa.Column("cause", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("begun_at", sa.Text, nullable=False),
    )


def _create_corrections() -> None:
    op.create_table(
        "corrections",
        sa.Column("sweep_id", sa.Integer, sa.ForeignKey("sweeps.sweep_id"), nullable=False),
        sa.Column("answer_key", sa.Text, sa.ForeignKey("answers.answer_key"), nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("due_at", sa.Text, nullable=False),
        sa.Column("ended_at", sa.Text),
        sa.PrimaryKeyConstraint("sweep_id", "answer_key"),
        sa.CheckConstraint(
            "state IN ('waiting', 'edited', 'replied', 'private', 'unreachable')",
            name="known_state",
        ),
    )
    op.create_index("corrections_due", "corrections", ["state", "due_at"])


def _create_audit() -> None:
    op.create_table(
        "audit",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("server_id", sa.Integer),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("action", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
        sa.Column("previous", sa.Text, nullable=False),
        sa.Column("hash", sa.Text, nullable=False),
    )
    op.create_index("audit_of_server", "audit", ["server_id", "number"])


def _create_marks() -> None:
    op.create_table(
        "marks",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
    )
