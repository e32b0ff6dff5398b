"""A stored answer as it may be shown now: every quote read from the store and checked again.

This is the one way from the ledger to a screen. What it returns depends on the answer's row and on
the store alone, so an answer looks the same wherever and whenever it is shown, until one of them
changes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from itertools import groupby

from sqlalchemy import Connection

from bot.catalogue.lines import Line
from bot.catalogue.refusals import Refusal
from bot.conversation.actors import Actor
from bot.conversation.desk import Desk, Refused
from bot.ledger import answers
from bot.ledger.moments import read_moment
from bot.ledger.records import AnswerRecord, Citation, RetractReason
from bot.standing_notes import keep_notes
from corpus.article import Span
from corpus.store import CitedArticle, State
from retrieval.answer import (
    Abstention,
    Answer,
    Excerpt,
    NearestSource,
    Place,
    Quote,
    SourceFields,
)
from retrieval.citing import AFFIX_CHARS
from retrieval.indexing.writing import source_fields

Articles = Mapping[str, CitedArticle]


class GoneCause(Enum):
    """Why a quote is no longer shown."""

    RETRACTED = "retracted"
    WITHDRAWN = "withdrawn"
    PURGED = "purged"
    CORRECTED = "corrected"  # the article has a newer text
    UNVERIFIED = "unverified"  # the stored text is not what was quoted


_TAKEN_BACK = {State.WITHDRAWN: GoneCause.WITHDRAWN, State.PURGED: GoneCause.PURGED}


@dataclass(frozen=True, slots=True)
class Gone:
    """A quote that was shown and may not be any more.

    Parameters
    ----------
    rank : int
    cause : GoneCause
    day : datetime.date or None
        When that happened; None for `GoneCause.UNVERIFIED`.
    reason : RetractReason or None
        Of a retraction.
    """

    rank: int
    cause: GoneCause
    day: date | None
    reason: RetractReason | None = None


@dataclass(frozen=True, slots=True)
class Recalled:
    """An answer as it stands now.

    Parameters
    ----------
    record : AnswerRecord
    quotes : tuple of Quote
        Those that stand, by rank, with the source records of today.
    gone : tuple of Gone
        The others, by rank.
    corrected : mapping of int to datetime.date
        Rank -> the day its source record was last corrected, if that was after it was first shown.
    widened : frozenset of int
        Ranks that show more than was quoted first.
    nearest : tuple of NearestSource
        With silence, those that may still be named.
    """

    record: AnswerRecord
    quotes: tuple[Quote, ...]
    gone: tuple[Gone, ...]
    corrected: Mapping[int, date]
    widened: frozenset[int]
    nearest: tuple[NearestSource, ...]

    def answer(self, ranks: Collection[int] | None = None) -> Answer | None:
        """Return the answer with its standing quotes of some ranks, by default of all.

        None if none of them stands; silence is returned as it is. The question is empty if it is no
        longer kept.
        """
        record = self.record
        quotes = tuple(q for q in self.quotes if ranks is None or q.rank in ranks)
        abstained = None
        if record.reason is not None:
            abstained = Abstention(record.reason, record.unmatched or (), self.nearest)
        elif not quotes:
            return None
        return Answer(
            question=record.question or "",
            searched=record.searched or "",
            collection=record.collection,
            asked=record.asked_day,
            quotes=quotes,
            notes=tuple(keep_notes(record.notes, quotes)),
            abstained=abstained,
            confidence=record.confidence,
            index=record.index_digest,
            elapsed_ms=0.0,
        )


def recall_key(desk: Desk, actor: Actor, key: str) -> Recalled:
    """Return an answer of the actor's server as it stands now.

    Raises
    ------
    Refused
        If there is no such answer, or it is another server's.
    """
    with desk.store.reading() as connection:
        record = answers.get(connection, actor.server_id, key)
        if record is None:
            raise Refused(Line(Refusal.NO_ANSWER))
        return recall(desk, connection, record)


def recall(desk: Desk, connection: Connection, record: AnswerRecord) -> Recalled:
    """Return an answer as it stands now.

    A quote stands if its answer was not retracted, its article is active and has no newer text,
    and that text has the SHA-256 and the length that were cited. Places of copies that do not stand
    are left out.
    """
    named = {*record.nearest, *(citation.article_id for citation in record.citations)}
    articles = desk.store.cited(connection, record.collection, named) if named else {}
    quotes: list[Quote] = []
    gone: list[Gone] = []
    corrected: dict[int, date] = {}
    for rank, group in groupby(record.citations, lambda citation: citation.rank):
        quoted, *copies = group
        stored = None if record.retracted_at else _find_stored(quoted, articles)
        if stored is None:
            gone.append(_gone(desk, connection, record, quoted, articles))
            continue
        quotes.append(_quote(quoted, stored, _places(copies, articles)))
        if stored.revision > quoted.source_revision:
            corrected[rank] = stored.recorded
    standing = {quote.rank for quote in quotes}
    wider = (c.rank for c in record.citations if c.widened is not None and c.rank in standing)
    return Recalled(
        record,
        tuple(quotes),
        tuple(gone),
        corrected=corrected,
        widened=frozenset(wider),
        nearest=tuple(_nearest(record, articles)),
    )


def widen_quote(quote: Quote, text: str, span: Span) -> Quote:
    """Return a quote that shows a wider span of its article's text; context in it is left out."""
    return replace(
        quote,
        start=span.start,
        end=span.end,
        text=span.slice(text),
        prefix=text[max(span.start - AFFIX_CHARS, 0) : span.start],
        suffix=text[span.end : span.end + AFFIX_CHARS],
        context=tuple(at for at in quote.context if not Span(at.start, at.end).overlap(span)),
    )


