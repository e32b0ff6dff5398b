"""The ``quoth`` command end to end: real files, a real store, a real index."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import cli
from corpus.article import hash_text
from retrieval.answer import answer_from_json

PROJECT = Path(__file__).resolve().parent.parent.parent
HARBOUR = """---
title: New ferry for Ellmouth
publisher: The Ellmouth Gazette
published: 2024-03-05
url: https://gazette.example/ferry
---

The harbour board of Ellmouth bought a second ferry on Tuesday.

It will carry 240 passengers to the island of Sarn. The board paid 9 million crowns for it.
"""
LIBRARY = """The town library of Ellmouth will open on Sundays from May on.

The librarian expects 80 visitors every Sunday. Volunteers will lend the books.
"""
QUESTION = "How many passengers will the ferry carry?"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return the path of a data directory that is not there yet."""
    return tmp_path / "data"


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """Return a folder of two articles."""
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "ferry.md").write_text(HARBOUR, "utf-8")
    (folder / "library.txt").write_text(LIBRARY, "utf-8")
    return folder


def quoth(data: Path, *arguments: str | Path, given: str | bytes | None = None) -> Result:
    """Run the command; what it did not expect of the world is a failure of the test."""
    result = CliRunner().invoke(cli, ["--data", str(data), *map(str, arguments)], input=given)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def ask(data: Path, *arguments: str) -> dict[str, object]:
    """Return the JSON object that an answer is printed as."""
    result = quoth(data, "ask", "--json", *arguments)
    assert result.exit_code == 0, result.stderr
    answer: dict[str, object] = json.loads(result.stdout)
    return answer


def listed_ids(data: Path) -> list[str]:
    lines = quoth(data, "corpus", "list").stdout.splitlines()
    return [line.split()[0] for line in lines[1:]]


def assert_one_line(result: Result, told: str) -> None:
    """Check that an error is one line which names the thing, and no traceback."""
    assert result.stdout == ""
    assert result.stderr.startswith("quoth: ")
    assert result.stderr.count("\n") == 1
    assert told in result.stderr


def test_the_first_question_sets_up_the_starter_articles(data: Path) -> None:
    """A new user asks once and gets an answer, and is told what was asked."""
    first = quoth(data, "ask", "How many overseas police stations have been reported?")
    second = quoth(data, "ask", "How many overseas police stations have been reported?")

    assert first.exit_code == 0
    assert "    │ " in first.stdout
    assert "Collection: starter\n" in first.stdout
    assert "starter articles that come with Quoth" in first.stdout
    assert first.stderr.count("\n") == 1
    assert (second.stdout, second.stderr) == (first.stdout, "")


def test_a_killed_first_run_is_repeated(data: Path) -> None:
    """Whatever was written before the end, the next question answers as if nothing had been."""
    whole = ask(data, "What is silence?")
    (data / "index" / "starter" / "CURRENT").unlink()

    again = ask(data, "What is silence?")

    assert {**again, "elapsed_ms": 0} == {**whole, "elapsed_ms": 0}


def test_added_articles_are_asked_instead(data: Path, articles: Path) -> None:
    added = quoth(data, "corpus", "add", articles)
    answer = answer_from_json(ask(data, QUESTION))

    assert (added.exit_code, added.stderr) == (0, "")
    assert added.stdout.startswith("main: 2 new, 0 with a new version")
    assert answer.collection == "main"
    assert "240 passengers" in answer.quotes[0].text
    assert answer.quotes[0].source.title == "New ferry for Ellmouth"
    assert [note.kind for note in answer.notes] == []


def test_every_quote_can_be_checked_against_the_stored_text(data: Path, articles: Path) -> None:
    """The printed offsets and hash are those of what ``show --text`` writes."""
    quoth(data, "corpus", "add", articles)
    for quote in answer_from_json(ask(data, "--min-confidence", "0", "Ellmouth")).quotes:
        stored = quoth(data, "corpus", "show", quote.article_id, "--text").stdout_bytes
        text = stored.decode("utf-8")

        assert text[quote.start : quote.end] == quote.text
        assert hash_text(text) == quote.sha256


