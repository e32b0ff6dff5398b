"""Titles that fit what a member has typed so far: answered at once, from the open index."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from weakref import WeakKeyDictionary

from bot.conversation.actors import Actor, is_administrator
from bot.conversation.desk import Desk
from bot.conversation.servers import CORPUS_COMMAND
from bot.inert import make_one_line
from bot.ledger import servers
from corpus.errors import CorpusError
from corpus.records import State
from retrieval.answer import SourceFields
from retrieval.indexing.generations import needs_rebuild
from retrieval.indexing.index import Index
from retrieval.indexing.writing import source_fields

MAX_SUGGESTIONS = 25  # Discord takes no more
MAX_SUGGESTION_CHARS = 100


@dataclass(frozen=True, slots=True)
class _Known:
    """An article as it is suggested; ``folded`` is its title and publisher, to be searched."""

    folded: str
    title: str
    article_id: str


# What an index holds never changes; it is forgotten with the index, so no deleted title stays.
_KNOWN: WeakKeyDictionary[Index, tuple[_Known, ...]] = WeakKeyDictionary()


def suggest(desk: Desk, actor: Actor, typed: str) -> tuple[tuple[str, str], ...]:
    """Return titles with their article's id that hold each word typed, newest first.

    Nothing is suggested, and nothing raised, where that could not be done at once: where the
    server is not known, the store is busy, or the index is to be built anew.
    """
    try:
        known = _find_known(desk, actor)
    except (CorpusError, OSError):
        return ()
    return _choose(known, typed)


def suggest_withdrawn(desk: Desk, actor: Actor, typed: str) -> tuple[tuple[str, str], ...]:
    """Return the same of articles that are withdrawn, for administrators; no index holds those."""
    if not is_administrator(actor, CORPUS_COMMAND):
        return ()
    try:
        with desk.store.reading() as connection:
            server = servers.find(connection, actor.server_id)
            articles = [] if server is None else desk.store.list(connection, server.collection)
    except (CorpusError, OSError):
        return ()
    withdrawn = (one for one in articles if one.state is State.WITHDRAWN)
    return _choose(_order((source_fields(one.source), one.article_id) for one in withdrawn), typed)


def _choose(known: Iterable[_Known], typed: str) -> tuple[tuple[str, str], ...]:
    words = typed.casefold().split()
    found = (one for one in known if all(word in one.folded for word in words))
    return tuple((one.title, one.article_id) for one in islice(found, MAX_SUGGESTIONS))


def _find_known(desk: Desk, actor: Actor) -> tuple[_Known, ...]:
    with desk.store.reading() as connection:
        server = servers.find(connection, actor.server_id)
    if server is None or needs_rebuild(desk.directory, server.collection):
        return ()
    index = desk.indexes.open(server.collection)
    if index not in _KNOWN:
        _KNOWN[index] = _order((one.source, one.article_id) for one in index.articles)
    return _KNOWN[index]


def _order(articles: Iterable[tuple[SourceFields, str]]) -> tuple[_Known, ...]:
    """Return the articles that have a title or a file name; newest first, undated last."""
    dated = []
    for source, article_id in articles:
        title = make_one_line(source.title or source.file or "").strip()
        if title:
            folded = f"{title}\n{make_one_line(source.publisher or '')}".casefold()
            dated.append((source.published or "", _Known(folded, _shorten(title), article_id)))
    dated.sort(key=lambda pair: (pair[1].folded, pair[1].article_id))
    dated.sort(key=lambda pair: pair[0], reverse=True)
    return tuple(known for _, known in dated)


def _shorten(title: str) -> str:
    if len(title) <= MAX_SUGGESTION_CHARS:
        return title
    return title[: MAX_SUGGESTION_CHARS - 1] + "…"
