"""A question to an answer: rank, choose quotes, then answer or stay silent."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np

from corpus.article import Span
from corpus.samples import is_sample
from retrieval.abstaining import load_model, reason_for_silence
from retrieval.answer import (
    Abstention,
    Answer,
    Excerpt,
    NearestSource,
    Note,
    NoteKind,
    NotePlace,
    Place,
    Quote,
    Reason,
)
from retrieval.context import SENTENCES_BACK, find_context
from retrieval.features import Features, measure_features
from retrieval.filtering import Filtered, filter_articles
from retrieval.index import Index
from retrieval.languages import is_foreign
from retrieval.quoting import Selection, run_span, select_quotes, sentence_span
from retrieval.ranking import (
    Floats,
    Query,
    best_rows,
    blend_scores,
    score_articles,
    score_passages,
    weigh_query,
)
from retrieval.speakers import find_speaker, is_bare_quotation
from retrieval.tokens import WORD, fold_word

MAX_QUESTION_CHARS = 1000
MAX_QUOTES = 3
QUOTE_CHARS = 300
NEAREST_SOURCES = 3
AFFIX_CHARS = 32
_DECIMALS = 6


@dataclass(frozen=True, slots=True)
class Request:
    """A question with everything that may change its answer.

    Parameters
    ----------
    question : str
        At most ``MAX_QUESTION_CHARS`` characters; a longer one is met with silence.
    source : str or None
        An article id, or words of a publisher or title, whose articles alone are asked.
    published_from, published_to : datetime.date or None
        Only articles of these days; undated ones are left out and counted.
    asked : datetime.date or None
        The day asked; None takes that of the newest dated article.
    max_quotes : int
        From 1.
    quote_chars : int
        What a quote of several sentences aims at.
    min_confidence : float or None
        Below it Quoth stays silent; 0 turns silence off, None takes the shipped threshold.

    Raises
    ------
    ValueError
        If a number is out of range or the dates are reversed.
    """

    question: str
    source: str | None = None
    published_from: date | None = None
    published_to: date | None = None
    asked: date | None = None
    max_quotes: int = MAX_QUOTES
    quote_chars: int = QUOTE_CHARS
    min_confidence: float | None = None

    def __post_init__(self) -> None:
        if self.max_quotes < 1 or self.quote_chars < 1:
            raise ValueError("an answer needs room for at least one quote of one character")
        if self.published_from and self.published_to and self.published_from > self.published_to:
            raise ValueError(
                f"the period from {self.published_from} to {self.published_to} is empty"
            )


@dataclass(frozen=True, slots=True)
class Considered:
    """What would be quoted for a question, before it is decided whether to.

    Parameters
    ----------
    query : Query
    scores : numpy.ndarray, shape (n_passages,)
        What passages are ranked by; 0 for those filtered out.
    selections : tuple of Selection
        Best first; empty if no sentence holds a word of the question.
    features : Features or None
        None exactly when there are no selections.
    """

    query: Query
    scores: Floats
    selections: tuple[Selection, ...]
    features: Features | None


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What an answer holds beyond the question itself."""

    quotes: tuple[Quote, ...] = ()
    notes: tuple[Note, ...] = ()
    abstained: Abstention | None = None
    confidence: float = 0.0


def answer_question(index: Index, request: Request) -> Answer:
    """Answer a question with quotes, or with a reason for silence.

    Raises
    ------
    ValueError
        If the request's source matches no article.
    """
    started = time.perf_counter()
    outcome = _answer(index, request)
    asked = request.asked.isoformat() if request.asked else index.newest
    return Answer(
        question=request.question,
        searched=request.question,
        collection=index.collection,
        asked=asked,
        quotes=outcome.quotes,
        notes=outcome.notes,
        abstained=outcome.abstained,
        confidence=outcome.confidence,
        index=index.digest,
        elapsed_ms=round((time.perf_counter() - started) * 1000, 3),
    )


def _answer(index: Index, request: Request) -> _Outcome:
    """Stop at the first reason for silence, or quote."""
    question = request.question
    if len(question) > MAX_QUESTION_CHARS:
        return _Outcome(abstained=Abstention(Reason.TOO_LONG))
    filtered = filter_articles(index, request.source, request.published_from, request.published_to)
    notes = _filter_notes(filtered)
    considered = consider_question(index, request, filtered)
    if not considered.query.unigrams:
        reason = Reason.ONLY_STOP_WORDS if WORD.search(question) else Reason.NOT_A_QUESTION
        return _Outcome(notes=notes, abstained=Abstention(reason))
    if considered.features is None:
        return _Outcome(notes=notes, abstained=_abstain(index, question, considered))
    model = load_model()
    confidence = round(model.probability(considered.features), _DECIMALS)
    least = model.threshold if request.min_confidence is None else request.min_confidence
    if confidence < least:
        silence = _abstain(index, question, considered)
        return _Outcome(notes=notes, abstained=silence, confidence=confidence)
    quotes = tuple(_quotes(index, considered.selections))
    return _Outcome(quotes, (*_quote_notes(quotes), *notes), None, confidence)


