"""Which files are read when a file or a folder is added, in which order, under which names."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus.article import Source
from corpus.errors import RefusedInput
from corpus.files import (
    SUFFIXES,
    check_regular,
    has_known_suffix,
    is_utf8_name,
    refuse_os_error,
    show_path,
)
from corpus.sidecar import SIDECAR_NAME, read_sidecar

KNOWN_SUFFIXES = ", ".join(SUFFIXES)


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file to be read.

    Parameters
    ----------
    path : pathlib.Path
        To open it by.
    file : str
        Its path relative to what was added, with forward slashes.
    described : Source
        What a side-car file says about it; may be empty.
    """

    path: Path
    file: str
    described: Source


def find_files(path: Path, *, max_bytes: int) -> Iterator[FoundFile | RefusedInput]:
    """Yield the files that adding a path means.

    A folder is walked with its sub-folders, names in the order of their bytes. In it hidden
    names and files of other formats are passed over, and symbolic links are refused. A path that
    is itself a symbolic link is followed: the operator named it. Side-car files count where
    their folder, or one above it, is added.

    Parameters
    ----------
    path : pathlib.Path
        A file or a folder.
    max_bytes : int
        The largest side-car file, in bytes.
    """
    where = show_path(path)
    try:
        is_folder = stat.S_ISDIR(path.stat().st_mode)
    except OSError as error:
        yield refuse_os_error(where, error)
        return
    if not is_folder:
        yield _check_named(path)
        return
    empty = True
    for found in _walk_folder(path, max_bytes=max_bytes):
        empty = False
        yield found
    if empty:
        yield RefusedInput(where, f"holds no file of a known format ({KNOWN_SUFFIXES})")


def _check_named(path: Path) -> FoundFile | RefusedInput:
    """Return a file that the operator named, or why it cannot be read."""
    where = show_path(path)
    if path.name == SIDECAR_NAME:
        return RefusedInput(where, "describes the files of its folder; add the folder")
    if not is_utf8_name(path.name):
        return _refuse_name(path)
    try:
        check_regular(path)
    except RefusedInput as refusal:
        return refusal
    if not has_known_suffix(path.name):
        return RefusedInput(where, f"is of no known format; the known ones are {KNOWN_SUFFIXES}")
    return FoundFile(path, path.name, Source())


def _walk_folder(root: Path, *, max_bytes: int) -> Iterator[FoundFile | RefusedInput]:
    described: dict[Path, Source | RefusedInput] = {}
    pending: list[os.DirEntry[str]] = []
    yield from _enter_folder(root, pending, described, max_bytes=max_bytes)
    while pending:  # no recursion: folders may be nested deeper than the interpreter's stack
        entry = pending.pop()
        path = Path(entry.path)
        if entry.is_dir(follow_symlinks=False):
            yield from _enter_folder(path, pending, described, max_bytes=max_bytes)
        elif entry.is_symlink():
            yield _refuse_link(path)
        elif not is_utf8_name(file := path.relative_to(root).as_posix()):
            yield _refuse_name(path)
        else:
            said = described.get(path, Source())
            yield said if isinstance(said, RefusedInput) else FoundFile(path, file, said)


def _enter_folder(
    folder: Path,
    pending: list[os.DirEntry[str]],
    described: dict[Path, Source | RefusedInput],
    *,
    max_bytes: int,
) -> Iterator[RefusedInput]:
    """Put a folder's entries on the pile, the first on top, and what its side-car says beside."""
    try:
        with os.scandir(folder) as entries:
            named = [entry for entry in entries if _is_of_interest(entry)]
    except OSError as error:
        yield refuse_os_error(show_path(folder), error)
        return
    pending += sorted(named, key=lambda entry: os.fsencode(entry.name), reverse=True)
    sidecar = read_sidecar(folder, max_bytes=max_bytes)
    described.update(sidecar.entries)  # the nearest side-car has the last word
    yield from sidecar.refused


def _is_of_interest(entry: os.DirEntry[str]) -> bool:
    """Return whether an entry is not hidden, and a folder, of a known format or a link to one."""
    if entry.name.startswith("."):
        return False
    if has_known_suffix(entry.name):
        return True
    try:
        return entry.is_dir()
    except OSError:  # links in a circle
        return False


def _refuse_link(path: Path) -> RefusedInput:
    return RefusedInput(
        show_path(path), "is a symbolic link, which is not followed; add what it points to"
    )


def _refuse_name(path: Path) -> RefusedInput:
    return RefusedInput(show_path(path), "has a name that is not UTF-8; rename it")
