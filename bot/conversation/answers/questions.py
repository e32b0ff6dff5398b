"""What a member typed, as a request: checked, and refused with a line that says what to mend."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.catalogue.asking import AskingRefusal
from bot.catalogue.lines import Line
from bot.catalogue.parameters import Count, Day
from bot.conversation.desk import Desk, Refused
from bot.days import parse_day
from bot.questions import check_question
from retrieval.answer import MAX_QUESTION_CHARS
from retrieval.answering import MAX_QUOTES, Request

MAX_SOURCE_CHARS = 200  # as the command's own limit says; a longer one names no source


@dataclass(frozen=True, slots=True)
class AskRequest:
    """What was typed into ``/ask``.

    Parameters
    ----------
    question : str
    source : str or None
        An article id, as the suggestions give, or words of a title or publisher.
    published_from, published_to : str or None
        Days, as typed.
    private : bool
        Whether the asker alone is to see the answer.
    """

    question: str
    source: str | None = None
    published_from: str | None = None
    published_to: str | None = None
    private: bool = False


def read_request(desk: Desk, asked: AskRequest) -> Request:
    """Return what is to be searched for.

    Raises
    ------
    Refused
        If the question is empty or too long, a day is none, or the period is empty.
    """
    first, last = _read_day(asked.published_from), _read_day(asked.published_to)
    if first and last and first > last:
        raise Refused(Line(AskingRefusal.REVERSED, (Day(first), Day(last))))
    if asked.source is not None and len(asked.source) > MAX_SOURCE_CHARS:
        raise Refused(Line(AskingRefusal.UNKNOWN_SOURCE))
    return Request(
        check_typed(asked.question),
        source=asked.source,
        published_from=first,
        published_to=last,
        max_quotes=MAX_QUOTES,
        quote_chars=desk.settings.quote_chars,
        min_confidence=desk.settings.min_confidence,
    )


def topic_request(desk: Desk, text: str) -> Request:
    """Return what is to be searched for on the topic of a message: passages, whether or not sure.

    Its beginning says what a message is about, as far as a question may go.
    """
    return Request(
        text[:MAX_QUESTION_CHARS],
        max_quotes=MAX_QUOTES,
        quote_chars=desk.settings.quote_chars,
        min_confidence=0.0,
    )


def check_typed(question: str) -> str:
    """Return a question that may be asked, as typed; raise Refused if it may not."""
    try:
        return check_question(question)
    except ValueError as error:
        raise Refused(_refusal(question)) from error


def _refusal(question: str) -> Line:
    """Return what is wrong with a question, in the order in which it is checked."""
    if not question.strip():
        return Line(AskingRefusal.EMPTY)
    if len(question) > MAX_QUESTION_CHARS:
        return Line(AskingRefusal.TOO_LONG, (Count(MAX_QUESTION_CHARS),))
    return Line(AskingRefusal.NOT_TEXT)


def _read_day(typed: str | None) -> date | None:
    if typed is None:
        return None
    try:
        return parse_day(typed.strip())
    except ValueError as error:
        raise Refused(Line(AskingRefusal.NOT_A_DAY)) from error
