"""Hits to quotes: which whole sentences of the best passages are shown, and in what order."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from corpus.article import Span
from retrieval.copies import Wording, is_copy, read_wording
from retrieval.coverage import Coverage, sentence_terms
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

# A further quote scores at least this share of the best one: below it, quotes are mostly beside the
# question (on Wikipedia questions quote@3 falls by 0.2 points, and a quarter fewer are shown).
FURTHER_SHARE = 0.6

# A caption is quoted only where it covers nearly all of the question, and this much more of it than
# any body sentence.
CAPTION_COVERAGE = 0.9
CAPTION_MARGIN = 0.15

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
        Sentences of other articles that are copies of the best sentence of the quote.
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
    """One sentence that might be quoted; ``text`` is its article's."""

    sentence: int
    passage: int
    article: int
    text: str
    score: float
    coverage: float
    is_caption: bool
    terms: frozenset[int]


class _Shown:
    """What is quoted already: no sentence is quoted twice, nor in two copies."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._passages: list[int] = []
        self._sentences: set[int] = set()
        self._wordings: list[Wording] = []

    def leaves_room(self, candidate: _Candidate) -> bool:
        """Return whether a sentence may be quoted beside what is shown."""
        if self._passages.count(candidate.passage) == QUOTES_PER_PASSAGE:
            return False
        return not self.holds(candidate.sentence, candidate.text)

    def holds(self, sentence: int, text: str) -> bool:
        """Return whether a sentence of an article's text, or a copy of it, is quoted already."""
        if sentence in self._sentences or not self._wordings:
            return sentence in self._sentences
        wording = _read_wording(self._index, sentence, text)
        return any(is_copy(wording, shown) for shown in self._wordings)

    def add(self, candidate: _Candidate, first: int, last: int) -> None:
        """Note that a candidate is quoted, widened to a run of sentences."""
        run = range(first, last + 1)
        self._passages.append(candidate.passage)
        self._sentences.update(run)
        self._wordings += [_read_wording(self._index, one, candidate.text) for one in run]


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
    shown = _Shown(index)
    for candidate in _order(candidates):
        if len(selections) == max_quotes:
            break
        if not shown.leaves_room(candidate):
            continue
        first, last = _widen(index, candidate, shown, coverage, quote_chars)
        shown.add(candidate, first, last)
        selections.append(
            Selection(
                article=candidate.article,
                first=first,
                last=last,
                is_caption=candidate.is_caption,
                score=candidate.score,
                coverage=coverage.share(coverage.find_in_run(first, last)),
                copies=_find_copies(index, candidate, candidates),
            )
        )
    return selections


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
        article = int(index.arrays.passage_article[passage])
        text = index.text(article)
        is_caption = bool(index.arrays.passage_is_caption[passage])
        for place, sentence in enumerate(range(first, end), start=1):
            words = sentence_span(index, sentence).slice(text)
            if covered[place] == 0 or len(words) > MAX_QUOTE_CHARS or _is_question(words):
                continue
            score = covered[place] + NEIGHBOUR_SHARE * (covered[place - 1] + covered[place + 1])
            score += PASSAGE_SHARE * float(scores[passage])
            score += _bonus(expected, words, question)
            candidates.append(
                _Candidate(
                    sentence=sentence,
                    passage=passage,
                    article=article,
                    text=text,
                    score=score,
                    coverage=covered[place],
                    is_caption=is_caption,
                    terms=frozenset(sentence_terms(index, sentence)),
                )
            )
    return sorted(candidates, key=lambda one: (-round(one.score, SCORE_DECIMALS), one.sentence))


def _is_question(words: str) -> bool:
    """Return whether a sentence asks: it states nothing, whatever words it shares."""
    return words.rstrip("\"'\u2019\u201d)]").endswith("?")


def _bonus(expected: Expected, words: str, question: str) -> float:
    """Return what a sentence gains by holding the kind of answer that is asked for."""
    bonus = 0.0
    if expected is not Expected.ANY and holds_expected(expected, words, question):
        bonus += EXPECTED_BONUS
    if expected is Expected.NUMBER and counts_asked(words, question):
        bonus += COUNTED_BONUS
    return bonus


def _order(candidates: list[_Candidate]) -> list[_Candidate]:
    """Return body sentences, then captions that hold what none of them does; weak ones left out."""
    body = [candidate for candidate in candidates if not candidate.is_caption]
    held = max((candidate.coverage for candidate in body), default=0.0)
    needed = max(CAPTION_COVERAGE, held + CAPTION_MARGIN)
    captions = [one for one in candidates if one.is_caption and one.coverage >= needed]
    best = max((candidate.score for candidate in candidates), default=0.0)
    return [one for one in body + captions if one.score >= FURTHER_SHARE * best]


def _find_copies(
    index: Index, candidate: _Candidate, candidates: list[_Candidate]
) -> tuple[int, ...]:
    """Return the sentences that are copies of a candidate, one of each other article."""
    wording = _read_wording(index, candidate.sentence, candidate.text)
    copies: dict[int, int] = {}
    for other in sorted(candidates, key=lambda one: one.sentence):
        shared = len(candidate.terms & other.terms)
        if other.article == candidate.article or 2 * shared < len(candidate.terms | other.terms):
            continue  # only sentences with half of their words in common are worth a closer look
        if is_copy(wording, _read_wording(index, other.sentence, other.text)):
            copies.setdefault(other.article, other.sentence)
    return tuple(copies.values())


def _widen(
    index: Index, candidate: _Candidate, shown: _Shown, coverage: Coverage, quote_chars: int
) -> tuple[int, int]:
    """Return the run of sentences around a candidate that fits, within its block."""
    first = last = candidate.sentence
    low, high = block_run(index, candidate.sentence)
    while True:
        runs = {
            neighbour: (min(first, neighbour), max(last, neighbour))
            for neighbour in (last + 1, first - 1)
            if low <= neighbour <= high
        }
        wider = [
            run
            for neighbour, run in runs.items()
            if len(run_span(index, *run)) <= quote_chars
            and not shown.holds(neighbour, candidate.text)
        ]
        if not wider:
            return first, last
        first, last = max(wider, key=lambda run: coverage.share(coverage.find_in_run(*run)))


def block_run(index: Index, sentence: int) -> tuple[int, int]:
    """Return the first and last sentence of a sentence's block."""
    arrays = index.arrays
    passage = int(np.searchsorted(arrays.passage_offsets, sentence, side="right")) - 1
    first, end = (int(n) for n in arrays.passage_offsets[passage : passage + 2])
    same = np.flatnonzero(arrays.sentence_block[first:end] == arrays.sentence_block[sentence])
    return first + int(same[0]), first + int(same[-1])


def _read_wording(index: Index, sentence: int, text: str) -> Wording:
    return read_wording(sentence_span(index, sentence).slice(text))


def sentence_span(index: Index, sentence: int) -> Span:
    """Return the span of a sentence in its article."""
    return run_span(index, sentence, sentence)


def run_span(index: Index, first: int, last: int) -> Span:
    """Return the span from one sentence's start to another one's end."""
    return Span(int(index.arrays.sentence_start[first]), int(index.arrays.sentence_end[last]))
