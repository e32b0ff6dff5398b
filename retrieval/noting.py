"""What may be said about quotes: notes, each backed by spans or counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from corpus.samples import is_sample
from retrieval.answer import Note, NoteKind, NotePlace, Quote
from retrieval.arranging import Arranged, Cue
from retrieval.comparing.wordings import find_quotation, varies
from retrieval.copying.origins import origins_behind
from retrieval.indexing.index import Index
from retrieval.quoting import Selection, article_of


def quote_notes(quotes: Sequence[Quote]) -> Iterator[Note]:
    """Yield what the quotes' own fields tell, in a fixed order."""
    captions = [quote for quote in quotes if quote.kind == "caption"]
    if captions:
        spans = tuple(NotePlace(q.article_id, q.version, q.start, q.end) for q in captions)
        yield Note(NoteKind.CAPTION, tuple(quote.rank for quote in captions), spans)
    undated = tuple(quote.rank for quote in quotes if quote.source.published is None)
    if undated:
        yield Note(NoteKind.NO_DATE, undated)
    samples = tuple(q.rank for q in quotes if is_sample(q.source.publisher, q.source.file))
    if samples:
        yield Note(NoteKind.SAMPLE, samples)
    yield from filter(None, map(_note_wordings, quotes))


def note_arranged(index: Index, arranged: Arranged, *, n_searched: int) -> Iterator[Note]:
    """Yield what the order of the quotes tells: figures that differ, a claim and its response."""
    if arranged.differing:
        ranks = tuple(_rank_of(arranged, cue.sentence) for cue in arranged.differing)
        spans = tuple(_place_of(index, cue) for cue in arranged.differing)
        yield Note(NoteKind.FIGURES_DIFFER, ranks, spans)
    if arranged.response is not None:
        rank = _rank_of(arranged, arranged.response.sentence)
        if len(arranged.selections) > 1:
            yield Note(NoteKind.RESPONSE, (rank,), (_place_of(index, arranged.response),))
    elif arranged.claims:
        claims = sorted({_rank_of(arranged, sentence) for sentence in arranged.claims})
        yield Note(NoteKind.NO_RESPONSE, tuple(claims), count=n_searched)


def note_origins(
    index: Index, selections: Sequence[Selection], quotes: Sequence[Quote]
) -> Iterator[Note]:
    """Yield how many articles, and how many origins that they name, stand behind the quotes."""
    holders = {one.article for one in selections}
    holders |= {article_of(index, copy) for one in selections for copy in one.copies}
    if len(holders) > 1:
        ranks = tuple(quote.rank for quote in quotes)
        yield Note(NoteKind.ARTICLES, ranks, count=len(holders))
    origins = origins_behind(index, sorted(holders))
    if origins:
        spans = []
        for article, span in origins:
            record = index.record(article)
            spans.append(NotePlace(record.article_id, record.version, span.start, span.end))
        yield Note(NoteKind.ORIGINS, spans=tuple(spans), count=len(spans))


def _rank_of(arranged: Arranged, sentence: int) -> int:
    """Return the rank of the quote that holds a sentence."""
    return next(
        rank
        for rank, one in enumerate(arranged.selections, start=1)
        if one.first <= sentence <= one.last
    )


def _place_of(index: Index, cue: Cue) -> NotePlace:
    record = index.record(article_of(index, cue.sentence))
    return NotePlace(record.article_id, record.version, cue.span.start, cue.span.end)


def _note_wordings(quote: Quote) -> Note | None:
    """Return the note that a quotation stands in other words in copies of its sentence."""
    places = [(quote.article_id, quote.version, quote.start, quote.text)] if quote.also_in else []
    places += [(one.article_id, one.version, one.start, one.text) for one in quote.also_in]
    found = [(place, span) for place in places if (span := find_quotation(place[3])) is not None]
    if not varies([span.slice(text) for (_, _, _, text), span in found]):
        return None
    spans = tuple(
        NotePlace(article_id, version, start + span.start, start + span.end)
        for (article_id, version, start, _), span in found
    )
    return Note(NoteKind.WORDING_VARIES, (quote.rank,), spans)
