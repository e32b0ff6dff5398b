from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.abstaining import (
    MODEL_PATH,
    ConfidenceModel,
    checksum,
    load_model,
    reason_for_silence,
)
from retrieval.answer import Reason
from retrieval.features import FEATURE_NAMES, Features

FEATURES = Features(*[0.5] * len(FEATURE_NAMES))


@given(
    st.lists(st.floats(-1e6, 1e6), min_size=len(FEATURE_NAMES), max_size=len(FEATURE_NAMES)),
    st.floats(-1e6, 1e6),
)
def test_a_confidence_is_a_probability(coefficients: list[float], intercept: float) -> None:
    """Whatever the weights: no overflow, nothing outside 0 to 1."""
    model = ConfidenceModel(tuple(coefficients), intercept, 0.5)

    assert 0 <= model.probability(FEATURES) <= 1


def test_the_shipped_model_trusts_quotes_that_hold_more_of_the_question() -> None:
    model = load_model()
    good = replace(FEATURES, best_coverage=1.0, joint_coverage=1.0, rarest_missing=0.0)
    poor = replace(FEATURES, best_coverage=0.1, joint_coverage=0.1, rarest_missing=1.0)

    assert model.probability(good) > model.threshold > model.probability(poor)
    assert 0 < model.threshold < 1


def test_the_shipped_model_holds_weights_and_its_origin_only() -> None:
    """No words of what it was trained on; and a file that is read, not run."""
    data = json.loads(MODEL_PATH.read_text(encoding="utf-8"))

    assert len(data["model"]["coefficients"]) == len(FEATURE_NAMES)
    assert set(data["model"]) == {
        "features", "coefficients", "intercept", "threshold", "origin", "figures",
    }  # fmt: skip
    assert "CC BY-SA" in data["model"]["origin"]


def write_model(path: Path, **changes: object) -> Path:
    """Write the shipped model with changes, its checksum made anew."""
    model = {**json.loads(MODEL_PATH.read_text(encoding="utf-8"))["model"], **changes}
    path.write_text(json.dumps({"model": model, "sha256": checksum(model)}), encoding="utf-8")
    return path


def test_a_model_that_was_written_whole_is_read(tmp_path: Path) -> None:
    assert load_model(write_model(tmp_path / "model.json", threshold=0.25)).threshold == 0.25


def test_a_model_changed_by_hand_is_refused(tmp_path: Path) -> None:
    """A threshold that nobody measured would make every confidence a lie."""
    path = tmp_path / "model.json"
    path.write_text(
        MODEL_PATH.read_text(encoding="utf-8").replace('"threshold": 0', '"threshold": 9')
    )

    with pytest.raises(ValueError, match="reinstall Quoth"):
        load_model(path)


def test_a_model_for_other_features_is_refused(tmp_path: Path) -> None:
    path = write_model(tmp_path / "model.json", features=[*FEATURE_NAMES[:-1], "another"])

    with pytest.raises(ValueError, match=str(path)):
        load_model(path)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"unknown_share": 0.2, "joint_coverage": 0.6}, Reason.NOT_THIS_FACT),
        ({"unknown_share": 0.5, "joint_coverage": 0.6}, Reason.OFF_TOPIC),
        ({"unknown_share": 0.0, "joint_coverage": 0.2}, Reason.OFF_TOPIC),
    ],
)
def test_silence_tells_another_subject_from_another_fact(
    changes: dict[str, float], reason: Reason
) -> None:
    """A member then knows whether to ask in other words or to look elsewhere."""
    assert reason_for_silence(replace(FEATURES, **changes)) is reason
