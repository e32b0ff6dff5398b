"""Articles to the content of an index generation: one pass over the texts, then arrays only."""

from __future__ import annotations

import calendar
from array import array
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from corpus.article import Article, BlockKind, Precision, Source
from retrieval.abbreviations import find_abbreviations
from retrieval.layout import Array, IndexArrays
from retrieval.passages import Passage, split_passages
from retrieval.tokens import WORD, fold_word
from retrieval.weighting import (
    Ints,
    count_terms,
    inverse_document_frequencies,
    weigh_counts,
)


@dataclass(frozen=True, slots=True)
class IndexContent:
    """What a generation is written from; parallel to its articles, in their order."""

    articles: tuple[tuple[Article, Source], ...]
    vocabulary: tuple[str, ...]
    arrays: IndexArrays


class _TermIds(dict[str, int]):
    """Words as written to provisional term ids, in order of first sight; -1 for stop words."""

    def __init__(self) -> None:
        super().__init__()
        self.terms: dict[str, int] = {}

    def __missing__(self, word: str) -> int:
        term = fold_word(word)
        number = self.terms.setdefault(term, len(self.terms)) if term else -1
        self[word] = number
        return number


@dataclass(slots=True)
class _Stretches:
    """Occurrences of terms, stretch by stretch: sentences, titles or headings."""

    ids: _TermIds
    occurrences: array[int] = field(default_factory=lambda: array("q"))
    ends: array[int] = field(default_factory=lambda: array("q"))

    def add(self, text: str) -> None:
        """Append the terms of one stretch."""
        words = WORD.findall(text)
        words.extend(find_abbreviations(text))
        self.occurrences.extend(map(self.ids.__getitem__, words))
        self.ends.append(len(self.occurrences))

    def finish(self, order: Ints) -> tuple[Ints, Ints]:
        """Return offsets and term ids, stop words dropped and ids mapped by ``order``."""
        raw = np.frombuffer(self.occurrences, np.int64) if self.occurrences else _ints()
        kept = raw >= 0
        before = np.concatenate([[0], np.cumsum(kept)])
        offsets = before[np.concatenate([[0], np.array(self.ends, np.int64)])]
        return offsets.astype(np.int64), order[raw[kept]]


def build_content(articles: Iterable[tuple[Article, Source]]) -> IndexContent:
    """Return the content of a generation.

    Parameters
    ----------
    articles : iterable of (Article, Source)
        Any order; they are put in order of article id, so that the order in which they were added
        changes nothing.

    Notes
    -----
    A passage is weighed with its article's title and its heading. Bigrams never cross the edge of
    a sentence, a title or a heading.
    """
    ordered = tuple(sorted(articles, key=lambda pair: pair[0].article_id))
    ids = _TermIds()
    sentences, titles, headings = _Stretches(ids), _Stretches(ids), _Stretches(ids)
    passages: list[Passage] = []
    passage_article = array("i")
    sentence_counts = [0]
    for number, (article, source) in enumerate(ordered):
        titles.add(source.title or "")
        for passage in split_passages(article):
            passages.append(passage)
            passage_article.append(number)
            headings.add(passage.heading.slice(article.text) if passage.heading else "")
            for sentence in passage.sentences:
                sentences.add(sentence.span.slice(article.text))
        sentence_counts.append(len(sentences.ends))
    vocabulary, order = _sort_terms(ids.terms)
    terms = _Terms(
        sentences=sentences.finish(order),
        titles=titles.finish(order),
        headings=headings.finish(order),
        n_unigrams=len(vocabulary),
    )
    arrays = IndexArrays(
        **_article_arrays(ordered, sentence_counts),
        **_sentence_arrays(passages, terms),
        **_passage_arrays(passages, passage_article),
        **_term_arrays(passages, np.array(passage_article, np.int64), len(ordered), terms),
        vocabulary_offsets=_offsets(len(term.encode()) for term in vocabulary),
    )
    return IndexContent(ordered, vocabulary, arrays)


@dataclass(frozen=True, slots=True)
class _Terms:
    """Offsets and term ids of the three sorts of stretches."""

    sentences: tuple[Ints, Ints]
    titles: tuple[Ints, Ints]
    headings: tuple[Ints, Ints]
    n_unigrams: int


def _sort_terms(terms: dict[str, int]) -> tuple[tuple[str, ...], Ints]:
    """Return the terms in code point order, and the place of each provisional id in it."""
    vocabulary = tuple(sorted(terms))
    order = np.empty(len(vocabulary), np.int64)
    order[[terms[term] for term in vocabulary]] = np.arange(len(vocabulary))
    return vocabulary, order


def _article_arrays(
    articles: tuple[tuple[Article, Source], ...], sentence_counts: list[int]
) -> dict[str, Array]:
    periods = [period_of(source) for _, source in articles]
    return {
        "text_offsets": _offsets(len(article.text.encode()) for article, _ in articles),
        "record_offsets": _ints(),  # known when the records are written
        "first_day": np.array([first for first, _ in periods], np.int32),
        "last_day": np.array([last for _, last in periods], np.int32),
        "sentence_offsets": np.array(sentence_counts, np.int32),
    }


