"""Which sentences are copies of one another: the same statement in the same words, or nearly.

Copies that editors or machines reworded share most of their words in the same order. Two sentences
can share as much and still say different things: a figure, a name or a "not" makes the difference.
So copies must agree in these as well, in what is counted, in the order of figures and names, and in
words that turn a statement into its opposite. The lists cannot be complete: a copy in other words
is therefore shown with its words beside the quote.

Copies are found when a generation is built (`retrieval.copying.alignment`), and looked up with
`retrieval.copying.groups`, which an answer loads instead of all this.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import pairwise

from retrieval.copying.contrasts import (
    ALTERNATIVES,
    OPPOSITES,
    REVERSING,
    SAID,
    fold_spelling,
    is_done_by,
    is_negation,
)
from retrieval.question.kinds import is_number
from retrieval.tokens import find_words, fold_word

# The share of words, in the same order, that copies have in common (twice those they share over
# those of both). Rewordings of one quotation in five news articles reach 0.75.
COPY_SHARE = 0.75

# ... and where their articles copy one story, as several other sentences show.
STORY_SHARE = 0.5

_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_ROOT = 4  # so many letters in common, and two stems are taken for forms of one word


@dataclass(frozen=True, slots=True)
class Wording:
    """A sentence as far as copies are compared.

    Parameters
    ----------
    terms : tuple of str
        In order of place.
    facts : frozenset of str
        Those of its numbers and names.
    figures : tuple of (str, str)
        Its numbers in order of place, each with the term after it ("" at the end, and for a year).
    runs : dict of str to int
        Each term to where it stands first; words of one name stand in one place.
    is_negated : bool
    leanings, choices : frozenset of str
        Those of its words that have opposites, and alternatives.
    done_by : frozenset of str
        What is said to be done by someone.
    words : frozenset of str
        All its words in lower case.
    """

    terms: tuple[str, ...]
    facts: frozenset[str]
    figures: tuple[tuple[str, str], ...]
    runs: dict[str, int]
    is_negated: bool
    leanings: frozenset[str]
    choices: frozenset[str]
    done_by: frozenset[str]
    words: frozenset[str]


def read_wording(sentence: str) -> Wording:
    """Return the wording of a sentence."""
    words = list(find_words(sentence))
    plain = [word.lower() for word in words]
    terms = [_respell(word) for word in words]
    kept = [(word, term) for word, term in zip(words, terms, strict=True) if term]
    following = [*(term for _, term in kept[1:]), ""]
    numbers = {word for word in words if is_number(word) and word.lower() != "one"}  # "no one"
    return Wording(
        terms=tuple(term for _, term in kept),
        facts=frozenset(
            term
            for place, (word, term) in enumerate(zip(words, terms, strict=True))
            if term and (word in numbers or (place and word[0].isupper()))
        ),
        figures=tuple(
            (term, "" if _YEAR.fullmatch(term) else after)
            for (word, term), after in zip(kept, following, strict=False)
            if word in numbers
        ),
        runs=_number_runs(kept),
        is_negated=any(is_negation(word) for word in plain),
        leanings=OPPOSITES.intersection(plain),
        choices=frozenset(ALTERNATIVES.keys() & set(plain)),
        done_by=frozenset(word for word, after in pairwise(plain) if is_done_by(word, after)),
        words=frozenset(plain),
    )


def is_copy(one: Wording, other: Wording) -> bool:
    """Return whether two sentences, of whatever articles, make one statement in the same words.

    One of them may say more than the other, but neither may put a word in place of another: a story
    told anew each week does ("wheat fell", "barley fell").
    """
    if not agree_in_facts(one, other):
        return False
    if one.terms == other.terms:
        return True
    mine, theirs = Counter(one.terms), Counter(other.terms)
    if _lacks(mine - theirs, theirs - mine) and _lacks(theirs - mine, mine - theirs):
        return False
    matched = _count_matched(one, other)
    return matched >= COPY_SHARE * _mean_length(one, other) and matched == (mine & theirs).total()


def is_rewording(one: Wording, other: Wording) -> bool:
    """Return whether two sentences of articles that copy one story make one statement."""
    if not agree_in_facts(one, other):
        return False
    matched = _count_matched(one, other)
    if matched < len(one.terms) and sorted(one.terms) == sorted(other.terms):
        return False  # the same words in another order: who did it to whom
    return matched >= STORY_SHARE * _mean_length(one, other)


def agree_in_facts(one: Wording, other: Wording) -> bool:
    """Return whether nothing tells that two sentences of like words make different statements."""
    if one.is_negated != other.is_negated or one.leanings != other.leanings:
        return False
    if not (one.facts.issubset(other.runs) and other.facts.issubset(one.runs)):
        return False
    return all(
        alike(one, other)
        for alike in (_choose_alike, _count_alike, _keep_order, _do_alike, _affirm_alike)
    )


def tell_of_one(one: Wording, other: Wording) -> bool:
    """Return whether two aligned sentences may tell of one event, though one says more of it.

    Each has numbers and names of its own where the same is told of two: of last week's match and
    of this week's.
    """
    if one.figures and other.figures and not _count_alike(one, other):
        return False
    mine, theirs = one.facts - other.runs.keys(), other.facts - one.runs.keys()
    if not mine or not theirs:
        return True
    return not (_lacks(mine, other.runs) and _lacks(theirs, one.runs))


def _lacks(terms: Iterable[str], others: Iterable[str]) -> bool:
    """Return whether one of some terms is no form of any other term, nor a word for "said"."""
    roots = {term[:_ROOT] for term in others}
    return any(term[:_ROOT] not in roots and term not in SAID for term in terms)


def _count_matched(one: Wording, other: Wording) -> int:
    """Return how many terms two sentences share in the same order.

    The matcher's "automatic junk" looks at 200 words or more only, where it bounds the time.
    """
    first, second = sorted((one.terms, other.terms))  # its matches depend on which comes first
    blocks = SequenceMatcher(None, first, second).get_matching_blocks()
    return sum(block.size for block in blocks)


def _mean_length(one: Wording, other: Wording) -> float:
    return (len(one.terms) + len(other.terms)) / 2


@lru_cache(maxsize=1 << 16)
def _respell(word: str) -> str:
    return fold_spelling(fold_word(word))


def _number_runs(kept: list[tuple[str, str]]) -> dict[str, int]:
    """Return the place of each term, where neighbouring words with capitals share one."""
    runs: dict[str, int] = {}
    place, was_name = 0, False
    for word, term in kept:
        is_name = word[0].isupper()
        place += not (is_name and was_name)
        was_name = is_name
        runs.setdefault(term, place)
    return runs


def _choose_alike(one: Wording, other: Wording) -> bool:
    """Return whether neither sentence holds an alternative in place of the other's."""
    mine, theirs = one.choices - other.choices, other.choices - one.choices
    return {ALTERNATIVES[word] for word in mine}.isdisjoint(ALTERNATIVES[word] for word in theirs)


