"""Labelled questions to models: those of all articles, and of all but a fold's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from retrieval import features
from retrieval.models import LogisticModel, Models
from retrieval.training.examples import (
    Data,
    QuoteExample,
    SentenceExamples,
    gather_quotes,
    gather_sentences,
    set_exams,
)
from retrieval.training.fitting import fit_confidence, fit_sentences, measure, without

FOLDS = 6


@dataclass(frozen=True, slots=True)
class Trained:
    """The models of all articles, and for each fold those of all articles but its own.

    Parameters
    ----------
    models : Models
    folds : tuple of Models
    figures : dict of str to float
        What the models of the folds do on articles that they have not seen.
    """

    models: Models
    folds: tuple[Models, ...]
    figures: dict[str, float]


def train(sets: Sequence[Data], *, threshold: float) -> Trained:
    """Return the models that labelled questions give.

    Parameters
    ----------
    sets : sequence of Data
        Each is asked for itself, dealt into ``FOLDS`` folds.
    threshold : float
        The confidence from which on the models answer, 0 to 1.
    """
    exams = [(exam, data) for data in sets for exam in set_exams(data, n_folds=FOLDS)]
    sentences: list[SentenceExamples] = []
    for exam, data in exams:
        if exam.variant.is_answerable:
            sentences += gather_sentences(exam, data)
    folds = [
        _without_confidence(fit_sentences(without(fold, sentences)), threshold)
        for fold in range(FOLDS)
    ]
    quotes: list[QuoteExample] = []
    for exam, data in exams:
        quotes += gather_quotes(exam, data, folds)
    whole = Models(fit_sentences(sentences), fit_confidence(quotes), threshold)
    parts = tuple(
        Models(one.sentences, fit_confidence(without(fold, quotes)), threshold)
        for fold, one in enumerate(folds)
    )
    return Trained(whole, parts, measure(quotes, parts, threshold=threshold))


def _without_confidence(sentences: LogisticModel, threshold: float) -> Models:
    """Return models that choose quotes and do not say how sure they are."""
    return Models(sentences, LogisticModel(np.zeros(len(features.FEATURES)), 0.0), threshold)
