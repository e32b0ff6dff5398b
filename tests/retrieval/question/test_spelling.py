from __future__ import annotations

import time
from collections.abc import Callable, Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.article import Article, Source
from retrieval.indexing.index import Index
from retrieval.question.spelling import MOST_REPAIRS, find_repairs
from retrieval.tokens import extract_terms, fold_word
from tests.stories import FERRY, HARBOUR, collections, make_story
from tests.strategies import share_of_examples

BuildIndex = Callable[[Iterable[tuple[Article, Source]]], Index]

LETTERS = st.text("abcefhinorstuvy", min_size=1, max_size=12)


@pytest.fixture(scope="module")
def index(build_index: BuildIndex) -> Index:
    return build_index([make_story(HARBOUR, "a"), make_story(FERRY, "b")])


@share_of_examples(0.2)
@given(st.data())
def test_a_word_that_some_article_holds_is_never_repaired(
    build_index: BuildIndex, data: st.DataObject
) -> None:
    """What was typed is searched for, wherever it can be found."""
    index = build_index(data.draw(collections()))

    for term in range(index.n_unigrams):
        word = index.term(term)
        assert fold_word(word) != word or find_repairs(index, word) == ()


@given(word=LETTERS | st.text(max_size=12))
def test_a_repair_is_a_word_of_the_articles(index: Index, word: str) -> None:
    repairs = find_repairs(index, word)

    assert len(repairs) <= MOST_REPAIRS
    for repair in repairs:
        assert index.term(repair.term_id) in extract_terms(HARBOUR + FERRY)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("instittue", "institute"),  # letters that changed places
        ("aurthority", "authority"),  # one put in
        ("autority", "authority"),  # one left out
        ("recomends", "recommends"),  # one not doubled
        ("compeny", None),  # one vowel for another, in a short word
        ("authurity", "authority"),  # the same in a longer one
        ("Varnhlom", "Varnholm"),
        ("harobur", "harbour"),
        ("nisdtitute", None),  # two slips
    ],
)
def test_one_slip_is_mended(index: Index, typed: str, meant: str | None) -> None:
    """A reader who mistypes a word still finds what it is about."""
    terms = [index.term(repair.term_id) for repair in find_repairs(index, typed)]

    assert terms[:1] == ([] if meant is None else [fold_word(meant)])


@pytest.mark.parametrize(
    "word",
    [
        "cane",
        "range",
        "stove",
        "part",
        "grain",
        "monday",
        "2090",
        "54",
        "the",
        "",
        "über",
        "fuels2",
    ],
)
def test_right_words_that_the_articles_lack_are_left_alone(index: Index, word: str) -> None:
    """Mending "cane" into "crane" would answer a question that nobody asked."""
    assert find_repairs(index, word) == ()


def test_a_short_name_is_left_alone(index: Index) -> None:
    """A name with another letter is another name."""
    assert find_repairs(index, "Ferrry", is_name=True)
    assert find_repairs(index, "Ocse", is_name=True) == ()
    assert find_repairs(index, "Frule", is_name=True) == ()


def test_an_endless_sentence_is_not_searched_for_forms(build_index: BuildIndex) -> None:
    """One article without a full stop must not slow every misspelt question down."""
    index = build_index([make_story("harbour " * 2000 + ".")])

    assert find_repairs(index, "harobur") == ()


def test_repairs_take_no_time(build_index: BuildIndex) -> None:
    """A question may hold many words that no article holds; this is a large vocabulary."""
    letters = "aeioubcdfg"
    words = [f"s{a}{b}{c}{d}r" for a in letters for b in letters for c in letters for d in letters]
    lines = (" ".join(words[place : place + 20]) for place in range(0, len(words), 20))
    index = build_index([make_story(".\n\n".join(lines) + ".")])
    started = time.process_time()
    for _ in range(20):
        find_repairs(index, "saaabrt")
    assert time.process_time() - started < 0.2