def test_show_writes_the_stored_bytes_and_nothing_else(data: Path, tmp_path: Path) -> None:
    text = "Line one.\r\nLine two, e\u0301 and \u00a0.\r\n\n"
    (tmp_path / "exact.txt").write_bytes(text.encode("utf-8"))
    quoth(data, "corpus", "add", tmp_path / "exact.txt")

    shown = quoth(data, "corpus", "show", *listed_ids(data), "--text")

    assert shown.stdout_bytes == text.encode("utf-8")


def test_show_gives_blocks_and_sentences_of_the_text(data: Path, articles: Path) -> None:
    quoth(data, "corpus", "add", articles / "library.txt")
    (article_id,) = listed_ids(data)

    record = json.loads(quoth(data, "corpus", "show", article_id, "--json").stdout)

    sentences = [LIBRARY[span["start"] : span["end"]] for span in record["sentences"]]
    assert sentences == [
        "The town library of Ellmouth will open on Sundays from May on.",
        "The librarian expects 80 visitors every Sunday.",
        "Volunteers will lend the books.",
    ]
    assert [block["kind"] for block in record["blocks"]] == ["body", "body"]
    assert (record["state"], record["version"], record["sha256"]) == (
        "active",
        1,
        hash_text(LIBRARY),
    )
    plain = quoth(data, "corpus", "show", article_id).stdout
    assert "Title: not given\n" in plain
    assert "    │ The town library" in plain


def test_a_citation_of_a_starter_article_can_be_looked_up(data: Path) -> None:
    """Without naming the collection, as a reader of the answer would."""
    answer = answer_from_json(ask(data, "--min-confidence", "0", "police stations"))

    shown = quoth(data, "corpus", "show", answer.quotes[0].article_id)

    assert shown.stdout.startswith(f"Article {answer.quotes[0].article_id} in starter, active\n")


def test_a_withdrawn_article_is_not_quoted_until_it_is_restored(data: Path, articles: Path) -> None:
    quoth(data, "corpus", "add", articles)
    ferry = answer_from_json(ask(data, QUESTION)).quotes[0].article_id

    withdrawn = quoth(data, "corpus", "withdraw", ferry, "--reason", "retracted")
    without = answer_from_json(ask(data, "--min-confidence", "0", QUESTION))
    quoth(data, "corpus", "restore", ferry, "--reason", "was right after all")
    restored = answer_from_json(ask(data, QUESTION))
    history = quoth(data, "corpus", "history", ferry).stdout.splitlines()

    assert withdrawn.exit_code == 0
    assert all(quote.article_id != ferry for quote in without.quotes)
    assert restored.quotes[0].article_id == ferry
    assert [line.split()[1] for line in history] == ["added", "withdrawn", "restored"]
    assert history[1].endswith(": retracted")


def test_a_purge_is_confirmed_and_final(data: Path, articles: Path) -> None:
    quoth(data, "corpus", "add", articles / "library.txt")
    (article_id,) = listed_ids(data)

    unconfirmed = quoth(data, "corpus", "purge", article_id, "--reason", "asked to")
    purged = quoth(data, "corpus", "purge", article_id, "--reason", "asked to", "--yes")
    restored = quoth(data, "corpus", "restore", article_id, "--reason", "regret")

    assert unconfirmed.exit_code == 2
    assert_one_line(unconfirmed, "--yes")
    assert (purged.exit_code, purged.stderr) == (0, "")
    assert restored.exit_code == 3
    assert_one_line(restored, "purged")
    assert b"Volunteers" not in (data / "quoth.db").read_bytes()


