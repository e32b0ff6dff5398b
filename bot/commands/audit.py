"""``quoth audit``: whether the log of what moderators and administrators did is still whole."""

# ruff: noqa: D301, PLC0415 - click knows examples by \b; slow modules wait for the command to run

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from bot.commands.context import announce, current_directory, existing_store
from bot.commands.options import data_option
from bot.failures import UNUSABLE

if TYPE_CHECKING:
    from bot.ledger.audit import Break


@click.group("audit", short_help="Check the log of what was done.")
def command() -> None:
    """Check the log of what was done to answers, articles and settings."""


@command.command()
@click.option(
    "--head",
    "noted",
    metavar="HASH",
    help="The hash that an earlier run printed; it must still be in the log.",
)
@data_option
@click.pass_context
def verify(ctx: click.Context, *, noted: str | None) -> None:
    """Name the first row that is not as it was written, if any.

    Every row's hash is computed anew. Prints the number of rows and the hash of the last one.
    Note it outside: rows that were cut off at the end are missed only by --head with an earlier
    hash.

    \b
    Examples:
      quoth audit verify
      quoth audit verify --head 5f0c…
    """
    from bot.ledger.audit import FIRST_PREVIOUS, Head, find_hash, first_broken, head
    from bot.ledger.following import has_ledger

    last, broken, place = Head(0, FIRST_PREVIOUS), None, None
    with existing_store(current_directory()).reading() as connection:
        if has_ledger(connection):
            last, broken = head(connection), first_broken(connection)
            place = None if noted is None else find_hash(connection, noted.strip().lower())
    if broken is not None:
        announce(f"quoth: {_describe(broken)}")
        ctx.exit(UNUSABLE)
    click.echo(f"audit log: {last.number} rows, sound; head {last.hash}")
    if noted is not None and place is None:
        announce("quoth: no row of the log has the hash you noted; rows at its end are gone")
        ctx.exit(UNUSABLE)
    if place is not None:
        click.echo(f"the hash you noted is that of row {place}")


def _describe(broken: Break) -> str:
    """Return what is wrong with the log, and what to do."""
    what = {
        "changed": f"row {broken.number} is not as it was written",
        "missing": f"row {broken.number} is missing",
        "not_after_the_last": f"row {broken.number} does not follow the one before it",
    }[broken.kind]
    return f"the audit log is broken: {what}; compare with a backup"
