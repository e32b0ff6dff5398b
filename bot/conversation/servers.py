"""The server somebody acts on, whether answers go into its channels, and who may change it."""

from __future__ import annotations

from sqlalchemy import Connection

from bot.catalogue.lines import Line
from bot.catalogue.refusals import Refusal
from bot.conversation.actors import Actor, is_administrator
from bot.conversation.desk import Refused
from bot.ledger import servers
from bot.ledger.servers import Server, ServerSettings

CORPUS_COMMAND = "corpus"
SETTINGS_COMMAND = "settings"


def require_server(connection: Connection, actor: Actor) -> Server:
    """Return the server an actor is on; raise Refused if Quoth never joined it."""
    server = servers.find(connection, actor.server_id)
    if server is None:
        raise Refused(Line(Refusal.SERVER_ONLY))
    return server


def may_post(actor: Actor, settings: ServerSettings) -> bool:
    """Return whether answers may be posted for all to see where an actor is."""
    return actor.can_post and allows_posting(actor, settings)


def allows_posting(actor: Actor, settings: ServerSettings) -> bool:
    """Return whether a server wants public answers where an actor is."""
    return settings.public and (not settings.channels or actor.is_in(settings.channels))


def check_administrator(actor: Actor, command: str) -> None:
    """Raise Refused unless somebody may use a command for administrators."""
    if not is_administrator(actor, command):
        raise Refused(Line(Refusal.NOT_ADMINISTRATOR))


def is_shared(connection: Connection, server: Server) -> bool:
    """Return whether another server asks the same articles, or the operator chose them."""
    return server.bound or any(
        other.collection == server.collection and other.server_id != server.server_id
        for other in servers.all_servers(connection)
    )


def require_own_corpus(connection: Connection, actor: Actor) -> Server:
    """Return the server whose articles an administrator may change.

    Raises
    ------
    Refused
        If they may not, or if the server shares its articles with others.
    """
    check_administrator(actor, CORPUS_COMMAND)
    server = require_server(connection, actor)
    if is_shared(connection, server):
        raise Refused(Line(Refusal.READ_ONLY))
    return server
