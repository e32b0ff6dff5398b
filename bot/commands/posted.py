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


def say_queued(count: int) -> None:
    """Tell the operator how many answers will be corrected, if any."""
    if count:
        answers = "1 answer" if count == 1 else f"{count:,} answers"
        click.echo(f"The bot will correct {answers} that it has given.")
