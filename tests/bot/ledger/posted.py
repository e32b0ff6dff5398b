"""Answers that stand in a channel, for tests of what corrects them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, update

from bot.conversation.desk import Desk
from bot.ledger import answers, servers
from bot.ledger.answers import Visibility
from bot.ledger.schema import ANSWERS
from retrieval.answer import Answer, Place, Quote, SourceFields
from tests.bot.conversation.desks import CHANNEL, SERVER

NO_SOURCE = SourceFields(None, None, None, None, None, None, None)


def post_answer(
    desk: Desk,
    cited: Sequence[str],
    *,
    message_id: int | None,
    copies: Sequence[str] = (),
    server_id: int = SERVER,
    channel_id: int = CHANNEL,
    visibility: Visibility = Visibility.PUBLIC,
) -> str:
    """Store an answer with a quote of each article, as sent unless it has no message.

    The first quote stands in the copies as well. A private answer was sent, without a message.
    """
    key = desk.new_key()
    with desk.store.transaction() as connection:
        server = servers.find(connection, server_id)
        assert server is not None
        places = {
            article_id: _first_sentence(desk, connection, server.collection, article_id)
            for article_id in (*cited, *copies)
        }
        also_in = tuple(places[article_id] for article_id in copies)
        quotes = [
            _quote(rank, places[article_id], also_in if rank == 1 else ())
            for rank, article_id in enumerate(cited, 1)
        ]
        answers.record(
            connection,
            _answer(server.collection, quotes),
            key=key,
            server_id=server_id,
            channel_id=channel_id,
            visibility=visibility,
            member_key=None,
            at=desk.now(),
        )
        if message_id is not None or visibility is Visibility.PRIVATE:
            answers.mark_sent(
                connection,
                key,
                channel_id=channel_id,
                message_id=message_id,
                visibility=visibility,
            )
    return key


def assign(connection: Connection, key: str, member_key: str) -> None:
    """Make an answer that of a member."""
    owned = update(ANSWERS).where(ANSWERS.c.answer_key == key)
    connection.execute(owned.values(member_key=member_key))


def _first_sentence(desk: Desk, connection: Connection, collection: str, article_id: str) -> Place:
    article = desk.store.get(connection, collection, article_id)
    end = article.text.index(".") + 1
    text = article.text[:end]
    return Place(article_id, article.version, article.sha256, 0, end, text, NO_SOURCE)


def _quote(rank: int, place: Place, also_in: tuple[Place, ...]) -> Quote:
    return Quote(
        rank=rank,
        article_id=place.article_id,
        version=place.version,
        sha256=place.sha256,
        start=place.start,
        end=place.end,
        text=place.text,
        prefix="",
        suffix="",
        kind="body",
        score=1.0,
        context=(),
        speaker=None,
        source=place.source,
        also_in=also_in,
    )


def _answer(collection: str, quotes: Sequence[Quote]) -> Answer:
    return Answer(
        question="What stands still?",
        searched="What stands still?",
        collection=collection,
        asked=None,
        quotes=tuple(quotes),
        notes=(),
        abstained=None,
        confidence=0.9,
        index="0123456789abcdef",
        elapsed_ms=1.0,
    )
