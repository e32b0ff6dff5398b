"""The message tree: what a reply is made of, before it is laid out for chat or terminal.

The closed grammar stands here. A leaf is one of four pieces, and none of them can be made from
free text: an `ExcerptText` reads a quoted place, a `FieldText` reads a source record, a
`QuestionText` reads the question, and a `Line` is a sentence of the catalogue.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.catalogue.lines import Line
from retrieval.answer import Answer, Excerpt, Place, Quote, SourceFields


class FieldName(StrEnum):
    """The fields of a source record that a reply may show."""

    TITLE = "title"
    PUBLISHER = "publisher"
    AUTHOR = "author"
    PUBLISHED = "published"
    URL = "url"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class ExcerptText:
    """The words of a quote, of its context or of its speaker's name."""

    place: Quote | Excerpt | Place

    @property
    def text(self) -> str:
        """Return the stored words."""
        return self.place.text


@dataclass(frozen=True, slots=True)
class FieldText:
    """A known field of a source record.

    Raises
    ------
    ValueError
        If the field is unknown; what is said then is a sentence of the catalogue.
    """

    source: SourceFields
    name: FieldName

    def __post_init__(self) -> None:
        if not getattr(self.source, self.name):
            raise ValueError(f"the source has no {self.name}")

    @property
    def text(self) -> str:
        """Return the recorded value."""
        return str(getattr(self.source, self.name))


class QuestionForm(StrEnum):
    """The two forms in which an answer holds its question."""

    TYPED = "question"
    SEARCHED = "searched"


@dataclass(frozen=True, slots=True)
class QuestionText:
    """The question, shown as data."""

    answer: Answer
    form: QuestionForm = QuestionForm.TYPED

    @property
    def text(self) -> str:
        """Return the question as typed, or as searched for."""
        return str(getattr(self.answer, self.form))


Piece = ExcerptText | FieldText | QuestionText | Line


@dataclass(frozen=True, slots=True)
class SourceView:
    """Where words come from.

    Parameters
    ----------
    title : FieldText or Line
        Or that none is given.
    details : tuple of FieldText or Line
        The date, or that none is given; then what is known of publisher and author.
    address : FieldText or None
        The link, else the file it was read from.
    place : Line or None
        Article, version and offsets: what it takes to check the words.
    """

    title: FieldText | Line
    details: tuple[FieldText | Line, ...]
    address: FieldText | None
    place: Line | None


@dataclass(frozen=True, slots=True)
class QuoteView:
    """One quote with all that belongs to it; a line stands for words that cannot be shown.

    Parameters
    ----------
    above : tuple of Line
        What is said of this quote and later ones together, with their numbers.
    notes : tuple of Line
        What is said of it beside its number.
    below : tuple of Line
        What is said of it below its source.
    """

    number: Line
    above: tuple[Line, ...]
    notes: tuple[Line, ...]
    below: tuple[Line, ...]
    context: tuple[ExcerptText | Line, ...]
    words: ExcerptText | Line
    speaker: ExcerptText | Line | None
    source: SourceView
    same_words_in: tuple[SourceView, ...]
    nearly_in: tuple[tuple[ExcerptText | Line, SourceView], ...]


@dataclass(frozen=True, slots=True)
class SilenceView:
    """Why there is no quote, and where to look instead; it never holds an excerpt."""

    reason: Line
    unmatched: Line | None
    nearest: tuple[SourceView, ...]


@dataclass(frozen=True, slots=True)
class Message:
    """A whole reply.

    Parameters
    ----------
    notes : tuple of Line
        What is said of the search, one line each.
    behind : tuple of Line
        How many articles and origins stand behind the quotes, in one line.
    """

    question: QuestionText
    searched: QuestionText | None
    collection: Line
    quotes: tuple[QuoteView, ...]
    silence: SilenceView | None
    notes: tuple[Line, ...]
    behind: tuple[Line, ...]
