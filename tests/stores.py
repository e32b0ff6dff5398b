"""Data directories for tests, copied from one that was made once: migrations take 100 ms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from corpus.database import Database, Schema
from corpus.directory import DATABASE_NAME, DataDirectory
from corpus.store import ArticleStore


def open_store(directory: DataDirectory, beside: Sequence[Schema] = ()) -> ArticleStore:
    """Open the store of a data directory; where there is none, begin with an empty one."""
    if not directory.database.exists():
        directory.prepare()
        directory.database.write_bytes(_empty_database(*beside))
    return ArticleStore.open(directory, beside)


def open_database(path: Path, beside: Sequence[Schema] = ()) -> Database:
    """Make an empty database, and open it."""
    path.write_bytes(_empty_database(*beside))
    return Database(path, beside)


def read_files(folder: Path) -> dict[str, bytes]:
    """Return what stands in the files of a folder and below, by their names within it."""
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files that were read with `read_files` into a folder, which is made."""
    for parent in {(folder / name).parent for name in files}:
        parent.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)


@cache
def _empty_database(*beside: Schema) -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / DATABASE_NAME
        Database(path, beside)
        return path.read_bytes()
