import threading
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, text

import corpus.database
import corpus.store
from corpus.article import Basis, BasisKind, Precision, Source, hash_text
from corpus.blocks import find_blocks
from corpus.directory import STALE_NAME, DataDirectory, read_pointer, remove_pointer
from corpus.errors import (
    ArticleState,
    DataDirectoryUnusable,
    StoreBusy,
    StoreCorrupt,
    StoreUnavailable,
    UnknownArticle,
)
from corpus.store import Action, Added, ArticleStore, State
from tests.stores import open_store
from tests.strategies import share_of_examples

NOON = datetime(2026, 3, 5, 12, 0, tzinfo=UTC)
TEXT = "The harbour bridge closed at dawn.\r\n\r\nIt opens again on Friday."
SOURCE = Source(
    title="Bridge closed",
    publisher="Harbour News",
    published=date(2026, 3, 4),
    published_precision=Precision.DAY,
    basis={"title": Basis(BasisKind.SIDECAR, note="as printed")},
)
# What is stored: no lone surrogates, which have no UTF-8.
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=200)
IDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=9)


@pytest.fixture
def directory(tmp_path: Path) -> DataDirectory:
    return DataDirectory(tmp_path / "data")


@pytest.fixture
def store(directory: DataDirectory) -> ArticleStore:
    return open_store(directory)


@pytest.fixture(scope="module")
def shared_store(tmp_path_factory: pytest.TempPathFactory) -> ArticleStore:
    """For laws: every example rehearses in it, so none leaves anything to the next."""
    return open_store(DataDirectory(tmp_path_factory.mktemp("store")))


def add(store: ArticleStore, connection: Connection, **changes: Any) -> Added:
    article = {"collection": "main", "article_id": "bridge", "text": TEXT, "source": SOURCE}
    return store.add(connection, **{**article, "at": NOON, "by": "ann", **changes})


def add_one(store: ArticleStore, **changes: Any) -> Added:
    with store.transaction() as connection:
        return add(store, connection, **changes)


def add_and_fail(store: ArticleStore) -> None:
    with store.transaction() as connection:
        add(store, connection, text="never stored")
        raise ZeroDivisionError


def change(store: ArticleStore, what: str, reason: str = "asked by the publisher") -> None:
    with store.transaction() as connection:
        getattr(store, what)(connection, "main", "bridge", reason=reason, at=NOON, by="ben")


def active_ids(store: ArticleStore, collection: str = "main") -> list[str]:
    with store.reading() as connection:
        return [article.article_id for article in store.active(connection, collection)]


def stale(directory: DataDirectory, collection: str = "main") -> str | None:
    return read_pointer(directory.index(collection) / STALE_NAME)


# Laws


@given(TEXTS, IDS)
@share_of_examples(0.6)
def test_a_stored_article_comes_back_equal(
    shared_store: ArticleStore, content: str, article_id: str
) -> None:
    """Line ends, spaces and every other character of a quote are those that were read."""
    with shared_store.rehearsal() as connection:
        add(shared_store, connection, article_id=article_id, text=content)
        article = shared_store.get(connection, "main", article_id)
        (active,) = shared_store.active(connection, "main")
        (entry,) = shared_store.list(connection, "main")

    assert article.text == active.text == content
    assert article.sha256 == active.sha256 == entry.sha256 == hash_text(content)
    assert article.blocks == find_blocks(content)
    assert active.source == entry.source == SOURCE
    assert entry.chars == len(content)


@given(TEXTS)
@share_of_examples(0.3)
def test_twice_added_counts_once(shared_store: ArticleStore, content: str) -> None:
    with shared_store.rehearsal() as connection:
        outcomes = [add(shared_store, connection, text=content) for _ in range(2)]
        history = shared_store.history(connection, "main", "bridge")

    assert outcomes == [Added.NEW, Added.UNCHANGED]
    assert [event.action for event in history] == [Action.ADDED]


@given(st.dictionaries(IDS, TEXTS, min_size=1, max_size=6), st.randoms())
@share_of_examples(0.3)
def test_the_order_of_adding_does_not_matter(
    shared_store: ArticleStore, contents: dict[str, str], random: Any
) -> None:
    """The same articles make the same index, and so the same answers."""
    shuffled = list(contents.items())
    random.shuffle(shuffled)
    seen = []
    for items in (contents.items(), shuffled):
        with shared_store.rehearsal() as connection:
            for article_id, content in items:
                add(shared_store, connection, article_id=article_id, text=content)
            seen.append(list(shared_store.active(connection, "main")))

    assert seen[0] == seen[1]
    assert [article.article_id for article in seen[0]] == sorted(contents)


