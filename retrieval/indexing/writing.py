"""Writing an index generation: the other half of `retrieval.indexing.index`, which maps one."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np

from corpus.article import Article, Precision, Source, hash_text
from retrieval.answer import SourceFields
from retrieval.indexing.building import Articles, IndexContent, list_publishers
from retrieval.indexing.index import (
    ARRAYS_NAME,
    FILE_NAMES,
    FORMAT,
    MANIFEST_NAME,
    RECORDS_NAME,
    RULES,
    TEXTS_NAME,
    VOCABULARY_NAME,
    ArticleRecord,
    hash_file,
)
from retrieval.indexing.layout import write_arrays

_DATE_LENGTHS = {Precision.DAY: 10, Precision.MONTH: 7, Precision.YEAR: 4}


def write_generation(content: IndexContent, folder: Path, *, collection: str, digest: str) -> None:
    """Write a generation into an empty folder; the manifest comes last."""
    records = [_record_line(article, source) for article, source in content.articles]
    ends = np.concatenate([[0], np.cumsum([len(line) for line in records])]).astype(np.int64)
    arrays = replace(content.arrays, record_offsets=ends)
    _write(folder / TEXTS_NAME, (article.text.encode() for article, _ in content.articles))
    _write(folder / RECORDS_NAME, records)
    _write(folder / VOCABULARY_NAME, (term.encode() for term in content.vocabulary))
    with (folder / ARRAYS_NAME).open("wb") as file:
        directory = write_arrays(file, arrays)
    newest = max(
        (source.published for _, source in content.articles if source.published), default=None
    )
    manifest = {
        "format": FORMAT,
        "rules": RULES,
        "collection": collection,
        "digest": digest,
        "newest": newest.isoformat() if newest else None,
        "publishers": list_publishers(content.articles),
        "files": {name: describe_file(folder / name) for name in FILE_NAMES},
        "arrays": directory,
    }
    (folder / MANIFEST_NAME).write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")


def digest_articles(articles: Articles) -> str:
    """Return the name of the generation that these articles and today's settings give."""
    digest = hashlib.sha256(json.dumps([FORMAT, RULES]).encode())
    for line in sorted(_record_line(article, source) for article, source in articles):
        digest.update(line)
    return digest.hexdigest()[:16]


def describe_file(path: Path) -> dict[str, Any]:
    """Return a file's size in bytes and its SHA-256."""
    return {"bytes": path.stat().st_size, "sha256": hash_file(path)}


def source_fields(source: Source) -> SourceFields:
    """Return the fields of a source record as answers print them."""
    published = precision = None
    if source.published is not None and source.published_precision is not None:
        precision = source.published_precision
        published = source.published.isoformat()[: _DATE_LENGTHS[precision]]
    return SourceFields(
        title=source.title,
        publisher=source.publisher,
        author=source.author,
        published=published,
        published_precision=precision,
        url=source.url,
        file=source.file,
    )


def _record_line(article: Article, source: Source) -> bytes:
    """Return the canonical JSON line of an article's record."""
    record = ArticleRecord(
        article.article_id, article.version, hash_text(article.text), source_fields(source)
    )
    return json.dumps(asdict(record), sort_keys=True).encode() + b"\n"


def _write(path: Path, parts: Iterable[bytes]) -> None:
    with path.open("wb") as file:
        file.writelines(parts)
