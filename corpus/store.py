"""ArticleStore: articles go in, version by version, and come out exactly as stored.

Decisions
---------
The caller opens the transaction and passes its connection, so that what belongs together is one
commit, tables of other packages included.  Before the commit the ``STALE`` marker of each changed
collection is written and synced: whoever answers from an index that is behind finds it.  A commit
that then fails leaves a marker too many, which costs one rebuild and nothing else.

A purge empties every version and every source record of an article, title and address included:
who asks for a text to be gone means these too.  Hashes, lengths and events stay.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime

from sqlalchemy import Connection

from corpus import rows
from corpus.article import Article, Source, hash_text
from corpus.blocks import find_blocks
from corpus.database import Database, Schema
from corpus.directory import STALE_NAME, DataDirectory, translating_os_errors, write_pointer
from corpus.errors import ArticleState, UnknownArticle
from corpus.records import (
    Action,
    Added,
    ArticleSummary,
    CitedArticle,
    Event,
    State,
    StoredArticle,
    VersionSummary,
)
from corpus.source_json import source_to_json

__all__ = [
    "Action",
    "Added",
    "ArticleStore",
    "ArticleSummary",
    "CitedArticle",
    "Event",
    "State",
    "StoredArticle",
    "VersionSummary",
]

MAX_REASON_CHARS = 500

# Where a connection keeps the names of the collections that its transaction has changed.
_CHANGED = "changed_collections"


class ArticleStore:
    """The articles of one data directory, by collection and id.

    Methods take a connection from `transaction`, or from `reading` if they change nothing.
    Errors of the database leave those blocks as kinds of `corpus.errors.CorpusError`.

    Parameters
    ----------
    directory : corpus.directory.DataDirectory
    database : corpus.database.Database
        The file in that directory.
    """

    def __init__(self, directory: DataDirectory, database: Database) -> None:
        self._directory = directory
        self._database = database

    @classmethod
    def open(cls, directory: DataDirectory, beside: Sequence[Schema] = ()) -> ArticleStore:
        """Return the store of a data directory, which is created or brought up to date.

        Parameters
        ----------
        beside : sequence of corpus.database.Schema
            Of other packages that keep tables in the same file.

        Raises
        ------
        DataDirectoryUnusable
            If the directory cannot be ours, or is from a newer Quoth.
        StoreUnavailable, StoreCorrupt, StoreBusy
            If the database cannot be opened, is damaged, or is held by another process.
        """
        directory.prepare()
        return cls(directory, Database(directory.database, beside))

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """Hold the write lock; commit at the end of the block, or undo it all if it raises.

        The revision of each changed collection grows by one, and its STALE marker holds it.

        Raises
        ------
        StoreBusy
            If another process holds the database, or the disk is full.
        StoreUnavailable, StoreCorrupt
            If it cannot be written, or is damaged.
        """
        with self._database.writing() as connection:
            connection.info[_CHANGED] = set()
            yield connection
            for collection in sorted(connection.info[_CHANGED]):
                self._mark_stale(collection, rows.bump_revision(connection, collection))

    @contextmanager
    def rehearsal(self) -> Iterator[Connection]:
        """Do as `transaction` does, then undo it all: nothing is stored, nothing marked."""
        with self._database.writing() as connection:
            connection.info[_CHANGED] = set()
            everything = connection.begin_nested()
            yield connection
            everything.rollback()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """See one state of the store, whatever others write meanwhile.

        Nobody can commit while the block is open: keep it short.
        """
        with self._database.reading() as connection:
            yield connection

    def scrub(self) -> None:
        """Leave nothing in the file of what was deleted; slow, see `Database.scrub`."""
        self._database.scrub()

    def add(
        self,
        connection: Connection,
        *,
        collection: str,
        article_id: str,
        text: str,
        source: Source,
        at: datetime,
        by: str,
    ) -> Added:
        """Store a text under an id, unless it is the current one already.

        Returns
        -------
        Added
            ``UNCHANGED`` if text and source record are the current ones: nothing is written.
            ``SOURCE_CORRECTED`` if only the record differs, ``NEW_VERSION`` if the text does.

        Raises
        ------
        ArticleState
            If the id is withdrawn or purged, or another article with this very text is; nothing is
            written.
        ValueError
            If the collection's name is unsafe, the id empty, or the text holds a lone surrogate.
        """
        key = rows.to_key(collection, article_id)
        old = rows.read_current(connection, key)
        if old.state is not State.ACTIVE:
            raise ArticleState(_describe_state(connection, key, old.state))
        sha256, record = hash_text(text), source_to_json(source)
        if sha256 != old.sha256:
            _refuse_taken_back(connection, key, sha256)
        added = _compare(old, sha256, record)
        if added is Added.UNCHANGED:
            return added
        version = old.version + (sha256 != old.sha256)
        revision = old.source_revision + (record != old.record)
        moment = _format_moment(at)
        if added is Added.NEW:
            rows.insert_article(connection, key, version=version, source_revision=revision)
        else:
            rows.update_article(connection, key, version=version, source_revision=revision)
        if version != old.version:
            rows.insert_version(connection, key, text, version=version, sha256=sha256, at=moment)
        if revision != old.source_revision:
            rows.insert_source(connection, key, record, revision=revision, at=moment)
        new_version = None if version == old.version else version
        _record(connection, key, Event(moment, Action(added), new_version, by, reason=""))
        return added

    def get(
        self, connection: Connection, collection: str, article_id: str, version: int | None = None
    ) -> Article:
        """Return a version of an article, the current one by default; withdrawn ones too.

        Raises
        ------
        UnknownArticle
            If there is no such id, or no such version of it.
        ArticleState
            If it was purged.
        StoreCorrupt
            If the text does not match its SHA-256.
        """
        key = rows.to_key(collection, article_id)
        version = _require_version(connection, key, version)
        text, sha256 = rows.read_text(connection, key, version)
        return Article(collection, article_id, version, text, sha256, find_blocks(text))

    def text(self, connection: Connection, collection: str, article_id: str, version: int) -> str:
        """Return the text of a version, without looking for its blocks; raises as `get` does."""
        key = rows.to_key(collection, article_id)
        text, _ = rows.read_text(connection, key, _require_version(connection, key, version))
        return text

    def cited(
        self, connection: Connection, collection: str, article_ids: Collection[str]
    ) -> dict[str, CitedArticle]:
        """Return what citations are checked against, by article id; unknown ids are left out.

        Texts are read in one go, without looking for their blocks. What is damaged is None.
        """
        return rows.read_cited(connection, collection, article_ids)

    def source(self, connection: Connection, collection: str, article_id: str) -> Source:
        """Return an article's current source record.

        Raises
        ------
        UnknownArticle
            If there is no such id.
        StoreCorrupt
            If the record is damaged.
        """
        current = _require(connection, rows.to_key(collection, article_id))
        return rows.to_source(current.record, article_id)

    def collections(self, connection: Connection) -> Sequence[str]:
        """Return the names of the collections that ever held an article, in order."""
        return rows.read_collections(connection)

    def versions(
        self, connection: Connection, collection: str, article_id: str
    ) -> Sequence[VersionSummary]:
        """Return an article's versions, oldest first; raise UnknownArticle if there is none."""
        key = rows.to_key(collection, article_id)
        _require(connection, key)
        return rows.read_versions(connection, key)

    def history(self, connection: Connection, collection: str, article_id: str) -> Sequence[Event]:
        """Return what was done to an article, first to last; raise UnknownArticle if nothing."""
        key = rows.to_key(collection, article_id)
        _require(connection, key)
        return rows.read_events(connection, key)

    def active(self, connection: Connection, collection: str) -> Iterator[StoredArticle]:
        """Yield the current versions of the active articles, by article id.

        Raises
        ------
        StoreCorrupt
            At the first text that does not match its SHA-256, or record that is damaged.
        """
        return rows.read_active(connection, collection)

    def revision(self, connection: Connection, collection: str) -> int:
        """Return how many transactions have changed a collection; 0 if none, or no such name."""
        return rows.read_revision(connection, collection)

    def withdraw(
        self,
        connection: Connection,
        collection: str,
        article_id: str,
        *,
        reason: str,
        at: datetime,
        by: str,
    ) -> None:
        """Stop quoting an article; its text stays, and `restore` takes this back.

        Raises
        ------
        UnknownArticle
            If there is no such id.
        ArticleState
            If it is withdrawn or purged already.
        ValueError
            If the reason is empty, longer than 500 characters or more than one line.
        """
        event = _moderation(Action.WITHDRAWN, reason=reason, at=at, by=by)
        key = rows.to_key(collection, article_id)
        _require(connection, key, State.ACTIVE)
        rows.update_article(connection, key, state=State.WITHDRAWN)
        _record(connection, key, event)

    def restore(
        self,
        connection: Connection,
        collection: str,
        article_id: str,
        *,
        reason: str,
        at: datetime,
        by: str,
    ) -> None:
        """Take a withdrawal back; raises as `withdraw` does, if the article is not withdrawn."""
        event = _moderation(Action.RESTORED, reason=reason, at=at, by=by)
        key = rows.to_key(collection, article_id)
        _require(connection, key, State.WITHDRAWN)
        rows.update_article(connection, key, state=State.ACTIVE)
        _record(connection, key, event)

    def purge(
        self,
        connection: Connection,
        collection: str,
        article_id: str,
        *,
        reason: str,
        at: datetime,
        by: str,
    ) -> None:
        """Remove an article's texts and source records for good; raises as `withdraw` does."""
        event = _moderation(Action.PURGED, reason=reason, at=at, by=by)
        key = rows.to_key(collection, article_id)
        _require(connection, key, State.ACTIVE, State.WITHDRAWN)
        rows.clear_article(connection, key)
        rows.update_article(connection, key, state=State.PURGED)
        _record(connection, key, event)

    def _mark_stale(self, collection: str, revision: int) -> None:
        marker = self._directory.index(collection) / STALE_NAME
        with translating_os_errors(marker):
            write_pointer(marker, str(revision))

    # Last, since within a class the method hides the type of this name.
    def list(self, connection: Connection, collection: str) -> Sequence[ArticleSummary]:
        """Return the articles of a collection, in any state, by article id."""
        return rows.read_summaries(connection, collection)


