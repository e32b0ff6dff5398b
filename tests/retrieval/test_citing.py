"""What is shown beside a quote; that all of it is true is a law in test_answering.py."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from corpus.article import Block, BlockKind, Source, Span
from retrieval.answer import Quote
from retrieval.answering import Request, answer_question
from retrieval.citing import AFFIX_CHARS
from retrieval.index import Index
from retrieval.quoting import MAX_QUOTE_CHARS
from tests.stories import HARBOUR, Story, make_article, make_story

Build = Callable[[Iterable[Story]], Index]


def quote_first(build_index: Build, text: str, question: str, *, quote_chars: int = 40) -> Quote:
    """Return the best quote of one article."""
    request = Request(question, quote_chars=quote_chars, min_confidence=0)
    return answer_question(build_index([make_story(text)]), request).quotes[0]


def test_a_quote_comes_with_the_sentence_that_names_she(index: Index) -> None:
    answer = ask(index, "What does removing one crane cost?")

    (quote,) = (quote for quote in answer.quotes if quote.text.startswith("She"))
    assert [context.text for context in quote.context] == [
        "“We do not expect to see them move again,” said Ilse Maren, who leads the institute."
    ]


def test_the_report_comes_with_the_sentence_that_introduces_it(index: Index) -> None:
    answer = ask(index, "Which cranes should be kept as monuments?")

    (context,) = answer.quotes[0].context
    assert context.text.startswith("A report by the Institute")


def test_a_bare_quotation_comes_with_its_speaker(build_index: Build) -> None:
    text = "Ilse Maren said she was tired.\n\n“Nobody ever asked the fishermen.”\n"

    (quote,) = ask(build_index([make_story(text)]), "Were the fishermen asked?").quotes

    assert quote.speaker is not None
    assert quote.speaker.text == "Ilse Maren"
    assert text[quote.speaker.start : quote.speaker.end] == "Ilse Maren"


def test_of_a_quotation_without_a_speaker_the_sentence_before_is_shown(build_index: Build) -> None:
    text = "The harbour was quiet.\n\n“Nobody ever asked the fishermen.”\n"

    (quote,) = ask(build_index([make_story(text)]), "Were the fishermen asked?").quotes

    assert quote.speaker is None
    assert [context.text for context in quote.context] == ["The harbour was quiet."]


def test_who_speaks_after_a_quotation_is_not_mixed_up_with_who_spoke_before(
    build_index: Build,
) -> None:
    """Of a quotation of two sentences the first may be quoted alone; its speaker comes later."""
    text = (
        "Jonas Rell said the ferries were old.\n\n"
        "“Nobody ever asked the fishermen. They would have known,” Ilse Maren said.\n"
    )

    answer = ask(build_index([make_story(text)]), "Were the fishermen asked?", quote_chars=40)

    assert answer.quotes[0].text == "“Nobody ever asked the fishermen."
    assert answer.quotes[0].speaker is not None
    assert answer.quotes[0].speaker.text == "Ilse Maren"


def test_the_middle_of_a_quotation_is_known_as_one(build_index: Build) -> None:
    """It begins with no mark of its own, and is somebody's words all the same."""
    text = (
        "Jonas Rell said: “The ferries are old. Nobody ever asked the fishermen. They would "
        "have known.”\n"
    )

    answer = ask(build_index([make_story(text)]), "Were the fishermen asked?", quote_chars=40)

    assert answer.quotes[0].text == "Nobody ever asked the fishermen."
    assert answer.quotes[0].speaker is not None
    assert answer.quotes[0].speaker.text == "Jonas Rell"


def test_a_quotation_is_never_closed_for_the_source(build_index: Build) -> None:
    """Where the article leaves a quotation open, so does the quote."""
    text = "Ilse Maren spoke.\n\n“Nobody ever asked the fishermen.\n\n“It is a pity,” she said.\n"

    answer = ask(build_index([make_story(text)]), "Were the fishermen asked?")

    assert answer.quotes[0].text == "“Nobody ever asked the fishermen."


def test_copies_are_one_quote_that_names_the_other_articles(build_index: Build) -> None:
    """Two papers that print one sentence are no two witnesses."""
    copy = "A new report from the Harbour Institute, a watchdog, counted at least 54 cranes."
    reworded = copy.replace("from", "by").replace("a watchdog, ", "a watchdog, has ")
    other = copy.replace("54", "102")
    stories = [make_story(text, f"a{n}") for n, text in enumerate([copy, reworded, other])]

    answer = ask(build_index(stories), "How many cranes were counted?")

    assert {quote.text for quote in answer.quotes} == {copy, other}
    (first,) = (quote for quote in answer.quotes if quote.text == copy)
    assert [place.text for place in first.also_in] == [reworded]


