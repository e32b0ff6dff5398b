"""Examples to models: a choice among sentences and scikit-learn's regressions, as plain weights."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from retrieval import features
from retrieval.evidence import gathering
from retrieval.models import LogisticModel, Models
from retrieval.training.examples import QuoteExample, SentenceExamples, Variant
from retrieval.training.fitting import (
    MAX_ITERATIONS,
    PENALTY,
    describe,
    fit_confidence,
    fit_sentences,
    measure,
    without,
)
from tests.strategies import share_of_examples

N_SENTENCES, N_QUOTES = len(gathering.FEATURES), len(features.FEATURES)


def draw_rows(seed: int, n_features: int) -> tuple[np.ndarray, np.ndarray]:
    """Return features of unlike size, and answers that follow some of them, with noise."""
    random = np.random.default_rng(seed)
    rows = random.normal(size=(80, n_features)) * random.uniform(0.1, 9, n_features)
    hits = rows[:, 0] - rows[:, 1] + random.normal(size=80) > 0
    hits[:2] = True, False
    return rows, hits


def quotes_of(rows: np.ndarray, hits: np.ndarray) -> list[QuoteExample]:
    return [
        QuoteExample(Variant.WHOLE, 0, row, bool(hit)) for row, hit in zip(rows, hits, strict=True)
    ]


def sentences_of(rows: np.ndarray, hits: np.ndarray) -> SentenceExamples:
    return SentenceExamples(0, rows, hits.astype(bool))


@share_of_examples(0.2)
@given(st.integers(0, 1000))
def test_a_probability_is_that_of_scikit_learns_regression(seed: int) -> None:
    """Plain arrays score as the model that was fitted, to the rounding of its weights."""
    rows, hits = draw_rows(seed, N_QUOTES)
    scaler = StandardScaler().fit(rows)
    expected = LogisticRegression(max_iter=MAX_ITERATIONS).fit(scaler.transform(rows), hits)

    model = fit_confidence(quotes_of(rows, hits))

    probabilities = expected.predict_proba(scaler.transform(rows))[:, 1]
    assert_allclose(model.probabilities(rows), probabilities, atol=1e-3)


def draw_choices(seed: int, *, n_features: int, size: int) -> list[SentenceExamples]:
    """Return questions with some sentences each, of which the one that answers stands out."""
    random = np.random.default_rng(seed)
    scale, pull = random.uniform(0.1, 9, n_features), random.normal(size=n_features)
    choices = []
    for _ in range(120):
        rows = random.normal(size=(size, n_features))
        best = np.argmax(rows @ pull + random.gumbel(size=size))
        choices.append(sentences_of(rows * scale, np.arange(size) == best))
    return choices


@share_of_examples(0.2)
@given(st.integers(0, 1000))
def test_a_choice_between_two_is_a_regression_on_their_difference(seed: int) -> None:
    """Which is how a conditional logit is known to come out; the level is fitted for itself."""
    choices = draw_choices(seed, n_features=4, size=2)
    scale = StandardScaler().fit(np.concatenate([one.features for one in choices])).scale_
    apart = np.array([(one.features[one.hits] - one.features[~one.hits])[0] for one in choices])
    rows = np.concatenate([apart, -apart]) / scale
    regression = LogisticRegression(
        C=1 / (2 * PENALTY * len(rows)), fit_intercept=False, tol=1e-8, max_iter=MAX_ITERATIONS
    ).fit(rows, np.repeat([True, False], len(choices)))

    weights = fit_sentences(choices).weights

    expected = regression.coef_[0] / scale
    directions = [one / np.linalg.norm(one) for one in (weights, expected)]
    assert_allclose(*directions, atol=1e-3)


@share_of_examples(0.2)
@given(st.integers(0, 1000))
def test_probabilities_are_as_high_as_sentences_answer(seed: int) -> None:
    """One sentence in five answers here: on the average that is what is promised."""
    choices = draw_choices(seed, n_features=4, size=5)

    model = fit_sentences(choices)

    rows = np.concatenate([one.features for one in choices])
    assert model.probabilities(rows).mean() == pytest.approx(1 / 5, abs=1e-3)


def test_what_tells_easy_questions_from_hard_ones_does_not_tell_which_sentence_answers() -> None:
    """Where few sentences are read, more of them are hits: none answers the better for it."""
    random, examples = np.random.default_rng(7), []
    for place in range(200):
        size, is_easy = (2, 1.0) if place % 2 else (20, 0.0)
        hits = np.arange(size) == 0
        noise = random.normal(size=(2, size))
        columns = [3 * hits + noise[0], np.full(size, is_easy), 3 * is_easy - hits + noise[1]]
        examples.append(sentences_of(np.column_stack(columns), hits))
    rows = np.concatenate([one.features for one in examples])
    hits = np.concatenate([one.hits for one in examples])

    at_hits, same_throughout, less_at_hits = fit_sentences(examples).weights

    assert at_hits > 1
    assert same_throughout == pytest.approx(0, abs=1e-4)
    assert less_at_hits < -0.2  # than beside them, although it is more than at other questions
    assert LogisticRegression().fit(rows[:, 1:2], hits).coef_[0] > 1
    assert LogisticRegression().fit(rows[:, 2:], hits).coef_[0] > 0.2


def test_questions_for_which_nothing_would_be_quoted_teach_no_confidence() -> None:
    examples = quotes_of(*draw_rows(7, N_QUOTES))
    silent = [QuoteExample(Variant.REMOVED, 0, None, is_hit=False)] * 5

    one, other = fit_confidence(examples), fit_confidence([*silent, *examples])

    assert one.weights.tolist() == other.weights.tolist()
    assert one.intercept == other.intercept


def test_a_fold_is_left_out_by_its_number() -> None:
    examples = [QuoteExample(Variant.WHOLE, fold, None, is_hit=False) for fold in (0, 1, 2, 1)]

    assert [one.fold for one in without(1, examples)] == [0, 2]


def sure_models(threshold: float) -> Models:
    """Return models whose confidence is high where the first feature is above 0."""
    weights = np.zeros(N_QUOTES)
    weights[0] = 10.0
    return Models(LogisticModel(np.zeros(N_SENTENCES), 0.0), LogisticModel(weights, 0.0), threshold)


@pytest.mark.parametrize(("answerable", "area"), [(1.0, 1.0), (0.0, 0.5), (-2.0, 0.0)])
def test_figures_tell_how_well_answers_are_told_from_silence(
    answerable: float, area: float
) -> None:
    """Each question is judged by the models of the fold that it is not in."""
    answers = {Variant.WHOLE: answerable, Variant.GROUP: answerable}
    beside = -1.0 if answerable else 0.0
    others = dict.fromkeys((Variant.REMOVED, Variant.UNANSWERED, Variant.NEAR), beside)
    examples = [
        QuoteExample(variant, 0, np.eye(N_QUOTES)[0] * value, variant in answers)
        for variant, value in (answers | others).items()
        for _ in range(3)
    ]

    figures = measure(examples, [sure_models(0.9)], threshold=0.9)

    assert (figures["auroc_removed"], figures["auroc_near"]) == (area, area)
    assert figures["n_whole"] == figures["n_near"] == 3
    assert figures["answered_whole"] == (answerable > 0)
    assert figures["answered_removed"] == figures["answered_unanswered"] == 0


def test_a_question_without_quotes_counts_as_silence() -> None:
    examples = [QuoteExample(variant, 0, None, is_hit=False) for variant in Variant]

    figures = measure(examples, [sure_models(0.1)], threshold=0.1)

    assert [figures[f"answered_{one.value}"] for one in Variant] == [0] * len(Variant)


def test_models_are_described_by_weights_origin_and_figures() -> None:
    models = sure_models(0.25)

    data = json.loads(json.dumps(describe(models, origin="our own", figures={"n_whole": 3})))

    assert tuple(data["sentences"]["weights"]) == gathering.FEATURES
    assert tuple(data["confidence"]["weights"]) == features.FEATURES
    assert (data["threshold"], data["origin"], data["figures"]) == (0.25, "our own", {"n_whole": 3})
