from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.context import find_context
from retrieval.introducing import PRONOUN_BACK
from tests.stories import sentences

PERSON = "Ilse Maren, an engineer, leads the institute."
RAIN = "Rain fell on the harbour."


@given(sentences(), st.lists(sentences(), max_size=12))
def test_context_is_one_or_two_earlier_sentences_in_order(sentence: str, before: list[str]) -> None:
    context = find_context([sentence], before)

    assert len(context) <= 2
    assert list(context) == sorted(set(context), reverse=True)
    assert all(place < len(before) for place in context)


FRAGMENTS = st.sampled_from(
    "the The report two men Maren Ilse said that this In 2018 , . “ ” it he his It’s boys' "
    "İstanbul ' - of there both them U.S. such as called".split()
)
ANY_TEXTS = st.lists(st.lists(FRAGMENTS, max_size=12).map(" ".join) | st.text(max_size=20))


@given(ANY_TEXTS.filter(bool), ANY_TEXTS)
def test_no_text_is_too_odd_to_be_read(texts: list[str], before: list[str]) -> None:
    """Articles hold whatever they hold; an answer must not fail over it."""
    assert len(find_context(texts, before)) <= 2


@given(st.lists(sentences(), max_size=6))
def test_a_sentence_that_names_everything_stands_alone(before: list[str]) -> None:
    """Context that nobody needs hides the quote."""
    assert find_context(["The Port of Varnholm counted 54 cranes in 2023."], before) == ()


@pytest.mark.parametrize(
    "sentence",
    [
        "She was not amused.",
        "But he was not amused.",
        "“His boat sank last year.",
        "“It is so,” she said.",
        "“It is so,” he later told the committee.",
    ],
)
def test_she_is_named_by_the_nearest_sentence_with_a_person(sentence: str) -> None:
    assert find_context([sentence], [RAIN, "She was angry.", PERSON, "Jonas Rell sat."]) == (2,)


@pytest.mark.parametrize(
    "person",
    [
        PERSON,
        "Police arrested a man on the ferry.",
        "A spokesman for the port was asked.",
        "Mr. Rell fishes.",
        "Rell wrote to the paper on Monday.",
    ],
)
def test_a_person_may_be_named_in_many_ways(person: str) -> None:
    assert find_context(["He was not amused."], [RAIN, person, PERSON]) == (1,)


def test_where_no_person_is_near_the_sentence_before_is_shown() -> None:
    """As a reader of the article would have read it."""
    far = [RAIN] * PRONOUN_BACK + [PERSON]

    assert find_context(["He was not amused."], far) == (0,)


@pytest.mark.parametrize(
    "sentence",
    [
        "It closed in 2018.",
        "However, it closed in 2018.",
        "They closed in 2018.",
        "“We closed,” it said.",
    ],
)
def test_it_is_named_by_the_nearest_sentence_that_does_not_say_it_too(sentence: str) -> None:
    assert find_context([sentence], ["Its gates are green.", "“Very green.”", RAIN]) == (2,)


@pytest.mark.parametrize(
    "sentence",
    [
        "It is believed that the port is closed.",
        "It has been widely reported that the port is closed.",
        "Some fishermen are angry.",
        "In addition, cranes rust.",
    ],
)
def test_an_it_that_stands_for_nothing_needs_no_context(sentence: str) -> None:
    assert find_context([sentence], [RAIN, PERSON]) == ()


@pytest.mark.parametrize("sentence", ["For example, one sank.", "Other examples are ferries."])
def test_an_example_comes_with_what_it_is_an_example_of(sentence: str) -> None:
    assert find_context([sentence], [RAIN, PERSON]) == (0,)


def test_several_of_something_come_with_the_sentence_before() -> None:
    """And with what names its "it", which would tell nothing else."""
    assert find_context(["Some have been closed."], ["Its gates are green.", RAIN]) == (1, 0)


MORE_UNITS = (
    "Bob ", "Bob said ", "that the cat ", "the two men ", "this cat ", "In the cat, ", "said that "
)  # fmt: skip
INTRODUCTION = "A new report by the Institute for Quiet Harbours was published."


