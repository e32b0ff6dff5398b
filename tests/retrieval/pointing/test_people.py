from __future__ import annotations

import pytest
from hypothesis import given

from retrieval.pointing.people import PRONOUNS, find_unnamed_pronoun, may_be, names_person
from retrieval.prose import read_prose
from tests.stories import sentences


@given(sentences())
def test_an_unnamed_pronoun_is_one(sentence: str) -> None:
    prose = read_prose(sentence)
    place = find_unnamed_pronoun(prose)

    assert place is None or prose.lower[place] in PRONOUNS


@pytest.mark.parametrize(
    "sentence",
    [
        "She was not amused.",
        "In 2019 he left.",
        "On Monday, her boat sank.",
        "Police found the knife in his car.",
        "Chinese police said he had fled.",
        "According to the court, he had fled.",
        "The Harbour Ministry said he had fled.",
        "In Varnholm he was well known.",
        "“Jonas Rell lied,” she said.",
        "“I was told that she lied,” Rell said.",
        "When he was asked, nobody answered.",
    ],
)
def test_a_pronoun_whom_the_sentence_does_not_name_is_found(sentence: str) -> None:
    """Whoever reads the quote alone would ask who that is."""
    assert find_unnamed_pronoun(read_prose(sentence)) is not None


@pytest.mark.parametrize(
    "sentence",
    [
        "Maren said she was tired.",
        "A woman lost her boat.",
        "Ilse Maren's boat was her pride.",
        "Rell, 52, sold his boat.",
        "When he was arrested, Jonas Rell was asleep.",
        "In his speech, harbour chief Jonas Rell was brief.",
        "Everyone must bring his or her own boat, he or she who sails.",
        "He or she who sails must pay.",
        "The port is closed.",
    ],
)
def test_a_pronoun_whom_the_sentence_names_needs_nothing(sentence: str) -> None:
    assert find_unnamed_pronoun(read_prose(sentence)) is None


@pytest.mark.parametrize(
    "sentence",
    ["Mr. Rell fishes.", "Ilse Maren, an engineer, came.", "Rell wrote to us.", "A man was seen."],
)
def test_a_sentence_that_names_a_person_is_known(sentence: str) -> None:
    assert names_person(read_prose(sentence))


@pytest.mark.parametrize(
    "sentence",
    [
        "Rain fell in New Varnholm.",
        "The Quiet Harbours Trust paid.",
        "Police came on Monday.",
        "She saw Ilse Maren.",
    ],
)
def test_a_place_or_an_office_is_no_person(sentence: str) -> None:
    assert not names_person(read_prose(sentence))


@pytest.mark.parametrize(
    ("pronoun", "text", "possible"),
    [
        ("she", "Mr. Rell fishes.", False),
        ("he", "A spokeswoman for Jonas Rell came.", False),
        ("he", "Mr. Rell and a woman came.", True),
        ("she", "Maren said he lied.", True),
        ("he", "Maren came.", True),
    ],
)
def test_he_is_no_spokeswoman(pronoun: str, text: str, possible: bool) -> None:
    assert may_be(read_prose(text), pronoun) is possible
