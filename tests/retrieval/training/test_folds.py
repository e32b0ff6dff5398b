"""Models trained on questions about twelve small articles of our own."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

from corpus.identity import derive_article_id
from retrieval import evidence, features
from retrieval.training.examples import Data, Variant, read_data
from retrieval.training.folds import FOLDS, Trained, train

PLACES = "Abo Bergen Cadiz Dover Elba Faro Genoa Hull Izmir Jaffa Kiel Lagos".split()
FACTS = {
    "Who painted the lighthouse of {0}?": "The lighthouse of {0} was painted green in 1901.",
    "How many take the ferry to {0}?": "The ferry to {0} carries forty people every morning.",
    "What is sold on the market of {0}?": "The market of {0} sells herring and dark bread.",
}


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Data:
    """Return a question about each paragraph of each article."""
    folder, articles, questions = tmp_path_factory.mktemp("data"), [], []
    for place in PLACES:
        text = "\n\n".join(FACTS.values()).format(place)
        articles.append({"id": place, "publisher": "Post", "text": text})
        article_id = derive_article_id(
            text=text, url=None, publisher="Post", source_id=place, file_name=None
        )
        for asked, fact in FACTS.items():
            start = text.index(fact.format(place))
            gold = {"article_id": article_id, "start": start, "end": start + len(fact) - 2}
            question = {"id": f"{place} {asked}", "question": asked.format(place)}
            questions.append({**question, "answerable": True, "gold": [gold]})
    for name, lines in (("articles", articles), ("questions", questions)):
        text = "".join(json.dumps(line) + "\n" for line in lines)
        (folder / f"{name}.jsonl").write_text(text, "utf-8")
    return read_data(folder / "articles.jsonl", folder / "questions.jsonl", n_folds=FOLDS)


@pytest.fixture(scope="module")
def trained(data: Data) -> Trained:
    return train(data, threshold=0.5)


def test_there_is_a_model_of_all_articles_and_one_without_each_fold(trained: Trained) -> None:
    assert len(trained.folds) == FOLDS
    for models in (trained.models, *trained.folds):
        assert models.threshold == 0.5
        assert models.sentences.weights.shape == (len(evidence.FEATURES),)
        assert models.confidence.weights.shape == (len(features.FEATURES),)


def test_what_is_asked_about_a_fold_teaches_its_models_nothing_about_sentences(
    data: Data, trained: Trained
) -> None:
    """Else they would know the questions that they are measured by."""
    fewer = [one for one in data.questions if data.fold_of(one) != 0]

    again = train(replace(data, questions=fewer), threshold=0.5)

    weights = [one.folds[0].sentences.weights for one in (trained, again)]
    others = [one.folds[1].sentences.weights for one in (trained, again)]
    assert np.array_equal(*weights)
    assert not np.array_equal(*others)


def test_the_figures_are_of_every_question_in_every_collection(
    data: Data, trained: Trained
) -> None:
    """Answers are told from silence on articles that the models have not seen."""
    figures = trained.figures

    assert figures[f"n_{Variant.WHOLE.value}"] == len(data.questions) == 3 * len(PLACES)
    assert figures[f"n_{Variant.REMOVED.value}"] == len(data.questions)
    assert figures["auroc_removed"] > 0.8
    assert figures["answered_whole"] > figures["answered_removed"]
