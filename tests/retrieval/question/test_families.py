from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.article import Article, Source
from retrieval.indexing.index import Index
from retrieval.question.families import MOST_MEMBERS, find_family
from retrieval.tokens import extract_terms, fold_word
from tests.stories import make_story

BuildIndex = Callable[[Iterable[tuple[Article, Source]]], Index]

TEXT = (
    "The Kenyan and Chinese crews came from Japan and from Croatia. They chose a westerly course. "
    "A defector told of an invasion and of a denial. The British navy decided nothing. "
    "Most employees voted in the election for an organised harbour centre. "
    "The party wrote a general statement on universities, communities and the government. "
    "Its percentage of modern marriages and the delivery of labour were low. Western ports closed."
)
TERMS = set(extract_terms(TEXT))


@pytest.fixture(scope="module")
def index(build_index: BuildIndex) -> Index:
    return build_index([make_story(TEXT)])


@given(word=st.sampled_from(TEXT.split()) | st.text(max_size=10))
def test_a_member_is_another_word_of_the_articles(index: Index, word: str) -> None:
    family = find_family(index, word)

    assert len(family) <= MOST_MEMBERS
    for member in family:
        assert index.term(member.term_id) in TERMS - {fold_word(word)}
        assert 0.5 <= member.share < 1


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ("Kenya", "Kenyan"),
        ("China", "Chinese"),
        ("Japanese", "Japan"),
        ("Croatian", "Croatia"),
        ("Britain", "British"),
        ("defect", "defector"),
        ("invaded", "invasion"),
        ("deny", "denial"),
        ("decision", "decided"),
        ("employ", "employees"),
        ("organized", "organised"),
        ("center", "centre"),
        ("labor", "labour"),
        ("percent", "percentage"),
        ("deliver", "delivery"),
        ("marry", "marriages"),
        ("west", "western"),
    ],
)
def test_words_of_one_root_find_each_other(index: Index, asked: str, written: str) -> None:
    """Who asks about Kenya is answered by what the Kenyan navy did."""
    terms = {index.term(member.term_id) for member in find_family(index, asked)}

    assert fold_word(written) in terms


@pytest.mark.parametrize(
    "word",
    [
        *("part", "generous", "universe", "communist", "state", "govern", "modernist", "organ"),
        *("course", "most", "", "the", "54", "2019", "crew's"),
    ],
)
def test_words_that_only_look_alike_are_strangers(index: Index, word: str) -> None:
    """A false relative answers another question."""
    assert find_family(index, word) == ()
