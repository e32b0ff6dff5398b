from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.expecting import Expected, counts_asked, expect_answer, holds_expected, is_number


@given(st.text(), st.text())
def test_a_question_that_does_not_tell_is_answered_by_anything(text: str, question: str) -> None:
    assert holds_expected(Expected.ANY, text, question)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("How many cranes are there?", Expected.NUMBER),
        ("how old is the port", Expected.NUMBER),
        ("What percentage of cranes rust?", Expected.NUMBER),
        ("When did the port close?", Expected.DATE),
        ("In what year did it close?", Expected.DATE),
        ("which month was it", Expected.DATE),
        ("Who leads the institute?", Expected.NAME),
        ("who's Ilse Maren", Expected.NAME),
        ("Where is the port?", Expected.NAME),
        ("Which countries have ports?", Expected.NAME),
        ("Why did it close?", Expected.ANY),
        ("What did she say?", Expected.ANY),
        ("", Expected.ANY),
    ],
)
def test_the_form_of_a_question_tells_what_is_asked_for(question: str, expected: Expected) -> None:
    assert expect_answer(question) is expected


@pytest.mark.parametrize(
    ("expected", "holds", "lacks"),
    [
        (Expected.NUMBER, "There are 54.", "There are some."),
        (Expected.NUMBER, "There are Fifty-four.", "There is none."),
        (Expected.DATE, "It closed in 2018.", "It closed at 20 180 crowns."),
        (Expected.DATE, "It closed in October.", "It may close."),
        (Expected.DATE, "It closed on Monday.", "It closed late."),
        (Expected.DATE, "Built in the 14th century.", "Built on the 14th floor."),
        (Expected.NAME, "It is led by Ilse.", "It is led by nobody."),
    ],
)
def test_a_sentence_with_the_kind_of_answer_is_told_from_one_without(
    expected: Expected, holds: str, lacks: str
) -> None:
    assert holds_expected(expected, holds, "Which port?")
    assert not holds_expected(expected, lacks, "Which port?")


def test_a_name_that_the_question_holds_already_is_no_answer() -> None:
    """Who Maren is, the word Maren does not tell."""
    assert not holds_expected(Expected.NAME, "It was Maren.", "Who is maren?")
    assert holds_expected(Expected.NAME, "It was Maren of Varnholm.", "Who is maren?")


def test_the_thing_that_is_counted_stands_shortly_after_the_number() -> None:
    """Not every number in a sentence is the one asked for."""
    question = "How many police stations have been reported?"

    assert counts_asked("It has 54 so-called overseas police service stations.", question)
    assert counts_asked("Fifty station chiefs met.", question)
    assert not counts_asked("In 2022 a report told of many other things and stations.", question)
    assert not counts_asked("It has stations in 30 countries.", question)
    assert not counts_asked("It has 54 stations.", "Who reported stations?")
    assert not counts_asked("It has 54 stations.", "How many of them?")


@pytest.mark.parametrize("word", ["54", "230,000", "one", "Dozens", "million"])
def test_numbers_are_known_in_digits_and_words(word: str) -> None:
    assert is_number(word)
    assert not is_number("stations")


@pytest.mark.parametrize("unit", ["how many ", "what ", "which a ", "1 ", "one ", "1,", "A "])
def test_hostile_text_is_read_in_no_time(unit: str) -> None:
    question, sentence = (unit * 1000)[:1000], (unit * 700)[:700]
    started = time.process_time()
    expect_answer(question)
    counts_asked(sentence, question)
    for expected in Expected:
        holds_expected(expected, sentence, question)
    assert time.process_time() - started < 0.3
