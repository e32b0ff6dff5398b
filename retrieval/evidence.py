"""What speaks for each sentence of the best passages: numbers for the model that ranks them.

A sentence is seen with what stands around it: its neighbours, its passage, the heading above and
the article's title, which a reader has in mind as well. All numbers are shares, or small, so that
one model serves collections of any size; none looks at particular words.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from retrieval.indexing.index import Index
from retrieval.indexing.layout import Array
from retrieval.indexing.weighting import Ints
from retrieval.matching import Columns, expand_runs
from retrieval.query import Query, QueryTerm
from retrieval.question.kinds import (
    Expected,
    asks_count,
    counts_asked,
    expect_answer,
    holds_expected,
)
from retrieval.ranking import ARTICLE_SHARE, Floats, Scores, best_rows

# How many passages are read: fewer if they have more sentences than this, as those of an
# encyclopedia do. And how many of the sentences are read for the kind of answer asked for.
PASSAGES_READ = 30
SENTENCES_GATHERED = 80
SENTENCES_READ = 24

# Saturation and length normalisation of BM25 [1]_, at their usual values.
K1, B = 1.2, 0.75

# The kinds of answer that a sentence can be seen to hold, or not.
KINDS = tuple(kind for kind in Expected if kind not in {Expected.ANY, Expected.YES_NO})

FEATURES = (
    # The sentence
    "coverage",  # share of the question's term weight that it holds
    "relative_coverage",  # ... relative to the best sentence
    "adjacent",  # share of the question's pairs of neighbours that stand side by side in it
    "with_title",  # coverage together with title and heading
    "relative_with_title",
    "with_previous",  # ... and with the sentence before
    "neighbours",  # coverage together with the sentences before and after
    "previous",  # coverage of the sentence before
    "rarest_missing",  # weight of the heaviest term that neither it nor title and heading hold
    "names_held",  # share of the weight of names held, title and heading included
    "others_held",  # share of the weight of other terms held by the sentence alone
    "terms_held",  # share of the distinct terms
    "spread",  # log of the number of terms from the first that is matched to the last
    "density",  # matched terms by that number
    *(f"holds_{kind.value}" for kind in KINDS),  # it holds the kind of answer, which is asked for
    *(f"lacks_{kind.value}" for kind in KINDS),  # ... or does not, and another sentence does
    "counts_asked",  # a number stands before the thing whose number is asked for
    "lacks_count",  # ... does not, and another sentence has one
    "place",  # in its passage, up to 10
    "length",  # log of its number of terms
    # Its passage
    "relative_cosine",
    "relative_article",
    "relative_score",  # cosine and article blended
    "bm25",
    "relative_bm25",
    "bm25_titled",  # with title and heading as part of the passage
    "relative_bm25_titled",
    "passage_coverage",
    "relative_passage",
    "passage_titled",
    "relative_titled",
    "title_coverage",
    "passage_names",  # share of the weight of names held, title and heading included
    "passage_length",  # log of its number of terms
)
_ROWS = {name: row for row, name in enumerate(FEATURES)}


@dataclass(frozen=True, slots=True)
class Evidence:
    """The sentences of the best passages and what they hold of the question.

    Parameters
    ----------
    passages : numpy.ndarray of int64, shape (n_passages,)
        Best first.
    sentences : numpy.ndarray of int64, shape (n_sentences,)
        Those of each passage, in order of place.
    passage_of : numpy.ndarray of int64, shape (n_sentences,)
        Place of its passage in ``passages``.
    weights : numpy.ndarray, shape (n_terms,)
        Of the question's terms, together 1.
    held : numpy.ndarray, shape (n_sentences, n_terms)
        How much of each term a sentence holds: 1, or the share of a word that counts as it.
    beside : numpy.ndarray, shape (n_passages, n_terms)
        The same of title and heading.
    expected : Expected
        Kind of answer.
    holds_kind, counts_asked : numpy.ndarray of bool, shape (n_sentences,)
        Whether it holds that kind, False where the kind is open; whether it counts what is asked.
    features : numpy.ndarray, shape (n_sentences, n_features)
        By `FEATURES`.
    asks_count : bool
        Whether the question asks how many of something there are.
    """

    passages: Ints
    sentences: Ints
    passage_of: Ints
    weights: Floats
    held: Floats
    beside: Floats
    expected: Expected
    holds_kind: Array
    counts_asked: Array
    features: Floats
    asks_count: bool


def gather_evidence(index: Index, question: str, query: Query, scores: Scores) -> Evidence:
    """Return the evidence of the best passages for a question.

    Returns
    -------
    Evidence
        Without sentences if no passage scores above 0.

    References
    ----------
    .. [1] S. Robertson and H. Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond",
       *Foundations and Trends in Information Retrieval* 3 (2009), 333-389.
    """
    passages, first, end = _choose_passages(index, scores)
    read = _Read(index, query, passages, expand_runs(first, end), first, end)
    expected = expect_answer(question)
    kinds, counts = _read_kinds(read, question, expected)
    columns = _measure_sentences(read) | _measure_passages(read, scores)
    if kinds.any():
        columns |= {f"holds_{expected.value}": kinds, f"lacks_{expected.value}": ~kinds}
    if counts.any():
        columns |= {"counts_asked": counts, "lacks_count": ~counts}
    features = np.zeros((len(FEATURES), len(read.sentences)))
    for name, column in columns.items():
        features[_ROWS[name]] = column
    return Evidence(
        passages=passages,
        sentences=read.sentences,
        passage_of=read.passage_of,
        weights=read.weights,
        held=read.held,
        beside=read.beside,
        expected=expected,
        holds_kind=kinds,
        counts_asked=counts,
        asks_count=expected is Expected.NUMBER and asks_count(question),
        features=features.T.copy(),
    )


def _choose_passages(index: Index, scores: Scores) -> tuple[Ints, Ints, Ints]:
    """Return the best passages, and where the sentences of each begin and end."""
    passages = np.array(best_rows(scores.blended, PASSAGES_READ), np.int64)
    first, end = index.arrays.passage_offsets[[passages, passages + 1]]
    kept = np.cumsum(end - first) <= SENTENCES_GATHERED
    kept[:1] = True
    return passages[kept], first[kept], end[kept]


class _Read:
    """The best passages as matrices of what they hold."""

    def __init__(
        self, index: Index, query: Query, passages: Ints, sentences: Ints, first: Ints, end: Ints
    ) -> None:
        arrays, n_terms, columns = index.arrays, len(query.terms), Columns.of(query)
        self.index, self.query, self.passages, self.sentences = index, query, passages, sentences
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


def _measure_sentences(read: _Read) -> dict[str, Floats]:
    """Return the features of the sentences themselves."""
    coverage, titled = read.share(read.held), read.share(read.titled)
    is_next = np.zeros(len(coverage), np.bool_)
    is_next[1:] = read.passage_of[1:] == read.passage_of[:-1]
    before, after = np.zeros((2, *read.held.shape))
    before[1:] = read.held[:-1] * is_next[1:, None]
    after[:-1] = read.held[1:] * is_next[1:, None]
    others = read.weights * ~read.is_name
    spread = _measure_spread(read)
    n_matched = (read.held > 0).sum(axis=1)
    return {
        "coverage": coverage,
        "relative_coverage": _relate(coverage),
        "adjacent": _measure_adjacent(read),
        "with_title": titled,
        "relative_with_title": _relate(titled),
        "with_previous": read.share(np.maximum(read.titled, before)),
        "neighbours": read.share(np.maximum(np.maximum(read.held, before), after)),
        "previous": read.share(before),
        "rarest_missing": ((1 - read.titled) * read.weights).max(axis=1, initial=0.0),
        "names_held": read.name_share(read.titled),
        "others_held": read.held @ others / others.sum() if others.any() else 0 * coverage + 1,
        "terms_held": n_matched / max(1, len(read.weights)),
        "spread": np.log1p(spread),
        "density": n_matched / np.maximum(spread, 1),
        "place": np.minimum(np.arange(len(coverage)) - read.starts[read.passage_of], 10),
        "length": np.log1p(read.lengths),
    }


def _measure_passages(read: _Read, scores: Scores) -> dict[str, Floats]:
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
    rows = np.array([*columns.values(), *_relate(np.array(list(related.values())))])
    return dict(zip((*columns, *related), rows[:, read.passage_of], strict=True))


def _score_bm25(read: _Read, n_terms: Array) -> tuple[Floats, Floats]:
    """Return BM25 of the passages over unigrams, relative to the most it could be.

    Of the passages alone, then with title and heading as part of them.
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


