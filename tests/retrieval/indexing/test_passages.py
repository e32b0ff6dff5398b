"""What is ranked: whole sentences, each once, and nothing that could mislead."""

from __future__ import annotations

from itertools import chain, pairwise

import pytest
from hypothesis import given

from corpus.article import Article, BlockKind, Span, hash_text
from corpus.blocks import find_blocks
from corpus.sentences import split_blocks
from retrieval.indexing.passages import PASSAGE_CHARS, Passage, Sentence, split_passages
from tests.strategies import laid_out_articles


def sentences_of(article: Article, *kinds: BlockKind) -> list[Sentence]:
    """Return the sentences of the blocks of these kinds."""
    parts = split_blocks(article.text, article.blocks)
    return [
        Sentence(span, number)
        for number, (block, spans) in enumerate(zip(article.blocks, parts, strict=True))
        if block.kind in kinds
        for span in spans
    ]


def blocks_between(article: Article, passage: Passage) -> set[BlockKind]:
    """Return the kinds of the blocks from a passage's first to its last."""
    first, last = passage.sentences[0].block, passage.sentences[-1].block
    return {block.kind for block in article.blocks[first : last + 1]}


def make_article(text: str) -> Article:
    return Article("main", "a", 1, text, hash_text(text), find_blocks(text))


@given(laid_out_articles())
def test_every_body_and_caption_sentence_is_in_exactly_one_passage(article: Article) -> None:
    """A sentence that no passage holds could never be found, let alone quoted."""
    held = [sentence for passage in split_passages(article) for sentence in passage.sentences]

    assert held == sentences_of(article, BlockKind.BODY, BlockKind.CAPTION)


@given(laid_out_articles())
def test_a_passage_holds_one_kind_and_crosses_nothing(article: Article) -> None:
    """Two paragraphs with a heading between them are about two things."""
    for passage in split_passages(article):
        assert blocks_between(article, passage) == {passage.kind}
        assert passage.kind in {BlockKind.BODY, BlockKind.CAPTION}
        if passage.kind is BlockKind.CAPTION:
            assert len({sentence.block for sentence in passage.sentences}) == 1


@given(laid_out_articles())
def test_a_passage_reaches_from_its_first_sentence_to_its_last(article: Article) -> None:
    passages = split_passages(article)

    assert all(one.span.end <= other.span.start for one, other in pairwise(passages))
    for passage in passages:
        assert all(sentence.span in passage.span for sentence in passage.sentences)
        assert passage.span.start == passage.sentences[0].span.start
        assert passage.span.end == passage.sentences[-1].span.end


@given(laid_out_articles())
def test_a_passage_is_long_only_where_a_paragraph_is(article: Article) -> None:
    for passage in split_passages(article):
        assert len({one.block for one in passage.sentences}) == 1 or (
            len(passage.span) <= PASSAGE_CHARS
        )


@given(laid_out_articles())
def test_neighbouring_paragraphs_are_joined_as_far_as_they_fit(article: Article) -> None:
    """The words of a neighbour help to find a paragraph of one sentence."""
    for one, other in pairwise(split_passages(article)):
        first_block = article.blocks[other.sentences[0].block].span
        if one.sentences[-1].block + 1 == other.sentences[0].block and one.kind is other.kind:
            assert one.kind is BlockKind.CAPTION or first_block.end - one.span.start > PASSAGE_CHARS


@given(laid_out_articles())
def test_the_heading_is_the_nearest_one_above(article: Article) -> None:
    headings = [block.span for block in article.blocks if block.kind is BlockKind.HEADING]

    for passage in split_passages(article):
        above: list[Span | None] = [span for span in headings if span.end <= passage.span.start]
        assert passage.heading == [None, *above][-1]


def test_each_part_of_an_article_has_its_own_heading() -> None:
    text = "Before.\n\n# Storm\n\nIt came at noon.\n\n# Calm\n\nIt left at dusk."

    headings = [one.heading for one in split_passages(make_article(text))]

    assert [one and one.slice(text) for one in headings] == [None, "# Storm", "# Calm"]


@pytest.mark.parametrize("text", ["", " \n\n ", "\u2028"])
def test_an_article_of_nothing_has_no_passages(text: str) -> None:
    assert split_passages(make_article(text)) == []


def test_an_article_of_one_word_is_one_passage() -> None:
    """Whatever the word is: what is stored can be found."""
    assert [passage.span for passage in split_passages(make_article("Storm"))] == [Span(0, 5)]


def test_no_sentence_is_left_behind_at_the_end() -> None:
    text = "\n\n".join(f"Boat {number} reached the harbour before noon." for number in range(40))
    article = make_article(text)

    held = list(chain.from_iterable(one.sentences for one in split_passages(article)))

    assert len(held) == 40
    assert held[-1].span.slice(text) == "Boat 39 reached the harbour before noon."
