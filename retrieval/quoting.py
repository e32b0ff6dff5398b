"""Evidence to quotes: which whole sentences of the best passages are shown, and in what order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from corpus.article import Span
from retrieval.copying.groups import find_copies, find_group
from retrieval.evidence.gathering import Evidence
from retrieval.indexing.index import Index
from retrieval.indexing.layout import Array
from retrieval.ranking import SCORE_DECIMALS, Floats, best_rows

# From how many of the likeliest sentences quotes are made, and how many one passage may give.
SEEDS = 24
QUOTES_PER_PASSAGE = 2

# A further quote is at least so likely, relative to the best one: below it, quotes are mostly
# beside the question.
FURTHER_SHARE = 0.1

# A caption is quoted only where it covers nearly all of the question, and this much more of it than
# any body sentence.
CAPTION_COVERAGE = 0.9
CAPTION_MARGIN = 0.15

MAX_QUOTE_CHARS = 700


@dataclass(frozen=True, slots=True)
class Window:
    """A run of sentences of one block.

    Parameters
    ----------
    first, last : int
        Places in the evidence's ``sentences``, both included.
    probability : float
        That one of them answers, 0 to 1.
    is_caption : bool
    """

    first: int
    last: int
    probability: float
    is_caption: bool


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
    copies : tuple of int
        Sentences of other articles that are copies of the likeliest sentence of the quote.
    """

    article: int
    first: int
    last: int
    is_caption: bool
    score: float
    copies: tuple[int, ...] = ()


def choose_windows(
    index: Index, evidence: Evidence, probabilities: Floats, *, max_quotes: int, quote_chars: int
) -> list[Window]:
    """Return the sentences to quote, likeliest first, captions last.

    Parameters
    ----------
    probabilities : numpy.ndarray, shape (n_sentences,)
        That a sentence answers.
    max_quotes, quote_chars : int
        At most so many windows of so many characters; a single sentence may have up to
        ``MAX_QUOTE_CHARS``.

    Returns
    -------
    list of Window
        No two overlap or hold copies of one sentence.
    """
    probabilities = np.where(may_be_quoted(index, evidence), probabilities, 0.0)
    windows = list(_list_windows(index, evidence, probabilities, quote_chars))
    windows.sort(key=lambda one: (-one.probability, one.first, -one.last))
    chosen: list[Window] = []
    shown = _Shown(index, evidence)
    for window in _order(evidence, windows):
        if len(chosen) == max_quotes:
            break
        if shown.leaves_room(window):
            shown.add(window)
            chosen.append(window)
    return chosen


def select_quote(
    index: Index,
    evidence: Evidence,
    probabilities: Floats,
    window: Window,
    *,
    allowed: Array,
    quote_chars: int,
) -> Selection:
    """Return what is quoted for a window: its sentences, or a better copy of the likeliest one.

    Parameters
    ----------
    allowed : numpy.ndarray of bool, shape (n_articles,)
        The articles that may be quoted.
    quote_chars : int
        As `choose_windows` says; a copy with its neighbours keeps to it as well.
    """
    places = range(window.first, window.last + 1)
    likeliest = max(places, key=lambda place: (float(probabilities[place]), -place))
    sentences = evidence.sentences[window.first : window.last + 1].tolist()
    sentence = sentences[likeliest - window.first]
    copies = [one for one in find_copies(index, sentence) if allowed[article_of(index, one)]]
    best = next(one for one in copies if len(sentence_span(index, one)) <= MAX_QUOTE_CHARS)
    first, last = sentences[0], sentences[-1]
    if best != sentence:
        place = likeliest - window.first
        before, after = sentences[:place], sentences[place + 1 :]
        first, last = _widen_copy(index, best, before, after, quote_chars)
    return Selection(
        article=article_of(index, best),
        first=first,
        last=last,
        is_caption=bool(index.arrays.passage_is_caption[passage_of(index, best)]),
        score=round(window.probability, SCORE_DECIMALS),
        copies=tuple(sorted(set(copies) - {best})),
    )


def may_be_quoted(index: Index, evidence: Evidence) -> Array:
    """Return which sentences may be quoted: short enough, and holding a word of the question."""
    arrays, sentences = index.arrays, evidence.sentences
    lengths = arrays.sentence_end[sentences] - arrays.sentence_start[sentences]
    return np.asarray((lengths <= MAX_QUOTE_CHARS) & evidence.held.any(axis=1))


def is_question(words: str) -> bool:
    """Return whether a sentence asks; it states nothing then, whatever words it shares."""
    return words.rstrip("\"'\u2019\u201d)]").endswith("?")


def share_words(index: Index, one: Selection, other: Selection) -> bool:
    """Return whether two selections hold one sentence, be it in two copies."""
    return any(
        other.first <= copy <= other.last
        for sentence in range(one.first, one.last + 1)
        for copy in find_group(index, sentence)
    )


