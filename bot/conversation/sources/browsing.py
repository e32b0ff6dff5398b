"""``/sources`` and ``/source``: what this server's articles are, and the record of one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection

from bot.actions import Action, Target
from bot.catalogue.answers import AnswerSentence
from bot.catalogue.browsing import BrowsingSentence
from bot.catalogue.lines import Line
from bot.catalogue.parameters import Collection, Count
from bot.conversation.actors import Actor
from bot.conversation.desk import Desk
from bot.conversation.paging import find_page, turning_rows
from bot.conversation.responses import Handler, Pressed, Show, Way
from bot.conversation.servers import require_server
from bot.conversation.sources.article_screen import (
    KeptRecord,
    article_blocks,
    state_line,
    title_piece,
)
from bot.conversation.sources.naming import find_article
from bot.ledger import members
from bot.ledger.following import MEMBER_PREFIX
from bot.rendering.message import FieldName, FieldText
from bot.rendering.screen import (
    Block,
    Button,
    Buttons,
    Choice,
    Glue,
    Pick,
    Row,
    Rule,
    Screen,
    Style,
)
from corpus.records import ArticleSummary, Event, State
from retrieval.answer import SourceFields
from retrieval.indexing.writing import source_fields

ARTICLES_ON_A_PAGE = 8
SHOWN_TITLE_CHARS = 120  # so that a page fits whatever the titles are made of
SHOWN_NAME_CHARS = 60


def sources(desk: Desk, actor: Actor, page: int = 1) -> Show:
    """Return a page, from 1, of this server's articles; one that is not there gives the nearest.

    Newest first; what has no date comes after all that has. What was deleted for good is left out,
    but its record can still be opened by its id.
    """
    with desk.store.reading() as connection:
        collection = require_server(connection, actor).collection
        kept = (
            article
            for article in desk.store.list(connection, collection)
            if article.state is not State.PURGED
        )
        articles = sorted(kept, key=_place)
        at = find_page(page, len(articles), ARTICLES_ON_A_PAGE)
        shown = articles[at.skip : at.skip + at.size]
        listed = [(article, _state(desk, connection, collection, article)) for article in shown]
    holds = Line(BrowsingSentence.HOLDS, (Count(len(articles)), Collection(collection)))
    blocks: list[Block] = [
        Row((Line(BrowsingSentence.SOURCES),), Style.TITLE),
        Row((holds,) if articles else (Line(BrowsingSentence.EMPTY),), Style.QUIET),
    ]
    for article, state in listed:
        blocks += _article_rows(article.article_id, source_fields(article.source), state)
    if articles:
        blocks += [Rule(), _pick(shown)]
    blocks += turning_rows(at, Target(Action.SOURCES))
    return Show(Screen(tuple(blocks)))


def source(desk: Desk, actor: Actor, named: str) -> Show:
    """Return the record of an article of this server, named by its id or its whole title.

    Raises
    ------
    Refused
        If this server has no such article, whatever others have.
    """
    with desk.store.reading() as connection:
        collection = require_server(connection, actor).collection
        article_id = find_article(desk, connection, collection, named)
        events = desk.store.history(connection, collection, article_id)
        record = KeptRecord(
            article_id,
            desk.store.source(connection, collection, article_id),
            desk.store.versions(connection, collection, article_id)[-1],
            events,
            _find_people(connection, actor.server_id, events),
        )
    back = Button(Target(Action.SOURCES), Line(BrowsingSentence.ALL))
    return Show(Screen((*article_blocks(record), Buttons((back,)))))


def _place(article: ArticleSummary) -> tuple[int, str, str]:
    published = article.source.published
    return (
        0 if published is None else -published.toordinal(),
        (article.source.title or article.source.file or "").casefold(),
        article.article_id,
    )


def _state(
    desk: Desk, connection: Connection, collection: str, article: ArticleSummary
) -> Line | None:
    if article.state is State.ACTIVE:
        return None
    return state_line(desk.store.history(connection, collection, article.article_id))


def _article_rows(article_id: str, fields: SourceFields, state: Line | None) -> Iterator[Row]:
    yield Row((title_piece(article_id, fields),), Style.STRONG, most=SHOWN_TITLE_CHARS)
    if state is not None:
        yield Row((state,), Style.QUIET)
    known: list[FieldText | Line] = [
        FieldText(fields, name)
        for name in (FieldName.PUBLISHED, FieldName.PUBLISHER)
        if getattr(fields, name)
    ]
    if not fields.published and known:
        known.insert(0, Line(AnswerSentence.NO_DATE))
    if known:
        yield Row(tuple(known), Style.QUIET, glue=Glue.DOT, most=SHOWN_NAME_CHARS)


def _pick(shown: Sequence[ArticleSummary]) -> Pick:
    choices = tuple(
        Choice(
            article.article_id,
            title_piece(article.article_id, source_fields(article.source)),
        )
        for article in shown
    )
    return Pick(Target(Action.SOURCE), Line(BrowsingSentence.OPEN_ONE), choices=choices)


def _find_people(
    connection: Connection, server_id: int, events: Sequence[Event]
) -> dict[str, int | None]:
    """Return whom the members' keys among the events name, each on this server only."""
    names = {event.by for event in events if event.by.startswith(MEMBER_PREFIX)}
    return {
        name: members.find_user_here(connection, server_id, name.removeprefix(MEMBER_PREFIX))
        for name in names
    }


def _handle_sources(desk: Desk, actor: Actor, pressed: Pressed) -> Show:
    return sources(desk, actor, pressed.target.page)


def _handle_source(desk: Desk, actor: Actor, pressed: Pressed) -> Show:
    return source(desk, actor, pressed.values[0] if pressed.values else pressed.target.key)


HANDLERS = {
    Action.SOURCES: Handler(_handle_sources, Way.REPLACE),
    Action.SOURCE: Handler(_handle_source, Way.REPLACE),
}
