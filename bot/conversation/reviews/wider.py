"""A quote with the sentences around it: whole sentences of its block, of the same version."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.article import Article, Span
from corpus.sentences import split_blocks
from retrieval.quoting import MAX_QUOTE_CHARS


def find_wider(article: Article, span: Span) -> Span | None:
    """Return a quote's span with the sentence before and the one after, as far as there are any.

    Parameters
    ----------
    article : corpus.article.Article
        The version that is quoted.
    span : corpus.article.Span
        Whole sentences of one of its blocks.

    Returns
    -------
    corpus.article.Span or None
        At most 700 characters: with both sentences, else the one before, else the one after. None
        if there is none that fits, or the span is not of whole sentences.
    """
    for block, sentences in zip(
        article.blocks, split_blocks(article.text, article.blocks), strict=True
    ):
        if span in block.span:
            wider = (each for each in _wider(sentences, span) if len(each) <= MAX_QUOTE_CHARS)
            return next(wider, None)
    return None


def _wider(sentences: list[Span], span: Span) -> Iterator[Span]:
    """Yield the wider spans there are, the best first."""
    starts = [sentence.start for sentence in sentences]
    ends = [sentence.end for sentence in sentences]
    if span.start not in starts or span.end not in ends:
        return
    first, last = starts.index(span.start), ends.index(span.end)
    before = sentences[max(first - 1, 0)].start
    after = sentences[min(last + 1, len(sentences) - 1)].end
    for wider in (Span(before, after), Span(before, span.end), Span(span.start, after)):
        if wider != span:
            yield wider
