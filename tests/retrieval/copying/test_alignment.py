"""Copies and stories as they are found when an index is built."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.copying.groups import find_copies, find_group, story_of
from retrieval.indexing.building import build_content
from retrieval.indexing.index import Index
from tests.stories import FERRY, Story, collections, make_story
from tests.strategies import share_of_examples

Build = Callable[[Iterable[Story]], Index]

ORIGINAL = (
    "The harbour office of Varnholm counted 54 rusty cranes along the northern breakwater.\n\n"
    "Most of them had stood idle since the shipyard locked its gates in the spring of 2009.\n\n"
    "“Nobody expects to see these machines move again,” said Ilse Maren, who leads the office.\n\n"
    "Taking one crane down would cost the town about 200,000 crowns, her report found.\n\n"
    "Residents of Oster Point have asked the council to keep the oldest crane as a monument.\n"
)
REWORDED = (
    "The harbour bureau of Varnholm tallied 54 rusty cranes along the northern breakwater.\n\n"
    "Most of these had been idle since the shipyard barred its gates in the spring of 2009.\n\n"
    "“No one hopes to watch these machines move again,” said Ilse Maren, who leads the bureau.\n\n"
    "Bringing one crane down would cost the town around 200,000 crowns, her report found.\n\n"
    "Inhabitants of Oster Point have asked the council to keep the oldest crane as a memorial.\n"
)


def sentences_of(index: Index, article: int) -> list[int]:
    first, end = index.arrays.sentence_offsets[article : article + 2]
    return list(range(first, end))


def text_of(index: Index, sentence: int) -> str:
    arrays = index.arrays
    article = int(arrays.sentence_offsets.searchsorted(sentence, side="right")) - 1
    return index.text(article)[arrays.sentence_start[sentence] : arrays.sentence_end[sentence]]


@share_of_examples(0.4)
@given(collections())
def test_copies_are_the_same_seen_from_each_of_them(collection: list[Story]) -> None:
    arrays = build_content(collection).arrays

    seen: list[int] = []
    for group, (start, end) in enumerate(
        zip(arrays.copy_offsets[:-1], arrays.copy_offsets[1:], strict=True)
    ):
        members = arrays.copy_members[start:end].tolist()
        assert len(members) >= 2
        assert (arrays.copy_group[members] == group).all()
        seen += members
    assert sorted(seen) == sorted((arrays.copy_group >= 0).nonzero()[0].tolist())


@share_of_examples(0.4)
@given(collections(), st.randoms())
def test_the_order_of_adding_changes_no_copy(collection: list[Story], chance: object) -> None:
    """Two machines must name the same copies."""
    shuffled = list(collection)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]

    one, other = build_content(collection).arrays, build_content(shuffled).arrays

    assert one.copy_members.tolist() == other.copy_members.tolist()
    assert one.story.tolist() == other.story.tolist()


def test_a_story_in_other_words_is_found_sentence_by_sentence(build_index: Build) -> None:
    """Shown apart, a machine's paraphrase would look like a second witness."""
    index = build_index([make_story(ORIGINAL, "a"), make_story(REWORDED, "b")])

    assert story_of(index, 0) == story_of(index, 1)
    for one, other in zip(sentences_of(index, 0), sentences_of(index, 1), strict=True):
        assert set(find_copies(index, one)) == {one, other}


def test_a_sentence_alone_has_itself_for_a_copy(build_index: Build) -> None:
    index = build_index([make_story(ORIGINAL, "a")])

    assert find_copies(index, 2) == find_group(index, 2) == (2,)
    assert story_of(index, 0) == 0


def test_one_reworded_sentence_makes_no_story(build_index: Build) -> None:
    """Words are put in place of others for two matters as well: only a story tells them apart."""
    wheat = "The price of wheat fell by about a tenth in the spring, the farmers' guild said.\n\n"
    barley = wheat.replace("wheat", "barley")
    rest = "Varnholm sold its {0} ferry.\n\nThe {0} museum opened late.\n\nA {0} bell was rung.\n"
    index = build_index(
        [make_story(wheat + rest.format("old"), "a"), make_story(barley + rest.format("new"), "b")]
    )

    assert story_of(index, 1) == 1
    assert find_copies(index, 0) == (0,)


def test_what_is_told_anew_each_week_is_no_story(build_index: Build) -> None:
    """Reports of one form are about other days: together they are no copy of one another."""
    report = (
        "The guild of Varnholm sold {} loads of wheat at the market on {}.\n\n"
        "The price of a load fell to {} crowns, the guild said in its {} report.\n\n"
        "The {} market was the {} of the year in which the price of a load fell.\n"
    )
    one = report.format(54, "Monday", 31, "May", "May", "third")
    other = report.format(102, "Friday", 28, "June", "June", "fourth")
    index = build_index([make_story(one, "a"), make_story(other, "b")])

    assert story_of(index, 1) == 1
    assert all(find_copies(index, one) == (one,) for one in range(6))


def test_phrases_of_a_publisher_make_no_story_of_articles_weeks_apart(build_index: Build) -> None:
    phrases = (
        "The Gazette asks its readers to send letters of at most two hundred words.\n\n"
        "The Gazette prints corrections on the second page of its Saturday edition.\n\n"
        "The Gazette is owned by a trust that pays for reporters in every harbour.\n\n"
    )
    old, new = (
        make_story(phrases + text, name, published=day)
        for text, name, day in (
            (ORIGINAL, "a", date(2022, 3, 1)),
            ("\n\n".join(f"The {n} crew of pier {n} sailed off." for n in range(9)), "b", date.max),
        )
    )
    index = build_index([old, new])

    assert story_of(index, 1) == 1
    assert find_copies(index, 0) == (0, len(sentences_of(index, 0)))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("He left.", "They left."),
        ("It was not an accident.", "It was an accident."),
        ("We have no comment on that.", "We have a comment on that."),
    ],
)
def test_short_sentences_are_copies_word_for_word_only(
    one: str, other: str, build_index: Build
) -> None:
    index = build_index([make_story(one, "a"), make_story(other, "b"), make_story(one, "c")])

    assert find_copies(index, 0) == (0, 2)
    assert find_copies(index, 1) == (1,)


def test_sentences_that_one_article_repeats_are_one_group_but_one_copy(build_index: Build) -> None:
    """No article is listed as holding its own words also."""
    text = "The ferry bell rang. The ferry sank. "
    index = build_index([make_story(text * 2, "a"), make_story(text, "b")])

    assert find_group(index, 2) == (0, 2, 4)
    assert find_copies(index, 2) == (2, 4)


def test_a_digest_of_two_stories_does_not_make_them_one(build_index: Build) -> None:
    texts = {"a": ORIGINAL, "b": FERRY, "c": ORIGINAL + "\n" + FERRY}
    index = build_index([make_story(text, name) for name, text in texts.items()])

    assert story_of(index, 0) != story_of(index, 1)


def test_many_equal_articles_are_compared_in_no_time() -> None:
    """Comparing each with each would take minutes."""
    articles = [make_story(ORIGINAL, f"{number:04}") for number in range(1500)]
    started = time.process_time()

    arrays = build_content(articles).arrays

    assert time.process_time() - started < 10
    assert set(arrays.story.tolist()) == {0}
    assert len(arrays.copy_offsets) - 1 == 5
