"""Which of several copies is shown: the least damaged one, then the one that is best known.

What a machine or a hurried hand does to a sentence shows without knowing its words: the full stop
is gone, marks stand in odd places, words appear that no other article holds, the end is missing, or
the others agree on words that this one lacks.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from retrieval.copying.pairing import Words
from retrieval.indexing.layout import Array

# A copy that is so much shorter than the longest one is cut, and one that shares so much less with
# the others than the one in their middle is an outlier.
CUT_SHARE = 0.8
OUTLIER_SHARE = 0.9

_ENDS_WELL = re.compile(r"[.!?\u2026][\"'\u201d\u2019\u00bb)\]]*\Z")
_ODD_MARKS = re.compile(r"\S[ \t\u00a0]{2,}\S|\s[.,;:!?](?!\.|\d)|[.!?;:]\s*[,;:]|,,|\(\s|\s\)")


@dataclass(frozen=True, slots=True)
class Sentences:
    """The sentences of a generation, as far as copies are looked for.

    Parameters
    ----------
    texts : sequence of str
        The texts of the articles.
    publishers : sequence of str or None
    first_day, last_day : numpy.ndarray, shape (n_articles,)
        As in the index; 0 for an article without a date.
    article, start, end : numpy.ndarray, shape (n_sentences,)
        Number of the article, and the span in it.
    is_caption : numpy.ndarray of bool, shape (n_sentences,)
    words : Words
    is_known : numpy.ndarray of bool, shape (n_terms,)
        Whether more articles than one hold a term.
    """

    texts: Sequence[str]
    publishers: Sequence[str | None]
    first_day: Array
    last_day: Array
    article: Array
    start: Array
    end: Array
    is_caption: Array
    words: Words
    is_known: Array

    def text(self, sentence: int) -> str:
        """Return a sentence as it stands."""
        start, end = int(self.start[sentence]), int(self.end[sentence])
        return self.texts[int(self.article[sentence])][start:end]


def order_copies(sentences: Sentences, group: Sequence[int]) -> list[int]:
    """Return copies with the best to show first; ties are settled by article id and place.

    Body sentences stand before captions, then the least damaged, then those with a named publisher,
    then dated ones.
    """
    flaws = _count_flaws(sentences, group)

    def rank(member: int) -> tuple[bool, int, bool, bool, int]:
        article = int(sentences.article[member])
        return (
            bool(sentences.is_caption[member]),
            flaws[member],
            sentences.publishers[article] is None,
            not sentences.first_day[article],
            member,
        )

    return sorted(group, key=rank)


def _count_flaws(sentences: Sentences, group: Sequence[int]) -> dict[int, int]:
    """Return how many signs of damage each copy shows."""
    texts = {member: sentences.text(member) for member in group}
    terms = {member: frozenset(sentences.words.run(member).tolist()) for member in group}
    longest = max(map(len, texts.values()))
    holders = Counter(term for held in terms.values() for term in held)
    agreement = {member: sum(holders[term] - 1 for term in held) for member, held in terms.items()}
    middle = max(agreement.values())
    usual = {term for term, count in holders.items() if count >= len(group) - 1}
    return {
        member: sum(
            (
                _ENDS_WELL.search(text) is None,
                _ODD_MARKS.search(text) is not None,
                len(text) < CUT_SHARE * longest,
                agreement[member] < OUTLIER_SHARE * middle,
                # A word of its own in place of one that the others have; not where it says more.
                not usual.issubset(terms[member])
                and not np.all(sentences.is_known[sentences.words.run(member)]),
            )
        )
        for member, text in texts.items()
    }
