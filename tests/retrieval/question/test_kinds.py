from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.question.kinds import (
    Expected,
    counts_asked,
    expect_answer,
    holds_expected,
    is_number,
)


@given(st.text(), st.text(), st.sampled_from([Expected.ANY, Expected.YES_NO]))
def test_a_question_that_does_not_tell_is_answered_by_anything(
    text: str, question: str, expected: Expected
) -> None:
    """Yes and no stand in any words, too."""
    assert holds_expected(expected, text, question)


@given(st.text(), st.text())
def test_any_text_can_be_asked_and_looked_at(text: str, question: str) -> None:
    assert isinstance(holds_expected(expect_answer(question), text, question), bool)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("How many cranes are there?", Expected.NUMBER),
        ("how old is the port", Expected.NUMBER),
        ("What percentage of cranes rust?", Expected.NUMBER),
        ("What is the population of Varnholm?", Expected.NUMBER),
        ("What is the total area of the docks?", Expected.NUMBER),
        ("When did the port close?", Expected.DATE),
        ("In what year did it close?", Expected.DATE),
        ("which month was it", Expected.DATE),
        ("Who leads the institute?", Expected.PERSON),
        ("who's Ilse Maren", Expected.PERSON),
        ("To whom was it sold?", Expected.PERSON),
        ("Which company president resigned?", Expected.PERSON),
        ("Where is the port?", Expected.PLACE),
        ("Which country places its flag there?", Expected.PLACE),
        ("What is the capital of the island?", Expected.PLACE),
        ("Which newspaper wrote that?", Expected.NAME),
        ("Which countries have ports?", Expected.LIST),
        ("What were the names of the ferries?", Expected.LIST),
        ("List the ports of the island", Expected.LIST),
        ("Name three ferries", Expected.LIST),
        ("Why did it close?", Expected.REASON),
        ("How come it closed?", Expected.REASON),
        ("For what reason did it close?", Expected.REASON),
        ("What caused the fire?", Expected.REASON),
        ("What is a dry dock?", Expected.DEFINITION),
        ("what is Varnholm", Expected.DEFINITION),
        ("What does berth mean?", Expected.DEFINITION),
        ("Define berth", Expected.DEFINITION),
        ("What is meant by a berth?", Expected.DEFINITION),
        ("Is the port closed?", Expected.YES_NO),
        ("Didn't the ferry sink?", Expected.YES_NO),
        ("Do you know whether it sank?", Expected.YES_NO),
        ("What did she say?", Expected.ANY),
        ("How did it close?", Expected.ANY),
        ("What is the oldest crane?", Expected.ANY),
        ("port cranes Varnholm", Expected.ANY),
        ("", Expected.ANY),
    ],
)
def test_the_form_of_a_question_tells_what_is_asked_for(question: str, expected: Expected) -> None:
    assert expect_answer(question) is expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Can you tell me who leads the institute?", Expected.PERSON),
        ("So, where is the port?", Expected.PLACE),
        ("I would like to know why it closed", Expected.REASON),
        ("Did she say when it closed?", Expected.DATE),
        ("When the port closed, who led the institute?", Expected.PERSON),
        ("In what year did the man who led the institute die?", Expected.DATE),
    ],
)
def test_what_stands_around_the_question_does_not_change_it(
    question: str, expected: Expected
) -> None:
    """People wrap questions in courtesies and side clauses."""
    assert expect_answer(question) is expected


