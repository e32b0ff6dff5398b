"""Which sentences are compared, and how alike they are."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from sklearn.feature_extraction.text import TfidfVectorizer

from retrieval.copying.pairing import NEIGHBOURS, Words, find_pairs, pair_up, weigh_pairs

N_TERMS = 12
SENTENCES = st.lists(
    st.lists(st.integers(0, N_TERMS - 1), min_size=1, max_size=8), min_size=1, max_size=12
)


def words_of(sentences: list[list[int]]) -> Words:
    offsets = np.cumsum([0, *map(len, sentences)])
    terms = np.array([term for sentence in sentences for term in sentence], np.int64)
    return Words(offsets.astype(np.int64), terms, N_TERMS)


@given(SENTENCES)
def test_alikeness_is_the_cosine_that_scikit_learn_gives(sentences: list[list[int]]) -> None:
    vectorizer = TfidfVectorizer(analyzer=lambda one: map(str, one), sublinear_tf=True)
    expected = (matrix := vectorizer.fit_transform(sentences)) @ matrix.T
    first, second = np.triu_indices(len(sentences))

    cosines = weigh_pairs(words_of(sentences), first, second)

    np.testing.assert_allclose(cosines, expected.toarray()[first, second], atol=1e-9)


@given(SENTENCES)
def test_pairs_are_of_two_sentences_and_come_once(sentences: list[list[int]]) -> None:
    first, second = find_pairs(words_of(sentences))

    pairs = list(zip(first.tolist(), second.tolist(), strict=True))
    assert pairs == sorted(set(pairs))
    assert all(one < other < len(sentences) for one, other in pairs)


@given(SENTENCES)
def test_equal_sentences_have_equal_hashes(sentences: list[list[int]]) -> None:
    hashes = words_of(sentences + sentences).hash()

    assert hashes[: len(sentences)].tolist() == hashes[len(sentences) :].tolist()


@given(SENTENCES, st.randoms())
def test_some_of_the_sentences_are_taken_as_they_are(
    sentences: list[list[int]], chance: object
) -> None:
    rows = chance.choices(range(len(sentences)), k=5)  # type: ignore[attr-defined]

    taken = words_of(sentences).take(np.array(rows))

    assert [taken.run(place).tolist() for place in range(5)] == [sentences[row] for row in rows]


def test_sentences_that_share_a_rare_pair_of_words_are_compared() -> None:
    others = [[term, term + 1] for term in range(4, 10)]

    first, second = find_pairs(words_of([[0, 1, 2, 3], *others, [0, 1, 2]]))

    assert (0, len(others) + 1) in zip(first.tolist(), second.tolist(), strict=True)


def test_of_a_long_group_only_neighbours_are_paired() -> None:
    """So that thousands of like sentences take no more time than thousands of others."""
    n = 1000
    first, second = pair_up(np.zeros(n, np.int64), np.arange(n), neighbours=NEIGHBOURS)

    assert len(first) <= n * NEIGHBOURS
    assert set((second - first).tolist()) == set(range(1, NEIGHBOURS + 1))
