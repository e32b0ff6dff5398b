"""Quality measured: ask labelled questions of an index, judge what is shown."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache

import numpy as np

from corpus.article import Block, BlockKind, Span
from corpus.blocks import find_blocks
from retrieval.abstaining import estimate_confidence
from retrieval.answer import Quote
from retrieval.answering import Request, answer_question
from retrieval.considering import Wanted, consider_question
from retrieval.filtering import Mask
from retrieval.indexing.index import Index
from retrieval.measuring.judging import (
    JudgedQuote,
    Outcome,
    Trial,
    is_hit,
    is_passage_hit,
    is_wrong,
)
from retrieval.measuring.labelled import LabelledQuestion
from retrieval.measuring.report import RANKS, Report
from retrieval.models import Models, load_models
from retrieval.ranking import make_hit
from retrieval.verification import verify_quotes

CACHED_ARTICLES = 256  # texts and blocks at hand; questions about one article stand together
SILENCE_OFF = 0.0  # the confidence that every answer has

Progress = Callable[[int, int], None]


def evaluate(
    index: Index,
    questions: Sequence[LabelledQuestion],
    *,
    max_quotes: int,
    quote_chars: int,
    models: Models | None = None,
    progress: Progress | None = None,
) -> Report:
    """Ask every question with silence off and as shipped, and judge what is shown.

    Parameters
    ----------
    index : Index
        The collection to ask.
    questions : sequence of LabelledQuestion
        As `retrieval.measuring.labelled.read_labelled` returns them for this index.
    max_quotes, quote_chars : int
        As in `retrieval.answering.Request`. With fewer than three quotes, hit@3 counts those.
    models : Models, optional
        Others than those that ship: a benchmark's have not seen the articles.
    progress : callable, optional
        Called after each question with the number done and the total.

    Returns
    -------
    Report
        One outcome for each question, in their order.
    """
    articles, models = StoredArticles(index), models or load_models()
    outcomes = []
    for done, labelled in enumerate(questions, start=1):
        request = Request(
            labelled.question, asked=labelled.asked, max_quotes=max_quotes, quote_chars=quote_chars
        )
        outcomes.append(_ask(index, request, labelled, articles, models))
        if progress is not None:
            progress(done, len(questions))
    return Report(tuple(outcomes))


def ask_hidden(
    index: Index,
    questions: Sequence[LabelledQuestion],
    *,
    max_quotes: int,
    quote_chars: int,
    progress: Progress | None = None,
) -> tuple[Trial, ...]:
    """Ask the answerable questions while every article with a label for them is left out.

    Returns
    -------
    tuple of Trial
        One for each answerable question, in their order.

    Notes
    -----
    This comes close to an index without those articles and is not the same: their words still
    count in the weights, and a word that they alone hold is known, which makes silence a little
    harder. Copies of the answer in articles that no label names are false answers here.
    """
    asked = [labelled for labelled in questions if labelled.answerable]
    models, trials = load_models(), []
    for done, labelled in enumerate(asked, start=1):
        considered = consider_question(
            index,
            labelled.question,
            Wanted(max_quotes, max_quotes, quote_chars),
            asked=labelled.asked,
            allowed=_hide(index, labelled),
            models=models,
        )
        confidence = estimate_confidence(models, labelled.question, considered)
        trials.append(
            Trial(confidence, bool(considered.windows) and confidence >= models.threshold)
        )
        if progress is not None:
            progress(done, len(asked))
    return tuple(trials)


def _hide(index: Index, labelled: LabelledQuestion) -> Mask:
    """Return which articles are left without those that the labels name."""
    named = {mark.article_id for mark in labelled.gold} | {labelled.article_id}
    allowed = [record.article_id not in named for record in index.articles]
    return np.array(allowed, np.bool_)


class StoredArticles:
    """The texts of an index, and their blocks, found anew: what quotes are judged against."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._numbers = {
            (article.article_id, article.version): number
            for number, article in enumerate(index.articles)
        }
        self.blocks = lru_cache(CACHED_ARTICLES)(self._find_blocks)

    def read(self, article_id: str, version: int) -> str | None:
        """Return an article version's text; None if the index does not have it."""
        number = self._numbers.get((article_id, version))
        return None if number is None else self._index.text(number)

    def _find_blocks(self, article_id: str, version: int) -> tuple[Block, ...]:
        return find_blocks(self.read(article_id, version) or "")


def _ask(
    index: Index,
    request: Request,
    labelled: LabelledQuestion,
    articles: StoredArticles,
    models: Models,
) -> Outcome:
    started = time.process_time()
    unsilenced = answer_question(index, replace(request, min_confidence=SILENCE_OFF), models=models)
    cpu_ms = 1000 * (time.process_time() - started)
    shipped = unsilenced  # every part of the question is answered either way, or is asked again
    if unsilenced.confidence < models.threshold:
        shipped = answer_question(index, request, models=models)
    return Outcome(
        labelled=labelled,
        passages=_judge_passages(index, request, labelled, articles, models),
        confidence=unsilenced.confidence,
        unsilenced=tuple(_judge_quote(quote, labelled, articles) for quote in unsilenced.quotes),
        shipped=tuple(_judge_quote(quote, labelled, articles) for quote in shipped.quotes),
        cpu_ms=cpu_ms,
    )


def _judge_passages(
    index: Index,
    request: Request,
    labelled: LabelledQuestion,
    articles: StoredArticles,
    models: Models,
) -> tuple[bool, ...]:
    considered = consider_question(
        index,
        request.question,
        Wanted(request.max_quotes, request.max_quotes, request.quote_chars),
        asked=request.asked,
        allowed=np.ones(index.n_articles, np.bool_),
        models=models,
    )
    hits = [make_hit(index, int(row), 1.0) for row in considered.passages[: max(RANKS)]]
    return tuple(
        is_passage_hit(
            labelled,
            hit.article_id,
            hit.span,
            hit.span.slice(articles.read(hit.article_id, hit.version) or ""),
        )
        for hit in hits
    )


def _judge_quote(quote: Quote, labelled: LabelledQuestion, articles: StoredArticles) -> JudgedQuote:
    span = Span(quote.start, quote.end)
    kept, _ = verify_quotes([quote], articles.read)
    kinds = {
        block.kind
        for block in articles.blocks(quote.article_id, quote.version)
        if block.span.overlap(span)
    }
    return JudgedQuote(
        hit=is_hit(labelled, quote.article_id, span, quote.text),
        wrong=is_wrong(labelled, quote.article_id, span, quote.text),
        verbatim=bool(kept),
        shown_as_caption=quote.kind == BlockKind.CAPTION,
        beside_body=frozenset(kinds - {BlockKind.BODY}),
        text=quote.text,
    )
