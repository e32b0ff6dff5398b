"""A question to an answer: rank, choose quotes, then answer or stay silent."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from corpus.samples import is_sample
from retrieval.abstaining import load_model, reason_for_silence
from retrieval.answer import (
    MAX_QUESTION_CHARS,
    Abstention,
    Answer,
    NearestSource,
    Note,
    NoteKind,
    NotePlace,
    Quote,
    Reason,
)
from retrieval.citing import cite_selection
from retrieval.features import Features, measure_features
from retrieval.filtering import Filtered, filter_articles
from retrieval.index import Index
from retrieval.languages import is_foreign
from retrieval.quoting import Selection, select_quotes
from retrieval.ranking import (
    Floats,
    Query,
    best_rows,
    blend_scores,
    score_articles,
    score_passages,
    weigh_query,
)
from retrieval.tokens import find_words, fold_word

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
class Considered:
    """What would be quoted for a question, before it is decided whether to.

    Parameters
    ----------
    query : Query
    scores : numpy.ndarray, shape (n_passages,)
        What passages are ranked by; 0 for those filtered out.
    selections : tuple of Selection
        Best first; empty if no sentence that may be quoted holds a word of the question.
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
    further: tuple[Quote, ...] = ()


def answer_question(index: Index, request: Request) -> Answer:
    """Answer a question with quotes, or with a reason for silence.

    Raises
    ------
    ValueError
        If the request's source matches no article.
    """
    return answer_with_further(index, request, most_quotes=request.max_quotes)[0]


def answer_with_further(
    index: Index, request: Request, *, most_quotes: int
) -> tuple[Answer, tuple[Quote, ...]]:
    """Answer a question, and return the quotes that a longer answer would show after its own.

    Whether to answer is decided by the answer's own quotes alone; silence has no further ones.

    Parameters
    ----------
    most_quotes : int
        Of the answer and the further ones together, at least the request's ``max_quotes``.

    Raises
    ------
    ValueError
        If the request's source matches no article.
    """
    started = time.perf_counter()
    outcome = _answer(index, request, most_quotes)
    asked = request.asked.isoformat() if request.asked else index.newest
    answer = Answer(
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
    return answer, outcome.further


def _answer(index: Index, request: Request, most_quotes: int) -> _Outcome:
    """Stop at the first reason for silence, or quote."""
    question = request.question
    if len(question) > MAX_QUESTION_CHARS:
        return _Outcome(abstained=Abstention(Reason.TOO_LONG))
    filtered = filter_articles(index, request.source, request.published_from, request.published_to)
    notes = _filter_notes(filtered)
    considered = consider_question(index, request, filtered, most_quotes=most_quotes)
    if not considered.query.unigrams:
        reason = Reason.ONLY_STOP_WORDS if any(find_words(question)) else Reason.NOT_A_QUESTION
        return _Outcome(notes=notes, abstained=Abstention(reason))
    if considered.features is None:
        return _Outcome(notes=notes, abstained=_abstain(index, question, considered))
    model = load_model()
    confidence = round(model.probability(considered.features), _DECIMALS)
    least = model.threshold if request.min_confidence is None else request.min_confidence
    if confidence < least:
        silence = _abstain(index, question, considered)
        return _Outcome(notes=notes, abstained=silence, confidence=confidence)
    cited = tuple(
        cite_selection(index, selection, rank)
        for rank, selection in enumerate(considered.selections, start=1)
    )
    quotes, further = cited[: request.max_quotes], cited[request.max_quotes :]
    return _Outcome(quotes, (*quote_notes(quotes), *notes), None, confidence, further)


def consider_question(
    index: Index, request: Request, filtered: Filtered, *, most_quotes: int | None = None
) -> Considered:
    """Rank passages and choose what would be quoted.

    Parameters
    ----------
    most_quotes : int or None
        How many selections to return at most, by default the request's ``max_quotes``. Each is
        chosen beside those before it, so that further ones change neither these nor the features.
    """
    query = weigh_query(index, request.question)
    allowed = filtered.allowed[index.arrays.passage_article]
    cosines = np.where(allowed, score_passages(index, query), 0.0)
    scores = blend_scores(index, cosines, score_articles(index, query))
    selections = select_quotes(
        index,
        request.question,
        query,
        scores,
        max_quotes=request.max_quotes if most_quotes is None else most_quotes,
        quote_chars=request.quote_chars,
    )
    features = None
    if selections:
        best = [float(cosines[row]) for row in best_rows(cosines, 2)]
        own = selections[: request.max_quotes]
        features = measure_features(index, request.question, query, own, best)
    return Considered(query, scores, tuple(selections), features)


def quote_notes(quotes: Sequence[Quote]) -> Iterator[Note]:
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
    if is_foreign(index, question, considered.query):
        reason = Reason.LANGUAGE
    elif not considered.scores.any():
        reason = Reason.NO_MATCH
    elif considered.features is None:
        reason = Reason.NOT_THIS_FACT
    else:
        reason = reason_for_silence(considered.features)
    rows = best_rows(considered.scores, NEAREST_SOURCES * 10)
    articles = dict.fromkeys(int(index.arrays.passage_article[row]) for row in rows)
    records = [index.record(article) for article in list(articles)[:NEAREST_SOURCES]]
    nearest = tuple(NearestSource(record.article_id, record.source) for record in records)
    return Abstention(reason, _unmatched(question, considered.query), nearest)


def _unmatched(question: str, query: Query) -> tuple[str, ...]:
    """Return the words a question is about that no article holds, as typed, each term once."""
    words: dict[str, str] = {}
    for word in find_words(question):
        words.setdefault(fold_word(word), word)
    return tuple(words[term] for term in query.unigrams if term not in query.known)
