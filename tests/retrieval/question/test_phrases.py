"""The phrases that a question puts into quotation marks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.question.phrases import find_phrases, fold_phrase


@pytest.mark.parametrize(
    ("question", "phrases"),
    [
        ('How many has China "persuaded to return"?', ["persuaded to return"]),
        ("who said \u201cIt is a   *good* bridge\u201d and when", ["it is a good bridge"]),
        ('"the old crane", or "the new one"', ["the old crane", "the new one"]),
        ('what is a "crane"', []),
        ('what did he say about "the', []),
        ("what's Quoth's", []),
        ("", []),
    ],
)
def test_phrases_stand_between_double_marks(question: str, phrases: list[str]) -> None:
    """One word is searched for as any other; an apostrophe opens nothing."""
    assert find_phrases(question) == phrases


@given(st.text())
def test_a_phrase_is_folded_once(text: str) -> None:
    folded = fold_phrase(text)

    assert fold_phrase(folded) == folded
    assert folded == " ".join(folded.split())


@given(st.lists(st.sampled_from(["crane", "Port", "it's", "2022", "well-kept"]), min_size=2))
def test_marks_and_breaks_make_no_difference(words: list[str]) -> None:
    """The article may print them otherwise than they are typed."""
    assert fold_phrase("\u201c" + ",\n".join(words) + "\u201d!") == fold_phrase(" ".join(words))
