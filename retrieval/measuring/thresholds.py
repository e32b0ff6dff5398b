"""What a threshold on the confidence lets through: answers to what can be answered, false ones."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from retrieval.indexing.weighting import Floats

Curve = tuple[tuple[float, float], ...]


def share_answered(answerable: Floats, unanswerable: Floats, *, false_share: float) -> float:
    """Return the share of answerable questions answered while few others are.

    The threshold is the lowest at which at most ``false_share`` of the unanswerable questions get
    an answer.

    Parameters
    ----------
    answerable, unanswerable : numpy.ndarray of float
        Confidences, at least one of each; a question is answered from the threshold on.
    false_share : float
        From 0 to below 1.
    """
    let_through = math.floor(false_share * len(unanswerable) + 1e-9)
    highest_held = np.partition(unanswerable, -1 - let_through)[-1 - let_through]
    return float(np.mean(answerable > highest_held))


def share_silent(answerable: Floats, unanswerable: Floats, *, answered_share: float) -> float:
    """Return the share of unanswerable questions met with silence while most others are not.

    The threshold is the highest at which at least ``answered_share`` of the answerable questions
    get an answer.

    Parameters
    ----------
    answerable, unanswerable : numpy.ndarray of float
        Confidences, at least one of each; a question is answered from the threshold on.
    answered_share : float
        Above 0, to 1.
    """
    answered = math.ceil(answered_share * len(answerable) - 1e-9)
    threshold = np.partition(answerable, -answered)[-answered]
    return float(np.mean(unanswerable < threshold))


def silence_curve(answerable: Sequence[float], unanswerable: Sequence[float]) -> Curve:
    """Return, for each threshold, the share falsely answered and the share answered.

    Returns
    -------
    tuple of (float, float)
        From (0, 0), which is silence, to (1, 1); neither share ever falls. This is the ROC curve.
    """
    thresholds = np.unique([*answerable, *unanswerable])[::-1]
    shares = [
        1 - np.searchsorted(np.sort(side), thresholds, side="left") / len(side)
        for side in (unanswerable, answerable)
    ]
    points = zip(*(share.tolist() for share in shares), strict=True)
    return ((0.0, 0.0), *points)
