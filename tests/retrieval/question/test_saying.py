"""Whether somebody's words are asked for, and which sentences tell them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.question.saying import asks_for_words, tells_words

ASKING = ["say", "said", "told", "think", "respond", "denied", "criticise", "criticize", "view"]
TELLING = ["said", "told", "added", "denied", "replied", "insisted", "announced"]


@given(st.text(), st.sampled_from(ASKING), st.text())
def test_words_are_asked_for_wherever_the_verb_stands_and_in_any_case(
    before: str, verb: str, after: str
) -> None:
    """A phone writes the first word large, an angry member all of them."""
    assert asks_for_words(f"{before} {verb} {after}")
    assert asks_for_words(f"{before} {verb.upper()} {after}")


@given(st.text(), st.sampled_from('“”"'), st.text())
def test_a_mark_of_quotation_is_seen_wherever_it_stands(before: str, mark: str, after: str) -> None:
    """Of a long quotation, a sentence may hold the opening mark or the closing one alone."""
    assert tells_words(f"{before}{mark}{after}")[0]


@given(st.text(), st.sampled_from(TELLING), st.text())
def test_a_verb_of_saying_is_seen_wherever_it_stands(before: str, verb: str, after: str) -> None:
    assert tells_words(f"{before} {verb} {after}")[1]


@given(st.lists(st.sampled_from("the cranes of Varnholm stood idle since spring 54".split())))
def test_without_mark_and_verb_nobody_speaks(words: list[str]) -> None:
    text = " ".join(words)

    assert not asks_for_words(text)
    assert tells_words(text) == (False, False)


@pytest.mark.parametrize(
    "question",
    [
        *("What did Maren say about the cranes?", "How did residents react?", "what's his view"),
        *("According to the port, how many cranes stood idle?", "Did they deny it?"),
        *("What does the harbour master make of it?", "Who accuses whom?", "her exact words"),
        *("What was the minister's opinion?", "How did the company respond?", "Who promised it?"),
    ],
)
def test_questions_about_words_are_told(question: str) -> None:
    """The answer is mostly a sentence with somebody's words."""
    assert asks_for_words(question)


@pytest.mark.parametrize(
    "question",
    [
        *("", "How many cranes stood idle?", "When did the ferry stop?", "the essay on swords"),
        *("Who reviewed the report?", "What makes of crane are there?", "the interview"),
    ],
)
def test_questions_about_anything_else_are_left_alone(question: str) -> None:
    """Nor is a word a verb of saying because it holds one."""
    assert not asks_for_words(question)


@pytest.mark.parametrize(
    ("text", "marked", "told"),
    [
        ("“Nobody asked the fishermen.”", True, False),
        ("“It is over,” said Ilse Maren.", True, True),
        ("The company denied it.", False, True),
        ("The cost, according to the port, has doubled.", False, True),
        ("Fifty-four cranes stood idle.", False, False),
        ("They say it is over.", False, False),  # as a question does: "what did they say?"
        ("Nobody retold the saga of the unsaid.", False, False),
        ("The fishermen's cranes don't move.", False, False),
    ],
)
def test_a_mark_and_a_verb_are_told_apart(text: str, marked: bool, told: bool) -> None:
    """A quotation without a verb goes on from one that named its speaker."""
    assert tells_words(text) == (marked, told)


def test_a_verb_that_opens_the_sentence_tells_as_well() -> None:
    """News often begins so: "According to the port, ..."."""
    assert tells_words("According to the port, the cost has doubled.")[1]
