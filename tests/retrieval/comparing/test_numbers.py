from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.comparing.numbers import AGE, Amount, agree, read_amounts


def read_one(text: str) -> Amount:
    (amount,) = read_amounts(text)
    return amount


@given(st.text("$15,0. -aomn%\ntwenthudrdil", max_size=60))
def test_an_amount_is_a_stretch_of_its_text_and_lies_in_its_range(text: str) -> None:
    end = 0
    for amount in read_amounts(text):
        assert end <= amount.span.start < amount.span.end <= len(text)
        assert amount.low <= amount.value <= amount.high
        end = amount.span.end


@given(st.integers(2, 998), st.sampled_from(["boats", "per cent", "km", "dollars"]))
def test_a_number_agrees_with_itself_and_not_with_the_next(number: int, unit: str) -> None:
    same, other = read_one(f"It has {number} {unit}."), read_one(f"It has {number + 1} {unit}.")

    assert agree(same, same)
    assert not agree(same, other)


@pytest.mark.parametrize(
    ("text", "written", "value", "unit"),
    [
        ("It has 54 boats.", "54", 54, ""),
        ("It has more than 100 boats.", "more than 100", 100, ""),
        ("At least 54 boats sank.", "At least 54", 54, ""),
        ("An estimated 230,000 left.", "An estimated 230,000", 230_000, ""),
        ("Some 1.2 million people left.", "Some 1.2 million", 1_200_000, ""),
        ("Two hundred and thirty thousand left.", "Two hundred and thirty thousand", 230_000, ""),
        ("Fifty-four boats sank.", "Fifty-four", 54, ""),
        ("Half a million people left.", "Half a million", 500_000, ""),
        ("A dozen boats sank.", "A dozen", 12, ""),
        ("Only one boat sank, at least one.", "at least one", 1, ""),
        ("It rose by 54 per cent.", "54 per cent", 54, "percent"),
        ("It rose by 5.4%.", "5.4%", 5.4, "percent"),
        ("It cost $1.2 million.", "$1.2 million", 1_200_000, "$"),
        ("It cost £5bn.", "£5bn", 5e9, "pound"),
        ("It cost 54 million euros.", "54 million euros", 54e6, "euro"),
        ("It is 12 km long.", "12 km", 12_000, "m"),
        ("A 12-kilometre tunnel.", "12-kilometre", 12_000, "m"),
        ("It covers 5 square kilometres.", "5 square kilometres", 5e6, "m²"),
        ("It took three weeks.", "three weeks", 3 * 604_800, "s"),
        ("Ten to 20 boats sank.", "Ten to 20", 15, ""),
        ("It has between 10 and 20 boats.", "10 and 20", 15, ""),
        ("It cost $10 to $20 million.", "$10 to $20 million", 15e6, "$"),
        ("Ilse Maren, 54, leads it.", "54", 54, AGE),
        ("A 54-year-old leads it.", "54-year-old", 54, AGE),
        ("She is 54 years old.", "54 years old", 54, AGE),
        ("He died aged 54.", "54", 54, AGE),
    ],
)
def test_an_amount_is_read_with_its_qualifier_and_unit(
    text: str, written: str, value: float, unit: str
) -> None:
    amount = read_amounts(text)[-1]

    assert (written.startswith(amount.span.slice(text)), amount.unit) == (True, unit)
    assert amount.value == pytest.approx(value)


@pytest.mark.parametrize(
    "text",
    [
        "It opened in 2018, in May 2019, on 3 May and on February 15.",
        "It opened at 10:30, at 3pm and at 10 a.m.",
        "It came 2nd of all in the 21st century.",
        "Call 110, dial 911 or 555-0199, +61 2 9999 1234, 0800 123 456.",
        "It flew a Boeing 737, an F-35 and an A380 with version 3.2 and 1.2.3.",
        "It stands at 10 Downing Street and at 1600 Pennsylvania Avenue.",
        "Linn won 3-1 and lost 0–2.",
        "One boat sank.",
        "The 12-member board met in room 101 on page 12.",
    ],
)
def test_a_number_that_counts_nothing_is_no_amount(text: str) -> None:
    """These would otherwise stand side by side with a count as figures that differ."""
    assert [a for a in read_amounts(text) if a.unit != AGE] == []


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("230,000 left", "230 thousand left"),
        ("more than 230,000 left", "an estimated 230,000 left"),
        ("1.2 million live there", "1,213,450 live there"),
        ("about 100 boats", "98 boats"),
        ("more than 100 boats", "104 boats"),
        ("dozens of boats", "54 boats"),
        ("54%", "54.3 per cent"),
        ("10 to 20 boats", "12 boats"),
        ("1 km", "1,000 metres"),
        ("fifty-four boats", "54 boats"),
    ],
)
def test_one_value_put_in_two_ways_is_no_difference(first: str, second: str) -> None:
    assert agree(read_one(first), read_one(second))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("54 boats", "55 boats"),
        ("at least 54 boats", "more than 100 boats"),
        ("1 million boats", "1.4 million boats"),
        ("dozens of boats", "more than 200 boats"),
        ("tens of thousands of boats", "230,000 boats"),
        ("54%", "55%"),
        ("10 to 20 boats", "30 boats"),
    ],
)
def test_two_values_are_a_difference(first: str, second: str) -> None:
    assert not agree(read_one(first), read_one(second))


def test_hostile_sentences_are_read_in_no_time(shared: Path) -> None:
    units = json.loads((shared / "hostile.json").read_text(encoding="utf-8"))["slow"]["units"]

    read_amounts("1")
    for unit in [
        *units,
        "1 ",
        "1,000",
        "1.",
        "1-",
        "one hundred ",
        "$1 to ",
        "more than ",
        "May 1 ",
    ]:
        started = time.process_time()
        read_amounts((unit * 700)[:700])
        assert time.process_time() - started < 0.2, unit
