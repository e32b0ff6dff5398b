"""The content of an index generation, from articles and their analysis: arrays only."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from corpus.article import Article, Precision, Source
from retrieval.copying.alignment import align_sentences
from retrieval.copying.origins import lay_out_origins
from retrieval.copying.pairing import Words
from retrieval.copying.preferring import Sentences
from retrieval.indexing.analysis import Analysis, Stretches, analyse_articles
from retrieval.indexing.layout import ALIGNMENT_NAMES, Array, IndexArrays, head_of
from retrieval.indexing.weighting import (
    Ints,
    count_terms,
    inverse_document_frequencies,
    weigh_counts,
)

# A word is taken for a name if it has a capital so many times as often as it has none.
NAME_RATIO = 4

Articles = Sequence[tuple[Article, Source]]


@dataclass(frozen=True, slots=True)
class IndexContent:
    """What a generation is written from; parallel to its articles, by article id."""

    articles: Articles
    vocabulary: tuple[str, ...]
    arrays: IndexArrays


@dataclass(frozen=True, slots=True)
class _Terms:
    """Offsets and final term ids of each sort of stretch."""

    vocabulary: tuple[str, ...]
    sentences: tuple[Ints, Ints]
    titles: tuple[Ints, Ints]
    headings: tuple[Ints, Ints]
    capitals: Array  # of the sentences' occurrences


def build_content(articles: Iterable[tuple[Article, Source]]) -> IndexContent:
    """Return the content of a generation.

    Parameters
    ----------
    articles : iterable of (Article, Source)
        Any order; they are put in order of article id, so that the order in which they were added
        changes nothing.
    """
    ordered = sorted(articles, key=lambda pair: pair[0].article_id)
    analysis = analyse_articles((article, source.title or "") for article, source in ordered)
    return join_analyses(ordered, [analysis])


def join_analyses(articles: Articles, analyses: Sequence[Analysis]) -> IndexContent:
    """Return the content of a generation from the analyses of runs of its articles.

    Parameters
    ----------
    articles : sequence of (Article, Source)
        By article id; their blocks are not looked at any more.
    analyses : sequence of Analysis
        Of runs of these articles, in the same order.

    Notes
    -----
    A passage is weighed with its article's title and its heading. Bigrams never cross the edge of
    a sentence, a title or a heading.
    """
    terms = _join_terms(analyses)
    article_size = np.concatenate([one.article_size for one in analyses])
    passage_place = np.concatenate([one.passage_place for one in analyses])
    sentence_place = np.concatenate([one.sentence_place for one in analyses])
    periods = [period_of(source) for _, source in articles]
    passage_article = np.repeat(np.arange(len(articles)), article_size[:, 1])
    arrays = IndexArrays(
        text_offsets=_offsets([len(article.text.encode()) for article, _ in articles]),
        record_offsets=np.empty(0, np.int64),  # known when the records are written
        first_day=np.array([first for first, _ in periods], np.int32),
        last_day=np.array([last for _, last in periods], np.int32),
        publisher=_number_publishers(articles),
        sentence_offsets=_offsets(article_size[:, 0]),
        sentence_start=sentence_place[:, 0],
        sentence_end=sentence_place[:, 1],
        sentence_block=sentence_place[:, 2],
        sentence_passage=np.repeat(
            np.arange(len(passage_place), dtype=np.int32), passage_place[:, 0]
        ),
        term_offsets=terms.sentences[0],
        sentence_terms=terms.sentences[1].astype(np.int32),
        passage_offsets=_offsets(passage_place[:, 0]),
        passage_article=passage_article.astype(np.int32),
        passage_is_caption=passage_place[:, 1].astype(np.bool_),
        heading_start=passage_place[:, 2],
        heading_end=passage_place[:, 3],
        vocabulary_offsets=_offsets([len(term.encode()) for term in terms.vocabulary]),
        vocabulary_heads=np.array([head_of(term.encode()) for term in terms.vocabulary], np.uint64),
        is_name=_find_names(terms),
        title_offsets=terms.titles[0],
        title_terms=terms.titles[1].astype(np.int32),
        heading_offsets=terms.headings[0],
        heading_terms=terms.headings[1].astype(np.int32),
        **_weigh_terms(terms, passage_place[:, 0], passage_article, n_articles=len(articles)),
        **dict.fromkeys(ALIGNMENT_NAMES, np.empty(0, np.int32)),  # found in what is laid out here
    )
    aligned = replace(arrays, **_align(articles, arrays), **lay_out_origins(articles))
    return IndexContent(articles, terms.vocabulary, aligned)


def list_publishers(articles: Articles) -> list[str]:
    """Return the publishers of articles, each once, in code point order."""
    return sorted({source.publisher for _, source in articles if source.publisher})


def _number_publishers(articles: Articles) -> Array:
    places = {name: place for place, name in enumerate(list_publishers(articles))}
    return np.array([places.get(source.publisher or "", -1) for _, source in articles], np.int32)


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


def _join_terms(analyses: Sequence[Analysis]) -> _Terms:
    """Give all terms their final ids: their places in code point order."""
    vocabulary = tuple(sorted(set().union(*(one.terms for one in analyses))))
    places = {term: place for place, term in enumerate(vocabulary)}
    final = [np.array([places[term] for term in one.terms], np.int64) for one in analyses]

    def join(stretches: Sequence[Stretches]) -> tuple[Ints, Ints]:
        ids = [order[one.occurrences] for order, one in zip(final, stretches, strict=True)]
        lengths = np.concatenate([one.lengths for one in stretches])
        return _offsets(lengths), np.concatenate(ids)

    return _Terms(
        vocabulary,
        sentences=join([one.sentences for one in analyses]),
        titles=join([one.titles for one in analyses]),
        headings=join([one.headings for one in analyses]),
        capitals=np.concatenate([one.sentences.capitals for one in analyses]),
    )


def _find_names(terms: _Terms) -> Array:
    """Return which unigrams are mostly written with a capital where no sentence begins."""
    n_unigrams, ids = len(terms.vocabulary), terms.sentences[1]
    capitals, others = (
        np.bincount(ids[terms.capitals == value], minlength=n_unigrams) for value in (1, 0)
    )
    return np.asarray(capitals > NAME_RATIO * others)


def _weigh_terms(
    terms: _Terms, passage_sizes: Ints, passage_article: Ints, *, n_articles: int
) -> dict[str, Array]:
    """Return vocabulary of bigrams, idf, and the postings over passages and over articles."""
    n_passages, n_unigrams = len(passage_sizes), len(terms.vocabulary)
    sentence_passage = np.repeat(np.arange(n_passages), passage_sizes)
    parts = [
        _occurrences(*terms.sentences, rows=sentence_passage, n_unigrams=n_unigrams),
        _occurrences(*terms.headings, rows=np.arange(n_passages), n_unigrams=n_unigrams),
        _title_occurrences(terms, passage_article, n_articles),
    ]
    rows = np.concatenate([rows for rows, _ in parts])
    keys = np.concatenate([keys for _, keys in parts])
    is_bigram = keys >= n_unigrams
    bigram_keys, bigram_ids = np.unique(keys[is_bigram], return_inverse=True)
    keys[is_bigram] = n_unigrams + bigram_ids
    n_terms = n_unigrams + len(bigram_keys)
    counts = count_terms(rows, keys, n_rows=n_passages, n_terms=n_terms)
    idf = inverse_document_frequencies(counts.document_frequencies, n_rows=n_passages)
    by_article = count_terms(passage_article[rows], keys, n_rows=n_articles, n_terms=n_terms)
    return {
        "bigram_keys": bigram_keys - n_unigrams,
        "idf": idf,
        "passage_postings": counts.offsets,
        "passage_rows": counts.rows.astype(np.int32),
        "passage_weights": weigh_counts(counts, idf).astype(np.float32),
        "article_postings": by_article.offsets,
        "article_rows": by_article.rows.astype(np.int32),
        "article_weights": weigh_counts(by_article, idf).astype(np.float32),
    }


def _align(articles: Articles, arrays: IndexArrays) -> dict[str, Array]:
    """Return the groups of copies and the stories of articles laid out so far."""
    n_articles, n_terms = len(articles), len(arrays.vocabulary_offsets) - 1
    article = np.repeat(np.arange(n_articles), np.diff(arrays.sentence_offsets))
    terms = arrays.sentence_terms.astype(np.int64)
    rows = np.repeat(article, np.diff(arrays.term_offsets))
    holders = count_terms(rows, terms, n_rows=n_articles, n_terms=n_terms).document_frequencies
    return align_sentences(
        Sentences(
            texts=[article.text for article, _ in articles],
            publishers=[source.publisher for _, source in articles],
            first_day=arrays.first_day,
            last_day=arrays.last_day,
            article=article,
            start=arrays.sentence_start,
            end=arrays.sentence_end,
            is_caption=np.repeat(arrays.passage_is_caption, np.diff(arrays.passage_offsets)),
            words=Words(arrays.term_offsets, terms, n_terms),
            is_known=holders > 1,
        )
    )


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
        *terms.titles, rows=np.arange(n_articles), n_unigrams=len(terms.vocabulary)
    )
    by_article = np.argsort(articles, kind="stable")
    articles, keys = articles[by_article], keys[by_article]
    starts = np.searchsorted(articles, passage_article)
    lengths = np.searchsorted(articles, passage_article, side="right") - starts
    rows = np.repeat(np.arange(len(passage_article)), lengths)
    within = np.arange(len(rows)) - np.repeat(_offsets(lengths)[:-1], lengths)
    return rows, keys[np.repeat(starts, lengths) + within]


def _offsets(lengths: Sequence[int] | Array) -> Ints:
    """Return the offsets of parts with these lengths, from 0."""
    return np.concatenate([[0], np.cumsum(np.asarray(lengths, np.int64))]).astype(np.int64)
