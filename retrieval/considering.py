"""One question to what would be quoted for it, before it is decided whether to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from retrieval.evidence.gathering import Evidence, gather_evidence
from retrieval.features import measure_features
from retrieval.filtering import Mask
from retrieval.indexing.index import Index
from retrieval.indexing.weighting import Floats, Ints
from retrieval.models import Models
from retrieval.query import Query, weigh_query
from retrieval.quoting import Selection, Window, choose_windows, select_quote
from retrieval.ranking import SCORE_DECIMALS, Scores, score_question
from retrieval.timeliness import judge_timeliness

# How much the log-odds that a sentence answers are raised in the timeliest article, and lowered in
# the oldest. Set by hand.
TIMELINESS_LOG_ODDS = 1.2


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be quoted at most.

    Parameters
    ----------
    quotes : int
        Those that decide whether to answer.
    most : int
        With those behind them.
    chars : int
        Of a quote of several sentences.
    """

    quotes: int
    most: int
    chars: int


@dataclass(frozen=True, slots=True)
class Considered:
    """What would be quoted for a question.

    Parameters
    ----------
    wanted : Wanted
    query : Query
    scores : Scores
    evidence : Evidence
    probabilities : numpy.ndarray, shape (n_sentences,)
        That a sentence of the evidence answers.
    windows : tuple of Window
        Likeliest first, captions last; empty if no sentence that may be quoted holds a word of the
        question.
    features : numpy.ndarray or None
        By `retrieval.features.FEATURES`; None exactly when there are no windows.
    """

    wanted: Wanted
    query: Query
    scores: Scores
    evidence: Evidence
    probabilities: Floats
    windows: tuple[Window, ...]
    features: Floats | None

    @property
    def passages(self) -> Ints:
        """Return the passages that were read, likeliest to answer first."""
        missed = np.ones(len(self.evidence.passages))
        np.multiply.at(missed, self.evidence.passage_of, 1 - self.probabilities)
        order = np.argsort(np.round(missed, SCORE_DECIMALS), kind="stable")
        return self.evidence.passages[order]


def consider_question(
    index: Index,
    question: str,
    wanted: Wanted,
    *,
    asked: date | None,
    allowed: Mask,
    models: Models,
) -> Considered:
    """Rank passages and their sentences, and choose what would be quoted.

    Parameters
    ----------
    asked : datetime.date or None
        The day asked; None takes that of the newest dated article.
    allowed : numpy.ndarray of bool, shape (n_articles,)
        The articles that may answer.
    """
    query = weigh_query(index, question)
    timeliness = judge_timeliness(index, question, asked)
    scores = score_question(index, query, timeliness=timeliness, allowed=allowed)
    evidence = gather_evidence(index, question, query, scores)
    holders = index.arrays.passage_article[evidence.passages][evidence.passage_of]
    probabilities = models.sentences.probabilities(
        evidence.features, TIMELINESS_LOG_ODDS * timeliness.preference[holders]
    )
    windows = choose_windows(
        index,
        evidence,
        probabilities,
        max_quotes=wanted.most,
        quote_chars=wanted.chars,
    )
    features = None
    if windows:
        features = measure_features(index, query, scores, evidence, windows[: wanted.quotes])
    return Considered(wanted, query, scores, evidence, probabilities, tuple(windows), features)


def select_quotes(index: Index, considered: Considered, allowed: Mask) -> list[Selection]:
    """Return what is quoted for the windows, each in its best copy."""
    return [
        select_quote(
            index,
            considered.evidence,
            considered.probabilities,
            window,
            allowed=allowed,
            quote_chars=considered.wanted.chars,
        )
        for window in considered.windows
    ]
