"""Words that stand in for one of the question, and how a word is written in the articles."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from corpus.article import Span
from retrieval.indexing.index import Index
from retrieval.indexing.layout import Array
from retrieval.tokens import WORD, fold_word

# Where a word is looked up to see how it is written: so many passages, and sentences of each.
PASSAGES_READ = 3
SENTENCES_READ = 2
SENTENCE_CHARS = 3_000  # longer ones are lists or worse, and would take as long as a whole article


@dataclass(frozen=True, slots=True)
class Alternative:
    """A word of the collection that counts as one of the question.

    Parameters
    ----------
    term_id : int
        Of the unigram in its index.
    share : float
        How much it counts as the word asked for, above 0 and at most 1.
    """

    term_id: int
    share: float

    def __post_init__(self) -> None:
        if not 0 < self.share <= 1:
            raise ValueError(f"a share is above 0 and at most 1, not {self.share}")


def find_forms(index: Index, term: int) -> tuple[str, ...]:
    """Return how a unigram is written where it stands first.

    Returns
    -------
    tuple of str
        Each form once, in lower case unless it always has a capital, in order of place; none for a
        term that stands in titles, headings and endless sentences alone, or for the initials of a
        name that is written out.
    """
    arrays, wanted = index.arrays, index.term(term)
    first, end = arrays.passage_postings[term : term + 2]
    found: dict[str, None] = {}
    for passage in arrays.passage_rows[first : min(end, first + PASSAGES_READ)]:
        for sentence in _find_sentences(index, int(passage), term):
            found.update(dict.fromkeys(_find_words(index, int(passage), sentence, wanted)))
    lower = {word for word in found if word.islower()}
    return tuple(dict.fromkeys(word.lower() if word.lower() in lower else word for word in found))


def count_passages(index: Index, term: int) -> int:
    """Return how many passages hold a unigram."""
    first, end = index.arrays.passage_postings[term : term + 2]
    return int(end - first)


def find_range(index: Index, prefix: str) -> range:
    """Return the unigrams that start with a prefix, which must not be empty."""
    start = prefix.encode()
    first = index.find_place(start)
    return range(first, index.find_place(start + b"\xff", first=first))


def read_terms(index: Index, numbers: Array) -> list[str]:
    """Return unigrams by their ids, many at once."""
    offsets, letters = index.arrays.vocabulary_offsets, index.vocabulary_bytes()
    places = zip(offsets[numbers].tolist(), offsets[numbers + 1].tolist(), strict=True)
    return [str(letters[start:end], "utf-8", "replace") for start, end in places]


def _find_sentences(index: Index, passage: int, term: int) -> list[int]:
    """Return the numbers of the first sentences of a passage that hold a term."""
    arrays = index.arrays
    first, end = (int(number) for number in arrays.passage_offsets[passage : passage + 2])
    start, stop = int(arrays.term_offsets[first]), int(arrays.term_offsets[end])
    places = start + np.flatnonzero(arrays.sentence_terms[start:stop] == term)
    sentences = np.searchsorted(arrays.term_offsets[first : end + 1], places, side="right") - 1
    return list(dict.fromkeys(first + int(sentence) for sentence in sentences))[:SENTENCES_READ]


def _find_words(index: Index, passage: int, sentence: int, wanted: str) -> list[str]:
    """Return the words of a sentence that fold to a term, as written."""
    arrays = index.arrays
    text = index.text(int(arrays.passage_article[passage]))
    span = Span(int(arrays.sentence_start[sentence]), int(arrays.sentence_end[sentence]))
    if len(span) > SENTENCE_CHARS:
        return []
    return [word for word in WORD.findall(span.slice(text)) if fold_word(word) == wanted]
