"""What is shown beside a quote; that all of it is true is a law in test_answering.py."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest

from corpus.article import Block, BlockKind, Source, Span
from retrieval.answer import Quote
from retrieval.answering import Request, answer_question
from retrieval.citing import AFFIX_CHARS
from retrieval.indexing.index import Index
from retrieval.quoting import MAX_QUOTE_CHARS
from tests.stories import HARBOUR, Story, make_article, make_story

Build = Callable[[Iterable[Story]], Index]


def quote(build_index: Build, question: str, *stories: Story) -> Quote:
    """Return the best quote of some articles, not widened."""
    request = Request(question, quote_chars=1, min_confidence=0)
    return answer_question(build_index(stories), request).quotes[0]


def context_of(cited: Quote) -> list[str]:
    return [context.text for context in cited.context]


def test_a_quote_has_its_surroundings_for_a_selector(build_index: Build) -> None:
    cited = quote(build_index, "Why did removing cranes cost so much?", make_story(HARBOUR))

    at = HARBOUR.index("She told")
    assert (cited.start, cited.prefix) == (at, HARBOUR[at - AFFIX_CHARS : at])
    assert cited.suffix == HARBOUR[cited.end : cited.end + AFFIX_CHARS]


def test_a_quote_comes_with_the_sentence_that_names_she(build_index: Build) -> None:
    cited = quote(build_index, "What does removing one crane cost?", make_story(HARBOUR))

    assert context_of(cited) == [
        "“We do not expect to see them move again,” said Ilse Maren, who leads the institute."
    ]


def test_the_report_comes_with_the_sentence_that_introduces_it(build_index: Build) -> None:
    cited = quote(build_index, "Which should be kept as monuments?", make_story(HARBOUR))

    (context,) = context_of(cited)
    assert context.startswith("A report by the Institute for Quiet Harbours")


def test_a_bare_quotation_comes_with_its_speaker(build_index: Build) -> None:
    text = "Ilse Maren said she was tired.\n\n“Nobody ever asked the fishermen.”\n"

    cited = quote(build_index, "Were the fishermen asked?", make_story(text))

    assert cited.speaker is not None
    assert cited.speaker.text == "Ilse Maren"
    assert cited.context == ()


def test_of_a_quotation_without_a_speaker_the_sentence_before_is_shown(build_index: Build) -> None:
    text = "The harbour was quiet.\n\n“Nobody ever asked the fishermen.”\n"

    cited = quote(build_index, "Were the fishermen asked?", make_story(text))

    assert cited.speaker is None
    assert context_of(cited) == ["The harbour was quiet."]


def test_who_speaks_after_a_quotation_is_not_mixed_up_with_who_spoke_before(
    build_index: Build,
) -> None:
    """Of a quotation of two sentences the first may be quoted alone; its speaker comes later."""
    text = (
        "Jonas Rell said the ferries were old.\n\n"
        "“Nobody ever asked the fishermen. They would have known,” Ilse Maren said.\n"
    )

    cited = quote(build_index, "Were the fishermen asked?", make_story(text))

    assert cited.text == "“Nobody ever asked the fishermen."
    assert cited.speaker is not None
    assert cited.speaker.text == "Ilse Maren"


def test_the_middle_of_a_quotation_is_known_as_one(build_index: Build) -> None:
    """It begins with no mark of its own, and is somebody's words all the same."""
    text = "Jonas Rell said: “Ferries are old. Nobody asked the fishermen. They would know.”\n"

    cited = quote(build_index, "Were the fishermen asked?", make_story(text))

    assert cited.text == "Nobody asked the fishermen."
    assert cited.speaker is not None
    assert cited.speaker.text == "Jonas Rell"


def test_a_quotation_is_never_closed_for_the_source(build_index: Build) -> None:
    """Where the article leaves a quotation open, so does the quote."""
    text = "Ilse Maren spoke.\n\n“Nobody ever asked the fishermen.\n\n“It is a pity,” she said.\n"

    cited = quote(build_index, "Were the fishermen asked?", make_story(text))

    assert cited.text == "“Nobody ever asked the fishermen."


def test_a_sentence_too_long_to_quote_is_not_shown_as_context_either(build_index: Build) -> None:
    """Nor is it cut: the sentence before it is shown."""
    too_long = "The harbour was " + "very " * (MAX_QUOTE_CHARS // 5) + "quiet."
    text = f"Rain fell.\n\n{too_long}\n\n“Nobody ever asked the fishermen.”\n"

    cited = quote(build_index, "Were the fishermen asked?", make_story(text))

    assert context_of(cited) == ["Rain fell."]


def test_context_is_neither_a_caption_nor_a_heading(build_index: Build) -> None:
    """What stands between two sentences of the body does not belong to their story."""
    parts = [
        ("Ilse Maren leads the institute.", BlockKind.BODY),
        ("Jonas Rell at the harbour", BlockKind.CAPTION),
        ("Old Cranes Again", BlockKind.HEADING),
        ("She asked the fishermen.", BlockKind.BODY),
    ]
    text, blocks = "", []
    for words, kind in parts:
        blocks.append(Block(Span(len(text), len(text) + len(words)), kind))
        text += words + "\n"

    cited = quote(
        build_index, "Were the fishermen asked?", (make_article(text, blocks, "a"), Source())
    )

    assert context_of(cited) == ["Ilse Maren leads the institute."]


@pytest.mark.parametrize(
    ("caption", "context"),
    [("Jonas Rell paints. He likes the breakwater.", ["Jonas Rell paints."]),
     ("He likes the breakwater.", [])],
)  # fmt: skip
def test_a_caption_is_explained_by_the_caption_alone(
    build_index: Build, caption: str, context: list[str]
) -> None:
    """The story, or the picture before, may be about somebody else."""
    text = f"Ilse Maren leads the institute.\nOtto Vann waves.\n{caption}"
    vann, start = text.index("Otto"), text.index(caption)
    blocks = [
        Block(Span(0, vann - 1), BlockKind.BODY),
        Block(Span(vann, start - 1), BlockKind.CAPTION),
        Block(Span(start, len(text)), BlockKind.CAPTION),
    ]

    cited = quote(
        build_index, "Who likes the breakwater?", (make_article(text, blocks, "a"), Source())
    )

    assert (cited.kind, context_of(cited)) == ("caption", context)


def test_a_copy_is_cited_as_it_stands_in_the_other_article(build_index: Build) -> None:
    """Two papers that print one sentence are no two witnesses."""
    text = "Rain fell.\n\nA new report from the institute counted at least 54 cranes.\n"
    copy = "A new report by the institute has counted at least 54 cranes.\n"

    cited = quote(
        build_index, "How many cranes were counted?", make_story(text, "a"), make_story(copy, "b")
    )

    (place,) = cited.also_in
    assert {cited.article_id, place.article_id} == {"a", "b"}
    assert {cited.text, place.text} == {text[12:].strip(), copy.strip()}
