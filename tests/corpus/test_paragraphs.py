"""Paragraphs: what a block and a sentence may never cross."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.paragraphs import find_paragraphs

PIECES = ["a ferry", "Boats. ", "\n", "\n\n", "\r\n", "\r", "\u2028", "\u0085", "\u00a0", "  ", "x"]
TEXTS = st.lists(st.sampled_from(PIECES)).map("".join) | st.text()

WRAPPED = """\
The ferry office has taken nine of its boats out of service after
cracks were found in the hulls of two of them during an inspection
that had been put off twice. The boats will be looked at again in
the spring.

Passengers are asked to take the bus, which runs every ten minutes
from the old harbour to the island, or to wait for the two boats
that remain."""


def paragraphs(text: str) -> list[str]:
    return [span.slice(text) for span in find_paragraphs(text)]


@given(TEXTS)
def test_every_character_but_white_space_is_in_exactly_one_paragraph(text: str) -> None:
    """What no paragraph holds could never be quoted."""
    spans = find_paragraphs(text)

    assert all(above.end <= below.start for above, below in pairwise(spans))
    assert "".join("".join(paragraphs(text)).split()) == "".join(text.split())


@given(TEXTS)
def test_a_paragraph_has_no_white_space_at_its_ends(text: str) -> None:
    assert all(paragraph == paragraph.strip() != "" for paragraph in paragraphs(text))


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r", "\u0085", "\u2028", "\u2029"])
def test_every_kind_of_line_end_parts_paragraphs(line_end: str) -> None:
    text = line_end.join(["The boat sank.", "", "  Nobody was hurt.\u00a0", "It was old."])

    assert paragraphs(text) == ["The boat sank.", "Nobody was hurt.", "It was old."]


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\u2028"])
def test_in_a_hard_wrapped_text_only_blank_lines_part_paragraphs(line_end: str) -> None:
    """A sentence of a wrapped text runs over several lines, and is quoted whole."""
    text = WRAPPED.replace("\n", line_end)

    first, second = paragraphs(text)
    assert first.endswith("the spring.")
    assert second.startswith("Passengers")


@pytest.mark.parametrize(
    "text",
    [
        "Nine boats were taken out of service on Monday.\nTwo leaked.\nThe office said no more.",
        "Roses are red and the sea is blue\nThe boat is late\nAnd so are the two of you\nAgain",
        "Harbour Office\nFerry Line\nIsland Council\nSeamen’s Union\nBus Company\nTown Hall",
        "\n".join(["A paragraph of some length that stands on a line of its own. " * 4] * 5),
        "The boat that left at noon on Monday was\nlate, and so was the bus that waited.",
    ],
    ids=["short lines", "poem", "names", "long lines", "two lines"],
)
def test_lines_that_were_not_broken_at_a_margin_are_paragraphs(text: str) -> None:
    """Two paragraphs taken for one would be quoted as one."""
    assert len(find_paragraphs(text)) == len(text.split("\n"))


def test_white_space_alone_is_no_paragraph() -> None:
    assert find_paragraphs("") == find_paragraphs(" \n\u00a0\r\n\t") == []
