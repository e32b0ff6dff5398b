"""Which origins the articles of a generation name, each once, as arrays and looked up again."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence

import numpy as np

from corpus.article import Article, Source, Span
from retrieval.indexing.index import Index
from retrieval.indexing.layout import Array


def lay_out_origins(articles: Sequence[tuple[Article, Source]]) -> dict[str, Array]:
    """Return the arrays of the origins of articles, where each article names them first."""
    from corpus.origins import Publishers, find_origins  # noqa: PLC0415 - only building needs it

    publishers = Publishers.of(source.publisher for _, source in articles if source.publisher)
    ids: dict[str, int] = {}
    ends, start, end, name = array("q", [0]), array("i"), array("i"), array("i")
    for article, _ in articles:
        first: dict[str, Span] = {}
        for origin in find_origins(article.text, publishers):
            first.setdefault(origin.name, origin.span)
        start.extend(span.start for span in first.values())
        end.extend(span.end for span in first.values())
        name.extend(ids.setdefault(one, len(ids)) for one in first)
        ends.append(len(name))
    return {
        "origin_offsets": np.array(ends, np.int64),
        "origin_start": np.array(start, np.int32),
        "origin_end": np.array(end, np.int32),
        "origin_name": np.array(name, np.int32),
    }


def origins_behind(index: Index, articles: Iterable[int]) -> tuple[tuple[int, Span], ...]:
    """Return the origins that some articles name: one article and span for each.

    Returns
    -------
    tuple of (int, Span)
        Each origin where the first of these articles to name it does so first; in the order of
        the articles as given, then of place.
    """
    arrays = index.arrays
    found: dict[int, tuple[int, Span]] = {}
    for article in articles:
        first, end = arrays.origin_offsets[article : article + 2]
        names = arrays.origin_name[first:end].tolist()
        for name, span in zip(names, index.origins(article), strict=True):
            found.setdefault(name, (article, span))
    return tuple(found.values())
