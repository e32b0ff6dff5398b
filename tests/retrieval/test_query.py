"""What a question is searched for: its own words, and what counts as them."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.indexing.index import Index
from retrieval.query import Query, QueryTerm, weigh_query
from retrieval.tokens import extract_question_terms
from tests.stories import FERRY, HARBOUR, Story, collections, make_story, questions
from tests.strategies import share_of_examples

Build = Callable[[Iterable[Story]], Index]

LAW = share_of_examples(0.4)  # each builds an index


@pytest.fixture(scope="module")
def index(build_index: Build) -> Index:
    return build_index([make_story(HARBOUR, "a"), make_story(FERRY, "b")])


def find(query: Query, written: str) -> QueryTerm:
    return next(one for one in query.terms if one.written == written)


def forms(index: Index, one: QueryTerm) -> list[str]:
    return [index.term(other.term_id) for other in one.alternatives]


@given(collections(), questions() | st.text())
@LAW
def test_weights_are_of_length_1_over_known_terms(
    build_index: Build, stories: list[Story], question: str
) -> None:
    index = build_index(stories)

    query = weigh_query(index, question)

    length = math.fsum(weight * weight for weight in query.weights.values())
    assert length == pytest.approx(1) if query.weights else length == 0
    assert all(0 <= term < len(index.arrays.idf) for term in query.weights)
    assert list(query.weights) == sorted(query.weights)
    found = {one.term_id for term in query.terms for one in term.alternatives}
    typed = {term.number for term in query.terms} | set(query.bigrams.values())
    assert set(query.weights) <= found | typed
    assert {one.number for one in query.terms if one.number is not None} <= set(query.weights)


@given(collections(), questions() | st.text())
@LAW
def test_terms_are_the_questions_each_once_in_order(
    build_index: Build, stories: list[Story], question: str
) -> None:
    index = build_index(stories)

    query = weigh_query(index, question)

    asked = list(dict.fromkeys(extract_question_terms(question)))
    terms = [one.term for one in query.terms]
    assert terms == [term for term in asked if term in terms]
    assert all(one.written in question for one in query.terms)
    assert [one.number for one in query.terms] == [index.find_term(term) for term in terms]
    assert query.n_known == sum(index.find_term(term) is not None for term in terms)
    assert all(one.idf > 0 for one in query.terms)


def test_a_word_weighs_by_how_often_it_is_asked_and_how_rare_it_is(index: Index) -> None:
    query = weigh_query(index, "cranes: institute cranes")

    cranes, institute = find(query, "cranes").number, find(query, "institute").number
    assert cranes is not None
    assert institute is not None
    idf = index.arrays.idf
    assert query.weights[cranes] / query.weights[institute] == pytest.approx(
        (1 + math.log(2)) * idf[cranes] / idf[institute]
    )


def test_neighbours_that_stand_together_somewhere_weigh_as_a_pair(index: Index) -> None:
    query = weigh_query(index, "abandoned cranes of October")

    assert list(query.bigrams) == [(find(query, "abandoned").number, find(query, "cranes").number)]
    assert set(query.bigrams.values()) <= set(query.weights)


def test_a_misspelt_word_is_searched_as_the_word_that_was_meant(index: Index) -> None:
    query = weigh_query(index, "Who leads the insitute?")

    one = find(query, "insitute")
    assert (one.number, forms(index, one)) == (None, ["institut"])
    assert one.alternatives[0].term_id in query.weights
    assert one.idf == index.arrays.idf[one.alternatives[0].term_id]


def test_a_word_that_is_held_is_never_replaced_by_a_relative(build_index: Build) -> None:
    """The relative counts where the word is missing, and adds nothing to the search."""
    index = build_index(
        [make_story("A defect was found.", "a"), make_story("The defector fled.", "b")]
    )

    query = weigh_query(index, "Which defect?")

    one = find(query, "defect")
    assert forms(index, one) == ["defector"]
    assert list(query.weights) == [one.number]


def test_a_word_that_no_article_holds_is_searched_as_its_relative(build_index: Build) -> None:
    index = build_index([make_story("The Kenyan ferry sank.", "a")])

    query = weigh_query(index, "ferries in Kenya")

    assert forms(index, find(query, "Kenya")) == ["kenyan"]
    kenyan, ferry = find(query, "Kenya").alternatives[0], find(query, "ferries").number
    assert ferry is not None
    assert query.weights[kenyan.term_id] == pytest.approx(kenyan.share * query.weights[ferry])


def test_an_unknown_word_weighs_as_much_as_one_of_a_single_passage(index: Index) -> None:
    """It is missed in what is quoted, though nothing can be searched for."""
    query = weigh_query(index, "zebras and fishermen")

    zebras, fishermen = find(query, "zebras"), find(query, "fishermen")
    assert (zebras.number, zebras.alternatives) == (None, ())
    assert zebras.idf == pytest.approx(fishermen.idf)
    assert list(query.weights) == [fishermen.number]


def test_a_slip_of_a_stop_word_is_not_a_word_of_the_question(index: Index) -> None:
    """Nobody misses "waht" in an answer."""
    query = weigh_query(index, "waht is the institute")

    assert [one.written for one in query.terms] == ["institute"]


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("Who is Ilse Maren?", {"Ilse", "Maren"}),
        ("who is ilse maren", {"ilse", "maren"}),  # the articles write them with a capital
        ("Cranes of Lisbon", {"Lisbon"}),  # the first word has a capital in any case
        ("WHO COUNTS CRANES IN LISBON", set()),
        ("which report", set()),
    ],
)
def test_names_are_known_by_capitals_of_the_question_or_the_articles(
    build_index: Build, question: str, names: set[str]
) -> None:
    text = "The cranes of a report are old. So says Ilse Maren, and Ilse Maren counts cranes."
    query = weigh_query(build_index([make_story(text)]), question)

    assert {one.written for one in query.terms if one.is_name} == names


@pytest.mark.parametrize("question", ["", "?!", "is it the", "zebras"])
def test_a_question_without_known_words_has_no_weights(index: Index, question: str) -> None:
    assert weigh_query(index, question).weights == {}
