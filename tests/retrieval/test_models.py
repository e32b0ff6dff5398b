"""The weights that ship: what they are, that nobody changed them, and how they score."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval import features
from retrieval.evidence import gathering
from retrieval.models import MODELS_PATH, LogisticModel, checksum, load_models

NAMES = {"sentences": gathering.FEATURES, "confidence": features.FEATURES}
NUMBERS = st.floats(-1e6, 1e6)


def read_content() -> dict[str, object]:
    content: dict[str, object] = json.loads(MODELS_PATH.read_text(encoding="utf-8"))["models"]
    return content


def write_models(path: Path, content: dict[str, object]) -> Path:
    """Write models with a checksum of their own."""
    whole = {"models": content, "sha256": checksum(content)}
    path.write_text(json.dumps(whole), encoding="utf-8")
    return path


@given(st.lists(st.tuples(NUMBERS, NUMBERS), min_size=1, max_size=50), NUMBERS, NUMBERS)
def test_a_probability_is_one_whatever_the_weights(
    pairs: list[tuple[float, float]], intercept: float, shift: float
) -> None:
    """No overflow, nothing outside 0 to 1."""
    weights, row = np.array(pairs).T

    (probability,) = LogisticModel(weights, intercept).probabilities(row[None, :], shift)

    assert 0 <= probability <= 1


@given(st.floats(-30, 30), st.floats(-5, 5))
def test_a_shift_adds_to_the_log_odds(log_odds: float, shift: float) -> None:
    """How much newer articles are preferred is the same for likely and unlikely sentences."""
    model = LogisticModel(np.array([1.0]), 0.0)

    (probability,) = model.probabilities(np.array([[log_odds]]), shift)

    assert probability == pytest.approx(1 / (1 + math.exp(-(log_odds + shift))))


def test_the_shipped_models_weigh_the_features_that_are_measured() -> None:
    content, models = read_content(), load_models()

    for name, model in (("sentences", models.sentences), ("confidence", models.confidence)):
        data = content[name]
        assert isinstance(data, dict)
        assert tuple(data["weights"]) == NAMES[name]
        assert model.weights.tolist() == list(data["weights"].values())
        assert np.isfinite(model.weights).all()
    assert 0 < models.threshold < 1


def test_the_shipped_models_hold_weights_origin_and_figures_only() -> None:
    """No words of what they were trained on; and a file that is read, not run."""
    content = read_content()

    assert set(content) == {"sentences", "confidence", "threshold", "origin", "figures"}
    assert "CC BY-SA" in str(content["origin"])
    figures = content["figures"]
    assert isinstance(figures, dict)
    assert all(isinstance(figure, int | float) for figure in figures.values())


def test_models_that_were_written_whole_are_read(tmp_path: Path) -> None:
    path = write_models(tmp_path / "models.json", {**read_content(), "threshold": 0.25})

    assert load_models(path).threshold == 0.25


def drop_a_feature(content: dict[str, object]) -> None:
    content["confidence"]["weights"].popitem()  # type: ignore[index]


def swap_two_features(content: dict[str, object]) -> None:
    weights = content["sentences"]["weights"]  # type: ignore[index]
    first = next(iter(weights))
    weights[first] = weights.pop(first)


@pytest.mark.parametrize("change", [drop_a_feature, swap_two_features])
def test_models_for_other_features_are_refused(
    tmp_path: Path, change: Callable[[dict[str, object]], None]
) -> None:
    """Each weight would be given to another number, and nobody would notice."""
    content = read_content()
    change(content)
    path = write_models(tmp_path / "models.json", content)

    with pytest.raises(ValueError, match="reinstall Quoth"):
        load_models(path)


def test_models_changed_by_hand_are_refused(tmp_path: Path) -> None:
    """A threshold that nobody measured would make every confidence a lie."""
    path = tmp_path / "models.json"
    data = json.loads(MODELS_PATH.read_text(encoding="utf-8"))
    data["models"]["threshold"] /= 2
    path.write_text(json.dumps(data), encoding="utf-8")

    with pytest.raises(ValueError, match=str(path)):
        load_models(path)
