"""What the models learn from: questions with and without their answers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from corpus.errors import RefusedInput
from retrieval import features
from retrieval.evidence import gathering
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
from tests.retrieval.training.towns import (
    FACTS,
    TOWNS,
    id_of,
    make_line,
    place_of,
    write_lines,
    write_towns,
)

FOLDS = 3
SMALL = TOWNS[:7]
NOWHERE = [
    make_line(f"none {town}", f"Who robbed the bank of {town} and left a note?") for town in SMALL
]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Data:
    """Return a question about each paragraph of each article, and some that nothing answers."""
    folder = write_towns(tmp_path_factory.mktemp("data"), SMALL, more=NOWHERE)
    return read_data(folder, n_folds=FOLDS)


def of(data: Data, variant: Variant) -> list[Exam]:
    return [exam for exam in set_exams(data, n_folds=FOLDS) if exam.variant is variant]


def ids_of(exam: Exam) -> set[str]:
    return {article.article_id for article, _ in exam.articles}


def test_every_second_question_is_asked_in_lower_case(data: Data) -> None:
    """As members type."""
    is_lower = [question.question.islower() for question in (*data.questions, *data.unanswered)]

    assert is_lower == [bool(place % 2) for place in range(len(is_lower))]


def test_articles_are_dealt_into_folds_evenly(data: Data) -> None:
    sizes = [[data.folds[id_of(town)] for town in SMALL].count(fold) for fold in range(FOLDS)]

    assert sum(sizes) == len(SMALL)
    assert max(sizes) - min(sizes) <= 1
    assert all(data.fold_of(one) == data.folds[article_of(one)] for one in data.questions)


def test_articles_that_answer_one_question_are_in_one_fold(tmp_path: Path) -> None:
    """Of a story that goes on, no part is known when another is asked about."""
    chain = [("Abo", "Bergen"), ("Bergen", "Genoa"), ("Cadiz", "Elba")]
    more = [
        make_line(f"{one} {other}", "Where is a market?", [place_of(one, 2), place_of(other, 2)])
        for one, other in chain
    ]
    data = read_data(write_towns(tmp_path, SMALL, more=more), n_folds=len(SMALL))

    folds = {town: data.folds[id_of(town)] for town in SMALL}
    assert folds["Abo"] == folds["Bergen"] == folds["Genoa"]
    assert folds["Cadiz"] == folds["Elba"]
    assert len(set(folds.values())) == 4  # two stories, and two articles that stand alone


def test_questions_without_an_answer_are_dealt_evenly(data: Data) -> None:
    folds = [data.fold_of(one) for one in data.unanswered]
    sizes = [folds.count(fold) for fold in range(FOLDS)]

    assert sum(sizes) == len(NOWHERE)
    assert max(sizes) - min(sizes) <= 1


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


def test_what_nothing_answers_is_asked_of_everything(data: Data) -> None:
    """And nowhere else: of fewer articles it would be easier to be silent."""
    (exam,) = of(data, Variant.UNANSWERED)

    assert ids_of(exam) == {id_of(town) for town in SMALL}
    assert [one.id for one in exam.questions] == [line["id"] for line in NOWHERE]
    others = [one for one in set_exams(data, n_folds=FOLDS) if one.variant is not exam.variant]
    assert all(one.answerable for other in others for one in other.questions)
    assert not of(replace(data, unanswered=[]), Variant.UNANSWERED)


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
        assert one.features.shape == (len(one.hits), len(gathering.FEATURES))
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


def test_articles_may_be_files_of_a_folder(tmp_path: Path) -> None:
    """As the made-up news lies: one text a file, and what it is about named by file."""
    (tmp_path / "articles").mkdir()
    fact = FACTS["Who painted the lighthouse of {0}?"]
    for town in SMALL:
        (tmp_path / "articles" / f"{town}.txt").write_text(fact.format(town) + "\n", "utf-8")
    gold = {"file": "Elba.txt", "start": 0, "end": len(fact) - 4}
    write_lines(tmp_path / "questions.jsonl", [make_line("a", "Who painted it?", [gold])])

    data = read_data(tmp_path, n_folds=FOLDS)

    texts = {article.article_id: article.text for article, _ in data.articles}
    assert sorted(texts.values()) == [fact.format(town) + "\n" for town in SMALL]
    assert texts[article_of(data.questions[0])] == fact.format("Elba") + "\n"


def test_an_article_that_would_be_refused_stops_the_training(tmp_path: Path) -> None:
    """Figures over a part of the articles would not be comparable."""
    write_lines(tmp_path / "articles.jsonl", [{"id": "a", "title": "No text"}])
    write_lines(tmp_path / "questions.jsonl", [])

    with pytest.raises(RefusedInput):
        read_data(tmp_path, n_folds=FOLDS)
