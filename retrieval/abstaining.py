"""Answer or stay silent, and why."""

from __future__ import annotations

import hashlib
import json
import math
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from retrieval.answer import Reason
from retrieval.features import FEATURE_NAMES, Features

MODEL_PATH = Path(__file__).with_name("confidence.json")

# A question is about something else if no article holds half of its words, or if the quotes found
# hold less than this share of their weight; otherwise it is a fact that the articles do not give.
OFF_TOPIC_UNKNOWN = 0.5
OFF_TOPIC_COVERAGE = 0.35


@dataclass(frozen=True, slots=True)
class ConfidenceModel:
    """A logistic model of the probability that quotes answer.

    Parameters
    ----------
    coefficients : tuple of float
        In the order of `FEATURE_NAMES`.
    intercept : float
    threshold : float
        The probability from which on Quoth answers.
    """

    coefficients: tuple[float, ...]
    intercept: float
    threshold: float

    def probability(self, features: Features) -> float:
        """Return the probability, 0 to 1, that the quotes answer the question."""
        terms = zip(self.coefficients, features.values(), strict=True)
        log_odds = self.intercept + math.fsum(weight * value for weight, value in terms)
        return 1 / (1 + math.exp(-log_odds)) if log_odds > -700 else 0.0


@lru_cache(maxsize=1)
def load_model(path: Path = MODEL_PATH) -> ConfidenceModel:
    """Return the model that ships with Quoth.

    Raises
    ------
    ValueError
        If the file was changed by hand (its checksum does not match) or is for other features.
    """
    data = json.loads(path.read_text(encoding="utf-8"))
    if data["sha256"] != checksum(data["model"]) or data["model"]["features"] != list(
        FEATURE_NAMES
    ):
        raise ValueError(f"{path} is damaged or not made for this version; reinstall Quoth")
    model = data["model"]
    return ConfidenceModel(tuple(model["coefficients"]), model["intercept"], model["threshold"])


def checksum(model: dict[str, object]) -> str:
    """Return the SHA-256 of a model's canonical JSON."""
    return hashlib.sha256(json.dumps(model, sort_keys=True).encode()).hexdigest()


def reason_for_silence(features: Features) -> Reason:
    """Return why quotes that were found are withheld."""
    if features.unknown_share >= OFF_TOPIC_UNKNOWN or features.joint_coverage < OFF_TOPIC_COVERAGE:
        return Reason.OFF_TOPIC
    return Reason.NOT_THIS_FACT
