from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.measures import Share, area_under_roc, share_of, wilson_interval

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
