"""A question to hits: the passages whose TF-IDF vectors lie nearest to the question's."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from corpus.article import Span
from retrieval.indexing.index import Index
from retrieval.indexing.layout import Array
from retrieval.query import Query, weigh_query

# The share of its article's cosine that is added to a passage's (DESIGN: measured on news).
ARTICLE_SHARE = 0.6

# Scores are compared after rounding, so that the last bits of a sum settle nothing.
SCORE_DECIMALS = 9

# How much the newest article's score is raised and the oldest one's lowered: a mild preference, set
# by hand.
FRESHNESS_SHARE = 0.3
OLD_DAYS = 3650
LATER_DAYS = 1  # the day asked and the day printed may be of two time zones

# With more scores than this, finding the least of the best takes less time than sorting all.
MANY_ROWS = 500

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage with its score.

    Parameters
    ----------
    article_id, version, span
        The passage, as a pointer.
    score : float
        Cosine, above 0 and (to rounding) at most 1; blended up to ~2.
    passage : int
        Number of the passage in its index generation.
    """

    article_id: str
    version: int
    span: Span
    score: float
    passage: int


@dataclass(frozen=True, slots=True)
class Scores:
    """What passages and articles score for one question.

    Parameters
    ----------
    passages : numpy.ndarray, shape (n_passages,)
        Cosines; 0 for passages that may not answer.
    articles : numpy.ndarray, shape (n_articles,)
        Cosines of whole articles.
    blended : numpy.ndarray, shape (n_passages,)
        What passages are ranked by: both, with newer articles a little ahead.
    freshness : numpy.ndarray, shape (n_articles,)
        As `measure_freshness` says; all 0 where time does not matter.
    """

    passages: Floats
    articles: Floats
    blended: Floats
    freshness: Floats


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


def score_question(
    index: Index, query: Query, *, asked: int | None, allowed: Array | None = None
) -> Scores:
    """Return what passages and articles score for a question.

    Parameters
    ----------
    asked : int or None
        The day asked as a proleptic ordinal; None if newer articles are not to be preferred.
    allowed : numpy.ndarray of bool, shape (n_articles,), optional
        The articles that may answer; passages of others score 0.
    """
    holders = index.arrays.passage_article
    passages, articles = score_passages(index, query), score_articles(index, query)
    freshness = np.zeros(index.n_articles) if asked is None else measure_freshness(index, asked)
    if allowed is not None and not allowed.all():
        passages = np.where(allowed[holders], passages, 0.0)
    rows = np.flatnonzero(passages > 0)  # few of them, mostly
    article = holders[rows]
    blended = np.zeros(len(passages))
    blended[rows] = passages[rows] + ARTICLE_SHARE * articles[article]
    blended[rows] *= (1 + FRESHNESS_SHARE * freshness)[article]
    return Scores(passages, articles, blended, freshness)


def measure_freshness(index: Index, asked: int) -> Floats:
    """Return how new each article is on the day asked, shape (n_articles,).

    Returns
    -------
    numpy.ndarray
        From 0.5 for an article of the day to -0.5 for one of `OLD_DAYS` or more, falling with the
        logarithm of its age: a day more counts for much in this week's news and for nothing in last
        year's. An article of a later day is as the oldest, since nobody could have asked about it;
        one without a date is at 0.
    """
    first, last = index.arrays.first_day, index.arrays.last_day
    age = np.maximum(asked - last.astype(np.int64), 0)
    freshness = 0.5 - np.minimum(np.log1p(age) / math.log1p(OLD_DAYS), 1)
    freshness = np.where(first > asked + LATER_DAYS, -0.5, freshness)
    return np.where(first > 0, freshness, 0.0)


def best_rows(scores: Floats, k: int) -> list[int]:
    """Return the rows of the ``k`` highest scores above 0, best first, ties by row."""
    rows = (scores > 0).nonzero()[0]
    rounded = scores[rows].round(SCORE_DECIMALS)
    if len(rows) > max(k, MANY_ROWS):
        least = np.partition(rounded, len(rows) - k)[len(rows) - k]
        kept = rounded >= least
        rows, rounded = rows[kept], rounded[kept]
    order = (-rounded).argsort(kind="stable")[:k]
    return [int(row) for row in rows[order].tolist()]


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
        part = slice(*offsets[term : term + 2].tolist())
        added = (weight * weights[part]).astype(np.float64)
        np.add.at(scores, rows[part].astype(np.intp), added)  # fast for these types alone
    return scores
