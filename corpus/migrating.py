"""Bring tables of a database to their present schema, with Alembic.

The next change is a new file in the schema's ``versions/`` (copy the form of the last one, name it
as its ``down_revision``), the same change in the module that declares the tables, and ``HEAD``
there.  This module imports Alembic, so it is imported only where a database is not at ``HEAD``.
"""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection


def is_known(migrations: Path, revision: str) -> bool:
    """Return whether a schema version is one that this Quoth can read or bring up to date."""
    scripts = ScriptDirectory.from_config(_config(migrations))
    return revision in {script.revision for script in scripts.walk_revisions()}


def migrate(migrations: Path, connection: Connection) -> None:
    """Run the missing migrations inside the caller's transaction: all of them, or none."""
    config = _config(migrations)
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _config(migrations: Path) -> Config:
    config = Config()
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    return config
