"""A question as weighted terms: those it is typed with, and what counts as them."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from retrieval.indexing.index import Index
from retrieval.question.alternatives import Alternative
from retrieval.question.families import find_family
from retrieval.question.spelling import find_repairs, is_slip_of_stop_word
from retrieval.tokens import find_question_words


@dataclass(frozen=True, slots=True)
class QueryTerm:
    """A distinct word of the question.

    Parameters
    ----------
    term : str
        Folded.
    written : str
        As typed.
    number : int or None
        Its id, if the collection holds it.
    alternatives : tuple of Alternative
        Other words of the collection that count as it: repaired, or of its family.
    idf : float
        Its own; else that of what counts most as it; else that of a term of one passage.
    is_name : bool
        Whether it is written with a capital, by the asker or in the articles.
    """

    term: str
    written: str
    number: int | None
    alternatives: tuple[Alternative, ...]
    idf: float
    is_name: bool


@dataclass(frozen=True, slots=True)
class Query:
    """A question as weighted terms.

    Parameters
    ----------
    terms : tuple of QueryTerm
        In order of first place.
    bigrams : dict of (int, int) to int
        Neighbours in the question that stand together somewhere, with the bigram's id.
    weights : dict of int to float
        Of unigrams and bigrams by term id, of Euclidean length 1; empty if nothing is known.
    """

    terms: tuple[QueryTerm, ...]
    bigrams: dict[tuple[int, int], int]
    weights: dict[int, float]

    @property
    def n_known(self) -> int:
        """Return how many of the terms the collection holds as typed."""
        return sum(one.number is not None for one in self.terms)


def weigh_query(index: Index, question: str) -> Query:
    """Return a question's terms with their weights.

    A word that no article holds is searched for as the words that it may be a slip or a relative
    of, by their shares; a word that is held has relatives too, which count where it is missing.
    """
    words = find_question_words(question)
    first: dict[str, str] = {}
    for term, word in words:
        first.setdefault(term, word)
    read = {term: _read_term(index, term, word, question) for term, word in first.items()}
    terms = {
        term: one
        for term, one in read.items()
        if one.number is not None or one.alternatives or not is_slip_of_stop_word(one.written)
    }
    ids = [terms[term].number for term, _ in words if term in terms]
    pairs = [pair for pair in pairwise(ids) if None not in pair]
    bigrams = {
        (one, other): number
        for one, other in pairs
        if one is not None and other is not None
        if (number := index.find_bigram(one, other)) is not None
    }
    frequencies = Counter(number for number in ids if number is not None)
    frequencies.update(bigrams[pair] for pair in pairs if pair in bigrams)
    return Query(tuple(terms.values()), bigrams, _weigh(index, frequencies, terms.values()))


def _weigh(index: Index, frequencies: Counter[int], terms: Iterable[QueryTerm]) -> dict[int, float]:
    """Return the weights of a question's terms, and of what stands in for those not held."""
    idf = index.arrays.idf
    raw = {term: (1 + math.log(tf)) * float(idf[term]) for term, tf in frequencies.items()}
    for one in terms:
        for other in one.alternatives if one.number is None else ():
            raw.setdefault(other.term_id, other.share * float(idf[other.term_id]))
    length = math.sqrt(math.fsum(weight * weight for weight in raw.values())) or 1.0
    return {term: raw[term] / length for term in sorted(raw)}


def _read_term(index: Index, term: str, word: str, question: str) -> QueryTerm:
    """Return one word of a question with what counts as it."""
    number = index.find_term(term)
    has_capital = word[:1].isupper() and not question.startswith(word) and not question.isupper()
    if number is not None:
        is_name = has_capital or bool(index.arrays.is_name[number])
        return QueryTerm(
            term, word, number, find_family(index, word), float(index.arrays.idf[number]), is_name
        )
    found = find_family(index, word) or find_repairs(index, word, is_name=has_capital)
    best = max((one.share for one in found), default=0.0)
    held = [float(index.arrays.idf[one.term_id]) for one in found if one.share == best]
    idf = max(held, default=math.log((1 + index.n_passages) / 2) + 1)
    return QueryTerm(term, word, None, found, idf, has_capital)
