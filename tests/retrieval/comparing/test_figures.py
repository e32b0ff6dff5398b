from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.comparing.figures import find_differing
from retrieval.comparing.statements import Statement

QUESTIONS = st.sampled_from(
    [
        "How many people died in the ferry disaster?",
        "how much did the bridge cost",
        "When was the Linn Harbour Trust founded?",
        "Who leads the harbour?",
    ]
)
SENTENCES = st.sampled_from(
    [
        "At least 54 people died in the ferry disaster.",
        "The ferry disaster killed 61 passengers.",
        "Dozens of people died in the ferry disaster.",
        "The bridge cost $54 million.",
        "The bridge cost about $60 million, not £40m.",
        "The Linn Harbour Trust was founded in 1987.",
        "The Linn Harbour Trust was founded in May 1991.",
        "Nothing is told here.",
    ]
)
STATEMENTS = st.lists(
    st.builds(
        Statement,
        st.integers(0, 50),
        st.integers(0, 5),
        SENTENCES,
        st.none() | st.integers(0, 9),
        st.sampled_from([0.5, 1.0]),
    ),
    max_size=8,
    unique_by=lambda one: one.key,
)


def compare(question: str, *texts: str) -> list[str]:
    """Return the figures that differ among sentences of as many articles, as written."""
    statements = [Statement(place, place, text, None, 1.0) for place, text in enumerate(texts)]
    figures = find_differing(question, statements)
    return [texts[figure.key][figure.start : figure.end] for figure in figures]


@given(QUESTIONS, STATEMENTS)
def test_figures_differ_between_articles_and_in_one_settled_order(
    question: str, statements: list[Statement]
) -> None:
    figures = find_differing(question, statements)

    by_key = {one.key: one for one in statements}
    articles = [by_key[figure.key].article for figure in figures]
    days = [by_key[figure.key].day for figure in figures]
    dated = [day for day in days if day is not None]
    assert len(figures) != 1
    assert len(set(articles)) == len(articles)
    assert dated == sorted(dated) == days[: len(dated)]
    assert all(0 <= figure.start < figure.end <= len(by_key[figure.key].text) for figure in figures)
    assert find_differing(question, statements[::-1]) == figures


@pytest.mark.parametrize(
    ("question", "first", "second", "figures"),
    [
        (
            "How many people died in the ferry disaster?",
            "At least 54 people died in the ferry disaster, officials said.",
            "The ferry sinking, a disaster, killed 61 passengers.",
            ["At least 54 people", "61 passengers"],
        ),
        (
            "how many people were killed in the Linn ferry disaster",
            "The death toll in the Linn ferry disaster rose to 61.",
            "The Linn ferry disaster left 54 dead and 12 injured.",
            ["61", "54"],
        ),
        (
            "how many were injured in the ferry disaster",
            "The ferry disaster killed 54 people and left 12 injured.",
            "30 people were injured in the ferry disaster and 61 died.",
            ["12", "30"],
        ),
        (
            "how many coast guard stations does norway have",
            "Norway has at least 54 ‘northern coast guard stations’ in 30 ports.",
            "The Norwegian coast station is one of more than 100 guard outposts in 53 ports.",
            ["at least 54", "more than 100"],
        ),
        (
            "How much did the bridge cost?",
            "The bridge cost $54 million.",
            "The bridge, which opened in May 2019, cost more than $60 million.",
            ["$54 million", "more than $60 million"],
        ),
        (
            "What percentage of residents own a boat?",
            "Some 54 per cent of residents own a boat.",
            "Only 40% of residents own a boat, a survey of 1,200 people found.",
            ["Some 54 per cent", "Only 40%"],
        ),
        (
            "How old is Ilse Maren?",
            "Ilse Maren, 54, leads the harbour.",
            "Ms Maren is 61 years old.",
            ["54", "61"],
        ),
        (
            "How long is the Linn tunnel?",
            "The Linn tunnel is 12 km long.",
            "The 9-mile Linn tunnel opened.",
            ["12 km", "9-mile"],
        ),
        (
            "how long did the strike last",
            "The strike lasted three weeks.",
            "The strike lasted 10 days.",
            ["three weeks", "10 days"],
        ),
        (
            "When was the Linn Harbour Trust founded?",
            "The Linn Harbour Trust was founded in 1987 and bought a ship in 1993.",
            "The Linn Harbour Trust, established by Jo Day in May 1991, owns boats.",
            ["1987", "May 1991"],
        ),
        (
            "When did the Linn factory close?",
            "The Linn factory closed in 2018.",
            "In 2019, the factory in Linn closed.",
            ["2018", "2019"],
        ),
        (
            "what is the population of Linn?",
            "Linn has a population of 54,000.",
            "Linn has 61,000 inhabitants.",
            ["54,000", "61,000 inhabitants"],
        ),
        (
            "How many workers went on strike?",
            "About 5,400 workers went on strike.",
            "More than 8,000 went on strike, workers said; 61,000 workers did in 1990.",
            [],
        ),
    ],
)
def test_two_numbers_for_one_thing_stand_side_by_side(
    question: str, first: str, second: str, figures: list[str]
) -> None:
    found = compare(question, first, second)

    assert len(found) == len(figures)
    assert all(
        wanted in written or written == wanted
        for wanted, written in zip(figures, found, strict=True)
    )


