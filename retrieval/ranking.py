"""A question to hits: the passages whose TF-IDF vectors lie nearest to the question's."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from corpus.article import Span
from retrieval.index import Index
from retrieval.tokens import extract_question_terms

# The share of its article's cosine that is added to a passage's (DESIGN: measured on news).
ARTICLE_SHARE = 0.6

# Scores are compared after rounding, so that the last bits of a sum settle nothing.
SCORE_DECIMALS = 9

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage with its score.

    Parameters
    ----------
    article_id, version, span
        The passage, as a pointer.
    score : float
        Cosine, above 0 and (to rounding) at most 1; after `blend_scores` up to 1 + ARTICLE_SHARE.
    passage : int
        Number of the passage in its index generation.
    """

    article_id: str
    version: int
    span: Span
    score: float
    passage: int


@dataclass(frozen=True, slots=True)
class Query:
    """A question as weighted terms.

    Parameters
    ----------
    unigrams : tuple of str
        Distinct terms of the question in order of first place.
    known : dict of str to int
        Those among them that the collection holds, with their ids.
    bigrams : dict of (int, int) to int
        Neighbours in the question that stand together somewhere, with the bigram's id.
    weights : dict of int to float
        Of unigrams and bigrams by term id, of Euclidean length 1; empty if nothing is known.
    """

    unigrams: tuple[str, ...]
    known: dict[str, int]
    bigrams: dict[tuple[int, int], int]
    weights: dict[int, float]


def rank_passages(index: Index, question: str, *, k: int) -> list[Hit]:
    """Return the passages that best match a question, best first.

    Returns
    -------
    list of Hit
        At most ``k`` hits with a cosine above 0. Equal scores stand in the order of the index,
        which is that of article id and place.

    Raises
    ------
    ValueError
        If ``k`` is below 1.

    Notes
    -----
    The cosine of ``TfidfVectorizer(sublinear_tf=True)`` vectors over uni- and bigrams; terms that
    no passage holds have no weight, as in its ``transform``.
    """
    if k < 1:
        raise ValueError(f"k must be at least 1, not {k}")
    scores = score_passages(index, weigh_query(index, question))
    return [make_hit(index, passage, scores[passage]) for passage in best_rows(scores, k)]


def weigh_query(index: Index, question: str) -> Query:
    """Return a question's terms with their weights."""
    terms = extract_question_terms(question)
    unigrams = tuple(dict.fromkeys(terms))
    known = {term: number for term in unigrams if (number := index.find_term(term)) is not None}
    ids = [known.get(term) for term in terms]
    pairs = [
        (first, second)
        for first, second in pairwise(ids)
        if first is not None and second is not None
    ]
    bigrams = {pair: number for pair in pairs if (number := index.find_bigram(*pair)) is not None}
    frequencies = Counter(number for number in ids if number is not None)
    frequencies.update(bigrams[pair] for pair in pairs if pair in bigrams)
    idf = index.arrays.idf
    raw = {term: (1 + math.log(tf)) * float(idf[term]) for term, tf in frequencies.items()}
    length = math.sqrt(sum(weight * weight for weight in raw.values())) or 1.0
    return Query(unigrams, known, bigrams, {term: raw[term] / length for term in sorted(raw)})


def score_passages(index: Index, query: Query) -> Floats:
    """Return the cosine of every passage, shape (n_passages,)."""
    arrays = index.arrays
    return _add_postings(
        query,
        (arrays.passage_postings, arrays.passage_rows, arrays.passage_weights),
        n_rows=index.n_passages,
    )


def score_articles(index: Index, query: Query) -> Floats:
    """Return the cosine of every whole article, shape (n_articles,)."""
    arrays = index.arrays
    return _add_postings(
        query,
        (arrays.article_postings, arrays.article_rows, arrays.article_weights),
        n_rows=index.n_articles,
    )


def blend_scores(index: Index, passage_scores: Floats, article_scores: Floats) -> Floats:
    """Return each passage's cosine plus a share of its article's; passages at 0 stay there."""
    blended = passage_scores + ARTICLE_SHARE * article_scores[index.arrays.passage_article]
    return np.where(passage_scores > 0, blended, 0.0)


def best_rows(scores: Floats, k: int) -> list[int]:
    """Return the rows of the ``k`` highest scores above 0, best first, ties by row."""
    rows = np.flatnonzero(scores > 0)
    rounded = np.round(scores[rows], SCORE_DECIMALS)
    if len(rows) > k:
        least = np.partition(rounded, len(rows) - k)[len(rows) - k]
        kept = rounded >= least
        rows, rounded = rows[kept], rounded[kept]
    order = np.argsort(-rounded, kind="stable")[:k]
    return [int(row) for row in rows[order]]


def make_hit(index: Index, passage: int, score: float) -> Hit:
    """Return the hit of a passage by number."""
    arrays = index.arrays
    first, end = arrays.passage_offsets[passage : passage + 2]
    record = index.record(int(arrays.passage_article[passage]))
    span = Span(int(arrays.sentence_start[first]), int(arrays.sentence_end[end - 1]))
    return Hit(record.article_id, record.version, span, float(score), passage)


def _add_postings(
    query: Query,
    postings: tuple[npt.NDArray[np.int64], npt.NDArray[np.int32], npt.NDArray[np.float32]],
    *,
    n_rows: int,
) -> Floats:
    """Return each row's sum over the query's terms, in ascending order of term id."""
    offsets, rows, weights = postings
    scores = np.zeros(n_rows)
    for term, weight in query.weights.items():
        part = slice(offsets[term], offsets[term + 1])
        scores[rows[part]] += weight * weights[part]
    return scores
