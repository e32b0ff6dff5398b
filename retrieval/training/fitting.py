"""Examples to models: logistic regressions, and what they do on articles they have not seen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from retrieval import evidence, features
from retrieval.indexing.weighting import Floats
from retrieval.measuring.measures import area_under_roc
from retrieval.models import LogisticModel, Models
from retrieval.training.examples import QuoteExample, SentenceExamples, Variant

DECIMALS = 6
MAX_ITERATIONS = 1000

Flags = npt.NDArray[np.bool_]


def fit_sentences(examples: Sequence[SentenceExamples]) -> LogisticModel:
    """Return the model that tells which sentence answers."""
    return _fit(
        np.concatenate([one.features for one in examples]),
        np.concatenate([one.hits for one in examples]),
    )


def fit_confidence(examples: Sequence[QuoteExample]) -> LogisticModel:
    """Return the model that tells whether what would be quoted answers."""
    found = [one for one in examples if one.features is not None]
    return _fit(np.array([one.features for one in found]), np.array([one.is_hit for one in found]))


def without(fold: int, examples: Sequence[Any]) -> list[Any]:
    """Return the examples that are not of a fold."""
    return [one for one in examples if one.fold != fold]


def measure(
    examples: Sequence[QuoteExample], folds: Sequence[Models], *, threshold: float
) -> dict[str, float]:
    """Return what the models do on articles that they were not trained on."""
    held_out = np.array(
        [
            0.0 if one.features is None else folds[one.fold].estimate(one.features)
            for one in examples
        ]
    )
    variants = np.array([one.variant.value for one in examples])
    by = {one: held_out[variants == one.value] for one in Variant}
    figures: dict[str, float] = {f"n_{one.value}": len(by[one]) for one in Variant}
    for name, answerable, unanswerable in (
        ("removed", Variant.WHOLE, Variant.REMOVED),
        ("near", Variant.GROUP, Variant.NEAR),
    ):
        area = area_under_roc(by[answerable].tolist(), by[unanswerable].tolist())
        figures[f"auroc_{name}"] = round(area, 4)
    for one in Variant:
        figures[f"answered_{one.value}"] = round(float((by[one] >= threshold).mean()), 4)
    return figures


def describe(models: Models, *, origin: str, figures: dict[str, float]) -> dict[str, Any]:
    """Return the models as plain JSON data."""
    return {
        "sentences": _describe(models.sentences, evidence.FEATURES),
        "confidence": _describe(models.confidence, features.FEATURES),
        "threshold": models.threshold,
        "origin": origin,
        "figures": figures,
    }


def _fit(rows: Floats, hits: Flags) -> LogisticModel:
    """Return a logistic regression over standardised features, as weights of the plain ones."""
    scaler, regression = StandardScaler(), LogisticRegression(max_iter=MAX_ITERATIONS)
    make_pipeline(scaler, regression).fit(rows, hits)
    weights = np.round(regression.coef_[0] / scaler.scale_, DECIMALS)
    intercept = regression.intercept_[0] - float(weights @ scaler.mean_)
    return LogisticModel(weights, round(float(intercept), DECIMALS))


def _describe(model: LogisticModel, names: Sequence[str]) -> dict[str, Any]:
    weights = dict(zip(names, model.weights.tolist(), strict=True))
    return {"weights": weights, "intercept": model.intercept}
