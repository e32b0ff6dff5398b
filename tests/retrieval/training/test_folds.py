"""Models trained on questions about twelve small articles of our own."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from retrieval import features
from retrieval.evidence import gathering
from retrieval.training.examples import Data, Variant, read_data
from retrieval.training.folds import FOLDS, Trained, train
from tests.retrieval.training.towns import TOWNS, make_line, write_towns

N_FACTS = 3
NOWHERE = [make_line(f"none {town}", f"Why did {town} sell its zebras?") for town in TOWNS]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Data:
    """Return a question about each paragraph of each article, and some that nothing answers."""
    folder = write_towns(tmp_path_factory.mktemp("data"), TOWNS, n_facts=N_FACTS, more=NOWHERE)
    return read_data(folder, n_folds=FOLDS)


@pytest.fixture(scope="module")
def trained(data: Data) -> Trained:
    return train([data], threshold=0.5)


def test_there_is_a_model_of_all_articles_and_one_without_each_fold(trained: Trained) -> None:
    assert len(trained.folds) == FOLDS
    for models in (trained.models, *trained.folds):
        assert models.threshold == 0.5
        assert models.sentences.weights.shape == (len(gathering.FEATURES),)
        assert models.confidence.weights.shape == (len(features.FEATURES),)


def test_what_is_asked_about_a_fold_teaches_its_models_nothing_about_sentences(
    data: Data, trained: Trained
) -> None:
    """Else they would know the questions that they are measured by."""
    fewer = [one for one in data.questions if data.fold_of(one) != 0]

    again = train([replace(data, questions=fewer)], threshold=0.5)

    weights = [one.folds[0].sentences.weights for one in (trained, again)]
    others = [one.folds[1].sentences.weights for one in (trained, again)]
    assert np.array_equal(*weights)
    assert not np.array_equal(*others)


def test_the_figures_are_of_every_question_in_every_collection(
    data: Data, trained: Trained
) -> None:
    """Answers are told from silence on articles that the models have not seen."""
    figures = trained.figures

    assert figures[f"n_{Variant.WHOLE.value}"] == len(data.questions) == N_FACTS * len(TOWNS)
    assert figures[f"n_{Variant.REMOVED.value}"] == len(data.questions)
    assert figures[f"n_{Variant.UNANSWERED.value}"] == len(NOWHERE)
    assert figures["auroc_removed"] > 0.8
    assert figures["answered_whole"] > figures["answered_removed"]


def test_several_sets_are_asked_each_for_itself_and_learned_together(
    data: Data, trained: Trained, tmp_path: Path
) -> None:
    """Questions about one are not asked of the other's articles; both teach all models."""
    folder = write_towns(tmp_path, ["Malmo", "Narvik", "Odessa"], n_facts=1, more=NOWHERE[:2])
    other = read_data(folder, n_folds=FOLDS)

    both = train([data, other], threshold=0.5)

    for variant, count in ((Variant.WHOLE, 3), (Variant.REMOVED, 3), (Variant.UNANSWERED, 2)):
        name = f"n_{variant.value}"
        assert both.figures[name] == trained.figures[name] + count
    assert not np.array_equal(both.models.sentences.weights, trained.models.sentences.weights)