def _count_alike(one: Wording, other: Wording) -> bool:
    """Return whether two sentences hold the same numbers in the same order, of the same things."""
    if [number for number, _ in one.figures] != [number for number, _ in other.figures]:
        return False
    return all(
        first in other.runs or second in one.runs or first[:_ROOT] == second[:_ROOT]
        for (_, first), (_, second) in zip(one.figures, other.figures, strict=True)
        if first and second
    )


def _keep_order(one: Wording, other: Wording) -> bool:
    """Return whether the names and numbers of two sentences follow one another in one order."""
    facts = one.facts | other.facts
    places = sorted((one.runs[fact], other.runs[fact]) for fact in facts)
    reached, within = 0, 0
    for (before, _), (now, there) in pairwise([(0, 0), *places]):
        if now != before:
            reached = within
        if there < reached:
            return False
        within = max(within, there)
    return True


def _do_alike(one: Wording, other: Wording) -> bool:
    """Return whether what is done by someone in one sentence is not done to them in the other."""
    only = {_respell(word) for word in one.done_by ^ other.done_by} - SAID
    return only.isdisjoint(one.runs.keys() & other.runs.keys())


def _affirm_alike(one: Wording, other: Wording) -> bool:
    """Return whether no word of one sentence is turned round by a prefix in the other: "unsafe"."""
    mine, theirs = one.words - other.words, other.words - one.words
    return not any(
        prefix + word in opposite
        for words, opposite in ((mine, theirs), (theirs, mine))
        for word in words
        for prefix in REVERSING
    )
