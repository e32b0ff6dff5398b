"""What stands around a sentence in its article: news names who and what once, then points back.

A paragraph of news has a sentence or two, and leaves it to the ones before and to the title who
"she" is and which strike is meant. So a sentence is also measured with the sentences near it,
across paragraphs, and with its whole article.
"""

from __future__ import annotations

import numpy as np

from retrieval.evidence.reading import Reading, relate
from retrieval.indexing.index import Index
from retrieval.indexing.layout import Array
from retrieval.indexing.weighting import Floats, Ints
from retrieval.matching import Columns

# How many sentences before and after count, and how much less each counts than the one nearer by.
REACH = 4
DECAY = 0.7
_DISTANCES = np.arange(-REACH, REACH + 1)

# "Who, what, when" stands in the first sentences of news; from here on, place tells nothing.
LEAD_SENTENCES = 2
LAST_PLACE = 30


def measure_surroundings(read: Reading) -> dict[str, Floats]:
    """Return the features of what stands around the sentences in their articles."""
    n_terms, holders = len(read.weights), read.articles[read.passage_of].astype(np.int64)
    around, before = hold_around(read.index, read.columns, read.sentences, holders, n_terms)
    beside = read.beside[read.passage_of]
    around_titled, before_titled = np.maximum(around, beside), np.maximum(before, beside)
    articles, place = np.unique(holders, return_inverse=True)
    in_article = hold_in_articles(read.index, read.columns, articles, n_terms)
    covered = read.share(in_article)
    number = read.sentences - read.index.arrays.sentence_offsets[holders]
    return {
        "around": read.share(around),
        "relative_around": relate(read.share(around)),
        "around_titled": read.share(around_titled),
        "relative_around_titled": relate(read.share(around_titled)),
        "before_titled": read.share(before_titled),
        "relative_before_titled": relate(read.share(before_titled)),
        "names_around": read.name_share(around_titled),
        "names_before": read.name_share(before_titled),
        "article_coverage": covered[place],
        "relative_article_coverage": relate(covered)[place],
        "article_names": read.name_share(in_article)[place],
        "article_place": np.log1p(np.minimum(number, LAST_PLACE)),
        "lead": (number < LEAD_SENTENCES).astype(np.float64),
    }


def hold_around(
    index: Index, columns: Columns, sentences: Ints, articles: Array, n_terms: int
) -> tuple[Floats, Floats]:
    """Return how much of each term stands in or near sentences.

    Parameters
    ----------
    sentences, articles : numpy.ndarray, shape (n_sentences,)
        Numbers of the sentences, and of the article that holds each.

    Returns
    -------
    tuple of numpy.ndarray, each of shape (n_sentences, n_terms)
        In it, before it or after it; and in it or before it.
    """
    arrays = index.arrays
    low, high = arrays.sentence_offsets[articles], arrays.sentence_offsets[articles + 1]
    near = sentences + _DISTANCES[:, None]
    share = np.where((near >= low) & (near < high), DECAY ** np.abs(_DISTANCES)[:, None], 0.0)
    rows, place = np.unique(np.clip(near, low, high - 1), return_inverse=True)
    found = columns.match(arrays.sentence_terms, arrays.term_offsets, rows)
    held = found.hold(len(rows), n_terms)[place.reshape(near.shape)] * share[:, :, None]
    return held.max(axis=0), held[: REACH + 1].max(axis=0)


def hold_in_articles(index: Index, columns: Columns, articles: Ints, n_terms: int) -> Floats:
    """Return how much of each term articles hold anywhere, shape (n_articles, n_terms).

    Parameters
    ----------
    articles : numpy.ndarray of int64, shape (n_articles,)
        Numbers of articles, title and headings included.
    """
    offsets, rows = index.arrays.article_postings, index.arrays.article_rows
    held = np.zeros((len(articles), n_terms))
    counted = zip(
        columns.ids.tolist(), columns.column.tolist(), columns.share.tolist(), strict=True
    )
    for term, column, share in counted:
        holders = rows[offsets[term] : offsets[term + 1]]
        place = np.minimum(holders.searchsorted(articles), len(holders) - 1)
        if len(holders):
            held[:, column] = np.maximum(held[:, column], share * (holders[place] == articles))
    return held