def _measure_adjacent(read: _Read) -> Floats:
    """Return the share of the question's neighbours that stand side by side in each sentence."""
    places, pairs = read.places, max(len(read.query.terms) - 1, 1)
    stretch, position, column = places.stretch, places.position, places.column
    follows = (
        (position[1:] == position[:-1] + 1)
        & (stretch[1:] == stretch[:-1])
        & (column[1:] == column[:-1] + 1)
    )
    found = np.bincount(stretch[1:][follows], minlength=len(read.sentences))
    return np.minimum(found / pairs, 1)


def _measure_spread(read: _Read) -> Floats:
    """Return how many terms stand from the first that is matched to the last; 0 without any."""
    stretch, position = read.places.stretch, read.places.position
    n_sentences = len(read.sentences)
    numbers = np.arange(n_sentences)
    first, end = stretch.searchsorted(numbers), stretch.searchsorted(numbers, side="right")
    spread = np.zeros(n_sentences)
    has = end > first
    spread[has] = position[end[has] - 1] - position[first[has]] + 1
    return spread


def _read_kinds(read: _Read, question: str, expected: Expected) -> tuple[Array, Array]:
    """Return which sentences hold the kind of answer, and which count what is asked.

    Only the sentences that hold most of the question are read.
    """
    kinds, counts = np.zeros((2, len(read.sentences)), np.bool_)
    if expected not in KINDS:
        return kinds, counts
    places = best_rows(read.share(read.titled), SENTENCES_READ)
    for place, text in zip(places, read.texts(places), strict=True):
        kinds[place] = holds_expected(expected, text, question)
        counts[place] = expected is Expected.NUMBER and counts_asked(text, question)
    return kinds, counts


def _relate(values: Floats) -> Floats:
    """Return values relative to the greatest, of each row where there are several."""
    best = values.max(axis=-1, keepdims=True, initial=0.0)
    return np.asarray(values / np.where(best > 0, best, 1.0))
