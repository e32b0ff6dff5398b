"""Whether an index generation is still what its articles and scikit-learn say it should be."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from scipy.sparse import csc_matrix
from sklearn.feature_extraction.text import TfidfVectorizer

from corpus.article import Article, Span, hash_text
from corpus.blocks import find_blocks
from retrieval.abbreviations import find_abbreviations
from retrieval.index import MANIFEST_NAME, Index
from retrieval.passages import Passage, split_passages
from retrieval.tokens import add_bigrams, extract_terms, fold_word
from retrieval.writing import describe_file

# Weights are stored as 32-bit floats.
WEIGHT_TOLERANCE = 1e-6


def check_generation(folder: Path) -> Iterator[str]:
    """Yield what is wrong with a generation, one line each; nothing if it is sound.

    Files are held against the manifest's checksums, texts against the SHA-256 in their records, and
    every weight against ``TfidfVectorizer`` fitted anew on the passages of the stored texts.

    Raises
    ------
    corpus.errors.CorpusError, retrieval.index.OutdatedIndex, FileNotFoundError
        If it cannot be opened at all.
    """
    index = Index.open(folder)
    manifest = json.loads((folder / MANIFEST_NAME).read_text(encoding="utf-8"))
    damaged = [
        f"{name} does not match its checksum"
        for name, entry in manifest["files"].items()
        if describe_file(folder / name) != entry
    ]
    damaged += [
        f"the text of article {record.article_id} does not match its SHA-256"
        for number, record in enumerate(index.articles)
        if hash_text(index.text(number)) != record.sha256
    ]
    yield from damaged
    if not damaged and index.n_passages and not weights_agree(index):
        yield "its weights are not those that scikit-learn gives for its texts"


def weights_agree(index: Index) -> bool:
    """Return whether all passage weights equal scikit-learn's, to rounding."""
    documents = list(_passage_terms(index))
    if len(documents) != index.n_passages:
        return False
    vectorizer = TfidfVectorizer(analyzer=list, sublinear_tf=True)
    expected = vectorizer.fit_transform(documents).tocsc()
    arrays = index.arrays
    numbers = _number_terms(index)
    ids = [numbers.get(term) for term in vectorizer.get_feature_names_out()]
    if None in ids or len(ids) != len(arrays.idf):
        return False
    shape = (index.n_passages, len(arrays.idf))
    stored = csc_matrix(
        (arrays.passage_weights, arrays.passage_rows, arrays.passage_postings), shape
    )
    return bool(abs(stored[:, ids] - expected).max() <= WEIGHT_TOLERANCE)


def _passage_terms(index: Index) -> Iterator[list[str]]:
    """Yield the uni- and bigrams that each passage is weighed with."""
    for number, record in enumerate(index.articles):
        text = index.text(number)
        blocks = find_blocks(text)
        article = Article("", record.article_id, record.version, text, record.sha256, blocks)
        for passage in split_passages(article):
            stretches = [record.source.title or "", *_texts(passage, text)]
            yield [term for stretch in stretches for term in _stretch_terms(stretch)]


def _texts(passage: Passage, text: str) -> Iterator[str]:
    """Yield the heading of a passage, if any, and its sentences."""
    spans: list[Span] = [] if passage.heading is None else [passage.heading]
    spans += [sentence.span for sentence in passage.sentences]
    return (span.slice(text) for span in spans)


def _stretch_terms(text: str) -> list[str]:
    initials = [term for name in find_abbreviations(text) if (term := fold_word(name))]
    return add_bigrams([*extract_terms(text), *initials])


def _number_terms(index: Index) -> dict[str, int]:
    """Return the ids of all terms, bigrams written with a space between their words."""
    unigrams = [index.term(number) for number in range(index.n_unigrams)]
    pairs = [divmod(int(key), index.n_unigrams) for key in index.arrays.bigram_keys]
    bigrams = [f"{unigrams[first]} {unigrams[second]}" for first, second in pairs]
    return {term: number for number, term in enumerate([*unigrams, *bigrams])}
