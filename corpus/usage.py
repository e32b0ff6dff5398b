"""How much of the store a collection takes up: articles by state, versions, bytes of text."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from corpus.records import State
from corpus.schema import ARTICLES, VERSIONS


@dataclass(frozen=True, slots=True)
class Usage:
    """What a collection holds.

    Parameters
    ----------
    active, withdrawn, purged : int
        Articles in each state.
    versions : int
        Texts that are kept, earlier versions included; a purge leaves none.
    stored_bytes : int
        Of all these texts, in UTF-8.
    """

    active: int
    withdrawn: int
    purged: int
    versions: int
    stored_bytes: int

    @property
    def articles(self) -> int:
        """Return how many articles there are whose text is kept."""
        return self.active + self.withdrawn


def measure_usage(connection: Connection, collection: str) -> Usage:
    """Return what a collection holds; nothing for a name that was never used."""
    counts = (
        select(ARTICLES.c.state, func.count())
        .where(ARTICLES.c.collection == collection)
        .group_by(ARTICLES.c.state)
    )
    states = {State(state): count for state, count in connection.execute(counts)}
    # Without a cast: SQLite then reads a text's length and not the text.
    size = func.coalesce(func.sum(func.length(VERSIONS.c.text)), 0)
    kept = VERSIONS.c.collection == collection, VERSIONS.c.text.is_not(None)
    versions, stored_bytes = connection.execute(select(func.count(), size).where(*kept)).one()
    return Usage(
        active=states.get(State.ACTIVE, 0),
        withdrawn=states.get(State.WITHDRAWN, 0),
        purged=states.get(State.PURGED, 0),
        versions=versions,
        stored_bytes=stored_bytes,
    )