def _sentence_arrays(passages: list[Passage], terms: _Terms) -> dict[str, Array]:
    spans = [sentence.span for passage in passages for sentence in passage.sentences]
    blocks = [sentence.block for passage in passages for sentence in passage.sentences]
    return {
        "sentence_start": np.array([span.start for span in spans], np.int32),
        "sentence_end": np.array([span.end for span in spans], np.int32),
        "sentence_block": np.array(blocks, np.int32),
        "term_offsets": terms.sentences[0],
        "sentence_terms": terms.sentences[1].astype(np.int32),
    }


def _passage_arrays(passages: list[Passage], passage_article: array[int]) -> dict[str, Array]:
    nothing = (0, 0)
    headings = [
        (passage.heading.start, passage.heading.end) if passage.heading else nothing
        for passage in passages
    ]
    return {
        "passage_offsets": _offsets(len(passage.sentences) for passage in passages),
        "passage_article": np.array(passage_article, np.int32),
        "passage_is_caption": np.array(
            [passage.kind is BlockKind.CAPTION for passage in passages], np.bool_
        ),
        "heading_start": np.array([start for start, _ in headings], np.int32),
        "heading_end": np.array([end for _, end in headings], np.int32),
    }


def _term_arrays(
    passages: list[Passage], passage_article: Ints, n_articles: int, terms: _Terms
) -> dict[str, Array]:
    """Return vocabulary of bigrams, idf, and both sets of postings."""
    n_passages = len(passages)
    sentence_passage = np.repeat(
        np.arange(n_passages), [len(passage.sentences) for passage in passages]
    )
    parts = [
        _occurrences(*terms.sentences, rows=sentence_passage, n_unigrams=terms.n_unigrams),
        _occurrences(*terms.headings, rows=np.arange(n_passages), n_unigrams=terms.n_unigrams),
        _title_occurrences(terms, passage_article, n_articles),
    ]
    rows = np.concatenate([rows for rows, _ in parts])
    keys = np.concatenate([keys for _, keys in parts])
    is_bigram = keys >= terms.n_unigrams
    bigram_keys, bigram_ids = np.unique(keys[is_bigram], return_inverse=True)
    keys[is_bigram] = terms.n_unigrams + bigram_ids
    n_terms = terms.n_unigrams + len(bigram_keys)
    counts = count_terms(rows, keys, n_rows=n_passages, n_terms=n_terms)
    idf = inverse_document_frequencies(counts.document_frequencies, n_rows=n_passages)
    by_article = count_terms(passage_article[rows], keys, n_rows=n_articles, n_terms=n_terms)
    return {
        "bigram_keys": bigram_keys - terms.n_unigrams,
        "idf": idf,
        "passage_postings": counts.offsets,
        "passage_rows": counts.rows.astype(np.int32),
        "passage_weights": weigh_counts(counts, idf).astype(np.float32),
        "article_postings": by_article.offsets,
        "article_rows": by_article.rows.astype(np.int32),
        "article_weights": weigh_counts(by_article, idf).astype(np.float32),
    }


def _occurrences(offsets: Ints, ids: Ints, *, rows: Ints, n_unigrams: int) -> tuple[Ints, Ints]:
    """Return (row, key) of each unigram and bigram; a bigram's key follows all unigrams'."""
    stretch = np.repeat(np.arange(len(rows)), np.diff(offsets))
    neighbours = stretch[:-1] == stretch[1:]
    bigrams = (ids[:-1] * n_unigrams + ids[1:])[neighbours] + n_unigrams
    unigram_rows = rows[stretch]
    return (
        np.concatenate([unigram_rows, unigram_rows[:-1][neighbours]]),
        np.concatenate([ids, bigrams]),
    )


def _title_occurrences(terms: _Terms, passage_article: Ints, n_articles: int) -> tuple[Ints, Ints]:
    """Return (passage, key) of each article's title, once for each of its passages."""
    articles, keys = _occurrences(
        *terms.titles, rows=np.arange(n_articles), n_unigrams=terms.n_unigrams
    )
    by_article = np.argsort(articles, kind="stable")
    articles, keys = articles[by_article], keys[by_article]
    starts = np.searchsorted(articles, passage_article)
    lengths = np.searchsorted(articles, passage_article, side="right") - starts
    rows = np.repeat(np.arange(len(passage_article)), lengths)
    within = np.arange(len(rows)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    return rows, keys[np.repeat(starts, lengths) + within]


def period_of(source: Source) -> tuple[int, int]:
    """Return the first and last day an article can be of, as ordinals; (0, 0) if undated."""
    published = source.published
    if published is None:
        return 0, 0
    if source.published_precision is Precision.YEAR:
        return date(published.year, 1, 1).toordinal(), date(published.year, 12, 31).toordinal()
    if source.published_precision is Precision.MONTH:
        days = calendar.monthrange(published.year, published.month)[1]
        first = published.replace(day=1).toordinal()
        return first, first + days - 1
    return published.toordinal(), published.toordinal()


def _offsets(lengths: Iterable[int]) -> Ints:
    """Return the offsets of parts with these lengths, from 0."""
    return np.concatenate([[0], np.cumsum(np.fromiter(lengths, np.int64))]).astype(np.int64)


def _ints() -> Ints:
    return np.empty(0, np.int64)
