"""What Alembic runs around the migrations; the connection comes with its transaction open."""

from __future__ import annotations

from alembic import context

from bot.ledger.schema import METADATA, VERSION_TABLE

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    version_table=VERSION_TABLE,
)
with context.begin_transaction():
    context.run_migrations()
