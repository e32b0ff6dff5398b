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

# A caption is known by its quote, and a missing date is said where the date would stand.
SAID_ELSEWHERE = {NoteKind.CAPTION, NoteKind.NO_DATE}


def compose_message(answer: Answer) -> Message:
    """Return the reply to an answer's question.

    Words that cannot be shown character for character are not quoted: a line says so, and the
    source is named as always. Notes about single quotes stand with them, others are about all.
    """
    silence = None if answer.abstained is None else _silence(answer.abstained, answer.notes)
    searched_otherwise = answer.searched.strip() not in {"", answer.question.strip()}
    return Message(
        question=QuestionText(answer),
        searched=QuestionText(answer, QuestionForm.SEARCHED) if searched_otherwise else None,
        collection=Line(AnswerSentence.COLLECTION, (Collection(answer.collection),)),
        quotes=tuple(_quote(quote, answer.notes) for quote in answer.quotes),
        silence=silence,
        notes=tuple(
            note_line(note.kind, note.count)
            for note in answer.notes
            if not note.quotes and not (silence and note.kind is NoteKind.UNVERIFIED)
        ),
    )


def _quote(quote: Quote, notes: tuple[Note, ...]) -> QuoteView:
    return QuoteView(
        number=Line(AnswerSentence.QUOTE_NUMBER, (Number(quote.rank),)),
        notes=tuple(_quote_notes(quote, notes)),
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


def _quote_notes(quote: Quote, notes: tuple[Note, ...]) -> Iterator[Line]:
    """Yield what is said beside a quote's number."""
    if quote.kind == BlockKind.CAPTION:
        yield Line(AnswerSentence.CAPTION)
    for note in notes:
        if quote.rank in note.quotes and note.kind not in SAID_ELSEWHERE:
            yield note_line(note.kind, note.count)


def _silence(abstained: Abstention, notes: tuple[Note, ...]) -> SilenceView:
    """Return why there is silence; quotes that were found and failed the check are the reason."""
    unmatched = None
    if abstained.unmatched:
        unmatched = Line(AnswerSentence.WORDS_NOT_FOUND, (QuestionWords(abstained.unmatched),))
    return SilenceView(
        reason=next(
            (note_line(note.kind, None) for note in notes if note.kind is NoteKind.UNVERIFIED),
            REASONS[abstained.reason],
        ),
        unmatched=unmatched,
        nearest=tuple(_source(nearest.source, None) for nearest in abstained.nearest),
    )


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
