"""The open index of each collection: a look at the markers before each answer, mapped once."""

from __future__ import annotations

from threading import Lock

from corpus.directory import CURRENT_NAME, DataDirectory, read_pointer
from retrieval.indexing.generations import needs_rebuild, open_index
from retrieval.indexing.index import Index


class Indexes:
    """Maps indexes, and keeps them mapped while they are the ones that answer.

    Parameters
    ----------
    directory : corpus.directory.DataDirectory
    """

    def __init__(self, directory: DataDirectory) -> None:
        self._directory = directory
        self._open: dict[str, tuple[str, Index]] = {}
        self._lock = Lock()  # one rebuild at a time: the second would do the same work again

    def open(self, collection: str) -> Index:
        """Return the index that answers for a collection now; raises as `open_index` does."""
        known = self._open.get(collection)
        if known is not None and known[0] == self._current(collection):
            return known[1]
        with self._lock:
            index = open_index(self._directory, collection)
            self._open[collection] = (index.digest, index)
            return index

    def _current(self, collection: str) -> str | None:
        """Return the name of the generation that answers, None if the next must be built first."""
        if needs_rebuild(self._directory, collection):
            return None
        return read_pointer(self._directory.index(collection) / CURRENT_NAME)
