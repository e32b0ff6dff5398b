"""Articles to passages: the stretches that are ranked, each of whole sentences of one kind.

A passage is a run of neighbouring body blocks with nothing between them, or one caption. Short
paragraphs, as newspapers print them, are joined up to ``PASSAGE_CHARS``, so that a paragraph of one
sentence is found by the words of its neighbours too; a longer paragraph is a passage of its own.
"""

from __future__ import annotations

from dataclasses import dataclass

from corpus.article import Article, BlockKind, Span
from corpus.sentences import split_blocks

PASSAGE_CHARS = 400


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence's span and the place of its block among the article's blocks."""

    span: Span
    block: int


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of whole sentences that is indexed and ranked.

    Parameters
    ----------
    sentences : tuple of Sentence
        In order of place, at least one.
    kind : BlockKind
        ``BODY`` or ``CAPTION``.
    heading : Span or None
        The nearest heading above; weighed with the passage, not part of it.
    """

    sentences: tuple[Sentence, ...]
    kind: BlockKind
    heading: Span | None

    @property
    def span(self) -> Span:
        """Return the stretch from the first sentence's start to the last one's end."""
        return Span(self.sentences[0].span.start, self.sentences[-1].span.end)


def split_passages(article: Article) -> list[Passage]:
    """Return the passages of an article, in order of place.

    Returns
    -------
    list of Passage
        Every sentence of a body or caption block stands in exactly one passage.
    """
    passages: list[Passage] = []
    heading: Span | None = None
    run: list[Sentence] = []

    def close_run() -> None:
        if run:
            passages.append(Passage(tuple(run), BlockKind.BODY, heading))
            run.clear()

    parts = split_blocks(article.text, article.blocks)
    for number, (block, spans) in enumerate(zip(article.blocks, parts, strict=True)):
        sentences = [Sentence(span, number) for span in spans]
        if block.kind is not BlockKind.BODY:
            close_run()
        if block.kind is BlockKind.HEADING:
            heading = block.span
        elif block.kind is BlockKind.CAPTION:
            passages.append(Passage(tuple(sentences), BlockKind.CAPTION, heading))
        elif block.kind is BlockKind.BODY:
            if run and block.span.end - run[0].span.start > PASSAGE_CHARS:
                close_run()
            run.extend(sentences)
    close_run()
    return passages
