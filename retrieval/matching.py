"""Where the terms of a question stand: in sentences, titles and headings, many at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from retrieval.indexing.layout import Array
from retrieval.indexing.weighting import Floats, Ints
from retrieval.query import Query


@dataclass(frozen=True, slots=True)
class Places:
    """Occurrences of a question's terms in some stretches, by stretch, then place.

    Parameters
    ----------
    stretch : numpy.ndarray of int64, shape (n_found,)
        Place of the stretch among those looked at.
    position : numpy.ndarray of int64, shape (n_found,)
        Place of the occurrence in all their terms, one stretch after another.
    column : numpy.ndarray of int64, shape (n_found,)
        Which term of the question it counts as.
    share : numpy.ndarray, shape (n_found,)
        How much it counts as that term.
    """

    stretch: Ints
    position: Ints
    column: Ints
    share: Floats

    def hold(self, n_stretches: int, n_terms: int) -> Floats:
        """Return the greatest share of each term in each stretch, shape (n_stretches, n_terms)."""
        held = np.zeros((n_stretches, n_terms))
        np.maximum.at(held, (self.stretch, self.column), self.share)
        return held


@dataclass(frozen=True, slots=True)
class Columns:
    """What counts as a term of a question: ids of the index, ascending, with column and share."""

    ids: Ints
    column: Ints
    share: Floats

    @classmethod
    def of(cls, query: Query) -> Columns:
        """Return the columns of a question's terms, in their order.

        A term of the collection counts as itself first, then as the word that it is most of.
        """
        found: dict[int, tuple[float, int]] = {}
        for column, one in enumerate(query.terms):
            if one.number is not None:
                found[one.number] = 1.0, column
        for column, one in enumerate(query.terms):
            for other in one.alternatives:
                if other.share > found.get(other.term_id, (0.0, 0))[0]:
                    found[other.term_id] = other.share, column
        ids = sorted(found)
        return cls(
            np.array(ids, np.int64),
            np.array([found[one][1] for one in ids], np.int64),
            np.array([found[one][0] for one in ids], np.float64),
        )

    def match(self, terms: Array, offsets: Array, rows: Ints) -> Places:
        """Return where the question's terms stand in stretches of terms.

        Parameters
        ----------
        terms, offsets : numpy.ndarray
            The terms of all stretches, and where each of them begins.
        rows : numpy.ndarray of int64
            The stretches to look at.
        """
        first, end = offsets[rows], offsets[rows + 1]
        occurrences = terms[expand_runs(first, end)]
        stretch = np.repeat(np.arange(len(rows)), end - first)
        if not len(self.ids):
            occurrences = occurrences[:0]
        place = np.minimum(self.ids.searchsorted(occurrences), len(self.ids) - 1)
        position = (self.ids[place] == occurrences).nonzero()[0] if len(place) else place
        place = place[position]
        return Places(stretch[position], position, self.column[place], self.share[place])


def expand_runs(first: Array, end: Array) -> Ints:
    """Return the numbers of some runs ``first:end``, one run after another."""
    lengths = end - first
    ends = lengths.cumsum()
    total = int(ends[-1]) if len(ends) else 0
    return np.asarray(np.arange(total) + (first - ends + lengths).repeat(lengths), np.int64)
