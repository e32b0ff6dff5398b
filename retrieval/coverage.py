"""How much of a question a stretch of an article holds."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from retrieval.index import Index
from retrieval.ranking import Query

# A bigram that is found weighs this share of its idf: its words count already.
BIGRAM_SHARE = 0.5


class Coverage:
    """Shares of a question's term weight, by the terms that a stretch holds.

    A word that no article holds weighs as much as the rarest that one does, so that a question
    whose rare words are missing is never covered by its common ones.
    """

    def __init__(self, index: Index, query: Query) -> None:
        self._index = index
        self._weights = {
            term: float(index.arrays.idf[term]) * (1.0 if term < index.n_unigrams else BIGRAM_SHARE)
            for term in query.weights
        }
        self._bigrams = query.bigrams
        unknown = len(query.unigrams) - len(query.known)
        rarest = float(np.log((1 + index.n_passages) / 2) + 1)
        self._total = sum(self._weights.values()) + unknown * rarest

    def find(self, sentence: int) -> frozenset[int]:
        """Return which of the question's terms, by id, one sentence holds."""
        ids = sentence_terms(self._index, sentence)
        pairs = pairwise(ids)
        found = {self._bigrams[pair] for pair in pairs if pair in self._bigrams}
        return frozenset(found.union(term for term in ids if term in self._weights))

    def find_in_run(self, first: int, last: int) -> frozenset[int]:
        """Return which of the question's terms a run of sentences holds."""
        return frozenset[int]().union(*map(self.find, range(first, last + 1)))

    def share(self, found: frozenset[int]) -> float:
        """Return the share of the weight that terms of the question make up, 0 to 1."""
        return sum(self._weights[term] for term in sorted(found)) / self._total if found else 0.0


def sentence_terms(index: Index, sentence: int) -> list[int]:
    """Return the ids of the unigrams of one sentence, in order of place."""
    start, end = index.arrays.term_offsets[sentence : sentence + 2]
    return [int(term) for term in index.arrays.sentence_terms[start:end]]
