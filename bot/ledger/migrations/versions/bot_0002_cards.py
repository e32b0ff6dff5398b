"""How often a card was queued, so that an edit under way does not end what came after it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "bot_0002"
down_revision = "bot_0001"


def upgrade() -> None:
    """Add the count; cards that wait were queued once."""
    count = sa.Column("times_queued", sa.Integer, nullable=False, server_default="1")
    op.add_column("cards", count)
