"""Which articles are of the time that a question is about: of now, or of days that it names.

Decisions
---------
News is asked about while it is new, so newer articles go a little before older ones. What was asked
"in May 2019" was best answered then: articles of that time go before others, and its words count as
held by them, as those of a title do, since no article repeats its own date in each sentence. How
much either counts is set by hand (`retrieval.ranking`, `retrieval.considering`).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date

import numpy as np

from retrieval.indexing.index import Index
from retrieval.indexing.layout import Array
from retrieval.indexing.weighting import Floats
from retrieval.question.periods import find_period
from retrieval.question.times import names_time

OLD_DAYS = 3650
LATER_DAYS = 1  # the day asked and the day printed may be of two time zones

# How far from the days that are named an article still tells of them before others do.
NEAR_DAYS = 365


@dataclass(frozen=True, slots=True)
class Timeliness:
    """How each article stands to the time that a question is about.

    Parameters
    ----------
    preference : numpy.ndarray, shape (n_articles,)
        From -0.5 to 0.5; 0 for articles without a date.
    is_named : numpy.ndarray of bool, shape (n_articles,)
        Whether it is of the days that the question names, and of no others.
    words : frozenset of str
        The words that name them, in lower case.
    """

    preference: Floats
    is_named: Array
    words: frozenset[str] = frozenset()

    @classmethod
    def neutral(cls, index: Index) -> Timeliness:
        """Return that all articles are equally timely."""
        return cls(np.zeros(index.n_articles), np.zeros(index.n_articles, np.bool_))


def judge_timeliness(index: Index, question: str, asked: date | None) -> Timeliness:
    """Return how timely each article is.

    Parameters
    ----------
    asked : datetime.date or None
        The day asked; None takes that of the newest dated article.
    """
    timeless = Timeliness.neutral(index)
    if asked is None:
        if not index.newest:
            return timeless
        asked = date.fromisoformat(index.newest)
    if not names_time(question):
        return Timeliness(measure_freshness(index, asked.toordinal()), timeless.is_named)
    period = find_period(question, asked)
    if period is None:
        return timeless
    distance = measure_distance(index, period.first, period.last)
    begins, ends = index.arrays.first_day, index.arrays.last_day
    is_named = (begins > 0) & (begins >= period.first) & (ends <= period.last)
    return Timeliness(_prefer_near(distance), is_named, period.words)


def measure_freshness(index: Index, asked: int) -> Floats:
    """Return how new each article is on the day asked, shape (n_articles,).

    Returns
    -------
    numpy.ndarray
        From 0.5 for an article of the day to -0.5 for one of `OLD_DAYS` or more, falling with the
        logarithm of its age: a day more counts for much in this week's news and for nothing in last
        year's. An article of a later day is as the oldest, since nobody could have asked about it;
        one without a date is at 0.
    """
    first, last = index.arrays.first_day, index.arrays.last_day
    age = np.maximum(asked - last.astype(np.int64), 0)
    freshness = 0.5 - np.minimum(np.log1p(age) / math.log1p(OLD_DAYS), 1)
    freshness = np.where(first > asked + LATER_DAYS, -0.5, freshness)
    return np.where(first > 0, freshness, 0.0)


def measure_distance(index: Index, first: int, last: int) -> Floats:
    """Return how many days each article is from a period, shape (n_articles,); inf if undated."""
    begins, ends = (
        days.astype(np.float64) for days in (index.arrays.first_day, index.arrays.last_day)
    )
    distance = np.maximum(np.maximum(begins - last, first - ends), 0)
    return np.where(begins > 0, distance, np.inf)


def _prefer_near(distance: Floats) -> Floats:
    """Return the preference for articles by their distance: 0.5 within the period, 0 far from it.

    None is below 0: of what was long ago, later articles tell as well.
    """
    near = np.minimum(distance, NEAR_DAYS)
    return 0.5 * (1 - np.log1p(near) / math.log1p(NEAR_DAYS))
