"""Whether a confidence of 70 % means seven right answers in ten."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from retrieval.measuring.measures import Share

BINS = 10  # of equal width, as in the reference


@dataclass(frozen=True, slots=True)
class Bin:
    """The answers whose confidence lies in ``[low, high)`` (the last bin: up to 1).

    Parameters
    ----------
    low, high, mean_confidence : float
    right : Share
        How many of them answer their question.
    """

    low: float
    high: float
    mean_confidence: float
    right: Share


def reliability(confidences: Sequence[float], right: Sequence[bool]) -> tuple[Bin, ...]:
    """Return the bins that hold any answer, in ascending order."""
    values, truths = np.asarray(confidences, np.float64), np.asarray(right, np.bool_)
    numbers = _bin_numbers(values)
    bins = []
    for number in np.unique(numbers):
        inside = numbers == number
        bins.append(
            Bin(
                low=number / BINS,
                high=(number + 1) / BINS,
                mean_confidence=float(values[inside].mean()),
                right=Share(int(truths[inside].sum()), int(inside.sum())),
            )
        )
    return tuple(bins)


def calibration_error(pairs: npt.NDArray[np.float64]) -> float:
    """Return the expected calibration error of confidences.

    Parameters
    ----------
    pairs : numpy.ndarray, shape (n_answers, 2)
        Each answer's confidence, and 1 if it is right, else 0; at least one.

    Returns
    -------
    float
        The mean distance of confidence and share of right answers over the bins, each weighed by
        its answers: 0 is perfect, 1 the worst.

    References
    ----------
    .. [1] M. P. Naeini, G. F. Cooper and M. Hauskrecht, "Obtaining well calibrated probabilities
       using Bayesian binning", *Proceedings of AAAI* 2015, section "Calibration measures".

    Examples
    --------
    >>> round(calibration_error(np.array([[0.95, 1], [0.95, 0], [0.05, 0]])), 3)
    0.317
    """
    distances = np.bincount(
        _bin_numbers(pairs[:, 0]), weights=pairs[:, 0] - pairs[:, 1], minlength=BINS
    )
    return float(np.abs(distances).sum() / len(pairs))


def _bin_numbers(values: npt.NDArray[np.float64]) -> npt.NDArray[np.int64]:
    return np.minimum((values * BINS).astype(np.int64), BINS - 1)
