"""Why an answer is withheld: another subject, or another fact of the same one."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.abstaining import (
    KEYWORDS_SERVED,
    OFF_TOPIC_COVERAGE,
    OFF_TOPIC_UNKNOWN,
    doubt_premise,
    reason_for_silence,
)
from retrieval.answer import Reason
from retrieval.answering import Request, answer_question
from retrieval.features import FEATURES
from retrieval.indexing.index import Index
from retrieval.query import weigh_query
from retrieval.question.kinds import expect_answer
from tests.stories import FERRY, HARBOUR, Story, make_story

Build = Callable[[Iterable[Story]], Index]

SHARES = st.floats(0, 1)


def reason(**measured: float) -> Reason:
    features = dict.fromkeys(FEATURES, 0.5) | measured
    assert len(features) == len(FEATURES)
    return reason_for_silence(np.array(list(features.values())))


@pytest.mark.parametrize(
    ("measured", "expected"),
    [
        ({"unknown_share": 0.2, "joint_titled": 0.6}, Reason.NOT_THIS_FACT),
        ({"unknown_share": OFF_TOPIC_UNKNOWN, "joint_titled": 0.6}, Reason.OFF_TOPIC),
        ({"unknown_share": 0.0, "joint_titled": 0.2}, Reason.OFF_TOPIC),
        ({"unknown_share": 0.0, "joint_titled": OFF_TOPIC_COVERAGE}, Reason.NOT_THIS_FACT),
    ],
)
def test_silence_tells_another_subject_from_another_fact(
    measured: dict[str, float], expected: Reason
) -> None:
    """A member then knows whether to ask in other words or to look elsewhere."""
    assert reason(**measured) is expected


@given(SHARES, SHARES, SHARES, SHARES)
def test_more_known_words_never_make_it_another_subject(
    unknown: float, joint: float, fewer: float, more: float
) -> None:
    if reason(unknown_share=unknown, joint_titled=joint) is Reason.NOT_THIS_FACT:
        assert (
            reason(unknown_share=unknown * fewer, joint_titled=joint + more) is Reason.NOT_THIS_FACT
        )


@pytest.fixture(scope="module")
def index(build_index: Build) -> Index:
    return build_index([make_story(HARBOUR, "a"), make_story(FERRY, "b")])


def doubt(index: Index, question: str) -> float:
    return doubt_premise(weigh_query(index, question), expect_answer(question))


@pytest.mark.parametrize(
    "question",
    [
        "Why did the ferry company resign?",
        "Did the institute explode?",
        "why were fishermen vaccinated",
    ],
)
def test_what_a_question_takes_for_granted_must_be_told_somewhere(
    index: Index, question: str
) -> None:
    """Asked why somebody resigned, no quote about the same names is an answer."""
    assert 0 < doubt(index, question) < 1


@pytest.mark.parametrize(
    "question",
    [
        "Why did the ferries stop running?",
        "Did the ferry company blame fuel?",
        "Why did the insitute count cranes?",  # a slip is no other premise
        "Why did Zebulon blame the ferry company?",  # a name may be written in other ways
        "Who exploded?",  # asks for somebody, and takes less for granted
    ],
)
def test_nothing_is_held_against_a_question_whose_words_are_known(
    index: Index, question: str
) -> None:
    assert doubt(index, question) == 1


def ask(index: Index, question: str) -> float:
    return answer_question(index, Request(question, min_confidence=0)).confidence


@pytest.mark.parametrize("question", ["ferry", "harbour", "the ferry company"])
def test_keywords_are_answered_with_what_is_said_of_them(index: Index, question: str) -> None:
    """Who types a keyword wants to read about it, and asks for no particular fact."""
    assert ask(index, question) >= KEYWORDS_SERVED


@pytest.mark.parametrize("question", ["ferry zebra", "How much did the ferry cost?"])
def test_keywords_that_no_quote_holds_and_questions_for_a_fact_get_no_credit(
    index: Index, question: str
) -> None:
    assert ask(index, question) < KEYWORDS_SERVED
