"""What a collection takes up is what was put into it and not taken out for good."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.article import Source
from corpus.directory import DataDirectory
from corpus.store import ArticleStore
from corpus.usage import Usage, measure_usage
from tests.stores import open_store
from tests.strategies import TEXTS, share_of_examples

AT = datetime(2024, 5, 1, tzinfo=UTC)


def put(store: ArticleStore, article_id: str, *texts: str, collection: str = "main") -> None:
    with store.transaction() as connection:
        for text in texts:
            store.add(
                connection,
                collection=collection,
                article_id=article_id,
                text=text,
                source=Source(),
                at=AT,
                by="test",
            )


def measure(store: ArticleStore, collection: str = "main") -> Usage:
    with store.reading() as connection:
        return measure_usage(connection, collection)


@share_of_examples(0.4)
@given(texts=st.lists(TEXTS, unique=True, max_size=5))
def test_bytes_are_those_of_all_texts_in_utf_8(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str]
) -> None:
    store = open_store(DataDirectory(tmp_path_factory.mktemp("data")))
    for number, text in enumerate(texts):
        put(store, f"a{number}", text)

    usage = measure(store)

    assert usage.stored_bytes == sum(len(text.encode("utf-8")) for text in texts)
    assert usage.articles == usage.active == usage.versions == len(texts)


def test_states_and_versions_are_counted_apart(tmp_path: Path) -> None:
    store = open_store(DataDirectory(tmp_path))
    put(store, "kept", "one", "three")
    put(store, "withdrawn", "22")
    put(store, "purged", "44444444", "55555555")
    put(store, "elsewhere", "a whole other text", collection="other")
    with store.transaction() as connection:
        store.withdraw(connection, "main", "withdrawn", reason="wrong", at=AT, by="test")
        store.purge(connection, "main", "purged", reason="wrong", at=AT, by="test")

    usage = measure(store)

    assert usage == Usage(active=1, withdrawn=1, purged=1, versions=3, stored_bytes=10)
    assert usage.articles == 2


def test_a_collection_that_never_was_holds_nothing(tmp_path: Path) -> None:
    assert measure(open_store(DataDirectory(tmp_path)), "nothing") == Usage(0, 0, 0, 0, 0)
