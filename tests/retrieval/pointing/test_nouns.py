from __future__ import annotations

import pytest

from retrieval.pointing import find_pointers
from retrieval.pointing.pointer import Aim
from retrieval.prose import read_prose


def nouns(sentence: str) -> list[str]:
    """Return what a sentence points at by a noun or a name."""
    aims = (Aim.NOUN, Aim.SURNAME, Aim.SPEAKER)
    return [" ".join(p.words) for p in find_pointers(read_prose(sentence)) if p.aim in aims]


@pytest.mark.parametrize(
    ("sentence", "noun"),
    [
        ("The contact point closed.", "contact point"),
        ("At the ceremony, boats sang.", "ceremony"),
        ("“Rust,” the spokesman said.", "spokesman"),
        ("A man told the paper that the harbour office had closed.", "harbour office"),
        ("The port rejected the report.", "report"),
        ("The two men are at home.", "two men"),
        ("Ties between the two countries are old.", "two countries"),
        ("These offices are closed.", "offices"),
        ("In these cases boats sink.", "cases"),
        ("Varnholm said such offices rust.", "offices"),
        ("“Rust,” Maren said.", "Maren"),
        ("Ms. Maren left.", "Maren"),
        ("Maren’s boat sank.", "Maren"),
    ],
)
def test_a_noun_that_points_back_is_found(sentence: str, noun: str) -> None:
    assert noun in nouns(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "The office in Oster Point closed.",
        "The office that Maren leads closed.",
        "The report titled “Rust” is long.",
        "The first office closed.",
        "The Varnholm office closed.",
        "They asked Norway and Sweden how the two countries fish.",
        "This week, boats sank.",
        "Those who sail must pay.",
        "It rained in countries such as Norway.",
        "“I told this man,” Ilse Maren said.",
        "Ilse Maren’s boat sank.",
    ],
)
def test_a_noun_that_tells_which_is_meant_is_left_alone(sentence: str) -> None:
    assert nouns(sentence) == []
