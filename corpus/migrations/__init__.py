"""Bring the corpus tables of a database to the present schema, with Alembic.

The next change is a new file in ``versions/`` (copy the form of the last one, name it as its
``down_revision``), the same change in `corpus.schema`, and ``HEAD`` there.  This package imports
Alembic, so it is imported only where a database is not at ``HEAD``.
"""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection


def is_known(revision: str) -> bool:
    """Return whether a schema version is one that this Quoth can read or bring up to date."""
    scripts = ScriptDirectory.from_config(_config())
    return revision in {script.revision for script in scripts.walk_revisions()}


def migrate(connection: Connection) -> None:
    """Run the missing migrations inside the caller's transaction: all of them, or none."""
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _config() -> Config:
    config = Config()
    folder = str(Path(__file__).parent)
    config.set_main_option("script_location", folder.replace("%", "%%"))
    return config
