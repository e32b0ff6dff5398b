"""A request to what is found for it: the quotes of the answer, and further ones behind "More"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.asking import drop_unverified, read_text
from bot.catalogue.asking import AskingRefusal
from bot.catalogue.lines import Line
from bot.conversation.desk import Desk, Refused
from retrieval.answer import Answer, Place, Quote
from retrieval.answering import Request, answer_with_further
from retrieval.indexing.index import Index
from retrieval.noting import quote_notes
from retrieval.verification import verify_quotes

MOST_QUOTES = 9  # of an answer, with its further pages


@dataclass(frozen=True, slots=True)
class Found:
    """An answer, and the quotes that its further pages show; their ranks go on after its own."""

    answer: Answer
    further: tuple[Quote, ...] = ()


def search(desk: Desk, collection: str, request: Request) -> Found:
    """Answer a question from a collection; whether to answer is decided by the first quotes alone.

    Raises
    ------
    Refused
        If no article is of the source that was asked for.
    corpus.errors.CorpusError
        As `retrieval.indexing.generations.open_index` says.
    """
    index = desk.indexes.open(collection)

    def read(article_id: str, version: int) -> str | None:
        return read_text(index, article_id, version)

    answer, further = _answer(index, request)
    answer = drop_unverified(answer, read)
    if not answer.answered:
        return Found(answer)
    beside, _ = verify_quotes(further, read)
    ranks = range(answer.quotes[-1].rank + 1, MOST_QUOTES + 1)
    unshown = (quote for quote in beside if not _is_among(quote, answer.quotes))
    ranked = tuple(replace(quote, rank=rank) for rank, quote in zip(ranks, unshown, strict=False))
    return Found(replace(answer, notes=(*answer.notes, *quote_notes(ranked))), ranked)


def _answer(index: Index, request: Request) -> tuple[Answer, tuple[Quote, ...]]:
    try:
        return answer_with_further(index, request, most_quotes=MOST_QUOTES)
    except ValueError as error:
        if request.source is None:
            raise
        raise Refused(Line(AskingRefusal.UNKNOWN_SOURCE)) from error


def _is_among(quote: Quote, shown: Sequence[Quote]) -> bool:
    """Return whether words of a quote stand among the shown ones, be it as a copy."""
    places = [place for other in shown for place in _places(other)]
    return any(
        place.article_id == quote.article_id and place.start < quote.end and quote.start < place.end
        for place in places
    )


def _places(quote: Quote) -> tuple[Quote | Place, ...]:
    return quote, *quote.also_in
