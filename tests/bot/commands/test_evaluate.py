from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from bot.cli import cli
from tests.stories import FERRY, HARBOUR


def test_eval_asks_once_more_without_the_articles_that_answer(tmp_path: Path) -> None:
    """A file of answerable questions alone then says something about silence, too."""
    for name, text in (("harbour", HARBOUR), ("ferry", FERRY)):
        (tmp_path / f"{name}.txt").write_text(text, "utf-8")
    start = HARBOUR.index("She told reporters")
    place = {"file": "harbour.txt", "start": start, "end": start + 40}
    question = {"id": "1", "question": "How much does it cost to remove one crane?"}
    line = json.dumps({**question, "answerable": True, "gold": [place]})
    (tmp_path / "questions.jsonl").write_text(line, "utf-8")
    data = ["--data", str(tmp_path / "data")]
    files = [str(tmp_path / f"{name}.txt") for name in ("harbour", "ferry")]
    CliRunner().invoke(cli, ["corpus", "add", *files, *data], catch_exceptions=False)

    asked = ["eval", str(tmp_path / "questions.jsonl"), *data]
    plain = CliRunner().invoke(cli, asked, catch_exceptions=False)
    hidden = CliRunner().invoke(cli, [*asked, "--without-article"], catch_exceptions=False)

    told = [" ".join(line.split()) for line in hidden.stdout.splitlines()]
    assert "answer hidden, met with silence 1 of 1 100.0% (95 %: 20.7% to 100.0%)" in told
    assert "Confidence: answerable questions against questions whose answer is hidden" in told
    assert "hidden" not in plain.stdout
