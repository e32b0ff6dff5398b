"""Which words of a sentence point back at something that its article said before it.

Looked for, by words alone, are: a pronoun of a person whom the sentence does not name (``people``);
"it" and "they" where a clause begins, and what continues a thought or a time (``openings``); "the
report", "the two men", "such stations", and a surname alone (``nouns``). Which earlier sentence
resolves them is told by ``retrieval.introducing``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from retrieval.pointing.nouns import find_definites, find_demonstratives, find_surnames
from retrieval.pointing.openings import find_starts, points_at_thing, read_opening
from retrieval.pointing.people import find_unnamed_pronoun
from retrieval.pointing.pointer import Aim, Pointer
from retrieval.prose import Prose


def find_pointers(prose: Prose) -> Iterator[Pointer]:
    """Yield what in a sentence points back, the most telling first."""
    starts = find_starts(prose)
    yield from find_pronouns(prose, starts)
    yield from read_opening(prose, starts)
    yield from find_demonstratives(prose, starts)
    yield from find_definites(prose, starts)
    yield from find_surnames(prose, starts)


def find_pronouns(prose: Prose, starts: Sequence[int]) -> Iterator[Pointer]:
    """Yield the pronouns of a sentence that stand for what it does not name."""
    pronoun = find_unnamed_pronoun(prose)
    if pronoun is not None:
        yield Pointer(Aim.PERSON, (prose.lower[pronoun],))
    if points_at_thing(prose, starts):
        yield Pointer(Aim.THING)
