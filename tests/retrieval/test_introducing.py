from __future__ import annotations

import pytest

from retrieval.introducing import find_introduction
from retrieval.pointing.pointer import Aim, Pointer

RAIN = "Rain fell on the harbour."


@pytest.mark.parametrize(
    ("words", "introduction"),
    [
        ("contact point", "They opened a contact point in Varnholm."),
        ("contact point", "They opened a “point of contact” in Varnholm."),
        ("yacht", "He bought three houses and a yacht."),
        ("barrier", "Its barrier is low."),
        ("firefighters", "Two firefighters were hurt."),
        ("two men", "Two men were hurt."),
        ("agency", "The Harbour Agency paid."),
        ("station", "They have stations in Varnholm."),
        ("newspaper", "She told the newspaper Varnholm Post."),
    ],
)
def test_a_noun_is_introduced_where_it_is_new(words: str, introduction: str) -> None:
    pointer = Pointer(Aim.NOUN, tuple(words.split()))

    assert find_introduction(pointer, [RAIN, introduction, RAIN]) == 1


@pytest.mark.parametrize(
    ("words", "earlier"),
    [
        ("yacht", "The yacht sank."),
        ("fire station", "A police station closed."),
        ("report", "This report is long."),
        ("report", "Its report is long."),
        ("port", "A report is long."),
    ],
)
def test_a_noun_that_is_known_already_introduces_nothing(words: str, earlier: str) -> None:
    """It would be no answer to the question which one is meant."""
    assert find_introduction(Pointer(Aim.NOUN, tuple(words.split())), [RAIN, earlier]) is None


@pytest.mark.parametrize(
    ("otherwise", "place"), [(None, None), (Aim.LAST, 0), (Aim.PERSON, 2), (Aim.THING, 1)]
)
def test_what_nobody_introduced_may_be_found_in_another_way(
    otherwise: Aim | None, place: int | None
) -> None:
    before = ["It rained.", RAIN, "Ilse Maren, an engineer, came."]

    assert find_introduction(Pointer(Aim.NOUN, ("suspect",), otherwise), before) == place


@pytest.mark.parametrize(
    ("aim", "place"), [(Aim.TIME, 1), (Aim.PLACE, 2), (Aim.LAST, 0), (Aim.THING, 0)]
)
def test_a_time_or_place_is_looked_for_where_one_is_told(aim: Aim, place: int) -> None:
    before = [RAIN, "The port closed in 2018.", "Cranes rust in Varnholm."]

    assert find_introduction(Pointer(aim), before) == place


@pytest.mark.parametrize(
    "introduction",
    [
        "Ilse Maren, 52, came.",
        "They asked engineer Ilse Maren about it.",
        "They asked Ilse van Maren, who came.",
        "Maren Ilse, an engineer, came.",
    ],
)
def test_a_full_name_is_known_as_a_persons(introduction: str) -> None:
    assert find_introduction(Pointer(Aim.SURNAME, ("Maren",)), [RAIN, introduction]) == 1


@pytest.mark.parametrize(
    "earlier",
    [
        "They crossed Lower Maren again.",
        "Ms. Maren came.",
        "In Maren they came.",
        "The Maren Trust, a charity, paid.",
    ],
)
def test_not_all_names_around_a_surname_are_a_persons(earlier: str) -> None:
    assert find_introduction(Pointer(Aim.SURNAME, ("Maren",)), [RAIN, earlier]) is None


def test_she_is_not_whom_the_article_calls_mr() -> None:
    before = ["Mr. Rell fishes.", RAIN, "Ilse Maren, an engineer, came."]

    assert find_introduction(Pointer(Aim.PERSON, ("she",)), before) == 2
    assert find_introduction(Pointer(Aim.PERSON, ("he",)), before) == 0
