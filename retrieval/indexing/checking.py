"""Whether an index generation is still what its articles and scikit-learn say it should be."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np
from scipy.sparse import csc_matrix
from sklearn.feature_extraction.text import TfidfVectorizer

from corpus.article import Article, Precision, Source, hash_text
from corpus.blocks import find_blocks
from retrieval.indexing.abbreviations import find_abbreviations
from retrieval.indexing.building import build_content
from retrieval.indexing.index import MANIFEST_NAME, Index
from retrieval.indexing.layout import ALIGNMENT_NAMES, Array
from retrieval.indexing.passages import Passage, split_passages
from retrieval.indexing.writing import describe_file
from retrieval.tokens import add_bigrams, extract_terms, fold_word

WEIGHT_TOLERANCE = 1e-6  # weights are stored as 32-bit floats
IDF_TOLERANCE = 1e-11  # and idf as 64-bit ones


def check_generation(folder: Path) -> Iterator[str]:
    """Yield what is wrong with a generation, one line each; nothing if it is sound.

    Files are held against the manifest's checksums, texts against the SHA-256 in their records,
    every weight against ``TfidfVectorizer`` fitted anew on the passages of the stored texts, and
    copies, stories and origins against those found anew. Each is looked at only where what it rests
    on is sound.

    Raises
    ------
    corpus.errors.CorpusError, retrieval.indexing.index.OutdatedIndex, FileNotFoundError
        If it cannot be opened at all.
    """
    index = Index.open(folder)
    damaged = list(_damaged_files(folder)) or list(_damaged_texts(index))
    yield from damaged
    if damaged:
        return
    if not weights_agree(index):
        yield "its weights are not those that scikit-learn gives for its texts"
    elif not alignment_agrees(index):
        yield "its copies, stories or origins are not those of its texts"


def weights_agree(index: Index) -> bool:
    """Return whether idf and all weights equal scikit-learn's, to rounding."""
    passages = list(_passage_terms(index))
    if len(passages) != index.n_passages:
        return False
    if not any(terms for _, terms in passages):
        return len(index.arrays.idf) == 0
    vectorizer = TfidfVectorizer(analyzer=list, sublinear_tf=True)
    by_passage = vectorizer.fit_transform([terms for _, terms in passages])
    by_article = vectorizer.transform(_join_by_article(passages, index.n_articles))
    columns = _order_terms(index, vectorizer.vocabulary_)
    if columns is None:
        return False
    arrays = index.arrays
    return (
        _are_close(arrays.idf, vectorizer.idf_[columns], IDF_TOLERANCE)
        and _equal_postings(
            by_passage.tocsc()[:, columns],
            (arrays.passage_postings, arrays.passage_rows, arrays.passage_weights),
        )
        and _equal_postings(
            by_article.tocsc()[:, columns],
            (arrays.article_postings, arrays.article_rows, arrays.article_weights),
        )
    )


def alignment_agrees(index: Index) -> bool:
    """Return whether copies, stories and origins are those found anew."""
    expected = build_content(_read_articles(index)).arrays
    return all(
        np.array_equal(getattr(index.arrays, name), getattr(expected, name))
        for name in ALIGNMENT_NAMES
    )


def _read_articles(index: Index) -> Iterator[tuple[Article, Source]]:
    """Yield the articles with those fields of their sources that the index was built with."""
    for number, record in enumerate(index.articles):
        text, source = index.text(number), record.source
        precision = source.published_precision
        first_day = date.fromordinal(max(int(index.arrays.first_day[number]), 1))
        yield (
            Article("", record.article_id, record.version, text, record.sha256, find_blocks(text)),
            Source(
                title=source.title,
                publisher=source.publisher,
                published=first_day if precision else None,
                published_precision=Precision(precision) if precision else None,
            ),
        )


def _damaged_files(folder: Path) -> Iterator[str]:
    manifest = json.loads((folder / MANIFEST_NAME).read_text(encoding="utf-8"))
    for name, entry in manifest["files"].items():
        if describe_file(folder / name) != entry:
            yield f"{name} does not match its checksum"


def _damaged_texts(index: Index) -> Iterator[str]:
    for number, record in enumerate(index.articles):
        if hash_text(index.text(number)) != record.sha256:
            yield f"the text of article {record.article_id} does not match its SHA-256"


def _passage_terms(index: Index) -> Iterator[tuple[int, list[str]]]:
    """Yield the article's number and the uni- and bigrams that each passage is weighed with."""
    for number, record in enumerate(index.articles):
        text = index.text(number)
        blocks = find_blocks(text)
        article = Article("", record.article_id, record.version, text, record.sha256, blocks)
        for passage in split_passages(article):
            stretches = [record.source.title or "", *_texts(passage, text)]
            yield number, [term for stretch in stretches for term in _stretch_terms(stretch)]


def _texts(passage: Passage, text: str) -> Iterator[str]:
    """Yield the heading of a passage, if any, and its sentences."""
    if passage.heading is not None:
        yield passage.heading.slice(text)
    for sentence in passage.sentences:
        yield sentence.span.slice(text)


def _stretch_terms(text: str) -> list[str]:
    initials = [term for name in find_abbreviations(text) if (term := fold_word(name))]
    return add_bigrams([*extract_terms(text), *initials])


def _join_by_article(passages: list[tuple[int, list[str]]], n_articles: int) -> list[list[str]]:
    """Return the terms of each article's passages together; none for one without passages."""
    joined: list[list[str]] = [[] for _ in range(n_articles)]
    for number, terms in passages:
        joined[number] += terms
    return joined


def _order_terms(index: Index, expected: dict[str, int]) -> list[int] | None:
    """Return scikit-learn's number of each of our terms; None if the terms are not the same."""
    unigrams = sorted(term for term in expected if " " not in term)
    places = {term: place for place, term in enumerate(unigrams)}
    keys = {}
    for term in expected.keys() - places.keys():
        first, second = term.split(" ")
        keys[places[first] * len(unigrams) + places[second]] = term
    same = unigrams == [index.term(number) for number in range(index.n_unigrams)]
    if not (same and np.array_equal(index.arrays.bigram_keys, sorted(keys))):
        return None
    return [expected[term] for term in (*unigrams, *(keys[key] for key in sorted(keys)))]


def _equal_postings(expected: csc_matrix, postings: tuple[Array, Array, Array]) -> bool:
    """Return whether postings lists hold the same rows and, to rounding, the same weights."""
    expected.sort_indices()
    offsets, rows, weights = postings
    return (
        np.array_equal(expected.indptr, offsets)
        and np.array_equal(expected.indices, rows)
        and _are_close(weights, expected.data, WEIGHT_TOLERANCE)
    )


def _are_close(stored: Array, expected: Array, tolerance: float) -> bool:
    return stored.shape == expected.shape and np.allclose(stored, expected, rtol=0, atol=tolerance)
