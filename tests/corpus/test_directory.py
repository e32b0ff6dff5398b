"""Where things lie, which folders may be ours, and pointers that are old or new but never torn."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import corpus.directory
from corpus.directory import (
    COLLECTION_NAME,
    DATABASE_NAME,
    INDEX_NAME,
    DataDirectory,
    check_collection_name,
    make_folder,
    read_pointer,
    remove_pointer,
    sync_files,
    translating_os_errors,
    write_pointer,
)
from corpus.errors import CorpusError, DataDirectoryUnusable, StoreBusy, StoreUnavailable

NAMES = st.from_regex(COLLECTION_NAME, fullmatch=True)


@pytest.fixture
def synced(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return the inodes of files and folders in the order in which they are synced."""
    inodes: list[int] = []
    fsync = os.fsync

    def note_inode(descriptor: int) -> None:
        inodes.append(os.fstat(descriptor).st_ino)
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", note_inode)
    return inodes


@given(NAMES)
def test_a_collections_folder_lies_in_the_index_folder(name: str) -> None:
    directory = DataDirectory(Path("data"))

    assert directory.index(name) == Path("data", INDEX_NAME, name)


@given(NAMES, NAMES)
def test_two_collections_never_share_a_folder(name: str, other: str) -> None:
    """Not even where a file system does not tell capitals apart."""
    assert (name.casefold() == other.casefold()) == (name == other)


@pytest.mark.parametrize(
    "name",
    ["", ".", "..", "a/b", "/a", "a\\b", "A", "ä", "-a", "_a", "a b", "a\n", "a.b", "a" * 65, "\0"],
)
def test_a_name_that_could_leave_the_folder_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="is not a name of 1 to 64"):
        check_collection_name(name)
    with pytest.raises(ValueError, match="is not a name of 1 to 64"):
        DataDirectory(Path("data")).index(name)


@pytest.mark.parametrize("name", ["a", "0", "main", "server-1_b", "a" * 64])
def test_ordinary_names_are_taken(name: str) -> None:
    check_collection_name(name)


def test_a_missing_folder_is_created_with_its_parents(tmp_path: Path) -> None:
    DataDirectory(tmp_path / "a" / "b").prepare()

    assert (tmp_path / "a" / "b").is_dir()


@pytest.mark.parametrize("held", [[], [DATABASE_NAME], [INDEX_NAME], [DATABASE_NAME, "notes.txt"]])
def test_an_empty_folder_and_one_of_ours_are_taken(tmp_path: Path, held: list[str]) -> None:
    """A run that was killed right after creating the folder does no harm."""
    for name in held:
        (tmp_path / name).touch()

    DataDirectory(tmp_path).prepare()

    assert {path.name for path in tmp_path.iterdir()} == set(held)


def test_somebody_elses_folder_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / "thesis.tex").touch()

    with pytest.raises(DataDirectoryUnusable, match=r"holds other files .* --data"):
        DataDirectory(tmp_path).prepare()
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.tex"]


@pytest.mark.parametrize("inside", [".", "below", "far/below"])
def test_a_file_is_no_folder(tmp_path: Path, inside: str) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(DataDirectoryUnusable, match="is not a folder; name one with --data"):
        DataDirectory(tmp_path / "file" / inside).prepare()


def test_a_read_only_folder_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests may run as root, whom no permission stops: so the system's answer is replaced."""
    monkeypatch.setattr(os, "access", lambda _path, _mode: False)

    with pytest.raises(DataDirectoryUnusable, match="is read-only; make it writable"):
        DataDirectory(tmp_path).prepare()


def test_a_folder_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    """As by a loop of links, which stops root too."""
    (tmp_path / "loop").symlink_to(tmp_path / "loop")

    with pytest.raises(DataDirectoryUnusable, match=r"cannot be used .*name another folder"):
        DataDirectory(tmp_path / "loop" / "data").prepare()


def test_a_pointer_is_read_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "CURRENT"
    assert read_pointer(path) is None

    write_pointer(path, "one")
    assert read_pointer(path) == "one"
    write_pointer(path, "two")
    assert read_pointer(path) == "two"
    assert [file.name for file in path.parent.iterdir()] == ["CURRENT"]

    remove_pointer(path)
    remove_pointer(path)
    assert read_pointer(path) is None


def test_a_pointer_of_any_bytes_can_be_read(tmp_path: Path) -> None:
    """A damaged disk must not end in a traceback; what it points at is not found, that is all."""
    path = tmp_path / "CURRENT"
    path.write_bytes(bytes(range(256)))

    assert read_pointer(path)


def test_a_pointer_that_cannot_be_written_stays_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_pointer(tmp_path / "CURRENT", "old")

    def fail(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fail)
        with pytest.raises(OSError, match="No space"):
            write_pointer(tmp_path / "CURRENT", "new")
    assert read_pointer(tmp_path / "CURRENT") == "old"

    write_pointer(tmp_path / "CURRENT", "newer")
    assert [path.name for path in tmp_path.iterdir()] == ["CURRENT"]


def test_a_pointer_is_synced_before_and_after_it_takes_its_place(
    tmp_path: Path, synced: list[int]
) -> None:
    """Else a power cut could leave an empty file under the right name."""
    write_pointer(tmp_path / "CURRENT", "new")

    assert synced == [(tmp_path / "CURRENT").stat().st_ino, tmp_path.stat().st_ino]


def test_every_new_folder_is_synced_in_its_parent(tmp_path: Path, synced: list[int]) -> None:
    make_folder(tmp_path / "a" / "b")
    make_folder(tmp_path / "a" / "b")

    assert synced == [tmp_path.stat().st_ino, (tmp_path / "a").stat().st_ino]


def test_all_files_of_a_folder_are_synced_before_its_entries(
    tmp_path: Path, synced: list[int]
) -> None:
    for name in ("texts.bin", "manifest.json"):
        (tmp_path / name).write_text("content", "utf-8")

    sync_files(tmp_path)

    inodes = {path.stat().st_ino for path in tmp_path.iterdir()}
    assert set(synced[:-1]) == inodes
    assert synced[-1] == tmp_path.stat().st_ino


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (errno.ENOSPC, StoreBusy),
        (errno.EDQUOT, StoreBusy),
        (errno.EIO, StoreUnavailable),
        (errno.EACCES, StoreUnavailable),
    ],
)
def test_a_disk_that_refuses_is_one_of_our_errors(code: int, kind: type[CorpusError]) -> None:
    """A full disk may have room later; any other trouble needs a hand."""
    with (
        pytest.raises(kind, match="data/CURRENT ") as caught,
        translating_os_errors(Path("data/CURRENT")),
    ):
        raise OSError(code, os.strerror(code))
    assert isinstance(caught.value.__cause__, OSError)


def test_where_folders_cannot_be_opened_they_are_not_synced(
    tmp_path: Path, synced: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(corpus.directory.os, "name", "nt")

    corpus.directory.sync_folder(tmp_path)

    assert synced == []


def test_what_is_created_follows_the_users_mask(tmp_path: Path) -> None:
    """Who keeps files to themselves keeps these too."""
    mask = os.umask(0o077)
    try:
        write_pointer(tmp_path / "private" / "CURRENT", "new")
    finally:
        os.umask(mask)

    assert stat.S_IMODE((tmp_path / "private").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "private" / "CURRENT").stat().st_mode) == 0o600
