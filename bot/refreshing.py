"""Bringing an index up to its store, right after a command has changed the store."""

# ruff: noqa: PLC0415 - slow modules wait until they are needed

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.progress import progress_bar
from corpus.directory import STALE_NAME, DataDirectory, read_pointer

if TYPE_CHECKING:
    from corpus.store import ArticleStore


def refresh_index(store: ArticleStore, directory: DataDirectory, collection: str) -> None:
    """Rebuild a collection's index if the store is ahead of it.

    Raises
    ------
    corpus.errors.CorpusError
        If it cannot be written. The collection stays marked, and the next question rebuilds it.
    """
    if read_pointer(directory.index(collection) / STALE_NAME) is None:
        return
    from retrieval.indexing.rebuilding import rebuild_index

    with progress_bar("Indexing") as progress:
        rebuild_index(store, directory, collection, progress=progress)
