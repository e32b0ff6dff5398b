"""What the ledger keeps of an answer, as values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from corpus.article import Span
from retrieval.answer import Note, Reason


class Visibility(StrEnum):
    """Who sees an answer's message."""

    PUBLIC = "public"
    PRIVATE = "private"


class AnswerState(StrEnum):
    """What became of an answer."""

    PENDING = "pending"  # stored, and about to be sent
    SENT = "sent"
    FAILED = "failed"  # it never arrived
    DELETED = "deleted"


class RetractReason(StrEnum):
    """Why a moderator takes an answer back."""

    WRONG_PASSAGE = "wrong_passage"
    MISLEADING_CUT = "misleading_cut"
    SOURCE_PROBLEM = "source_problem"
    OUTDATED = "outdated"
    RULES = "rules"  # of the server


@dataclass(frozen=True, slots=True)
class Filters:
    """Which sources a member asked, as typed; None where they said nothing."""

    source: str | None = None
    published_from: str | None = None
    published_to: str | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """A quote, or a place where the same words stand too, without its words.

    Parameters
    ----------
    rank : int
        Of the quote it belongs to, from 1.
    place : int
        0 for the quote itself, from 1 for the others.
    article_id, version, sha256
        The article version and the hash of its whole text.
    span : corpus.article.Span
    kind : str
        ``"body"`` or ``"caption"``.
    score : float
        What the quote was ranked by.
    context : tuple of Span
    speaker : Span or None
    source_revision : int
        Of the article's source record when the answer was made.
    widened : Span or None
        What a moderator lets it show instead.
    """

    rank: int
    place: int
    article_id: str
    version: int
    sha256: str
    span: Span
    kind: str
    score: float
    context: tuple[Span, ...]
    speaker: Span | None
    source_revision: int
    widened: Span | None


@dataclass(frozen=True, slots=True)
class AnswerRecord:
    """An answer as it is kept.

    Parameters
    ----------
    answer_key : str
    server_id : int
    collection : str
        Whose articles were asked; the server may ask another by now.
    channel_id : int
    message_id : int or None
        The message that shows it; None before it is sent, and where only the asker saw it.
    follows : str or None
        The key of the answer that it follows up.
    visibility : Visibility
    state : AnswerState
    asked_at : datetime.datetime
    member_key : str or None
        Who asked. This and the next four are None once the retention is over or the member has
        themself forgotten.
    question, searched : str or None
    filters : Filters or None
        None too if the member chose no sources.
    unmatched : tuple of str or None
        Words of the question that no article held; None too if there are quotes.
    named : bool
        Whether the message shows who asked.
    asked_day : str or None
        As `retrieval.answer.Answer.asked`.
    index_digest : str
    confidence : float
    reason : Reason or None
        Of silence.
    nearest : tuple of str
        Ids of the sources nearest to the topic, with silence.
    notes : tuple of Note
    retracted_at : datetime.datetime or None
    retracted_for : RetractReason or None
    shown : str or None
        A hash of what the message showed last.
    citations : tuple of Citation
        By rank and place.
    """

    answer_key: str
    server_id: int
    collection: str
    channel_id: int
    message_id: int | None
    follows: str | None
    visibility: Visibility
    state: AnswerState
    asked_at: datetime
    member_key: str | None
    question: str | None
    searched: str | None
    filters: Filters | None
    unmatched: tuple[str, ...] | None
    named: bool
    asked_day: str | None
    index_digest: str
    confidence: float
    reason: Reason | None
    nearest: tuple[str, ...]
    notes: tuple[Note, ...]
    retracted_at: datetime | None
    retracted_for: RetractReason | None
    shown: str | None
    citations: tuple[Citation, ...]

    @property
    def retracted_day(self) -> date | None:
        """Return the day on which it was taken back, None if it stands."""
        return None if self.retracted_at is None else self.retracted_at.date()
