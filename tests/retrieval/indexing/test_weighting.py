"""Weights are scikit-learn's: the formulas stand in our code, but their meaning does not change."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from scipy.sparse import csc_matrix
from sklearn.feature_extraction.text import TfidfVectorizer

from retrieval.indexing.weighting import (
    Counts,
    count_terms,
    inverse_document_frequencies,
    weigh_counts,
)

TERMS = "abcdef"
DOCUMENTS = st.lists(st.lists(st.sampled_from(TERMS), max_size=12), min_size=1, max_size=8)


def count(documents: list[list[str]]) -> Counts:
    """Return the counts of documents whose terms are letters, "a" being the first."""
    rows = [row for row, document in enumerate(documents) for _ in document]
    terms = [TERMS.index(term) for document in documents for term in document]
    return count_terms(
        np.array(rows, np.int64),
        np.array(terms, np.int64),
        n_rows=len(documents),
        n_terms=len(TERMS),
    )


def as_matrix(counts: Counts, pairs: np.ndarray) -> np.ndarray:
    """Return one number a pair as a table of rows by terms."""
    shape = (counts.n_rows, len(TERMS))
    return np.asarray(csc_matrix((pairs, counts.rows, counts.offsets), shape).toarray())


@given(DOCUMENTS)
def test_counts_are_those_of_the_documents(documents: list[list[str]]) -> None:
    counts = count(documents)

    expected = [[document.count(term) for term in TERMS] for document in documents]
    assert as_matrix(counts, counts.frequencies).tolist() == expected
    assert counts.document_frequencies.tolist() == [
        sum(term in document for document in documents) for term in TERMS
    ]
    assert all(frequency > 0 for frequency in counts.frequencies)


@given(DOCUMENTS)
def test_every_weight_is_scikit_learns(documents: list[list[str]]) -> None:
    """So every textbook on TF-IDF describes what Quoth does."""
    counts = count(documents)
    idf = inverse_document_frequencies(counts.document_frequencies, n_rows=len(documents))
    weights = as_matrix(counts, weigh_counts(counts, idf))

    present = np.flatnonzero(counts.document_frequencies)
    if not present.size:
        assert not weights.any()
        return
    vectorizer = TfidfVectorizer(analyzer=list, sublinear_tf=True)
    expected = vectorizer.fit_transform(documents).toarray()
    assert_allclose(weights[:, present], expected, rtol=1e-12)
    assert_allclose(idf[present], vectorizer.idf_, rtol=1e-12)


@given(DOCUMENTS)
def test_every_row_that_holds_a_term_has_length_one(documents: list[list[str]]) -> None:
    counts = count(documents)
    idf = inverse_document_frequencies(counts.document_frequencies, n_rows=len(documents))

    lengths = np.linalg.norm(as_matrix(counts, weigh_counts(counts, idf)), axis=1)

    assert lengths == pytest.approx([float(bool(document)) for document in documents])


def test_an_unknown_term_weighs_most_and_one_that_all_hold_weighs_one() -> None:
    idf = inverse_document_frequencies(np.array([0, 1, 4]), n_rows=4)

    assert idf[0] > idf[1] > idf[2] == 1.0


def test_nothing_has_no_weights() -> None:
    nothing = np.empty(0, np.int64)
    counts = count_terms(nothing, nothing, n_rows=0, n_terms=0)

    assert counts.offsets.tolist() == [0]
    assert weigh_counts(counts, inverse_document_frequencies(nothing, n_rows=0)).tolist() == []