def _compare(old: rows.Current, sha256: str, record: str) -> Added:
    if old is rows.UNSTORED:
        return Added.NEW
    if old.sha256 != sha256:
        return Added.NEW_VERSION
    if old.record != record:
        return Added.SOURCE_CORRECTED
    return Added.UNCHANGED


def _require(connection: Connection, key: rows.Key, *states: State) -> rows.Current:
    """Return where an article stands, if it was ever added and is in one of the states, if any."""
    current = rows.read_current(connection, key)
    if current is rows.UNSTORED:
        raise UnknownArticle(
            f"collection {key['collection']} holds no article {key['article_id']}; "
            "quoth corpus list shows what it holds"
        )
    if states and current.state not in states:
        raise ArticleState(_describe_state(connection, key, current.state))
    return current


def _require_version(connection: Connection, key: rows.Key, version: int | None) -> int:
    """Return the number of a version whose text is stored, the current one by default."""
    current = _require(connection, key)
    version = current.version if version is None else version
    if not 1 <= version <= current.version:
        raise UnknownArticle(
            f"article {key['article_id']} has no version {version}; the last is {current.version}"
        )
    if current.state is State.PURGED:
        raise ArticleState(_describe_state(connection, key, current.state))
    return version


def _refuse_taken_back(connection: Connection, key: rows.Key, sha256: str) -> None:
    """Raise ArticleState if the text is that of a withdrawn or purged article."""
    taken_back = rows.find_taken_back(connection, key, sha256)
    if taken_back is not None:
        article_id, state = taken_back
        same = rows.to_key(key["collection"], article_id)
        raise ArticleState(f"holds the same text: {_describe_state(connection, same, state)}")


