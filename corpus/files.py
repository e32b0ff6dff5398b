"""Files as they lie on disk: which are read, how large they may be, what people see of a path."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from corpus.errors import RefusedInput

SUFFIXES = (".txt", ".md", ".jsonl")


def has_known_suffix(name: str) -> bool:
    """Return whether a file's name says that its format is known."""
    return name.lower().endswith(SUFFIXES)


def is_utf8_name(name: str) -> bool:
    """Return whether a file's name could be decoded, and so can be stored and shown."""
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def show_path(path: Path) -> str:
    """Return a path for a message: one line, with U+FFFD for what cannot be printed."""
    text = os.fsencode(path).decode("utf-8", "replace")
    if text.isprintable():  # nearly always, and the loop below is slow
        return text
    return "".join(character if character.isprintable() else "\ufffd" for character in text)


def check_regular(path: Path) -> int:
    """Return the size of a file in bytes, without opening it: a pipe or device could block.

    Raises
    ------
    RefusedInput
        If the file cannot be reached or is no regular file.
    """
    where = show_path(path)
    try:
        status = path.stat()
    except OSError as error:
        raise refuse_os_error(where, error) from error
    if not stat.S_ISREG(status.st_mode):
        raise RefusedInput(where, "is no regular file; name a file or a folder of articles")
    return status.st_size


def read_bytes(path: Path, *, max_bytes: int) -> bytes:
    """Return a file's bytes.

    Raises
    ------
    RefusedInput
        If the file is larger than ``max_bytes`` (it is not read then), no regular file, or
        cannot be read.
    """
    where = show_path(path)
    size = check_regular(path)
    if size > max_bytes:
        raise RefusedInput(where, f"has {size:,} bytes, {describe_limit(max_bytes)}")
    try:
        return path.read_bytes()
    except OSError as error:
        raise refuse_os_error(where, error) from error


def describe_limit(max_bytes: int) -> str:
    """Return the end of a refusal of something too large: the limit, and what sets it."""
    return (
        f"over the limit of {max_bytes:,}; split it, or raise max_file_bytes (QUOTH_MAX_FILE_BYTES)"
    )


def refuse_os_error(where: str, error: OSError) -> RefusedInput:
    """Return the refusal of a file or folder that the system does not let us read."""
    if isinstance(error, FileNotFoundError):
        return RefusedInput(where, "does not exist; check the path")
    return RefusedInput(where, f"cannot be read ({error.strerror}); check it and its permissions")
