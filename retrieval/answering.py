"""A question to an answer: rank, choose quotes, then answer or stay silent."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import compress, zip_longest

from retrieval.abstaining import estimate_confidence, reason_for_silence
from retrieval.answer import (
    MAX_QUESTION_CHARS,
    Abstention,
    Answer,
    NearestSource,
    Note,
    NoteKind,
    Quote,
    Reason,
)
from retrieval.arranging import Arranged, put_figures_together, put_response_beside
from retrieval.citing import cite_selection
from retrieval.considering import Considered, Wanted, consider_question, select_quotes
from retrieval.filtering import Filtered, filter_articles, narrow_to_publisher
from retrieval.indexing.index import Index
from retrieval.languages import is_foreign
from retrieval.models import Models, load_models
from retrieval.noting import note_arranged, note_origins, quote_notes
from retrieval.question.parts import join_backward, split_questions
from retrieval.question.publishers import find_source
from retrieval.question.requests import is_request
from retrieval.quoting import Selection, sentence_terms, share_words
from retrieval.ranking import best_rows
from retrieval.searched import describe_search
from retrieval.tokens import find_words

MAX_QUOTES = 3
QUOTE_CHARS = 300
NEAREST_SOURCES = 3
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
            raise ValueError(
                "an answer needs room for at least 1 quote of 1 character, "
                f"not {self.max_quotes} of {self.quote_chars}"
            )
        if self.min_confidence is not None and not 0 <= self.min_confidence <= 1:
            raise ValueError(f"a confidence is from 0 to 1, not {self.min_confidence}")
        if self.published_from and self.published_to and self.published_from > self.published_to:
            raise ValueError(
                f"the period from {self.published_from} to {self.published_to} is empty"
            )


@dataclass(frozen=True, slots=True)
class _Search:
    """What is asked of which articles."""

    index: Index
    request: Request
    question: str  # without the publisher that it names as its source
    filtered: Filtered
    notes: tuple[Note, ...]
    most_quotes: int
    models: Models

    def consider(self, question: str) -> Considered:
        """Return what would be quoted for a question."""
        return consider_question(
            self.index,
            question,
            Wanted(self.request.max_quotes, self.most_quotes, self.request.quote_chars),
            asked=self.request.asked,
            allowed=self.filtered.allowed,
            models=self.models,
        )


@dataclass(frozen=True, slots=True)
class _Part:
    """One question of a message, with what would be quoted for it."""

    question: str
    considered: Considered
    confidence: float


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What an answer holds beyond the question itself."""

    quotes: tuple[Quote, ...] = ()
    notes: tuple[Note, ...] = ()
    abstained: Abstention | None = None
    confidence: float = 0.0
    further: tuple[Quote, ...] = ()
    searched: str | None = None


def answer_question(index: Index, request: Request, *, models: Models | None = None) -> Answer:
    """Answer a question with quotes, or with a reason for silence.

    Parameters
    ----------
    models : Models, optional
        Others than those that ship, for measuring.

    Raises
    ------
    ValueError
        If the request's source matches no article.
    """
    return answer_with_further(index, request, most_quotes=request.max_quotes, models=models)[0]


def answer_with_further(
    index: Index, request: Request, *, most_quotes: int, models: Models | None = None
) -> tuple[Answer, tuple[Quote, ...]]:
    """Answer a question, and return the quotes that a longer answer would show after its own.

    Whether to answer is decided by the answer's own quotes alone; silence has no further ones.

    Parameters
    ----------
    most_quotes : int
        Of the answer and the further ones together, at least the request's ``max_quotes``.
    models : Models, optional
        Others than those that ship, for measuring.

    Raises
    ------
    ValueError
        If the request's source matches no article.
    """
    started = time.perf_counter()
    outcome = _answer(index, request, most_quotes, models or load_models())
    answer = Answer(
        question=request.question,
        searched=request.question if outcome.searched is None else outcome.searched,
        collection=index.collection,
        asked=request.asked.isoformat() if request.asked else index.newest,
        quotes=outcome.quotes,
        notes=outcome.notes,
        abstained=outcome.abstained,
        confidence=outcome.confidence,
        index=index.digest,
        elapsed_ms=round((time.perf_counter() - started) * 1000, 3),
    )
    return answer, outcome.further


def _answer(index: Index, request: Request, most_quotes: int, models: Models) -> _Outcome:
    """Stop at the first reason for silence, or quote."""
    if len(request.question) > MAX_QUESTION_CHARS:
        return _Outcome(abstained=Abstention(Reason.TOO_LONG))
    search = _prepare(index, request, most_quotes, models)
    if not any(find_words(request.question)) or is_request(request.question):
        return _Outcome(notes=search.notes, abstained=Abstention(Reason.NOT_A_QUESTION))
    asked = [part for part in split_questions(search.question) if not is_request(part)]
    parts = [_ask(search, part) for part in join_backward(tuple(asked)) or (search.question,)]
    if not any(part.considered.query.terms for part in parts):
        return _Outcome(notes=search.notes, abstained=Abstention(Reason.ONLY_STOP_WORDS))
    least = models.threshold if request.min_confidence is None else request.min_confidence
    is_answered = [part.considered.windows != () and part.confidence >= least for part in parts]
    if not any(is_answered):
        return _stay_silent(search, parts)
    return _quote(search, parts, is_answered)


