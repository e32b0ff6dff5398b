"""Generations are built whole or not at all, and nothing that was taken back stays behind."""

from __future__ import annotations

import errno
import os
import signal
import stat
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

import retrieval.indexing.rebuilding
from corpus.article import Source
from corpus.directory import CURRENT_NAME, STALE_NAME, DataDirectory, read_pointer
from corpus.errors import CorpusError, StoreBusy, StoreUnavailable
from corpus.store import ArticleStore
from retrieval.indexing.checking import check_generation
from retrieval.indexing.index import FILE_NAMES, MANIFEST_NAME, TEXTS_NAME, Index
from retrieval.indexing.rebuilding import rebuild_index
from tests.stores import open_store

PROJECT = Path(__file__).resolve().parents[3]
NOON = datetime(2026, 3, 5, 12, 0, tzinfo=UTC)
RECIPE = "Marmalade"

# Rebuilds in a process of its own, which may be told to die where a function is called.
REBUILD = """
import os, signal, sys
from pathlib import Path
import retrieval.indexing.rebuilding
from corpus.directory import DataDirectory
from corpus.store import ArticleStore

directory, deadly = DataDirectory(Path(sys.argv[1])), sys.argv[2]
store = ArticleStore.open(directory)
if deadly:
    def die(*_, **__):
        os.kill(os.getpid(), signal.SIGKILL)
    setattr(retrieval.indexing.rebuilding, deadly, die)
print("ready", flush=True)
sys.stdin.readline()
retrieval.indexing.rebuilding.rebuild_index(store, directory, "main")
"""


@pytest.fixture
def directory(tmp_path: Path) -> DataDirectory:
    return DataDirectory(tmp_path / "data")


@pytest.fixture
def store(directory: DataDirectory) -> ArticleStore:
    """Return a store of one article, which was never indexed."""
    store = open_store(directory)
    add(store, "ferry", "The ferry sank.")
    return store


@pytest.fixture
def folder(directory: DataDirectory) -> Path:
    return directory.index("main")


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


def restore(store: ArticleStore, article_id: str) -> None:
    with store.transaction() as connection:
        store.restore(connection, "main", article_id, reason="right", at=NOON, by="ann")


def purge(store: ArticleStore, article_id: str) -> None:
    with store.transaction() as connection:
        store.purge(connection, "main", article_id, reason="asked to", at=NOON, by="ann")


def start_rebuild(directory: DataDirectory, deadly: str = "") -> subprocess.Popen[str]:
    """Start another process that will rebuild as soon as it is told to."""
    process = subprocess.Popen(
        [sys.executable, "-c", REBUILD, str(directory.root), deadly],
        cwd=PROJECT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def let_go(process: subprocess.Popen[str]) -> None:
    assert process.stdin is not None
    process.stdin.write("\n")
    process.stdin.flush()


def texts_in(folder: Path) -> dict[str, str]:
    """Return the texts that answer, by article id, after looking at every byte."""
    index = Index.open(folder)
    assert list(check_generation(folder / index.digest)) == []
    return {record.article_id: index.text(number) for number, record in enumerate(index.articles)}


def assert_only_current_is_left(folder: Path) -> None:
    current = read_pointer(folder / CURRENT_NAME)
    assert {path.name for path in folder.iterdir()} == {CURRENT_NAME, current}


def once(action: Callable[[], object]) -> Callable[..., None]:
    """Return a function that acts when it is first called, whatever it is given."""
    left = [action]

    def act(*_: object) -> None:
        if left:
            left.pop()()

    return act


def before(monkeypatch: pytest.MonkeyPatch, name: str, action: Callable[[], object]) -> None:
    """Let something happen when the rebuild first comes to this function."""
    function, act = getattr(retrieval.indexing.rebuilding, name), once(action)

    def act_first(*args: object, **options: object) -> object:
        act()
        return function(*args, **options)

    monkeypatch.setattr(retrieval.indexing.rebuilding, name, act_first)


def test_the_active_articles_are_indexed(
    store: ArticleStore, directory: DataDirectory, folder: Path
) -> None:
    add(store, "bridge", "A bridge closed.")
    add(store, "storm", "A storm came.")
    withdraw(store, "storm")
    calls: list[tuple[int, int]] = []

    rebuild_index(store, directory, "main", progress=lambda *call: calls.append(call))

    assert texts_in(folder) == {"bridge": "A bridge closed.", "ferry": "The ferry sank."}
    assert calls == [(1, 2), (2, 2)]
    assert_only_current_is_left(folder)


@pytest.mark.parametrize("order", ["abc", "cab", "bca"])
def test_the_order_in_which_articles_were_added_changes_no_byte(tmp_path: Path, order: str) -> None:
    files = []
    for number, names in enumerate(("abc", order)):
        directory = DataDirectory(tmp_path / str(number))
        store = open_store(directory)
        for name in names:
            add(store, name, f"Ferry {name} sank. So did {name}.")
        rebuild_index(store, directory, "main")
        paths = sorted(path for path in directory.index("main").rglob("*") if path.is_file())
        files.append([(path.name, path.read_bytes()) for path in paths])

    assert len(files[0]) == len(FILE_NAMES) + 2
    assert files[0] == files[1]


def test_a_collection_without_articles_has_an_index(
    store: ArticleStore, directory: DataDirectory, folder: Path
) -> None:
    withdraw(store, "ferry")

    rebuild_index(store, directory, "main")

    assert texts_in(folder) == {}


@pytest.mark.parametrize("take_back", [withdraw, purge])
def test_what_is_taken_back_is_in_no_byte_of_the_index(
    store: ArticleStore,
    directory: DataDirectory,
    folder: Path,
    take_back: Callable[[ArticleStore, str], None],
) -> None:
    """Superseded generations go at once, and with them the text."""
    add(store, "secret", f"{RECIPE} is kept in the cellar.")
    rebuild_index(store, directory, "main")
    assert RECIPE.encode() in (folder / Index.open(folder).digest / TEXTS_NAME).read_bytes()

    take_back(store, "secret")
    rebuild_index(store, directory, "main")

    data = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file()).lower()
    assert b"ferry" in data
    assert RECIPE.lower().encode() not in data
    assert_only_current_is_left(folder)


