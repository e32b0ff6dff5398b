from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest
from hypothesis import HealthCheck, given, settings

from retrieval.answering import Request, consider_question
from retrieval.features import FEATURE_NAMES, Features
from retrieval.filtering import filter_articles
from retrieval.indexing.index import Index
from tests.stories import FERRY, HARBOUR, Story, collections, make_story, questions

Build = Callable[[Iterable[Story]], Index]


def measure(index: Index, question: str) -> Features | None:
    return consider_question(
        index, Request(question), filter_articles(index, None, None, None)
    ).features


@pytest.fixture(scope="module")
def index(build_index: Build) -> Index:
    return build_index(
        [make_story(HARBOUR, "a", title="Cranes of Varnholm"), make_story(FERRY, "b")]
    )


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(collections(), questions())
def test_features_are_shares(build_index: Build, stories: list[Story], question: str) -> None:
    """So that one model serves collections of any size."""
    features = measure(build_index(stories), question)

    if features is not None:
        shares = dict(zip(FEATURE_NAMES, features.values(), strict=True))
        assert shares.pop("n_terms") > 0
        assert all(-1e-6 <= share <= 1 + 1e-6 for share in shares.values()), shares
        assert not (features.expected_found and features.expected_missing)


def test_there_are_none_where_nothing_would_be_quoted(index: Index) -> None:
    assert measure(index, "zebras") is None
    assert measure(index, "is it the") is None


def test_a_question_that_is_all_held_misses_nothing(index: Index) -> None:
    features = measure(index, "How many abandoned cranes had it counted?")

    assert features is not None
    assert features.joint_coverage == pytest.approx(1)
    assert (features.rarest_missing, features.unknown_share) == (0, 0)
    assert (features.expected_found, features.expected_missing) == (1, 0)


def test_a_title_counts_as_held(index: Index) -> None:
    """The quote need not repeat what the whole article is about."""
    features = measure(index, "Which Varnholm cranes should be kept as monuments?")

    assert features is not None
    assert features.names_missing == 0


def test_what_no_article_holds_is_missed_most(index: Index) -> None:
    features = measure(index, "How many cranes were counted in Lisbon?")

    assert features is not None
    assert features.rarest_missing == 1
    assert features.unknown_share == pytest.approx(1 / 3)
    assert features.names_missing == 1
    assert features.joint_coverage < 1


def test_a_missing_kind_of_answer_is_told_from_a_question_that_asks_for_none(index: Index) -> None:
    missing, asks_for_none = (
        measure(index, "When were the fishermen asked?"),
        measure(index, "Why were the fishermen asked?"),
    )

    assert missing is not None
    assert asks_for_none is not None
    assert (missing.expected_found, missing.expected_missing) == (0, 1)
    assert (asks_for_none.expected_found, asks_for_none.expected_missing) == (0, 0)


def test_the_only_passage_that_matches_leads_by_all(index: Index) -> None:
    features = measure(index, "fishermen")

    assert features is not None
    assert 0 < features.top_score <= 1
    assert features.margin == 1
