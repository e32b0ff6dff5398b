"""Many questions at once: one JSON object a line in, one request a line out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, BinaryIO

from bot.days import parse_day
from bot.questions import check_question
from retrieval.answering import Request

MAX_LINE_BYTES = 65_536

# Keys of a line that override the command's options, and the fields of the request they set.
_TEXTS = {"source": "source"}
_DAYS = {"asked": "asked", "from": "published_from", "to": "published_to"}


@dataclass(frozen=True, slots=True)
class BatchLine:
    """One line of a batch: its id as given, and a request, or the reason why there is none."""

    id: str | int | None
    request: Request | None
    error: str | None = None


def read_batch(file: BinaryIO, defaults: Request) -> Iterator[BatchLine]:
    """Yield each line of a batch in order; blank lines are skipped, bad lines are yielded as such.

    Parameters
    ----------
    file : binary file
        JSON objects with ``id`` and ``question``; optional ``asked``, ``source``, ``from`` and
        ``to``; other keys are ignored, so that labelled questions are a batch as well.
    defaults : Request
        What holds for lines that do not say otherwise; its question is not used.
    """
    for line in _bounded_lines(file):
        if line is None:
            yield BatchLine(None, None, f"the line has more than {MAX_LINE_BYTES:,} bytes")
        elif line.strip():
            yield _parse_line(line, defaults)


def _bounded_lines(file: BinaryIO) -> Iterator[bytes | None]:
    """Yield lines, or None for one that is too long, of which only a part is held at a time."""
    while line := file.readline(MAX_LINE_BYTES + 1):
        if len(line) <= MAX_LINE_BYTES:
            yield line
            continue
        while line and not line.endswith(b"\n"):
            line = file.readline(MAX_LINE_BYTES)
        yield None


def _parse_line(line: bytes, defaults: Request) -> BatchLine:
    try:
        data = json.loads(line.decode("utf-8"))
    except (ValueError, RecursionError):
        return BatchLine(None, None, "the line is not JSON in UTF-8")
    if not isinstance(data, dict):
        return BatchLine(None, None, "the line is not a JSON object")
    given = data.get("id")
    if not isinstance(given, str | int) or isinstance(given, bool):
        return BatchLine(None, None, "the line needs an id, a string or a whole number")
    try:
        return BatchLine(given, _parse_request(data, defaults))
    except ValueError as error:
        return BatchLine(given, None, str(error))


def _parse_request(data: dict[str, Any], defaults: Request) -> Request:
    values: dict[str, str | date] = {"question": check_question(_string(data, "question") or "")}
    for key, field in _TEXTS.items():
        if (text := _string(data, key)) is not None:
            values[field] = text
    for key, field in _DAYS.items():
        if (text := _string(data, key)) is not None:
            values[field] = parse_day(text)
    return replace(defaults, **values)  # type: ignore[arg-type]


def _string(data: dict[str, Any], key: str) -> str | None:
    value = data.get(key)
    if value is not None and not isinstance(value, str):
        raise ValueError(f"{key} must be a string, not {value!r:.80}")
    return value
