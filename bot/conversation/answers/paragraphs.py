"""A quote to the paragraphs it stands in: what its article says around it."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.article import Block, BlockKind, Span
from corpus.blocks import find_blocks
from corpus.sentences import split_sentences
from retrieval.answer import Excerpt, Quote

MOST_CHARS = 1200  # of the paragraphs around one quote
READ_CHARS = 3000  # of a very long paragraph, before and after the quote


def surroundings(quote: Quote, text: str) -> tuple[Excerpt, ...]:
    """Return the paragraph that a quote stands in, with its neighbours where there is room.

    Parameters
    ----------
    text : str
        The article version that is quoted.

    Returns
    -------
    tuple of Excerpt
        In order of place, whole sentences, and one of them holds the quote; of a paragraph too
        long to be shown whole, the sentences around the quote.
    """
    span = Span(quote.start, quote.end)
    blocks = find_blocks(text)
    own = [number for number, block in enumerate(blocks) if block.span.overlap(span)]
    if not own:
        return (_excerpt(span, text),)
    whole = Span(
        min(span.start, blocks[own[0]].span.start), max(span.end, blocks[own[-1]].span.end)
    )
    if len(whole) > MOST_CHARS:
        return (_excerpt(_sentences_around(span, whole, text), text),)
    spans = [whole]
    room = MOST_CHARS - len(whole)
    for neighbour in (own[0] - 1, own[-1] + 1):
        beside = _neighbour(blocks, neighbour, own)
        if beside is not None and len(beside) <= room:
            spans.append(beside)
            room -= len(beside)
    return tuple(_excerpt(place, text) for place in sorted(spans))


def _neighbour(blocks: Sequence[Block], number: int, own: Sequence[int]) -> Span | None:
    """Return the paragraph beside a body quote, None where anything else is."""
    if not 0 <= number < len(blocks) or blocks[own[0]].kind is not BlockKind.BODY:
        return None
    return blocks[number].span if blocks[number].kind is BlockKind.BODY else None


def _sentences_around(span: Span, paragraph: Span, text: str) -> Span:
    """Return the run of whole sentences that holds a quote and is not too long otherwise."""
    read = Span(
        max(paragraph.start, span.start - READ_CHARS), min(paragraph.end, span.end + READ_CHARS)
    )
    sentences = [found.shift(read.start) for found in split_sentences(read.slice(text))]
    # Where reading begins or ends within the paragraph, a sentence may be cut.
    if read.start > paragraph.start:
        sentences = sentences[1:]
    if read.end < paragraph.end:
        sentences = sentences[:-1]
    around = span
    before = [one for one in sentences if one.start < span.start]
    after = [one for one in sentences if one.end > span.end]
    for one in _by_distance(before, after, span):
        wider = Span(min(around.start, one.start), max(around.end, one.end))
        if len(wider) > MOST_CHARS:
            break
        around = wider
    return around


def _by_distance(before: Sequence[Span], after: Sequence[Span], span: Span) -> Sequence[Span]:
    """Return sentences on either side, nearest first."""
    return sorted(
        [*before, *after],
        key=lambda one: min(abs(span.start - one.end), abs(one.start - span.end)),
    )


def _excerpt(span: Span, text: str) -> Excerpt:
    return Excerpt(span.start, span.end, span.slice(text))
