"""What an operator is told when something is wrong: one line, and an exit code of the contract."""

from __future__ import annotations

import errno

import click

from bot.inert import make_one_line
from bot.settings import SettingError
from corpus.errors import CorpusError, StoreBusy, UnknownArticle

SOME_REFUSED = 1
WRONG_USAGE = 2
UNUSABLE = 3  # all refused, corrupt, not writable, not a data directory, from a newer version
BUSY = 4  # or full
INTERRUPTED = 130  # as a shell reports Ctrl-C


class UnknownCollection(CorpusError):
    """Nothing was ever added to the collection that was asked for by name."""


EXPECTED = (click.ClickException, SettingError, CorpusError, OSError)
"""What is reported by `failure_line`; anything else is a defect and keeps its traceback."""


def exit_code(error: Exception) -> int:
    """Return the exit code of an expected error."""
    if isinstance(error, click.ClickException):
        return error.exit_code
    if isinstance(error, SettingError | UnknownArticle | UnknownCollection):
        return WRONG_USAGE
    if isinstance(error, StoreBusy):
        return BUSY
    if isinstance(error, OSError) and error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return BUSY
    return UNUSABLE


def failure_line(error: Exception) -> str:
    """Return the line that names what is wrong and how to mend it, safe to print."""
    if isinstance(error, click.UsageError) and error.ctx is not None:
        message = f"{error.format_message()} See '{error.ctx.command_path} --help'."
    elif isinstance(error, click.ClickException):
        message = error.format_message()
    elif isinstance(error, OSError) and error.filename is not None:
        message = f"{error.filename}: {error.strerror}"
    else:
        message = str(error)
    return f"quoth: {make_one_line(message)}"
