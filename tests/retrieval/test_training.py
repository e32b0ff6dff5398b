from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from corpus.errors import RefusedInput
from retrieval.abstaining import load_model
from retrieval.features import FEATURE_NAMES
from retrieval.training import (
    FOLDS,
    GROUP_ARTICLES,
    Articles,
    gather_examples,
    main,
    read_articles,
)

PLACES = "Abo Bergen Cadiz Dover Elba Faro Genoa Hull Izmir Jaffa Kiel Lagos".split()
FACTS = (
    "The lighthouse of {0} was painted green in 1901.",
    "The ferry to {0} carries forty passengers every morning.",
    "The market of {0} sells herring and dark bread.",
    "The bridge of {0} was designed by a retired sailor.",
)
QUESTIONS = ("lighthouse painted", "ferry carries", "market sells", "bridge designed")


def write_lines(path: Path, lines: list[dict[str, object]]) -> Path:
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """Return a file of twelve articles of four paragraphs, each stating a fact of its place."""
    texts = ["\n\n".join(FACTS).format(place) for place in PLACES]
    lines = [{"id": place, "text": text} for place, text in zip(PLACES, texts, strict=True)]
    return write_lines(tmp_path / "articles.jsonl", lines)


@pytest.fixture
def questions(tmp_path: Path, articles: Path) -> Path:
    """Return a file with a question about each fact."""
    lines: list[dict[str, object]] = []
    for article, _ in read_articles(articles):
        place = next(place for place in PLACES if place in article.text)
        for words, fact in zip(QUESTIONS, FACTS, strict=True):
            start = article.text.index(fact.format(place))
            gold = {"article_id": article.article_id, "start": start, "end": start + 10, "grade": 2}
            lines.append(
                {
                    "id": f"{place} {words}",
                    "question": f"{words} of {place}",
                    "answerable": True,
                    "gold": [gold],
                }
            )
    return write_lines(tmp_path / "questions.jsonl", lines)


def test_questions_are_asked_with_and_without_their_answers(
    articles: Path, questions: Path
) -> None:
    """Each once of all articles and of a few, without its article, and without its paragraph."""
    read: Articles = read_articles(articles)
    asked = len(PLACES) * len(FACTS)

    examples = list(gather_examples(read, questions))

    answerable = [example for example in examples if example.is_answerable]
    unanswerable = [example for example in examples if not example.is_answerable]
    assert len(PLACES) > GROUP_ARTICLES
    assert len(answerable) == 2 * asked
    assert asked < len(unanswerable) <= 3 * asked
    assert all(example.is_hit for example in answerable)
    assert not any(example.is_hit for example in unanswerable)
    assert {example.fold for example in examples} == set(range(FOLDS))


def test_the_command_writes_a_model_that_answering_reads(
    articles: Path,
    questions: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """And prints how well it does on articles that it has not seen."""
    output = tmp_path / "model.json"
    arguments = ["--origin", "our own", "--threshold", "0.4", "--output", str(output)]
    monkeypatch.setattr(sys, "argv", ["training", str(articles), str(questions), *arguments])

    main()

    model = load_model(output)
    assert (len(model.coefficients), model.threshold) == (len(FEATURE_NAMES), 0.4)
    printed = dict(line.split(": ") for line in capsys.readouterr().out.splitlines())
    assert float(printed["auroc"]) > 0.7
    assert float(printed["answered_share"]) > float(printed["falsely_answered_share"])
    text = output.read_text(encoding="utf-8")
    assert json.loads(text)["model"]["origin"] == "our own"
    assert not any(place in text for place in PLACES)


def test_the_command_asks_where_the_questions_come_from(
    articles: Path, questions: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Their licence binds whoever ships the model."""
    monkeypatch.setattr(sys, "argv", ["training", str(articles), str(questions)])

    with pytest.raises(SystemExit):
        main()


def test_an_article_that_would_be_refused_stops_the_training(tmp_path: Path) -> None:
    """Figures over a part of the articles would not be comparable."""
    path = write_lines(tmp_path / "articles.jsonl", [{"id": "a", "title": "No text"}])

    with pytest.raises(RefusedInput):
        read_articles(path)
