import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from corpus.article import Source
from corpus.checking import Damage, check_store
from corpus.directory import DataDirectory
from corpus.store import ArticleStore
from tests.stores import open_store

NOON = datetime(2026, 3, 5, 12, 0, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> ArticleStore:
    """Hold an article of two versions, a withdrawn one and a purged one."""
    store = open_store(DataDirectory(tmp_path))
    contents = [("bridge", "Closed."), ("bridge", "Open."), ("ferry", "Late."), ("tram", "Full.")]
    with store.transaction() as connection:
        for article_id, content in contents:
            store.add(
                connection,
                collection="main",
                article_id=article_id,
                text=content,
                source=Source(title=article_id),
                at=NOON,
                by="ann",
            )
        store.withdraw(connection, "main", "ferry", reason="wrong", at=NOON, by="ben")
        store.purge(connection, "main", "tram", reason="asked", at=NOON, by="ben")
    return store


def find_damage(store: ArticleStore) -> list[Damage]:
    with store.reading() as connection:
        return check_store(connection)


def test_a_whole_store_has_no_damage(store: ArticleStore) -> None:
    assert find_damage(store) == []


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        (
            "UPDATE versions SET text = replace(text, 'Closed', 'Cloned') WHERE chars = 7",
            [Damage("main", "bridge", 1, "its text does not match its SHA-256")],
        ),
        (
            "UPDATE versions SET text = NULL WHERE article_id = 'ferry'",
            [Damage("main", "ferry", 1, "its text is missing")],
        ),
        (
            "UPDATE versions SET chars = 4 WHERE article_id = 'ferry'",
            [Damage("main", "ferry", 1, "its length is not the one recorded")],
        ),
        (
            "UPDATE versions SET text = x'46756c6c2e' WHERE article_id = 'tram'",
            [Damage("main", "tram", 1, "its text is there although it was purged")],
        ),
        (
            "DELETE FROM versions WHERE version = 2",
            [Damage("main", "bridge", 2, "this version is missing")],
        ),
        (
            "UPDATE sources SET record = '[]' WHERE article_id = 'ferry'",
            [Damage("main", "ferry", None, "its source record is damaged")],
        ),
        (
            "DELETE FROM sources WHERE article_id = 'ferry'",
            [Damage("main", "ferry", None, "its source record is damaged")],
        ),
    ],
)
def test_damage_is_named_with_its_article(
    store: ArticleStore, statement: str, found: list[Damage]
) -> None:
    with store.transaction() as connection:
        assert connection.execute(text(statement)).rowcount == 1

    assert find_damage(store) == found


def test_rows_without_their_article_are_found(store: ArticleStore, tmp_path: Path) -> None:
    """Only another program could delete an article's row and leave the rest."""
    with closing(sqlite3.connect(tmp_path / "quoth.db", isolation_level=None)) as other:
        other.execute("DELETE FROM articles WHERE article_id = 'ferry'")

    assert {damage.what for damage in find_damage(store)} == {
        "a row of versions belongs to nothing",
        "a row of sources belongs to nothing",
        "a row of events belongs to nothing",
    }


def test_a_broken_file_is_found(store: ArticleStore) -> None:
    """An index that lacks a row is what a bad sector or an unsafe copy may leave."""
    with store.transaction() as connection:
        connection.execute(text("PRAGMA writable_schema = ON"))
        connection.execute(text("DELETE FROM sqlite_master WHERE name = 'events_of_article'"))

    (damage,) = find_damage(store)

    assert (damage.collection, damage.article_id) == (None, None)
    assert "never used" in damage.what
