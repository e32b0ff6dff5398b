import itertools
import json
import logging
import signal
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection

import corpus.ingest
from corpus.checking import check_store
from corpus.directory import STALE_NAME, DataDirectory, read_pointer, remove_pointer
from corpus.errors import UnknownArticle
from corpus.ingest import IngestReport, ingest, take_in
from corpus.reading import read_path
from corpus.store import ArticleStore, StoredArticle
from tests.stores import open_store

PROJECT = Path(__file__).parents[2]
NOON = datetime(2026, 3, 5, 12, 0, tzinfo=UTC)

# What another process runs: ingest a file, and die after so many articles, or never.
SCRIPT = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from corpus.directory import DataDirectory
from corpus.ingest import ingest
from corpus.store import ArticleStore

def die(done, total):
    if done == int(sys.argv[3]):
        os.kill(os.getpid(), signal.SIGKILL)

ingest(
    ArticleStore.open(DataDirectory(Path(sys.argv[1]))), [Path(sys.argv[2])],
    collection="main", at=datetime.now(UTC), by="ann", progress=die,
)
"""


@pytest.fixture
def directory(tmp_path: Path) -> DataDirectory:
    return DataDirectory(tmp_path / "data")


@pytest.fixture
def store(directory: DataDirectory) -> ArticleStore:
    return open_store(directory)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "news"
    folder.mkdir()
    return folder


def add(store: ArticleStore, *paths: Path, **changes: Any) -> IngestReport:
    return ingest(store, paths, **{"collection": "main", "at": NOON, "by": "ann", **changes})


def active(store: ArticleStore) -> list[StoredArticle]:
    with store.reading() as connection:
        return list(store.active(connection, "main"))


def write_lines(path: Path, records: Sequence[dict[str, str]]) -> Path:
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return path


def number_lines(path: Path, count: int) -> Path:
    records = [{"id": f"{path.stem}-{n}", "text": f"Report number {n}."} for n in range(count)]
    return write_lines(path, records)


def test_what_is_refused_does_not_hurt_its_neighbours(store: ArticleStore, folder: Path) -> None:
    (folder / "good.txt").write_text("The ferry sails at nine.")
    (folder / "latin.txt").write_bytes("The café is open.".encode("latin-1"))
    write_lines(folder / "lines.jsonl", [{"text": "One."}, {"no text": ""}, {"text": "Three."}])

    report = add(store, folder, folder / "nowhere.txt")

    assert {article.text for article in active(store)} == {
        "One.", "Three.", "The ferry sails at nine."
    }  # fmt: skip
    assert sorted(report.new) == [article.article_id for article in active(store)]
    assert [Path(refusal.where).name for refusal in report.refused] == [
        "latin.txt", "lines.jsonl:2", "nowhere.txt"
    ]  # fmt: skip


def test_adding_again_changes_nothing(store: ArticleStore, folder: Path) -> None:
    (folder / "ferry.txt").write_text("The ferry sails at nine.")
    first = add(store, folder)
    second = add(store, folder)

    assert second == IngestReport((), (), (), first.new, ())
    with store.reading() as connection:
        assert store.revision(connection, "main") == 1


def test_another_text_at_one_address_is_a_new_version(store: ArticleStore, folder: Path) -> None:
    path = folder / "ferry.jsonl"
    write_lines(path, [{"url": "https://example.org/ferry", "text": "It sails at nine."}])
    first = add(store, path)
    write_lines(path, [{"url": "https://example.org/ferry", "text": "It sails at ten."}])
    second = add(store, path)
    write_lines(
        path,
        [{"url": "https://example.org/ferry", "text": "It sails at ten.", "title": "Ferry"}],
    )
    third = add(store, path)

    assert first.new == second.new_versions == third.corrected
    (article,) = active(store)
    assert (article.version, article.text, article.source.title) == (2, "It sails at ten.", "Ferry")


def test_a_file_replaces_the_article_that_is_named(store: ArticleStore, folder: Path) -> None:
    """A file without address or id is another article with each other text, unless said so."""
    path = folder / "ferry.txt"
    path.write_text("It sails at nine.")
    (article_id,) = add(store, path).new
    path.write_text("It sails at ten.")

    report = add(store, path, replaces=article_id)

    assert report.new_versions == (article_id,)
    (article,) = active(store)
    assert (article.article_id, article.version, article.text) == (
        article_id, 2, "It sails at ten."
    )  # fmt: skip


def test_a_date_in_the_future_is_refused(store: ArticleStore, folder: Path) -> None:
    """It is a slip of the pen, and it would pass for the newest article of all."""
    lines = [
        {"id": "then", "text": "The bridge will open.", "published": "2199-01-01"},
        {"id": "year", "text": "The bridge is open.", "published": "2026"},
        {"id": "tomorrow", "text": "It is tomorrow in the east.", "published": "2026-03-06"},
    ]

    report = add(store, write_lines(folder / "bridge.jsonl", lines))

    (refusal,) = report.refused
    assert refusal.where.endswith("bridge.jsonl:1")
    assert "2199-01-01" in refusal.reason
    assert len(report.new) == 2


@pytest.mark.parametrize("count", [0, 2])
def test_only_one_article_replaces_another(store: ArticleStore, folder: Path, count: int) -> None:
    (article_id,) = add(store, number_lines(folder / "one.jsonl", 1)).new
    paths = [number_lines(folder / "two.jsonl", 2)] * (count // 2)

    with pytest.raises(ValueError, match="exactly one article"):
        add(store, *paths, replaces=article_id)


def test_an_unknown_article_is_not_replaced(store: ArticleStore, folder: Path) -> None:
    with pytest.raises(UnknownArticle, match="nowhere"):
        add(store, number_lines(folder / "one.jsonl", 1), replaces="nowhere")

    assert active(store) == []


def test_a_withdrawn_article_is_refused_by_its_line(store: ArticleStore, folder: Path) -> None:
    path = number_lines(folder / "reports.jsonl", 3)
    _, second, _ = add(store, path).new
    with store.transaction() as connection:
        store.withdraw(connection, "main", second, reason="wrong", at=NOON, by="ben")

    report = add(store, path)

    assert len(report.unchanged) == 2
    (refusal,) = report.refused
    assert refusal.where.endswith("reports.jsonl:2")
    assert "withdrawn on 2026-03-05" in refusal.reason


def test_one_id_with_two_texts_in_a_run_is_refused_by_line(
    store: ArticleStore, folder: Path
) -> None:
    """Which of the two is right is not for Quoth to guess."""
    texts = ["It sails at nine.", "It sails at ten.", "It sails at nine."]
    path = write_lines(folder / "ferry.jsonl", [{"id": "7", "text": text} for text in texts])

    report = add(store, path)

    assert report.new == report.unchanged
    assert [article.text for article in active(store)] == ["It sails at nine."]
    (refusal,) = report.refused
    assert refusal.where.endswith("ferry.jsonl:2")
    assert "ferry.jsonl:1" in refusal.reason


def test_a_dry_run_reports_the_same_and_stores_nothing(
    store: ArticleStore, directory: DataDirectory, folder: Path
) -> None:
    add(store, number_lines(folder / "known.jsonl", 2))
    remove_pointer(directory.index("main") / STALE_NAME)
    number_lines(folder / "unknown.jsonl", 3)
    (folder / "bad.jsonl").write_text("{\n")
    before = active(store)

    rehearsed = add(store, folder, dry_run=True)

    assert active(store) == before
    assert read_pointer(directory.index("main") / STALE_NAME) is None
    report = add(store, folder)
    assert (rehearsed.new, rehearsed.unchanged) == (report.new, report.unchanged)
    assert [str(refusal) for refusal in rehearsed.refused] == [
        str(refusal) for refusal in report.refused
    ]
    assert (len(report.new), len(report.unchanged), len(report.refused)) == (3, 2, 1)


def test_the_order_of_paths_does_not_matter(tmp_path: Path, folder: Path) -> None:
    """The same articles give the same index, in whatever order they came in."""
    paths = [number_lines(folder / f"{name}.jsonl", 3) for name in "abc"]
    seen = []
    for number, order in enumerate(itertools.permutations(paths)):
        store = open_store(DataDirectory(tmp_path / f"data{number}"))
        add(store, *order)
        seen.append(active(store))

    assert all(articles == seen[0] for articles in seen)
    assert len(seen[0]) == 9


def test_a_batch_ends_at_200_articles(store: ArticleStore, folder: Path) -> None:
    add(store, number_lines(folder / "many.jsonl", 401))

    with store.reading() as connection:
        assert store.revision(connection, "main") == 3


def test_a_batch_ends_where_it_would_take_much_memory(
    store: ArticleStore, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(corpus.ingest, "BATCH_CHARS", 30)
    add(store, number_lines(folder / "long.jsonl", 5))  # 16 characters each

    with store.reading() as connection:
        assert store.revision(connection, "main") == 3


def test_progress_counts_every_article(store: ArticleStore, folder: Path) -> None:
    number_lines(folder / "good.jsonl", 3)
    (folder / "bad.txt").write_bytes(b"\xff")
    seen: list[tuple[int, int]] = []

    add(store, folder, progress=lambda done, total: seen.append((done, total)))

    assert seen == [(1, 0), (2, 0), (3, 0), (4, 0)]


def test_the_log_holds_counts_and_nothing_that_was_said(
    store: ArticleStore, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (folder / "ferry.md").write_text("---\ntitle: Secret title\n---\nA secret sentence.")
    (folder / "bad.txt").write_bytes(b"\xff")

    with caplog.at_level(logging.DEBUG):
        add(store, folder)

    assert [record.getMessage() for record in caplog.records] == ["2 articles read, 1 refused"]


@pytest.mark.parametrize("changes", [{"collection": "../up"}, {"encoding": "no-such"}])
def test_a_wrong_choice_is_named_before_anything_is_stored(
    store: ArticleStore, folder: Path, changes: dict[str, str]
) -> None:
    with pytest.raises(ValueError, match=r"\.\./up|no-such"):
        add(store, number_lines(folder / "one.jsonl", 1), **changes)

    assert active(store) == []


def test_whole_batches_survive_a_kill(directory: DataDirectory, folder: Path) -> None:
    """After ``kill -9`` nothing is half stored, and whoever answers next rebuilds first."""
    path = number_lines(folder / "many.jsonl", 450)

    killed = subprocess.run(
        [sys.executable, "-c", SCRIPT, directory.root, path, "430"], cwd=PROJECT, check=False
    )

    assert killed.returncode == -signal.SIGKILL
    store = ArticleStore.open(directory)
    assert len(active(store)) == 400
    assert read_pointer(directory.index("main") / STALE_NAME) == "2"
    with store.reading() as connection:
        assert check_store(connection) == []
    again = add(store, path)
    assert (len(again.new), len(again.unchanged)) == (50, 400)


def test_two_processes_may_add_at_once(directory: DataDirectory, folder: Path) -> None:
    """Even to a data directory that neither has found there."""
    paths = [number_lines(folder / f"{name}.jsonl", 300) for name in "ab"]
    running = [
        subprocess.Popen([sys.executable, "-c", SCRIPT, directory.root, path, "-1"], cwd=PROJECT)
        for path in paths
    ]

    assert [process.wait(timeout=60) for process in running] == [0, 0]
    store = ArticleStore.open(directory)
    assert len(active(store)) == 600
    with store.reading() as connection:
        assert check_store(connection) == []


def test_what_was_read_is_taken_in_within_the_callers_transaction(
    store: ArticleStore, folder: Path
) -> None:
    """All of it or, if the caller raises, none; what is refused hurts nothing else."""
    (folder / "first.txt").write_text("First text.", "utf-8")
    (folder / "second.txt").write_bytes(b"\xff")
    items = list(read_path(folder))

    class Changed(Exception):
        pass

    def take(connection: Connection) -> IngestReport:
        return take_in(store, connection, items, collection="main", at=NOON, by="somebody")

    with pytest.raises(Changed), store.transaction() as connection:  # noqa: PT012
        take(connection)
        raise Changed
    with store.reading() as connection:
        assert not store.list(connection, "main")

    with store.transaction() as connection:
        report = take(connection)
    assert len(report.new) == len(report.refused) == 1
    with store.reading() as connection:
        assert [one.article_id for one in store.list(connection, "main")] == list(report.new)
