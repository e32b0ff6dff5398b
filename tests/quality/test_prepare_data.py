"""The labelled data beside the project, in the form that ``quoth eval`` reads."""

from __future__ import annotations

import gzip
import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.identity import derive_article_id

PROJECT = Path(__file__).resolve().parent.parent.parent
SCRIPT = PROJECT / "benchmarks" / "prepare_data.py"


def load_script() -> ModuleType:
    """Return the script as a module; by its path, as other packages are named benchmarks too."""
    spec = importlib.util.spec_from_file_location("prepare_data", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


prepare_data = load_script()


def read_jsonl(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


titled = st.lists(st.tuples(st.sampled_from("AB"), st.text(min_size=1)), min_size=1, max_size=8)


@given(titled, st.randoms(use_true_random=False))
def test_a_paragraph_stands_in_its_article_where_its_labels_say(
    drawn: list[tuple[str, str]], random: Any
) -> None:
    """Whatever the order in the file: articles are joined in the order of ids."""
    records = [{"id": n, "title": title, "text": text} for n, (title, text) in enumerate(drawn)]
    shuffled = random.sample(records, len(records))

    articles, paragraphs = prepare_data.join_paragraphs(shuffled)

    texts = {}
    for article in articles:
        named = {"publisher": article["publisher"], "source_id": article["id"]}
        article_id = derive_article_id(text=article["text"], url=None, file_name=None, **named)
        texts[article_id] = article["text"]
    for record in records:
        place = paragraphs[record["id"]].place(0, len(record["text"]))
        assert texts[place["article_id"]][place["start"] : place["end"]] == record["text"]
    assert (articles, paragraphs) == prepare_data.join_paragraphs(records)


@pytest.mark.parametrize(
    ("answer", "found"),
    [("9", ["9", "9"]), ("1990", ["1990"]), ("199", ["199"]), ("$9 (net", ["$9 (net"]), ("8", [])],
)
def test_an_answer_is_found_as_whole_words_where_it_can_be(answer: str, found: list[str]) -> None:
    """The answer 9 is not found in 1990; an answer that was labelled inside a word still counts."""
    text = "In 1990 they paid $9 (net), in 1991 another 9."

    spans = prepare_data.find_answer(answer, text)

    assert [text[start:end] for start, end in spans[: len(found)]] == found
    assert bool(spans) == bool(found)


def write_gzip(path: Path, *records: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress("".join(json.dumps(r) + "\n" for r in records).encode()))


def run_script(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the script as the README says, with the project on the path as if installed."""
    return subprocess.run(
        [sys.executable, str(SCRIPT), *arguments],
        env={"PYTHONPATH": str(PROJECT)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_script_writes_what_eval_reads(tmp_path: Path) -> None:
    """And says how many questions it had to leave out, and what to do with the rest."""
    shared, output = tmp_path / "shared", tmp_path / "out"
    gold = {"file": "a.txt", "start": 0, "end": 5, "quote": "Words", "grade": 2, "role": "body"}
    question = {"id": "D1", "question": "Which?", "type": "who", "answerable": True, "gold": [gold]}
    (shared / "gold").mkdir(parents=True)
    (shared / "gold" / "questions_dev.jsonl").write_text(json.dumps(question), encoding="utf-8")
    wiki = shared / "wiki"
    write_gzip(wiki / "wiki_passages.jsonl.gz", {"id": 0, "title": "T", "text": "Made in 1990."})
    asked = {"question": "When?", "set": "s", "gold_passage": 0}
    write_gzip(
        wiki / "wiki_questions.jsonl.gz",
        {"id": "W1", "answers": ["1990", "in 1990"], **asked},
        {"id": "W2", "answers": ["1991"], **asked},
    )

    done = run_script(str(output), "--shared", str(shared))

    assert done.returncode == 0, done.stderr
    assert "1 questions left out" in done.stdout
    assert "quoth eval" in done.stdout
    (seed,) = read_jsonl(output / "seeds" / "questions.jsonl")
    assert seed["gold"] == [{"file": "a.txt", "start": 0, "end": 5, "grade": 2}]
    (labelled,) = read_jsonl(output / "wiki" / "questions.jsonl")
    assert [(place["start"], place["end"]) for place in labelled["gold"]] == [(5, 12), (8, 12)]
    assert labelled["paragraph"]["end"] == 13
    assert [article["id"] for article in read_jsonl(output / "wiki" / "articles.jsonl")] == ["T"]


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    done = run_script("--shared", str(tmp_path / "nowhere"))

    assert done.returncode == 2
    assert "nowhere is not a folder" in done.stderr


def test_the_real_data_is_whole(shared: Path, tmp_path: Path) -> None:
    """No question is lost: all 4,625 of the encyclopedia, 51 about the news."""
    done = run_script(str(tmp_path), "--shared", str(shared))

    assert "0 questions left out" in done.stdout
    assert len(read_jsonl(tmp_path / "wiki" / "questions.jsonl")) == 4_625
    assert len(read_jsonl(tmp_path / "wiki" / "articles.jsonl")) == 96
    assert len(read_jsonl(tmp_path / "seeds" / "questions.jsonl")) == 51
