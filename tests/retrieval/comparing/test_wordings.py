from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.comparing.wordings import QUOTATION_WORDS, find_quotation, varies

WORDS = st.lists(st.sampled_from("boats are never late in this old harbour".split()), max_size=12)


@given(st.text("aB .,'’‘“”\"", max_size=60))
def test_a_quotation_is_a_stretch_of_its_sentence_without_its_marks(text: str) -> None:
    span = find_quotation(text)

    if span is not None:
        assert span.end <= len(text)
        assert len(span.slice(text).split()) >= QUOTATION_WORDS - 3
        assert text[span.start - 1] in "“‘\"'"


@given(WORDS, st.integers(0, 12), st.integers(0, 12))
def test_a_quotation_does_not_vary_from_itself_or_from_a_part_of_it(
    words: list[str], start: int, end: int
) -> None:
    whole, part = " ".join(words), " ".join(words[start:end])

    assert not varies([whole, whole.upper() + "."])
    assert not varies([whole, part])
    assert not varies([])


@pytest.mark.parametrize(
    ("text", "quotation"),
    [
        ("“It is quiet in here,” she said.", "It is quiet in here,"),
        ('She said: "It is quiet in here."', "It is quiet in here."),
        ("‘It isn’t quiet in here,’ she said.", "It isn’t quiet in here,"),
        ("'It isn't quiet in here,' she said.", "It isn't quiet in here,"),
        ("“No,” she said. “It is quiet in here.”", "It is quiet in here."),
        ("“It is quiet in here.", "It is quiet in here."),
    ],
)
def test_quotations_are_found_in_every_kind_of_mark(text: str, quotation: str) -> None:
    span = find_quotation(text)

    assert span is not None
    assert span.slice(text) == quotation


@pytest.mark.parametrize(
    "text",
    [
        "It is quiet in here, she said.",
        "She called it “quiet”.",
        "It’s the boats’ owners who don’t sail.",
        "In the '90s it was quiet in here.",
        "",
    ],
)
def test_apostrophes_and_single_phrases_are_no_quotation(text: str) -> None:
    assert find_quotation(text) is None


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("It can be used to prosecute them all", "It can be used to go after them all"),
        ("It is quiet in the harbour", "It is not quiet in the harbour"),
        ("Every boat uses a different name now", "Each boat is using a different name now"),
    ],
)
def test_other_words_in_the_same_quotation_are_another_wording(first: str, second: str) -> None:
    """At most one of them can be what was said, and a reader must know it."""
    assert varies([first, second])
    assert varies([first, first, second])


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("The organisation honoured its grey centre", "The organization honored its gray center"),
        ("A licence for the travelling programme", "A license for the traveling program"),
        ("It isn't quiet here, is it", "It isn’t quiet  here – is it?"),
        ("It is … quiet in the harbour", "It is very, very quiet in the harbour"),
        ("He [Maren] said it was quiet", "He said it was quiet"),
        ("All is quiet in the harbour", "No boats sailed on that day"),
        ("It is quiet", "It is not quiet"),
    ],
)
def test_spelling_marks_cuts_and_other_quotations_are_no_other_wording(
    first: str, second: str
) -> None:
    assert not varies([first, second])


def test_hostile_sentences_are_read_in_no_time(shared: Path) -> None:
    units = json.loads((shared / "hostile.json").read_text(encoding="utf-8"))["slow"]["units"]

    for unit in [*units, "“", "‘a", "'a ", '"', "…", "[a", "[a]", "a b … "]:
        text = (unit * 700)[:700]
        started = time.process_time()
        find_quotation(text)
        varies([text, text + " a b c d", "x " + text])
        assert time.process_time() - started < 0.2, unit
