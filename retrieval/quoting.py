"""Hits to quotes: which whole sentences of the best passages are shown, and in what order."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from corpus.article import Span
from retrieval.expecting import Expected, counts_asked, expect_answer, holds_expected
from retrieval.index import Index
from retrieval.ranking import SCORE_DECIMALS, Floats, Query, best_rows

# How many passages are read for sentences, and how many quotes one of them may give.
PASSAGES_READ = 12
QUOTES_PER_PASSAGE = 2

# A sentence's score is the share of the question's term weight it holds, plus these shares of its
# neighbours' coverage, of its passage's score, and of finding the kind of answer asked for. Found
# by trying values on Wikipedia questions (quote@3 is flat around them).
NEIGHBOUR_SHARE = 0.2
PASSAGE_SHARE = 2.0
EXPECTED_BONUS = 0.15
COUNTED_BONUS = 0.3

# A bigram that is found weighs this share of its idf in coverage: its words count already.
BIGRAM_SHARE = 0.5

# A further quote scores at least this share of the best one: below it, quotes are mostly beside the
# question (on Wikipedia questions quote@3 falls by 0.2 points, and a quarter fewer are shown).
FURTHER_SHARE = 0.6

# A caption is quoted only where it covers this much more of the question than any body sentence.
CAPTION_MARGIN = 0.15

# Sentences that share this much of their terms (Jaccard) say the same words.
COPY_OVERLAP = 0.8

MAX_QUOTE_CHARS = 700


@dataclass(frozen=True, slots=True)
class Selection:
    """A run of sentences of one block chosen as a quote.

    Parameters
    ----------
    article : int
        Number of the article in the index.
    first, last : int
        Numbers of its sentences in the index, both included.
    is_caption : bool
    score : float
        What it was ranked by, above 0.
    coverage : float
        Share of the question's term weight that it holds, 0 to 1.
    copies : tuple of int
        Sentences elsewhere that say the same words as the best sentence of the quote.
    """

    article: int
    first: int
    last: int
    is_caption: bool
    score: float
    coverage: float
    copies: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _Candidate:
    """One sentence that might be quoted."""

    sentence: int
    passage: int
    score: float
    coverage: float
    is_caption: bool
    terms: frozenset[int]


class Coverage:
    """Shares of a question's term weight, by the terms that a stretch holds.

    A word that no article holds weighs as much as the rarest that one does, so that a question
    whose rare words are missing is never covered by its common ones.
    """

    def __init__(self, index: Index, query: Query) -> None:
        self._index = index
        self._weights = {
            term: float(index.arrays.idf[term]) * (1.0 if term < index.n_unigrams else BIGRAM_SHARE)
            for term in query.weights
        }
        self._bigrams = query.bigrams
        unknown = len(query.unigrams) - len(query.known)
        rarest = float(np.log((1 + index.n_passages) / 2) + 1)
        self._total = sum(self._weights.values()) + unknown * rarest

    def find(self, sentence: int) -> frozenset[int]:
        """Return which of the question's terms, by id, one sentence holds."""
        ids = sentence_terms(self._index, sentence)
        pairs = pairwise(ids)
        found = {self._bigrams[pair] for pair in pairs if pair in self._bigrams}
        return frozenset(found.union(term for term in ids if term in self._weights))

    def share(self, found: frozenset[int]) -> float:
        """Return the share of the weight that terms of the question make up, 0 to 1."""
        return sum(self._weights[term] for term in sorted(found)) / self._total if found else 0.0


def select_quotes(
    index: Index, question: str, query: Query, scores: Floats, *, max_quotes: int, quote_chars: int
) -> list[Selection]:
    """Return the sentences to quote, best first, captions last.

    Parameters
    ----------
    scores : numpy.ndarray, shape (n_passages,)
        Passages that may not be quoted are 0.
    max_quotes, quote_chars : int
        At most so many quotes; each is widened by neighbouring sentences of its block up to so
        many characters, and a single sentence is quoted whole up to ``MAX_QUOTE_CHARS``.

    Returns
    -------
    list of Selection
        No two overlap or say the same words.
    """
    coverage = Coverage(index, query)
    candidates = _score_sentences(index, question, scores, coverage)
    selections: list[Selection] = []
    taken: list[_Candidate] = []
    best = candidates[0].score if candidates else 0.0
    for candidate in _order(candidates):
        if len(selections) == max_quotes or candidate.score < FURTHER_SHARE * best:
            break
        if _is_taken(candidate, taken, selections):
            continue
        copies = [other for other in candidates if _is_copy(candidate, other)]
        taken += [candidate, *copies]
        selections.append(_select(index, candidate, copies, coverage, quote_chars))
    return selections


