"""More of a quote: whole sentences of its block, and never more than a quote may hold."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.reviews.wider import find_wider
from corpus.article import Article, Span
from corpus.sentences import split_blocks
from retrieval.quoting import MAX_QUOTE_CHARS
from tests.stories import make_story, sentences

ONE = "The harbour closed. It will open again in May. Nobody was hurt."


def article(text: str) -> Article:
    return make_story(text)[0]


def span_of(text: str, words: str) -> Span:
    return Span(text.index(words), text.index(words) + len(words))


PARAGRAPHS = st.lists(sentences(), min_size=1, max_size=4).map(" ".join)


@given(st.lists(PARAGRAPHS, min_size=1, max_size=4), st.data())
def test_a_wider_quote_is_whole_sentences_around_it_in_one_block(
    paragraphs: list[str], data: st.DataObject
) -> None:
    made = article("\n\n".join(paragraphs))
    parts = split_blocks(made.text, made.blocks)
    block = data.draw(st.sampled_from(parts))
    first = data.draw(st.integers(0, len(block) - 1))
    last = data.draw(st.integers(first, len(block) - 1))
    span = Span(block[first].start, block[last].end)

    wider = find_wider(made, span)

    near = block[max(0, first - 1) : last + 2]
    beside = [each for each in near if each not in span]
    if wider is None:
        joined = (max(each.end, span.end) - min(each.start, span.start) for each in beside)
        assert all(length > MAX_QUOTE_CHARS for length in joined)
        return
    assert span in wider
    assert wider != span
    assert len(wider) <= MAX_QUOTE_CHARS
    assert wider.start in {each.start for each in near}
    assert wider.end in {each.end for each in near}


def test_the_sentences_on_both_sides_are_shown() -> None:
    assert find_wider(article(ONE), span_of(ONE, "It will open again in May.")) == Span(0, len(ONE))


def test_the_neighbouring_paragraph_is_not() -> None:
    text = f"Before this there was peace.\n\n{ONE}\n\nAfter it there was none."

    wider = find_wider(article(text), span_of(text, "The harbour closed."))

    assert wider is not None
    assert wider.slice(text) == "The harbour closed. It will open again in May."


def test_where_both_do_not_fit_the_sentence_before_does() -> None:
    before = f"He said {'very ' * 60}much."
    after = f"She said {'very ' * 90}little."
    text = f"{before} It was denied. {after}"

    wider = find_wider(article(text), span_of(text, "It was denied."))

    assert wider is not None
    assert wider.slice(text) == f"{before} It was denied."


def test_a_sentence_alone_in_its_block_cannot_be_wider() -> None:
    text = "The harbour closed.\n\nIt will open again in May."

    assert find_wider(article(text), span_of(text, "The harbour closed.")) is None


def test_what_is_no_run_of_whole_sentences_is_not_widened() -> None:
    assert find_wider(article(ONE), span_of(ONE, "will open")) is None
    assert find_wider(article(ONE), Span(0, len(ONE) + 5)) is None
