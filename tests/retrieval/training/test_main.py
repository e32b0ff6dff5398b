"""The command that trains: what it writes is what answering reads."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from retrieval.models import load_models
from retrieval.training.__main__ import main
from retrieval.training.examples import Data
from retrieval.training.folds import Trained
from tests.retrieval.training.towns import TOWNS, make_line, write_towns

NOWHERE = [make_line("none", "Why did Abo sell its zebras?")]


class AskedToTrainError(Exception):
    """Stands in for the training itself, where only what it is given matters."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder of articles and of questions about them."""
    return write_towns(tmp_path, TOWNS[:8], n_facts=2, more=NOWHERE)


def test_the_command_writes_models_that_answering_reads(
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """And prints how well they do on articles that they have not seen."""
    output = folder / "models.json"
    arguments = ["--origin", "our own", "--threshold", "0.4", "--output", str(output)]
    monkeypatch.setattr(sys, "argv", ["training", str(folder), *arguments])

    main()

    printed = dict(line.split(": ") for line in capsys.readouterr().out.splitlines())
    content = json.loads(output.read_text(encoding="utf-8"))["models"]
    assert load_models(output).threshold == 0.4
    assert content["origin"] == "our own"
    assert {name: float(figure) for name, figure in printed.items()} == content["figures"]
    assert float(printed["answered_whole"]) > float(printed["answered_removed"])
    assert not any(town in json.dumps(content) for town in TOWNS)


def test_the_command_asks_where_the_questions_come_from(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Their licence binds whoever ships the models."""
    monkeypatch.setattr(sys, "argv", ["training", str(folder)])

    with pytest.raises(SystemExit):
        main()


def test_several_folders_are_learned_together(
    folder: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The encyclopedia and the made-up news, each read for itself."""
    other = write_towns(tmp_path_factory.mktemp("other"), TOWNS[8:], n_facts=1)
    given: list[Data] = []

    def watch(sets: Sequence[Data], *, threshold: float) -> Trained:
        given.extend(sets)
        raise AskedToTrainError(threshold)

    monkeypatch.setattr("retrieval.training.__main__.train", watch)
    monkeypatch.setattr(sys, "argv", ["training", str(folder), str(other), "--origin", "our own"])

    with pytest.raises(AskedToTrainError):
        main()

    assert [len(one.articles) for one in given] == [8, len(TOWNS) - 8]
    assert [len(one.unanswered) for one in given] == [1, 0]
