"""Misspelt words: the words of the collection that were probably meant.

Only a word that no article holds is repaired, so a right word that the collection happens to lack
must be told from a wrong one without a dictionary. Slips of the fingers help: letters that changed
places, a letter doubled or not, one left out or put in, one vowel for another. The shorter a word,
the more right words lie that near to it by chance, so the fewer slips are believed. Words are
compared as they are written in the articles, not as stems, which lie nearer to each other.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import IntEnum

import numpy as np

from retrieval.indexing.index import Index
from retrieval.indexing.layout import Array
from retrieval.question.alternatives import (
    Alternative,
    count_passages,
    find_forms,
    find_range,
    read_terms,
)
from retrieval.tokens import STOP_WORDS, fold_word


class Slip(IntEnum):
    """What went wrong in one place of a word, the likeliest first."""

    SWAPPED = 1
    DOUBLED = 2
    VOWEL = 3
    MISSED = 4
    ADDED = 5
    OTHER = 6


MOST_REPAIRS = 2

# The shortest word, in letters, in which each slip is believed, and how many passages hold a word
# that is likely enough for it to be one letter shorter. Measured with words of Wikipedia questions
# on collections of 5, 48 and 96 articles: right words that these lack, and words with one slip.
_SHORTEST = {
    Slip.SWAPPED: 5,
    Slip.DOUBLED: 6,
    Slip.MISSED: 7,
    Slip.VOWEL: 8,
    Slip.ADDED: 8,
    Slip.OTHER: 9,
}
_COMMON_PASSAGES = 4
_SHORTEST_WORD = 4
_SHORTEST_NAME = 6
_SHORTEST_STEM = 5  # of a word whose ending is misspelt
_VOWELS = frozenset("aeiouy")
_ENDINGS = ("s", "es", "d", "ed", "ing", "ly")

# How much a repaired word counts as the one that was meant.
SHARE = 0.8


def find_repairs(index: Index, word: str, *, is_name: bool = False) -> tuple[Alternative, ...]:
    """Return the words of the collection that a word which no article holds may stand for.

    Parameters
    ----------
    word : str
        As typed. Numbers, short words and words with other than Latin letters are never repaired.
    is_name : bool
        Whether it has a capital in the middle of a question that is written normally.

    Returns
    -------
    tuple of Alternative
        At most `MOST_REPAIRS`, the likeliest slip first, then the word that more passages hold,
        then by term. None if an article holds the word, or if it is no slip away from any.
    """
    typed, term = word.lower(), fold_word(word)
    if not (typed.isascii() and typed.isalpha() and term) or index.find_term(term) is not None:
        return ()
    if len(typed) < (_SHORTEST_NAME if is_name else _SHORTEST_WORD):
        return ()
    found: list[tuple[Slip, int, int]] = []
    for stem_slip, candidate in _find_candidates(index, typed, term):
        if found and stem_slip > min(found)[0]:
            break  # the rest are less likely
        n_passages = count_passages(index, candidate)
        likely = n_passages >= _COMMON_PASSAGES
        forms = find_forms(index, candidate)
        slips = [_find_slip(typed, form.lower(), likely) for form in forms]
        believed = [slip for slip in slips if slip is not None]
        if believed:
            found.append((min(believed), -n_passages, candidate))
    best = sorted(found)[:MOST_REPAIRS]
    return tuple(Alternative(term_id, SHARE) for _, _, term_id in best)


def is_slip_of_stop_word(word: str) -> bool:
    """Return whether a word in lower case is one slip away from one that carries no meaning.

    To be asked of words that no article holds: "waht" and "bein" say nothing, and are not missed.
    """
    if len(word) < _SHORTEST_WORD or not (word.isascii() and word.islower()):
        return False
    return any(
        other[0] == word[0] and _compare(word, other) not in {None, Slip.OTHER, Slip.VOWEL}
        for other in STOP_WORDS
        if len(other) >= _SHORTEST_WORD
    )


def _find_candidates(index: Index, typed: str, term: str) -> list[tuple[Slip, int]]:
    """Return the unigrams that may be one slip away from a word and its term, likeliest first.

    One slip leaves the first half of a term as it is, or what follows its middle. One in the ending
    of a word hides its stem. A wrong first letter is too rare to look for, but the first two may
    have changed places.
    """
    half = (len(term) + 1) // 2
    same_half = find_range(index, term[:half])
    near = dict(_select(index, same_half, term, ending=""))
    near.update(_select(index, find_range(index, term[0]), term, ending=term[half + 1 :]))
    swapped = index.find_term(term[1::-1] + term[2:])
    if swapped is not None:
        near[swapped] = index.term(swapped)
    found = {}
    for number, other in near.items():
        slip = _compare(term, other)
        if _is_believed(slip, len(typed) + 1):
            found[number] = slip or Slip.OTHER
        elif len(other) >= _SHORTEST_STEM and typed.startswith(other[:-1]):
            found[number] = Slip.OTHER
    return sorted((slip, number) for number, slip in found.items())


def _select(index: Index, terms: range, term: str, *, ending: str) -> Iterator[tuple[int, str]]:
    """Yield those of the terms that are not much longer than the wanted one and end as it does.

    Without an ending, shorter ones may be the stem of a word whose ending is misspelt.
    """
    offsets = index.arrays.vocabulary_offsets[terms.start : terms.stop + 1]
    sizes = np.diff(offsets)
    chosen = (sizes <= len(term) + 1) & (sizes >= (len(term) - 1 if ending else 1))
    ends: Array = offsets[1:][chosen]
    numbers: Array = terms.start + np.flatnonzero(chosen)
    letters = np.frombuffer(index.vocabulary_bytes(), np.uint8)
    for back, letter in enumerate(reversed(ending), start=1):
        alike = letters[ends - back] == ord(letter)
        ends, numbers = ends[alike], numbers[alike]
    return zip(numbers.tolist(), read_terms(index, numbers), strict=True)


def _find_slip(typed: str, written: str, likely: bool) -> Slip | None:  # noqa: FBT001 (private)
    """Return the slip that tells two words apart, whatever their endings; None if it is not one.

    What is left without its ending must be long enough for the slip by itself.
    """
    pairs = [(typed, written)]
    pairs += [(typed.removesuffix(ending), written) for ending in _ENDINGS]
    pairs += [(typed, written.removesuffix(ending)) for ending in _ENDINGS]
    slips = [(_compare(*pair), max(map(len, pair)) + likely) for pair in pairs]
    return min((slip for slip, size in slips if slip and _is_believed(slip, size)), default=None)


def _is_believed(slip: Slip | None, length: int) -> bool:
    """Return whether a slip is likely in a word of so many letters."""
    return slip is not None and length >= _SHORTEST[slip]


def _compare(typed: str, written: str) -> Slip | None:
    """Return the one slip that makes a word of another."""
    if abs(len(typed) - len(written)) > 1 or typed == written:
        return None
    shorter = min(len(typed), len(written))
    at = next((at for at in range(shorter) if typed[at] != written[at]), shorter)
    if len(typed) == len(written):
        return _compare_letters(typed[at:], written[at:])
    longer, rest = (typed, written[at:]) if len(typed) > len(written) else (written, typed[at:])
    if longer[at + 1 :] != rest:
        return None
    if longer[at] in (longer[at - 1 : at], longer[at + 1 : at + 2]):
        return Slip.DOUBLED
    return Slip.ADDED if longer is typed else Slip.MISSED


def _compare_letters(typed: str, written: str) -> Slip | None:
    """Return the slip between words of one length, from the first letter on that differs."""
    if typed[1:] == written[1:]:
        return Slip.VOWEL if _VOWELS.issuperset((typed[0], written[0])) else Slip.OTHER
    if typed[:2] == written[1::-1] and typed[2:] == written[2:]:
        return Slip.SWAPPED
    return None