@pytest.mark.parametrize(
    "sentence",
    [
        "The report warns of rust.",
        "According to the report, cranes rust.",
        "“Cranes rust,” the report said.",
        "“Cranes rust,” said the report.",
        "The port rejected the report.",
    ],
)
def test_the_report_is_introduced_by_the_sentence_that_first_tells_which(sentence: str) -> None:
    """However far back, and not by one that says "the report" as well."""
    before = ["“Rust,” the report found.", RAIN, "This report is long.", *[RAIN] * 30, INTRODUCTION]

    assert find_context([sentence], before) == (len(before) - 1,)


@pytest.mark.parametrize(
    "introduction",
    ["Quiet Harbours’ report is out.", "Maren wrote a long study of cranes.", "It was in a paper."],
)
def test_a_report_may_be_introduced_in_many_ways(introduction: str) -> None:
    assert find_context(["The report warns of rust."], [RAIN, introduction]) == (1,)


@pytest.mark.parametrize(
    "sentence",
    [
        "The report of the institute warns of rust.",
        "The report titled “Rust” warns of rust.",
        "A report came, and the report warned of rust.",
        "The first report warned of rust.",
        "The Varnholm report warned of rust.",
        "The secret harbour police report warned of rust.",
    ],
)
def test_a_report_that_is_told_apart_needs_no_introduction(sentence: str) -> None:
    assert find_context([sentence], [RAIN, INTRODUCTION]) == ()


def test_a_thing_that_was_never_introduced_needs_no_context() -> None:
    assert find_context(["The city was founded in 1204."], [RAIN, PERSON]) == ()


def test_it_that_is_only_the_report_comes_with_both() -> None:
    """It is the report, and the report is the institute's."""
    before = ["“Cranes rust,” the report said.", RAIN, INTRODUCTION]

    assert find_context(["It also warned of storms."], before) == (2, 0)


def test_nothing_before_gives_no_context() -> None:
    assert find_context(["She was not amused."], []) == ()


SURNAMED = "Ilse Maren, who leads the institute, was asked."


@pytest.mark.parametrize(
    "sentence",
    ["“Cranes rust,” Maren said.", "Ms. Maren was not amused.", "Maren, 52, was not amused."],
)
def test_a_surname_alone_comes_with_the_full_name(sentence: str) -> None:
    """However long before the article told who Maren is."""
    assert find_context([sentence], [*[RAIN] * 30, SURNAMED]) == (30,)


@pytest.mark.parametrize(
    ("sentence", "before"),
    [
        ("“Cranes rust,” Ilse Maren said.", SURNAMED),
        ("Varnholm was quiet.", "The Varnholm Harbour Trust, which paid, was asked."),
        ("Varnholm said no.", "Ilse Varnholm, who lives in Varnholm, was asked."),
        ("Monday was quiet.", "They met on Monday."),
    ],
)
def test_a_full_name_and_the_name_of_a_place_stand_alone(sentence: str, before: str) -> None:
    assert find_context([sentence], [RAIN, before]) == ()


def test_a_pronoun_that_leads_to_a_surname_comes_with_the_full_name() -> None:
    before = ["Maren said nobody was warned.", RAIN, SURNAMED]

    assert find_context(["She was not amused."], before) == (2, 0)


def test_two_sentences_of_context_are_left_at_one_where_they_would_hide_the_quote() -> None:
    long = "Ilse Maren, who leads the institute, was asked" + " again" * 80 + "."

    assert find_context(["She left."], ["Maren said no.", long]) == (0,)


@pytest.mark.parametrize(
    ("later", "context"),
    [("He left.", (1,)), ("Maren said so.", ()), ("It rusts.", ()), ("Rain fell.", ())],
)
def test_a_later_sentence_of_a_quote_may_point_before_it(
    later: str, context: tuple[int, ...]
) -> None:
    """What the quote itself names, it explains."""
    assert find_context(["The ferry sank.", later], [RAIN, "Jonas Rell steered."]) == context


def test_nothing_is_shown_twice_for_two_sentences_of_a_quote() -> None:
    before = [RAIN, PERSON]

    assert find_context(["She left.", "She came back."], before) == (1,)


def test_hostile_sentences_are_read_in_no_time(shared: Path) -> None:
    units = json.loads((shared / "hostile.json").read_text(encoding="utf-8"))["slow"]["units"]

    for unit in [*units, "A", "A ", "the report ", "a ", "It is a ", "'said ", *MORE_UNITS]:
        text = (unit * 700)[:700]
        started = time.process_time()
        for sentence in (text, f"It {text}", f"He {text}", f"The report {text}"):
            find_context([sentence], [text] * 100)
        assert time.process_time() - started < 0.5, unit
