from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.coverage import Coverage, sentence_terms
from retrieval.index import Index
from retrieval.ranking import weigh_query
from tests.stories import HARBOUR, Story, make_story

Build = Callable[[Iterable[Story]], Index]


@pytest.fixture(scope="module")
def index(build_index: Build) -> Index:
    return build_index([make_story(HARBOUR)])


@given(question=st.sampled_from(HARBOUR.split("\n\n")), extra=st.sampled_from(["", " zebra"]))
def test_a_longer_run_covers_no_less_and_nothing_covers_more_than_all(
    index: Index, question: str, extra: str
) -> None:
    coverage = Coverage(index, weigh_query(index, question + extra))
    shares = [coverage.share(coverage.find_in_run(0, last)) for last in range(6)]

    assert shares == sorted(shares)
    assert shares[0] >= 0
    assert shares[-1] <= 1 + 1e-9
    assert not extra or shares[-1] < 1


def test_a_sentence_covers_all_of_itself(index: Index) -> None:
    first = HARBOUR.split("\n\n", maxsplit=1)[0]
    coverage = Coverage(index, weigh_query(index, first))

    assert coverage.share(coverage.find(0)) == pytest.approx(1, abs=0.1)  # names' initials apart


def test_a_word_that_no_article_holds_weighs_like_the_rarest(index: Index) -> None:
    """A question whose one rare word is missing is not half covered by its common one."""
    coverage = Coverage(index, weigh_query(index, "zebra cranes"))

    assert coverage.share(coverage.find(0)) <= 0.5


def test_the_terms_of_a_sentence_stand_in_order(index: Index) -> None:
    terms = [index.term(number) for number in sentence_terms(index, 3)]

    assert terms[:5] == ["told", "report", "remov", "one", "crane"]
