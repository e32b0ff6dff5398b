from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.answering import Request, answer_question
from retrieval.indexing.abbreviations import find_abbreviations
from retrieval.indexing.index import Index
from tests.stories import Story, make_story

Build = Callable[[Iterable[Story]], Index]


@given(st.text(st.sampled_from("Aa Bb of the.\n")))
def test_initials_are_capitals_of_the_text_in_order(text: str) -> None:
    for initials in find_abbreviations(text):
        place = 0
        for letter in initials:
            assert letter.isupper()
            place = text.index(letter, place) + 1


@pytest.mark.parametrize(
    ("text", "initials"),
    [
        ("the Harbour Safety Board said", ["HSB"]),
        ("the Harbour\u00a0Safety Board of the Northern Coast said", ["HSBNC"]),
        ("The Harbour Safety Board said", ["HSB"]),
        ("ships of the United States and", ["US"]),
        ("the United States Harbour Board", ["USHB", "US"]),
        ("Ilse Maren said", []),
        ("the harbour safety board", []),
        ("One Two Three Four Five Six Seven Eight", []),
    ],
)
def test_names_of_three_to_six_words_give_their_initials(text: str, initials: list[str]) -> None:
    """Initials of persons would drown those of organisations, and a title is not a name."""
    assert list(find_abbreviations(text)) == initials


def test_a_question_finds_by_its_initials_what_is_written_out(build_index: Build) -> None:
    text = "The Harbour Safety Board closed the northern quay.\n\nA bakery opened on the quay.\n"

    answer = answer_question(build_index([make_story(text)]), Request("What did the HSB close?"))

    assert answer.quotes[0].text.startswith("The Harbour Safety Board")
