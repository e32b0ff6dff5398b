from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.copying.copies import is_copy, is_rewording, read_wording

STATEMENT = (
    "The harbour institute in Varnholm said in March that 54 rusty cranes had been counted along "
    "the northern breakwater by divers."
)


def are_copies(one: str, other: str) -> bool:
    return is_copy(read_wording(one), read_wording(other))


@given(st.text(), st.text())
def test_copies_are_copies_of_each_other(one: str, other: str) -> None:
    assert are_copies(one, one)
    assert are_copies(one, other) == are_copies(other, one)


@pytest.mark.parametrize(
    ("words", "reworded"),
    [
        ("said in March", "told in March"),
        ("The harbour institute in", "Harbour institute, in"),
        ("rusty cranes had been counted", "rusted cranes were counted"),
        ("along the northern breakwater", "along the breakwater"),
        ("54 rusty cranes", "54 ‘rusty cranes’"),
    ],
)
def test_what_an_editor_changed_is_still_a_copy(words: str, reworded: str) -> None:
    """Shown as two quotes, it would look like two witnesses."""
    assert are_copies(STATEMENT, STATEMENT.replace(words, reworded))


@pytest.mark.parametrize(
    ("words", "changed"),
    [
        ("54", "102"),
        ("54", "fifty"),
        ("54 rusty", "rusty"),
        ("Varnholm", "Oster Point"),
        ("March", "October"),
        ("had been", "had not been"),
        ("had been", "hadn’t been"),
        ("that 54 rusty cranes had", "that no cranes had"),
        ("54 rusty cranes", "54 police officers"),
        ("northern", "southern"),
        ("counted along", "not counted along"),
        ("said in", "never said in"),
        ("had been counted", "had almost been counted"),
        ("rusty", "broken"),
    ],
)
def test_another_figure_name_or_a_denial_is_no_copy(words: str, changed: str) -> None:
    """“The same words also in” must never stand beside words that contradict the quote."""
    assert not are_copies(STATEMENT, STATEMENT.replace(words, changed))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ana Lowe shot Karl Oyen", "Karl Oyen shot Ana Lowe"),
        ("54 men and 102 women lived", "102 men and 54 women lived"),
        ("a car hit the wall", "a car was hit by the wall"),
        ("the water was safe", "the water was unsafe"),
        ("guests were for the plan", "guests were against the plan"),
        ("he paid the bill for it", "she paid the bill for it"),
        ("the bell rang before the fire", "the bell rang after the fire"),
    ],
)
def test_small_words_and_who_did_what_to_whom_make_a_difference(one: str, other: str) -> None:
    """Even in articles that copy one story: there the words are the same but for these."""
    frame = "Guests at the old harbour inn of Varnholm told the police on Friday night that {}."
    first, second = (read_wording(frame.format(words)) for words in (one, other))

    assert not is_copy(first, second)
    assert not is_rewording(first, second)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("They’re closing the centre", "They are closing the center"),
        ("organised the programme", "organized the program"),
        ("“We won’t pay for the licence”", "'We won't pay for the license'"),
        ("The café’s owners, they said,", "The cafe's owners said"),
    ],
)
def test_spelling_and_marks_make_no_difference(one: str, other: str) -> None:
    frame = "{} in the northern harbour of Varnholm next spring."

    assert are_copies(frame.format(one), frame.format(other))


def test_a_rewording_needs_a_story_that_both_copy() -> None:
    one, other = (
        read_wording(f"The price of {grain} fell by a tenth in spring, the farmers’ guild said.")
        for grain in ("wheat", "barley")
    )

    assert is_rewording(one, other)
    assert not is_copy(one, other)


def test_the_same_words_in_another_order_are_no_copy() -> None:
    """Who did it to whom is told by the order alone."""
    one = "The harbour police arrested the angry ferry captain."
    other = "The angry ferry captain arrested the harbour police."

    assert not are_copies(one, other)


def test_sentences_of_one_repeated_word_are_compared_in_no_time() -> None:
    """Comparing takes time with the square of the length for such a text, unless bounded."""
    one, other = read_wording("x y " * 175), read_wording("y x x " * 116)
    started = time.process_time()

    for _ in range(50):
        is_copy(one, other)

    assert time.process_time() - started < 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("denied", "said"),
        ("confirmed", "denied"),
    ],
)
def test_a_denial_is_no_copy_of_the_claim(one: str, other: str) -> None:
    """Listing it as one would hide what the other side says."""
    claim = "The mayor of Orrin {} that the council had paid the contractor for the broken bridge."

    assert not is_copy(read_wording(claim.format(one)), read_wording(claim.format(other)))


@pytest.mark.parametrize(
    "pair", ["guilty innocent", "raised lowered", "true false", "won lost", "opened closed"]
)
def test_opposites_are_no_copies(pair: str) -> None:
    one, other = (
        f"The court in Orrin found on Tuesday that the old plan for the harbour was {word} in May."
        for word in pair.split()
    )

    assert not is_copy(read_wording(one), read_wording(other))