@dataclass(frozen=True, slots=True)
class _Stored:
    """The article version that a citation is about, as true as when it was cited."""

    text: str
    source: SourceFields
    revision: int
    recorded: date


def _find_stored(citation: Citation, articles: Articles) -> _Stored | None:
    """Return what a citation is sliced from, None if it no longer stands."""
    article = articles.get(citation.article_id)
    if article is None or article.text is None or article.source is None:
        return None
    if (article.version, article.sha256) != (citation.version, citation.sha256):
        return None
    if max(span.end for span in _spans(citation)) > len(article.text):
        return None
    recorded = read_moment(article.recorded_at).date()
    return _Stored(article.text, source_fields(article.source), article.source_revision, recorded)


def _spans(citation: Citation) -> Iterator[Span]:
    yield citation.span
    yield from citation.context
    yield from (span for span in (citation.speaker, citation.widened) if span is not None)


def _gone(
    desk: Desk, connection: Connection, record: AnswerRecord, quoted: Citation, articles: Articles
) -> Gone:
    """Return why a quote does not stand, and since when."""
    if record.retracted_at is not None:
        day = record.retracted_at.date()
        return Gone(quoted.rank, GoneCause.RETRACTED, day, record.retracted_for)
    article = articles.get(quoted.article_id)
    if article is None:
        return Gone(quoted.rank, GoneCause.UNVERIFIED, None)
    if article.state is not State.ACTIVE:
        history = desk.store.history(connection, record.collection, quoted.article_id)
        return Gone(quoted.rank, _TAKEN_BACK[article.state], read_moment(history[-1].at).date())
    if article.version != quoted.version:
        return Gone(quoted.rank, GoneCause.CORRECTED, read_moment(article.added_at).date())
    return Gone(quoted.rank, GoneCause.UNVERIFIED, None)


def _quote(quoted: Citation, stored: _Stored, also_in: tuple[Place, ...]) -> Quote:
    """Return a citation with its words."""
    text, span = stored.text, quoted.span
    quote = Quote(
        rank=quoted.rank,
        article_id=quoted.article_id,
        version=quoted.version,
        sha256=quoted.sha256,
        start=span.start,
        end=span.end,
        text=span.slice(text),
        prefix=text[max(span.start - AFFIX_CHARS, 0) : span.start],
        suffix=text[span.end : span.end + AFFIX_CHARS],
        kind=quoted.kind,
        score=quoted.score,
        context=tuple(_excerpt(at, text) for at in quoted.context),
        speaker=None if quoted.speaker is None else _excerpt(quoted.speaker, text),
        source=stored.source,
        also_in=also_in,
    )
    return quote if quoted.widened is None else widen_quote(quote, text, quoted.widened)


def _places(copies: Iterable[Citation], articles: Articles) -> tuple[Place, ...]:
    """Return where the same words stand still."""
    found = ((copy, _find_stored(copy, articles)) for copy in copies)
    return tuple(
        Place(
            article_id=copy.article_id,
            version=copy.version,
            sha256=copy.sha256,
            start=copy.span.start,
            end=copy.span.end,
            text=copy.span.slice(stored.text),
            source=stored.source,
        )
        for copy, stored in found
        if stored is not None
    )


def _nearest(record: AnswerRecord, articles: Articles) -> Iterator[NearestSource]:
    """Yield the sources near a silence that may still be named."""
    for article_id in record.nearest:
        article = articles.get(article_id)
        if article and article.state is State.ACTIVE and article.source:
            yield NearestSource(article_id, source_fields(article.source))


def _excerpt(span: Span, text: str) -> Excerpt:
    return Excerpt(span.start, span.end, span.slice(text))
