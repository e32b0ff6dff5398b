from __future__ import annotations

import pytest

from retrieval.pointing.openings import find_starts, points_at_thing, read_opening
from retrieval.pointing.pointer import Aim
from retrieval.prose import read_prose


def points(sentence: str) -> bool:
    prose = read_prose(sentence)
    return points_at_thing(prose, find_starts(prose))


@pytest.mark.parametrize(
    "sentence",
    [
        "It closed in 2018.",
        "But its gates are green.",
        "In 2018 it closed.",
        "On Monday they closed.",
        "By the end of the year, it had closed.",
        "“We closed,” it said.",
    ],
)
def test_it_is_seen_where_a_clause_begins(sentence: str) -> None:
    assert points(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "The port said it had closed.",
        "If the port closes, it will not open again.",
        "It is not clear whether the port will open.",
        "It was Maren who closed the port.",
        "It took years to close the port.",
        "It is too early to close the port.",
        "In the port, cranes rust.",
    ],
)
def test_an_it_that_is_named_or_stands_for_nothing_is_left_alone(sentence: str) -> None:
    assert not points(sentence)


@pytest.mark.parametrize(
    ("sentence", "aim"),
    [
        ("That year, the port closed.", Aim.TIME),
        ("Two months later the port closed.", Aim.TIME),
        ("Since then, cranes rust.", Aim.TIME),
        ("There, cranes rust.", Aim.PLACE),
        ("As a result, cranes rust.", Aim.LAST),
        ("One of them is green.", Aim.LAST),
        ("Both sides agreed.", Aim.LAST),
    ],
)
def test_an_opening_that_goes_on_from_before_is_known(sentence: str, aim: Aim) -> None:
    prose = read_prose(sentence)

    assert [pointer.aim for pointer in read_opening(prose, find_starts(prose))] == [aim]


@pytest.mark.parametrize(
    "sentence",
    [
        "There are cranes.",
        "Both the port and the ferry closed.",
        "One of the cranes is green.",
        "Last year, the port closed.",
    ],
)
def test_an_opening_that_says_all_is_left_alone(sentence: str) -> None:
    prose = read_prose(sentence)

    assert list(read_opening(prose, find_starts(prose))) == []
