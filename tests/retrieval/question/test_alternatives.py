from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.article import Article, Source
from retrieval.indexing.index import Index
from retrieval.question.alternatives import Alternative, count_passages, find_forms, find_range
from retrieval.tokens import find_words, fold_word
from tests.stories import FERRY, HARBOUR, collections, make_story
from tests.strategies import share_of_examples

BuildIndex = Callable[[Iterable[tuple[Article, Source]]], Index]


@share_of_examples(0.2)
@given(st.data())
def test_a_word_is_shown_as_some_article_writes_it(
    build_index: BuildIndex, data: st.DataObject
) -> None:
    """What was searched for is shown to the reader: it must be a word, not a stem."""
    articles = data.draw(collections())
    index = build_index(articles)
    written = {word for article, _ in articles for word in find_words(article.text)}
    lower = {word.lower() for word in written}

    for term in range(index.n_unigrams):
        for form in find_forms(index, term):
            assert fold_word(form) == index.term(term)
            assert form in written or form in lower


@share_of_examples(0.2)
@given(st.data())
def test_a_range_holds_the_words_that_start_alike(
    build_index: BuildIndex, data: st.DataObject
) -> None:
    index = build_index(data.draw(collections()))
    terms = [index.term(number) for number in range(index.n_unigrams)]
    prefix = data.draw(st.text("acefhmorst", min_size=1, max_size=3))

    found = find_range(index, prefix)

    assert [terms[number] for number in found] == [one for one in terms if one.startswith(prefix)]


def test_a_word_has_a_capital_only_where_it_always_has(build_index: BuildIndex) -> None:
    index = build_index([make_story(HARBOUR, "a"), make_story(FERRY, "b", title="Ferries again")])

    assert find_forms(index, number(index, "ferri")) == ("Ferries", "ferry")
    assert find_forms(index, number(index, "resid")) == ("Residents",)
    assert find_forms(index, number(index, "varnholm")) == ("Varnholm",)


def test_a_word_of_titles_alone_has_no_form_to_show(build_index: BuildIndex) -> None:
    index = build_index([make_story(FERRY, "b", title="Gulls again")])

    assert find_forms(index, number(index, "gull")) == ()


def test_passages_that_hold_a_word_are_counted(build_index: BuildIndex) -> None:
    index = build_index([make_story(HARBOUR, "a"), make_story(FERRY, "b")])

    assert count_passages(index, number(index, "varnholm")) == 2


@pytest.mark.parametrize("share", [0.0, -1.0, 1.5])
def test_a_share_is_above_0_and_at_most_1(share: float) -> None:
    with pytest.raises(ValueError, match="share"):
        Alternative(0, share)


def number(index: Index, term: str) -> int:
    """Return the id of a term that the index holds."""
    found = index.find_term(term)
    assert found is not None
    return found
