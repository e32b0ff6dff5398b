"""What Quoth answers from until somebody adds articles: starter articles, or the handbook alone."""

# ruff: noqa: PLC0415 - slow modules wait until they are needed

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.operator import QUOTH_ITSELF
from corpus.directory import CURRENT_NAME, DataDirectory, read_pointer
from corpus.samples import STARTER_COLLECTION, STARTER_FOLDER

if TYPE_CHECKING:
    from corpus.store import ArticleStore

MAIN_COLLECTION = "main"
HANDBOOK_FILES = "handbook-*.md"


def ensure_starter(directory: DataDirectory, announce: Callable[[str], None]) -> None:
    """Add and index the starter articles, unless that was done before.

    They are there once their index is; a run that was killed before that is simply repeated.

    Parameters
    ----------
    directory : corpus.directory.DataDirectory
        Created if it is missing.
    announce : callable
        Given one line for the operator before the work starts.

    Raises
    ------
    corpus.errors.CorpusError
        As `ArticleStore.open`, `ingest` and `rebuild_index` say.
    """
    if read_pointer(directory.index(STARTER_COLLECTION) / CURRENT_NAME) is not None:
        return
    # These import SQLAlchemy, which a warm data directory must not pay for.
    from corpus.ingest import ingest
    from corpus.store import ArticleStore
    from retrieval.indexing.rebuilding import rebuild_index

    store = ArticleStore.open(directory)
    announce(f"quoth: setting up {directory.root} with the starter articles")
    ingest(
        store,
        [STARTER_FOLDER],
        collection=STARTER_COLLECTION,
        at=datetime.now(UTC),
        by=QUOTH_ITSELF,
    )
    rebuild_index(store, directory, STARTER_COLLECTION)


def ensure_handbook(
    directory: DataDirectory, store: ArticleStore, collection: str, *, at: datetime
) -> None:
    """Add and index the handbook in a server's own collection, unless it ever held an article.

    The articles are one commit; where its index is missing after that, the first question builds
    it.

    Raises
    ------
    corpus.errors.CorpusError
        As `ingest` and `rebuild_index` say.
    """
    with store.reading() as connection:
        if collection in store.collections(connection):
            return
    from corpus.ingest import ingest
    from retrieval.indexing.rebuilding import rebuild_index

    pages = sorted(STARTER_FOLDER.glob(HANDBOOK_FILES))
    ingest(store, pages, collection=collection, at=at, by=QUOTH_ITSELF)
    rebuild_index(store, directory, collection)
