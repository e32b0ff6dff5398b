"""The values every citation stands on: spans, blocks, articles and their source records."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

SOURCE_FIELDS = ("title", "publisher", "author", "published", "url", "language")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open stretch ``[start, end)`` of a text, in code points of the text as stored.

    Parameters
    ----------
    start, end : int
        Code points from the start of the text, ``0 <= start < end``.

    Raises
    ------
    ValueError
        If the span is empty, reversed or starts before the text.
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"a span needs 0 <= start < end, not [{self.start}, {self.end})")

    def __len__(self) -> int:
        return self.end - self.start

    def __contains__(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def slice(self, text: str) -> str:
        """Return the characters of a text that the span points at."""
        return text[self.start : self.end]

    def shift(self, offset: int) -> Span:
        """Return the span moved by an offset, as when a stretch is put back into its text."""
        return Span(self.start + offset, self.end + offset)

    def overlap(self, other: Span) -> int:
        """Return how many code points two spans share, 0 if none."""
        return max(0, min(self.end, other.end) - max(self.start, other.start))


class BlockKind(StrEnum):
    """What a block of an article is; only ``BODY`` is quoted as an answer."""

    BODY = "body"
    HEADING = "heading"
    CAPTION = "caption"
    CREDIT = "credit"
    BYLINE = "byline"
    NAVIGATION = "navigation"
    REPEATED = "repeated"


@dataclass(frozen=True, slots=True)
class Block:
    """A span of one kind; it never holds two paragraphs and may be part of a line."""

    span: Span
    kind: BlockKind


class Precision(StrEnum):
    """How exactly a date is known."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


class BasisKind(StrEnum):
    """Where a field of a source record comes from."""

    ARTICLE = "article"
    METADATA = "metadata"
    SIDECAR = "sidecar"
    OPERATOR = "operator"


@dataclass(frozen=True, slots=True)
class Basis:
    """How one field of a source record is known.

    Parameters
    ----------
    kind : BasisKind
        Where the value was read.
    note : str
        What the person who recorded it said about it; may be empty.
    span : Span or None
        The place in the article, if the value stands in its text.
    """

    kind: BasisKind
    note: str = ""
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """What is known about where an article comes from; a missing field is unknown, never guessed.

    Parameters
    ----------
    title, publisher, author, url, language : str or None
        As stated by the article, its metadata, a side-car file or the operator.
    published : datetime.date or None
        The first day of the period in which it was published.
    published_precision : Precision or None
        None exactly when ``published`` is None.
    file : str or None
        Path relative to what was added, with forward slashes; never absolute.
    basis : dict of str to Basis
        One entry for each known field of ``SOURCE_FIELDS``.

    Raises
    ------
    ValueError
        If a date lacks its precision, or the other way round.
    """

    title: str | None = None
    publisher: str | None = None
    author: str | None = None
    published: date | None = None
    published_precision: Precision | None = None
    url: str | None = None
    language: str | None = None
    file: str | None = None
    basis: dict[str, Basis] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if (self.published is None) != (self.published_precision is None):
            raise ValueError("a date and its precision come together")


@dataclass(frozen=True, slots=True)
class Article:
    """One immutable version of an article's text, with its blocks in order of place.

    Parameters
    ----------
    collection : str
        The corpus it belongs to.
    article_id : str
        The same on every machine; see `corpus.identity`.
    version : int
        From 1; another text under the same id is the next version.
    text : str
        As stored: never normalised.
    sha256 : str
        Of the text's UTF-8 bytes, 64 lower-case hex digits.
    blocks : tuple of Block
        Disjoint, in order of place.
    """

    collection: str
    article_id: str
    version: int
    text: str
    sha256: str
    blocks: tuple[Block, ...]


def hash_text(text: str) -> str:
    """Return the SHA-256 of a text's UTF-8 bytes, as 64 lower-case hex digits.

    Raises
    ------
    UnicodeEncodeError
        If the text holds a lone surrogate; such a text is refused when read.
    """
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