class _Shown:
    """What is quoted already: no sentence is quoted twice, nor in two copies."""

    def __init__(self, index: Index, evidence: Evidence) -> None:
        self._index, self._evidence = index, evidence
        self._passages: list[int] = []
        self._sentences: set[int] = set()

    def leaves_room(self, window: Window) -> bool:
        """Return whether a window may be quoted beside what is shown."""
        passage = int(self._evidence.passage_of[window.first])
        if self._passages.count(passage) == QUOTES_PER_PASSAGE:
            return False
        return self._sentences.isdisjoint(self._numbers(window))

    def add(self, window: Window) -> None:
        """Note that a window is quoted, and so are all copies of its sentences."""
        self._passages.append(int(self._evidence.passage_of[window.first]))
        for number in self._numbers(window):
            self._sentences.update(find_group(self._index, number))

    def _numbers(self, window: Window) -> list[int]:
        return [int(one) for one in self._evidence.sentences[window.first : window.last + 1]]


def _list_windows(
    index: Index, evidence: Evidence, probabilities: Floats, quote_chars: int
) -> Iterator[Window]:
    """Yield the windows around the likeliest sentences that state something, each once.

    A quote may hold a sentence that asks beside others.
    """
    arrays, sentences = index.arrays, evidence.sentences
    start, end = arrays.sentence_start[sentences].tolist(), arrays.sentence_end[sentences].tolist()
    blocks = list(
        zip(evidence.passage_of.tolist(), arrays.sentence_block[sentences].tolist(), strict=True)
    )
    captions = arrays.passage_is_caption[evidence.passages].tolist()
    likely = probabilities.tolist()
    listed: set[tuple[int, int]] = set()
    seeds = best_rows(probabilities, SEEDS)
    for seed in seeds:
        if likely[seed] < FURTHER_SHARE * likely[seeds[0]]:
            return
        passage = blocks[seed][0]
        text = index.text(int(arrays.passage_article[evidence.passages[passage]]))
        if is_question(text[start[seed] : end[seed]]):
            continue
        for first, last in _widen(seed, blocks, start, end, quote_chars):
            if (first, last) not in listed:
                listed.add((first, last))
                missed = 1.0
                for one in likely[first : last + 1]:
                    missed *= 1 - one
                probability = round(1 - missed, SCORE_DECIMALS)
                if probability > 0:
                    yield Window(first, last, probability, captions[passage])


def _widen(
    seed: int, blocks: list[tuple[int, int]], start: list[int], end: list[int], quote_chars: int
) -> Iterator[tuple[int, int]]:
    """Yield the runs of sentences around one that fit, within its block; itself in any case."""
    first = seed
    while True:
        last = seed
        while True:
            yield first, last
            last += 1
            if last == len(blocks) or blocks[last] != blocks[seed]:
                break
            if end[last] - start[first] > quote_chars:
                break
        first -= 1
        if first < 0 or blocks[first] != blocks[seed] or end[seed] - start[first] > quote_chars:
            return


def _order(evidence: Evidence, windows: list[Window]) -> list[Window]:
    """Return body windows, then captions that hold what none of them does; weak ones left out."""
    least = FURTHER_SHARE * max((one.probability for one in windows), default=0.0)
    body = [one for one in windows if not one.is_caption and one.probability >= least]
    coverage: list[float] = (evidence.held @ evidence.weights).tolist()

    def cover(window: Window) -> float:
        return max(coverage[window.first : window.last + 1])

    held = max((cover(one) for one in windows if not one.is_caption), default=0.0)
    needed = max(CAPTION_COVERAGE, held + CAPTION_MARGIN)
    return body + [one for one in windows if one.is_caption and cover(one) >= needed]


def _widen_copy(
    index: Index, best: int, before: list[int], after: list[int], quote_chars: int
) -> tuple[int, int]:
    """Return the run around a copy whose other sentences copy, one by one, those beside it."""
    low, high = block_run(index, best)
    first = last = best
    for sentence in reversed(before):
        if first == low or first - 1 not in find_group(index, sentence):
            break
        if len(run_span(index, first - 1, last)) > quote_chars:
            break
        first -= 1
    for sentence in after:
        if last == high or last + 1 not in find_group(index, sentence):
            break
        if len(run_span(index, first, last + 1)) > quote_chars:
            break
        last += 1
    return first, last


def article_of(index: Index, sentence: int) -> int:
    """Return the number of the article that holds a sentence."""
    return int(index.arrays.passage_article[passage_of(index, sentence)])


def passage_of(index: Index, sentence: int) -> int:
    """Return the number of the passage that holds a sentence."""
    return int(index.arrays.sentence_passage[sentence])


def block_run(index: Index, sentence: int) -> tuple[int, int]:
    """Return the first and last sentence of a sentence's block."""
    arrays = index.arrays
    passage = passage_of(index, sentence)
    first, end = (int(n) for n in arrays.passage_offsets[passage : passage + 2])
    blocks = arrays.sentence_block[first:end].tolist()
    block = blocks[sentence - first]
    return first + blocks.index(block), end - 1 - blocks[::-1].index(block)


def sentence_terms(index: Index, sentence: int) -> list[int]:
    """Return the ids of the unigrams of one sentence, in order of place."""
    start, end = index.arrays.term_offsets[sentence : sentence + 2]
    return [int(term) for term in index.arrays.sentence_terms[start:end]]


def sentence_span(index: Index, sentence: int) -> Span:
    """Return the span of a sentence in its article."""
    return run_span(index, sentence, sentence)


def run_span(index: Index, first: int, last: int) -> Span:
    """Return the span from one sentence's start to another one's end."""
    return Span(int(index.arrays.sentence_start[first]), int(index.arrays.sentence_end[last]))