def test_what_is_refused_is_named_and_hurts_nothing_else(data: Path, articles: Path) -> None:
    (articles / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\xff")

    some = quoth(data, "corpus", "add", articles)
    all_of_it = quoth(data, "corpus", "add", articles / "picture.txt")

    assert some.exit_code == 1
    assert "2 new" in some.stdout
    assert "1 refused" in some.stdout
    assert some.stderr.count("\n") == 1
    assert "picture.txt" in some.stderr
    assert all_of_it.exit_code == 3


def test_a_dry_run_stores_nothing(data: Path, articles: Path) -> None:
    rehearsed = quoth(data, "corpus", "add", articles, "--dry-run")

    assert "2 new" in rehearsed.stdout
    assert "nothing was stored" in rehearsed.stdout
    assert quoth(data, "corpus", "list").stdout.startswith("No articles in main; add some with")


def test_a_new_version_replaces_the_old_one(data: Path, articles: Path) -> None:
    quoth(data, "corpus", "add", articles / "library.txt")
    (article_id,) = listed_ids(data)
    (articles / "library.txt").write_text(LIBRARY.replace("80", "95"), "utf-8")

    again = quoth(data, "corpus", "add", articles / "library.txt", "--replaces", article_id)
    old = quoth(data, "corpus", "show", article_id, "--version", "1", "--text")

    assert "1 with a new version" in again.stdout
    assert old.stdout == LIBRARY
    answer = answer_from_json(ask(data, "How many visitors does the librarian expect?"))
    assert (answer.quotes[0].version, "95" in answer.quotes[0].text) == (2, True)


def test_a_batch_answers_in_order_and_names_bad_lines(data: Path, articles: Path) -> None:
    quoth(data, "corpus", "add", articles)
    lines = [
        {"id": "a", "question": QUESTION},
        {"id": 2, "question": " "},
        {"id": "c", "question": QUESTION, "from": "2024-04-01", "source": "Gazette"},
        {"id": "d", "question": QUESTION, "source": "The Times"},
        {"id": "e", "question": QUESTION, "to": "soon"},
        {"question": QUESTION},
    ]
    given = "\n".join(map(json.dumps, lines)).encode() + b"\n\nnot json\n\xff\n" + b"x" * 70_000

    result = quoth(data, "ask", "--batch", "-", given=given)

    answers = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.exit_code == 1
    assert [next(iter(answer)) for answer in answers] == ["id"] * 9
    assert [answer["id"] for answer in answers] == ["a", 2, "c", "d", "e", *[None] * 4]
    assert [set(answer) == {"id", "error"} for answer in answers] == [
        *(False, True, False, True, True),
        *[True] * 4,
    ]
    assert answers[0]["answered"]
    assert not answers[2]["answered"]


def test_a_batch_gives_the_answers_of_single_questions(data: Path, articles: Path) -> None:
    quoth(data, "corpus", "add", articles)
    given = json.dumps({"id": "a", "question": QUESTION, "asked": "2024-05-01"})

    (line,) = quoth(data, "ask", "--batch", "-", given=given).stdout.splitlines()

    single = ask(data, QUESTION, "--asked", "2024-05-01")
    assert {**json.loads(line), "elapsed_ms": 0} == {"id": "a", **single, "elapsed_ms": 0}


def test_verify_finds_what_was_changed(data: Path, articles: Path, tmp_path: Path) -> None:
    """One changed digit, in the database or in a saved answer, does not go unnoticed."""
    quoth(data, "corpus", "add", articles)
    saved = quoth(data, "ask", "--json", QUESTION).stdout
    answers = tmp_path / "answers.jsonl"
    answers.write_text(saved, "utf-8")
    sound = quoth(data, "verify", answers)

    answers.write_text(saved + saved.replace("240 passengers", "250 passengers"), "utf-8")
    forged = quoth(data, "verify", answers)
    database = data / "quoth.db"
    database.write_bytes(database.read_bytes().replace(b"240 passengers", b"250 passengers"))
    damaged = quoth(data, "verify")

    assert (sound.exit_code, sound.stderr) == (0, "")
    assert forged.exit_code == 1
    assert f"{answers}:2: article " in forged.stderr
    assert damaged.exit_code == 3
    assert "does not match its SHA-256" in damaged.stderr


def test_doctor_changes_nothing(data: Path, articles: Path) -> None:
    before = quoth(data, "doctor")
    assert not data.exists()
    quoth(data, "corpus", "add", articles)
    after = quoth(data, "doctor")

    assert (before.exit_code, after.exit_code) == (0, 0)
    assert f"Data directory: {data}\n" in before.stdout
    assert "Collection main: articles: 2 active; index " in after.stdout


def test_eval_prints_its_figures(data: Path, articles: Path, tmp_path: Path) -> None:
    quoth(data, "corpus", "add", articles)
    place = HARBOUR.index("It will") - HARBOUR.index("\nThe harbour")
    gold = {"file": "ferry.md", "start": place, "end": place + 20, "grade": 2}
    questions = tmp_path / "questions.jsonl"
    line = {"id": "1", "question": QUESTION, "answerable": True, "gold": [gold]}
    questions.write_text(json.dumps(line) + "\n", "utf-8")

    result = quoth(data, "eval", questions)

    assert result.exit_code == 0
    assert "1 questions: 1 answerable, 0 not" in result.stdout
    assert "hit@1" in result.stdout


@pytest.mark.parametrize("question", ["the of and", "Où est la gare de Marseille ?", "Brazil?"])
def test_silence_is_an_honest_answer(data: Path, articles: Path, question: str) -> None:
    quoth(data, "corpus", "add", articles)

    result = quoth(data, "ask", question)

    assert result.exit_code == 0
    assert "\nNo answer: " in result.stdout
    assert "│" not in result.stdout


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["ask"], "one QUESTION"),
        (["ask", "", "--json"], "the question is empty"),
        (["ask", "x" * 6000], "6,000 characters"),
        (["ask", "nul \0"], "NUL"),
        (["ask", "half \ud83d"], "Unicode"),
        (["ask", "--batch", "-", "who?"], "--batch"),
        (["ask", "who?", "--quotes", "0"], "from 1 to 10"),
        (["ask", "who?", "--quote-chars", "9"], "from 50 to 700"),
        (["ask", "who?", "--min-confidence", "nan"], "from 0 to 1"),
        (["ask", "who?", "--asked", "today"], "'--asked'"),
        (["ask", "who?", "--from", "2024-01-02", "--to", "2024-01-01"], "is empty"),
        (["ask", "who?", "--collection", "../main"], "'../main'"),
        (["ask", "who?", "--collection", "other"], "no collection 'other'"),
        (["ask", "who?", "--source", "nobody"], "'nobody'"),
        (["corpus", "show", "0000", "--text", "--json"], "not both"),
        (["corpus", "withdraw", "0000"], "--reason"),
        (["corpus", "withdraw", "0000", "--reason", " "], "a reason"),
        (["corpus", "add", ".", "--encoding", "klingon"], "klingon"),
        (["eval", "missing.jsonl"], "missing.jsonl"),
        (["frobnicate"], "frobnicate"),
        (["--data", "", "doctor"], "'--data'"),
    ],
)
def test_wrong_usage_is_one_line_and_two(data: Path, arguments: list[str], told: str) -> None:
    result = quoth(data, *arguments)

    assert result.exit_code == 2
    stderr = [line for line in result.stderr.splitlines() if "setting up" not in line]
    assert len(stderr) == 1
    assert stderr[0].startswith("quoth: ")
    assert told in stderr[0]


