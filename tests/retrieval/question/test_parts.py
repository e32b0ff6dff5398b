from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.question.parts import MOST_PARTS, join_backward, split_questions

PIECES = st.sampled_from(
    [
        "Who runs the port",
        "and why",
        "? ",
        ". ",
        "; ",
        "\n",
        " and who owns the ferry",
        "U.S. ",
        "it",
    ]
)
MESSAGES = st.text() | st.lists(PIECES, max_size=12).map("".join)


@given(MESSAGES)
def test_parts_are_the_message_but_for_white_space(text: str) -> None:
    """Nothing that a member typed is lost or asked twice."""
    parts = split_questions(text)

    assert 1 <= len(parts) <= MOST_PARTS
    assert "".join("".join(parts).split()) == "".join(text.split())
    assert all(part == part.strip() for part in parts)


@given(MESSAGES)
def test_a_part_is_only_ever_lengthened_by_the_one_before(text: str) -> None:
    parts = split_questions(text)

    joined = join_backward(parts)

    assert len(joined) == len(parts)
    assert joined[0] == parts[0]
    assert all(whole.endswith(part) for whole, part in zip(joined, parts, strict=True))


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("When was it set up? And who runs it?", ("When was it set up?", "And who runs it?")),
        (
            "what is the port authority and what does the ferry company do",
            ("what is the port authority", "and what does the ferry company do"),
        ),
        (
            "Who runs the port?\nWhen did the ferry sink",
            ("Who runs the port?", "When did the ferry sink"),
        ),
        ("Is the port open. Who runs the ferry", ("Is the port open.", "Who runs the ferry")),
        ("Is it Dr. Who? When did he land?", ("Is it Dr. Who?", "When did he land?")),
    ],
)
def test_questions_of_their_own_are_parted(text: str, parts: tuple[str, ...]) -> None:
    assert split_questions(text) == parts


@pytest.mark.parametrize(
    "text",
    [
        "When was the port set up and who by",
        "When and where did the ferry sink?",
        "Did the ferry sink? Why?",
        "Who runs the port? And why?",
        "Did U.S. police act in Varnholm?",
        "The ferry sank. When was that?",
        "Who runs the port? I need this for school.",
        "Which countries and what organisations help?",
        "ferries and cranes",
        "When ferries sink in a storm. What is this called?",
        "",
    ],
)
def test_what_only_points_back_or_leads_up_to_a_question_is_not_parted(text: str) -> None:
    """A part that says nothing of its own would be met with silence, or with a guess."""
    assert split_questions(text) == (text,)


def test_beyond_four_questions_the_last_part_holds_the_rest() -> None:
    parts = split_questions("Who runs the port? " * 6)

    assert len(parts) == MOST_PARTS
    assert parts[-1].count("?") == 3


def test_a_part_whose_it_tells_nothing_alone_is_searched_with_the_one_before() -> None:
    first, second = "Who owns the ferry company?", "Where is it?"

    assert join_backward((first, second)) == (first, f"{first} {second}")
    assert (
        join_backward((first, "Where is the port authority?"))[1] == "Where is the port authority?"
    )


@pytest.mark.parametrize("unit", ["?", "? ", "a? ", " and who", "who a b? ", "; ", "\n", "and "])
def test_hostile_messages_are_parted_in_no_time(unit: str) -> None:
    started = time.process_time()
    join_backward(split_questions((unit * 1000)[:1000]))
    assert time.process_time() - started < 0.3
