"""Is everything in the store still what was put there?  Every text is hashed again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, select

from corpus.records import State
from corpus.rows import CURRENT_SOURCE, CURRENT_VERSION, STORED_TEXT
from corpus.schema import ARTICLES, SOURCES, VERSIONS
from corpus.source_json import source_from_json


@dataclass(frozen=True, slots=True)
class Damage:
    """Something in the store that is not as it was written.

    Parameters
    ----------
    collection, article_id : str or None
        The article concerned; None if it is the database file as a whole.
    version : int or None
        The version concerned, if it is one.
    what : str
        What is wrong, in one line.
    """

    collection: str | None
    article_id: str | None
    version: int | None
    what: str


def check_store(connection: Connection) -> list[Damage]:
    """Return what is damaged in the store, in a settled order; empty if nothing is.

    Parameters
    ----------
    connection : sqlalchemy.Connection
        From `corpus.store.ArticleStore.reading`.

    Notes
    -----
    SQLite's own check sees broken pages, rows and links, but not a changed character: that is
    what the SHA-256 of every text is for.
    """
    return [*_check_file(connection), *_check_articles(connection), *_check_texts(connection)]


def _check_file(connection: Connection) -> Iterator[Damage]:
    for (line,) in connection.exec_driver_sql("PRAGMA quick_check"):
        if line != "ok":
            yield Damage(None, None, None, f"the database file is damaged: {line}")
    for table, *_ in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        yield Damage(None, None, None, f"a row of {table} belongs to nothing")


def _check_articles(connection: Connection) -> Iterator[Damage]:
    """Check that each article points at a version and a source record that are there."""
    found = (
        select(ARTICLES, VERSIONS.c.sha256, SOURCES.c.record)
        .outerjoin_from(ARTICLES, VERSIONS, CURRENT_VERSION)
        .outerjoin(SOURCES, CURRENT_SOURCE)
        .order_by(ARTICLES.c.collection, ARTICLES.c.article_id)
    )
    for row in connection.execute(found):
        if row.sha256 is None:
            yield Damage(row.collection, row.article_id, row.version, "this version is missing")
        if row.record is None or not _is_source_record(row.record):
            yield Damage(row.collection, row.article_id, None, "its source record is damaged")


def _check_texts(connection: Connection) -> Iterator[Damage]:
    columns = [column for column in VERSIONS.c if column is not VERSIONS.c.text]
    found = (
        select(*columns, STORED_TEXT, ARTICLES.c.state)
        .join_from(VERSIONS, ARTICLES)
        .order_by(VERSIONS.c.collection, VERSIONS.c.article_id, VERSIONS.c.version)
    )
    for row in connection.execute(found):
        if row.state == State.PURGED:
            what = None if row.stored_text is None else "its text is there although it was purged"
        else:
            what = _compare_text(row.stored_text, row.sha256, row.chars)
        if what is not None:
            yield Damage(row.collection, row.article_id, row.version, what)


def _compare_text(stored: bytes | None, sha256: str, chars: int) -> str | None:
    if stored is None:
        return "its text is missing"
    if hashlib.sha256(stored).hexdigest() != sha256:
        return "its text does not match its SHA-256"
    if len(stored.decode("utf-8")) != chars:
        return "its length is not the one recorded"
    return None


def _is_source_record(record: str) -> bool:
    try:
        source_from_json(record)
    except ValueError:
        return False
    return True