def test_an_unknown_article_is_wrong_usage(data: Path, articles: Path) -> None:
    quoth(data, "corpus", "add", articles)

    result = quoth(data, "corpus", "show", "0000")

    assert (result.exit_code, "0000" in result.stderr) == (2, True)


def test_a_setting_out_of_bounds_is_wrong_usage(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUOTH_QUOTES", "many")

    result = quoth(data, "ask", "who?")

    assert result.exit_code == 2
    assert_one_line(result, "QUOTH_QUOTES must be a whole number from 1 to 10, not 'many'")


def test_a_data_directory_that_is_a_file_is_named(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("mine", "utf-8")

    for arguments in (["ask", "who?"], ["corpus", "list"], ["doctor"]):
        result = quoth(file, *arguments)
        assert result.exit_code == 3
        assert "is not a folder" in result.stderr
        assert result.stderr.count("\n") == 1
    assert file.read_text("utf-8") == "mine"


def test_somebody_elses_folder_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine", "utf-8")

    result = quoth(tmp_path, "ask", "who?")

    assert result.exit_code == 3
    assert_one_line(result, "holds other files")
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_the_data_directory_may_stand_before_or_after_the_command(data: Path) -> None:
    before = CliRunner().invoke(cli, ["--data", str(data), "doctor"])
    after = CliRunner().invoke(cli, ["doctor", "--data", str(data)])
    environment = CliRunner(env={"QUOTH_DATA": str(data)}).invoke(cli, ["doctor"])

    assert f"Data directory: {data}\n" in before.stdout
    assert before.stdout == after.stdout == environment.stdout


def test_asking_imports_no_more_than_it_needs(data: Path, articles: Path) -> None:
    """A question on a warm data directory is answered before a heavy package would be loaded."""
    quoth(data, "corpus", "add", articles)
    script = (
        "import sys\nfrom bot.cli import main\n"
        "try: main()\nexcept SystemExit: print(*sys.modules, file=sys.stderr)"
    )
    asked = subprocess.run(
        [sys.executable, "-c", script, "--data", str(data), "ask", QUESTION],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=True,
    )

    loaded = {name.partition(".")[0] for name in asked.stderr.split()}
    assert "numpy" in loaded
    heavy = {"alembic", "discord", "rich", "scipy", "sklearn", "sqlalchemy", "trafilatura"}
    assert loaded & heavy == set()


def test_a_reader_that_goes_away_is_no_error(data: Path, articles: Path) -> None:
    quoth(data, "corpus", "add", articles)
    reader, writer = os.pipe()
    os.close(reader)

    asked = subprocess.run(
        [sys.executable, "-c", "from bot.cli import main; main()", "ask", QUESTION],
        cwd=PROJECT,
        env={**os.environ, "QUOTH_DATA": str(data)},
        stdout=writer,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(writer)

    assert (asked.returncode, asked.stderr) == (0, b"")


@pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")
def test_colours_are_for_terminals_that_want_them(data: Path, articles: Path) -> None:
    """A pipe, a file and NO_COLOR get plain text."""
    quoth(data, "corpus", "add", articles)

    assert "\x1b[" in ask_on_terminal(data, {"NO_COLOR": ""})
    assert "\x1b[" not in ask_on_terminal(data, {"NO_COLOR": "1"})


def ask_on_terminal(data: Path, environment: dict[str, str]) -> str:
    """Return what a terminal is sent."""
    terminal, inner = os.openpty()
    subprocess.run(
        [sys.executable, "-c", "from bot.cli import main; main()", "ask", QUESTION],
        cwd=PROJECT,
        env={**os.environ, "TERM": "xterm", "QUOTH_DATA": str(data), **environment},
        stdout=inner,
        check=True,
    )
    os.close(inner)
    sent = os.read(terminal, 65_536).decode("utf-8")
    os.close(terminal)
    return sent


@pytest.mark.parametrize("command", ["verify", "doctor"])
def test_looking_at_a_folder_that_is_not_there_creates_nothing(
    tmp_path: Path, command: str
) -> None:
    """A mistyped --data is no new data directory."""
    missing = tmp_path / "mistyped"

    result = quoth(missing, command)

    assert not missing.exists()
    assert result.exit_code == (3 if command == "verify" else 0)


def test_indexes_without_their_database_are_not_sound(tmp_path: Path) -> None:
    data = tmp_path / "data"
    (data / "index" / "main").mkdir(parents=True)

    result = quoth(data, "verify")

    assert (result.exit_code, list(data.iterdir())) == (3, [data / "index"])
    assert "quoth.db is missing" in result.stderr
