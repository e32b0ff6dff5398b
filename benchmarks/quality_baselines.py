"""What Quoth is held against: full-text search that quotes, by rules that are no better known.

Each baseline ranks passages, and from each of the best three quotes the window of whole sentences
with the highest score, up to as many characters as Quoth's quotes. They are never silent. What they
would be silent by is the score of their best passage.
"""

from __future__ import annotations

import math
import re
import sqlite3
import time
import weakref
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate, chain
from typing import Protocol

import numpy as np
import numpy.typing as npt
from quality_data import Stretch
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import TfidfVectorizer

from corpus.article import Article, BlockKind, Span
from retrieval.measuring.judging import JudgedQuote, Outcome, is_hit, is_passage_hit, is_wrong
from retrieval.measuring.labelled import LabelledQuestion
from retrieval.tokens import extract_question_terms, extract_terms

QUOTES = 3
QUOTE_CHARS = 300
WORD = re.compile(r"\w+")
TABLES = """
CREATE VIRTUAL TABLE passages USING fts5(title, text, tokenize='porter unicode61');
CREATE VIRTUAL TABLE sentences USING fts5(text, tokenize='porter unicode61');
"""


@dataclass(frozen=True, slots=True)
class Found:
    """Numbers of a baseline's best passages, a quote of each that has sentences, its best score."""

    passages: tuple[int, ...]
    quotes: tuple[Span | None, ...]
    confidence: float


class Baseline(Protocol):
    """What ranks passages and scores their sentences."""

    stretches: Sequence[Stretch]

    def rank(self, question: str) -> list[tuple[int, float]]:
        """Return the numbers and scores of the best passages, best first, scores above 0."""

    def score_sentences(self, question: str, passage: int) -> list[float]:
        """Return a score, at least 0, for each sentence of a passage."""


class TfidfSearch:
    """scikit-learn's `TfidfVectorizer` as it comes, over passages with their article's title."""

    def __init__(self, stretches: Sequence[Stretch]) -> None:
        self.stretches = stretches
        self._vectorizer = TfidfVectorizer()
        texts = [f"{stretch.title} {stretch.text}" for stretch in stretches]
        self._passages = self._vectorizer.fit_transform(texts)
        self._sentences = self._vectorizer.transform(chain(*map(_sentence_texts, stretches)))
        self._firsts = _count_up(stretches)
        # A question is weighed once for its passages and for the sentences of each of them.
        self._weigh = lru_cache(maxsize=1)(self._weigh_question)

    def rank(self, question: str) -> list[tuple[int, float]]:
        """Return the passages by cosine; ties by place."""
        scores = self._compare(self._passages, question)
        best = np.argsort(-scores, kind="stable")[:QUOTES]
        return [(int(row), float(scores[row])) for row in best if scores[row] > 0]

    def score_sentences(self, question: str, passage: int) -> list[float]:
        """Return the cosine of each sentence."""
        rows = self._sentences[self._firsts[passage] : self._firsts[passage + 1]]
        return self._compare(rows, question).tolist()

    def _compare(self, rows: csr_matrix, question: str) -> npt.NDArray[np.float64]:
        return (rows @ self._weigh(question)).toarray()[:, 0]

    def _weigh_question(self, question: str) -> csr_matrix:
        return self._vectorizer.transform([question]).T


class FullTextSearch:
    """SQLite's FTS5 with its ``bm25``, porter stemming, over title and text."""

    def __init__(self, stretches: Sequence[Stretch]) -> None:
        self.stretches = stretches
        self._database = sqlite3.connect(":memory:")
        weakref.finalize(self, self._database.close)
        self._database.executescript(TABLES)
        self._database.executemany(
            "INSERT INTO passages (rowid, title, text) VALUES (?, ?, ?)",
            ((row, stretch.title, stretch.text) for row, stretch in enumerate(stretches)),
        )
        self._firsts = _count_up(stretches)
        rows = enumerate(chain(*map(_sentence_texts, stretches)))
        self._database.executemany("INSERT INTO sentences (rowid, text) VALUES (?, ?)", rows)

    def rank(self, question: str) -> list[tuple[int, float]]:
        """Return the passages by bm25, turned so that more is better; ties by place."""
        found = self._database.execute(
            "SELECT rowid, -bm25(passages) FROM passages WHERE passages MATCH ? "
            "ORDER BY 2 DESC, 1 LIMIT ?",
            (_any_word(question), QUOTES),
        )
        return list(found)

    def score_sentences(self, question: str, passage: int) -> list[float]:
        """Return the bm25 of each sentence, 0 for those without a word of the question."""
        first, end = self._firsts[passage : passage + 2]
        found = self._database.execute(
            "SELECT rowid, -bm25(sentences) FROM sentences "
            "WHERE sentences MATCH ? AND rowid BETWEEN ? AND ?",
            (_any_word(question), first, end - 1),
        )
        scores = dict(found)
        return [scores.get(row, 0.0) for row in range(first, end)]


