"""Stored answers as they stand, made by hand for tests of how they look."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from hypothesis import strategies as st

from bot.catalogue.answers import NOTES
from bot.conversation.recalling import Gone, Recalled
from bot.ledger.records import AnswerRecord, AnswerState, Visibility
from retrieval.answer import NearestSource, Note, NoteKind, NotePlace, Quote, SourceFields

KEY = "k3Y_-abcdefghijk"
SOURCE = SourceFields(
    "Ferry sinks", "The Paper", None, "2024-03-04", "day", "https://www.example.org/ferry", None
)
UNKNOWN = SourceFields(None, None, None, None, None, None, None)
NOWHERE = replace(UNKNOWN, file="notes/ferry.txt")


def make_quote(
    text: str, *, rank: int = 1, source: SourceFields = SOURCE, **changes: object
) -> Quote:
    """Return a quote of these words."""
    quote = Quote(
        rank=rank,
        article_id=f"{rank:016x}",
        version=1,
        sha256="0" * 64,
        start=0,
        end=len(text),
        text=text,
        prefix="",
        suffix="",
        kind="body",
        score=0.5,
        context=(),
        speaker=None,
        source=source,
        also_in=(),
    )
    return replace(quote, **changes)


@st.composite
def any_notes(draw: st.DrawFn, quotes: tuple[Quote, ...]) -> tuple[Note, ...]:
    """Draw notes of all kinds about some of the quotes, or about the whole answer."""
    ranks = st.sets(st.sampled_from([quote.rank for quote in quotes])) if quotes else st.just(set())
    places = [NotePlace(quote.article_id, 1, 0, 1) for quote in quotes]
    return tuple(
        Note(
            kind,
            tuple(sorted(draw(ranks))),
            tuple(draw(st.lists(st.sampled_from(places), max_size=2)) if places else ()),
            draw(st.integers(0, 10**6)) if NOTES[kind].template.takes else None,
        )
        for kind in draw(st.lists(st.sampled_from(NoteKind), max_size=6))
    )


def make_recalled(
    *quotes: Quote,
    gone: tuple[Gone, ...] = (),
    notes: tuple[Note, ...] = (),
    corrected: dict[int, date] | None = None,
    widened: frozenset[int] = frozenset(),
    nearest: tuple[NearestSource, ...] = (),
    **changes: object,
) -> Recalled:
    """Return an answer with these quotes; ``changes`` are fields of its record."""
    record = AnswerRecord(
        answer_key=KEY,
        server_id=1,
        collection="server-1",
        channel_id=2,
        message_id=3,
        follows=None,
        visibility=Visibility.PUBLIC,
        state=AnswerState.SENT,
        asked_at=datetime(2026, 1, 2, tzinfo=UTC),
        member_key=None,
        question="Did the ferry sink?",
        searched="Did the ferry sink?",
        filters=None,
        unmatched=None,
        named=False,
        asked_day=None,
        index_digest="0123456789abcdef",
        confidence=0.9,
        reason=None,
        nearest=(),
        notes=notes,
        retracted_at=None,
        retracted_for=None,
        shown=None,
        citations=(),
    )
    return Recalled(
        replace(record, **changes),
        tuple(quotes),
        gone,
        corrected=corrected or {},
        widened=widened,
        nearest=nearest,
    )
