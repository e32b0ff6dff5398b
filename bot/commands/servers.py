"""``quoth servers``: where the bot is, and which collection each server asks."""

# ruff: noqa: D301, PLC0415 - click knows examples by \b; slow modules wait for the command to run

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from bot.catalogue.parameters import LAST_SNOWFLAKE
from bot.commands.context import announce, current_directory, existing_store
from bot.commands.options import data_option
from bot.commands.posted import open_store
from bot.failures import UnknownCollection
from bot.first_run import ensure_handbook
from bot.operator import current_moment

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from bot.ledger.servers import Server
    from corpus.store import ArticleStore

HEAD = ("server", "collection", "whose", "articles", "joined", "left")

server_argument = click.argument(
    "server_id", metavar="SERVER", type=click.IntRange(1, LAST_SNOWFLAKE)
)


@click.group("servers", short_help="See where the bot is, and share articles.")
def command() -> None:
    """See which servers the bot is on, and let several ask the same articles.

    \b
    Examples:
      quoth servers list
      quoth servers bind 123456789012345678 main
      quoth servers release 123456789012345678
    """


@command.command(name="list")
@data_option
def list_servers() -> None:
    """List the servers that the bot is on or still remembers.

    A server that it has left is remembered until its retention is over.
    """
    from bot.ledger import servers
    from bot.ledger.following import has_ledger
    from corpus.usage import measure_usage

    store = _open()
    with store.reading() as connection:
        known = servers.all_servers(connection) if has_ledger(connection) else ()
        articles = [measure_usage(connection, server.collection).articles for server in known]
    if not known:
        click.echo("No servers yet; quoth run notes each one that invites the bot.")
        return
    for line in _table(known, articles):
        click.echo(line)


@command.command()
@server_argument
@click.argument("collection", metavar="COLLECTION")
@data_option
def bind(server_id: int, collection: str) -> None:
    """Let a server ask a collection that you keep.

    It can then be changed from the command line only: in the chat its articles are read-only. The
    server's own articles are kept, and come back with quoth servers release.

    \b
    Example:
      quoth servers bind 123456789012345678 main
    """
    from bot.ledger import servers

    store = _open()
    with store.transaction() as connection:
        server = _find(connection, server_id)
        if collection not in store.collections(connection):
            raise UnknownCollection(
                f"there is no collection {collection!r}; "
                f"add articles with 'quoth corpus add PATH --collection {collection}'"
            )
        owners = [
            other.server_id
            for other in servers.all_servers(connection)
            if other.collection == collection and not other.bound and other != server
        ]
        if not (server.bound and server.collection == collection):
            servers.bind(connection, server_id, collection, bound=True)
            _record(connection, server_id, collection)
    click.echo(f"Server {server_id} asks {collection} now, which the chat cannot change.")
    for other in owners:
        announce(
            f"{collection} is server {other}'s own: while it is shared, "
            "it is read-only from the chat there too."
        )


@command.command()
@server_argument
@data_option
def release(server_id: int) -> None:
    """Let a server ask its own collection again.

    \b
    Example:
      quoth servers release 123456789012345678
    """
    from bot.ledger import servers

    store = _open()
    with store.transaction() as connection:
        server = _find(connection, server_id)
        if not server.bound:
            click.echo(f"Server {server_id} asks its own collection {server.collection} already.")
            return
        collection = servers.own_collection(connection, server_id)
        servers.bind(connection, server_id, collection, bound=False)
        _record(connection, server_id, collection)
    ensure_handbook(current_directory(), store, collection, at=current_moment())
    click.echo(f"Server {server_id} asks its own collection {collection} again.")


def _open() -> ArticleStore:
    """Open a data directory that is there, with the bot's tables if the bot ever ran on it."""
    existing_store(current_directory())
    return open_store(current_directory())


def _find(connection: Connection, server_id: int) -> Server:
    from bot.ledger import servers
    from bot.ledger.following import has_ledger

    server = servers.find(connection, server_id) if has_ledger(connection) else None
    if server is None:
        raise click.UsageError(
            f"the bot is on no server {server_id}; quoth servers list shows where it is."
        )
    return server


def _record(connection: Connection, server_id: int, collection: str) -> None:
    """Write which collection a server asks from now on."""
    from bot.ledger import audit
    from bot.ledger.audit import OPERATOR, AuditAction

    audit.append(
        connection,
        server_id=server_id,
        at=current_moment(),
        actor=OPERATOR,
        action=AuditAction.SERVER_BOUND,
        subject=collection,
    )


def _table(known: Sequence[Server], articles: Sequence[int]) -> Iterator[str]:
    """Yield lines with columns as wide as their widest cell."""
    rows = [HEAD, *(_cells(*pair) for pair in zip(known, articles, strict=True))]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEAD))]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield "  ".join(cells).rstrip()


def _cells(server: Server, articles: int) -> tuple[str, ...]:
    return (
        str(server.server_id),
        server.collection,
        "bound" if server.bound else "own",
        str(articles),
        server.joined_at.date().isoformat(),
        "" if server.left_at is None else server.left_at.date().isoformat(),
    )
