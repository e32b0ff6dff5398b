"""Files to stored articles: what could be read is stored, what could not is named with its reason.

Decisions
---------
Articles are read before the transaction that stores them begins, so that slow disks do not hold
up other writers; a batch ends at 200 articles, or where it would take much memory.  What was
committed stays if a later batch fails: adding the same files again goes on from there.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path

from sqlalchemy import Connection

from corpus.article import hash_text
from corpus.database import savepoint
from corpus.directory import check_collection_name
from corpus.errors import ArticleState, RefusedInput
from corpus.reading import MAX_FILE_BYTES, Incoming, read_path
from corpus.records import Added
from corpus.store import ArticleStore

BATCH_ARTICLES = 200
BATCH_CHARS = 20_000_000

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What became of the articles that were read.

    Parameters
    ----------
    new, new_versions, corrected, unchanged : tuple of str
        Article ids, in the order read.  An article that came more than once in one run, with the
        same text, counts once as what it was and then as unchanged.
    refused : tuple of RefusedInput
        In the order read.
    """

    new: tuple[str, ...]
    new_versions: tuple[str, ...]
    corrected: tuple[str, ...]
    unchanged: tuple[str, ...]
    refused: tuple[RefusedInput, ...]


def ingest(  # noqa: PLR0913 - the choices of one command, each of them named
    store: ArticleStore,
    paths: Sequence[Path],
    *,
    collection: str,
    at: datetime,
    by: str,
    encoding: str | None = None,
    replaces: str | None = None,
    max_bytes: int = MAX_FILE_BYTES,
    dry_run: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> IngestReport:
    """Read files and folders, and store their articles.

    Parameters
    ----------
    store : ArticleStore
    paths : sequence of pathlib.Path
        Files and folders, as `corpus.reading.read_path` takes them.
    collection : str
        Where the articles go.
    at : datetime.datetime
        The time that is recorded, with its zone.
    by : str
        Who is recorded as adding them.
    encoding, max_bytes
        See `corpus.reading.read_path`.
    replaces : str or None
        The id of an article of which the one that is read becomes the next version.
    dry_run : bool
        Report what would become of the articles, and store nothing.
    progress : callable or None
        Called after each article with how many are done, and with how many there are: 0, since
        that is not known before all are read.

    Raises
    ------
    ValueError
        If ``replaces`` is given and there is not exactly one article to be read; if the
        collection's name or the encoding is not one.
    UnknownArticle
        If there is no article ``replaces``.
    StoreBusy, StoreUnavailable, StoreCorrupt
        From the database; the batches before that are stored.
    """
    check_collection_name(collection)
    items = _read_all(paths, encoding=encoding, max_bytes=max_bytes)
    if replaces is not None:
        with store.reading() as connection:
            store.source(connection, collection, replaces)  # raises if there is none
        items = iter([_take_only(items)])
    run = _Run(store, collection, at, by, replaces)
    begin = store.rehearsal if dry_run else store.transaction
    for batch in _split_batches(items):
        with begin() as connection:
            for item in batch:
                run.take(connection, item)
                if progress is not None:
                    progress(run.done, 0)
        logger.info("%d articles read, %d refused", run.done, len(run.refused))
    return run.report()


def take_in(
    store: ArticleStore,
    connection: Connection,
    items: Iterable[Incoming | RefusedInput],
    *,
    collection: str,
    at: datetime,
    by: str,
) -> IngestReport:
    """Store articles that were read already, in the caller's transaction.

    For what must be one commit, whatever its size: the write lock is held until the block ends.
    Parameters, results and errors are those of `ingest`.
    """
    check_collection_name(collection)
    run = _Run(store, collection, at, by, replaces=None)
    for item in items:
        run.take(connection, item)
    return run.report()


@dataclass(slots=True)
class _Run:
    """One call of `ingest` or `take_in`: what all its batches share."""

    store: ArticleStore
    collection: str
    at: datetime
    by: str
    replaces: str | None
    ids: dict[Added, list[str]] = field(default_factory=lambda: {kind: [] for kind in Added})
    refused: list[RefusedInput] = field(default_factory=list)
    first: dict[str, tuple[str, str]] = field(default_factory=dict)  # by id: SHA-256, where

    @property
    def done(self) -> int:
        return len(self.refused) + sum(len(ids) for ids in self.ids.values())

    def take(self, connection: Connection, item: Incoming | RefusedInput) -> None:
        """Store an article, or note why not."""
        if isinstance(item, RefusedInput):
            self.refused.append(item)
            return
        article_id = item.article_id if self.replaces is None else self.replaces
        try:
            added = self._add(connection, article_id, item)
        except RefusedInput as refusal:
            self.refused.append(refusal)
            return
        self.ids[added].append(article_id)

    def report(self) -> IngestReport:
        return IngestReport(
            new=tuple(self.ids[Added.NEW]),
            new_versions=tuple(self.ids[Added.NEW_VERSION]),
            corrected=tuple(self.ids[Added.SOURCE_CORRECTED]),
            unchanged=tuple(self.ids[Added.UNCHANGED]),
            refused=tuple(self.refused),
        )

    def _add(self, connection: Connection, article_id: str, incoming: Incoming) -> Added:
        if self._came_before(article_id, incoming):
            return Added.UNCHANGED
        self._check_date(incoming)
        try:
            with savepoint(connection):
                return self.store.add(
                    connection,
                    collection=self.collection,
                    article_id=article_id,
                    text=incoming.text,
                    source=incoming.source,
                    at=self.at,
                    by=self.by,
                )
        except ArticleState as error:
            raise RefusedInput(incoming.where, str(error)) from error

    def _check_date(self, incoming: Incoming) -> None:
        """Refuse a date that has not come anywhere on earth: a slip, yet the newest of all."""
        published = incoming.source.published
        if published is not None and published > self.at.date() + timedelta(days=1):
            raise RefusedInput(
                incoming.where, f"published {published} is in the future; correct the date"
            )

    def _came_before(self, article_id: str, incoming: Incoming) -> bool:
        """Return whether this run had the article already; refuse another text under its id."""
        sha256 = hash_text(incoming.text)
        if article_id not in self.first:
            self.first[article_id] = (sha256, incoming.where)
            return False
        first_sha256, where = self.first[article_id]
        if first_sha256 != sha256:
            raise RefusedInput(
                incoming.where,
                f"has the id {article_id} of {where}, which holds another text; "
                "give each its own id or address",
            )
        return True


def _read_all(
    paths: Iterable[Path], *, encoding: str | None, max_bytes: int
) -> Iterator[Incoming | RefusedInput]:
    for path in paths:
        yield from read_path(path, encoding=encoding, max_bytes=max_bytes)


def _take_only(items: Iterator[Incoming | RefusedInput]) -> Incoming | RefusedInput:
    found = list(islice(items, 2))
    if len(found) != 1:
        raise ValueError("--replaces takes exactly one article: name the one file that holds it")
    return found[0]


def _split_batches(
    items: Iterable[Incoming | RefusedInput],
) -> Iterator[list[Incoming | RefusedInput]]:
    batch: list[Incoming | RefusedInput] = []
    chars = 0
    for item in items:
        batch.append(item)
        chars += len(item.text) if isinstance(item, Incoming) else 0
        if len(batch) == BATCH_ARTICLES or chars >= BATCH_CHARS:
            yield batch
            batch, chars = [], 0
    if batch:
        yield batch
