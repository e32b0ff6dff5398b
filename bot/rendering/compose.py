"""Answer -> message tree: what is said about each quote and each silence, wherever it is shown."""

from __future__ import annotations

from collections.abc import Iterator

from bot.catalogue.answers import REASONS, AnswerSentence, note_line
from bot.catalogue.lines import Line
from bot.catalogue.parameters import ArticleId, Collection, Number, QuestionWords
from bot.inert import is_showable
from bot.rendering.message import (
    ExcerptText,
    FieldName,
    FieldText,
    Message,
    QuestionForm,
    QuestionText,
    QuoteView,
    SilenceView,
    SourceView,
)
from bot.standing_notes import keep_notes
from corpus.article import BlockKind
from retrieval.answer import (
    Abstention,
    Answer,
    Excerpt,
    Note,
    NoteKind,
    Place,
    Quote,
    SourceFields,
)

# Beside a quote's number stand no captions, which are known by the quote; no missing dates, said
# where the date would stand; and none of the notes that have places of their own.
BEHIND = {NoteKind.ARTICLES, NoteKind.ORIGINS}
SAID_ELSEWHERE = {
    NoteKind.CAPTION,
    NoteKind.NO_DATE,
    NoteKind.FIGURES_DIFFER,
    NoteKind.NO_RESPONSE,
    *BEHIND,
}


def compose_message(answer: Answer) -> Message:
    """Return the reply to an answer's question.

    Words that cannot be shown character for character are not quoted: a line says so, and the
    source is named as always. Notes about single quotes stand with them, others are about all;
    those that need more than still stands are left out.
    """
    notes = tuple(keep_notes(answer.notes, answer.quotes))
    silence = None if answer.abstained is None else _silence(answer.abstained, notes)
    searched_otherwise = answer.searched.strip() not in {"", answer.question.strip()}
    return Message(
        question=QuestionText(answer),
        searched=QuestionText(answer, QuestionForm.SEARCHED) if searched_otherwise else None,
        collection=Line(AnswerSentence.COLLECTION, (Collection(answer.collection),)),
        quotes=tuple(_quote(quote, notes) for quote in answer.quotes),
        silence=silence,
        notes=tuple(
            _note_line(note)
            for note in notes
            if not note.quotes
            and note.kind not in BEHIND
            and not (silence and note.kind is NoteKind.UNVERIFIED)
        ),
        behind=tuple(_note_line(note) for note in notes if note.kind in BEHIND),
    )


def _quote(quote: Quote, notes: tuple[Note, ...]) -> QuoteView:
    return QuoteView(
        number=_number(quote.rank),
        above=tuple(_above(quote, notes)),
        notes=tuple(_quote_notes(quote, notes)),
        below=tuple(_below(quote, notes)),
        context=tuple(_words(excerpt) for excerpt in quote.context),
        words=_words(quote),
        speaker=None if quote.speaker is None else _words(quote.speaker),
        source=_source(quote.source, _place(quote)),
        same_words_in=tuple(
            _source(place.source, _place(place))
            for place in quote.also_in
            if place.text in quote.text
        ),
        nearly_in=tuple(
            (_words(place), _source(place.source, _place(place)))
            for place in quote.also_in
            if place.text not in quote.text
        ),
    )


def _above(quote: Quote, notes: tuple[Note, ...]) -> Iterator[Line]:
    """Yield that figures differ, above the first quote it is about, with the numbers of all.

    The figures themselves are left where they stand: cut out of their sentences they could mislead.
    """
    for note in notes:
        if note.kind is NoteKind.FIGURES_DIFFER and quote.rank in note.quotes[:1]:
            yield _note_line(note)
            yield from map(_number, note.quotes)


def _below(quote: Quote, notes: tuple[Note, ...]) -> Iterator[Line]:
    """Yield that no response was found, below the last quote of the claim."""
    for note in notes:
        if note.kind is NoteKind.NO_RESPONSE and quote.rank in note.quotes[-1:]:
            yield _note_line(note)


def _quote_notes(quote: Quote, notes: tuple[Note, ...]) -> Iterator[Line]:
    """Yield what is said beside a quote's number."""
    if quote.kind == BlockKind.CAPTION:
        yield Line(AnswerSentence.CAPTION)
    for note in notes:
        if quote.rank in note.quotes and note.kind not in SAID_ELSEWHERE:
            yield _note_line(note)


def _silence(abstained: Abstention, notes: tuple[Note, ...]) -> SilenceView:
    """Return why there is silence; quotes that were found and failed the check are the reason."""
    unmatched = None
    if abstained.unmatched:
        unmatched = Line(AnswerSentence.WORDS_NOT_FOUND, (QuestionWords(abstained.unmatched),))
    return SilenceView(
        reason=next(
            (_note_line(note) for note in notes if note.kind is NoteKind.UNVERIFIED),
            REASONS[abstained.reason],
        ),
        unmatched=unmatched,
        nearest=tuple(_source(nearest.source, None) for nearest in abstained.nearest),
    )


def _number(rank: int) -> Line:
    return Line(AnswerSentence.QUOTE_NUMBER, (Number(rank),))


def _note_line(note: Note) -> Line:
    return note_line(note.kind, note.count)


def _words(place: Quote | Excerpt | Place) -> ExcerptText | Line:
    return ExcerptText(place) if is_showable(place.text) else Line(AnswerSentence.UNSHOWABLE)


def _source(source: SourceFields, place: Line | None) -> SourceView:
    known = (_field(source, name) for name in (FieldName.PUBLISHER, FieldName.AUTHOR))
    return SourceView(
        title=_field(source, FieldName.TITLE) or Line(AnswerSentence.NO_TITLE),
        details=(
            _field(source, FieldName.PUBLISHED) or Line(AnswerSentence.NO_DATE),
            *(detail for detail in known if detail is not None),
        ),
        address=_field(source, FieldName.URL) or _field(source, FieldName.FILE),
        place=place,
    )


def _field(source: SourceFields, name: FieldName) -> FieldText | None:
    return FieldText(source, name) if getattr(source, name) else None


def _place(cited: Quote | Place) -> Line:
    return Line(
        AnswerSentence.PLACE,
        (
            ArticleId(cited.article_id),
            Number(cited.version),
            Number(cited.start),
            Number(cited.end),
        ),
    )
