"""Message tree -> text for a terminal, a pipe or a file.

Layout adds only what `Margin` and `Glue` hold. Words of an article stand behind a bar, one stored
line to a line, so that no quotation mark of ours can be taken for one of theirs; a title or
question of several lines goes on behind a dotted bar, so that it cannot pass for a quote.
"""

# ruff: noqa: PLC0415 - slow modules wait until they are needed

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import TYPE_CHECKING

from bot.catalogue.answers import AnswerSentence
from bot.catalogue.lines import Line
from bot.inert import make_showable, split_lines
from bot.rendering.message import (
    ExcerptText,
    FieldName,
    Message,
    Piece,
    QuoteView,
    SilenceView,
    SourceView,
)

if TYPE_CHECKING:
    from rich.console import Console


class Margin(Enum):
    """What stands left of a row: of its first line, of further stored lines, of wrapped ones."""

    TOP = ("", "┊ ", "")
    BODY = ("    ", "    ┊ ", "    ")
    WORDS = ("    │ ", "    │ ", "    │ ")
    ITEM = ("    - ", "      ┊ ", "      ")
    UNDER_ITEM = ("      ", "      ┊ ", "      ")


class Glue(StrEnum):
    """What stands between two pieces of a row."""

    SPACE = " "
    DOT = " · "


class Style(StrEnum):
    """How a row looks where colours are wanted, in rich's words."""

    PLAIN = ""
    STRONG = "bold"
    QUIET = "dim"
    NOTE = "yellow"


@dataclass(frozen=True, slots=True)
class Row:
    """Pieces that stand side by side; no pieces make an empty line."""

    margin: Margin
    pieces: tuple[Piece, ...]
    style: Style = Style.PLAIN
    glue: Glue = Glue.SPACE

    def lines(self) -> list[str]:
        """Return the stored lines, without the margin, safe to print."""
        return split_lines(self.glue.join(make_showable(piece.text) for piece in self.pieces))


def render_plain(message: Message) -> str:
    """Return a message as text that ends with a line end; a quote's lines are never wrapped."""
    lines = []
    for row in lay_out(message):
        first, further, _ = row.margin.value
        for number, line in enumerate(row.lines()):
            lines.append((further if number else first) + line)
    return "\n".join(lines) + "\n"


def print_rich(message: Message, console: Console) -> None:
    """Print a message with colours, wrapped between words to the console's width."""
    from rich.text import Text  # a terminal's cost, which a pipe does not pay

    for row in lay_out(message):
        first, further, wrapped = row.margin.value
        for number, line in enumerate(row.lines()):
            margin = further if number else first
            width = max(20, console.width - len(margin))
            text = Text(line, style=row.style.value)
            for shown in text.wrap(console, width, overflow="fold") or [Text()]:
                console.print(Text.assemble((margin, "dim"), shown), soft_wrap=True)
                margin = wrapped if not number else further


def lay_out(message: Message) -> Iterator[Row]:
    """Yield the rows of a message from top to bottom."""
    yield Row(Margin.TOP, (Line(AnswerSentence.QUESTION), message.question), Style.STRONG)
    if message.searched is not None:
        yield Row(Margin.TOP, (Line(AnswerSentence.SEARCHED_FOR), message.searched))
    yield Row(Margin.TOP, (message.collection,), Style.QUIET)
    yield from (Row(Margin.TOP, (note,), Style.NOTE) for note in message.notes)
    if message.behind:
        yield Row(Margin.TOP, message.behind, Style.NOTE)
    for quote in message.quotes:
        yield _blank()
        yield from _quote_rows(quote)
    if message.silence is not None:
        yield _blank()
        yield from _silence_rows(message.silence)


def _quote_rows(quote: QuoteView) -> Iterator[Row]:
    if quote.above:
        yield Row(Margin.TOP, quote.above, Style.NOTE)
        yield _blank()
    yield Row(Margin.TOP, (quote.number, *quote.notes), Style.NOTE)
    if quote.context:
        yield _label(AnswerSentence.CONTEXT)
        yield from _words_rows(quote.context, Style.QUIET)
        yield _label(AnswerSentence.QUOTE)
    yield from _words_rows([quote.words], Style.STRONG)
    if quote.speaker is not None:
        yield _label(AnswerSentence.SAID_BY)
        yield from _words_rows([quote.speaker], Style.PLAIN)
    yield from _source_rows(quote.source, Margin.BODY, Margin.BODY)
    yield from (Row(Margin.BODY, (line,), Style.NOTE) for line in quote.below)
    if quote.same_words_in:
        yield _label(AnswerSentence.ALSO_IN)
        for source in quote.same_words_in:
            yield from _source_rows(source, Margin.ITEM, Margin.UNDER_ITEM)
    if quote.nearly_in:
        yield _label(AnswerSentence.NEARLY)
        for words, source in quote.nearly_in:
            yield from _words_rows([words], Style.QUIET)
            yield from _source_rows(source, Margin.ITEM, Margin.UNDER_ITEM)


def _silence_rows(silence: SilenceView) -> Iterator[Row]:
    yield Row(Margin.TOP, (silence.reason,), Style.STRONG)
    if silence.unmatched is not None:
        yield Row(Margin.TOP, (silence.unmatched,))
    if silence.nearest:
        yield Row(Margin.TOP, (Line(AnswerSentence.NEAREST),))
        for source in silence.nearest:
            yield from _source_rows(source, Margin.ITEM, Margin.UNDER_ITEM)


def _words_rows(words: Iterable[ExcerptText | Line], style: Style) -> Iterator[Row]:
    for piece in words:
        if isinstance(piece, ExcerptText):
            yield Row(Margin.WORDS, (piece,), style)
        else:
            yield Row(Margin.BODY, (piece,), Style.NOTE)


def _source_rows(source: SourceView, first: Margin, further: Margin) -> Iterator[Row]:
    # The label keeps a title that starts with a bar from passing for a quoted line.
    yield Row(first, (Line(AnswerSentence.SOURCE), source.title))
    yield Row(further, source.details, glue=Glue.DOT)
    if source.address is not None:
        from_file = source.address.name is FieldName.FILE
        label = (Line(AnswerSentence.FILE),) if from_file else ()
        yield Row(further, (*label, source.address), Style.QUIET)
    if source.place is not None:
        yield Row(further, (source.place,), Style.QUIET)


def _label(sentence: AnswerSentence) -> Row:
    return Row(Margin.BODY, (Line(sentence),), Style.QUIET)


def _blank() -> Row:
    return Row(Margin.TOP, ())