def _describe_state(connection: Connection, key: rows.Key, state: State) -> str:
    article = f"article {key['article_id']}"
    if state is State.ACTIVE:
        return f"{article} is active; there is nothing to restore"
    last = rows.read_events(connection, key)[-1]
    mend = "this is final" if state is State.PURGED else "'quoth corpus restore' takes that back"
    return f"{article} was {state} on {last.at[:10]}, {mend}: {last.reason}"


def _moderation(action: Action, *, reason: str, at: datetime, by: str) -> Event:
    stripped = reason.strip()
    if not 1 <= len(stripped) <= MAX_REASON_CHARS:
        raise ValueError(f"a reason has 1 to {MAX_REASON_CHARS} characters, not {len(stripped)}")
    if any(unicodedata.category(character) in {"Cc", "Cs"} for character in stripped):
        raise ValueError("a reason is one line of text, without control characters")
    return Event(_format_moment(at), action, None, by, stripped)


def _format_moment(at: datetime) -> str:
    if at.tzinfo is None:
        raise ValueError(f"{at} needs a time zone")
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds") + "Z"


def _record(connection: Connection, key: rows.Key, event: Event) -> None:
    """Write an event, and note its collection as changed: nothing changes without an event."""
    changed = connection.info.get(_CHANGED)
    if changed is None:
        raise ValueError("articles are changed in a block of ArticleStore.transaction")
    rows.insert_event(connection, key, event)
    changed.add(key["collection"])
