"""Which of several copies a reader is shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

import pytest

from corpus.article import Block, BlockKind, Span
from retrieval.copying.groups import find_copies
from retrieval.indexing.index import Index
from tests.stories import Story, make_article, make_source, make_story

Build = Callable[[Iterable[Story]], Index]

WHOLE = "The harbour office of Varnholm counted 54 rusty cranes along the northern breakwater."
LONG = WHOLE[:-1] + ", its cheerful director said."


def best_of(build_index: Build, *stories: Story) -> str:
    """Return the id of the article whose sentence, one each, is the best copy."""
    index = build_index(stories)
    group = find_copies(index, 0)
    assert len(group) == len(stories)
    return index.record(group[0]).article_id


@pytest.mark.parametrize(
    "damaged",
    [
        WHOLE[:-1],
        WHOLE.replace("counted", "counted , "),
        WHOLE.replace("harbour office", "harbour  office"),
        WHOLE.replace("office of Varnholm", "office. , of Varnholm"),
    ],
)
def test_the_copy_that_is_not_damaged_is_shown(damaged: str, build_index: Build) -> None:
    """Even if only the damaged one says who published it."""
    stories = make_story(damaged, "a", publisher="The Gazette"), make_story(WHOLE, "b")

    assert best_of(build_index, *stories) == "b"


def test_the_copy_that_is_cut_short_is_not_shown(build_index: Build) -> None:
    assert best_of(build_index, make_story(WHOLE, "a"), make_story(LONG, "b")) == "b"


def test_a_word_that_no_other_article_holds_speaks_against_a_copy(build_index: Build) -> None:
    garbled = make_story(WHOLE.replace("harbour", "hxrbour"), "a", publisher="The Gazette")

    assert best_of(build_index, garbled, *(make_story(WHOLE, name) for name in "bc")) == "b"


def test_of_equal_copies_a_named_publisher_counts_first_then_a_date(build_index: Build) -> None:
    named = make_story(WHOLE, "c", publisher="The Gazette")
    dated = make_story(WHOLE, "b", published=date(2023, 4, 5))
    plain = make_story(WHOLE, "a")

    assert best_of(build_index, plain, dated, named) == "c"
    assert best_of(build_index, plain, dated) == "b"
    assert best_of(build_index, plain, make_story(WHOLE, "d")) == "a"


def test_a_sentence_of_the_body_is_shown_rather_than_a_caption(build_index: Build) -> None:
    """A caption is quoted only where nothing else holds the fact."""
    blocks = [Block(Span(0, len(WHOLE)), BlockKind.CAPTION)]
    caption = (make_article(WHOLE, blocks, "a"), make_source(publisher="The Gazette"))

    assert best_of(build_index, caption, make_story(WHOLE, "b")) == "b"
