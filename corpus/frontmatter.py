"""Front matter: the fields at the head of a Markdown file, and the text after it.

Between two lines ``+++`` it is TOML. Between two lines ``---`` it is a small part of YAML: one
``key: value`` a line, the value plain or in single or double quotes; comments and empty lines.
Lists and nested values belong to keys that are not read here, and are skipped; under a key that
is read they are refused.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping

from corpus.article import SOURCE_FIELDS
from corpus.errors import RefusedInput

READ_KEYS = frozenset(SOURCE_FIELDS) | {"id"}

LINE_END = r"(?:\r\n?|\n)"
OPENING = re.compile(rf"(\+\+\+|---)[ \t]*{LINE_END}")
CLOSINGS = {
    fence: re.compile(rf"(?<=[\r\n]){re.escape(fence)}[ \t]*(?:{LINE_END}|\Z)")
    for fence in ("+++", "---")
}
KEY_LINE = re.compile(r"([A-Za-z_][A-Za-z0-9_.-]*)[ \t]*:(?:[ \t]+(.*))?")
SINGLE_QUOTED = re.compile(r"'((?:[^']|'')*)'")
# What YAML would take for a list, an alias, a comment or a nested key.
NOT_PLAIN = re.compile(r"[\[\]{},&*!|>%@`\"'#?-]|.*(?: #|: |:\Z)")


def split_front_matter(text: str, *, where: str) -> tuple[Mapping[str, object], str]:
    """Return the fields at the head of a text, and all that stands after their closing line.

    Returns
    -------
    tuple of mapping and str
        No fields and the whole text, if it does not start with a line ``+++`` or ``---``.

    Raises
    ------
    RefusedInput
        If the front matter is not closed or not in its form; the reason names the line.
    """
    opening = OPENING.match(text)
    if opening is None:
        return {}, text
    fence = opening[1]
    closing = CLOSINGS[fence].search(text, opening.end())
    if closing is None:
        raise RefusedInput(where, f"front matter opens with {fence} and is never closed; close it")
    head = text[opening.end() : closing.start()]
    parse = _parse_toml if fence == "+++" else _parse_lines
    return parse(head, where), text[closing.end() :]


def _parse_toml(head: str, where: str) -> Mapping[str, object]:
    try:
        return tomllib.loads("\n" + head)  # the fence's line, so that errors name the file's lines
    except (ValueError, RecursionError) as error:
        raise RefusedInput(where, f"front matter is not TOML: {error}") from error


def _parse_lines(head: str, where: str) -> Mapping[str, object]:
    values: dict[str, object] = {}
    key = ""
    for number, line in enumerate(re.split(LINE_END, head), start=2):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        try:
            key = _take_line(line, key, values)
        except ValueError as error:
            raise RefusedInput(where, f"front matter, line {number}: {error}") from error
    return values


def _take_line(line: str, key: str, values: dict[str, object]) -> str:
    """Put a line's key and value with the others; return the key, or the one above it goes on."""
    if _continues(line):
        _check_skippable(key)
        return key
    key, value = _split_key(line)
    if key in values:
        raise ValueError(f"a second {key[:60]}; keep one")
    values[key] = _parse_scalar(value) if key in READ_KEYS else None
    return key


def _continues(line: str) -> bool:
    """Return whether a line belongs to the value of the key above it."""
    return line[0] in " \t" or line == "-" or line.startswith("- ")


def _check_skippable(key: str) -> None:
    if not key or key in READ_KEYS:
        raise ValueError(f"{key or 'this'} must be one value on one line")


def _split_key(line: str) -> tuple[str, str]:
    match = KEY_LINE.fullmatch(line)
    if match is None:
        raise ValueError("not of the form key: value")
    return match[1], (match[2] or "").strip(" \t")


def _parse_scalar(value: str) -> str | None:
    """Return the string that a value of one line stands for; None where YAML says null."""
    if value in {"", "~", "null", "Null", "NULL"}:
        return None
    if value.startswith('"'):
        return _parse_double_quoted(value)
    if match := SINGLE_QUOTED.fullmatch(value):
        return match[1].replace("''", "'")
    if NOT_PLAIN.match(value):
        raise ValueError(f"put {value[:60]!r} in double quotes")
    return value


def _parse_double_quoted(value: str) -> str:
    """Return a string in double quotes; the escapes of JSON mean the same in YAML."""
    try:
        return str(json.loads(value))
    except ValueError as error:
        raise ValueError(f"{value[:60]!r} is not closed or holds an unknown escape") from error
