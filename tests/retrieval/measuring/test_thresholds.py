from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.measuring.measures import area_under_roc
from retrieval.measuring.thresholds import share_answered, share_silent, silence_curve

confidences = st.lists(st.integers(0, 10).map(lambda n: n / 10), min_size=1, max_size=30)
shares = st.sampled_from([0.0, 0.05, 0.1, 0.25, 0.5, 0.9, 1.0])


def settle(side: list[float], threshold: float) -> float:
    """Return the share that gets an answer at a threshold."""
    return sum(one >= threshold for one in side) / len(side)


def thresholds(*sides: list[float]) -> list[float]:
    """Return every threshold that makes a difference."""
    return sorted({2.0, *(one for side in sides for one in side)})


@given(confidences, confidences, shares.filter(lambda share: share < 1))
def test_few_false_answers_leave_room_for_so_many_right_ones(
    answerable: list[float], unanswerable: list[float], false_share: float
) -> None:
    """No threshold that keeps false answers as rare answers more."""
    found = share_answered(np.array(answerable), np.array(unanswerable), false_share=false_share)

    allowed = [
        threshold
        for threshold in thresholds(answerable, unanswerable)
        if settle(unanswerable, threshold) <= false_share
    ]
    assert found == pytest.approx(max(settle(answerable, threshold) for threshold in allowed))


@given(confidences, confidences, shares.filter(lambda share: share > 0))
def test_most_answers_leave_room_for_so_much_silence(
    answerable: list[float], unanswerable: list[float], answered_share: float
) -> None:
    """No threshold that answers as many is silent more often."""
    found = share_silent(
        np.array(answerable), np.array(unanswerable), answered_share=answered_share
    )

    allowed = [
        threshold
        for threshold in thresholds(answerable, unanswerable)
        if settle(answerable, threshold) >= answered_share
    ]
    silences = [1 - settle(unanswerable, threshold) for threshold in allowed]
    assert found == pytest.approx(max(silences))


@given(confidences, confidences)
def test_the_curve_runs_from_silence_to_answering_everything(
    answerable: list[float], unanswerable: list[float]
) -> None:
    """A lower threshold never answers less; what lies under the curve is the area reported."""
    curve = silence_curve(answerable, unanswerable)

    assert (curve[0], curve[-1]) == ((0, 0), (1, 1))
    assert list(curve) == sorted(curve)
    area = sum((right[0] - left[0]) * (left[1] + right[1]) / 2 for left, right in pairwise(curve))
    assert area == pytest.approx(area_under_roc(answerable, unanswerable))
