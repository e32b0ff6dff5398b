"""Files that came with a message -> articles, read as if an operator had added them.

They are written into a folder of their own under the names they came with, since a name is part of
what is known about an article. A name that no file should have is refused unread.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.inert import is_showable
from corpus.errors import RefusedInput
from corpus.files import SUFFIXES, has_known_suffix, show_path
from corpus.reading import Incoming, read_path
from corpus.sidecar import SIDECAR_NAME

MAX_NAME_BYTES = 255
MAX_REFUSALS = 1000  # one more, and the files are hardly articles at all
SEPARATORS = frozenset("/\\")
# Names of devices on Windows, with any ending.
RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?", re.IGNORECASE)


class TooManyArticles(Exception):
    """There are more articles in the files than could ever be stored."""


@dataclass(frozen=True, slots=True)
class File:
    """A file as it came, with its place among the others, from 1."""

    number: int
    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Received:
    """What the files hold.

    Parameters
    ----------
    items : tuple of Incoming or RefusedInput
        In the order of the files.
    badly_named : tuple of int
        Places of files, from 1, that were not read because of their names.
    """

    items: tuple[Incoming | RefusedInput, ...]
    badly_named: tuple[int, ...]


def read_attachments(
    files: Sequence[tuple[str, bytes]], *, max_bytes: int, max_articles: int
) -> Received:
    """Read the articles of files, given as names and bytes; two may have the same name.

    Parameters
    ----------
    max_bytes : int
        The largest file, or line of a ``.jsonl``, that is read.
    max_articles : int
        How many articles are read at most.

    Raises
    ------
    TooManyArticles
        If there are more, or over a thousand that must be refused.
    """
    numbered = [File(number, *file) for number, file in enumerate(files, start=1)]
    well_named = [file for file in numbered if is_safe_name(file.name)]
    badly_named = tuple(file.number for file in numbered if not is_safe_name(file.name))
    with TemporaryDirectory(prefix="quoth-") as folder:
        items: list[Incoming | RefusedInput] = []
        n_articles = 0
        for item in _read(well_named, Path(folder), max_bytes):
            items.append(_without_folder(item, Path(folder)))
            n_articles += isinstance(item, Incoming)
            if n_articles > max_articles or len(items) - n_articles > MAX_REFUSALS:
                raise TooManyArticles
    return Received(tuple(items), badly_named)


def is_safe_name(name: str) -> bool:
    """Return whether a file may have a name on any system, and a reader would see it as it is."""
    return (
        bool(name)
        and is_showable(name)
        and len(name.encode("utf-8")) <= MAX_NAME_BYTES
        and not name.startswith((".", " "))
        and not name.endswith((".", " "))
        and SEPARATORS.isdisjoint(name)
        and not any(unicodedata.category(character) == "Cc" for character in name)
        and RESERVED.fullmatch(name) is None
    )


def _read(files: Sequence[File], folder: Path, max_bytes: int) -> Iterator[Incoming | RefusedInput]:
    if any(file.name == SIDECAR_NAME for file in files):
        yield from _read_described(files, folder, max_bytes)
        return
    for file in files:
        path = folder / str(file.number) / file.name
        _write(path, file)
        yield from read_path(path, max_bytes=max_bytes)


def _read_described(
    files: Sequence[File], folder: Path, max_bytes: int
) -> Iterator[Incoming | RefusedInput]:
    """Read files that came with a side-car file, as one folder."""
    together = folder / "0"
    names: set[str] = set()
    for file in files:
        name = unicodedata.normalize("NFC", file.name).casefold()
        if name in names:
            yield RefusedInput(file.name, f"came twice; {SIDECAR_NAME} cannot tell the two apart")
        elif file.name != SIDECAR_NAME and not has_known_suffix(file.name):
            known = ", ".join(SUFFIXES)
            yield RefusedInput(file.name, f"is of no known format; the known ones are {known}")
        else:
            _write(together / file.name, file)
        names.add(name)
    if names == {SIDECAR_NAME}:
        yield RefusedInput(SIDECAR_NAME, "describes other files; attach them with it")
        return
    yield from read_path(together, max_bytes=max_bytes)


def _write(path: Path, file: File) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(file.content)


def _without_folder(item: Incoming | RefusedInput, folder: Path) -> Incoming | RefusedInput:
    """Return what was read with files named as they came: where they lay for a moment is ours."""
    ours = re.compile(re.escape(show_path(folder)) + r"/[0-9]+/?")
    where = ours.sub("", item.where)
    if isinstance(item, RefusedInput):
        return RefusedInput(where, ours.sub("", item.reason))
    return replace(item, where=where)
