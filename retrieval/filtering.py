"""Which articles of a collection a question may be answered from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import numpy.typing as npt

from retrieval.indexing.index import ArticleRecord, Index

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Filtered:
    """The articles left.

    Parameters
    ----------
    allowed : numpy.ndarray of bool, shape (n_articles,)
    undated : int
        How many articles were left out because they have no date.
    """

    allowed: Mask
    undated: int


def filter_articles(
    index: Index, source: str | None, published_from: date | None, published_to: date | None
) -> Filtered:
    """Return the articles of a source and of a period, both ends included.

    An article known by month or year only is in a period that its own overlaps.

    Raises
    ------
    ValueError
        If no article is of the source.
    """
    allowed = np.ones(index.n_articles, np.bool_)
    if source is not None:
        allowed = np.array([_is_of(record, source.strip()) for record in index.articles], np.bool_)
        if not allowed.any():
            raise ValueError(f"no source matches {source!r}; `quoth corpus list` shows them")
    if published_from is None and published_to is None:
        return Filtered(allowed, undated=0)
    first_day, last_day = index.arrays.first_day, index.arrays.last_day
    dated = first_day > 0
    undated = int(np.count_nonzero(allowed & ~dated))
    allowed = allowed & dated
    if published_from is not None:
        allowed &= last_day >= published_from.toordinal()
    if published_to is not None:
        allowed &= first_day <= published_to.toordinal()
    return Filtered(allowed, undated)


def narrow_to_publisher(index: Index, filtered: Filtered, publisher: str) -> Filtered:
    """Return the articles left that are of one of the index's publishers."""
    number = index.publishers.index(publisher)
    return replace(filtered, allowed=filtered.allowed & (index.arrays.publisher == number))


def _is_of(record: ArticleRecord, source: str) -> bool:
    """Return whether a source is named by article id, or by words of publisher or title."""
    if source == record.article_id:
        return True
    wanted = source.casefold()
    named = (record.source.publisher, record.source.title)
    return bool(wanted) and any(wanted in (name or "").casefold() for name in named)
