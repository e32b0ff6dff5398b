"""Which generation of a collection's index answers, and when the next one takes its place.

A writer of the store marks a collection STALE before its commit. Whoever finds the mark builds a
new generation from the store before answering, points CURRENT at it in one step and removes the
mark, under the store's write lock and only if nothing was changed meanwhile. Superseded generations
are removed, so that the text of a purged article does not stay behind; a reader who had one mapped
keeps reading it.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from corpus.directory import CURRENT_NAME, STALE_NAME, DataDirectory, read_pointer
from retrieval.indexing.index import Index, OutdatedIndex

OPENING_ATTEMPTS = 3


def open_index(directory: DataDirectory, collection: str) -> Index:
    """Map the generation that answers for a collection, built anew first if it must be.

    Raises
    ------
    corpus.errors.CorpusError
        If the index is damaged, or a rebuild is needed and cannot be written.
    """
    folder = directory.index(collection)
    if needs_rebuild(directory, collection):
        _rebuild(directory, collection)
    try:
        return _map_current(folder)
    except (FileNotFoundError, OutdatedIndex):
        _rebuild(directory, collection)
    return _map_current(folder)


def needs_rebuild(directory: DataDirectory, collection: str) -> bool:
    """Return whether the store is ahead of the index, or there is no index yet."""
    folder = directory.index(collection)
    return read_pointer(folder / STALE_NAME) is not None or not (folder / CURRENT_NAME).exists()


def is_empty(directory: DataDirectory, collection: str) -> bool:
    """Return whether a collection has no article to quote; raises as `open_index` does."""
    return open_index(directory, collection).n_articles == 0


def _map_current(folder: Path) -> Index:
    """Map the generation that CURRENT names; another process may swap and remove it meanwhile."""
    for _ in range(OPENING_ATTEMPTS - 1):
        with suppress(FileNotFoundError):
            return Index.open(folder)
    return Index.open(folder)


def _rebuild(directory: DataDirectory, collection: str) -> None:
    """Rebuild from the store; both are slow to import, and a warm `ask` never needs them."""
    from corpus.store import ArticleStore  # noqa: PLC0415
    from retrieval.indexing.rebuilding import rebuild_index  # noqa: PLC0415

    rebuild_index(ArticleStore.open(directory), directory, collection)
