"""Quote and source -> the rows that show them in the chat, on answers and wherever else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bot.catalogue.answers import AnswerSentence
from bot.catalogue.lines import Line
from bot.catalogue.parameters import Count
from bot.catalogue.screens import ScreenSentence
from bot.rendering.message import ExcerptText, FieldName, FieldText, QuoteView, SourceView
from bot.rendering.screen import Glue, LinkedTitle, Panel, Row, Style

MOST_PLACES = 3  # of copies, beside a quote


def quote_panel(
    view: QuoteView,
    *,
    numbered: bool = True,
    beside: Iterable[Line] = (),
    places: int = MOST_PLACES,
) -> Panel:
    """Return a quote with all that belongs to it.

    Parameters
    ----------
    numbered : bool
        Whether it stands beside others, so that its number is wanted.
    beside : iterable of Line
        What else is to be said about it, below its source.
    places : int
        Name so many places of its copies at most; the others are counted.
    """
    number = (view.number,) if numbered else ()
    return Panel(
        (
            *_row(view.above, Style.STRONG),
            *_row((*number, *view.notes), Style.QUIET),
            *_words(view),
            *_speaker(view),
            *source_rows(view.source, view.words),
            *(Row((line,), Style.QUIET) for line in (*view.below, *beside)),
            *_copies(view, places),
        )
    )


def too_long_panel(view: QuoteView) -> Panel:
    """Return what stands for a quote that is too long for any screen: its source, no words."""
    said = Row((view.number, Line(ScreenSentence.TOO_LONG)))
    return Panel((*_row(view.above, Style.STRONG), said, *source_rows(view.source, None)))


def source_rows(source: SourceView, words: ExcerptText | Line | None) -> Iterator[Row]:
    """Yield where words come from; the label keeps a title from passing for a sentence of ours."""
    yield Row((Line(AnswerSentence.SOURCE), linked_title(source, words)))
    yield Row(tuple(_details(source)), Style.QUIET, Glue.DOT)


def source_item(source: SourceView, words: ExcerptText | Line | None = None) -> Row:
    """Return a source as one line of a list."""
    return Row((linked_title(source, words), *_details(source)), Style.ITEM, Glue.DOT)


def linked_title(
    source: SourceView, words: ExcerptText | Line | None
) -> FieldText | Line | LinkedTitle:
    """Return a source's title, which leads to the words on its page if there is one."""
    address = source.address
    if address is None or address.name is not FieldName.URL:
        return source.title
    return LinkedTitle(source.title, address, words if isinstance(words, ExcerptText) else None)


def _details(source: SourceView) -> Iterator[FieldText | Line]:
    yield from source.details
    if source.address is not None and source.address.name is FieldName.FILE:
        yield source.address


def _words(view: QuoteView) -> Iterator[Row]:
    if view.context:
        yield Row((Line(AnswerSentence.CONTEXT),), Style.QUIET)
        for piece in view.context:
            yield Row((piece,), Style.QUIET)
        yield Row((Line(AnswerSentence.QUOTE),), Style.QUIET)
    yield Row((view.words,), Style.WORDS if isinstance(view.words, ExcerptText) else Style.PLAIN)


def _speaker(view: QuoteView) -> Iterator[Row]:
    if view.speaker is not None:
        yield Row((Line(AnswerSentence.SAID_BY), view.speaker))


def _copies(view: QuoteView, places: int) -> Iterator[Row]:
    same = view.same_words_in[:places]
    nearly = view.nearly_in[: places - len(same)]
    yield from _labelled(
        AnswerSentence.ALSO_IN,
        [source_item(source) for source in same],
        left=len(view.same_words_in) - len(same),
    )
    rows = [
        row
        for words, source in nearly
        for row in (Row((words,), Style.QUIET), source_item(source, words))
    ]
    yield from _labelled(AnswerSentence.NEARLY, rows, left=len(view.nearly_in) - len(nearly))


def _labelled(label: AnswerSentence, rows: list[Row], *, left: int) -> Iterator[Row]:
    if not rows and not left:
        return
    yield Row((Line(label),), Style.QUIET)
    yield from rows
    if left:
        said = ScreenSentence.MORE_PLACES if rows else ScreenSentence.PLACES
        yield Row((Line(said, (Count(left),)),), Style.ITEM)


def _row(pieces: tuple[Line, ...], style: Style) -> Iterator[Row]:
    if pieces:
        yield Row(pieces, style)
