"""Which sentences are copies of one another: the same statement in the same words, or nearly.

Copies that editors or machines reworded share most of their words in the same order. Two sentences
can share as much and still say different things: a figure, a name or a "not" makes the difference.
So copies must agree in these as well, and in words that turn a statement into its opposite. The
lists cannot be complete: a copy in other words is therefore shown with its words beside the quote.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher

from retrieval.expecting import is_number
from retrieval.tokens import find_words, fold_word

# The share of words, in the same order, that copies have in common (twice those they share over
# those of both). Rewordings of one quotation in five news articles reach 0.75.
COPY_SHARE = 0.75

# Of each line, copies hold the same words or none.
_OPPOSITES = tuple(
    frozenset(fold_word(word) for word in line.split())
    for line in (
        "confirmed denied rejected dismissed refused declined admitted retracted",
        "guilty innocent acquitted convicted",
        "true false correct wrong misleading",
        "raised lowered increased decreased rose fell grew shrank up down higher lower",
        "won lost defeated beaten",
        "opened closed started stopped began ended",
        "failed succeeded",
        "supported opposed approved banned allowed forbidden legal illegal",
        "alive dead survived died",
    )
)
_NEGATIONS = frozenset({"not", "no", "never", "nor", "neither", "none", "nobody", "cannot"})


@dataclass(frozen=True, slots=True)
class Wording:
    """A sentence as far as copies are compared.

    Parameters
    ----------
    terms : tuple of str
        In order of place.
    facts : frozenset of str
        Those of its numbers and names.
    is_negated : bool
    leanings : tuple of frozenset of str
        Those of its words that have opposites.
    """

    terms: tuple[str, ...]
    facts: frozenset[str]
    is_negated: bool
    leanings: tuple[frozenset[str], ...]


def read_wording(sentence: str) -> Wording:
    """Return the wording of a sentence."""
    words = list(find_words(sentence))
    terms = [fold_word(word) for word in words]
    return Wording(
        terms=tuple(filter(None, terms)),
        facts=frozenset(
            term
            for place, (word, term) in enumerate(zip(words, terms, strict=True))
            if term and (is_number(word) or (place and word[0].isupper()))
        ),
        is_negated=any(_is_negation(word.lower()) for word in words),
        leanings=tuple(opposites.intersection(terms) for opposites in _OPPOSITES),
    )


def is_copy(one: Wording, other: Wording) -> bool:
    """Return whether two sentences make one statement in the same words, or nearly."""
    if one.is_negated != other.is_negated or one.leanings != other.leanings:
        return False
    if not (one.facts.issubset(other.terms) and other.facts.issubset(one.terms)):
        return False
    if one.terms == other.terms:
        return True
    # Its "automatic junk" looks at 200 words or more only, where it keeps the time in bounds.
    return SequenceMatcher(None, one.terms, other.terms).ratio() >= COPY_SHARE


def _is_negation(word: str) -> bool:
    return word in _NEGATIONS or word.endswith(("n't", "n\u2019t"))
