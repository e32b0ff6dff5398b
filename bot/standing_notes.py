"""What the notes of an answer still say when only some of its quotes and copies stand.

Quotes and copies fall away: they fail a check, their article is withdrawn, or they stand on another
page. A note that needs what is gone goes with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from retrieval.answer import Note, NoteKind, Quote


def keep_notes(notes: Sequence[Note], quotes: Sequence[Quote]) -> Iterator[Note]:
    """Yield the notes that hold of these quotes, without what they say of others.

    Parameters
    ----------
    quotes : sequence of Quote
        Those that stand, with those of their copies that stand; none is silence.
    """
    cited = _articles(quotes)
    for note in notes:
        about = [quote for quote in quotes if quote.rank in note.quotes]
        if _holds(note, about, quotes):
            ranks = tuple(quote.rank for quote in about)
            spans = tuple(place for place in note.spans if place.article_id in cited)
            yield replace(note, quotes=ranks, spans=spans, count=_count(note, about))


def _holds(note: Note, about: Sequence[Quote], quotes: Sequence[Quote]) -> bool:
    """Return whether enough stands for a note to be true."""
    if note.quotes and not about:
        return False
    if note.kind is NoteKind.FIGURES_DIFFER:
        return len(about) > 1
    if note.kind is NoteKind.RESPONSE:
        return len(quotes) > len(about)  # with nothing to respond to, it would mislead
    if note.kind is NoteKind.WORDING_VARIES:
        return any(place.text not in quote.text for quote in about for place in quote.also_in)
    if note.kind is NoteKind.ORIGINS:
        named_by = {place.article_id for place in note.spans}
        return bool(quotes) and named_by <= _articles(quotes)
    return bool(quotes) or note.kind is not NoteKind.PART_UNANSWERED


def _count(note: Note, about: Sequence[Quote]) -> int | None:
    """Return a note's number; articles that stand no more are not counted."""
    if note.kind is not NoteKind.ARTICLES or note.count is None:
        return note.count
    return min(note.count, len(_articles(about)))


def _articles(quotes: Sequence[Quote]) -> set[str]:
    """Return the ids of the articles that hold the words of quotes."""
    copies = {place.article_id for quote in quotes for place in quote.also_in}
    return {quote.article_id for quote in quotes} | copies
