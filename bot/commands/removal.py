"""``quoth corpus withdraw``, ``restore`` and ``purge``: what may no longer be quoted."""

# ruff: noqa: D301 - click knows examples by \b

from __future__ import annotations

import sys
from collections.abc import Callable

import click

from bot.commands.context import announce, current_directory, find_collection, refusing_values
from bot.commands.options import collection_option, data_option
from bot.commands.posted import note_traces, open_store, queue_corrections, say_queued, scrub
from bot.failures import BUSY
from bot.operator import current_moment, operator_name
from bot.refreshing import refresh_index
from corpus.errors import StoreBusy

reason_option = click.option(
    "--reason", required=True, metavar="R", help="Why; kept in the article's history."
)


@click.command()
@click.argument("article_id", metavar="ID")
@reason_option
@collection_option
@data_option
def withdraw(article_id: str, *, reason: str, collection: str | None) -> None:
    """Stop quoting an article; its text is kept.

    \b
    Example:
      quoth corpus withdraw 0123456789abcdef --reason "retracted by the publisher"
    """
    queued = _change("withdraw", article_id, reason=reason, collection=collection)
    click.echo(f"Withdrawn: {article_id} is no longer quoted.")
    say_queued(queued)


@click.command()
@click.argument("article_id", metavar="ID")
@reason_option
@collection_option
@data_option
def restore(article_id: str, *, reason: str, collection: str | None) -> None:
    """Quote a withdrawn article again."""
    queued = _change("restore", article_id, reason=reason, collection=collection)
    click.echo(f"Restored: {article_id} may be quoted again.")
    say_queued(queued)


@click.command()
@click.argument("article_id", metavar="ID")
@reason_option
@collection_option
@click.option("--yes", is_flag=True, help="Do not ask for confirmation.")
@data_option
@click.pass_context
def purge(
    ctx: click.Context, article_id: str, *, reason: str, collection: str | None, yes: bool
) -> None:
    """Delete an article's text for good.

    Its hash stays, and the reason, by whom and when; the id is not used again. Asks for
    confirmation on a terminal; elsewhere it needs --yes.
    """
    if not yes:
        if not sys.stdin.isatty():
            raise click.UsageError("purging cannot be undone; confirm it with --yes.")
        if not click.confirm(f"Delete the text of {article_id} for good?", err=True):
            announce("Nothing was purged.")
            return
    queued = _change("purge", article_id, reason=reason, collection=collection)
    click.echo(f"Purged: the text of {article_id} is gone.")
    say_queued(queued)
    _scrub(ctx)


def _change(action: str, article_id: str, *, reason: str, collection: str | None) -> int:
    """Do one of the store's changes, bring the index up to it, and count answers to correct."""
    directory = current_directory()
    store = open_store(directory)
    with refusing_values(), store.transaction() as connection:
        chosen = find_collection(store, connection, article_id, collection)
        change: Callable[..., None] = getattr(store, action)
        change(
            connection, chosen, article_id, reason=reason, at=current_moment(), by=operator_name()
        )
        queued = queue_corrections(connection)
        if action == "purge":
            note_traces(connection)
    refresh_index(store, directory, chosen)
    return queued


def _scrub(ctx: click.Context) -> None:
    """Free the file of the traces of what was purged; say so where that cannot be done now."""
    try:
        scrub(open_store(current_directory()))
    except StoreBusy as error:
        announce(
            f"quoth: {error}; traces of the text stay in the file until the bot's daily round, "
            "or the next purge"
        )
        ctx.exit(BUSY)
