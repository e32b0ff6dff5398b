"""``quoth doctor``: what is installed, where the data lies, and how it is doing."""

# ruff: noqa: PLC0415 - slow modules wait until they are needed

from __future__ import annotations

import platform
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import click

from bot.commands.context import announce, current_directory, existing_store
from bot.commands.options import data_option
from bot.failures import UNUSABLE, failure_line
from bot.versions import installed_version
from corpus.directory import CURRENT_NAME, STALE_NAME, DataDirectory, read_pointer
from corpus.errors import CorpusError

PACKAGES = (
    "numpy",
    "scikit-learn",
    "PyStemmer",
    "nupunkt",
    "py3langid",
    "SQLAlchemy",
    "alembic",
    "click",
    "rich",
    "discord.py",
)
KILOBYTE = 1000


@click.command("doctor", short_help="Show versions, data directory and health.")
@data_option
@click.pass_context
def command(ctx: click.Context) -> None:
    """Show versions, the data directory, free disk, and the health of store and indexes.

    Nothing is changed. 'quoth verify' checks every text besides.
    """
    directory = current_directory()
    click.echo(f"quoth {installed_version('quoth')}")
    click.echo(f"Python {platform.python_version()} on {platform.platform(terse=True)}")
    for package in PACKAGES:
        click.echo(f"  {package} {installed_version(package)}")
    click.echo(f"Data directory: {directory.root}")
    click.echo(f"Free disk: {_size(_free_bytes(directory.root))}")
    if not directory.database.exists():
        if directory.root.exists():
            directory.prepare()  # says why the folder could not be used
        click.echo("Nothing is stored yet; the first question sets up the starter articles.")
        return
    try:
        for line in _describe_store(directory):
            click.echo(line)
    except CorpusError as error:
        announce(failure_line(error))
        ctx.exit(UNUSABLE)


def _describe_store(directory: DataDirectory) -> Iterator[str]:
    store = existing_store(directory)
    yield f"Store: {directory.database.name}, {_size(directory.database.stat().st_size)}"
    with store.reading() as connection:
        collections = store.collections(connection)
        states = {
            name: Counter(article.state for article in store.list(connection, name))
            for name in collections
        }
    for name in collections:
        counts = ", ".join(f"{count} {state}" for state, count in sorted(states[name].items()))
        yield f"Collection {name}: articles: {counts}; {_describe_index(directory, name)}"


def _describe_index(directory: DataDirectory, collection: str) -> str:
    folder = directory.index(collection)
    if read_pointer(folder / STALE_NAME) is not None:
        return "index behind the store, rebuilt at the next question"
    current = read_pointer(folder / CURRENT_NAME)
    if current is None:
        return "no index yet, built at the next question"

    from retrieval.indexing.index import Index

    index = Index.open(folder)
    size = sum(path.stat().st_size for path in (folder / current).iterdir())
    return (
        f"index {index.digest}: {index.n_articles} articles, {index.n_passages} passages, "
        f"{_size(size)}"
    )


def _free_bytes(root: Path) -> int:
    """Return the free space where a folder is or would be."""
    existing = next(path for path in (root, *root.absolute().parents) if path.exists())
    return shutil.disk_usage(existing).free


def _size(n_bytes: float) -> str:
    for unit in ("bytes", "kB", "MB"):
        if n_bytes < KILOBYTE:
            return f"{n_bytes:.4g} {unit}"
        n_bytes /= KILOBYTE
    return f"{n_bytes:,.1f} GB"
