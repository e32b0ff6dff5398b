"""Which figure of a sentence is the one asked for.

A sentence may hold several numbers, and a wrong one side by side with a right one misleads. So a
count must stand before what is counted, in the same part of the sentence as what is said of it, and
a sentence in which two numbers could be meant gives none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from corpus.article import Span
from retrieval.comparing.asked import COUNT, DATE, Asked
from retrieval.comparing.counted import tie_count
from retrieval.comparing.dated import find_dated
from retrieval.comparing.dates import NamedDate, differ
from retrieval.comparing.kinship import are_related
from retrieval.comparing.numbers import AGE, Amount, agree, may_hold_amounts, read_amounts
from retrieval.comparing.stating import BREAKS, Stated, Word, read_words

# Shares of the question's terms that a sentence must hold for its number to be the one asked for.
# At half of them it would do that one of two is missing: the name. A measure or a date is tied to
# its thing by these terms alone.
COUNT_COVERAGE = 0.6
COVERAGE = 0.8

# A sentence with more numbers is a table.
AMOUNTS_READ = 20

_JOINTS = r", | and | while | but | with | of whom "
# What makes a number a part, a rest or a difference.
_NO_TOTAL_BEFORE = (
    r"(?i:\b(?:including|includ(?:es|ed?)|another|other|further|additional|extra|every|each"
    r"|compared (?:with|to)|than the"
    r"|(?:up|down|rose|risen|fell|fallen|dropped|increased|grew) (?:by|from)"
    r"|of (?:the|its|their|those|these)|the (?:first|last|next|other))[ \u201c\u2018]$"
    r"|\bof (?:the|those|these|them)\b[^,]*, $)"
)
_NO_TOTAL_AFTER = (
    r"(?i: (?:(?:more|other|others|further|additional|extra|fewer|new)\b"
    r"|of (?:the|them|those|these|its|their|whom|our)\b"
    r"|(?:years?|months?|weeks?|days?|hours?|minutes?) (?:ago|later|earlier)\b))"
)
_AGO = r" (?:ago|later|earlier|after|before|since|into)\b"
_TITLES = frozenset("Mr Ms Mrs Miss Dr Sir Dame President Minister Senator Professor".split())


def find_stated(asked: Asked, text: str) -> Stated | None:
    """Return the figure of a sentence that is asked for, None if there is none or it is unsure."""
    if DATE not in asked.units and not may_hold_amounts(text):
        return None
    words = read_words(text)
    is_count = COUNT in asked.units
    named = {term for name in asked.names for term in name}
    rest = [term for term in asked.terms if term not in named]
    coverage = _share_held(rest, {word.term for word in words if word.term})
    if coverage < (COUNT_COVERAGE if is_count else COVERAGE) or not _holds_names(asked, words):
        return None
    if DATE in asked.units:
        return find_dated(asked, text, words)
    amounts = read_amounts(text)
    if not amounts or len(amounts) > AMOUNTS_READ:
        return None
    parts = list(_part(text, [amount.span for amount in amounts]))
    found = [
        stated
        for amount, part in zip(amounts, parts, strict=True)
        if amount.unit in asked.units and (stated := _tie(asked, text, words, amount, part))
    ]
    return _choose(found)


def _share_held(terms: Sequence[str], held: set[str]) -> float:
    """Return the share of terms that a sentence holds, itself or a kin."""
    if not terms:
        return 1.0
    n_held = sum(term in held or any(are_related(term, other) for other in held) for term in terms)
    return n_held / len(terms)


def _holds_names(asked: Asked, words: Sequence[Word]) -> bool:
    """Return whether a sentence holds the question's names whole, or a surname by itself.

    Half of "Linn Technical University" names another university, and so does more than it.
    """
    terms = [word.term for word in words if word.term]
    return all(
        _holds_run(name, terms) or (len(name) == 2 and _stands_alone(name[-1], words))
        for name in asked.names
    )


def _holds_run(name: Sequence[str], terms: Sequence[str]) -> bool:
    """Return whether the terms of a name stand side by side."""
    starts = (place for place, term in enumerate(terms) if are_related(name[0], term))
    return any(
        len(terms) - place >= len(name)
        and all(map(are_related, name, terms[place : place + len(name)]))
        for place in starts
    )


def _stands_alone(term: str, words: Sequence[Word]) -> bool:
    """Return whether a name stands somewhere without another name before it."""
    capitals = [word.text[0].isupper() for word in words]
    return any(
        word.term == term
        and capitals[place]
        and (place == 0 or not capitals[place - 1] or words[place - 1].text in _TITLES)
        for place, word in enumerate(words)
    )


def _part(text: str, spans: Sequence[Span]) -> Iterator[Span]:
    """Yield for each number the stretch of its sentence that no other number shares."""
    edges = [0]
    for first, second in pairwise(spans):
        joints = [
            found.start() for found in re.compile(_JOINTS).finditer(text, first.end, second.start)
        ]
        edges.append(joints[-1] if joints else second.start)
    edges.append(len(text))
    for span, (start, end) in zip(spans, pairwise(edges), strict=True):
        breaks = [found.end() for found in re.compile(BREAKS).finditer(text, start, span.start)]
        stop = re.compile(BREAKS).search(text, span.end, end)
        yield Span(breaks[-1] if breaks else start, stop.start() if stop else end)


def _tie(
    asked: Asked, text: str, words: Sequence[Word], amount: Amount, part: Span
) -> Stated | None:
    """Return the amount as the figure asked for, if the words around tie it to the question."""
    span = amount.span
    before = text[max(part.start - 80, 0) : span.start]
    if re.compile(_NO_TOTAL_BEFORE).search(before) or re.compile(_NO_TOTAL_AFTER).match(
        text, span.end
    ):
        return None
    near = [word for word in words if part.start <= word.start < part.end]
    if asked.verbs and not any(word.term in asked.verbs for word in near):
        return None
    if asked.head:
        return tie_count(asked, text, words, amount, part)
    if re.compile(_AGO).match(text, span.end) or not _share_held(
        asked.terms, {word.term for word in near}
    ):
        return None
    if amount.unit == AGE and _is_of_another(asked, text, words, amount):
        return None
    return Stated(span, span.end, part.end, amount.unit, amount)


def _is_of_another(asked: Asked, text: str, words: Sequence[Word], amount: Amount) -> bool:
    """Return whether an age belongs to whom the question does not name: "a 20-year-old son"."""
    after = next((word for word in words if word.start >= amount.span.end), None)
    if after is None or text[amount.span.end : after.start] != " ":
        return False
    return after.term not in ("", *asked.terms) and after.text[0].islower()


def _choose(found: Sequence[Stated]) -> Stated | None:
    """Return the one figure, or the first of several that agree."""
    for stated in found[1:]:
        if not _agree(stated, found[0]):
            return None
    return found[0] if found else None


def _agree(first: Stated, second: Stated) -> bool:
    if isinstance(first.amount, Amount) and isinstance(second.amount, Amount):
        return first.amount.unit == second.amount.unit and agree(first.amount, second.amount)
    if isinstance(first.amount, NamedDate) and isinstance(second.amount, NamedDate):
        return not differ(first.amount, second.amount)
    return False
