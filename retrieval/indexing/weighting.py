"""TF-IDF weights, exactly scikit-learn's, laid out as postings lists.

The formulas are those of ``TfidfVectorizer(sublinear_tf=True)`` [1]_. Tests hold every weight
against it, and `retrieval.indexing.checking` recomputes a generation's weights with scikit-learn
itself.

References
----------
.. [1] scikit-learn user guide, "Tf-idf term weighting": ``1 + ln tf``, idf
   ``ln((1 + n) / (1 + df)) + 1``, rows of Euclidean length 1.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Counts:
    """How often each term stands in each row (a passage or an article), by term, then row.

    Parameters
    ----------
    offsets : numpy.ndarray of int64, shape (n_terms + 1,)
        The pairs of term ``t`` are ``offsets[t]:offsets[t + 1]``.
    rows : numpy.ndarray of int64, shape (n_pairs,)
    frequencies : numpy.ndarray of int64, shape (n_pairs,)
        Term frequencies, from 1.
    n_rows : int
    """

    offsets: Ints
    rows: Ints
    frequencies: Ints
    n_rows: int

    @property
    def document_frequencies(self) -> Ints:
        """Return how many rows hold each term, shape (n_terms,)."""
        return np.diff(self.offsets)


def count_terms(rows: Ints, terms: Ints, *, n_rows: int, n_terms: int) -> Counts:
    """Return the term frequencies of occurrences given as pairs of row and term."""
    keys, frequencies = np.unique(terms * n_rows + rows, return_counts=True)
    counted_terms, counted_rows = np.divmod(keys, max(n_rows, 1))
    offsets = np.searchsorted(counted_terms, np.arange(n_terms + 1))
    return Counts(offsets.astype(np.int64), counted_rows, frequencies.astype(np.int64), n_rows)


def inverse_document_frequencies(document_frequencies: Ints, *, n_rows: int) -> Floats:
    """Return the smooth idf of each term, at least 1."""
    return np.asarray(np.log((1.0 + n_rows) / (1.0 + document_frequencies)) + 1.0, np.float64)


def weigh_counts(counts: Counts, idf: Floats) -> Floats:
    """Return the weight of each pair; each row's weights have Euclidean length 1."""
    raw = (1.0 + np.log(counts.frequencies)) * np.repeat(idf, counts.document_frequencies)
    lengths = np.sqrt(np.bincount(counts.rows, weights=raw * raw, minlength=counts.n_rows))
    return np.asarray(raw / lengths[counts.rows], np.float64)
