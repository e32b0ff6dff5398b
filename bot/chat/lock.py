"""One bot a data directory: two would answer every question twice."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from corpus.directory import DataDirectory, translating_os_errors
from corpus.errors import StoreBusy

LOCK_NAME = "run.lock"


@contextmanager
def holding_lock(directory: DataDirectory) -> Iterator[None]:
    """Hold the directory's lock, which the system takes back however this process ends.

    Raises
    ------
    corpus.errors.StoreBusy
        If another process holds it.
    """
    path = directory.root / LOCK_NAME
    with translating_os_errors(path):
        file = path.open("a")
    with file:
        try:
            _lock(file)
        except OSError as error:
            raise StoreBusy(
                f"{path} is held by another 'quoth run' that uses this data directory; "
                "stop that one or name another folder with --data"
            ) from error
        yield


def _lock(file: IO[str]) -> None:
    """Lock a file, or raise OSError if another process has."""
    if os.name == "posix":
        import fcntl  # noqa: PLC0415 - there is none elsewhere

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    else:
        import msvcrt  # noqa: PLC0415 - there is none elsewhere

        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
