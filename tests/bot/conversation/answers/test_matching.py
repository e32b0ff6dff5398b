"""Which words of a question stand in a text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.answers.matching import matching_words
from retrieval.tokens import extract_question_terms, find_words
from tests.stories import questions, sentences


@given(questions(), sentences())
def test_every_word_is_one_of_the_question(question: str, text: str) -> None:
    words = matching_words(question, text)

    assert set(words) <= set(find_words(question))
    assert len(set(words)) == len(words)


@given(questions(), st.lists(sentences(), max_size=3))
def test_a_question_holds_all_that_it_is_about(question: str, others: list[str]) -> None:
    """Whatever stands beside it, a text that holds the question matches in every term."""
    words = matching_words(question, " ".join([*others, question]))

    assert len(words) == len(set(extract_question_terms(question)))


@pytest.mark.parametrize(
    ("question", "text", "words"),
    [
        ("How many cranes stood idle?", "One crane stands idle.", ("cranes", "stood", "idle")),
        ("HOW MANY CRANES?", "Cranes were counted.", ("CRANES",)),
        ("What does the UN say?", "The United Nations said nothing.", ("UN",)),
        ("Who counted the crane, the crane?", "A crane.", ("crane",)),
        ("Is it the?", "It is the one.", ()),
        ("Where?", "", ()),
        ("Varnholm’s cranes", "Varnholm's harbour", ("Varnholm’s",)),
    ],
)
def test_words_match_as_the_index_does(question: str, text: str, words: tuple[str, ...]) -> None:
    assert matching_words(question, text) == words
