"""The statistics of an evaluation: shares with their intervals, and how well a score separates."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

Z_95 = 1.959964  # the normal distribution's 97.5 % point: two-sided 95 %


@dataclass(frozen=True, slots=True)
class Share:
    """A count out of a total, such as 26 hits of 38 questions.

    Raises
    ------
    ValueError
        Unless ``0 <= count <= total``.
    """

    count: int
    total: int

    def __post_init__(self) -> None:
        if not 0 <= self.count <= self.total:
            raise ValueError(f"a share needs 0 <= count <= total, not {self.count} of {self.total}")

    def __str__(self) -> str:
        if self.total == 0:
            return "none to count"
        low, high = wilson_interval(self.count, self.total)
        return (
            f"{self.count:>5} of {self.total:<5} {self.value:>6.1%}"
            f"   (95 %: {low:.1%} to {high:.1%})"
        )

    @property
    def value(self) -> float:
        """Return the share, 0 to 1; NaN of nothing."""
        return self.count / self.total if self.total else math.nan


def share_of(truths: Iterable[bool]) -> Share:
    """Return how many of some yes-or-no results are yes."""
    results = list(truths)
    return Share(sum(results), len(results))


def wilson_interval(count: int, total: int) -> tuple[float, float]:
    """Return the Wilson score interval of a proportion, at 95 %.

    Parameters
    ----------
    count, total : int
        Successes and trials, ``0 <= count <= total``, ``total >= 1``.

    Returns
    -------
    tuple of (float, float)
        Lower and upper end, within 0 to 1; ``count / total`` lies between them.

    Raises
    ------
    ValueError
        If the counts are not those of a proportion.

    Notes
    -----
    Good for small totals and for shares near 0 and 1, where the textbook ("Wald") interval is
    not [2]_.

    References
    ----------
    .. [1] E. B. Wilson, "Probable inference, the law of succession, and statistical inference",
       *Journal of the American Statistical Association* 22 (1927), 209-212.
    .. [2] L. D. Brown, T. T. Cai and A. DasGupta, "Interval estimation for a binomial
       proportion", *Statistical Science* 16 (2001), 101-133, section 3.1.1.

    Examples
    --------
    >>> [round(end, 3) for end in wilson_interval(26, 38)]
    [0.525, 0.809]
    """
    if total < 1 or not 0 <= count <= total:
        raise ValueError(f"a proportion needs 0 <= count <= total >= 1, not {count} of {total}")
    n, p, z = total, count / total, Z_95
    centre = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    # Rounding may put an end a hair inside p when p is 0 or 1, where the two are equal.
    return max(0.0, min(centre - half, p)), min(1.0, max(centre + half, p))


def area_under_roc(positive: Sequence[float], negative: Sequence[float]) -> float:
    """Return the chance that a positive's score is above a negative's, ties counted half.

    Returns
    -------
    float
        0 to 1; 0.5 is no better than guessing.

    Raises
    ------
    ValueError
        If either side is empty.

    References
    ----------
    .. [1] J. A. Hanley and B. J. McNeil, "The meaning and use of the area under a receiver
       operating characteristic (ROC) curve", *Radiology* 143 (1982), 29-36.

    Examples
    --------
    >>> area_under_roc([0.9, 0.5], [0.5, 0.1])
    0.875
    """
    if not positive or not negative:
        raise ValueError("the area under the curve needs scores on both sides")
    ordered = np.sort(np.asarray(negative, dtype=np.float64))
    below = np.searchsorted(ordered, positive, side="left")
    up_to = np.searchsorted(ordered, positive, side="right")
    return float((below + up_to).sum() / (2 * len(positive) * len(negative)))
