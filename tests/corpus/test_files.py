"""What cannot be read is refused before it is opened, and named so that one line can print it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from corpus.errors import RefusedInput
from corpus.files import read_bytes, show_path


def test_a_file_of_just_the_limit_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"12345")

    assert read_bytes(path, max_bytes=5) == b"12345"


def test_a_larger_file_is_refused_unread_with_the_setting_that_helps(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.truncate(100_000_000_000)  # sparse: reading it would take all memory

    with pytest.raises(RefusedInput) as caught:
        read_bytes(path, max_bytes=10_000_000)

    assert caught.value.reason == (
        "has 100,000,000,000 bytes, over the limit of 10,000,000; "
        "split it, or raise max_file_bytes (QUOTH_MAX_FILE_BYTES)"
    )


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_is_refused_without_waiting_for_it(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    os.mkfifo(path)

    with pytest.raises(RefusedInput, match="is no regular file; name a file or a folder"):
        read_bytes(path, max_bytes=5)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RefusedInput, match="does not exist; check the path"):
        read_bytes(tmp_path / "a.txt", max_bytes=5)


def test_a_file_that_may_not_be_read_is_refused_with_the_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"12345")

    def deny(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", deny)  # chmod would not stop a test run by root

    with pytest.raises(RefusedInput, match=r"cannot be read \(Permission denied\); check it and"):
        read_bytes(path, max_bytes=5)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("naïve 文.txt", "naïve 文.txt"),
        ("two\nlines\x1b[31m.txt", "two\ufffdlines\ufffd[31m.txt"),
        ("gpj\u202e.txt", "gpj\ufffd.txt"),
        (os.fsdecode(b"caf\xe9.txt"), "caf\ufffd.txt"),
    ],
)
def test_a_name_is_shown_in_one_printable_line(name: str, shown: str) -> None:
    assert show_path(Path("dir") / name) == f"dir/{shown}"