@given(st.lists(st.sampled_from(["a", "b", "c"]), min_size=1, max_size=8))
@share_of_examples(0.3)
def test_every_version_keeps_its_text(shared_store: ArticleStore, contents: list[str]) -> None:
    """A citation of an old version shows what was quoted then, whatever came after."""
    distinct = [
        content
        for place, content in enumerate(contents)
        if place == 0 or content != contents[place - 1]
    ]
    with shared_store.rehearsal() as connection:
        for content in contents:
            add(shared_store, connection, text=content)
        versions = shared_store.versions(connection, "main", "bridge")
        stored = [
            shared_store.get(connection, "main", "bridge", entry.version).text for entry in versions
        ]

    assert stored == distinct
    assert [entry.version for entry in versions] == list(range(1, len(distinct) + 1))


# Adding


def test_another_text_is_the_next_version(store: ArticleStore) -> None:
    add_one(store)
    added = add_one(store, text="The bridge is open.", at=NOON + timedelta(hours=1))

    with store.reading() as connection:
        current = store.get(connection, "main", "bridge")
        versions = store.versions(connection, "main", "bridge")
    assert added is Added.NEW_VERSION
    assert (current.version, current.text) == (2, "The bridge is open.")
    assert [(entry.version, entry.chars, entry.added_at) for entry in versions] == [
        (1, len(TEXT), "2026-03-05T12:00:00Z"),
        (2, 19, "2026-03-05T13:00:00Z"),
    ]


def test_a_corrected_source_does_not_touch_the_article(store: ArticleStore) -> None:
    add_one(store)
    added = add_one(store, source=replace(SOURCE, author="Kim Ash"))

    with store.reading() as connection:
        assert store.source(connection, "main", "bridge").author == "Kim Ash"
        assert store.get(connection, "main", "bridge").version == 1
        last = store.history(connection, "main", "bridge")[-1]
    assert added is Added.SOURCE_CORRECTED
    assert (last.action, last.version) == (Action.SOURCE_CORRECTED, None)


def test_one_id_in_two_collections_is_two_articles(store: ArticleStore) -> None:
    with store.transaction() as connection:
        add(store, connection, collection="north", text="of the north")
        add(store, connection, collection="south", text="of the south")

    with store.reading() as connection:
        assert store.get(connection, "north", "bridge").text == "of the north"
        assert store.collections(connection) == ["north", "south"]
        assert store.list(connection, "main") == []
        assert list(store.active(connection, "main")) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"text": "half a pair: \ud800"},
        {"article_id": ""},
        {"article_id": "\udcff"},
        {"collection": "../main"},
        {"at": datetime(2026, 3, 5)},  # noqa: DTZ001 - without a zone, on purpose
    ],
)
def test_what_cannot_be_stored_is_the_callers_mistake(
    store: ArticleStore, changes: dict[str, Any]
) -> None:
    with pytest.raises(ValueError, match=r"."):
        add_one(store, **changes)

    assert active_ids(store) == []


def test_times_are_recorded_in_utc(store: ArticleStore) -> None:
    add_one(store, at=NOON.astimezone(timezone(timedelta(hours=9))))

    with store.reading() as connection:
        (event,) = store.history(connection, "main", "bridge")
    assert event.at == "2026-03-05T12:00:00Z"


# Withdrawing, restoring, purging


def test_a_withdrawn_article_is_not_active_but_can_be_read(store: ArticleStore) -> None:
    """It is never quoted again, and a moderator can still see what it said."""
    add_one(store)
    change(store, "withdraw")

    assert active_ids(store) == []
    with store.reading() as connection:
        assert store.get(connection, "main", "bridge").text == TEXT
        assert store.list(connection, "main")[0].state is State.WITHDRAWN


def test_a_restored_article_is_active_again(store: ArticleStore) -> None:
    add_one(store)
    change(store, "withdraw")
    change(store, "restore")

    assert active_ids(store) == ["bridge"]
    assert add_one(store) is Added.UNCHANGED