@pytest.mark.parametrize(
    "other",
    [
        "Jo Day, 61, died in the ferry disaster.",
        "The ferry disaster of 1961 is remembered by people who saw others die.",
        "People died when the ferry disaster struck at 6:10.",
        "The ferry disaster injured 61 people.",
        "Another 61 people died in the ferry disaster.",
        "The ferry disaster killed 12 children.",
        "Of the people who died in the ferry disaster, 12 were from Linn.",
        "The ferry carried 300 people; many died in the disaster.",
        "In the ferry disaster people died beside pier 61, said the owner of Ferry 12.",
        "People died in the ferry disaster; call 110 for help.",
        "Fifty-four people died in the ferry disaster.",
        "Dozens of people died in the ferry disaster.",
        "54 people have died in the ferry disaster.",
        "People died in the third ferry disaster.",
        "The port employed 61 people before others died in the ferry disaster.",
        "Of those who died in the ferry disaster, 61 people were from Linn.",
        "61 goats died in the ferry disaster of people.",
    ],
)
def test_numbers_of_anything_else_and_equal_values_never_pair(other: str) -> None:
    question = "How many people died in the ferry disaster?"

    assert compare(question, "At least 54 people died in the ferry disaster.", other) == []


@pytest.mark.parametrize(
    ("question", "first", "second"),
    [
        (
            "how many stations are there",
            "There are 54 stations worldwide.",
            "There are 2 stations in Linn.",
        ),
        ("how many people died?", "Two people died in Linn.", "Five people died in Varnholm."),
        ("how many ferries sank?", "In 2019, 54 ferries sank.", "In 2020, 61 ferries sank."),
        ("How much did the bridge cost?", "The bridge cost $54m.", "The bridge cost £40m."),
        ("How many votes did Maren get?", "Maren got 54 votes.", "Rell got 61 votes."),
        (
            "when was the Linn Trust founded",
            "The Linn Trust was founded in 1987.",
            "The Linn Trust was founded in May 1987.",
        ),
        (
            "When was the Linn Trust founded?",
            "The Linn Trust was founded in 1987.",
            "The Linn Boat Trust was founded in 1991.",
        ),
        (
            "how many police stations are there",
            "There are 54 police stations.",
            "There are 61 fire stations, not police stations.",
        ),
        (
            "how many stations did not open",
            "54 stations did not open.",
            "61 stations did not open.",
        ),
        ("When did the port open?", "The port opened in 1995.", "The port opened a pier in 2005."),
        ("how many homes burned?", "54 homes burned.", "In 1987, 90 homes burned."),
        (
            "How much will the port cost?",
            "The port will cost £300m.",
            "Entry to the port will cost £4.",
        ),
        ("how old is the mayor", "The mayor is 54 years old.", "The mayor has a 20-year-old son."),
        (
            "How many schools will close?",
            "12 schools will close.",
            "The town runs 61 schools and will close some.",
        ),
        (
            "what share of voters backed it",
            "54% of voters backed it.",
            "Turnout was 71% and voters backed it.",
        ),
        (
            "When was the port built?",
            "The port was built in 1931.",
            "The port was built by a firm founded in 1890.",
        ),
        ("who runs the stations", "She runs 54 stations.", "She runs 61 stations."),
    ],
)
def test_another_place_time_currency_or_name_is_another_thing(
    question: str, first: str, second: str
) -> None:
    """Two true figures under "Figures differ" would tell the reader that one is false."""
    assert compare(question, first, second) == []


def test_one_article_does_not_differ_from_itself() -> None:
    statements = [
        Statement(1, 7, "The bridge cost $54 million.", None, 1.0),
        Statement(2, 7, "The bridge cost $60 million.", None, 0.5),
    ]

    assert find_differing("How much did the bridge cost?", statements) == ()


def test_an_age_grows_with_the_years_between_two_articles() -> None:
    old = Statement(1, 1, "Ilse Maren, 54, leads the harbour.", 0, 1.0)
    question = "How old is Ilse Maren?"

    assert (
        find_differing(question, [old, Statement(2, 2, "Ilse Maren is 56 years old.", 730, 1.0)])
        == ()
    )
    assert find_differing(question, [old, Statement(2, 2, "Ilse Maren is 56 years old.", 9, 1.0)])


def test_the_oldest_figure_stands_first_and_the_undated_last() -> None:
    texts = ["The bridge cost $54m.", "The bridge cost $60m.", "The bridge cost $70m."]
    statements = [
        Statement(1, 1, texts[0], None, 3.0),
        Statement(2, 2, texts[1], 20, 2.0),
        Statement(3, 3, texts[2], 10, 1.0),
    ]

    figures = find_differing("How much did the bridge cost?", statements)

    assert [figure.key for figure in figures] == [3, 2, 1]
    assert [figure.value for figure in figures] == [70e6, 60e6, 54e6]
    assert {figure.unit for figure in figures} == {"$"}


def test_hostile_sentences_are_compared_in_no_time(shared: Path) -> None:
    units = json.loads((shared / "hostile.json").read_text(encoding="utf-8"))["slow"]["units"]
    question = "How many people died in the Linn ferry disaster?"

    compare(question, "54 people died in the Linn ferry disaster.")
    for unit in [*units, "1 ", "and 1 ", "1 people ", "1 to ", "one ", "(1", "In May 1 "]:
        text = ("people died in the Linn ferry disaster " + unit * 700)[:700]
        started = time.process_time()
        compare(question, text, text)
        compare((f"how many {unit}" * 1000)[:1000], text, text)
        assert time.process_time() - started < 0.5, unit
