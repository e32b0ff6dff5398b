"""How well the sentences' passages match, as cosine, as share of the question and as BM25."""

from __future__ import annotations

import numpy as np

from retrieval.evidence.reading import Reading, relate
from retrieval.indexing.layout import Array
from retrieval.query import QueryTerm
from retrieval.ranking import ARTICLE_SHARE, Floats, Scores

# Saturation and length normalisation of BM25, at their usual values.
K1, B = 1.2, 0.75


def measure_passages(read: Reading, scores: Scores) -> dict[str, Floats]:
    """Return the features of the sentences' passages, one row a sentence."""
    cosine, article = scores.passages[read.passages], scores.articles[read.articles]
    n_terms = np.add.reduceat(read.lengths, read.starts) if len(read.lengths) else read.lengths
    plain, with_title = _score_bm25(read, n_terms)
    columns = {
        "bm25": plain,
        "bm25_titled": with_title,
        "passage_coverage": read.share(read.in_passage),
        "passage_titled": read.share(read.passage_titled),
        "title_coverage": read.share(read.title),
        "passage_names": read.name_share(read.passage_titled),
        "passage_length": np.log1p(n_terms),
    }
    related = {
        "relative_cosine": cosine,
        "relative_article": article,
        "relative_score": cosine + ARTICLE_SHARE * article,
        "relative_bm25": plain,
        "relative_bm25_titled": with_title,
        "relative_passage": columns["passage_coverage"],
        "relative_titled": columns["passage_titled"],
    }
    rows = np.array([*columns.values(), *relate(np.array(list(related.values())))])
    return dict(zip((*columns, *related), rows[:, read.passage_of], strict=True))


def _score_bm25(read: Reading, n_terms: Array) -> tuple[Floats, Floats]:
    """Return BM25 of the passages over unigrams, relative to the most it could be.

    Of the passages alone, then with title and heading as part of them [1]_.

    References
    ----------
    .. [1] S. Robertson and H. Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond",
       *Foundations and Trends in Information Retrieval* 3 (2009), 333-389.
    """
    frequencies = np.zeros(read.beside.shape)
    held = read.passage_of[read.places.stretch], read.places.column
    np.add.at(frequencies, held, read.places.share)
    arrays, n_passages = read.index.arrays, read.index.n_passages
    mean = max(len(arrays.sentence_terms) / max(n_passages, 1), 1.0)
    damping = K1 * (1 - B + B * n_terms / mean)
    holders = np.array([_count_holders(arrays.passage_postings, one) for one in read.query.terms])
    idf = np.log1p((n_passages - holders + 0.5) / (holders + 0.5))

    def score(frequencies: Floats) -> Floats:
        saturated = frequencies * (K1 + 1) / (frequencies + damping[:, None])
        return np.asarray(saturated @ idf / (idf.sum() * (K1 + 1)))

    return score(frequencies), score(frequencies + read.beside)


def _count_holders(postings: Array, term: QueryTerm) -> int:
    """Return how many passages hold a term, or the commonest of what counts as it."""
    ids = [one.term_id for one in term.alternatives] if term.number is None else [term.number]
    return max((int(postings[one + 1] - postings[one]) for one in ids), default=0)
