"""``quoth labels``: what it prints, ``quoth eval`` reads."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner, Result

from bot.actions import Action
from bot.commands.labels import command
from bot.conversation.desk import Desk
from bot.conversation.reviews.deciding import NO_QUOTE
from bot.ledger.servers import own_collection
from corpus.store import ArticleStore
from retrieval.measuring.evaluation import evaluate
from retrieval.measuring.labelled import read_labelled
from retrieval.measuring.report_lines import report_lines
from tests.bot.conversation.desks import SERVER, change_articles, make_desk, moderator
from tests.bot.conversation.presses import CRANES, FUEL, post_answer
from tests.bot.conversation.reports import send_report, submit


def run(desk: Desk, *arguments: str) -> Result:
    result = CliRunner().invoke(command, ["--data", str(desk.directory.root), *arguments])
    assert result.exit_code == 0, result.output
    return result


def label(desk: Desk, question: str, choice: str) -> None:
    key = send_report(desk, post_answer(desk, question))
    submit(desk, moderator(), Action.WRONG_PASSAGE, key, choice=choice)


def test_the_lines_are_labelled_questions_that_eval_measures_by(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    label(desk, CRANES, "1")
    label(desk, FUEL, NO_QUOTE)

    printed = run(desk, "--server", str(SERVER)).stdout

    file = tmp_path / "labels.jsonl"
    file.write_text(printed, "utf-8")
    with desk.store.reading() as connection:
        index = desk.indexes.open(own_collection(connection, SERVER))
    questions = read_labelled(file, index)
    assert [(each.question, each.answerable) for each in questions] == [
        (CRANES, True),
        (FUEL, False),
    ]
    assert questions[0].gold[0].article_id == "harbour"
    assert list(report_lines(evaluate(index, questions, max_quotes=3, quote_chars=300)))


def test_a_label_of_a_withdrawn_article_is_left_out_and_counted(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    label(desk, CRANES, "1")
    label(desk, FUEL, NO_QUOTE)
    change_articles(desk, "withdraw", ["harbour"])

    result = run(desk)

    assert [json.loads(line)["question"] for line in result.stdout.splitlines()] == [FUEL]
    assert "1 label" in result.stderr


def test_a_data_directory_without_a_chat_has_no_labels(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    plain = tmp_path / "plain"
    ArticleStore.open(type(desk.directory)(plain))

    result = CliRunner().invoke(command, ["--data", str(plain)])

    assert (result.exit_code, result.stdout) == (0, "")


def test_a_terminal_obeys_nothing_in_a_question(tmp_path: Path) -> None:
    """As `quoth ask --json` prints it; what is read back is exact."""
    desk = make_desk(tmp_path)
    hostile = f"{CRANES} \x9b31m \u202e \u2028"
    label(desk, hostile, "1")

    printed = run(desk).stdout

    assert printed.isascii()
    assert json.loads(printed)["question"] == hostile
