"""What tells an answer from a near miss, in numbers that mean the same in all collections."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.considering import Wanted, consider_question
from retrieval.evidence.answers import KINDS
from retrieval.features import FEATURES
from retrieval.indexing.index import Index
from retrieval.models import LogisticModel, Models, load_models
from tests.stories import FERRY, HARBOUR, Story, collections, make_story, questions
from tests.strategies import share_of_examples

Build = Callable[[Iterable[Story]], Index]

LAW = share_of_examples(0.4)  # each builds an index

# What is no share: counts, and odds.
COUNTS = {"n_missing", "n_names_missing", "numbers_missing", "n_names", "n_terms"}
ODDS = {"best_log_odds": (-10, 10), "lead": (-20, 5)}


def measure(index: Index, question: str, *, most: int = 3) -> dict[str, float] | None:
    """Return the features of what would be quoted, by name."""
    considered = consider_question(
        index,
        question,
        Wanted(3, most, 300),
        asked=None,
        allowed=np.ones(index.n_articles, np.bool_),
        models=load_models(),
    )
    assert (considered.features is None) == (considered.windows == ())
    if considered.features is None:
        return None
    return dict(zip(FEATURES, considered.features.tolist(), strict=True))


def measured(index: Index, question: str) -> dict[str, float]:
    features = measure(index, question)
    assert features is not None
    return features


@pytest.fixture(scope="module")
def index(build_index: Build) -> Index:
    return build_index(
        [make_story(HARBOUR, "a", title="Cranes of Varnholm"), make_story(FERRY, "b")]
    )


@LAW
@given(collections(), questions())
def test_features_are_finite_and_shares_or_small(
    build_index: Build, stories: list[Story], question: str
) -> None:
    """So that one model serves collections of any size."""
    features = measure(build_index(stories), question)

    for name, value in (features or {}).items():
        low, high = ODDS.get(name, (0, 100 if name in COUNTS else 1))
        assert low <= value <= high + 1e-6, (name, value)
    if features is not None:
        assert features["best"] >= features["second"] >= 0
        assert features["coverage"] <= features["titled"] + 1e-9 <= features["passage"] + 2e-9
        assert features["joint"] <= features["joint_titled"] + 1e-9
        assert features["coverage"] <= features["joint"] + 1e-9


@LAW
@given(collections(), questions(), st.randoms())
def test_the_order_of_the_articles_changes_nothing(
    build_index: Build, stories: list[Story], question: str, random: st.Random
) -> None:
    features = measure(build_index(stories), question)
    random.shuffle(stories)

    assert measure(build_index(stories), question) == features


@LAW
@given(collections(), questions(), st.integers(3, 9))
def test_quotes_behind_the_answers_own_change_nothing(
    build_index: Build, stories: list[Story], question: str, most: int
) -> None:
    """How sure an answer is cannot depend on how many pages it has."""
    index = build_index(stories)

    assert measure(index, question, most=most) == measure(index, question)


def test_there_are_none_where_nothing_would_be_quoted(index: Index) -> None:
    assert measure(index, "zebras") is None
    assert measure(index, "is it the") is None


def test_a_question_that_is_all_held_misses_nothing(index: Index) -> None:
    features = measured(index, "How many abandoned cranes had it counted?")

    missing = [name for name in FEATURES if "missing" in name or name.startswith("no_")]
    assert [features[name] for name in missing] == [0] * len(missing)
    assert features["joint"] == pytest.approx(1)
    assert features["coverage"] == pytest.approx(1)
    assert (features["holds_number"], features["counts_asked"]) == (1, 1)


def test_a_title_counts_as_held(index: Index) -> None:
    """The quote need not repeat what the whole article is about."""
    features = measured(index, "Which Varnholm cranes should be kept as monuments?")

    assert features["names_missing"] == 0
    assert features["coverage"] < features["titled"] == pytest.approx(1)


def test_what_no_article_holds_is_missed_most(index: Index) -> None:
    features = measured(index, "How many cranes were counted in Lisbon?")

    assert features["rarest_missing"] == 1
    assert features["unknown_share"] == pytest.approx(1 / 3)
    assert (features["names_missing"], features["n_names_missing"]) == (1, 1)
    assert features["joint_titled"] < 1


def test_a_year_that_no_quote_holds_is_missed_as_a_number(index: Index) -> None:
    """The same story of another year is the commonest near miss of all."""
    asked = measured(index, "How many cranes were counted in 1987?")
    held = measured(index, "Which cranes had stood idle since 2009?")

    assert (asked["numbers_missing"], held["numbers_missing"]) == (1, 0)


def test_a_repaired_word_is_told_from_an_unknown_one(index: Index) -> None:
    features = measured(index, "Who leads the insitute of Lisbon?")

    assert features["repaired_share"] == pytest.approx(1 / 3)
    assert features["unknown_share"] == pytest.approx(1 / 3)


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("When were the fishermen asked?", "date"),
        ("How many fishermen were asked?", "number"),
        ("Why were the fishermen asked?", "reason"),
        ("Were the fishermen asked?", None),
    ],
)
def test_a_missing_kind_of_answer_is_told_from_a_question_that_asks_for_none(
    index: Index, question: str, asked: str | None
) -> None:
    features = measured(index, question)

    kinds = [kind.value for kind in KINDS]
    assert [kind for kind in kinds if features[f"no_{kind}"]] == ([asked] if asked else [])
    assert not any(features[f"holds_{kind}"] for kind in kinds)
    assert features["count_missing"] == (asked == "number")


def test_the_only_passage_that_matches_leads_by_all(index: Index) -> None:
    features = measured(index, "fishermen")

    assert 0 < features["cosine"] <= 1
    assert (features["margin"], features["second"], features["third"]) == (1, 0, 0)


def test_passages_of_one_article_agree(build_index: Build) -> None:
    """Where the best ones are of many stories, the question may be about another one."""
    together = build_index([make_story("Cranes rust.\n\n# More\n\nCranes fell.\n", "a")])
    apart = build_index([make_story("Cranes rust.", "a"), make_story("Cranes fell.", "b")])

    assert measured(together, "cranes")["agreement"] == 1
    assert measured(apart, "cranes")["agreement"] == 0.5


def test_a_certain_sentence_gives_no_endless_odds(index: Index) -> None:
    """A model that is quite sure must not decide alone."""
    sure = LogisticModel(np.zeros_like(load_models().sentences.weights), 500.0)
    models = Models(sure, load_models().confidence, 0.5)

    features = consider_question(
        index,
        "cranes",
        Wanted(3, 3, 300),
        asked=None,
        allowed=np.ones(index.n_articles, np.bool_),
        models=models,
    ).features

    assert features is not None
    assert np.isfinite(features).all()
