from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.question.publishers import find_source

PUBLISHERS = ("Reuters", "The Example Times", "Daily Post", "Time", "Varnholm Morning News Post")


@given(st.lists(st.text()), st.text())
def test_any_names_and_questions_can_be_read(publishers: list[str], question: str) -> None:
    """A name from an article is data, whatever characters it has."""
    named = find_source(publishers, question)
    found = None if named is None else named.publisher

    assert found is None or found in publishers


@given(st.sampled_from(PUBLISHERS))
def test_whoever_is_named_by_according_to_is_the_source(publisher: str) -> None:
    found = find_source(PUBLISHERS, f"According to {publisher}, who runs the port?")

    assert found is not None
    assert (found.publisher, found.rest) == (publisher, "who runs the port?")


@pytest.mark.parametrize(
    ("question", "publisher", "rest"),
    [
        ("according to example times who runs it", "The Example Times", "who runs it"),
        ("what did Reuters report about cranes", "Reuters", "what did report about cranes"),
        ("What does the Daily Post say about it?", "Daily Post", "What does say about it?"),
        ("How old is it in The Example Times?", "The Example Times", "How old is it ?"),
        ("Reuters: who runs the port?", "Reuters", "who runs the port?"),
        (
            "who is in the Daily Post's article on cranes",
            "Daily Post",
            "who is in article on cranes",
        ),
        ("VMNP: who runs it", "Varnholm Morning News Post", "who runs it"),
    ],
)
def test_a_phrase_that_makes_it_the_source_is_left_out(
    question: str, publisher: str, rest: str
) -> None:
    found = find_source(PUBLISHERS, question)

    assert found is not None
    assert (found.publisher, found.rest) == (publisher, rest)


@pytest.mark.parametrize(
    "question",
    [
        "Who owns Reuters?",
        "Why did the Daily Post apologise?",
        "Did the Daily Post editor resign?",
        "What happened in time?",
        "what happened according to time",
        "According to Reuters and the Daily Post, what happened?",
        "According to the Daily Poster, what happened?",
        "Who runs the port?",
        "",
    ],
)
def test_a_publisher_that_is_the_subject_or_in_doubt_filters_nothing(question: str) -> None:
    """A wrong filter hides the articles that could answer."""
    assert find_source(PUBLISHERS, question) is None


def test_many_publishers_and_a_hostile_question_take_no_time() -> None:
    publishers = [f"Gazette {number}" for number in range(1000)] + ["a", "in"]
    started = time.process_time()
    find_source(publishers, ("in a " * 1000)[:1000])
    assert time.process_time() - started < 0.5
