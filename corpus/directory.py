"""The data directory: what lies where, and the marker that says an index is behind the store.

Layout::

    DATA/quoth.db                                the store (corpus.store)
    DATA/index/<collection>/CURRENT              name of the generation that answers
    DATA/index/<collection>/STALE                present while the store is ahead of CURRENT
    DATA/index/<collection>/<generation>/        an immutable snapshot (retrieval.indexing.index)
"""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import DataDirectoryUnusable, StoreBusy, StoreUnavailable

DATABASE_NAME = "quoth.db"
INDEX_NAME = "index"
CURRENT_NAME = "CURRENT"
STALE_NAME = "STALE"
COLLECTION_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")


@dataclass(frozen=True, slots=True)
class DataDirectory:
    """Paths of one data directory.

    Parameters
    ----------
    root : pathlib.Path
        The directory; it need not exist yet.
    """

    root: Path

    @property
    def database(self) -> Path:
        """Return the path of the SQLite file."""
        return self.root / DATABASE_NAME

    def index(self, collection: str) -> Path:
        """Return the folder of a collection's index generations.

        Raises
        ------
        ValueError
            If the collection's name could leave the folder or is longer than 64 characters.
        """
        check_collection_name(collection)
        return self.root / INDEX_NAME / collection

    def prepare(self) -> None:
        """Create the directory, or check that an existing one is ours and can be written.

        Raises
        ------
        DataDirectoryUnusable
            If the path is a file, cannot be written, or holds somebody else's files.
        """
        try:
            self.root.mkdir(parents=True, exist_ok=True)
            names = {path.name for path in self.root.iterdir()}
        except (FileExistsError, NotADirectoryError) as error:
            raise DataDirectoryUnusable(
                f"{self.root} is not a folder; name one with --data or QUOTH_DATA"
            ) from error
        except OSError as error:
            raise DataDirectoryUnusable(
                f"{self.root} cannot be used ({error.strerror}); name another folder with --data"
            ) from error
        if names and not names & {DATABASE_NAME, INDEX_NAME}:
            raise DataDirectoryUnusable(
                f"{self.root} holds other files and no Quoth data; name an empty folder with --data"
            )
        if not os.access(self.root, os.W_OK | os.X_OK):
            raise DataDirectoryUnusable(
                f"{self.root} is read-only; make it writable or name another folder with --data"
            )


def check_collection_name(collection: str) -> None:
    """Raise ValueError unless a collection's name is safe as a folder's name."""
    if COLLECTION_NAME.fullmatch(collection) is None:
        raise ValueError(
            f"collection {collection!r} is not a name of 1 to 64 of a-z, 0-9, _ and -, "
            "starting with a letter or digit"
        )


def read_pointer(path: Path) -> str | None:
    """Return a one-line file's content, such as CURRENT or STALE; None if it does not exist."""
    try:
        return path.read_text(encoding="ascii", errors="replace").strip()
    except FileNotFoundError:
        return None


def write_pointer(path: Path, content: str) -> None:
    """Replace a one-line file in one step, and sync it: after a crash it is old or new, whole.

    Two processes never do this at once: both hold the write lock of the store.
    """
    make_folder(path.parent)
    temporary = path.with_name(f".{path.name}.new")
    with temporary.open("w", encoding="ascii") as file:
        file.write(content + "\n")
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
    sync_folder(path.parent)


def make_folder(folder: Path) -> None:
    """Create a folder and its parents, each durably: a pointer in it must survive a power cut."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    sync_folder(folder.parent)


def remove_pointer(path: Path) -> None:
    """Remove a one-line file and sync its folder; a missing one is no error."""
    path.unlink(missing_ok=True)
    sync_folder(path.parent)


def sync_files(folder: Path) -> None:
    """Make the files in a folder durable, and then its entries."""
    for path in folder.iterdir():
        with path.open("rb+") as file:
            os.fsync(file.fileno())
    sync_folder(folder)


def sync_folder(folder: Path) -> None:
    """Make a folder's entries durable, where the system can open folders (POSIX)."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def translating_os_errors(path: Path) -> Iterator[None]:
    """Raise the system's refusal to write as our kinds, naming the path and the mend."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise StoreBusy(f"{path} has no room; free some disk space and try again") from error
        raise StoreUnavailable(
            f"{path} cannot be written ({error.strerror}); check the folder and its owner"
        ) from error
