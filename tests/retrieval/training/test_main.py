"""The command that trains: what it writes is what answering reads."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from corpus.identity import derive_article_id
from retrieval.models import load_models
from retrieval.training.__main__ import main

PLACES = "Abo Bergen Cadiz Dover Elba Faro Genoa Hull".split()
FACTS = {
    "Who painted the lighthouse of {0}?": "The lighthouse of {0} was painted green in 1901.",
    "How many take the ferry to {0}?": "The ferry to {0} carries forty people every morning.",
}


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    """Return the paths of articles and of questions about them."""
    articles, questions = [], []
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
    paths = []
    for name, lines in (("articles", articles), ("questions", questions)):
        path = tmp_path / f"{name}.jsonl"
        path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
        paths.append(str(path))
    return paths


def test_the_command_writes_models_that_answering_reads(
    files: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """And prints how well they do on articles that they have not seen."""
    output = tmp_path / "models.json"
    arguments = ["--origin", "our own", "--threshold", "0.4", "--output", str(output)]
    monkeypatch.setattr(sys, "argv", ["training", *files, *arguments])

    main()

    printed = dict(line.split(": ") for line in capsys.readouterr().out.splitlines())
    content = json.loads(output.read_text(encoding="utf-8"))["models"]
    assert load_models(output).threshold == 0.4
    assert content["origin"] == "our own"
    assert {name: float(figure) for name, figure in printed.items()} == content["figures"]
    assert float(printed["answered_whole"]) > float(printed["answered_removed"])
    assert not any(place in json.dumps(content) for place in PLACES)


def test_the_command_asks_where_the_questions_come_from(
    files: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Their licence binds whoever ships the models."""
    monkeypatch.setattr(sys, "argv", ["training", *files])

    with pytest.raises(SystemExit):
        main()
