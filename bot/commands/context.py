"""What a command knows of the run it is part of: settings, data directory, collection."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot.first_run import MAIN_COLLECTION
from bot.settings import SETTING, Settings, load_settings
from corpus.directory import INDEX_NAME, DataDirectory
from corpus.errors import DataDirectoryUnusable, StoreCorrupt, UnknownArticle
from corpus.samples import STARTER_COLLECTION

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from corpus.store import ArticleStore

_DATA = "quoth.data"  # where a context keeps what --data said


def current_settings(**options: Any) -> Settings:
    """Return the settings of this run: options before environment before file before default.

    Parameters
    ----------
    **options
        Settings that have an option; None where it was not given.
    """
    given = {name: value for name, value in options.items() if value is not None}
    data = click.get_current_context().find_root().meta.get(_DATA)
    environment = {**os.environ, SETTING["data"].variable: data} if data else os.environ
    return replace(load_settings(environment), **given)


def current_directory() -> DataDirectory:
    """Return the data directory of this run; it need not exist."""
    return DataDirectory(current_settings().data)


def existing_store(directory: DataDirectory) -> ArticleStore:
    """Open the store of a data directory that is there: looking at one must not create it.

    Raises
    ------
    corpus.errors.StoreCorrupt
        If there are indexes and no database.
    corpus.errors.DataDirectoryUnusable
        If there is nothing yet.
    """
    from corpus.store import ArticleStore  # noqa: PLC0415 - slow to import

    if not directory.database.exists():
        if (directory.root / INDEX_NAME).is_dir():
            raise StoreCorrupt(f"{directory.database} is missing; restore it from a backup")
        raise DataDirectoryUnusable(
            f"{directory.root} holds no articles yet; add some, or name another folder with --data"
        )
    return ArticleStore.open(directory)


def keep_data(ctx: click.Context, _parameter: click.Parameter, value: Path | None) -> None:
    """Note what ``--data`` said, before or after the command."""
    if value is not None:
        ctx.find_root().meta[_DATA] = str(value)


def find_collection(
    store: ArticleStore, connection: Connection, article_id: str, named: str | None
) -> str:
    """Return the named collection, else the one of main and starter that has the article."""
    if named is not None:
        return named
    for collection in (MAIN_COLLECTION, STARTER_COLLECTION):
        try:
            store.source(connection, collection, article_id)
        except UnknownArticle:
            continue
        return collection
    return MAIN_COLLECTION


def announce(line: str) -> None:
    """Tell the operator something beside the output, on standard error."""
    click.echo(line, err=True)


@contextmanager
def refusing_values() -> Iterator[None]:
    """Report a ValueError about what was typed as wrong usage."""
    try:
        yield
    except ValueError as error:
        raise click.UsageError(f"{error}.") from error
