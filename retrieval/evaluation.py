"""Quality measured: ask labelled questions of an index, judge what is shown."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache

from corpus.article import Block, BlockKind, Span
from corpus.blocks import find_blocks
from retrieval.answer import Quote
from retrieval.answering import Request, answer_question
from retrieval.index import Index
from retrieval.judging import JudgedQuote, Outcome, is_hit, is_passage_hit, is_wrong
from retrieval.labelled import LabelledQuestion
from retrieval.ranking import rank_passages
from retrieval.report import RANKS, Report
from retrieval.verification import verify_quotes

CACHED_ARTICLES = 256  # texts and blocks at hand; questions about one article stand together
SILENCE_OFF = 0.0  # the confidence that every answer has


def evaluate(
    index: Index,
    questions: Sequence[LabelledQuestion],
    *,
    max_quotes: int,
    quote_chars: int,
    progress: Callable[[int, int], None] | None = None,
) -> Report:
    """Ask every question twice, with silence off and as shipped, and judge what is shown.

    Parameters
    ----------
    index : Index
        The collection to ask.
    questions : sequence of LabelledQuestion
        As `retrieval.labelled.read_labelled` returns them for this index.
    max_quotes, quote_chars : int
        As in `retrieval.answering.Request`. With fewer than three quotes, hit@3 counts those.
    progress : callable, optional
        Called after each question with the number done and the total.

    Returns
    -------
    Report
        One outcome for each question, in their order.
    """
    articles = _Articles(index)
    outcomes = []
    for done, labelled in enumerate(questions, start=1):
        request = Request(
            labelled.question, asked=labelled.asked, max_quotes=max_quotes, quote_chars=quote_chars
        )
        outcomes.append(_ask(index, request, labelled, articles))
        if progress is not None:
            progress(done, len(questions))
    return Report(tuple(outcomes))


class _Articles:
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
    index: Index, request: Request, labelled: LabelledQuestion, articles: _Articles
) -> Outcome:
    started = time.process_time()
    shipped = answer_question(index, request)
    cpu_ms = 1000 * (time.process_time() - started)
    unsilenced = answer_question(index, replace(request, min_confidence=SILENCE_OFF))
    return Outcome(
        labelled=labelled,
        passages=_judge_passages(index, labelled, articles),
        confidence=unsilenced.confidence,
        unsilenced=tuple(_judge_quote(quote, labelled, articles) for quote in unsilenced.quotes),
        shipped=tuple(_judge_quote(quote, labelled, articles) for quote in shipped.quotes),
        cpu_ms=cpu_ms,
    )


def _judge_passages(
    index: Index, labelled: LabelledQuestion, articles: _Articles
) -> tuple[bool, ...]:
    hits = rank_passages(index, labelled.question, k=max(RANKS))
    return tuple(
        is_passage_hit(
            labelled,
            hit.article_id,
            hit.span,
            hit.span.slice(articles.read(hit.article_id, hit.version) or ""),
        )
        for hit in hits
    )


def _judge_quote(quote: Quote, labelled: LabelledQuestion, articles: _Articles) -> JudgedQuote:
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
