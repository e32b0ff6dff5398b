from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.comparing.parties import are_one_side, find_names

NAMES = st.sampled_from(
    ["Ilse Maren", "Acme Shipping", "Norway", "Oslo", "Jo Day", "ABC", "it", ""]
)


@given(NAMES, NAMES)
def test_being_of_one_side_is_mutual(first: str, second: str) -> None:
    assert are_one_side(first, second) is are_one_side(second, first)


@given(st.text("AbC .,’'()-oft", max_size=40))
def test_names_stand_in_order_and_begin_with_a_capital_or_follow_one(text: str) -> None:
    end = 0
    for span in find_names(text):
        assert end <= span.start < span.end <= len(text)
        end = span.end


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("But Ilse Maren of Linn left.", ["Ilse Maren of Linn"]),
        ("On Monday the Norwegian foreign ministry spoke.", ["Norwegian foreign ministry"]),
        ("The Linn Times wrote it.", ["Linn Times"]),
        ("A Swedish owner left.", []),
        ("However, nobody spoke.", []),
        ("The US and Norway spoke.", ["US and Norway"]),
    ],
)
def test_names_are_told_from_other_capitals(text: str, names: list[str]) -> None:
    assert [span.slice(text) for span in find_names(text)] == names


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Ilse Maren", "Ms Maren"),
        ("Acme Shipping", "Acme"),
        ("Norway", "Norwegian foreign ministry"),
        ("Norway", "Oslo"),
        ("Federal Boat Police", "FBP"),
        ("Federal Boat Police (FBP)", "FBP"),
    ],
)
def test_a_side_is_known_by_its_other_names(first: str, second: str) -> None:
    assert are_one_side(first, second)


@pytest.mark.parametrize(
    ("first", "second"),
    [("Jo Day", "Jo Linn"), ("Norway", "Sweden"), ("Acme", "Quiet Harbours"), ("Martin", "Martha")],
)
def test_another_side_is_not(first: str, second: str) -> None:
    assert not are_one_side(first, second)
