from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.measuring.measures import (
    Z_95,
    Estimate,
    Share,
    area_error,
    area_under_roc,
    bootstrap,
    estimate_area,
    share_of,
    wilson_interval,
)
from tests.strategies import share_of_examples

counts = st.integers(1, 10_000).flatmap(
    lambda total: st.tuples(st.integers(0, total), st.just(total))
)
scores = st.lists(st.sampled_from([0.0, 0.25, 0.5, 0.75, 1.0]), min_size=1, max_size=20)


@given(counts)
def test_an_interval_holds_the_share_itself_and_stays_between_0_and_1(
    drawn: tuple[int, int],
) -> None:
    """Whoever reads 26 of 38 sees in which range the truth may lie."""
    count, total = drawn
    low, high = wilson_interval(count, total)

    assert 0 <= low <= count / total <= high <= 1
    assert low < high


@given(counts, st.integers(2, 10))
def test_an_interval_shrinks_with_more_questions(drawn: tuple[int, int], times: int) -> None:
    """The same share of more questions is known better."""
    count, total = drawn
    low, high = wilson_interval(count, total)
    narrow_low, narrow_high = wilson_interval(count * times, total * times)

    assert narrow_high - narrow_low < high - low


def test_intervals_equal_published_ones() -> None:
    """Newcombe, *Statistics in Medicine* 17 (1998), 857-872, table I, method 3."""
    published = {
        (81, 263): (0.2553, 0.3662),
        (15, 148): (0.0624, 0.1605),
        (0, 20): (0.0, 0.1611),
        (1, 29): (0.0061, 0.1718),
    }

    for (count, total), interval in published.items():
        assert wilson_interval(count, total) == pytest.approx(interval, abs=5e-5)


@pytest.mark.parametrize(("count", "total"), [(0, 0), (-1, 3), (4, 3)])
def test_counts_that_are_no_proportion_are_the_callers_mistake(count: int, total: int) -> None:
    with pytest.raises(ValueError, match="proportion"):
        wilson_interval(count, total)


def test_a_share_prints_its_count_beside_the_percentage() -> None:
    """A percentage of a few questions misleads without its count."""
    assert " ".join(str(Share(26, 38)).split()) == "26 of 38 68.4% (95 %: 52.5% to 80.9%)"
    assert str(share_of([])) == "none to count"


@given(scores, scores)
def test_area_is_the_share_of_pairs_in_right_order(
    positive: list[float], negative: list[float]
) -> None:
    """By definition, ties counted half; swapping the sides mirrors it."""
    pairs = [(p > n) + (p == n) / 2 for p in positive for n in negative]

    area = area_under_roc(positive, negative)

    assert area == pytest.approx(sum(pairs) / len(pairs))
    assert area_under_roc(negative, positive) == pytest.approx(1 - area)


def test_area_needs_both_sides() -> None:
    with pytest.raises(ValueError, match="both sides"):
        area_under_roc([], [0.5])


@given(scores, scores)
def test_the_interval_of_an_area_holds_it_and_stays_between_0_and_1(
    positive: list[float], negative: list[float]
) -> None:
    """Also where a handful of questions are parted without a mistake: they may be luck."""
    found, mirrored = estimate_area(positive, negative), estimate_area(negative, positive)

    assert 0 <= found.low <= found.value <= found.high <= 1
    assert found.low < found.high or len(positive) == len(negative) == 1
    assert mirrored.low == pytest.approx(1 - found.high)


@given(st.floats(0.01, 0.99), st.integers(2, 500), st.integers(2, 500))
def test_the_ends_of_an_areas_interval_lie_1_96_errors_off(area: float, m: int, n: int) -> None:
    """By definition: from no area in between would the one that was measured be a surprise."""
    positive, negative = [1.0] * m, [0.0] * round(n * area) + [2.0] * (n - round(n * area))
    found = estimate_area(positive, negative)

    for end in (found.low, found.high):
        if 0 < end < 1:
            distance = abs(found.value - end)
            assert distance == pytest.approx(Z_95 * area_error(end, m, n), abs=1e-6)


def test_an_error_of_an_area_equals_the_published_one() -> None:
    """Hanley and McNeil 1982, page 32: 0.893 of 51 and 58 scores has a standard error of 0.032.

    Theirs takes the two sizes as they are; ours their mean, which here changes the third digit.
    """
    assert area_error(0.893, 51, 58) == pytest.approx(0.032, abs=5e-4)


@share_of_examples(0.2)
@given(st.lists(st.floats(0, 100), min_size=1, max_size=30))
def test_a_resampled_interval_holds_the_figure_and_lies_within_the_sample(
    sample: list[float],
) -> None:
    """And is the same each time, or two runs of one evaluation would differ."""
    found = bootstrap(np.median, sample)

    assert min(sample) <= found.low <= found.value <= found.high <= max(sample)
    assert bootstrap(np.median, sample) == found


def test_a_resampled_mean_has_the_interval_of_the_textbook() -> None:
    """For a plain mean there is a formula: 1.96 standard errors to each side."""
    sample = np.random.default_rng(1).normal(10, 2, size=400)

    found = bootstrap(np.mean, sample)

    error = Z_95 * sample.std() / 20
    assert found.high - found.value == pytest.approx(error, rel=0.1)
    assert found.value - found.low == pytest.approx(error, rel=0.1)


def test_samples_are_resampled_apart_and_pairs_together() -> None:
    """A confidence stays with whether it was right; two groups of questions keep their sizes."""
    pairs = [(0.1, 0.1), (0.7, 0.7)]

    assert bootstrap(lambda drawn: float(np.ptp(drawn, axis=1).max()), pairs).high == 0
    assert bootstrap(lambda one, other: len(one) - len(other), [1, 2, 3], [1]).value == 2


def test_nothing_cannot_be_resampled() -> None:
    with pytest.raises(ValueError, match="empty"):
        bootstrap(np.mean, [1.0], [])


def test_an_estimate_prints_its_interval() -> None:
    assert Estimate(12.34, 10, 15.06).show(".1f", " ms") == "12.3 ms   (95 %: 10.0 to 15.1)"
