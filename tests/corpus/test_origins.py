"""Which publishers an article names as the origin of its news, and which names are none."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.origins import OriginKind, Publishers, find_origins

NOBODY = Publishers.of(())
CUES = st.sampled_from(
    [
        *("told the", "according to", "The", "via", "©", "(", ")", "reported", "Varnholm"),
        *("Daily Post", "Harbour News", "said.", "\n\n", "newspaper", "Reuters -"),
        "This article first appeared in",
    ]
)


def names(text: str, *publishers: str) -> list[tuple[str, OriginKind]]:
    """Return the origins' names as they stand in the text, with their kinds."""
    found = find_origins(text, Publishers.of(publishers))
    return [(origin.span.slice(text), origin.kind) for origin in found]


@given(st.lists(CUES | st.text(max_size=8), max_size=15).map(" ".join))
def test_origins_are_names_in_order_of_place(text: str) -> None:
    origins = find_origins(text, NOBODY)

    for origin in origins:
        assert origin.span.slice(text) == origin.span.slice(text).strip() != ""
    assert origins == sorted(origins)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The mayor told the Varnholm Gazette that she would resign.", "Varnholm Gazette"),
        ("Divers found two cranes, the Daily Post reported on Monday.", "Daily Post"),
        ("According to the Harbour Times newspaper, no one was hurt.", "Harbour Times"),
        ("The sale was first reported by The Oster Herald.", "Oster Herald"),
        ("The minister denied it in an interview with Radio Varnholm.", "Radio Varnholm"),
        ("The fire was put out, the broadcaster Nordlys said.", "Nordlys"),
        ("“We are tired,” she told Reuters.", "Reuters"),
        ("The police confirmed to the BBC that a man was held.", "BBC"),
        ("The state-run Kelwick Daily said the talks had failed.", "Kelwick Daily"),
        ("The ministry will answer, Harbour.co.uk quoted him as saying.", "Harbour.co.uk"),
        ("A spokesman told The\u00a0Guardian the plan was dead.", "Guardian"),
    ],
)
def test_what_was_told_to_a_publisher_has_it_for_origin(text: str, name: str) -> None:
    assert names(text) == [(name, OriginKind.ATTRIBUTION)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("This article was originally published by Tidewater.", "Tidewater"),
        ("The story first appeared in the Oster Herald.", "Oster Herald"),
        ("Reprinted with permission from the Varnholm Gazette.", "Varnholm Gazette"),
    ],
)
def test_a_reprint_names_where_it_stood_first(text: str, name: str) -> None:
    assert names(text) == [(name, OriginKind.REPRINT)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("VARNHOLM (Reuters) - Two cranes fell.", "Reuters"),
        ("Two cranes fell.\n\n(AFP)", "AFP"),
        ("A crane at dusk © Provided by Daily Post", "Daily Post"),
        ("Two cranes fell. © 2023 Harbour News", "Harbour News"),
    ],
)
def test_a_credit_names_who_provided_the_words(text: str, name: str) -> None:
    assert names(text) == [(name, OriginKind.CREDIT)]


@pytest.mark.parametrize(
    "text",
    [
        "Ilse Maren told the Port Authority that she would resign.",
        "According to the Institute for Quiet Harbours, most cranes stand idle.",
        "The police said a man was held, and the FBI reported nothing.",
        "The Central Harbour Agency reported a loss.",
        "White House Press Secretary Jo Day said so.",
        "The novel was first published by Tidewater in 1911.",
        "The Australian Federal Police (AFP) is small. AFP said it would look into it.",
        "They met in Times Square, she told friends.",
        "The Daily Post moved to a new building in Varnholm.",
        "Nordic Express said its ferries were full.",
        "The news said nothing. Post reported late.",
        "Photo by Jo Day via Getty Images",
    ],
)
def test_who_is_merely_quoted_or_mentioned_is_no_origin(text: str) -> None:
    """Counted as one, a claim would seem to rest on more origins than it does."""
    assert names(text) == []


def test_a_publisher_of_the_collection_is_known_by_any_name() -> None:
    text = "She told Tidewater that it was over. Tidewater is a town as well."

    assert names(text) == []
    assert names(text, "Tidewater") == [("Tidewater", OriginKind.ATTRIBUTION)]


def test_names_of_one_publisher_are_one_origin() -> None:
    text = "She told the ABC so. He told ABC News the same. They told the Daily News too."

    assert [origin.name for origin in find_origins(text, NOBODY)] == ["abc", "abc", "daily"]


@pytest.mark.parametrize(
    "text", ["Aa " * 40_000, "(A) - " * 20_000, "told the " * 20_000, "A." * 40_000]
)
def test_hostile_text_is_read_in_no_time(text: str) -> None:
    started = time.process_time()

    find_origins(text, NOBODY)

    assert time.process_time() - started < 2
