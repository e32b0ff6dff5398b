"""Which article of a server is meant by what a member typed or chose: an id, else a title."""

from __future__ import annotations

from sqlalchemy import Connection

from bot.catalogue.lines import Line
from bot.catalogue.refusals import Refusal
from bot.conversation.desk import Desk, Refused
from corpus.errors import UnknownArticle


def find_article(desk: Desk, connection: Connection, collection: str, named: str) -> str:
    """Return the id of the article with this id, or of the only one with this whole title.

    Raises
    ------
    Refused
        If the collection has none, whatever others have, or several of this title.
    """
    if _is_id(desk, connection, collection, named):
        return named
    title = named.strip().casefold()
    titled = [
        article.article_id
        for article in desk.store.list(connection, collection)
        if title and (article.source.title or "").strip().casefold() == title
    ]
    if len(titled) != 1:
        raise Refused(Line(Refusal.NO_ARTICLE))
    return titled[0]


def _is_id(desk: Desk, connection: Connection, collection: str, named: str) -> bool:
    try:
        desk.store.source(connection, collection, named)
    except (UnknownArticle, ValueError):  # what is no text cannot be an id
        return False
    return True
