"""What the models learn from: questions with and without their answers."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from corpus.errors import RefusedInput
from corpus.identity import derive_article_id
from retrieval import evidence, features
from retrieval.models import load_models
from retrieval.training.examples import (
    Data,
    Exam,
    Variant,
    article_of,
    gather_quotes,
    gather_sentences,
    read_data,
    set_exams,
)

FOLDS = 3
PLACES = "Abo Bergen Cadiz Dover Elba Faro Genoa".split()
FACTS = {
    "Who painted the lighthouse of {0}?": "The lighthouse of {0} was painted green in 1901.",
    "How many take the ferry to {0}?": "The ferry to {0} carries forty people every morning.",
    "What is sold on the market of {0}?": "The market of {0} sells herring and dark bread.",
    "Who designed the bridge of {0}?": "The bridge of {0} was designed by a retired sailor.",
}


def write_lines(path: Path, lines: list[dict[str, object]]) -> Path:
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path


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
    return read_data(
        write_lines(folder / "articles.jsonl", articles),
        write_lines(folder / "questions.jsonl", questions),
        n_folds=FOLDS,
    )


def of(data: Data, variant: Variant) -> list[Exam]:
    return [exam for exam in set_exams(data, n_folds=FOLDS) if exam.variant is variant]


def ids_of(exam: Exam) -> set[str]:
    return {article.article_id for article, _ in exam.articles}


def test_every_second_question_is_asked_in_lower_case(data: Data) -> None:
    """As members type."""
    is_lower = [question.question.islower() for question in data.questions]

    assert is_lower == [bool(place % 2) for place in range(len(data.questions))]


def test_articles_are_dealt_into_folds_evenly(data: Data) -> None:
    sizes = [list(data.folds.values()).count(fold) for fold in range(FOLDS)]

    assert sum(sizes) == len(PLACES)
    assert max(sizes) - min(sizes) <= 1
    assert all(data.fold_of(one) == data.folds[article_of(one)] for one in data.questions)


@pytest.mark.parametrize("variant", [Variant.WHOLE, Variant.REMOVED])
def test_every_question_is_asked_once_with_and_once_without_its_article(
    data: Data, variant: Variant
) -> None:
    exams = of(data, variant)

    asked = [question.id for exam in exams for question in exam.questions]
    assert sorted(asked) == sorted(question.id for question in data.questions)
    for exam in exams:
        for question in exam.questions:
            assert (article_of(question) in ids_of(exam)) == variant.is_answerable


def test_small_collections_hold_the_articles_of_their_questions(data: Data) -> None:
    """Most collections are small: all that is found is about the subject."""
    exams = of(data, Variant.GROUP)

    for exam in exams:
        assert {article_of(question) for question in exam.questions} == ids_of(exam)
    assert 1 in {len(exam.articles) for exam in exams}


def test_near_misses_lack_the_paragraph_and_keep_the_article(data: Data) -> None:
    for exam in of(data, Variant.NEAR):
        blocks = {article.article_id: article.blocks for article, _ in exam.articles}
        for question in exam.questions:
            gold = question.gold[0].span
            kept = blocks[article_of(question)]
            assert kept
            assert not any(gold in block.span for block in kept)


def test_sentences_are_learned_where_one_of_them_answers(data: Data) -> None:
    (exam,) = of(data, Variant.WHOLE)

    examples = list(gather_sentences(exam, data))

    assert len(examples) == len(data.questions)
    for one in examples:
        assert one.features.shape == (len(one.hits), len(evidence.FEATURES))
        assert one.hits.any()
    assert {one.fold for one in examples} == set(range(FOLDS))


@pytest.mark.parametrize("variant", Variant)
def test_quotes_are_hits_where_the_answer_is_held(data: Data, variant: Variant) -> None:
    """What is quoted for a question without its answer is wrong by construction."""
    exam = of(data, variant)[0]

    examples = list(gather_quotes(exam, data, [load_models()] * FOLDS))

    assert len(examples) == len(exam.questions)
    assert all(one.variant is variant for one in examples)
    assert any(one.is_hit for one in examples) == variant.is_answerable
    for one in examples:
        assert one.features is None or one.features.shape == (len(features.FEATURES),)
        assert one.features is not None or not one.is_hit


def test_the_models_of_a_fold_are_asked_about_its_own_questions(data: Data) -> None:
    """They have not seen them: others would be too sure of themselves."""
    (exam,) = of(data, Variant.WHOLE)
    shipped = load_models()
    silent = shipped.sentences.weights * 0

    chosen = [shipped] * FOLDS
    chosen[1] = type(shipped)(type(shipped.sentences)(silent, -500.0), shipped.confidence, 0.5)
    examples = list(gather_quotes(exam, data, chosen))

    folds = np.array([one.fold for one in examples])
    lost = np.array([not one.is_hit for one in examples])
    assert lost[folds == 1].all()
    assert not lost[folds != 1].any()


def test_an_article_that_would_be_refused_stops_the_training(tmp_path: Path) -> None:
    """Figures over a part of the articles would not be comparable."""
    articles = write_lines(tmp_path / "articles.jsonl", [{"id": "a", "title": "No text"}])
    questions = write_lines(tmp_path / "questions.jsonl", [])

    with pytest.raises(RefusedInput):
        read_data(articles, questions, n_folds=FOLDS)
