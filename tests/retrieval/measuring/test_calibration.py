from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.measuring.calibration import calibration_error, reliability
from retrieval.measuring.measures import Share

answers = st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=50)


@given(answers)
def test_every_answer_is_in_the_bin_of_its_confidence(drawn: list[tuple[float, bool]]) -> None:
    """None is lost, and a bin's mean confidence lies within it."""
    bins = reliability(*zip(*drawn, strict=True))

    assert sum(part.right.total for part in bins) == len(drawn)
    assert sum(part.right.count for part in bins) == sum(right for _, right in drawn)
    assert all(part.low - 1e-9 <= part.mean_confidence <= part.high + 1e-9 for part in bins)
    assert [part.low for part in bins] == sorted({part.low for part in bins})


@given(answers)
def test_the_error_is_the_bins_distance_from_their_share_of_right_answers(
    drawn: list[tuple[float, bool]],
) -> None:
    """What the table of bins shows and the one figure under it agree."""
    bins = reliability(*zip(*drawn, strict=True))

    error = calibration_error(np.array(drawn, np.float64))

    distances = [part.right.total * abs(part.mean_confidence - part.right.value) for part in bins]
    assert error == pytest.approx(sum(distances) / len(drawn))
    assert 0 <= error <= 1


def test_being_right_as_often_as_promised_is_no_error() -> None:
    """Three of four right answers at 75 %, and full confidence that is right."""
    held = [(0.75, True), (0.75, True), (0.75, True), (0.75, False), (1.0, True)]

    assert calibration_error(np.array(held, np.float64)) == 0
    assert [part.right for part in reliability(*zip(*held, strict=True))] == [
        Share(3, 4),
        Share(1, 1),
    ]
