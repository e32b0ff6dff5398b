"""The content of a generation follows from its articles alone."""

from __future__ import annotations

from dataclasses import fields
from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.article import Precision, Source
from retrieval.indexing.abbreviations import find_abbreviations
from retrieval.indexing.analysis import analyse_articles
from retrieval.indexing.building import (
    IndexContent,
    build_content,
    join_analyses,
    list_publishers,
    period_of,
)
from retrieval.indexing.layout import IndexArrays
from retrieval.indexing.passages import split_passages
from retrieval.tokens import extract_terms, fold_word
from tests.stories import Story, collections, make_story
from tests.strategies import share_of_examples

LAW = share_of_examples(0.4)  # each builds an index


def contents_of(content: IndexContent) -> dict[str, object]:
    """Return everything but the articles, in a form that can be compared."""
    arrays = {field.name: getattr(content.arrays, field.name) for field in fields(IndexArrays)}
    lists = {name: (array.dtype, array.tolist()) for name, array in arrays.items()}
    return {"vocabulary": content.vocabulary, **lists}


def weighed_terms(text: str) -> list[str]:
    """Return a stretch's terms, and behind them the initials of its names."""
    return [*extract_terms(text), *filter(None, map(fold_word, find_abbreviations(text)))]


def bigrams_of(content: IndexContent) -> set[str]:
    keys = content.arrays.bigram_keys
    pairs = [divmod(int(key), len(content.vocabulary)) for key in keys]
    return {f"{content.vocabulary[first]} {content.vocabulary[second]}" for first, second in pairs}


@given(collections(), st.randoms())
@LAW
def test_the_order_of_the_articles_changes_nothing(stories: list[Story], random: st.Random) -> None:
    content = build_content(stories)
    random.shuffle(stories)

    shuffled = build_content(stories)

    assert shuffled.articles == content.articles
    assert contents_of(shuffled) == contents_of(content)


@given(collections(), st.data())
@LAW
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
@LAW
def test_every_part_begins_where_the_one_before_ends(stories: list[Story]) -> None:
    content = build_content(stories)
    arrays = content.arrays
    parts = [
        (arrays.sentence_offsets, len(stories), len(arrays.sentence_start)),
        (arrays.term_offsets, len(arrays.sentence_start), len(arrays.sentence_terms)),
        (arrays.passage_offsets, len(arrays.passage_article), len(arrays.sentence_start)),
        (arrays.title_offsets, len(stories), len(arrays.title_terms)),
        (arrays.heading_offsets, len(arrays.passage_article), len(arrays.heading_terms)),
        (arrays.passage_postings, len(arrays.idf), len(arrays.passage_rows)),
        (arrays.article_postings, len(arrays.idf), len(arrays.article_rows)),
    ]

    for offsets, n_parts, end in parts:
        assert len(offsets) == n_parts + 1
        assert (offsets[0], offsets[-1]) == (0, end)
        assert (np.diff(offsets) >= 0).all()
    assert len(arrays.idf) == len(content.vocabulary) + len(arrays.bigram_keys)
    assert len(arrays.is_name) == len(content.vocabulary)
    assert len(arrays.vocabulary_heads) == len(content.vocabulary)
    assert len(arrays.publisher) == len(stories)


@given(collections())
@LAW
def test_terms_can_be_looked_up_by_halving(stories: list[Story]) -> None:
    content = build_content(stories)

    assert list(content.vocabulary) == sorted(set(content.vocabulary))
    assert (np.diff(content.arrays.bigram_keys) > 0).all()


@given(collections())
@LAW
def test_each_sentence_knows_its_passage(stories: list[Story]) -> None:
    arrays = build_content(stories).arrays
    holders = np.repeat(np.arange(len(arrays.passage_article)), np.diff(arrays.passage_offsets))

    assert np.array_equal(arrays.sentence_passage, holders)


@given(collections())
@LAW
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
        "ferri sink",
        "harbour staff",
        "staff watch",
        "nobodi drown",
    }


def test_a_title_that_no_passage_is_weighed_with_is_not_known() -> None:
    """Else its words would weigh in a question, and find nothing."""
    content = build_content([make_story("", "a", title="Xylophone"), make_story("Storm.", "b")])

    assert content.vocabulary == ("storm",)


@given(collections())
@LAW
def test_titles_and_headings_are_held_by_their_terms(stories: list[Story]) -> None:
    """A reader has them in mind when reading a sentence, so they are looked up with it."""
    content = build_content(stories)
    arrays = content.arrays

    def read(offsets: np.ndarray, terms: np.ndarray) -> list[list[str]]:
        runs = pairwise(offsets.tolist())
        return [[content.vocabulary[one] for one in terms[first:end]] for first, end in runs]

    passages = [(article, one) for article, _ in stories for one in split_passages(article)]
    holders = {article.article_id for article, _ in passages}
    assert read(arrays.title_offsets, arrays.title_terms) == [
        weighed_terms(source.title or "") if article.article_id in holders else []
        for article, source in stories
    ]
    assert read(arrays.heading_offsets, arrays.heading_terms) == [
        weighed_terms(one.heading.slice(article.text)) if one.heading else []
        for article, one in passages
    ]


@given(collections())
@LAW
def test_publishers_are_numbered_in_code_point_order(stories: list[Story]) -> None:
    """So that one named in a question is found without reading a record."""
    publishers = list_publishers(stories)

    assert publishers == sorted({source.publisher for _, source in stories if source.publisher})
    assert build_content(stories).arrays.publisher.tolist() == [
        publishers.index(source.publisher) if source.publisher else -1 for _, source in stories
    ]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("It was Maren, said Maren.", {"maren"}),
        ("Maren said so.\n\nMaren left.", set()),  # every sentence begins with a capital
        ("So March, March, March, March, March, then they march.", {"march"}),
        ("So March, March, March, March, then they march.", set()),
        ("So said Storm, and a storm came.", set()),
        ("The Storm of Linn fell.", {"storm", "linn"}),
        ("A ferry sank.", set()),
    ],
)
def test_a_word_is_a_name_if_it_mostly_has_a_capital_inside_of_sentences(
    text: str, names: set[str]
) -> None:
    """A name that no quote holds makes an answer unlikely, however a member writes it."""
    content = build_content([make_story(text)])

    found = np.flatnonzero(content.arrays.is_name)
    assert {content.vocabulary[one] for one in found} == names


def test_capitals_of_titles_make_no_names() -> None:
    """They have capitals throughout."""
    content = build_content([make_story("A ferry sank.", title="How The Ferry Sank")])

    assert not content.arrays.is_name.any()


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
