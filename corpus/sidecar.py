"""The side-car file of a folder, ``sources.toml``: where the folder's articles come from.

::

    [[article]]
    file = "memo.txt"
    title = "A memo"
    published = 2022-10-13
    basis.published = "stamp on the first page"

An entry describes one file in the folder or below it (each article of a ``.jsonl``), and corrects
what the file states itself. A file whose entry is refused is not read: its source would be wrong.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Container, Mapping
from dataclasses import dataclass
from pathlib import Path

from corpus.article import SOURCE_FIELDS, BasisKind, Source
from corpus.decoding import decode_text
from corpus.errors import RefusedInput
from corpus.fields import parse_source, parse_string
from corpus.files import check_regular, has_known_suffix, read_bytes, show_path

SIDECAR_NAME = "sources.toml"
ENTRY_KEYS = ("file", *SOURCE_FIELDS, "basis")


@dataclass(frozen=True, slots=True)
class Sidecar:
    """What a side-car file says.

    Parameters
    ----------
    entries : mapping of pathlib.Path to (Source or RefusedInput)
        By file; a refusal stands for an entry that says something wrong about its file.
    refused : tuple of RefusedInput
        Entries that name no file to be read, second entries of a file, or the whole side-car.
    """

    entries: Mapping[Path, Source | RefusedInput]
    refused: tuple[RefusedInput, ...] = ()


def read_sidecar(folder: Path, *, max_bytes: int) -> Sidecar:
    """Return what a folder's side-car file says; nothing if there is none."""
    path = folder / SIDECAR_NAME
    if not os.path.lexists(path):
        return Sidecar({})
    try:
        tables = _load_tables(path, max_bytes=max_bytes)
    except RefusedInput as refusal:
        return Sidecar({}, (refusal,))
    entries: dict[Path, Source | RefusedInput] = {}
    refused = []
    for number, table in enumerate(tables, start=1):
        where = f"{show_path(path)}, entry {number} ({_show(table.get('file'))})"
        try:
            file = _find_file(folder, table.get("file"), taken=entries, where=where)
        except RefusedInput as refusal:
            refused.append(refusal)
            continue
        try:
            entries[file] = _parse_entry(table, where=where)
        except RefusedInput as refusal:
            entries[file] = refusal
    return Sidecar(entries, tuple(refused))


def _load_tables(path: Path, *, max_bytes: int) -> list[Mapping[str, object]]:
    where = show_path(path)
    if path.is_symlink():
        raise RefusedInput(where, "is a symbolic link, which is not followed; copy the file here")
    text = decode_text(read_bytes(path, max_bytes=max_bytes), where=where)
    try:
        content = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise RefusedInput(where, f"is not TOML: {error}") from error
    tables = content.pop("article", [])
    if content:
        raise RefusedInput(
            where, f"unknown key {_show(min(content))}; start entries with [[article]]"
        )
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise RefusedInput(where, "article is not a list of tables; start entries with [[article]]")
    return tables


def _find_file(folder: Path, name: object, *, taken: Container[Path], where: str) -> Path:
    """Return the file that an entry is about: one that a walk through the folder reads too."""
    if not isinstance(name, str):
        raise RefusedInput(where, 'names no file; write file = "NAME"')
    relative = Path(name)
    if relative.is_absolute() or ".." in relative.parts or "\0" in name:
        raise RefusedInput(where, "leaves the folder; name a file in it")
    if not has_known_suffix(relative.name):
        raise RefusedInput(where, "is of no known format; remove the entry")
    file = folder / relative
    try:
        check_regular(file)
    except RefusedInput as refusal:
        raise RefusedInput(where, refusal.reason) from refusal
    steps = [folder.joinpath(*relative.parts[: depth + 1]) for depth in range(len(relative.parts))]
    if any(step.name.startswith(".") or step.is_symlink() for step in steps):
        raise RefusedInput(where, "is hidden or behind a symbolic link; neither is read")
    if file in taken:
        raise RefusedInput(where, "is described a second time; keep one entry")
    return file


def _parse_entry(table: Mapping[str, object], *, where: str) -> Source:
    unknown = sorted(set(table) - set(ENTRY_KEYS))
    if unknown:
        known = ", ".join(ENTRY_KEYS)
        raise RefusedInput(where, f"unknown key {_show(unknown[0])}; known are {known}")
    notes = _parse_notes(table, where=where)
    return parse_source(table, where=where, kind=BasisKind.SIDECAR, notes=notes)


def _parse_notes(table: Mapping[str, object], *, where: str) -> Mapping[str, str]:
    """Return the notes on how fields are known; each is about a field that the entry gives."""
    notes = table.get("basis", {})
    if not isinstance(notes, dict):
        raise RefusedInput(where, 'basis is no table; write basis.title = "..."')
    for name, note in notes.items():
        if name not in SOURCE_FIELDS or name not in table:
            raise RefusedInput(where, f"basis of {_show(name)}, a field the entry does not give")
        try:
            parse_string(note)
        except ValueError as error:
            raise RefusedInput(where, f"basis.{name} {error}") from error
    return notes


def _show(value: object) -> str:
    return repr(value[:80]) if isinstance(value, str) else "no name"
