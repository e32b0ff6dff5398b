"""Examples to models, and what these do on articles they have not seen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from retrieval import features
from retrieval.evidence import gathering
from retrieval.indexing.weighting import Floats
from retrieval.measuring.measures import area_under_roc
from retrieval.models import LogisticModel, Models
from retrieval.training.examples import QuoteExample, SentenceExamples, Variant

DECIMALS = 6
MAX_ITERATIONS = 1000
PENALTY = 3e-4  # on the squared weights of standardised features, beside the mean loss

Flags = npt.NDArray[np.bool_]


def fit_sentences(examples: Sequence[SentenceExamples]) -> LogisticModel:
    """Return the model that tells which sentence answers.

    Notes
    -----
    The weights are those of a conditional logit [1]_: given that one of the sentences read for a
    question answers, which is it? Sentences are held against those that they compete with, and not
    against those read for other questions, so that easy questions teach nothing about hard ones. A
    logistic regression on the sum then gives the probability that a sentence answers.

    References
    ----------
    .. [1] D. McFadden, "Conditional Logit Analysis of Qualitative Choice Behavior", in P. Zarembka
       (ed.), *Frontiers in Econometrics*, Academic Press (1974), 105-142.
    """
    rows = np.concatenate([one.features for one in examples])
    hits = np.concatenate([one.hits for one in examples])
    sizes = [len(one.hits) for one in examples]
    scaler = StandardScaler().fit(rows)
    chosen = _choose(scaler.transform(rows), hits, sizes) / scaler.scale_
    level = _fit(rows @ chosen[:, None], hits)
    if level.weights[0] <= 0:
        raise ValueError("what is chosen is no likelier to answer; the labels may be wrong")
    return LogisticModel(np.round(chosen * level.weights[0], DECIMALS), level.intercept)


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
        if len(by[one]):
            figures[f"answered_{one.value}"] = round(float((by[one] >= threshold).mean()), 4)
    return figures


def describe(models: Models, *, origin: str, figures: dict[str, float]) -> dict[str, Any]:
    """Return the models as plain JSON data."""
    return {
        "sentences": _describe(models.sentences, gathering.FEATURES),
        "confidence": _describe(models.confidence, features.FEATURES),
        "threshold": models.threshold,
        "origin": origin,
        "figures": figures,
    }


def _choose(rows: Floats, hits: Flags, sizes: Sequence[int]) -> Floats:
    """Return the weights of a conditional logit; each choice is one of some neighbouring rows."""
    starts, choice = np.cumsum([0, *sizes[:-1]]), np.repeat(np.arange(len(sizes)), sizes)

    def lose(chosen: Floats) -> tuple[float, Floats]:
        scores = rows @ chosen
        odds = np.exp(scores - np.maximum.reduceat(scores, starts)[choice])
        every, right = np.add.reduceat(odds, starts), np.add.reduceat(odds * hits, starts)
        right = np.maximum(right, np.finfo(float).tiny)
        pull = odds * (1 / every[choice] - hits / right[choice]) / len(sizes)
        loss = float(np.mean(np.log(every) - np.log(right))) + PENALTY * float(chosen @ chosen)
        return loss, pull @ rows + 2 * PENALTY * chosen

    options = {"maxiter": MAX_ITERATIONS}
    found = minimize(lose, np.zeros(rows.shape[1]), jac=True, method="L-BFGS-B", options=options)
    return np.asarray(found.x)


def _fit(rows: Floats, hits: Flags) -> LogisticModel:
    """Return a logistic regression over standardised features, as weights of the plain ones."""
    scaler, regression = StandardScaler(), LogisticRegression(max_iter=MAX_ITERATIONS)
    regression.fit(scaler.fit_transform(rows), hits)
    weights = np.round(regression.coef_[0] / scaler.scale_, DECIMALS)
    intercept = regression.intercept_[0] - float(weights @ scaler.mean_)
    return LogisticModel(weights, round(float(intercept), DECIMALS))


def _describe(model: LogisticModel, names: Sequence[str]) -> dict[str, Any]:
    weights = dict(zip(names, model.weights.tolist(), strict=True))
    return {"weights": weights, "intercept": model.intercept}
