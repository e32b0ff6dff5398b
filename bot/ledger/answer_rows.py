"""An answer as rows of the ledger, and back."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, astuple

from sqlalchemy import RowMapping

from bot.ledger.moments import read_moment
from bot.ledger.records import (
    AnswerRecord,
    AnswerState,
    Citation,
    Filters,
    RetractReason,
    Visibility,
)
from corpus.article import Span
from retrieval.answer import Answer, Note, NoteKind, NotePlace, Place, Quote, Reason

Values = dict[str, object]


def answer_values(answer: Answer, filters: Filters | None) -> Values:
    """Return the columns of what was asked and answered; quotes have rows of their own."""
    silence = answer.abstained
    return {
        "collection": answer.collection,
        "question": answer.question,
        "searched": answer.searched,
        "filters": None if filters is None else _write_filters(filters),
        "unmatched": None if silence is None else _write_texts(silence.unmatched),
        "asked_day": answer.asked,
        "index_digest": answer.index,
        "confidence": answer.confidence,
        "reason": None if silence is None else silence.reason,
        "nearest": _write_texts([near.article_id for near in silence.nearest] if silence else []),
        "notes": _write_notes(answer.notes),
    }


def citation_values(key: str, quote: Quote, revisions: Mapping[str, int]) -> Iterator[Values]:
    """Yield the row of a quote, then those of the places where the same words stand.

    Parameters
    ----------
    key : str
        The answer's.
    revisions : mapping of str to int
        Article id -> the revision of its source record; 0 where the store knows none.
    """
    speaker = quote.speaker
    yield {
        **_place_values(key, quote, quote, revisions),
        "place": 0,
        "context": _write_spans([Span(at.start, at.end) for at in quote.context]),
        "speaker": None if speaker is None else _write_spans([Span(speaker.start, speaker.end)]),
    }
    for number, place in enumerate(quote.also_in, start=1):
        beside = {"place": number, "context": _write_spans([]), "speaker": None}
        yield {**_place_values(key, quote, place, revisions), **beside}


def read_answer(row: RowMapping, citations: tuple[Citation, ...]) -> AnswerRecord:
    """Return the record of a row and its citations."""
    reason, retracted_for = row["reason"], row["retracted_for"]
    return AnswerRecord(
        answer_key=row["answer_key"],
        server_id=row["server_id"],
        collection=row["collection"],
        channel_id=row["channel_id"],
        message_id=row["message_id"],
        follows=row["follows"],
        visibility=Visibility(row["visibility"]),
        state=AnswerState(row["state"]),
        asked_at=read_moment(row["asked_at"]),
        member_key=row["member_key"],
        question=row["question"],
        searched=row["searched"],
        filters=None if row["filters"] is None else _read_filters(row["filters"]),
        unmatched=None if row["unmatched"] is None else _read_texts(row["unmatched"]),
        named=row["named"],
        asked_day=row["asked_day"],
        index_digest=row["index_digest"],
        confidence=row["confidence"],
        reason=None if reason is None else Reason(reason),
        nearest=_read_texts(row["nearest"]),
        notes=_read_notes(row["notes"]),
        retracted_at=None if row["retracted_at"] is None else read_moment(row["retracted_at"]),
        retracted_for=None if retracted_for is None else RetractReason(retracted_for),
        shown=row["shown"],
        citations=citations,
    )


def read_citation(row: RowMapping) -> Citation:
    """Return the citation of a row."""
    widened = row["widened_start"], row["widened_end"]
    return Citation(
        rank=row["rank"],
        place=row["place"],
        article_id=row["article_id"],
        version=row["version"],
        sha256=row["sha256"],
        span=Span(row["start"], row["end"]),
        kind=row["kind"],
        score=row["score"],
        context=_read_spans(row["context"]),
        speaker=None if row["speaker"] is None else _read_spans(row["speaker"])[0],
        source_revision=row["source_revision"],
        widened=None if None in widened else Span(*widened),
    )


def _place_values(
    key: str, quote: Quote, place: Quote | Place, revisions: Mapping[str, int]
) -> Values:
    return {
        "answer_key": key,
        "rank": quote.rank,
        "article_id": place.article_id,
        "version": place.version,
        "sha256": place.sha256,
        "start": place.start,
        "end": place.end,
        "kind": quote.kind,
        "score": quote.score,
        "source_revision": revisions.get(place.article_id, 0),
    }


def _write_texts(texts: Sequence[str]) -> str:
    return json.dumps(list(texts))


def _read_texts(line: str) -> tuple[str, ...]:
    return tuple(json.loads(line))


def _write_filters(filters: Filters) -> str:
    return json.dumps(asdict(filters))


def _read_filters(line: str) -> Filters:
    return Filters(**json.loads(line))


def _write_spans(spans: Sequence[Span]) -> str:
    return json.dumps([astuple(span) for span in spans])


def _read_spans(line: str) -> tuple[Span, ...]:
    return tuple(Span(start, end) for start, end in json.loads(line))


def _write_notes(notes: Sequence[Note]) -> str:
    """Return a list of ``[kind, ranks, places, count]``."""
    return json.dumps(
        [
            [note.kind, note.quotes, [astuple(place) for place in note.spans], note.count]
            for note in notes
        ]
    )


def _read_notes(line: str) -> tuple[Note, ...]:
    return tuple(
        Note(
            NoteKind(kind),
            tuple(ranks),
            tuple(NotePlace(*place) for place in places),
            count,
        )
        for kind, ranks, places, count in json.loads(line)
    )
