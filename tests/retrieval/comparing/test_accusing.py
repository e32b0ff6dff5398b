from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.comparing.accusing import find_accused


@given(
    st.lists(st.sampled_from("Maren accused of fraud alleges that Acme , ’s claims they".split()))
)
def test_the_accused_is_a_stretch_of_the_sentence(words: list[str]) -> None:
    text = " ".join(words)

    accused = find_accused(text)

    assert accused is None or accused.slice(text)[0].isupper()


@pytest.mark.parametrize(
    ("text", "accused"),
    [
        ("A rights group accused the Norwegian government of spying.", "Norwegian government"),
        ("Ilse Maren, who is accused of fraud, leads the harbour.", "Ilse Maren"),
        ("A watchdog alleges that Acme Shipping dumped oil at sea.", "Acme Shipping"),
        ("A group claims Norway has used the boats to track down critics.", "Norway"),
        ("Prosecutors charged Jo Day with bribery.", "Jo Day"),
        ("On Monday Jo Day was charged with bribery.", "Jo Day"),
        ("Two women filed a lawsuit against Acme Shipping over harassment.", "Acme Shipping"),
        ("Norway built boats, with a group claiming they're used to spy on critics.", "Norway"),
        ("Allegations against Jo Day of bullying emerged in May.", "Jo Day"),
        ("Acme is under investigation for misleading investors.", "Acme"),
        ("The mayor accused The Linn Times of employing thieves.", "Linn Times"),
        ("The report accuses Oslo of harassing families abroad.", "Oslo"),
    ],
)
def test_an_allegation_names_whom_it_falls_on(text: str, accused: str) -> None:
    found = find_accused(text)

    assert found is not None
    assert found.slice(text) == accused


@pytest.mark.parametrize(
    "text",
    [
        "Ilse Maren said the weather will be fine.",
        "The firm claims Acme boats are the fastest.",
        "Police said Ilse Maren was attacked on Monday.",
        "It is claimed that Ilse Maren was threatened.",
        "Jo Day was convicted of fraud.",
        "Ilse Maren claims she was harassed.",
        "According to Jo Day, Linn has 54 boats.",
        "The Harbour Committee was charged with developing a plan for Linn.",
        "Ilse Maren investigated fraud in Linn, she said.",
        "Jo Day claimed Linn wants to stop illegal fishing.",
        "A Swedish restaurant owner was accused of theft.",
        "They were accused of fraud.",
        "",
    ],
)
def test_what_is_no_allegation_against_a_named_side_is_none(text: str) -> None:
    """The line that no response was found would stand under it, and say that one was due."""
    assert find_accused(text) is None


def test_hostile_sentences_are_read_in_no_time(shared: Path) -> None:
    units = json.loads((shared / "hostile.json").read_text(encoding="utf-8"))["slow"]["units"]

    find_accused("Maren was accused of fraud.")
    for unit in [*units, "A ", "Ab of ", "accused Ab ", "Ab, who ", "claims they ", "Ab (CD) "]:
        text = ("accused Ab " + unit * 700)[:700]
        started = time.process_time()
        find_accused(text)
        assert time.process_time() - started < 0.2, unit
