"""What a member is told was searched for, where it is not what they typed."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest
from hypothesis import given

from retrieval.answering import Request, answer_question
from retrieval.indexing.index import Index
from retrieval.query import weigh_query
from retrieval.searched import describe_search
from tests.stories import Story, collections, make_story, questions
from tests.strategies import share_of_examples

Build = Callable[[Iterable[Story]], Index]

TEXT = (
    "The Kenyan institute counted 54 rusty cranes in the harbour of Varnholm.\n\n"
    "Nobody asked the fishermen of Oster Point.\n"
)


@pytest.fixture(scope="module")
def index(build_index: Build) -> Index:
    return build_index([make_story(TEXT)])


def describe(index: Index, question: str, *shown: str) -> str:
    terms = [index.find_term(term) for term in shown]
    held = {term for term in terms if term is not None}
    assert len(held) == len(shown)
    return describe_search(index, question, weigh_query(index, question).terms, held)


@given(collections(), questions())
@share_of_examples(0.4)
def test_a_question_whose_words_are_held_is_searched_as_typed(
    build_index: Build, stories: list[Story], question: str
) -> None:
    index = build_index(stories)
    query = weigh_query(index, question)
    shown = {one.number for one in query.terms if one.number is not None}

    if not any(one.alternatives for one in query.terms if one.number is None):
        assert describe_search(index, question, query.terms, shown) == question


@pytest.mark.parametrize(
    ("question", "shown", "searched"),
    [
        ("Who led the insitute?", (), "Who led the institute?"),
        ("how many cranes in varnhlom", (), "how many cranes in Varnholm"),
        ("Which “insitute”, insitute?", (), "Which “institute”, institute?"),
        ("Which cranes, zebras?", (), "Which cranes, zebras?"),
        ("", (), ""),
    ],
)
def test_a_repaired_word_gives_way_to_what_was_searched(
    index: Index, question: str, shown: tuple[str, ...], searched: str
) -> None:
    """As it stands in the articles; all else stays as it was typed."""
    assert describe(index, question, *shown) == searched


def test_a_relative_is_shown_where_a_quote_holds_it(build_index: Build) -> None:
    """Else a reader would look in vain for the word they asked for."""
    index = build_index([make_story(TEXT, "a"), make_story("Kenya is far.", "b")])
    question = "How many cranes did Kenya count?"

    assert describe(index, question) == question
    assert describe(index, question, "kenyan") == "How many cranes did Kenya (Kenyan) count?"
    assert describe(index, question, "kenyan", "kenya") == question


def test_an_answer_says_what_it_searched_for(index: Index) -> None:
    answer = answer_question(index, Request("How many rusty crnaes in Varnhlom?"))

    assert answer.question == "How many rusty crnaes in Varnhlom?"
    assert answer.searched == "How many rusty cranes in Varnholm?"
    assert "54 rusty cranes" in answer.quotes[0].text


def test_silence_says_so_as_well(index: Index) -> None:
    """The member sees at once whether the repair went wrong."""
    answer = answer_question(index, Request("Who painted zebras of the insitute in 1730?"))

    assert not answer.answered
    assert answer.searched == "Who painted zebras of the institute in 1730?"
