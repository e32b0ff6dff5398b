"""Examples to models: scikit-learn's regressions, as plain weights."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from retrieval import evidence, features
from retrieval.models import LogisticModel, Models
from retrieval.training.examples import QuoteExample, SentenceExamples, Variant
from retrieval.training.fitting import (
    MAX_ITERATIONS,
    describe,
    fit_confidence,
    fit_sentences,
    measure,
    without,
)
from tests.strategies import share_of_examples

N_SENTENCES, N_QUOTES = len(evidence.FEATURES), len(features.FEATURES)


def draw_rows(seed: int, n_features: int) -> tuple[np.ndarray, np.ndarray]:
    """Return features of unlike size, and answers that follow some of them, with noise."""
    random = np.random.default_rng(seed)
    rows = random.normal(size=(80, n_features)) * random.uniform(0.1, 9, n_features)
    hits = rows[:, 0] - rows[:, 1] + random.normal(size=80) > 0
    hits[:2] = True, False
    return rows, hits


@share_of_examples(0.2)
@given(st.integers(0, 1000))
def test_a_probability_is_that_of_scikit_learns_regression(seed: int) -> None:
    """Plain arrays score as the model that was fitted, to the rounding of its weights."""
    rows, hits = draw_rows(seed, N_SENTENCES)
    scaler = StandardScaler().fit(rows)
    expected = LogisticRegression(max_iter=MAX_ITERATIONS).fit(scaler.transform(rows), hits)

    model = fit_sentences([SentenceExamples(0, rows[:30], hits[:30]),
                           SentenceExamples(1, rows[30:], hits[30:])])  # fmt: skip

    probabilities = expected.predict_proba(scaler.transform(rows))[:, 1]
    assert_allclose(model.probabilities(rows), probabilities, atol=1e-3)


def test_questions_for_which_nothing_would_be_quoted_teach_no_confidence() -> None:
    rows, hits = draw_rows(7, N_QUOTES)
    examples = [
        QuoteExample(Variant.WHOLE, 0, row, bool(hit)) for row, hit in zip(rows, hits, strict=True)
    ]
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
    others = {Variant.REMOVED: -1.0 if answerable else 0.0, Variant.NEAR: -1.0 if answerable else 0}
    examples = [
        QuoteExample(variant, 0, np.eye(N_QUOTES)[0] * value, is_hit=variant in answers)
        for variant, value in (answers | others).items()
        for _ in range(3)
    ]

    figures = measure(examples, [sure_models(0.9)], threshold=0.9)

    assert (figures["auroc_removed"], figures["auroc_near"]) == (area, area)
    assert figures["n_whole"] == figures["n_near"] == 3
    assert figures["answered_whole"] == (answerable > 0)
    assert figures["answered_removed"] == 0


def test_a_question_without_quotes_counts_as_silence() -> None:
    examples = [QuoteExample(variant, 0, None, is_hit=False) for variant in Variant]

    figures = measure(examples, [sure_models(0.1)], threshold=0.1)

    assert [figures[f"answered_{one.value}"] for one in Variant] == [0] * len(Variant)


def test_models_are_described_by_weights_origin_and_figures() -> None:
    models = sure_models(0.25)

    data = json.loads(json.dumps(describe(models, origin="our own", figures={"n_whole": 3})))

    assert tuple(data["sentences"]["weights"]) == evidence.FEATURES
    assert tuple(data["confidence"]["weights"]) == features.FEATURES
    assert (data["threshold"], data["origin"], data["figures"]) == (0.25, "our own", {"n_whole": 3})