def consider_question(index: Index, request: Request, filtered: Filtered) -> Considered:
    """Rank passages and choose what would be quoted."""
    query = weigh_query(index, request.question)
    allowed = filtered.allowed[index.arrays.passage_article]
    cosines = np.where(allowed, score_passages(index, query), 0.0)
    scores = blend_scores(index, cosines, score_articles(index, query))
    selections = select_quotes(
        index,
        request.question,
        query,
        scores,
        max_quotes=request.max_quotes,
        quote_chars=request.quote_chars,
    )
    features = None
    if selections:
        best = [float(cosines[row]) for row in best_rows(cosines, 2)]
        features = measure_features(index, request.question, query, selections, best)
    return Considered(query, scores, tuple(selections), features)


def _quotes(index: Index, selections: tuple[Selection, ...]) -> Iterator[Quote]:
    """Yield the quotes of selections."""
    for rank, selection in enumerate(selections, start=1):
        yield _make_quote(index, selection, rank)


def _make_quote(index: Index, selection: Selection, rank: int) -> Quote:
    """Slice a quote, its context, speaker and copies from the stored texts."""
    record, text = index.record(selection.article), index.text(selection.article)
    span = run_span(index, selection.first, selection.last)
    before = _body_before(index, selection)
    texts = [place.slice(text) for place in before]
    context = find_context(sentence_span(index, selection.first).slice(text), texts)
    speaker = find_speaker(texts) if is_bare_quotation(span.slice(text)) else None
    return Quote(
        rank=rank,
        article_id=record.article_id,
        version=record.version,
        sha256=record.sha256,
        start=span.start,
        end=span.end,
        text=span.slice(text),
        prefix=text[max(span.start - AFFIX_CHARS, 0) : span.start],
        suffix=text[span.end : span.end + AFFIX_CHARS],
        kind="caption" if selection.is_caption else "body",
        score=round(selection.score, _DECIMALS),
        context=tuple(_excerpt(before[place], text) for place in context),
        speaker=speaker and _excerpt(speaker[1].shift(before[speaker[0]].start), text),
        source=record.source,
        also_in=tuple(_place(index, sentence) for sentence in selection.copies),
    )


def _excerpt(span: Span, text: str) -> Excerpt:
    return Excerpt(span.start, span.end, span.slice(text))


def _place(index: Index, sentence: int) -> Place:
    """Return where a copy of a quoted sentence stands."""
    article = int(np.searchsorted(index.arrays.sentence_offsets, sentence, side="right")) - 1
    record, span = index.record(article), sentence_span(index, sentence)
    return Place(
        article_id=record.article_id,
        version=record.version,
        sha256=record.sha256,
        start=span.start,
        end=span.end,
        text=span.slice(index.text(article)),
        source=record.source,
    )


def _body_before(index: Index, selection: Selection) -> list[Span]:
    """Return the body sentences of the article before a selection, nearest first."""
    arrays = index.arrays
    start = int(arrays.sentence_offsets[selection.article])
    numbers = range(selection.first - 1, start - 1, -1)
    passages = np.searchsorted(arrays.passage_offsets, list(numbers), side="right") - 1
    body = [
        number
        for number, passage in zip(numbers, passages, strict=True)
        if not arrays.passage_is_caption[passage]
    ]
    return [sentence_span(index, number) for number in body[:SENTENCES_BACK]]


def _quote_notes(quotes: tuple[Quote, ...]) -> Iterator[Note]:
    """Yield what the catalogue says about quotes, in a fixed order."""
    captions = [quote for quote in quotes if quote.kind == "caption"]
    if captions:
        spans = tuple(NotePlace(q.article_id, q.version, q.start, q.end) for q in captions)
        yield Note(NoteKind.CAPTION, tuple(quote.rank for quote in captions), spans)
    undated = tuple(quote.rank for quote in quotes if quote.source.published is None)
    if undated:
        yield Note(NoteKind.NO_DATE, undated)
    samples = tuple(q.rank for q in quotes if is_sample(q.source.publisher, q.source.file))
    if samples:
        yield Note(NoteKind.SAMPLE, samples)


def _filter_notes(filtered: Filtered) -> tuple[Note, ...]:
    """Return the note on undated articles that a date filter left out, if any."""
    if not filtered.undated:
        return ()
    return (Note(NoteKind.UNDATED_LEFT_OUT, count=filtered.undated),)


def _abstain(index: Index, question: str, considered: Considered) -> Abstention:
    """Return silence with the words no article holds and the sources nearest to the topic."""
    known = considered.query.known
    unknown = tuple(
        word
        for word in dict.fromkeys(WORD.findall(question))
        if (term := fold_word(word)) and term not in known
    )
    if is_foreign(index, question, considered.query):
        reason = Reason.LANGUAGE
    elif considered.features is None:
        reason = Reason.NO_MATCH
    else:
        reason = reason_for_silence(considered.features)
    rows = best_rows(considered.scores, NEAREST_SOURCES * 10)
    articles = dict.fromkeys(int(index.arrays.passage_article[row]) for row in rows)
    records = [index.record(article) for article in list(articles)[:NEAREST_SOURCES]]
    nearest = tuple(NearestSource(record.article_id, record.source) for record in records)
    return Abstention(reason, unknown, nearest)