def sentence_terms(index: Index, sentence: int) -> list[int]:
    """Return the ids of the unigrams of one sentence, in order of place."""
    start, end = index.arrays.term_offsets[sentence : sentence + 2]
    return [int(term) for term in index.arrays.sentence_terms[start:end]]


def _score_sentences(
    index: Index, question: str, scores: Floats, coverage: Coverage
) -> list[_Candidate]:
    """Return the sentences of the best passages, best first, ties by place."""
    expected = expect_answer(question)
    candidates = []
    for passage in best_rows(scores, PASSAGES_READ):
        first, end = (int(n) for n in index.arrays.passage_offsets[passage : passage + 2])
        found = [coverage.find(sentence) for sentence in range(first, end)]
        covered = [0.0, *map(coverage.share, found), 0.0]
        text = index.text(int(index.arrays.passage_article[passage]))
        is_caption = bool(index.arrays.passage_is_caption[passage])
        for place, sentence in enumerate(range(first, end), start=1):
            words = sentence_span(index, sentence).slice(text)
            if covered[place] == 0 or len(words) > MAX_QUOTE_CHARS:
                continue
            score = covered[place] + NEIGHBOUR_SHARE * (covered[place - 1] + covered[place + 1])
            score += PASSAGE_SHARE * float(scores[passage])
            if expected is not Expected.ANY and holds_expected(expected, words, question):
                score += EXPECTED_BONUS
            if expected is Expected.NUMBER and counts_asked(words, question):
                score += COUNTED_BONUS
            terms = frozenset(sentence_terms(index, sentence))
            candidates.append(
                _Candidate(sentence, passage, score, covered[place], is_caption, terms)
            )
    return sorted(candidates, key=lambda one: (-round(one.score, SCORE_DECIMALS), one.sentence))


def _order(candidates: list[_Candidate]) -> list[_Candidate]:
    """Return body sentences, then those captions that hold what no body sentence holds."""
    body = [candidate for candidate in candidates if not candidate.is_caption]
    held = max((candidate.coverage for candidate in body), default=0.0)
    return body + [
        candidate
        for candidate in candidates
        if candidate.is_caption and candidate.coverage >= held + CAPTION_MARGIN
    ]


def _is_taken(candidate: _Candidate, taken: list[_Candidate], selections: list[Selection]) -> bool:
    """Return whether a sentence is quoted, copied or crowded out already."""
    if candidate in taken:
        return True
    if any(one.first <= candidate.sentence <= one.last for one in selections):
        return True
    same_passage = sum(one.passage == candidate.passage for one in taken)
    return same_passage >= QUOTES_PER_PASSAGE


def _is_copy(candidate: _Candidate, other: _Candidate) -> bool:
    """Return whether two different sentences say the same words."""
    if candidate.sentence == other.sentence:
        return False
    shared = len(candidate.terms & other.terms)
    return shared >= COPY_OVERLAP * len(candidate.terms | other.terms)


def _select(
    index: Index,
    candidate: _Candidate,
    copies: list[_Candidate],
    coverage: Coverage,
    quote_chars: int,
) -> Selection:
    """Return the selection of a sentence, widened within its block while it fits."""
    first = last = candidate.sentence
    low, high = _block_of(index, candidate)
    while True:
        wider = [
            (first - 1, last) if neighbour < first else (first, last + 1)
            for neighbour in (last + 1, first - 1)
            if low <= neighbour <= high
        ]
        wider = [run for run in wider if len(run_span(index, *run)) <= quote_chars]
        if not wider:
            break
        first, last = max(wider, key=lambda run: coverage.share(_find_in_run(coverage, *run)))
    return Selection(
        article=int(index.arrays.passage_article[candidate.passage]),
        first=first,
        last=last,
        is_caption=candidate.is_caption,
        score=candidate.score,
        coverage=coverage.share(_find_in_run(coverage, first, last)),
        copies=tuple(sorted(copy.sentence for copy in copies)),
    )


def _block_of(index: Index, candidate: _Candidate) -> tuple[int, int]:
    """Return the first and last sentence of a candidate's block within its passage."""
    first, end = (int(n) for n in index.arrays.passage_offsets[candidate.passage :][:2])
    blocks = index.arrays.sentence_block[first:end]
    same = np.flatnonzero(blocks == index.arrays.sentence_block[candidate.sentence])
    return first + int(same[0]), first + int(same[-1])


def sentence_span(index: Index, sentence: int) -> Span:
    """Return the span of a sentence in its article."""
    return run_span(index, sentence, sentence)


def run_span(index: Index, first: int, last: int) -> Span:
    """Return the span from one sentence's start to another one's end."""
    return Span(int(index.arrays.sentence_start[first]), int(index.arrays.sentence_end[last]))


def _find_in_run(coverage: Coverage, first: int, last: int) -> frozenset[int]:
    return frozenset[int]().union(*map(coverage.find, range(first, last + 1)))