class WordCoverage:
    """Which share of a question's words, weighed by idf, a quote holds: the plainest confidence."""

    def __init__(self, stretches: Sequence[Stretch]) -> None:
        terms = (set(extract_terms(stretch.text)) for stretch in stretches)
        self._frequencies = Counter(term for found in terms for term in found)
        self._passages = len(stretches)

    def judge(self, outcome: Outcome) -> Outcome:
        """Return what a baseline showed, with the share that its first quote holds as confidence.

        The first one alone parts better than all three, which often hold every word between them.
        """
        quote = outcome.unsilenced[0].text if outcome.unsilenced else ""
        return replace(outcome, confidence=self.measure(outcome.labelled.question, quote))

    def measure(self, question: str, quote: str) -> float:
        """Return the share, 0 to 1; a word that no passage holds weighs most."""
        asked, held = set(extract_question_terms(question)), set(extract_terms(quote))
        total = math.fsum(map(self._idf, asked))
        return math.fsum(map(self._idf, asked & held)) / total if total else 0.0

    def _idf(self, term: str) -> float:
        return math.log((1 + self._passages) / (1 + self._frequencies[term])) + 1


def search(baseline: Baseline, question: str) -> Found:
    """Return what a baseline shows for a question."""
    ranked = baseline.rank(question)
    windows = (
        best_window(baseline.stretches[row], baseline.score_sentences(question, row))
        for row, _ in ranked
    )
    confidence = ranked[0][1] if ranked else 0.0
    return Found(tuple(row for row, _ in ranked), tuple(windows), confidence)


def best_window(stretch: Stretch, scores: Sequence[float]) -> Span | None:
    """Return the sentences of one block that together score highest, the earlier ones of equals.

    They have at most ``QUOTE_CHARS`` characters, or are one sentence. None without sentences.
    """
    best, most = None, -1.0
    for first, start in enumerate(stretch.sentences):
        for end, last in enumerate(stretch.sentences[first:], start=first + 1):
            span = Span(start.span.start, last.span.end)
            is_wide = end > first + 1 and len(span) > QUOTE_CHARS
            if is_wide or last.block != start.block:
                break
            score = math.fsum(scores[first:end])
            if score > most:
                best, most = span, score
    return best


def judge_search(baseline: Baseline, labelled: LabelledQuestion) -> Outcome:
    """Ask a baseline a question, and judge what it shows as Quoth is judged."""
    started = time.process_time()
    found = search(baseline, labelled.question)
    cpu_ms = 1000 * (time.process_time() - started)
    shown = list(_shown(baseline, found))
    quotes = tuple(_judge_quote(labelled, article, span) for article, span in shown)
    passages = [baseline.stretches[row] for row in found.passages]
    return Outcome(
        labelled=labelled,
        passages=tuple(
            is_passage_hit(labelled, one.article.article_id, one.span, one.text) for one in passages
        ),
        confidence=found.confidence,
        unsilenced=quotes,
        shipped=quotes,
        cpu_ms=cpu_ms,
    )


def _shown(baseline: Baseline, found: Found) -> Iterator[tuple[Article, Span]]:
    for row, span in zip(found.passages, found.quotes, strict=True):
        if span is not None:
            yield baseline.stretches[row].article, span


def _judge_quote(labelled: LabelledQuestion, article: Article, span: Span) -> JudgedQuote:
    text = span.slice(article.text)
    kinds = {block.kind for block in article.blocks if block.span.overlap(span)}
    return JudgedQuote(
        hit=is_hit(labelled, article.article_id, span, text),
        wrong=is_wrong(labelled, article.article_id, span, text),
        verbatim=True,
        shown_as_caption=False,
        beside_body=frozenset(kinds - {BlockKind.BODY}),
        text=text,
    )


def _sentence_texts(stretch: Stretch) -> list[str]:
    return [one.span.slice(stretch.article.text) for one in stretch.sentences]


def _count_up(stretches: Sequence[Stretch]) -> list[int]:
    """Return the number of each passage's first sentence, and that of all sentences."""
    return [0, *accumulate(len(stretch.sentences) for stretch in stretches)]


def _any_word(question: str) -> str:
    """Return the query that any word of the question answers; words are quoted, so are data."""
    return " OR ".join(f'"{word}"' for word in WORD.findall(question)) or '""'
