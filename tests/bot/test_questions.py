"""What may be asked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.questions import MAX_QUESTION_CHARS, check_question


@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=1000))
def test_any_text_may_be_asked_and_stays_as_typed(question: str) -> None:
    if question.strip():
        assert check_question(question) == question


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("", "empty"),
        (" \t\n ", "empty"),
        ("x" * (MAX_QUESTION_CHARS + 1), "1,001 characters"),
        ("who\0", "NUL"),
        ("who \ud83d", "Unicode"),
    ],
)
def test_what_cannot_be_asked_is_said_in_one_line(question: str, told: str) -> None:
    with pytest.raises(ValueError, match=told) as caught:
        check_question(question)

    assert "\n" not in str(caught.value)
