"""Answers given: stored before they are sent, found again by key, changed by moderators.

An answer's quotes are citations: article version, offsets and hash. What they say is read from the
store each time (`bot.conversation.recalling`), so that nothing is shown that no longer stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, RowMapping, Select, bindparam, func, insert, select, update

from bot.ledger.answer_rows import answer_values, citation_values, read_answer, read_citation
from bot.ledger.moments import write_moment
from bot.ledger.records import (
    AnswerRecord,
    AnswerState,
    Citation,
    Filters,
    RetractReason,
    Visibility,
)
from bot.ledger.schema import ANSWERS, CITATIONS
from corpus.article import Span
from corpus.schema import ARTICLES
from retrieval.answer import Answer, Quote

__all__ = [
    "AnswerRecord",
    "AnswerState",
    "Citation",
    "Filters",
    "RetractReason",
    "Visibility",
]

# Built once: a question runs each of the first three, a button the others.
_REVISIONS = select(ARTICLES.c.article_id, ARTICLES.c.source_revision).where(
    ARTICLES.c.collection == bindparam("collection"),
    ARTICLES.c.article_id.in_(bindparam("article_ids", expanding=True)),
)
_INSERT_ANSWER = insert(ANSWERS)
_INSERT_CITATIONS = insert(CITATIONS)
_UPDATE = update(ANSWERS).where(ANSWERS.c.answer_key == bindparam("key"))
_ANSWER = select(ANSWERS).where(
    ANSWERS.c.server_id == bindparam("server"), ANSWERS.c.answer_key == bindparam("key")
)
_BY_MESSAGE = (
    select(ANSWERS)
    .where(ANSWERS.c.server_id == bindparam("server"), ANSWERS.c.message_id == bindparam("message"))
    .limit(1)
)
_CITATIONS = (
    select(CITATIONS)
    .where(CITATIONS.c.answer_key == bindparam("key"))
    .order_by(CITATIONS.c.rank, CITATIONS.c.place)
)


def record(  # noqa: PLR0913 - what Discord and the member said, each by its name
    connection: Connection,
    answer: Answer,
    *,
    key: str,
    server_id: int,
    channel_id: int,
    visibility: Visibility,
    member_key: str | None,
    at: datetime,
    filters: Filters | None = None,
    follows: str | None = None,
    further: Sequence[Quote] = (),
) -> None:
    """Store an answer that is about to be sent, as pending.

    Parameters
    ----------
    answer : Answer
        Its notes may be about the further quotes too.
    filters : Filters or None
        As the member typed them.
    follows : str or None
        The key of the answer that this one follows up.
    further : sequence of Quote
        What stands on later pages; their ranks go on after those of the answer.
    """
    row = {
        **answer_values(answer, filters),
        "answer_key": key,
        "server_id": server_id,
        "channel_id": channel_id,
        "follows": follows,
        "visibility": visibility,
        "state": AnswerState.PENDING,
        "asked_at": write_moment(at),
        "member_key": member_key,
        "named": False,
    }
    connection.execute(_INSERT_ANSWER, row)
    quotes = [*answer.quotes, *further]
    if quotes:
        revisions = _read_revisions(connection, answer.collection, quotes)
        rows = [row for quote in quotes for row in citation_values(key, quote, revisions)]
        connection.execute(_INSERT_CITATIONS, rows)


def mark_sent(
    connection: Connection,
    key: str,
    *,
    channel_id: int,
    message_id: int | None,
    visibility: Visibility,
) -> None:
    """Note where an answer stands; no message is one that only the asker ever saw.

    What was deleted meanwhile stays so, and so does what was posted meanwhile: its asker may press
    "Post" before it is noted that they saw it.
    """
    standing = _UPDATE.where(ANSWERS.c.state != AnswerState.DELETED)
    if message_id is None:
        standing = standing.where(ANSWERS.c.message_id.is_(None))
    sent = {
        "state": AnswerState.SENT,
        "channel_id": channel_id,
        "message_id": message_id,
        "visibility": visibility,
    }
    connection.execute(standing, {"key": key, **sent})


def mark_failed(connection: Connection, key: str) -> None:
    """Note that an answer never arrived; what was sent or deleted meanwhile stays so."""
    pending = _UPDATE.where(ANSWERS.c.state == AnswerState.PENDING)
    connection.execute(pending, {"key": key, "state": AnswerState.FAILED})


def mark_deleted(connection: Connection, key: str) -> None:
    """Note that an answer's message is gone."""
    _update(connection, key, state=AnswerState.DELETED)