def _prepare(index: Index, request: Request, most_quotes: int, models: Models) -> _Search:
    """Return which articles are asked; a publisher that the question names alone, if it does."""
    filtered = filter_articles(index, request.source, request.published_from, request.published_to)
    question, notes = request.question, []
    if filtered.undated:
        notes.append(Note(NoteKind.UNDATED_LEFT_OUT, count=filtered.undated))
    named = None if request.source else find_source(index.publishers, question)
    if named is not None:
        question, filtered = named.rest, narrow_to_publisher(index, filtered, named.publisher)
        notes.append(Note(NoteKind.PUBLISHER_ONLY, count=int(filtered.allowed.sum())))
    return _Search(index, request, question, filtered, tuple(notes), most_quotes, models)


def _ask(search: _Search, question: str) -> _Part:
    considered = search.consider(question)
    confidence = estimate_confidence(search.models, question, considered)
    return _Part(question, considered, round(confidence, _DECIMALS))


def _quote(search: _Search, parts: Sequence[_Part], is_answered: Sequence[bool]) -> _Outcome:
    """Quote what answers the parts that are answered, with what is to be said about it."""
    index, allowed = search.index, search.filtered.allowed
    by_part = [
        select_quotes(index, part.considered, allowed) if is_one else []
        for part, is_one in zip(parts, is_answered, strict=True)
    ]
    selections = _take_turns(index, by_part)
    arranged = _arrange(search, parts, selections[: search.request.max_quotes])
    shown = arranged.selections
    behind = [one for one in selections[: search.most_quotes] if not _is_in(index, one, shown)]
    behind = behind[: search.most_quotes - len(shown)]
    cited = [
        cite_selection(index, one, rank) for rank, one in enumerate((*shown, *behind), start=1)
    ]
    quotes, further = tuple(cited[: len(shown)]), tuple(cited[len(shown) :])
    notes = (
        *_note_unanswered(is_answered),
        *note_arranged(index, arranged, n_searched=int(allowed.sum())),
        *quote_notes(quotes),
        *note_origins(index, shown, quotes),
        *search.notes,
    )
    confidence = min(one.confidence for one in compress(parts, is_answered))
    searched = _describe(search, parts, shown)
    return _Outcome(quotes, notes, None, confidence, further, searched)


def _arrange(search: _Search, parts: Sequence[_Part], own: Sequence[Selection]) -> Arranged:
    """Return the quotes with what other articles say; of several questions, just the quotes."""
    if len(parts) > 1:
        return Arranged(tuple(own))
    (part,), index, allowed = parts, search.index, search.filtered.allowed
    arranged = put_figures_together(index, part.question, part.considered, allowed, own)
    most = search.request.max_quotes
    return put_response_beside(index, part.question, arranged, allowed, search.consider, most=most)


def _note_unanswered(is_answered: Sequence[bool]) -> Iterator[Note]:
    """Yield for which of several questions no answer was found."""
    for place, is_one in enumerate(is_answered, start=1):
        if not is_one:
            yield Note(NoteKind.PART_UNANSWERED, count=place)


def _is_in(index: Index, selection: Selection, others: Iterable[Selection]) -> bool:
    return any(share_words(index, selection, other) for other in others)


def _take_turns(index: Index, parts: Sequence[list[Selection]]) -> list[Selection]:
    """Return the quotes of several questions, the best of each first; none twice."""
    turns = (one for turn in zip_longest(*parts) for one in turn if one is not None)
    taken: list[Selection] = []
    for one in turns:
        if not _is_in(index, one, taken):
            taken.append(one)
    return taken


def _describe(search: _Search, parts: Sequence[_Part], shown: Sequence[Selection]) -> str:
    """Return what was searched for."""
    held = {
        term
        for one in shown
        for sentence in range(one.first, one.last + 1)
        for term in sentence_terms(search.index, sentence)
    }
    terms = {term.written: term for part in parts for term in part.considered.query.terms}
    return describe_search(search.index, search.question, terms.values(), held)


def _stay_silent(search: _Search, parts: Sequence[_Part]) -> _Outcome:
    """Return silence with the words no article holds and the sources nearest to the topic."""
    index = search.index
    likeliest = max(parts, key=lambda part: part.confidence)
    considered = likeliest.considered
    if is_foreign(index, search.question, considered.query):
        reason = Reason.LANGUAGE
    elif not considered.scores.blended.any():
        reason = Reason.NO_MATCH
    elif considered.features is None:
        reason = Reason.NOT_THIS_FACT
    else:
        reason = reason_for_silence(considered.features)
    rows = best_rows(considered.scores.blended, NEAREST_SOURCES * 10)
    articles = dict.fromkeys(int(index.arrays.passage_article[row]) for row in rows)
    records = [index.record(article) for article in list(articles)[:NEAREST_SOURCES]]
    nearest = tuple(NearestSource(record.article_id, record.source) for record in records)
    unmatched = dict.fromkeys(
        term.written
        for part in parts
        for term in part.considered.query.terms
        if term.number is None and not term.alternatives
    )
    return _Outcome(
        notes=search.notes,
        abstained=Abstention(reason, tuple(unmatched), nearest),
        confidence=likeliest.confidence,
        searched=_describe(search, parts, ()),
    )
