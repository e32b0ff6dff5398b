"""What a quote needs beside it: the sentence that names its "she", "it" or "the report".

A reader must know who "he" is, and which report "the report". The words that point back are told by
``pointing``, the earlier sentence that resolves them by ``introducing``. Context that is not needed
hides the quote, so a sentence that points at nothing stands alone, and nothing is shown for a noun
or surname that no sentence introduces; where no sentence near a pronoun names anybody, the one
directly before is shown, as a reader of the article would have read it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from retrieval.introducing import find_introduction
from retrieval.pointing import find_pointers, find_pronouns
from retrieval.pointing.nouns import DOCUMENTS
from retrieval.pointing.openings import find_starts
from retrieval.pointing.pointer import Aim, Pointer
from retrieval.prose import Prose, read_prose

# Two sentences of context together are at most so long; else the nearer one must do.
MAX_CONTEXT_CHARS = 500


def find_context(sentences: Sequence[str], before: Sequence[str]) -> tuple[int, ...]:
    """Return which earlier sentences a quote needs beside it.

    Parameters
    ----------
    sentences : sequence of str
        The sentences of the quote, in order: of those behind the first only pronouns count.
    before : sequence of str
        The sentences of the article before it, nearest first.

    Returns
    -------
    tuple of int
        At most two places in ``before``, in order of the article: none if the quote can stand
        alone, two if the sentence that names its "it" says no more than "the report".
    """
    if not before:
        return ()
    first = read_prose(sentences[0])
    place = _resolve(find_pointers(first), before)
    if place is None:
        place = _find_later(sentences, before)
        return () if place is None else (place,)
    further = _resolve(_find_unresolved(read_prose(before[place])), before[place + 1 :])
    if further is None:
        return (place,)
    further += place + 1
    is_long = len(before[place]) + len(before[further]) > MAX_CONTEXT_CHARS
    return (place,) if is_long else (further, place)


def _resolve(pointers: Iterator[Pointer], before: Sequence[str]) -> int | None:
    """Return where the first pointer that can be resolved leads."""
    if not before:
        return None
    places = (find_introduction(pointer, before) for pointer in pointers)
    return next((place for place in places if place is not None), None)


def _find_unresolved(prose: Prose) -> Iterator[Pointer]:
    """Yield what in a context sentence must be known as well."""
    for pointer in find_pointers(prose):
        is_document = pointer.aim is Aim.NOUN and pointer.words[-1] in DOCUMENTS
        if is_document or pointer.aim in (Aim.PERSON, Aim.THING, Aim.SPEAKER):
            yield pointer


def _find_later(sentences: Sequence[str], before: Sequence[str]) -> int | None:
    """Return where the pronoun of a later sentence leads, if that is before the quote."""
    for number in range(1, len(sentences)):
        earlier = [*reversed(sentences[:number]), *before]
        prose = read_prose(sentences[number])
        place = _resolve(find_pronouns(prose, find_starts(prose)), earlier)
        if place is not None and place >= number:
            return place - number
    return None
