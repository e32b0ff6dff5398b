"""The statistics of an evaluation: shares and other figures with their intervals at 95 %."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Z_95 = 1.959964  # the normal distribution's 97.5 % point: two-sided 95 %
RESAMPLES = 1000
SEED = 20240229  # the same figures give the same interval, run after run
BISECTIONS = 60  # halvings of [0, 1]: as exact as a float can tell

Floats = npt.NDArray[np.float64]


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


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure that is no plain count, with the ends of its interval at 95 %."""

    value: float
    low: float
    high: float

    def show(self, pattern: str, unit: str = "") -> str:
        """Return the figure and its interval, each in a format such as ``.1%``."""
        value, low, high = (format(one, pattern) for one in (self.value, self.low, self.high))
        return f"{value}{unit}   (95 %: {low} to {high})"


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


def estimate_area(positive: Sequence[float], negative: Sequence[float]) -> Estimate:
    """Return `area_under_roc` with its interval, which treats scores as independent.

    Raises
    ------
    ValueError
        If either side is empty.

    Notes
    -----
    The interval is Newcombe's method 5 [2]_: the areas from which the one measured lies no further
    than 1.96 standard errors, with Hanley and McNeil's standard error [1]_ taken at each such area
    and both sample sizes in its numerator replaced by their mean. Unlike theirs it stays within 0
    to 1 and has a width where the two sides are parted without a mistake.

    References
    ----------
    .. [1] J. A. Hanley and B. J. McNeil, "The meaning and use of the area under a receiver
       operating characteristic (ROC) curve", *Radiology* 143 (1982), 29-36.
    .. [2] R. G. Newcombe, "Confidence intervals for an effect size measure based on the
       Mann-Whitney statistic. Part 2: asymptotic methods and evaluation", *Statistics in Medicine*
       25 (2006), 559-573.
    """
    area = area_under_roc(positive, negative)
    m, n = len(positive), len(negative)
    return Estimate(area, _lower_area(area, m, n), 1 - _lower_area(1 - area, m, n))


def area_error(area: float, m: int, n: int) -> float:
    """Return the standard error of an area from ``m`` and ``n`` scores (see `estimate_area`)."""
    mean = (m + n) / 2 - 1
    spread = 1 + mean * (1 - area) / (2 - area) + mean * area / (1 + area)
    return math.sqrt(area * (1 - area) * spread / (m * n))


def _lower_area(area: float, m: int, n: int) -> float:
    """Return the least area from which the one measured is no further than 1.96 errors."""
    low, high = 0.0, area
    for _ in range(BISECTIONS):
        middle = (low + high) / 2
        if area - middle > Z_95 * area_error(middle, m, n):
            low = middle
        else:
            high = middle
    return low


def bootstrap(statistic: Callable[..., float], *samples: npt.ArrayLike) -> Estimate:
    """Return a statistic of some samples with its percentile interval from resampling.

    Parameters
    ----------
    statistic : callable
        Takes one array for each sample; those of two axes are resampled by row.
    *samples : array_like of float
        Each at least one long. Each is resampled by itself, ``RESAMPLES`` times, with a fixed seed.

    Raises
    ------
    ValueError
        If a sample is empty.

    References
    ----------
    .. [1] B. Efron and R. J. Tibshirani, *An Introduction to the Bootstrap*, Chapman and Hall
       1993, section 13.3.
    """
    arrays = [np.asarray(sample, dtype=np.float64) for sample in samples]
    if not all(len(array) for array in arrays):
        raise ValueError("nothing to resample: a sample is empty")
    generator = np.random.default_rng(SEED)
    drawn = [
        statistic(*(array[generator.integers(len(array), size=len(array))] for array in arrays))
        for _ in range(RESAMPLES)
    ]
    value = float(statistic(*arrays))
    low, high = (float(end) for end in np.percentile(drawn, (2.5, 97.5)))
    return Estimate(value, min(low, value), max(high, value))