@pytest.mark.parametrize(
    ("expected", "holds", "lacks"),
    [
        (Expected.NUMBER, "There are 54.", "There are some."),
        (Expected.NUMBER, "There are Fifty-four.", "There is none."),
        (Expected.NUMBER, "It took 20 of them.", "It took place in 2018."),
        (Expected.NUMBER, "It has one crane.", "It is one of the ports."),
        (Expected.NUMBER, "It has 4 cranes.", "It closed on March 4."),
        (Expected.DATE, "It closed in 2018.", "It closed at 20 180 crowns."),
        (Expected.DATE, "It closed in October.", "It may close."),
        (Expected.DATE, "It closed on Monday.", "It closed late."),
        (Expected.DATE, "Built in the 14th century.", "Built on the 14th floor."),
        (Expected.DATE, "It closed last week.", "It was the last one."),
        (Expected.DATE, "It closed two years ago.", "It closed for two years."),
        (Expected.PERSON, "It is led by Ilse.", "It is led well."),
        (Expected.PERSON, "There Jo Rask spoke.", "There Harbour Street ends."),
        (Expected.PERSON, "It was found by two fishermen.", "It was found at sea."),
        (Expected.PLACE, "It lies near Varnholm.", "It was told to nobody."),
        (Expected.PLACE, "It lies in a small coastal town.", "It closed in March."),
        (Expected.NAME, "Then the Gazette closed.", "Then the paper closed."),
        (Expected.REASON, "It closed because of fire.", "It closed after all."),
        (Expected.REASON, "It closed to save fuel.", "It closed to the public."),
        (Expected.LIST, "There are gulls, terns and ducks.", "There are gulls, mostly."),
        (Expected.LIST, "It links Varnholm and Oster Point.", "It links two towns and stops."),
    ],
)
def test_a_sentence_with_the_kind_of_answer_is_told_from_one_without(
    expected: Expected, holds: str, lacks: str
) -> None:
    assert holds_expected(expected, holds, "Which port?")
    assert not holds_expected(expected, lacks, "Which port?")


@pytest.mark.parametrize(
    ("question", "holds", "lacks"),
    [
        ("How long did it burn?", "It burned for 20 minutes.", "It cost 20 crowns."),
        ("How old is she?", "She is 54 years old.", "She has 54 cranes."),
        ("How tall is the crane?", "It is 54 metres high.", "It is one of 54."),
        ("What percentage rusts?", "About 54 percent rust.", "About 54 of them rust."),
        ("How often does it sail?", "It sails three times a day.", "It has three decks."),
    ],
)
def test_a_number_comes_in_the_unit_that_is_asked_for(
    question: str, holds: str, lacks: str
) -> None:
    assert holds_expected(Expected.NUMBER, holds, question)
    assert not holds_expected(Expected.NUMBER, lacks, question)


def test_what_the_question_says_already_is_no_answer() -> None:
    """Who Maren is, the word Maren does not tell; nor is 2018 when, in 2018, it was."""
    assert not holds_expected(Expected.NAME, "It was Maren.", "Which group is maren?")
    assert holds_expected(Expected.NAME, "It was Maren of Varnholm.", "Which group is maren?")
    assert not holds_expected(Expected.DATE, "It was in 2018.", "When in 2018 was it?")
    assert not holds_expected(Expected.NUMBER, "Of the 54, some.", "How many of the 54?")
    assert not holds_expected(Expected.PLACE, "It is in Varnholm.", "Where in Varnholm?")


def test_a_definition_tells_of_the_thing_that_it_is_something() -> None:
    question = "What is a dry dock?"

    assert holds_expected(Expected.DEFINITION, "A dry dock is a basin.", question)
    assert holds_expected(Expected.DEFINITION, "In the dry dock, a basin, it lay.", question)
    assert not holds_expected(Expected.DEFINITION, "It is a basin.", question)
    assert not holds_expected(Expected.DEFINITION, "It left the dry dock yesterday.", question)


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


@pytest.mark.parametrize(
    "unit",
    [
        *("how many ", "what ", "which a ", "1 ", "one ", "1,", "A ", "Aa ", "so please ", ", a "),
        *("say why ", "what does ", "in the ", "a man ", "(", "last ", "do you know "),
    ],
)
def test_hostile_text_is_read_in_no_time(unit: str) -> None:
    question, sentence = (unit * 1000)[:1000], (unit * 700)[:700]
    started = time.process_time()
    expect_answer(question)
    counts_asked(sentence, question)
    for expected in Expected:
        holds_expected(expected, sentence, question)
    assert time.process_time() - started < 0.3