def test_nothing_is_written_again_for_the_same_articles(
    store: ArticleStore, directory: DataDirectory, folder: Path
) -> None:
    """As after an article was withdrawn and restored, and nobody asked in between."""
    rebuild_index(store, directory, "main")
    before = {path: path.stat().st_ino for path in folder.glob("*/*")}
    withdraw(store, "ferry")
    restore(store, "ferry")
    assert read_pointer(folder / STALE_NAME) is not None

    rebuild_index(store, directory, "main")

    assert {path: path.stat().st_ino for path in folder.glob("*/*")} == before
    assert_only_current_is_left(folder)


@pytest.mark.parametrize("name", [*FILE_NAMES, MANIFEST_NAME])
@pytest.mark.parametrize(
    "damage",
    [
        Path.unlink,
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(path.read_bytes()[:-1] + b"\x80"),
    ],
    ids=["gone", "empty", "changed"],
)
def test_a_damaged_generation_of_the_same_articles_is_replaced(
    store: ArticleStore,
    directory: DataDirectory,
    folder: Path,
    name: str,
    damage: Callable[[Path], object],
) -> None:
    rebuild_index(store, directory, "main")
    damage(folder / Index.open(folder).digest / name)

    rebuild_index(store, directory, "main")

    assert texts_in(folder) == {"ferry": "The ferry sank."}
    assert_only_current_is_left(folder)


def test_a_commit_while_the_articles_are_read_is_not_lost(
    store: ArticleStore, directory: DataDirectory, folder: Path
) -> None:
    """What a writer was told is stored, the next question finds."""
    rebuild_index(
        store, directory, "main", progress=once(lambda: add(store, "bridge", "A bridge closed."))
    )

    assert set(texts_in(folder)) == {"bridge", "ferry"}
    assert_only_current_is_left(folder)


