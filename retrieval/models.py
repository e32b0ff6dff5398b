"""The learned weights that ship with Quoth, and how they score: plain arrays, no scikit-learn.

``models.json`` holds two logistic regressions: which sentence answers, and whether what would be
quoted does. It holds weights of features only, says where the questions came from and what was
measured, and carries a checksum. `retrieval.training` writes it.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from retrieval import features
from retrieval.evidence import gathering
from retrieval.indexing.weighting import Floats

MODELS_PATH = Path(__file__).with_name("models.json")


@dataclass(frozen=True, slots=True)
class LogisticModel:
    """A logistic regression.

    Parameters
    ----------
    weights : numpy.ndarray, shape (n_features,)
    intercept : float
    """

    weights: Floats
    intercept: float

    def log_odds(self, rows: Floats) -> Floats:
        """Return the log-odds of each row, shape (n_rows,)."""
        return np.asarray(rows @ self.weights + self.intercept)

    def probabilities(self, rows: Floats, shift: Floats | float = 0.0) -> Floats:
        """Return the probability of each row, 0 to 1, after a shift of its log-odds."""
        log_odds = np.minimum(np.maximum(self.log_odds(rows) + shift, -500), 500)
        return np.asarray(1 / (1 + np.exp(-log_odds)))


@dataclass(frozen=True, slots=True)
class Models:
    """What chooses quotes and decides between them and silence.

    Parameters
    ----------
    sentences : LogisticModel
        Probability that a sentence answers, by `retrieval.evidence.gathering.FEATURES`.
    confidence : LogisticModel
        Probability that the quotes answer, by `retrieval.features.FEATURES`.
    threshold : float
        The confidence from which on Quoth answers.
    """

    sentences: LogisticModel
    confidence: LogisticModel
    threshold: float

    def estimate(self, features: Floats) -> float:
        """Return the confidence in what would be quoted, by its features."""
        return float(self.confidence.probabilities(features[None, :])[0])


@lru_cache(maxsize=1)
def load_models(path: Path = MODELS_PATH) -> Models:
    """Return the models that ship with Quoth.

    Raises
    ------
    ValueError
        If the file was changed by hand (its checksum does not match) or is for other features.
    """
    data = json.loads(path.read_text(encoding="utf-8"))
    content = data["models"]
    if data["sha256"] != checksum(content):
        raise ValueError(f"{path} is damaged or not made for this version; reinstall Quoth")
    return Models(
        sentences=_read_model(path, content["sentences"], gathering.FEATURES),
        confidence=_read_model(path, content["confidence"], features.FEATURES),
        threshold=content["threshold"],
    )


def checksum(content: dict[str, Any]) -> str:
    """Return the SHA-256 of the models' canonical JSON."""
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def _read_model(path: Path, data: dict[str, Any], names: tuple[str, ...]) -> LogisticModel:
    if tuple(data["weights"]) != names:
        raise ValueError(f"{path} is damaged or not made for this version; reinstall Quoth")
    return LogisticModel(np.array(list(data["weights"].values())), data["intercept"])
