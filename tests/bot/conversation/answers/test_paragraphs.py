"""What an article says around a quote."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.answers.paragraphs import MOST_CHARS, surroundings
from corpus.article import BlockKind, Span
from corpus.blocks import find_blocks
from corpus.sentences import split_blocks
from retrieval.answer import Quote, SourceFields
from tests.stories import FERRY, HARBOUR, sentences
from tests.strategies import share_of_examples

NO_SOURCE = SourceFields(None, None, None, None, None, None, None)


def make_quote(text: str, span: Span) -> Quote:
    """Return a quote of a text."""
    return Quote(
        rank=1,
        article_id="a",
        version=1,
        sha256="0" * 64,
        start=span.start,
        end=span.end,
        text=span.slice(text),
        prefix="",
        suffix="",
        kind="body",
        score=1.0,
        context=(),
        speaker=None,
        source=NO_SOURCE,
        also_in=(),
    )


def quote_words(text: str, words: str) -> Quote:
    """Return a quote of words that stand in a text."""
    start = text.index(words)
    return make_quote(text, Span(start, start + len(words)))


@given(st.lists(st.lists(sentences(), min_size=1, max_size=60), min_size=1, max_size=4), st.data())
def test_the_quote_stands_whole_in_what_is_shown_around_it(
    paragraphs: list[list[str]], data: st.DataObject
) -> None:
    """What is shown are slices of the article, apart, in order, and no longer than they may be."""
    text = "\n\n".join(" ".join(paragraph) for paragraph in paragraphs)
    found = split_blocks(text, find_blocks(text))
    span = data.draw(st.sampled_from([sentence for block in found for sentence in block]))
    quote = make_quote(text, span)

    around = surroundings(quote, text)

    assert all(excerpt.text == text[excerpt.start : excerpt.end] for excerpt in around)
    assert any(one.start <= quote.start and quote.end <= one.end for one in around)
    assert all(one.end <= other.start for one, other in pairwise(around))
    assert sum(len(one.text) for one in around) <= max(MOST_CHARS, len(quote.text))


@share_of_examples(0.4)
@given(st.lists(sentences(), min_size=60, max_size=120), st.data())
def test_nothing_is_cut_inside_a_sentence(found: list[str], data: st.DataObject) -> None:
    text = " ".join(found)
    (block,) = find_blocks(text)
    spans = split_blocks(text, [block])[0]
    span = data.draw(st.sampled_from(spans))

    around = surroundings(make_quote(text, span), text)

    assert {one.start for one in around} <= {sentence.start for sentence in spans}
    assert {one.end for one in around} <= {sentence.end for sentence in spans}


def test_the_paragraph_stands_between_its_neighbours() -> None:
    quote = quote_words(HARBOUR, "She told reporters that removing one crane costs about")

    around = surroundings(quote, HARBOUR)

    assert [one.text for one in around] == HARBOUR.split("\n\n")[2:5]


def test_the_first_paragraph_has_one_neighbour() -> None:
    around = surroundings(quote_words(FERRY, FERRY.splitlines()[0]), FERRY)

    assert [one.text for one in around] == FERRY.split("\n\n")[:2]


def test_a_neighbour_that_is_no_body_is_left_out() -> None:
    """A heading or a caption is about something else."""
    text = "# The cranes\n\nThe port counted 54 cranes in May.\n\n# The ferries\n\nThey stopped.\n"
    kinds = [block.kind for block in find_blocks(text)]
    assert kinds.count(BlockKind.HEADING) == 2

    around = surroundings(quote_words(text, "The port counted 54 cranes in May."), text)

    assert [one.text for one in around] == ["The port counted 54 cranes in May."]


def test_a_wider_quote_may_reach_over_two_paragraphs() -> None:
    start, end = HARBOUR.index("A report"), HARBOUR.index("She told")
    around = surroundings(make_quote(HARBOUR, Span(start, end - 2)), HARBOUR)

    assert HARBOUR[start : end - 2] in [one.text for one in around]


def test_a_quote_longer_than_any_room_stands_alone() -> None:
    text = "The crane " + "of the harbour " * 200 + "stands.\n\nIt is old.\n"

    around = surroundings(make_quote(text, Span(0, text.index("\n"))), text)

    assert [one.text for one in around] == [text[: text.index("\n")]]