def test_a_purge_leaves_no_text_in_the_store_or_its_file(
    store: ArticleStore, directory: DataDirectory
) -> None:
    """Every version and the source record are gone; hash, reason, who and when stay."""
    add_one(store, text="A SECRET NAME. " * 500)
    add_one(store, source=replace(SOURCE, title="A SECRET TITLE"))
    change(store, "purge", "a private person asked")

    content = directory.database.read_bytes()
    assert b"SECRET" not in content
    assert b"harbour" not in content
    with store.reading() as connection:
        (entry,) = store.list(connection, "main")
        last = store.history(connection, "main", "bridge")[-1]
        versions = store.versions(connection, "main", "bridge")
    assert (entry.state, entry.source, entry.sha256) == (State.PURGED, Source(), hash_text(TEXT))
    assert versions[0].sha256 == hash_text("A SECRET NAME. " * 500)
    assert (last.by, last.reason) == ("ben", "a private person asked")


def test_a_purged_article_says_so_when_it_is_asked_for(store: ArticleStore) -> None:
    add_one(store)
    change(store, "purge", "a private person asked")

    with (
        pytest.raises(ArticleState, match=r"purged on 2026-03-05.*: a private person asked"),
        store.reading() as connection,
    ):
        store.get(connection, "main", "bridge")


@given(texts=st.lists(TEXTS, min_size=1, max_size=3), data=st.data())
def test_a_version_read_without_its_blocks_is_the_same_text(
    shared_store: ArticleStore, texts: list[str], data: st.DataObject
) -> None:
    with shared_store.rehearsal() as connection:
        for one in texts:
            add(shared_store, connection, text=one)
        last = shared_store.get(connection, "main", "bridge").version
        version = data.draw(st.integers(1, last))

        whole = shared_store.get(connection, "main", "bridge", version)
        assert shared_store.text(connection, "main", "bridge", version) == whole.text


def test_a_version_that_is_not_there_is_named(store: ArticleStore) -> None:
    add_one(store)
    with store.reading() as connection:
        with pytest.raises(UnknownArticle, match="has no version 2; the last is 1"):
            store.text(connection, "main", "bridge", 2)
        with pytest.raises(UnknownArticle, match="holds no article tunnel"):
            store.text(connection, "main", "tunnel", 1)


@given(st.dictionaries(IDS, TEXTS, max_size=4), st.sets(IDS, max_size=4))
def test_cited_articles_are_read_as_they_stand(
    shared_store: ArticleStore, texts: dict[str, str], unknown: set[str]
) -> None:
    with shared_store.rehearsal() as connection:
        for article_id, one in texts.items():
            add(shared_store, connection, article_id=article_id, text=one)
        cited = shared_store.cited(connection, "main", {*texts, *unknown})

        assert set(cited) == set(texts)
        for article_id, one in texts.items():
            found = cited[article_id]
            assert (found.article_id, found.text, found.source) == (article_id, one, SOURCE)
            assert (found.version, found.sha256) == (1, hash_text(one))
        assert not shared_store.cited(connection, "other", list(texts))


def test_a_cited_article_knows_when_it_was_last_changed(store: ArticleStore) -> None:
    add_one(store)
    later, last = NOON + timedelta(days=1), NOON + timedelta(days=2)
    with store.transaction() as connection:
        add(store, connection, text="Another text.", at=later)
        add(store, connection, text="Another text.", source=Source(title="Bridge"), at=last)

    with store.reading() as connection:
        found = store.cited(connection, "main", ["bridge"])["bridge"]
    assert (found.version, found.added_at) == (2, "2026-03-06T12:00:00Z")
    assert (found.source_revision, found.recorded_at) == (2, "2026-03-07T12:00:00Z")
    assert found.source == Source(title="Bridge")


@pytest.mark.parametrize("what", ["withdraw", "purge"])
def test_a_cited_article_that_was_taken_back_has_no_text(store: ArticleStore, what: str) -> None:
    add_one(store)
    change(store, what)

    with store.reading() as connection:
        found = store.cited(connection, "main", ["bridge"])["bridge"]
    assert (found.text, found.state is State.ACTIVE) == (None, False)


