"""A selection to a quote: words sliced from the stored text, with what is shown beside them."""

from __future__ import annotations

import numpy as np

from corpus.article import Span
from retrieval.answer import Excerpt, Place, Quote
from retrieval.context import find_context
from retrieval.indexing.index import Index
from retrieval.quoting import (
    MAX_QUOTE_CHARS,
    Selection,
    article_of,
    block_run,
    run_span,
    sentence_span,
)
from retrieval.speakers import find_speaker, find_speaker_after, is_bare_quotation, runs_on

AFFIX_CHARS = 32
SCORE_DECIMALS = 6
# How many sentences before a quote and how much of its block are read for what it needs.
SENTENCES_READ = 100
BLOCK_CHARS = 5000


def cite_selection(index: Index, selection: Selection, rank: int) -> Quote:
    """Return the quote that a selection makes, with its context, speaker and copies."""
    record, text = index.record(selection.article), index.text(selection.article)
    span = run_span(index, selection.first, selection.last)
    context, speaker = _find_beside(index, selection, text)
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
        score=round(selection.score, SCORE_DECIMALS),
        context=tuple(_excerpt(place, text) for place in context),
        speaker=None if speaker is None else _excerpt(speaker, text),
        source=record.source,
        also_in=_cite_copies(index, selection),
    )


def _find_beside(index: Index, selection: Selection, text: str) -> tuple[list[Span], Span | None]:
    """Return what is to be read before a quote, and who says it if nothing in it tells.

    Where that is not found out, the sentence before a quotation is shown.
    """
    span, block = run_span(index, selection.first, selection.last), _block_around(index, selection)
    before = _sentences_before(index, selection)
    texts = [text[start:end] for start, end in before]
    numbers = range(selection.first, selection.last + 1)
    sentences = [sentence_span(index, number).slice(text) for number in numbers]
    context = [Span(*before[place]) for place in find_context(sentences, texts)]
    preceding = text[block.start : span.start]
    if not is_bare_quotation(span.slice(text), preceding):
        return context, None
    speaker = None
    if runs_on(text[block.start : span.end]):
        after = find_speaker_after(block.slice(text), span.end - block.start)
        speaker = after and after.shift(block.start)
    if speaker is None and (found := find_speaker(texts)):
        speaker = found[1].shift(before[found[0]][0])
    if not context and speaker is None and before:
        context = [Span(*before[0])]
    return context, speaker


def _block_around(index: Index, selection: Selection) -> Span:
    """Return a selection's block, or what stands near the selection in a very long one."""
    span = run_span(index, selection.first, selection.last)
    block = run_span(index, *block_run(index, selection.first))
    start, end = span.start - BLOCK_CHARS, span.end + BLOCK_CHARS
    return Span(max(block.start, start), min(block.end, end))


def _sentences_before(index: Index, selection: Selection) -> list[tuple[int, int]]:
    """Return where the sentences that may explain a selection start and end, nearest first.

    For a body quote they are body sentences of its article, for a caption those of the caption.
    Sentences that are too long to be shown are left out.
    """
    arrays = index.arrays
    start = int(arrays.sentence_offsets[selection.article])
    if selection.is_caption:
        start = block_run(index, selection.first)[0]
    start = max(start, selection.first - SENTENCES_READ)
    passages = arrays.sentence_passage[start : selection.first]
    starts = arrays.sentence_start[start : selection.first]
    ends = arrays.sentence_end[start : selection.first]
    may_be_shown = arrays.passage_is_caption[passages] == selection.is_caption
    may_be_shown &= ends - starts <= MAX_QUOTE_CHARS
    shown = np.flatnonzero(may_be_shown)[::-1]
    return list(zip(starts[shown].tolist(), ends[shown].tolist(), strict=True))


def _excerpt(span: Span, text: str) -> Excerpt:
    return Excerpt(span.start, span.end, span.slice(text))


def _cite_copies(index: Index, selection: Selection) -> tuple[Place, ...]:
    """Return where copies stand in other articles, by article id and place."""
    return tuple(
        _cite_copy(index, sentence, article)
        for sentence in sorted(selection.copies)
        if (article := article_of(index, sentence)) != selection.article
    )


def _cite_copy(index: Index, sentence: int, article: int) -> Place:
    """Return where a copy of a quoted sentence stands."""
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
