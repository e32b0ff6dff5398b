"""What a change of articles from the command line means for answers that the bot has given."""

# ruff: noqa: PLC0415 - slow modules wait for the command to run

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from bot.operator import current_moment
from corpus.directory import DataDirectory

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from corpus.store import ArticleStore


def open_store(directory: DataDirectory) -> ArticleStore:
    """Open the store, created if need be, with the bot's tables if the bot ever ran here.

    Raises
    ------
    corpus.errors.CorpusError
        As `ArticleStore.open` says, of either's tables.
    """
    from bot.ledger.following import has_ledger
    from bot.ledger.schema import LEDGER_SCHEMA
    from corpus.store import ArticleStore

    store = ArticleStore.open(directory)
    with store.reading() as connection:
        if not has_ledger(connection):
            return store
    return ArticleStore.open(directory, [LEDGER_SCHEMA])


def queue_corrections(connection: Connection) -> int:
    """Queue corrections for all that has happened to articles, in the transaction that did it.

    Returns
    -------
    int
        How many answers will be corrected; 0 if the bot never ran here.
    """
    from bot.ledger.following import follow_all, has_ledger

    return follow_all(connection, at=current_moment()) if has_ledger(connection) else 0


def queue_in_parts(store: ArticleStore) -> int:
    """Do as `queue_corrections` does after many changes, in transactions that are short."""
    from bot.ledger.following import follow_events, has_ledger, is_behind

    queued = 0
    while True:
        with store.reading() as connection:
            if not (has_ledger(connection) and is_behind(connection)):
                return queued
        with store.transaction() as connection:
            queued += follow_events(connection, at=current_moment())


def note_traces(connection: Connection) -> None:
    """Let the bot free the file of what is erased here, in case this command does not come to it.

    Nothing is noted if the bot never ran here.
    """
    from bot.ledger.following import has_ledger
    from bot.ledger.scrubbing import note_erased

    if has_ledger(connection):
        note_erased(connection)


def scrub(store: ArticleStore) -> None:
    """Leave nothing in the file of what was erased, by this command or by the bot.

    Raises
    ------
    corpus.errors.StoreBusy
        If others hold the database, or the disk is full; the bot does it later.
    """
    from bot.ledger.following import has_ledger
    from bot.ledger.scrubbing import erased_mark, forget_mark

    with store.reading() as connection:
        mark = erased_mark(connection) if has_ledger(connection) else None
    store.scrub()
    if mark is not None:
        with store.transaction() as connection:
            forget_mark(connection, mark)


def say_queued(count: int) -> None:
    """Tell the operator how many answers will be corrected, if any."""
    if count:
        answers = "1 answer" if count == 1 else f"{count:,} answers"
        click.echo(f"The bot will correct {answers} that it has given.")