@pytest.mark.parametrize("name", ["build_content", "write_generation", "sync_files"])
@pytest.mark.parametrize("take_back", [withdraw, purge])
def test_a_commit_while_the_generation_is_built_is_not_lost(
    store: ArticleStore,
    directory: DataDirectory,
    folder: Path,
    name: str,
    take_back: Callable[[ArticleStore, str], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Else the withdrawn article would answer, with nothing to say that it must not."""
    before(monkeypatch, name, lambda: take_back(store, "ferry"))

    rebuild_index(store, directory, "main")

    assert texts_in(folder) == {}
    assert_only_current_is_left(folder)


@pytest.mark.parametrize("name", ["build_content", "write_generation", "sync_files"])
@pytest.mark.parametrize("is_changed", [False, True])
def test_another_swap_while_the_generation_is_built_is_no_harm(
    store: ArticleStore,
    directory: DataDirectory,
    folder: Path,
    name: str,
    is_changed: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The other one removes what we were building; whatever is newest stays."""

    def swap() -> None:
        if is_changed:
            add(store, "bridge", "A bridge closed.")
        rebuild_index(store, directory, "main")

    before(monkeypatch, name, swap)

    rebuild_index(store, directory, "main")

    assert set(texts_in(folder)) == ({"bridge", "ferry"} if is_changed else {"ferry"})
    assert_only_current_is_left(folder)


def test_two_processes_may_rebuild_at_once(
    store: ArticleStore, directory: DataDirectory, folder: Path
) -> None:
    """As when two people ask right after an article came in."""
    for number in range(5):
        add(store, f"boat{number}", f"Boat {number} sank.\n\n" * 50)
    processes = [start_rebuild(directory) for _ in range(3)]

    for process in processes:
        let_go(process)
    outputs = [process.communicate(timeout=60) for process in processes]

    assert outputs == [("", "")] * 3
    assert [process.returncode for process in processes] == [0, 0, 0]
    assert len(texts_in(folder)) == 6
    assert_only_current_is_left(folder)


@pytest.mark.parametrize(
    "deadly", ["build_content", "write_generation", "sync_files", "write_pointer", "remove_pointer"]
)
def test_a_killed_rebuild_leaves_nothing_that_the_next_does_not_mend(
    store: ArticleStore, directory: DataDirectory, folder: Path, deadly: str
) -> None:
    rebuild_index(store, directory, "main")
    add(store, "bridge", "A bridge closed.")
    process = start_rebuild(directory, deadly)

    let_go(process)
    process.communicate(timeout=60)

    assert process.returncode == -signal.SIGKILL
    assert read_pointer(folder / STALE_NAME) is not None
    rebuild_index(store, directory, "main")
    assert set(texts_in(folder)) == {"bridge", "ferry"}
    assert_only_current_is_left(folder)


def test_what_a_killed_build_left_goes_with_the_next_swap(
    store: ArticleStore, directory: DataDirectory, folder: Path
) -> None:
    """However young it is: it may hold the text of an article that was purged since."""
    left = folder / ".building-killed" / "0123456789abcdef"
    left.mkdir(parents=True)
    (left / TEXTS_NAME).write_text(RECIPE, "utf-8")

    rebuild_index(store, directory, "main")

    assert_only_current_is_left(folder)


@pytest.mark.parametrize(
    ("name", "code", "kind"),
    [
        ("make_folder", errno.EACCES, StoreUnavailable),
        ("write_generation", errno.EIO, StoreUnavailable),
        ("write_generation", errno.ENOSPC, StoreBusy),
        ("sync_files", errno.EIO, StoreUnavailable),
        ("write_pointer", errno.ENOSPC, StoreBusy),
        ("write_pointer", errno.EROFS, StoreUnavailable),
    ],
)
def test_a_generation_that_cannot_be_written_changes_nothing(
    store: ArticleStore,
    directory: DataDirectory,
    folder: Path,
    name: str,
    code: int,
    kind: type[CorpusError],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The one before still answers, and the marker still says that it is behind."""
    rebuild_index(store, directory, "main")
    add(store, "bridge", "A bridge closed.")

    def fail(*_: object, **__: object) -> None:
        raise OSError(code, os.strerror(code))

    with monkeypatch.context() as patch:
        patch.setattr(retrieval.indexing.rebuilding, name, fail)
        with pytest.raises(kind, match=f"{folder.name} .*{os.strerror(code)}|has no room"):
            rebuild_index(store, directory, "main")
    assert set(texts_in(folder)) == {"ferry"}
    assert read_pointer(folder / STALE_NAME) is not None
    assert list(folder.glob(".building-*")) == []

    rebuild_index(store, directory, "main")
    assert set(texts_in(folder)) == {"bridge", "ferry"}


def test_a_generation_is_on_the_disk_before_it_answers(
    store: ArticleStore,
    directory: DataDirectory,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Else a power cut could leave the pointer, and zeros where the texts should be."""
    synced: list[int] = []
    fsync = os.fsync

    def note_inode(descriptor: int) -> None:
        synced.append(os.fstat(descriptor).st_ino)
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", note_inode)
    rebuild_index(store, directory, "main")

    files = {path.stat().st_ino for path in folder.glob("*/*")}
    pointer = synced.index((folder / CURRENT_NAME).stat().st_ino)
    assert len(files) == len(FILE_NAMES) + 1
    assert files <= set(synced[:pointer])


@pytest.mark.parametrize(("mask", "mode"), [(0o022, 0o755), (0o027, 0o750), (0o077, 0o700)])
def test_who_may_read_the_data_may_ask(
    store: ArticleStore, directory: DataDirectory, folder: Path, mask: int, mode: int
) -> None:
    """And nobody else: the user's mask decides, as for every other file."""
    old = os.umask(mask)
    try:
        rebuild_index(store, directory, "main")
    finally:
        os.umask(old)

    generation = folder / Index.open(folder).digest
    assert stat.S_IMODE(generation.stat().st_mode) == mode
    assert {stat.S_IMODE(path.stat().st_mode) for path in generation.iterdir()} == {mode & 0o666}