def test_what_is_damaged_of_a_cited_article_is_missing(store: ArticleStore) -> None:
    """One damaged article does not keep others from being shown."""
    add_one(store)
    with store.transaction() as connection:
        connection.execute(text("UPDATE versions SET text = 'other'"))
        connection.execute(text("UPDATE sources SET record = 'no JSON'"))

    with store.reading() as connection:
        found = store.cited(connection, "main", ["bridge"])["bridge"]
    assert (found.text, found.source, found.state) == (None, None, State.ACTIVE)


@pytest.mark.parametrize(
    ("before", "then", "message"),
    [
        (["withdraw"], "withdraw", "'quoth corpus restore' takes that back"),
        ([], "restore", "nothing to restore"),
        (["purge"], "withdraw", "final"),
        (["purge"], "restore", "final"),
        (["withdraw", "purge"], "purge", "final"),
    ],
)
def test_a_state_that_does_not_allow_a_change_is_named(
    store: ArticleStore, before: list[str], then: str, message: str
) -> None:
    add_one(store)
    for what in before:
        change(store, what)

    with pytest.raises(ArticleState, match=message):
        change(store, then)


@pytest.mark.parametrize(("what", "message"), [("withdraw", "corpus restore"), ("purge", "final")])
def test_an_id_that_was_taken_back_is_not_used_again(
    store: ArticleStore, what: str, message: str
) -> None:
    """Adding the file once more must not undo what a moderator decided."""
    add_one(store)
    change(store, what)

    with pytest.raises(ArticleState, match=message):
        add_one(store, text="The same address, another text.")

    assert active_ids(store) == []


@pytest.mark.parametrize("what", ["withdraw", "restore", "purge"])
@pytest.mark.parametrize("reason", ["", "  ", "x" * 501, "two\nlines", "\x1b[31mred", "\ud800"])
def test_a_change_needs_a_reason_that_fits_a_line(
    store: ArticleStore, what: str, reason: str
) -> None:
    with pytest.raises(ValueError, match="a reason"):
        change(store, what, reason)


def test_history_tells_everything_in_order(store: ArticleStore) -> None:
    add_one(store)
    add_one(store, text="New.", by="cem")
    change(store, "withdraw", "wrong")
    change(store, "restore", "right after all")
    change(store, "purge", "gone")

    with store.reading() as connection:
        events = store.history(connection, "main", "bridge")
    assert [(event.action, event.version, event.by, event.reason) for event in events] == [
        (Action.ADDED, 1, "ann", ""),
        (Action.NEW_VERSION, 2, "cem", ""),
        (Action.WITHDRAWN, None, "ben", "wrong"),
        (Action.RESTORED, None, "ben", "right after all"),
        (Action.PURGED, None, "ben", "gone"),
    ]


# Finding nothing, finding damage


@pytest.mark.parametrize("what", ["get", "source", "versions", "history"])
def test_an_unknown_id_is_named(store: ArticleStore, what: str) -> None:
    with (
        pytest.raises(UnknownArticle, match=r"main holds no article nowhere.*quoth corpus list"),
        store.reading() as connection,
    ):
        getattr(store, what)(connection, "main", "nowhere")


@pytest.mark.parametrize("version", [-1, 0, 2, 10**30])
def test_an_unknown_version_is_named(store: ArticleStore, version: int) -> None:
    add_one(store)

    with pytest.raises(UnknownArticle, match="the last is 1"), store.reading() as connection:
        store.get(connection, "main", "bridge", version)


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE versions SET text = replace(text, 'Friday', 'Monday')",
        "UPDATE versions SET text = NULL",
        "UPDATE versions SET text = x'ff'",
    ],
)
def test_a_changed_text_is_not_handed_out(store: ArticleStore, damage: str) -> None:
    """A changed digit is valid SQLite and valid UTF-8: only the hash tells."""
    add_one(store)
    with store.transaction() as connection:
        connection.execute(text(damage))

    with pytest.raises(StoreCorrupt, match="bridge, version 1"), store.reading() as connection:
        store.get(connection, "main", "bridge")
    with pytest.raises(StoreCorrupt, match="bridge, version 1"):
        active_ids(store)


def test_a_damaged_source_record_is_named(store: ArticleStore) -> None:
    add_one(store)
    with store.transaction() as connection:
        connection.execute(text("UPDATE sources SET record = '{'"))

    with pytest.raises(StoreCorrupt, match="bridge: its source record"):
        active_ids(store)


