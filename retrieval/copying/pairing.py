"""Which sentences are worth comparing: pairs that share words few other sentences hold.

Comparing each sentence with each takes time with the square of the collection. Copies share words
and pairs of words that are rare, and these find them: every sentence is known by its rarest ones
that another sentence holds too, and two sentences that have some of them in common are a pair.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from retrieval.indexing.weighting import Floats, Ints, count_terms, inverse_document_frequencies

Flags = npt.NDArray[np.bool_]

# A word or pair of words that more sentences hold tells nothing of where a sentence comes from.
MAX_HOLDERS = 100

# By how many of its rarest features a sentence is known, and how many a pair has in common.
FEATURES_KEPT = 8
FEATURES_SHARED = 2

# Of the sentences that hold a feature, each is paired with so many that follow: what time and space
# pairing takes grows with the collection, not with its square. Copies of one sentence share several
# features, and are compared with the first of their group, so they meet all the same.
NEIGHBOURS = 16

_HASH_FACTOR = 0x9E3779B1
_PLACE_FACTOR = 0x85EBCA6B
_HASH_SLOTS = 4  # for each occurrence


@dataclass(frozen=True, slots=True)
class Words:
    """Sentences as runs of term ids; run ``i`` is ``offsets[i]:offsets[i + 1]``."""

    offsets: Ints
    terms: Ints
    n_terms: int

    @property
    def lengths(self) -> Ints:
        """Return how many terms each sentence has."""
        return np.diff(self.offsets)

    @property
    def rows(self) -> Ints:
        """Return the sentence of each occurrence."""
        return np.repeat(np.arange(len(self.offsets) - 1), self.lengths)

    def run(self, row: int) -> Ints:
        """Return the terms of one sentence."""
        return self.terms[self.offsets[row] : self.offsets[row + 1]]

    def hash(self) -> Ints:
        """Return a number for each sentence, equal for equal runs and for few others."""
        places = np.arange(len(self.terms)) - np.repeat(self.offsets[:-1], self.lengths)
        mixed = ((self.terms + 1) * _HASH_FACTOR) ^ (places * _PLACE_FACTOR)
        sums = np.concatenate([[0], np.cumsum(mixed * (mixed >> 7))])  # wraps round
        return np.asarray(sums[self.offsets[1:]] - sums[self.offsets[:-1]], np.int64)

    def take(self, rows: Ints) -> Words:
        """Return some of the sentences, in the order given."""
        lengths = self.lengths[rows]
        offsets = np.concatenate([[0], np.cumsum(lengths)])
        places = np.arange(offsets[-1]) + np.repeat(self.offsets[rows] - offsets[:-1], lengths)
        return Words(offsets, self.terms[places], self.n_terms)


def find_pairs(sentences: Words) -> tuple[Ints, Ints]:
    """Return pairs (first, second), first < second, in order, that share rare features."""
    rows, features = _rarest_features(*_rare_features(sentences))
    first, second = pair_up(features, rows, neighbours=NEIGHBOURS)
    n_rows = len(sentences.offsets) - 1
    keys, shared = _count_equal(first * n_rows + second)
    found = np.divmod(keys[shared >= FEATURES_SHARED], max(n_rows, 1))
    return found[0], found[1]


def pair_up(groups: Ints, items: Ints, *, neighbours: int) -> tuple[Ints, Ints]:
    """Pair each item with those of its group that follow it, up to so many.

    Parameters
    ----------
    groups, items : numpy.ndarray of int64, shape (n,)
        Sorted by group, then item; an item stands in a group once.

    Returns
    -------
    tuple of numpy.ndarray
        First and second items; a pair comes once for each group it shares.
    """
    places = []
    candidates = np.arange(len(groups))
    for distance in range(1, neighbours + 1):
        candidates = candidates[candidates + distance < len(groups)]
        candidates = candidates[groups[candidates] == groups[candidates + distance]]
        if not len(candidates):
            break
        places.append((candidates, candidates + distance))
    if not places:
        return np.empty(0, np.int64), np.empty(0, np.int64)
    first, second = (np.concatenate(side) for side in zip(*places, strict=True))
    return items[first], items[second]


def weigh_pairs(sentences: Words, first: Ints, second: Ints) -> Floats:
    """Return the TF-IDF cosine of each pair of sentences.

    Notes
    -----
    As in `retrieval.indexing.weighting`, with sentences for passages and words alone.
    """
    n_rows = len(sentences.offsets) - 1
    counts = count_terms(sentences.rows, sentences.terms, n_rows=n_rows, n_terms=sentences.n_terms)
    idf = inverse_document_frequencies(counts.document_frequencies, n_rows=n_rows)
    terms = np.repeat(np.arange(sentences.n_terms), counts.document_frequencies)
    raw = (1.0 + np.log(counts.frequencies)) * idf[terms]
    lengths = np.sqrt(np.bincount(counts.rows, weights=raw * raw, minlength=n_rows))
    used = np.zeros(n_rows, np.bool_)
    used[first] = used[second] = True
    kept = used[counts.rows]
    keys = counts.rows[kept] * sentences.n_terms + terms[kept]
    order = np.argsort(keys)
    keys, weights = keys[order], (raw / lengths[counts.rows])[kept][order]
    return _dot_products(keys, weights, first, second, n_terms=sentences.n_terms)


def _dot_products(
    keys: Ints, weights: Floats, first: Ints, second: Ints, *, n_terms: int
) -> Floats:
    """Return the products of pairs of sparse rows, whose keys are row * n_terms + term, sorted."""
    starts = np.searchsorted(keys, first * n_terms)
    sizes = np.searchsorted(keys, (first + 1) * n_terms) - starts
    pair = np.repeat(np.arange(len(first)), sizes)
    ends = np.cumsum(sizes)
    place = np.arange(len(pair)) + np.repeat(starts - (ends - sizes), sizes)
    wanted = keys[place] + (second - first)[pair] * n_terms
    found = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    products = np.where(keys[found] == wanted, weights[place] * weights[found], 0.0)
    return np.bincount(pair, weights=products, minlength=len(first)).astype(np.float64)


def _rare_features(sentences: Words) -> tuple[Ints, Ints, Ints]:
    """Return (row, feature, holders) of the words and pairs of words that few sentences share."""
    rows, terms = sentences.rows, sentences.terms
    words = _shared_features(rows, terms, np.bincount(terms, minlength=sentences.n_terms)[terms])
    together = rows[:-1] == rows[1:]
    pairs = (terms[:-1] * sentences.n_terms + terms[1:])[together]
    slots = max(_HASH_SLOTS * len(pairs), 1)
    hashed = (pairs * _HASH_FACTOR) % slots  # equal pairs meet, and so do a few others
    occurrences = np.bincount(hashed, minlength=slots)[hashed]
    bigrams = _shared_features(rows[:-1][together], pairs + sentences.n_terms, occurrences)
    joined = (np.concatenate(both) for both in zip(words, bigrams, strict=True))
    return next(joined), next(joined), next(joined)


def _shared_features(rows: Ints, features: Ints, occurrences: Ints) -> tuple[Ints, Ints, Ints]:
    """Return those that 2 to ``MAX_HOLDERS`` rows hold, once for each row."""
    likely = (occurrences > 1) & (occurrences <= 2 * MAX_HOLDERS)
    n_rows = int(rows[-1]) + 1 if len(rows) else 1
    keys, _ = _count_equal(features[likely] * n_rows + rows[likely])
    features, rows = np.divmod(keys, n_rows)
    _, holders = _count_equal(features)
    holders = np.repeat(holders, holders)
    kept = (holders > 1) & (holders <= MAX_HOLDERS)
    return rows[kept], features[kept], holders[kept]


def _rarest_features(rows: Ints, features: Ints, holders: Ints) -> tuple[Ints, Ints]:
    """Return each row's rarest features, by feature, then row."""
    n_places = max(len(rows), 1)
    keys = np.sort((rows * (MAX_HOLDERS + 1) + holders) * n_places + np.arange(len(rows)))
    order = keys % n_places
    rows, features = rows[order], features[order]
    is_kept = np.arange(len(rows)) - np.searchsorted(rows, rows) < FEATURES_KEPT
    n_rows = int(rows[-1]) + 1 if len(rows) else 1
    features, rows = np.divmod(np.sort(features[is_kept] * n_rows + rows[is_kept]), n_rows)
    return rows, features


def _count_equal(numbers: Ints) -> tuple[Ints, Ints]:
    """Return each number once, in order, and how often it came.

    This is ``numpy.unique``, which hashes and takes several times as long.
    """
    ordered = np.sort(numbers)
    is_first = np.ones(len(ordered), np.bool_)
    is_first[1:] = ordered[1:] != ordered[:-1]
    starts = np.flatnonzero(is_first)
    return ordered[starts], np.diff(starts, append=len(ordered))
