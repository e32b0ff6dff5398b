"""``quoth corpus``: articles in, and a list of what is there."""

# ruff: noqa: D301, PLC0415 - click knows examples by \b; slow modules wait for the command to run

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.commands.article import history, show
from bot.commands.context import announce, current_directory, current_settings, refusing_values
from bot.commands.options import collection_option, data_option
from bot.commands.posted import open_store, queue_in_parts, say_queued
from bot.commands.removal import purge, restore, withdraw
from bot.failures import SOME_REFUSED, UNUSABLE, failure_line
from bot.first_run import MAIN_COLLECTION
from bot.inert import make_one_line
from bot.operator import current_moment, operator_name
from bot.progress import progress_bar
from bot.refreshing import refresh_index
from corpus.directory import DataDirectory

if TYPE_CHECKING:
    from corpus.ingest import IngestReport
    from corpus.store import ArticleSummary

HEAD = ("id", "state", "version", "date", "publisher", "title")


@click.group(name="corpus", invoke_without_command=True)
@data_option
@click.pass_context
def command(ctx: click.Context) -> None:
    """Add articles, look at them, and take them out again.

    \b
    Examples:
      quoth corpus add articles/
      quoth corpus list
      quoth corpus withdraw ID --reason "retracted by the publisher"
    """
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


@command.command()
@click.argument(
    "paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(path_type=Path)
)
@collection_option
@click.option(
    "--replaces",
    metavar="ID",
    help="The one article in PATH is a new version of the article with this id.",
)
@click.option("--encoding", metavar="E", help="Of files that are not UTF-8, such as cp1252.")
@click.option("--dry-run", is_flag=True, help="Only say what would happen.")
@data_option
@click.pass_context
def add(
    ctx: click.Context,
    *,
    paths: tuple[Path, ...],
    collection: str | None,
    replaces: str | None,
    encoding: str | None,
    dry_run: bool,
) -> None:
    """Add the articles of files and folders.

    Read are .txt, .md with front matter, and .jsonl with one article a line. What cannot be read
    is refused with the reason, and hurts nothing else. A folder may hold a
    sources.toml that says where its files come from.

    \b
    Examples:
      quoth corpus add articles/
      quoth corpus add corrected.txt --replaces 0123456789abcdef
    """
    settings = current_settings()
    directory, collection = DataDirectory(settings.data), collection or MAIN_COLLECTION

    from corpus.ingest import ingest

    store = open_store(directory)
    with refusing_values(), progress_bar("Adding") as progress:
        report = ingest(
            store,
            paths,
            collection=collection,
            at=current_moment(),
            by=operator_name(),
            encoding=encoding,
            replaces=replaces,
            max_bytes=settings.max_file_bytes,
            dry_run=dry_run,
            progress=progress,
        )
    for refusal in report.refused:
        announce(failure_line(refusal))
    queued = queue_in_parts(store)
    refresh_index(store, directory, collection)
    click.echo(_describe(report, collection, dry_run=dry_run))
    say_queued(queued)
    ctx.exit(_exit_code(report))


@command.command(name="list")
@collection_option
@data_option
def list_articles(*, collection: str | None) -> None:
    """List the articles of a collection, without their texts."""
    directory, collection = current_directory(), collection or MAIN_COLLECTION

    from corpus.store import ArticleStore

    store = ArticleStore.open(directory)
    with store.reading() as connection:
        articles = store.list(connection, collection)
    if not articles:
        click.echo(
            f"No articles in {collection}; add some with "
            f"'quoth corpus add PATH --collection {collection}'."
        )
        return
    for line in _table(articles):
        click.echo(line)


def _describe(report: IngestReport, collection: str, *, dry_run: bool) -> str:
    counts = ", ".join(
        f"{len(ids)} {word}"
        for word, ids in (
            ("new", report.new),
            ("with a new version", report.new_versions),
            ("with a corrected source", report.corrected),
            ("unchanged", report.unchanged),
            ("refused", report.refused),
        )
    )
    return f"{collection}: {counts}" + (" (dry run: nothing was stored)" if dry_run else "")


def _exit_code(report: IngestReport) -> int:
    if not report.refused:
        return 0
    taken = report.new or report.new_versions or report.corrected or report.unchanged
    return SOME_REFUSED if taken else UNUSABLE


def _table(articles: Sequence[ArticleSummary]) -> Iterator[str]:
    """Yield lines with columns as wide as their widest cell; the title, last, is as it is."""
    rows = [HEAD, *(_cells(article) for article in articles)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEAD) - 1)]
    for row in rows:
        cells = [cell.ljust(width) for cell, width in zip(row[:-1], widths, strict=True)]
        yield "  ".join([*cells, row[-1]]).rstrip()


def _cells(article: ArticleSummary) -> tuple[str, ...]:
    source = article.source
    return (
        article.article_id,
        article.state,
        str(article.version),
        "no date" if source.published is None else source.published.isoformat(),
        make_one_line(source.publisher or "-"),
        make_one_line(source.title or source.file or "-"),
    )


for subcommand in (show, history, withdraw, restore, purge):
    command.add_command(subcommand)
