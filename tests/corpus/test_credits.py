"""Picture credits: a name that belongs to a picture, never to what the article tells."""

from __future__ import annotations

import pytest

from corpus.credits import find_credit, is_agency_line


@pytest.mark.parametrize(
    "credit",
    [
        # an agency and a name
        "(Reuters: Jo Day)",
        "(Harbour Times: Jo Day)",
        "(Jo Day/Harbour Times)",
        "(Jo Day/AFP via Getty Images)",
        "(AP Photo/Jo Day)",
        # a label
        "(Photo by Jo Day)",
        "(Image: City Archive)",
        "(File photo)",
        "(Supplied: City Archive)",
        "(Courtesy of City Archive)",
        # without brackets
        "Jo Day/Getty Images",
        "Jo Day / Harbour Times",
        "Jo Day via Reuters",
        "Photograph: Jo Day/Harbour Times",
        "Courtesy of the City Archive",
        "Getty Images",
        # a copyright sign
        "© Jo Day",
        "© Provided by Harbour Times",
        "©2021 Harbour Times",
    ],
)
@pytest.mark.parametrize(
    "caption", ["A boat at sea, May 3, 2021. ", "“No Boats,” says a sign.” ", ""]
)
def test_a_credit_is_found_behind_a_caption_and_alone(caption: str, credit: str) -> None:
    """The caption can be quoted without the photographer's name in it."""
    assert find_credit(caption + credit) == len(caption)


@pytest.mark.parametrize(
    ("caption", "credit"),
    [
        ("A boat at sea.", "(WeChat: Harbour Police)"),
        ("A boat at sea", "© Provided by Harbour Times"),
        ("A boat at sea ", "(Supplied: City Archive)"),
        ("A boat at sea ", "(Jo Day/Reuters)"),
        ("A boat at sea ", "Jo Day/Reuters"),
    ],
)
def test_a_credit_may_be_glued_to_a_caption_or_follow_no_full_stop(
    caption: str, credit: str
) -> None:
    assert find_credit(caption + credit) == len(caption)


@pytest.mark.parametrize("text", ["Reuters", "(AFP)", "— AP", "AFP/Reuters", "Getty Images"])
def test_agencies_on_a_line_alone_are_a_credit(text: str) -> None:
    assert is_agency_line(text)
    assert find_credit(text) == 0


@pytest.mark.parametrize(
    "text",
    [
        "The boats will sail again in May. (AFP)",
        "The boats will sail again in May. (Reuters)",
        "They asked the Harbour Police (HP)",
        "The plan is set out in the annex. (See above)",
        "The boats are old. (Source: Harbour Office)",
        "It sails on any sea. (Note: Old Boats Excluded)",
        "The law (Latin: lex) is old.",
        "The sea (Latin: Mare Nostrum)",
        "She was released courtesy of a court order",
        "The boat sailed to Rome via Ostia",
        "The sign © is older than the law.",
        "Passengers may take the bus and/or wait.",
        "The picture by the sea was stolen.",
        "Getty Images sued the harbour office on Monday.",
    ],
)
def test_body_text_has_no_credit(text: str) -> None:
    """A fact cut off as a credit could not be quoted."""
    assert find_credit(text) is None
