"""A request to what is found for it: the quotes of the answer, and further ones behind "More"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.asking import drop_unverified, read_text
from bot.catalogue.asking import AskingRefusal
from bot.catalogue.lines import Line
from bot.conversation.desk import Desk, Refused
from retrieval.answer import Answer, Note, Place, Quote
from retrieval.answering import Request, answer_question
from retrieval.index import Index

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
        As `retrieval.generations.open_index` says.
    """
    index = desk.indexes.open(collection)
    answer = _answer(index, request)
    if not answer.answered:
        return Found(answer)
    wider = _answer(index, replace(request, max_quotes=MOST_QUOTES, min_confidence=0.0))
    further = [quote for quote in wider.quotes if not _is_among(quote, answer.quotes)]
    ranks = {
        quote.rank: rank
        for rank, quote in enumerate(further, start=answer.quotes[-1].rank + 1)
        if rank <= MOST_QUOTES
    }
    notes = (*answer.notes, *_move_notes(wider.notes, ranks))
    return Found(
        replace(answer, notes=notes),
        tuple(replace(q, rank=ranks[q.rank]) for q in further if q.rank in ranks),
    )


def _answer(index: Index, request: Request) -> Answer:
    try:
        answer = answer_question(index, request)
    except ValueError as error:
        if request.source is None:
            raise
        raise Refused(Line(AskingRefusal.UNKNOWN_SOURCE)) from error
    return drop_unverified(answer, lambda *version: read_text(index, *version))


def _is_among(quote: Quote, shown: Sequence[Quote]) -> bool:
    """Return whether words of a quote stand among the shown ones, be it as a copy."""
    places = [place for other in shown for place in _places(other)]
    return any(
        place.article_id == quote.article_id and place.start < quote.end and quote.start < place.end
        for place in places
    )


def _places(quote: Quote) -> tuple[Quote | Place, ...]:
    return quote, *quote.also_in


def _move_notes(notes: Sequence[Note], ranks: dict[int, int]) -> Iterator[Note]:
    """Yield what is said of the quotes with new ranks."""
    for note in notes:
        about = tuple(ranks[rank] for rank in note.quotes if rank in ranks)
        if about:
            yield replace(note, quotes=about)
