"""Which generation answers: always one that holds all the store does, and nothing it took back."""

from __future__ import annotations

import json
import shutil
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

import retrieval.indexing.generations
import retrieval.indexing.index
from corpus.article import Source
from corpus.directory import CURRENT_NAME, STALE_NAME, DataDirectory, read_pointer
from corpus.errors import DataDirectoryUnusable, StoreCorrupt
from corpus.store import ArticleStore
from retrieval.indexing.generations import is_empty, needs_rebuild, open_index
from retrieval.indexing.index import (
    FILE_NAMES,
    FORMAT,
    MANIFEST_NAME,
    RULES,
    Index,
)
from retrieval.indexing.rebuilding import rebuild_index
from retrieval.ranking import rank_passages
from tests.stores import open_store

NOON = datetime(2026, 3, 5, 12, 0, tzinfo=UTC)
SWAPS = 15


@pytest.fixture
def directory(tmp_path: Path) -> DataDirectory:
    return DataDirectory(tmp_path / "data")


@pytest.fixture
def store(directory: DataDirectory) -> ArticleStore:
    """Return a store of two articles, which were never indexed."""
    store = open_store(directory)
    add(store, "ferry", "The ferry sank.")
    add(store, "bridge", "A bridge closed.")
    return store


@pytest.fixture
def generation(store: ArticleStore, directory: DataDirectory) -> Path:
    """Return the folder of the generation of both articles."""
    rebuild_index(store, directory, "main")
    return directory.index("main") / Index.open(directory.index("main")).digest


