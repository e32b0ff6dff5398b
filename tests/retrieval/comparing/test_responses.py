from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.comparing.responses import (
    Claim,
    Response,
    find_claim,
    find_response,
    may_respond,
    response_query,
)
from retrieval.comparing.statements import Statement

QUESTION = "What has Acme Shipping dumped at sea?"
CLAIM = Statement(1, 1, "A watchdog alleges that Acme Shipping dumped oil at sea.", None, 2.0)


def respond(text: str, *, article: int = 1) -> str | None:
    """Return the responding words of a sentence to the claim against Acme Shipping."""
    claim = find_claim(QUESTION, [CLAIM])
    assert claim is not None
    found = find_response(claim, [CLAIM, Statement(2, article, text, None, 1.0)])
    return None if found is None else text[found.start : found.end]


@given(
    st.lists(
        st.sampled_from(
            [
                "A watchdog alleges that Acme Shipping dumped oil at sea.",
                "Acme denied it had dumped oil at sea.",
                "Acme declined to comment.",
                "Jo Day was accused of fraud.",
                "Rain fell at sea.",
            ]
        ),
        max_size=6,
    )
)
def test_claims_and_responses_point_into_what_was_given_in_any_order(texts: list[str]) -> None:
    statements = [Statement(place, place % 3, text, None, 1.0) for place, text in enumerate(texts)]

    claim = find_claim(QUESTION, statements)

    assert find_claim(QUESTION, statements[::-1]) == claim
    if claim is not None:
        response = find_response(claim, statements)
        assert find_response(claim, statements[::-1]) == response
        assert {statements[key].article for key in claim.keys} == claim.articles
        assert claim.side in statements[claim.keys[0]].text
        if response is not None:
            assert 0 <= response.start < response.end <= len(statements[response.key].text)


def test_all_allegations_against_one_side_are_one_claim() -> None:
    further = Statement(4, 2, "Acme was accused of bribery.", None, 1.0)
    other = Statement(5, 3, "Jo Day was accused of fraud.", None, 0.5)

    claim = find_claim(QUESTION, [other, further, CLAIM])

    assert claim is not None
    assert (claim.side, claim.keys, claim.articles) == ("Acme Shipping", (1, 4), {1, 2})
    assert {"oil", "dump", "sea"} <= set(claim.topic)
    assert "acm" not in claim.topic


def test_where_nobody_is_accused_no_response_is_due() -> None:
    assert find_claim(QUESTION, [Statement(1, 1, "Acme has 54 boats.", None, 1.0)]) is None
    assert find_claim(QUESTION, []) is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Acme Shipping denied the allegations.", "denied"),
        ("Acme rejects the claim.", "rejects"),
        ("A spokesman for Acme said the company rejected the claims.", "rejected"),
        ("Acme’s lawyer declined to comment.", "declined to comment"),
        ("Acme did not immediately respond to a request.", "did not immediately respond"),
        ("The paper said Acme had not replied.", "had not replied"),
        ("Acme called the report “baseless”.", "called the report “baseless"),
        ("Acme has pleaded not guilty.", "pleaded not guilty"),
        ("“We never dumped oil at sea,” Acme said.", "We never dumped oil at sea,"),
    ],
)
def test_a_denial_a_refusal_or_silence_is_a_response(text: str, words: str) -> None:
    assert respond(text) == words


@pytest.mark.parametrize(
    "text",
    [
        "The watchdog, which accused Acme, declined to comment.",
        "Rell, who accused Acme, declined to comment.",
        "Acme’s critics denied it.",
        "Jo Day denied the allegations.",
        "Acme was denied entry to the port.",
        "Acme rejected a takeover offer.",
        "The council rejected Acme’s plan.",
        "Acme has 54 boats.",
        "The captain did not respond to Acme.",
        "“Acme never dumped oil at sea,” Jo Day said.",
    ],
)
def test_words_of_another_or_about_something_else_are_no_response(text: str) -> None:
    """They would put words into somebody's mouth."""
    assert respond(text) is None


def test_a_response_from_another_article_is_about_the_same_thing() -> None:
    assert respond("Acme denied that it dumped oil.", article=2) == "denied"
    assert respond("Acme denied that it owed wages.", article=2) is None
    assert respond("Acme denied that it owed wages.", article=1) is None
    assert respond("Acme declined to comment on the football match.", article=1) is None
    assert respond("Acme declined to comment.", article=1) == "declined to comment"
    assert respond("Acme denied that it had cheated anybody.", article=1) == "denied"
    assert respond("Acme did not respond to questions from the Post.", article=1) is not None


def test_whoever_may_have_responded_is_not_said_to_have_been_silent() -> None:
    claim = find_claim(QUESTION, [CLAIM])
    assert claim is not None
    other = Statement(2, 1, "A lawyer for Acme says it did nothing wrong.", None, 1.0)
    beside = Statement(3, 1, "The harbour did nothing wrong.", None, 1.0)

    assert may_respond(claim, [CLAIM, other])
    assert not may_respond(claim, [CLAIM, beside])


def test_the_response_nearest_to_the_claim_is_taken_and_its_own_first() -> None:
    claim = find_claim(QUESTION, [CLAIM])
    assert claim is not None
    far = Statement(2, 2, "Acme denied that it dumped oil.", None, 9.0)
    near = Statement(3, 1, "Acme denied that it dumped oil.", None, 1.0)
    own = Statement(1, 1, "Acme, accused of fraud, denied it.", None, 0.1)

    assert find_response(claim, [far, near]) == Response(3, 5, 11)
    assert find_response(claim, [far, near, own]) == Response(1, 24, 30)
    assert find_response(claim, []) is None


def test_a_country_answers_through_its_capital_and_embassy() -> None:
    claim = Claim("Norway", (1,), frozenset({1}), ("boat", "spi"))
    texts = [
        "Oslo denied spying with boats.",
        "The Norwegian Embassy in Rome denied spying by boat.",
    ]

    for text in texts:
        assert find_response(claim, [Statement(2, 2, text, None, 1.0)]) is not None


def test_the_search_for_a_response_names_the_side_and_the_matter() -> None:
    claim = find_claim(QUESTION, [CLAIM])
    assert claim is not None

    words = response_query(claim).split()

    assert {"Acme", "Shipping", "oil", "denied"} <= set(words)


def test_hostile_sentences_are_read_in_no_time(shared: Path) -> None:
    units = json.loads((shared / "hostile.json").read_text(encoding="utf-8"))["slow"]["units"]

    respond("Acme denied it.")
    for unit in [
        *units,
        "denied ",
        "Acme denied ",
        "did not ",
        "calls a ",
        "A said ",
        "Acme, ",
        "“",
    ]:
        started = time.process_time()
        respond((unit * 700)[:700])
        assert time.process_time() - started < 0.4, unit
