from __future__ import annotations

import json
import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.speakers import (
    SENTENCES_BACK,
    find_speaker,
    find_speaker_after,
    is_bare_quotation,
    runs_on,
)

MARKED = st.text("aB .,'’‘“”\"-\n", max_size=60)


@given(st.lists(MARKED | st.just("Maren said no."), max_size=6))
def test_a_speaker_is_a_stretch_of_the_sentence_that_it_is_found_in(before: list[str]) -> None:
    found = find_speaker(before)

    if found is not None:
        place, span = found
        assert span.end <= len(before[place])
        assert span.slice(before[place]).strip() == span.slice(before[place]) != ""


@given(MARKED)
def test_words_outside_of_marks_are_no_bare_quotation(text: str) -> None:
    """Then somebody tells what was said, and no speaker must be supplied."""
    assert not is_bare_quotation(f"Maren told it. {text}")
    assert not is_bare_quotation(re.sub("['‘“\"]", "", text) + "a")


@pytest.mark.parametrize(
    ("sentence", "speaker"),
    [
        ("Ilse Maren said the harbour was quiet.", "Ilse Maren"),
        ("“It is quiet,” Ms. Maren said.", "Ms. Maren"),
        ("“It is quiet,” said Ilse Maren of the institute.", "Ilse Maren"),
        ("“It is quiet,” tweeted Maren, who likes boats.", "Maren"),
        ("'It isn't quiet,' Maren said.", "Maren"),
        ("Ilse Maren, who leads the institute, told reporters on Monday.", "Ilse Maren"),
        ("Maren, director of Quiet Harbours, which paid, said it was so.", "Maren"),
        ("Then, in London, Ilse Maren, an engineer, told the Gazette.", "Ilse Maren"),
        ("However, former harbour chief Ilse Maren said it is quiet.", "Ilse Maren"),
        ("“It is so,” the Swedish Embassy in Oslo said in a statement.", "Swedish Embassy in Oslo"),
        (
            "A spokesman for the Chamber of Boats in Varnholm told the Gazette it was so.",
            "A spokesman for the Chamber of Boats in Varnholm",
        ),
        ("“No comment,” a spokesperson told Gazette News.", "a spokesperson"),
        ("“No comment,” the report said.", "the report"),
        ("Maren has said so.", "Maren"),
        ("People in Varnholm said so.", "People in Varnholm"),
    ],
)
def test_who_is_said_to_speak_is_found(sentence: str, speaker: str) -> None:
    found = find_speaker([sentence])

    assert found is not None
    assert found[1].slice(sentence) == speaker


@pytest.mark.parametrize(
    "sentence",
    [
        "The harbour was quiet.",
        "Ilse Maren was told nothing.",
        "Sources familiar with the matter said so.",
        "Residents say it; officials said nothing.",
        "“Maren said so.”",
        "He met sources close to people in London who said so.",
        "",
    ],
)
def test_where_nobody_is_surely_named_no_speaker_is_given(sentence: str) -> None:
    """A wrong name under a quotation is worse than none."""
    assert find_speaker([sentence]) is None


def test_a_pronoun_sends_the_search_further_back() -> None:
    before = ["“It is quiet,” she said.", "Rain fell.", "Ilse Maren said the harbour was closed."]

    found = find_speaker(before)

    assert found is not None
    assert (found[0], found[1].slice(before[2])) == (2, "Ilse Maren")


def test_an_attribution_to_somebody_unnamed_ends_the_search() -> None:
    """The words are theirs, not of whoever was named before."""
    assert (
        find_speaker(["“It is quiet,” officials said.", "Ilse Maren said it was closed."]) is None
    )


def test_a_speaker_named_long_ago_is_not_taken() -> None:
    assert find_speaker(["Rain fell."] * SENTENCES_BACK + ["Ilse Maren said so."]) is None


@pytest.mark.parametrize(
    ("text", "preceding", "bare"),
    [
        ("“All of it.”", "", True),
        (")", "", False),
        ("“All of it. And more.", "", True),
        ("“One.” “Two.”", "", True),
        ("'It isn't much.'", "", True),
        ("‘It isn’t much.’", "", True),
        ("And more.”", "He said: “One. ", True),
        ("And more.", "He said: “One. ", True),
        ("And more.", "He said: “One.” ", False),
        ("“All,” she said.", "", False),
        ("“All,” she said. “More.”", "", False),
        ("It isn’t quoted.", "", False),
    ],
)
def test_a_bare_quotation_is_known_by_its_marks(text: str, preceding: str, bare: bool) -> None:
    assert is_bare_quotation(text, preceding) is bare


def test_a_quotation_runs_on_until_it_is_closed() -> None:
    assert runs_on("He said: “One. ")
    assert runs_on('"One. ')
    assert not runs_on("“One.” He said no more. ")


def test_the_speaker_of_a_quotation_that_runs_on_stands_after_it() -> None:
    block = "“One. Two. Three,” Maren said. Rell said otherwise."

    found = find_speaker_after(block, block.index("Two"))

    assert found is not None
    assert found.slice(block) == "Maren"
    assert find_speaker_after("“One. Two.", 5) is None


def test_hostile_sentences_are_read_in_no_time(shared: Path) -> None:
    units = json.loads((shared / "hostile.json").read_text(encoding="utf-8"))["slow"]["units"]

    for unit in [*units, "A", "A ", "'a ", "‘a", "Maren, a, ", "said ", "for the ", "A said "]:
        text = (unit * 700)[:700]
        started = time.process_time()
        find_speaker([text] * SENTENCES_BACK)
        find_speaker_after(text * 15, 700)
        is_bare_quotation(text, text * 7)
        assert time.process_time() - started < 0.5, unit