@pytest.fixture
def no_rebuild(generation: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail if anything is rebuilt from now on."""
    assert generation.is_dir()

    def fail(*_: object) -> None:
        pytest.fail("rebuilt")

    monkeypatch.setattr(retrieval.indexing.generations, "_rebuild", fail)


def add(store: ArticleStore, article_id: str, text: str) -> None:
    with store.transaction() as connection:
        store.add(
            connection,
            collection="main",
            article_id=article_id,
            text=text,
            source=Source(),
            at=NOON,
            by="ann",
        )


def withdraw(store: ArticleStore, article_id: str) -> None:
    with store.transaction() as connection:
        store.withdraw(connection, "main", article_id, reason="wrong", at=NOON, by="ann")


def purge(store: ArticleStore, article_id: str) -> None:
    with store.transaction() as connection:
        store.purge(connection, "main", article_id, reason="asked to", at=NOON, by="ann")


def ids_in(index: Index) -> list[str]:
    return [record.article_id for record in index.articles]


def change_manifest(generation: Path, **changes: object) -> None:
    path = generation / MANIFEST_NAME
    path.write_text(json.dumps({**json.loads(path.read_text("utf-8")), **changes}), "utf-8")


@pytest.mark.usefixtures("store")
def test_the_first_question_builds_the_index(directory: DataDirectory) -> None:
    assert needs_rebuild(directory, "main")

    assert ids_in(open_index(directory, "main")) == ["bridge", "ferry"]
    assert not needs_rebuild(directory, "main")


@pytest.mark.usefixtures("no_rebuild")
def test_an_index_that_holds_all_is_only_mapped(generation: Path, directory: DataDirectory) -> None:
    """The store is not even opened: a question costs no database."""
    directory.database.unlink()

    assert open_index(directory, "main").digest == generation.name
    assert not is_empty(directory, "main")


@pytest.mark.usefixtures("generation")
@pytest.mark.parametrize("take_back", [withdraw, purge])
def test_a_withdrawn_article_is_never_found(
    store: ArticleStore,
    directory: DataDirectory,
    take_back: Callable[[ArticleStore, str], None],
) -> None:
    """Not even by the very next question: whoever asks finds the marker first."""
    assert rank_passages(open_index(directory, "main"), "ferry", k=3)

    take_back(store, "ferry")

    assert needs_rebuild(directory, "main")
    index = open_index(directory, "main")
    assert ids_in(index) == ["bridge"]
    assert rank_passages(index, "ferry", k=3) == []
    assert not needs_rebuild(directory, "main")


def test_a_commit_that_failed_costs_a_look_at_the_store_and_no_more(
    generation: Path, directory: DataDirectory
) -> None:
    """Its marker was written, the change was not."""
    (directory.index("main") / STALE_NAME).write_text("99\n", "ascii")

    assert open_index(directory, "main").digest == generation.name
    assert not needs_rebuild(directory, "main")


@pytest.mark.usefixtures("generation")
@pytest.mark.parametrize("content", ["", "0" * 16, "../../elsewhere", "\u0000" * 16, "é"])
def test_a_pointer_to_nowhere_is_mended(directory: DataDirectory, content: str) -> None:
    current = directory.index("main") / CURRENT_NAME
    current.write_text(content, "utf-8")

    assert ids_in(open_index(directory, "main")) == ["bridge", "ferry"]
    assert read_pointer(current) == open_index(directory, "main").digest


@pytest.mark.parametrize("name", [*FILE_NAMES, MANIFEST_NAME])
def test_a_generation_that_lost_a_file_is_built_again(
    generation: Path, directory: DataDirectory, name: str
) -> None:
    (generation / name).unlink()

    assert ids_in(open_index(directory, "main")) == ["bridge", "ferry"]


@pytest.mark.parametrize("name", [*FILE_NAMES, MANIFEST_NAME])
def test_a_damaged_generation_is_named_and_built_again_once_it_is_removed(
    generation: Path, directory: DataDirectory, name: str
) -> None:
    """The mend that the message names is the mend that works."""
    path = generation / name
    path.write_bytes(path.read_bytes()[:-3])

    with pytest.raises(StoreCorrupt, match=f"{generation} is damaged.*remove the folder"):
        open_index(directory, "main")

    shutil.rmtree(generation)
    assert ids_in(open_index(directory, "main")) == ["bridge", "ferry"]


@pytest.mark.parametrize("changes", [{"rules": RULES - 1}, {"format": FORMAT - 1, "files": []}])
def test_an_index_of_older_rules_is_built_again_before_it_answers(
    generation: Path, directory: DataDirectory, changes: dict[str, object]
) -> None:
    """After an upgrade nobody need know that there is an index."""
    renamed = generation.with_name("0" * 16)
    generation.rename(renamed)
    (directory.index("main") / CURRENT_NAME).write_text(renamed.name, "ascii")
    change_manifest(renamed, **changes)

    assert open_index(directory, "main").digest == generation.name
    assert not renamed.exists()


@pytest.mark.parametrize("is_behind", [False, True])
@pytest.mark.parametrize("changes", [{"rules": RULES + 1}, {"format": FORMAT + 1, "files": []}])
def test_an_index_from_a_newer_version_is_left_alone(
    generation: Path,
    store: ArticleStore,
    directory: DataDirectory,
    changes: dict[str, object],
    is_behind: bool,
) -> None:
    """Also where it is behind the store: to rebuild it is for the newer version to do."""
    change_manifest(generation, **changes)
    before = (generation / MANIFEST_NAME).read_bytes()
    if is_behind:
        add(store, "storm", "A storm came.")

    with pytest.raises(DataDirectoryUnusable, match="newer version"):
        open_index(directory, "main")
    assert (generation / MANIFEST_NAME).read_bytes() == before


@pytest.mark.usefixtures("generation")
@pytest.mark.parametrize("name", ["_find_generation", "read_manifest"])
def test_a_swap_while_we_open_gives_us_the_new_generation(
    store: ArticleStore, directory: DataDirectory, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The one we were about to map is gone, before or after its manifest was read."""
    function, left = getattr(retrieval.indexing.index, name), [1]

    def swap_behind(path: Path) -> object:
        found = function(path)
        if left:
            left.clear()
            add(store, "storm", "A storm came.")
            rebuild_index(store, directory, "main")
        return found

    monkeypatch.setattr(retrieval.indexing.index, name, swap_behind)
    monkeypatch.setattr(retrieval.indexing.generations, "_rebuild", pytest.fail)

    assert ids_in(open_index(directory, "main")) == ["bridge", "ferry", "storm"]


@pytest.mark.usefixtures("generation")
def test_questions_are_answered_while_others_write(
    store: ArticleStore, directory: DataDirectory
) -> None:
    """Every reader sees one whole generation, and never one older than it has seen."""
    seen: list[int] = []
    errors: list[BaseException] = []
    is_over = threading.Event()

    def read() -> None:
        try:
            while not is_over.is_set():
                index = open_index(directory, "main")
                texts = [index.text(number) for number in range(index.n_articles)]
                assert len(texts) == len(ids_in(index)) == len(set(texts))
                seen.append(len(texts))
        except BaseException as error:  # noqa: BLE001 - reported by the test's own thread
            errors.append(error)

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    for number in range(SWAPS):
        add(store, f"boat{number}", f"Boat {number} came in.")
        rebuild_index(store, directory, "main")
    is_over.set()
    for reader in readers:
        reader.join()

    assert errors == []
    assert seen
    assert set(seen) <= set(range(2, SWAPS + 3))
    assert ids_in(open_index(directory, "main")) == ids_in(open_index(directory, "main"))
    assert open_index(directory, "main").n_articles == SWAPS + 2


def test_whoever_has_a_generation_mapped_reads_on(
    generation: Path, store: ArticleStore, directory: DataDirectory
) -> None:
    index = open_index(directory, "main")
    hits = rank_passages(index, "Which ferry sank?", k=3)
    add(store, "storm", "A storm came.")
    open_index(directory, "main")

    assert not generation.exists()
    assert rank_passages(index, "Which ferry sank?", k=3) == hits
    assert index.text(1) == "The ferry sank."


@pytest.mark.usefixtures("generation")
def test_a_collection_is_empty_once_its_last_article_is_taken_back(
    store: ArticleStore, directory: DataDirectory
) -> None:
    assert not is_empty(directory, "main")

    withdraw(store, "ferry")
    withdraw(store, "bridge")

    assert is_empty(directory, "main")


@pytest.mark.usefixtures("generation")
def test_one_collection_knows_nothing_of_another(
    store: ArticleStore, directory: DataDirectory
) -> None:
    """Not a word, not a count: else one server's articles would weigh in another's answers."""
    before = open_index(directory, "main").digest
    with store.transaction() as connection:
        store.add(
            connection,
            collection="other",
            article_id="secret",
            text="Marmalade.",
            source=Source(),
            at=NOON,
            by="ann",
        )

    assert not needs_rebuild(directory, "main")
    assert open_index(directory, "main").digest == before
    assert ids_in(open_index(directory, "other")) == ["secret"]
    assert open_index(directory, "main").find_term("marmalad") is None
