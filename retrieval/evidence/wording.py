"""How much of the question's wording sentences hold, and how closely together."""

from __future__ import annotations

import numpy as np

from retrieval.evidence.reading import Reading, relate
from retrieval.ranking import Floats


def measure_sentences(read: Reading) -> dict[str, Floats]:
    """Return the features of the sentences themselves."""
    coverage, titled = read.share(read.held), read.share(read.titled)
    is_next = np.zeros(len(coverage), np.bool_)
    is_next[1:] = read.passage_of[1:] == read.passage_of[:-1]
    before, after = np.zeros((2, *read.held.shape))
    before[1:] = read.held[:-1] * is_next[1:, None]
    after[:-1] = read.held[1:] * is_next[1:, None]
    others = read.weights * ~read.is_name
    spread = _measure_spread(read)
    n_matched = (read.held > 0).sum(axis=1)
    return {
        "coverage": coverage,
        "relative_coverage": relate(coverage),
        "adjacent": _measure_adjacent(read),
        "with_title": titled,
        "relative_with_title": relate(titled),
        "with_previous": read.share(np.maximum(read.titled, before)),
        "neighbours": read.share(np.maximum(np.maximum(read.held, before), after)),
        "previous": read.share(before),
        "rarest_missing": ((1 - read.titled) * read.weights).max(axis=1, initial=0.0),
        "names_held": read.name_share(read.titled),
        "others_held": read.held @ others / others.sum() if others.any() else 0 * coverage + 1,
        "terms_held": n_matched / max(1, len(read.weights)),
        "spread": np.log1p(spread),
        "density": n_matched / np.maximum(spread, 1),
        "place": np.minimum(np.arange(len(coverage)) - read.starts[read.passage_of], 10),
        "length": np.log1p(read.lengths),
    }


def _measure_adjacent(read: Reading) -> Floats:
    """Return the share of the question's neighbours that stand side by side in each sentence."""
    places, pairs = read.places, max(len(read.query.terms) - 1, 1)
    stretch, position, column = places.stretch, places.position, places.column
    follows = (
        (position[1:] == position[:-1] + 1)
        & (stretch[1:] == stretch[:-1])
        & (column[1:] == column[:-1] + 1)
    )
    found = np.bincount(stretch[1:][follows], minlength=len(read.sentences))
    return np.minimum(found / pairs, 1)


def _measure_spread(read: Reading) -> Floats:
    """Return how many terms stand from the first that is matched to the last; 0 without any."""
    stretch, position = read.places.stretch, read.places.position
    n_sentences = len(read.sentences)
    numbers = np.arange(n_sentences)
    first, end = stretch.searchsorted(numbers), stretch.searchsorted(numbers, side="right")
    spread = np.zeros(n_sentences)
    has = end > first
    spread[has] = position[end[has] - 1] - position[first[has]] + 1
    return spread
