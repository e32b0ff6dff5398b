"""The evidence for the sentences of the best passages: what is known of them, and its features."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from retrieval.evidence.answers import KINDS, read_kinds, read_phrases, read_words
from retrieval.evidence.passages import measure_passages
from retrieval.evidence.reading import Reading
from retrieval.evidence.surroundings import measure_surroundings
from retrieval.evidence.wording import measure_sentences
from retrieval.indexing.index import Index
from retrieval.indexing.layout import Array
from retrieval.indexing.weighting import Ints
from retrieval.query import Query
from retrieval.question.kinds import Expected, asks_count, expect_answer
from retrieval.ranking import Floats, Scores

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
    # What stands around it in the article, nearer sentences counting for more
    "around",  # coverage together with the sentences near it
    "relative_around",
    "around_titled",
    "relative_around_titled",
    "before_titled",  # ... with those before it only
    "relative_before_titled",
    "names_around",  # share of the weight of names
    "names_before",
    "article_coverage",  # share of the term weight that its article holds anywhere
    "relative_article_coverage",
    "article_names",
    "article_place",  # log of its place in the article, up to 30
    "lead",  # it is one of the first two sentences
    # Somebody's words, which are asked for
    "quoted",  # it holds a mark of quotation
    "saying",  # ... a verb of saying
    "no_words",  # neither
    # Phrases that the question puts into quotation marks
    "phrases_held",  # share of them that it holds word for word
    "lacks_phrases",  # share that it lacks, where another sentence holds one
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
    """
    read = Reading(index, query, scores)
    expected = expect_answer(question)
    kinds, counts = read_kinds(read, question, expected)
    columns = measure_sentences(read) | measure_passages(read, scores)
    columns |= measure_surroundings(read)
    columns |= read_words(read, question) | read_phrases(read, question)
    if kinds.any():
        columns |= {f"holds_{expected.value}": kinds, f"lacks_{expected.value}": ~kinds}
    if counts.any():
        columns |= {"counts_asked": counts, "lacks_count": ~counts}
    features = np.zeros((len(FEATURES), len(read.sentences)))
    for name, column in columns.items():
        features[_ROWS[name]] = column
    return Evidence(
        passages=read.passages,
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
