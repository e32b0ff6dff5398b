"""The content of a generation follows from its articles alone."""

from __future__ import annotations

from dataclasses import fields
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.article import Precision, Source
from retrieval.indexing.analysis import analyse_articles
from retrieval.indexing.building import IndexContent, build_content, join_analyses, period_of
from retrieval.indexing.layout import IndexArrays
from tests.stories import Story, collections, make_story

EXAMPLES = 40  # each builds an index


def contents_of(content: IndexContent) -> dict[str, object]:
    """Return everything but the articles, in a form that can be compared."""
    arrays = {field.name: getattr(content.arrays, field.name) for field in fields(IndexArrays)}
    lists = {name: (array.dtype, array.tolist()) for name, array in arrays.items()}
    return {"vocabulary": content.vocabulary, **lists}


def bigrams_of(content: IndexContent) -> set[str]:
    keys = content.arrays.bigram_keys
    pairs = [divmod(int(key), len(content.vocabulary)) for key in keys]
    return {f"{content.vocabulary[first]} {content.vocabulary[second]}" for first, second in pairs}


@given(collections(), st.randoms())
@settings(max_examples=EXAMPLES)
def test_the_order_of_the_articles_changes_nothing(stories: list[Story], random: st.Random) -> None:
    content = build_content(stories)
    random.shuffle(stories)

    shuffled = build_content(stories)

    assert shuffled.articles == content.articles
    assert contents_of(shuffled) == contents_of(content)


@given(collections(), st.data())
@settings(max_examples=EXAMPLES)
def test_analysing_articles_in_runs_changes_nothing(
    stories: list[Story], data: st.DataObject
) -> None:
    """The parts of a large collection can be read side by side."""
    cut = data.draw(st.integers(0, len(stories)))
    titled = [(article, source.title or "") for article, source in stories]

    joined = join_analyses(
        stories, [analyse_articles(titled[:cut]), analyse_articles(titled[cut:])]
    )

    assert contents_of(joined) == contents_of(build_content(stories))


@given(collections())
@settings(max_examples=EXAMPLES)
def test_every_part_begins_where_the_one_before_ends(stories: list[Story]) -> None:
    content = build_content(stories)
    arrays = content.arrays
    parts = [
        (arrays.sentence_offsets, len(stories), len(arrays.sentence_start)),
        (arrays.term_offsets, len(arrays.sentence_start), len(arrays.sentence_terms)),
        (arrays.passage_offsets, len(arrays.passage_article), len(arrays.sentence_start)),
        (arrays.passage_postings, len(arrays.idf), len(arrays.passage_rows)),
        (arrays.article_postings, len(arrays.idf), len(arrays.article_rows)),
    ]

    for offsets, n_parts, end in parts:
        assert len(offsets) == n_parts + 1
        assert (offsets[0], offsets[-1]) == (0, end)
        assert (np.diff(offsets) >= 0).all()
    assert len(arrays.idf) == len(content.vocabulary) + len(arrays.bigram_keys)


@given(collections())
@settings(max_examples=EXAMPLES)
def test_terms_can_be_looked_up_by_halving(stories: list[Story]) -> None:
    content = build_content(stories)

    assert list(content.vocabulary) == sorted(set(content.vocabulary))
    assert (np.diff(content.arrays.bigram_keys) > 0).all()


@given(collections())
@settings(max_examples=EXAMPLES)
def test_every_term_stands_in_a_passage(stories: list[Story]) -> None:
    """A term without postings would count as known, and find nothing."""
    arrays = build_content(stories).arrays

    assert (np.diff(arrays.passage_postings) > 0).all()
    assert (np.diff(arrays.article_postings) > 0).all()


def test_neighbours_in_one_sentence_are_bigrams_and_no_others() -> None:
    """Not across a full stop, nor from a title or a heading into the text."""
    text = "# Rough seas\n\nThe ferry sank. Harbour staff watched.\n\nNobody drowned."
    content = build_content([make_story(text, title="Storm warning")])

    assert bigrams_of(content) == {
        "storm warn",
        "rough sea",
        "ferri sank",
        "harbour staff",
        "staff watch",
        "nobodi drown",
    }


def test_a_title_that_no_passage_is_weighed_with_is_not_known() -> None:
    """Else its words would weigh in a question, and find nothing."""
    content = build_content([make_story("", "a", title="Xylophone"), make_story("Storm.", "b")])

    assert content.vocabulary == ("storm",)


def test_no_articles_are_a_content_too() -> None:
    content = build_content([])

    assert content.vocabulary == ()
    assert content.arrays.passage_postings.tolist() == [0]
    assert content.arrays.text_offsets.tolist() == [0]


@pytest.mark.parametrize(
    ("day", "precision", "first", "last"),
    [
        (date(2024, 2, 29), Precision.DAY, date(2024, 2, 29), date(2024, 2, 29)),
        (date(2024, 2, 1), Precision.MONTH, date(2024, 2, 1), date(2024, 2, 29)),
        (date(2023, 2, 1), Precision.MONTH, date(2023, 2, 1), date(2023, 2, 28)),
        (date(2023, 12, 1), Precision.MONTH, date(2023, 12, 1), date(2023, 12, 31)),
        (date(2023, 1, 1), Precision.YEAR, date(2023, 1, 1), date(2023, 12, 31)),
        (date(1, 1, 1), Precision.YEAR, date(1, 1, 1), date(1, 12, 31)),
        (date(9999, 12, 31), Precision.YEAR, date(9999, 1, 1), date(9999, 12, 31)),
    ],
)
def test_a_period_reaches_from_its_first_day_to_its_last(
    day: date, precision: Precision, first: date, last: date
) -> None:
    source = Source(published=day, published_precision=precision)

    assert period_of(source) == (first.toordinal(), last.toordinal())


@given(st.dates(), st.sampled_from(Precision))
def test_a_period_holds_its_day_and_ends_where_the_next_begins(
    day: date, precision: Precision
) -> None:
    first, last = period_of(Source(published=day, published_precision=precision))

    assert first <= day.toordinal() <= last
    if last < date.max.toordinal():
        following = date.fromordinal(last) + timedelta(days=1)
        after = period_of(Source(published=following, published_precision=precision))
        assert after[0] == last + 1


def test_an_article_without_date_has_no_period() -> None:
    """It is never taken for one of year 1."""
    assert period_of(Source()) == (0, 0)
