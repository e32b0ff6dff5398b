"""The values every citation stands on refuse what could not be cited."""

from __future__ import annotations

import hashlib
from dataclasses import FrozenInstanceError, fields
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.article import Article, Block, BlockKind, Precision, Source, Span, hash_text

LIMIT = 50
SPANS = st.tuples(st.integers(0, LIMIT), st.integers(1, LIMIT)).map(
    lambda drawn: Span(drawn[0], drawn[0] + drawn[1])
)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]))


@pytest.mark.parametrize(("start", "end"), [(0, 0), (3, 3), (3, 2), (-1, 2), (-2, -1)])
def test_a_span_of_nothing_is_refused(start: int, end: int) -> None:
    """An empty quote would verify anywhere, and a negative start counts from the end."""
    with pytest.raises(ValueError, match=rf"not \[{start}, {end}\)"):
        Span(start, end)


@given(SPANS, st.text(min_size=3 * LIMIT, max_size=3 * LIMIT), st.integers(0, LIMIT))
def test_a_shifted_span_holds_the_same_characters_of_a_shifted_text(
    span: Span, text: str, offset: int
) -> None:
    assert len(span) == len(span.slice(text))
    assert span.shift(offset).slice("x" * offset + text) == span.slice(text)


@given(SPANS, SPANS)
def test_overlap_counts_the_places_two_spans_share(span: Span, other: Span) -> None:
    places, others = set(range(span.start, span.end)), set(range(other.start, other.end))

    assert span.overlap(other) == other.overlap(span) == len(places & others)
    assert (other in span) == (others <= places)


def test_spans_are_ordered_by_place() -> None:
    assert sorted([Span(2, 3), Span(0, 9), Span(0, 4)]) == [Span(0, 4), Span(0, 9), Span(2, 3)]


@pytest.mark.parametrize(
    "fields", [{"published": date(2024, 1, 1)}, {"published_precision": Precision.DAY}]
)
def test_a_date_and_how_exactly_it_is_known_come_together(fields: dict[str, Any]) -> None:
    """Else a month could be printed as a day."""
    with pytest.raises(ValueError, match="come together"):
        Source(**fields)


def test_nothing_is_known_of_a_source_by_itself() -> None:
    source = Source()

    assert (source.title, source.published, source.url, source.basis) == (None, None, None, {})
    assert Source().basis is not source.basis


@given(TEXTS)
def test_the_hash_is_that_of_the_utf8_bytes(text: str) -> None:
    """Whoever has the file can check it with any tool."""
    assert hash_text(text) == hashlib.sha256(text.encode("utf-8")).hexdigest()


@given(TEXTS, TEXTS)
def test_other_texts_have_other_hashes(text: str, other: str) -> None:
    """Also where only a line end or the form of an accent differs."""
    assert (hash_text(text) == hash_text(other)) == (text == other)


@pytest.mark.parametrize(
    ("text", "other"), [("a\n", "a\r\n"), ("é", "e\u0301"), ("a", "a\u00a0"), ("A", "a")]
)
def test_texts_that_look_alike_have_other_hashes(text: str, other: str) -> None:
    assert hash_text(text) != hash_text(other)


def test_a_lone_surrogate_has_no_hash() -> None:
    with pytest.raises(UnicodeEncodeError):
        hash_text("\ud800")


@pytest.mark.parametrize(
    "value",
    [
        Span(0, 1),
        Block(Span(0, 1), BlockKind.BODY),
        Source(),
        Article("main", "a", 1, "x", hash_text("x"), ()),
    ],
)
def test_values_cannot_be_changed(value: Any) -> None:
    """A citation stands on them."""
    with pytest.raises(FrozenInstanceError):
        setattr(value, fields(value)[0].name, None)