def get(connection: Connection, server_id: int, key: str) -> AnswerRecord | None:
    """Return an answer of this server; None for any other's, and for what is no longer kept."""
    found = connection.execute(_ANSWER, {"server": server_id, "key": key})
    return _read(connection, found.mappings().one_or_none())


def find_by_message(connection: Connection, server_id: int, message_id: int) -> AnswerRecord | None:
    """Return the answer that a message of this server shows, if it is one."""
    found = connection.execute(_BY_MESSAGE, {"server": server_id, "message": message_id})
    return _read(connection, found.mappings().one_or_none())


def retract(connection: Connection, key: str, *, at: datetime, reason: RetractReason) -> None:
    """Take an answer back: none of its quotes is shown from now on."""
    _update(connection, key, retracted_at=write_moment(at), retracted_for=reason)


def restore(connection: Connection, key: str) -> None:
    """Let an answer that was taken back be shown again."""
    _update(connection, key, retracted_at=None, retracted_for=None)


def widen(connection: Connection, key: str, rank: int, span: Span | None) -> None:
    """Show more of the same article version for a quote; None shows what was quoted first.

    Raises
    ------
    ValueError
        If the answer has no such quote, or the span does not hold it.
    """
    quoted = CITATIONS.c.answer_key == key, CITATIONS.c.rank == rank, CITATIONS.c.place == 0
    row = connection.execute(
        select(CITATIONS.c.start, CITATIONS.c.end).where(*quoted)
    ).one_or_none()
    if row is None or (span is not None and Span(row.start, row.end) not in span):
        raise ValueError(f"quote {rank} of answer {key} cannot be shown as {span}")
    start, end = (None, None) if span is None else (span.start, span.end)
    wider = update(CITATIONS).where(*quoted)
    connection.execute(wider.values(widened_start=start, widened_end=end))


def set_named(connection: Connection, key: str, named: bool) -> None:  # noqa: FBT001 - the value
    """Show an answer with or without the asker's name."""
    _update(connection, key, named=named)


def set_shown(connection: Connection, key: str, digest: str) -> None:
    """Note a hash of what the message shows now."""
    _update(connection, key, shown=digest)


def citing(connection: Connection, collection: str, article_id: str) -> Sequence[tuple[int, str]]:
    """Return the server and key of each answer that cites an article, be it as a copy.

    Answers that never arrived or were deleted are left out. Ordered by time and key.
    """
    found = (
        select(ANSWERS.c.server_id, ANSWERS.c.answer_key)
        .where(ANSWERS.c.answer_key.in_(_citing(article_id)))
        .where(ANSWERS.c.collection == collection)
        .where(ANSWERS.c.state.in_([AnswerState.PENDING, AnswerState.SENT]))
        .order_by(ANSWERS.c.asked_at, ANSWERS.c.answer_key)
    )
    return [(row.server_id, row.answer_key) for row in connection.execute(found)]


def count_posted(connection: Connection, server_id: int, collection: str, article_id: str) -> int:
    """Return how many messages of a server show, or would show, words of an article."""
    posted = (
        select(func.count())
        .select_from(ANSWERS)
        .where(ANSWERS.c.answer_key.in_(_citing(article_id)))
        .where(ANSWERS.c.server_id == server_id, ANSWERS.c.collection == collection)
        .where(ANSWERS.c.state == AnswerState.SENT, ANSWERS.c.visibility == Visibility.PUBLIC)
        .where(ANSWERS.c.retracted_at.is_(None))
    )
    return connection.scalar(posted) or 0


def _read_revisions(
    connection: Connection, collection: str, quotes: Sequence[Quote]
) -> dict[str, int]:
    """Return the revision of the source record of each article that is cited."""
    cited = {quote.article_id for quote in quotes}
    cited.update(place.article_id for quote in quotes for place in quote.also_in)
    found = connection.execute(_REVISIONS, {"collection": collection, "article_ids": sorted(cited)})
    return {row.article_id: row.source_revision for row in found}


def _update(connection: Connection, key: str, **values: object) -> None:
    connection.execute(_UPDATE, {"key": key, **values})


def _citing(article_id: str) -> Select[tuple[str]]:
    return select(CITATIONS.c.answer_key).where(CITATIONS.c.article_id == article_id)


def _read(connection: Connection, row: RowMapping | None) -> AnswerRecord | None:
    """Return the record of a row, with its citations."""
    if row is None:
        return None
    cited = connection.execute(_CITATIONS, {"key": row["answer_key"]}).mappings()
    return read_answer(row, tuple(read_citation(each) for each in cited))
