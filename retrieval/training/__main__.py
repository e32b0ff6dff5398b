"""Train the models that ship, print the cross-validated figures, write the models."""

from __future__ import annotations

import argparse
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from retrieval import features
from retrieval.models import MODELS_PATH, LogisticModel, Models, checksum
from retrieval.training.examples import (
    Data,
    QuoteExample,
    SentenceExamples,
    gather_quotes,
    gather_sentences,
    read_data,
    set_exams,
)
from retrieval.training.fitting import (
    describe,
    fit_confidence,
    fit_sentences,
    measure,
    without,
)

FOLDS = 6

# From this probability on Quoth answers.
THRESHOLD = 0.2


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


def main() -> None:
    """Train, print the cross-validated figures, write the models."""
    parser = argparse.ArgumentParser(description="Train the models that ship.")
    parser.add_argument("articles", type=Path, help="a .jsonl file of articles")
    parser.add_argument("questions", type=Path, help="labelled questions about them")
    parser.add_argument(
        "--origin", required=True, help="where the questions come from, with their licence"
    )
    parser.add_argument("--threshold", type=float, default=THRESHOLD, help="answer from here on")
    parser.add_argument("--output", type=Path, default=MODELS_PATH)
    arguments = parser.parse_args()
    data = read_data(arguments.articles, arguments.questions, n_folds=FOLDS)
    trained = train(data, threshold=arguments.threshold)
    for name, figure in trained.figures.items():
        print(f"{name}: {figure}")  # noqa: T201 - this command prints its figures
    content = describe(trained.models, origin=arguments.origin, figures=trained.figures)
    written = {"models": content, "sha256": checksum(content)}
    arguments.output.write_text(json.dumps(written, indent=1) + "\n", encoding="utf-8")


def train(data: Data, *, threshold: float) -> Trained:
    """Return the models that labelled questions give."""
    exams = list(set_exams(data, n_folds=FOLDS))
    sentences: list[SentenceExamples] = []
    for exam in exams:
        if exam.variant.is_answerable:
            sentences += gather_sentences(exam, data)
    folds = [
        _without_confidence(fit_sentences(without(fold, sentences)), threshold)
        for fold in range(FOLDS)
    ]
    quotes: list[QuoteExample] = []
    for exam in exams:
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


if __name__ == "__main__":
    main()
