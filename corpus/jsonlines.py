"""JSON lines: one object a line, read one line at a time."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import BinaryIO

from corpus.decoding import decode_text
from corpus.errors import RefusedInput

SKIP_BYTES = 65_536


def split_lines(file: BinaryIO, *, max_bytes: int) -> Iterator[tuple[int, bytes | None]]:
    """Yield each line that is not blank with its number, from 1.

    Only a line feed ends a line: U+2028 and the like may stand inside a string of JSON.

    Yields
    ------
    tuple of int and (bytes or None)
        None for a line of more than ``max_bytes``, which is never held in memory as a whole.
    """
    number = 0
    while line := file.readline(max_bytes + 1):
        number += 1
        if len(line) > max_bytes and not line.endswith(b"\n"):
            _skip_line(file)
            yield number, None
        elif line.strip():
            yield number, line


def parse_line(line: bytes, *, where: str, encoding: str | None) -> Mapping[str, object]:
    """Return the object on a line, in which ``text`` is still to be checked.

    Raises
    ------
    RefusedInput
        If the line cannot be decoded or is no JSON object.
    """
    text = decode_text(line, where=where, encoding=encoding)
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        reason = f"not JSON at character {error.pos} ({error.msg}); correct the line"
        raise RefusedInput(where, reason) from error
    except (ValueError, RecursionError) as error:  # a number of 5,000 digits, 100,000 brackets
        raise RefusedInput(where, f"not JSON to be read ({error}); correct the line") from error
    if not isinstance(value, dict):
        raise RefusedInput(where, 'not a JSON object; write {"text": "..."}')
    return value


def _skip_line(file: BinaryIO) -> None:
    while rest := file.readline(SKIP_BYTES):
        if rest.endswith(b"\n"):
            return
