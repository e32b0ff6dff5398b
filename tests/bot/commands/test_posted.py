"""What the command line does to articles reaches the answers that the bot has posted."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import inspect, select

from bot.cli import cli
from bot.conversation.desk import Desk
from bot.failures import BUSY
from bot.ledger import audit
from bot.ledger.audit import OPERATOR
from bot.ledger.following import is_behind
from bot.ledger.schema import CORRECTIONS, METADATA
from bot.ledger.scrubbing import erased_mark
from corpus.directory import DataDirectory
from corpus.errors import StoreBusy
from corpus.store import ArticleStore
from retrieval.indexing.generations import needs_rebuild
from tests.bot.conversation.desks import SERVER, START, make_desk, source_of
from tests.bot.ledger.posted import post_answer

PROJECT = Path(__file__).resolve().parents[3]
COLLECTION = f"server-{SERVER}"
MESSAGE = 950_000_000_000_000_001
WATCHED = """
import atexit, sys
atexit.register(lambda: print("alembic" in sys.modules, "discord" in sys.modules))
from bot.cli import main
main()
"""


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return make_desk(tmp_path)


def corpus(data: Path, *arguments: str) -> Result:
    """Run ``quoth corpus`` on the server's collection."""
    command = ["--data", str(data), "corpus", *arguments, "--collection", COLLECTION]
    result = CliRunner().invoke(cli, command)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def queued(desk: Desk) -> list[str]:
    with desk.store.reading() as connection:
        assert not is_behind(connection)
        found = select(CORRECTIONS.c.answer_key).order_by(CORRECTIONS.c.sweep_id)
        return list(connection.scalars(found))


@pytest.mark.parametrize(("action", "said"), [("withdraw", "Withdrawn"), ("purge", "Purged")])
def test_taking_an_article_back_queues_what_cites_it_and_says_how_many(
    desk: Desk, action: str, said: str
) -> None:
    keys = [post_answer(desk, ["ferry"], message_id=MESSAGE + n) for n in range(2)]
    confirmed = ["--yes"] if action == "purge" else []

    result = corpus(desk.directory.root, action, "ferry", "--reason", "wrong", *confirmed)

    assert result.exit_code == 0, result.stderr
    first, second = result.stdout.splitlines()
    assert first.startswith(said)
    assert second == "The bot will correct 2 answers that it has given."
    assert queued(desk) == keys
    with desk.store.reading() as connection:
        entry = audit.entries(connection, SERVER, limit=1)[0]
    assert (entry.actor, entry.subject) == (OPERATOR, "ferry")


@pytest.mark.parametrize("action", ["purge", "withdraw"])
def test_the_file_is_freed_of_the_traces_of_what_is_purged(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, action: str
) -> None:
    """Overwriting alone leaves a copy here and there, see `corpus.database.Database.scrub`."""
    scrubbed: list[bool] = []

    def scrub(store: ArticleStore) -> None:
        scrubbed.append(needs_rebuild(desk.directory, COLLECTION))
        real(store)

    real = ArticleStore.scrub
    monkeypatch.setattr(ArticleStore, "scrub", scrub)
    confirmed = ["--yes"] if action == "purge" else []

    result = corpus(desk.directory.root, action, "ferry", "--reason", "asked to", *confirmed)

    assert result.exit_code == 0
    assert scrubbed == ([False] if action == "purge" else [])
    with desk.store.reading() as connection:
        assert erased_mark(connection) is None


def test_what_could_not_be_freed_is_said_and_left_to_the_bot(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_store: ArticleStore) -> None:
        raise StoreBusy("quoth.db is in use")

    monkeypatch.setattr(ArticleStore, "scrub", fail)

    result = corpus(desk.directory.root, "purge", "ferry", "--reason", "asked to", "--yes")

    assert result.exit_code == BUSY
    assert result.stdout == "Purged: the text of ferry is gone.\n"
    (line,) = result.stderr.splitlines()
    assert "traces of the text stay in the file until the bot's daily round" in line
    with desk.store.reading() as connection:
        assert erased_mark(connection) is not None


def test_restoring_an_article_queues_them_again(desk: Desk) -> None:
    key = post_answer(desk, ["ferry"], message_id=MESSAGE)

    for action in ("withdraw", "restore"):
        result = corpus(desk.directory.root, action, "ferry", "--reason", "a test")
        assert "The bot will correct 1 answer that it has given." in result.stdout

    assert queued(desk) == [key, key]


def test_a_refused_change_queues_nothing(desk: Desk) -> None:
    post_answer(desk, ["ferry"], message_id=MESSAGE)
    corpus(desk.directory.root, "withdraw", "ferry", "--reason", "wrong")
    before = queued(desk)

    again = corpus(desk.directory.root, "restore", "harbour", "--reason", "never withdrawn")

    assert again.exit_code != 0
    assert queued(desk) == before


def test_a_new_version_from_a_file_queues_what_cites_the_old(desk: Desk, tmp_path: Path) -> None:
    key = post_answer(desk, ["ferry"], message_id=MESSAGE)
    file = tmp_path / "ferry.txt"
    file.write_text("The ferries will go on running.\n", "utf-8")

    rehearsed = corpus(desk.directory.root, "add", str(file), "--replaces", "ferry", "--dry-run")
    assert "will correct" not in rehearsed.stdout
    added = corpus(desk.directory.root, "add", str(file), "--replaces", "ferry")

    assert added.stdout.endswith("The bot will correct 1 answer that it has given.\n")
    assert queued(desk) == [key]


def test_nothing_is_said_where_no_answer_cites_the_article(desk: Desk) -> None:
    result = corpus(desk.directory.root, "withdraw", "ferry", "--reason", "wrong")

    assert result.stdout == "Withdrawn: ferry is no longer quoted.\n"


def test_where_the_bot_never_ran_no_ledger_is_made_and_nothing_slow_is_imported(
    tmp_path: Path,
) -> None:
    directory = DataDirectory(tmp_path / "data")
    store = ArticleStore.open(directory)
    with store.transaction() as connection:
        for article_id in ("ferry", "harbour"):
            store.add(
                connection,
                collection="main",
                article_id=article_id,
                text=f"About the {article_id}.",
                source=source_of(article_id),
                at=START,
                by="test",
            )

    result = subprocess.run(
        [sys.executable, "-c", WATCHED, "corpus", "withdraw", "ferry", "--reason", "wrong"],
        cwd=PROJECT,
        env={**os.environ, "QUOTH_DATA": str(directory.root)},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )

    assert result.stdout == "Withdrawn: ferry is no longer quoted.\nFalse False\n"
    with store.reading() as connection:
        assert set(METADATA.tables).isdisjoint(inspect(connection).get_table_names())
