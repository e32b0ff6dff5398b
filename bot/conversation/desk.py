"""What every function of the conversation works with."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.catalogue.lines import Line
from bot.conversation.indexes import Indexes
from bot.ledger.schema import LEDGER_SCHEMA
from bot.settings import Settings
from corpus.directory import DataDirectory
from corpus.store import ArticleStore

KEY_BYTES = 12  # cannot be guessed, and 16 characters on a button


@dataclass(frozen=True, slots=True)
class Desk:
    """Articles, ledger, settings, and the two things that differ between runs.

    Parameters
    ----------
    store : corpus.store.ArticleStore
        Opened with the ledger's tables; its transactions are the ledger's too.
    now : callable
        Returns the present moment, in UTC.
    new_key : callable
        Returns an opaque key that nobody can guess.
    """

    directory: DataDirectory
    store: ArticleStore
    indexes: Indexes
    settings: Settings
    now: Callable[[], datetime]
    new_key: Callable[[], str]


class Refused(Exception):
    """What was asked for cannot be done; the line says why, to the one who asked."""

    def __init__(self, line: Line) -> None:
        super().__init__(line.text)
        self.line = line


def open_desk(settings: Settings) -> Desk:
    """Open the data directory for the chat.

    Raises
    ------
    corpus.errors.CorpusError
        As `ArticleStore.open` says.
    """
    directory = DataDirectory(settings.data)
    store = ArticleStore.open(directory, [LEDGER_SCHEMA])
    return Desk(directory, store, Indexes(directory), settings, _now, _new_key)


def _now() -> datetime:
    return datetime.now(UTC)


def _new_key() -> str:
    return secrets.token_urlsafe(KEY_BYTES)
