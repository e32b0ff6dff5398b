"""What can go wrong in the world, each kind with its facts, each message one line with the mend."""

from __future__ import annotations


class CorpusError(Exception):
    """Anything about articles, the store or the data directory that a person must mend."""


class RefusedInput(CorpusError):
    """One file or line cannot be taken in; its neighbours are not affected.

    Parameters
    ----------
    where : str
        The file as named by the operator, with ``:line`` for a line of a ``.jsonl``.
    reason : str
        What is wrong and how to mend it, in one line.
    """

    def __init__(self, where: str, reason: str) -> None:
        super().__init__(f"{where}: {reason}")
        self.where = where
        self.reason = reason


class UnknownArticle(CorpusError):
    """No article has this id (or version) in this collection."""


class ArticleState(CorpusError):
    """An article's state does not allow the change, such as restoring one that was purged."""


class DataDirectoryUnusable(CorpusError):
    """The data directory is a file, is foreign, cannot be written or is from a newer version."""


class StoreUnavailable(CorpusError):
    """The database cannot be written or read; nothing was changed."""


class StoreCorrupt(CorpusError):
    """Stored data does not match its checksum or form."""


class StoreBusy(CorpusError):
    """Another process holds the database, or the disk is full; trying again later may help."""