def test_a_data_directory_that_is_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("not a folder")

    with pytest.raises(DataDirectoryUnusable, match="not a folder"):
        ArticleStore.open(DataDirectory(tmp_path / "data"))


# Revisions and the STALE marker


def test_a_transaction_marks_what_it_changes_once(
    store: ArticleStore, directory: DataDirectory
) -> None:
    with store.transaction() as connection:
        add(store, connection, article_id="one")
        add(store, connection, article_id="two")
        add(store, connection, collection="other")
        assert stale(directory) is None
    with store.transaction() as connection:
        add(store, connection, article_id="three")

    with store.reading() as connection:
        assert store.revision(connection, "main") == 2
        assert store.revision(connection, "other") == 1
        assert store.revision(connection, "none") == 0
    assert (stale(directory), stale(directory, "other")) == ("2", "1")


@pytest.mark.parametrize("what", ["withdraw", "restore", "purge"])
def test_taking_back_marks_the_index_as_stale(
    store: ArticleStore, directory: DataDirectory, what: str
) -> None:
    """Whoever answers next rebuilds first: the article is not quoted once more."""
    add_one(store)
    if what == "restore":
        change(store, "withdraw")
    remove_pointer(directory.index("main") / STALE_NAME)
    assert stale(directory) is None

    change(store, what)

    assert stale(directory) is not None


def test_the_marker_is_there_before_the_change_is(
    store: ArticleStore, directory: DataDirectory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A crash between the two costs a rebuild; the other way round it would cost the truth."""
    monkeypatch.setattr(corpus.database, "BUSY_TIMEOUT_SECONDS", 0.05)
    with store.reading() as reader:
        list(store.active(reader, "main"))  # holds a state, so that the commit must fail
        with pytest.raises(StoreBusy):
            add_one(store)
        assert stale(directory) == "1"
    assert active_ids(store) == []


def test_what_changes_nothing_marks_nothing(store: ArticleStore, directory: DataDirectory) -> None:
    add_one(store)
    remove_pointer(directory.index("main") / STALE_NAME)

    assert add_one(store) is Added.UNCHANGED
    with pytest.raises(ZeroDivisionError):
        add_and_fail(store)
    with store.rehearsal() as connection:
        add(store, connection, text="only rehearsed")
        assert store.get(connection, "main", "bridge").text == "only rehearsed"

    assert stale(directory) is None
    with store.reading() as connection:
        assert store.revision(connection, "main") == 1
        assert store.get(connection, "main", "bridge").text == TEXT


def test_a_marker_that_cannot_be_written_undoes_the_change(
    store: ArticleStore, directory: DataDirectory
) -> None:
    directory.index("main").parent.write_text("in the way")

    with pytest.raises(StoreUnavailable, match=r"STALE cannot be written"):
        add_one(store)

    assert active_ids(store) == []


def test_a_full_disk_under_the_marker_is_named(
    store: ArticleStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(corpus.store, "write_pointer", fail)

    with pytest.raises(StoreBusy, match="free some disk space"):
        add_one(store)

    assert active_ids(store) == []


def test_a_change_outside_a_transaction_is_the_callers_mistake(store: ArticleStore) -> None:
    with (
        pytest.raises(ValueError, match=r"ArticleStore\.transaction"),
        store.reading() as connection,
    ):
        add(store, connection)

    assert active_ids(store) == []


def test_two_writers_at_once_lose_nothing(store: ArticleStore, directory: DataDirectory) -> None:
    def add_ten(prefix: str) -> None:
        for number in range(10):
            add_one(store, article_id=f"{prefix}{number}")

    threads = [threading.Thread(target=add_ten, args=(prefix,)) for prefix in "ab"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(active_ids(store)) == 20
    assert stale(directory) == "20"


@pytest.mark.parametrize("what", ["withdraw", "purge"])
def test_a_text_that_was_taken_back_does_not_come_back_under_another_id(
    store: ArticleStore, what: str
) -> None:
    """Otherwise a file under another name would undo what a moderator did."""
    add_one(store)
    change(store, what)

    with store.transaction() as connection, pytest.raises(ArticleState, match="the same text"):
        add(store, connection, article_id="other")

    assert active_ids(store) == []
