"""A question to hits: the passages whose TF-IDF vectors lie nearest to the question's."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from corpus.article import Span
from retrieval.indexing.index import Index
from retrieval.indexing.layout import Array
from retrieval.query import Query, weigh_query
from retrieval.timeliness import Timeliness

# The share of its article's cosine that is added to a passage's (DESIGN: measured on news).
ARTICLE_SHARE = 0.6

# Scores are compared after rounding, so that the last bits of a sum settle nothing.
SCORE_DECIMALS = 9

# How much the timeliest article's score is raised, and the oldest one's lowered: a mild preference,
# set by hand.
TIMELINESS_SHARE = 0.3

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
        What passages are ranked by: both, with timely articles a little ahead.
    timeliness : Timeliness
        Of the articles.
    """

    passages: Floats
    articles: Floats
    blended: Floats
    timeliness: Timeliness


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
    index: Index,
    query: Query,
    *,
    timeliness: Timeliness | None = None,
    allowed: Array | None = None,
) -> Scores:
    """Return what passages and articles score for a question.

    Parameters
    ----------
    timeliness : Timeliness, optional
        Of the articles; all are equally timely without.
    allowed : numpy.ndarray of bool, shape (n_articles,), optional
        The articles that may answer; passages of others score 0.
    """
    holders = index.arrays.passage_article
    passages, articles = score_passages(index, query), score_articles(index, query)
    timeliness = timeliness or Timeliness.neutral(index)
    if allowed is not None and not allowed.all():
        passages = np.where(allowed[holders], passages, 0.0)
    rows = np.flatnonzero(passages > 0)  # few of them, mostly
    article = holders[rows]
    blended = np.zeros(len(passages))
    blended[rows] = passages[rows] + ARTICLE_SHARE * articles[article]
    blended[rows] *= (1 + TIMELINESS_SHARE * timeliness.preference)[article]
    return Scores(passages, articles, blended, timeliness)


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
