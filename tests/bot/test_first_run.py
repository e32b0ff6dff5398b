"""What a server of its own starts with: the handbook, and none of the samples."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.first_run import ensure_handbook
from corpus.article import Source
from corpus.directory import DataDirectory
from corpus.samples import STARTER_FOLDER, is_sample
from corpus.store import ArticleStore
from retrieval.answering import Request, answer_question
from retrieval.indexing.generations import needs_rebuild, open_index
from tests.stores import open_store

NOON = datetime(2026, 12, 5, 12, 0, tzinfo=UTC)  # after the day the handbook bears


@pytest.fixture
def directory(tmp_path: Path) -> DataDirectory:
    return DataDirectory(tmp_path / "data")


@pytest.fixture
def store(directory: DataDirectory) -> ArticleStore:
    return open_store(directory)


def files(store: ArticleStore, collection: str) -> list[str | None]:
    with store.reading() as connection:
        return sorted(str(one.source.file) for one in store.list(connection, collection))


def test_a_servers_own_collection_starts_with_the_handbook_alone(
    directory: DataDirectory, store: ArticleStore
) -> None:
    ensure_handbook(directory, store, "server-1", at=NOON)

    pages = sorted(path.name for path in STARTER_FOLDER.glob("handbook-*.md"))
    assert files(store, "server-1") == pages
    assert len(pages) >= 5
    with store.reading() as connection:
        listed = store.list(connection, "server-1")
        assert not any(is_sample(one.source.publisher, one.source.file) for one in listed)
        assert list(store.collections(connection)) == ["server-1"]


def test_the_handbook_answers_at_once(directory: DataDirectory, store: ArticleStore) -> None:
    ensure_handbook(directory, store, "server-1", at=NOON)

    assert not needs_rebuild(directory, "server-1")
    index = open_index(directory, "server-1")
    assert answer_question(index, Request("How long is a question kept?")).answered


def test_the_handbook_is_added_once(directory: DataDirectory, store: ArticleStore) -> None:
    """What an administrator withdraws stays withdrawn."""
    ensure_handbook(directory, store, "server-1", at=NOON)
    with store.transaction() as connection:
        page = store.list(connection, "server-1")[0].article_id
        store.withdraw(connection, "server-1", page, reason="not ours", at=NOON, by="ann")
        before = store.revision(connection, "server-1")

    ensure_handbook(directory, store, "server-1", at=NOON)

    with store.reading() as connection:
        assert store.list(connection, "server-1")[0].state == "withdrawn"
        assert store.revision(connection, "server-1") == before + 1  # the withdrawal


def test_a_collection_that_holds_articles_gets_no_handbook(
    directory: DataDirectory, store: ArticleStore
) -> None:
    with store.transaction() as connection:
        store.add(connection, collection="main", article_id="a", text="A text.",
                  source=Source(file="a.txt"), at=NOON, by="ann")  # fmt: skip

    ensure_handbook(directory, store, "main", at=NOON)

    assert files(store, "main") == ["a.txt"]


def test_two_servers_have_a_handbook_each(directory: DataDirectory, store: ArticleStore) -> None:
    ensure_handbook(directory, store, "server-1", at=NOON)
    ensure_handbook(directory, store, "server-2", at=NOON)

    assert files(store, "server-1") == files(store, "server-2")
