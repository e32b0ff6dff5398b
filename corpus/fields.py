"""Fields of a source record, from metadata or a side-car file: checked, and kept as written."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit

from corpus.article import SOURCE_FIELDS, Basis, BasisKind, Source
from corpus.dates import parse_date
from corpus.errors import RefusedInput

MAX_FIELD_CHARS = 1_000
MAX_URL_CHARS = 2_000
MAX_LANGUAGE_CHARS = 35  # RFC 5646, section 4.4.1: enough for any tag in use

LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
# urlsplit drops some of these without a word; the address must stand as it is written.
NOT_IN_URL = re.compile(r"[\s\x00-\x20\x7f]")
# NUL ends strings elsewhere, and half a surrogate pair cannot be written as UTF-8.
NOT_IN_FIELD = re.compile("[\x00\ud800-\udfff]")
NO_NOTES: Mapping[str, str] = MappingProxyType({})


def parse_source(
    values: Mapping[str, object],
    *,
    where: str,
    kind: BasisKind,
    notes: Mapping[str, str] = NO_NOTES,
) -> Source:
    """Return the source record that foreign values state.

    Parameters
    ----------
    values : mapping of str to object
        As read from JSON, TOML or front matter. Keys other than ``SOURCE_FIELDS`` are ignored;
        None and blank strings are unknown.
    where : str
        Names the file, line or entry in a refusal.
    kind : BasisKind
        Where the values stand.
    notes : mapping of str to str
        For some fields, how they are known.

    Returns
    -------
    Source
        With a basis for each known field, and no file.

    Raises
    ------
    RefusedInput
        If a value is of the wrong type, too long, or not in its form.
    """
    parsed: dict[str, Any] = {}
    for name in SOURCE_FIELDS:
        if not is_blank(value := values.get(name)):
            try:
                parsed[name] = PARSERS[name](value)
            except ValueError as error:
                raise RefusedInput(where, f"{name} {error}") from error
    basis = {name: Basis(kind, notes.get(name, "")) for name in parsed}
    published, precision = parsed.pop("published", (None, None))
    return Source(**parsed, published=published, published_precision=precision, basis=basis)


def parse_source_id(value: object, *, where: str) -> str | None:
    """Return the id that a source gives an article, a whole number as its digits; None if blank.

    Raises
    ------
    RefusedInput
        If it is neither a string nor a whole number, or is too long.
    """
    if is_blank(value):
        return None
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    try:
        return parse_string(value)
    except ValueError as error:
        raise RefusedInput(where, f"id {error}") from error


def overlay_source(stated: Source, described: Source, *, file: str) -> Source:
    """Return what a file states itself, corrected by what is said about it, with its path."""
    fields = {name: getattr(described, name) for name in described.basis}
    if "published" in fields:
        fields["published_precision"] = described.published_precision
    return replace(stated, **fields, file=file, basis={**stated.basis, **described.basis})


def parse_string(value: object) -> str:
    """Return a title, name or note as written.

    Raises
    ------
    ValueError
        If it is no string, is over 1,000 characters, or holds NUL or half a surrogate pair.
    """
    text = _require_string(value, max_chars=MAX_FIELD_CHARS)
    bad = NOT_IN_FIELD.search(text)
    if bad is not None:
        raise ValueError(
            f"holds {bad[0]!r} at character {bad.start()}, which is no text; remove it"
        )
    return text


def parse_url(value: object) -> str:
    """Return an http or https address as written.

    Raises
    ------
    ValueError
        If it is no such address with a host, or is over 2,000 characters.
    """
    text = _require_string(value, max_chars=MAX_URL_CHARS)
    if NOT_IN_URL.search(text) or NOT_IN_FIELD.search(text) or not _has_web_host(text):
        raise ValueError(
            f"{text[:80]!r} is not an http or https address; correct it or leave it out"
        )
    return text


def parse_language(value: object) -> str:
    """Return a language tag such as ``en`` or ``pt-BR`` as written.

    Raises
    ------
    ValueError
        If it does not look like a tag of BCP 47.
    """
    text = _require_string(value, max_chars=MAX_LANGUAGE_CHARS)
    if LANGUAGE_TAG.fullmatch(text) is None:
        raise ValueError(f"{text!r} is not a language tag; write en or pt-BR")
    return text


def is_blank(value: object) -> bool:
    """Return whether a value says nothing: None or a blank string."""
    return value is None or (isinstance(value, str) and not value.strip())


PARSERS: Mapping[str, Callable[[object], object]] = MappingProxyType(
    {
        "title": parse_string,
        "publisher": parse_string,
        "author": parse_string,
        "published": parse_date,
        "url": parse_url,
        "language": parse_language,
    }
)


def _require_string(value: object, *, max_chars: int) -> str:
    if isinstance(value, str):
        _check_length(value, max_chars=max_chars)
        return value
    raise ValueError(f"must be a string, not of type {type(value).__name__}; put it in quotes")


def _check_length(text: str, *, max_chars: int) -> None:
    if len(text) > max_chars:
        raise ValueError(
            f"has {len(text):,} characters, over the limit of {max_chars:,}; shorten it"
        )


def _has_web_host(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:  # a broken IPv6 address, or a port that is no number
        return False
