"""The best passages for a question, read once: which of its terms each of their sentences holds."""

from __future__ import annotations

import numpy as np

from retrieval.indexing.index import Index
from retrieval.indexing.weighting import Ints
from retrieval.matching import Columns, expand_runs
from retrieval.query import Query
from retrieval.ranking import Floats, Scores, best_rows

# How many passages are read: fewer if they have more sentences than this, as those of an
# encyclopedia do.
PASSAGES_READ = 30
SENTENCES_GATHERED = 80


class Reading:
    """The best passages for a question, as matrices of what they hold of its terms.

    Attributes
    ----------
    index : Index
    query : Query
    columns : Columns
        What counts as the terms of the question.
    passages, articles : numpy.ndarray, shape (n_passages,)
        Numbers of the passages, best first, and of the article of each.
    sentences : numpy.ndarray of int64, shape (n_sentences,)
        Their sentences, in order of place.
    passage_of : numpy.ndarray of int64, shape (n_sentences,)
        Place of its passage in ``passages``.
    starts : numpy.ndarray of int64, shape (n_passages,)
        Place of its first sentence in ``sentences``.
    lengths : numpy.ndarray of int64, shape (n_sentences,)
        Number of terms.
    places : Places
        Where the question's terms stand in the sentences.
    weights : numpy.ndarray, shape (n_terms,)
        Of the question's terms, together 1.
    is_name : numpy.ndarray of bool, shape (n_terms,)
    held, titled : numpy.ndarray, shape (n_sentences, n_terms)
        How much of each term a sentence holds: 1, or the share of a word that counts as it; and
        together with what stands beside its passage.
    title, beside, in_passage, passage_titled : numpy.ndarray, shape (n_passages, n_terms)
        The same of the title, of title and heading (and of the days that are named, if the article
        is of them), of the whole passage, and of all of these.
    """

    def __init__(self, index: Index, query: Query, scores: Scores) -> None:
        passages, first, end = _choose_passages(index, scores)
        arrays, n_terms, columns = index.arrays, len(query.terms), Columns.of(query)
        sentences = expand_runs(first, end)
        self.index, self.query, self.passages, self.sentences = index, query, passages, sentences
        self.columns = columns
        self.passage_of = np.repeat(np.arange(len(passages)), end - first)
        self.starts = np.searchsorted(self.passage_of, np.arange(len(passages)))
        self.articles = arrays.passage_article[passages]
        idf = np.array([one.idf for one in query.terms])
        self.weights = idf / idf.sum() if len(idf) else idf
        self.is_name = np.array([one.is_name for one in query.terms], np.bool_)
        self.lengths = arrays.term_offsets[sentences + 1] - arrays.term_offsets[sentences]
        self.places = columns.match(arrays.sentence_terms, arrays.term_offsets, sentences)
        self.held = self.places.hold(len(sentences), n_terms)
        titles = columns.match(arrays.title_terms, arrays.title_offsets, self.articles)
        self.title = titles.hold(len(passages), n_terms)
        headings = columns.match(arrays.heading_terms, arrays.heading_offsets, passages)
        self.beside = np.maximum(self.title, headings.hold(len(passages), n_terms))
        time = scores.timeliness
        if time.words:
            names_day = [one.written.lower() in time.words for one in query.terms]
            of_day = time.is_named[self.articles]
            self.beside[of_day[:, None] & np.array(names_day, np.bool_)] = 1
        self.titled = np.maximum(self.held, self.beside[self.passage_of])
        self.in_passage = (
            np.maximum.reduceat(self.held, self.starts) if len(sentences) else self.held
        )
        self.passage_titled = np.maximum(self.in_passage, self.beside)

    def texts(self, places: list[int]) -> list[str]:
        """Return the text of some of the sentences."""
        arrays, sentences = self.index.arrays, self.sentences[places]
        starts, ends = arrays.sentence_start[sentences], arrays.sentence_end[sentences]
        articles = self.articles[self.passage_of[places]]
        placed = zip(articles.tolist(), starts.tolist(), ends.tolist(), strict=True)
        return [self.index.text(article)[start:end] for article, start, end in placed]

    def share(self, held: Floats) -> Floats:
        """Return the share of the question's weight that stretches hold."""
        return np.asarray(held @ self.weights)

    def name_share(self, held: Floats) -> Floats:
        """Return the share of the weight of its names; 1 where it has none."""
        names = self.weights * self.is_name
        return np.asarray(held @ names / names.sum()) if names.any() else np.ones(len(held))


def _choose_passages(index: Index, scores: Scores) -> tuple[Ints, Ints, Ints]:
    """Return the best passages, and where the sentences of each begin and end."""
    passages = np.array(best_rows(scores.blended, PASSAGES_READ), np.int64)
    first, end = index.arrays.passage_offsets[[passages, passages + 1]]
    kept = np.cumsum(end - first) <= SENTENCES_GATHERED
    kept[:1] = True
    return passages[kept], first[kept], end[kept]


def relate(values: Floats) -> Floats:
    """Return values relative to the greatest, of each row where there are several."""
    best = values.max(axis=-1, keepdims=True, initial=0.0)
    return np.asarray(values / np.where(best > 0, best, 1.0))
