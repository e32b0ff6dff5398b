"""Is a citation still true? Every excerpt of an answer against the stored text, and its hash."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from corpus.article import hash_text
from retrieval.answer import Answer, Excerpt, Place, Quote, answer_from_json

ReadText = Callable[[str, int], str | None]
"""Article id and version -> its stored text; None if there is no such text (any more)."""


class MismatchKind(StrEnum):
    """What is no longer true of a cited place."""

    MISSING = "missing"
    HASH = "hash"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A cited place that differs from the stored article: its text is gone, changed or elsewhere.

    Parameters
    ----------
    article_id, version, start, end
        The place as the answer gives it.
    kind : MismatchKind
        ``MISSING``: no such text is stored; ``HASH``: the whole text has another SHA-256;
        ``TEXT``: other words stand at (or just around) the offsets.
    """

    article_id: str
    version: int
    start: int
    end: int
    kind: MismatchKind


@dataclass(frozen=True, slots=True)
class CheckedLine:
    """What became of one line of a file of answers.

    Parameters
    ----------
    number : int
        From 1, blank lines counted.
    quotes : int
        How many quotes were checked; 0 for an abstention or a recorded error of a batch.
    mismatches : tuple of Mismatch
        In the order of the answer's quotes.
    error : str or None
        Why the line could not be read as an answer.
    """

    number: int
    quotes: int
    mismatches: tuple[Mismatch, ...]
    error: str | None


def check_answer(answer: Answer, read_text: ReadText) -> list[Mismatch]:
    """Return every cited place of an answer that is not true of the stored articles.

    Returns
    -------
    list of Mismatch
        For each quote in order: the quote, its context, its speaker, its copies. Empty if
        everything stands as printed, and for an abstention.
    """
    return [mismatch for quote in answer.quotes for mismatch in _check_quote(quote, read_text)]


def verify_quotes(
    quotes: Iterable[Quote], read_text: ReadText
) -> tuple[tuple[Quote, ...], tuple[Quote, ...]]:
    """Part quotes that may be shown from those that may not, both in their order.

    Returns
    -------
    tuple of (tuple of Quote, tuple of Quote)
        The kept, which are true in every part, and the failed.
    """
    kept: list[Quote] = []
    failed: list[Quote] = []
    for quote in quotes:
        (failed if _check_quote(quote, read_text) else kept).append(quote)
    return tuple(kept), tuple(failed)


def check_answers_file(
    lines: Iterable[str], reader_of: Callable[[str], ReadText]
) -> Iterator[CheckedLine]:
    """Check answers as ``quoth ask --json`` or ``--batch`` prints them, one JSON object a line.

    Parameters
    ----------
    reader_of : callable
        Collection -> the function that reads its texts: one id may stand in several collections.

    Yields
    ------
    CheckedLine
        One for each line that is not blank; a line that is no answer does not stop the others.
    """
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield _check_line(number, line, reader_of)


def _check_line(number: int, line: str, reader_of: Callable[[str], ReadText]) -> CheckedLine:
    try:
        data = json.loads(line)
        if _is_recorded_error(data):
            return CheckedLine(number, 0, (), None)
        answer = answer_from_json(data)
        mismatches = tuple(check_answer(answer, reader_of(answer.collection)))
    except (ValueError, RecursionError) as error:
        return CheckedLine(number, 0, (), str(error))
    return CheckedLine(number, len(answer.quotes), mismatches, None)


def _is_recorded_error(data: Any) -> bool:
    """Return whether a batch recorded a bad question here, which cites nothing to check."""
    return isinstance(data, dict) and set(data) == {"id", "error"}


def _check_quote(quote: Quote, read_text: ReadText) -> list[Mismatch]:
    beside = [*quote.context] if quote.speaker is None else [*quote.context, quote.speaker]
    mismatches = _check_places(quote, [quote, *beside], read_text)
    for place in quote.also_in:
        mismatches += _check_places(place, [place], read_text)
    return mismatches


def _check_places(
    cited: Quote | Place, places: Sequence[Quote | Place | Excerpt], read_text: ReadText
) -> list[Mismatch]:
    """Check places of one article version; a missing or changed text is reported once."""
    text = read_text(cited.article_id, cited.version)
    if text is None:
        return [_mismatch(cited, cited, MismatchKind.MISSING)]
    if hash_text(text) != cited.sha256:
        return [_mismatch(cited, cited, MismatchKind.HASH)]
    return [_mismatch(cited, at, MismatchKind.TEXT) for at in places if not _stands_in(at, text)]


def _stands_in(place: Quote | Place | Excerpt, text: str) -> bool:
    # Python clips a slice that runs past the end, so the offsets are checked by themselves.
    if not 0 <= place.start < place.end <= len(text):
        return False
    if isinstance(place, Quote) and not (
        text.endswith(place.prefix, 0, place.start) and text.startswith(place.suffix, place.end)
    ):
        return False
    return text[place.start : place.end] == place.text


def _mismatch(cited: Quote | Place, at: Quote | Place | Excerpt, kind: MismatchKind) -> Mismatch:
    return Mismatch(cited.article_id, cited.version, at.start, at.end, kind)
