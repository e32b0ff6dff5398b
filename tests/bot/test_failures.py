"""Each kind of error has its exit code and its one line."""

from __future__ import annotations

import errno

import click
import pytest

from bot.failures import UnknownCollection, exit_code, failure_line
from bot.settings import SettingError
from corpus.errors import (
    ArticleState,
    CorpusError,
    DataDirectoryUnusable,
    RefusedInput,
    StoreBusy,
    StoreCorrupt,
    StoreUnavailable,
    UnknownArticle,
)


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (click.UsageError("x"), 2),
        (SettingError("x"), 2),
        (UnknownArticle("x"), 2),
        (UnknownCollection("x"), 2),
        (RefusedInput("file.txt", "x"), 3),
        (ArticleState("x"), 3),
        (DataDirectoryUnusable("x"), 3),
        (StoreUnavailable("x"), 3),
        (StoreCorrupt("x"), 3),
        (CorpusError("x"), 3),
        (PermissionError(errno.EACCES, "denied", "file.txt"), 3),
        (StoreBusy("x"), 4),
        (OSError(errno.ENOSPC, "full", "file.txt"), 4),
    ],
)
def test_a_script_can_tell_errors_apart(error: Exception, code: int) -> None:
    assert exit_code(error) == code


def test_an_error_is_one_safe_line_whatever_the_file_is_called() -> None:
    """The name of a file on disk is somebody else's text as well."""
    line = failure_line(RefusedInput("a\nquoth: all is well\x1b[2J", "is empty"))

    assert line == "quoth: a quoth: all is well\ufffd[2J: is empty"


def test_an_error_of_the_system_names_its_file() -> None:
    assert failure_line(PermissionError(errno.EACCES, "Permission denied", "/x/y")) == (
        "quoth: /x/y: Permission denied"
    )
