"""Which sentences are chosen; the laws that hold for every quote are in test_answering.py."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest

from corpus.article import Block, BlockKind, Source, Span
from retrieval.indexing.index import Index
from retrieval.quoting import MAX_QUOTE_CHARS, Selection, block_run, run_span, select_quotes
from retrieval.ranking import score_passages, weigh_query
from tests.stories import Story, make_article, make_story

Build = Callable[[Iterable[Story]], Index]


def select(index: Index, question: str, *, quotes: int = 3, chars: int = 300) -> list[Selection]:
    query = weigh_query(index, question)
    scores = score_passages(index, query)
    return select_quotes(index, question, query, scores, max_quotes=quotes, quote_chars=chars)


def words_of(index: Index, selections: list[Selection]) -> list[str]:
    return [
        run_span(index, one.first, one.last).slice(index.text(one.article)) for one in selections
    ]


def quote(build_index: Build, text: str, question: str, **limits: int) -> list[str]:
    """Return what is quoted of one article."""
    index = build_index([make_story(text)])
    return words_of(index, select(index, question, **limits))


def test_the_sentence_that_holds_the_words_is_quoted(build_index: Build) -> None:
    text = "The harbour was quiet.\n\nThe ferry was painted green.\n\nNobody complained.\n"

    assert quote(build_index, text, "painted ferry") == ["The ferry was painted green."]


def test_a_sentence_is_widened_within_its_paragraph_while_it_fits(build_index: Build) -> None:
    """What stands beside the answer often completes it; the next paragraph is another thought."""
    text = "Rain fell. The ferry was painted green. It took two days.\n\nNobody complained.\n"

    assert quote(build_index, text, "painted ferry") == [text.split("\n", maxsplit=1)[0]]
    assert quote(build_index, text, "painted ferry", chars=50) == [
        "The ferry was painted green. It took two days."
    ]
    assert quote(build_index, text, "painted ferry", chars=1) == ["The ferry was painted green."]


def test_quotes_that_are_widened_do_not_overlap(build_index: Build) -> None:
    """The first takes in the sentence between; the second must do without it."""
    text = "Cranes rust in salt. Old cranes fell over in May. A storm hit two cranes.\n"

    quotes = quote(build_index, text, "Which old cranes fell over?", chars=55)

    assert len(quotes) == 2
    assert "Old cranes fell over in May." in quotes[0]
    assert quotes[1] in {"Cranes rust in salt.", "A storm hit two cranes."}


def test_a_long_sentence_is_quoted_whole_or_not_at_all(build_index: Build) -> None:
    """Cut in two, it could say the opposite."""
    fits = "The cranes " + "very " * 137 + "rust."
    assert len(fits) == MAX_QUOTE_CHARS + 1
    fits = fits.replace("The cranes", "Our crane")

    assert quote(build_index, fits, "rust", chars=20) == [fits]
    assert quote(build_index, fits.replace("rust.", "rusted."), "rust", chars=20) == []


def test_two_quotes_at_most_come_from_one_passage(build_index: Build) -> None:
    text = "Cranes rust.\n\nFour cranes fell.\n\nOld cranes creak.\n\nNew cranes gleam.\n"

    assert len(quote(build_index, text, "cranes", quotes=4)) == 2


def test_a_number_is_preferred_where_one_is_asked_for(build_index: Build) -> None:
    text = "The cranes of Varnholm are old.\n\nIn Varnholm stand 54 rusty cranes in all.\n"

    assert "54" in quote(build_index, text, "How many cranes stand in Varnholm?")[0]


def test_sentences_far_below_the_best_are_not_shown(build_index: Build) -> None:
    """Three quotes are a limit, not a target."""
    best = "The lighthouse keeper of Oster Point paints the northern breakwater every spring.\n"
    index = build_index([make_story(best, "a"), make_story("A bakery opened in spring.\n", "b")])

    quotes = words_of(index, select(index, "Who paints the northern breakwater in spring?"))

    assert quotes == [best.strip()]


CAPTION = "A lighthouse keeper paints the northern breakwater"
BODY = "The breakwater was built in 1901."


@pytest.fixture
def captioned(build_index: Build) -> Index:
    text = f"{CAPTION}\n\n{BODY}"
    body = len(text) - len(BODY)
    blocks = [
        Block(Span(0, len(CAPTION)), BlockKind.CAPTION),
        Block(Span(body, len(text)), BlockKind.BODY),
    ]
    return build_index([(make_article(text, blocks, "a"), Source())])


@pytest.mark.parametrize(
    ("question", "quoted"),
    [
        ("Who paints the northern breakwater?", [CAPTION]),
        ("Who built the breakwater?", [BODY]),  # the caption holds no more of it
        ("Why does he paint the northern breakwater green?", []),  # it does not hold all of it
    ],
)
def test_a_caption_is_quoted_only_where_it_alone_holds_what_is_asked(
    captioned: Index, question: str, quoted: list[str]
) -> None:
    """It is written under a picture, often by somebody else."""
    assert words_of(captioned, select(captioned, question)) == quoted


def test_copies_in_other_articles_are_named_once_each(build_index: Build) -> None:
    """However often an article repeats the sentence, and not for the article quoted itself."""
    once = "The harbour institute counted 54 rusty cranes.\n"
    index = build_index([make_story(once * 2, "a"), make_story(once * 2, "b")])

    (selection,) = select(index, "How many rusty cranes?")

    assert [int(index.arrays.sentence_offsets[1])] == list(selection.copies)


def test_the_block_of_a_sentence_is_found_in_a_passage_of_several(build_index: Build) -> None:
    index = build_index([make_story("One is here. Two is here.\n\nThree is here. Four too.\n")])

    assert [block_run(index, sentence) for sentence in range(4)] == [(0, 1), (0, 1), (2, 3), (2, 3)]


def test_a_question_in_an_article_is_no_answer(build_index: Build) -> None:
    """An interviewer's words share most with a member's question and state nothing."""
    text = (
        "Q: How many ships ran aground at Ostrel?\n\n"
        "A: Seven ships ran aground in my time, and nobody died.\n"
    )

    assert quote(build_index, text, "How many ships ran aground?") == [
        "A: Seven ships ran aground in my time, and nobody died."
    ]
