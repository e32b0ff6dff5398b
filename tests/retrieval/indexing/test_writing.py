"""What is written of a generation, and that nothing but its articles decides it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import retrieval.indexing.writing
from corpus.article import Basis, BasisKind, Precision, Source
from retrieval.indexing.building import build_content
from retrieval.indexing.index import (
    ARRAYS_NAME,
    MANIFEST_NAME,
    RECORDS_NAME,
    TEXTS_NAME,
    VOCABULARY_NAME,
    Index,
)
from retrieval.indexing.writing import digest_articles, source_fields, write_generation
from tests.stories import Story, collections, make_source, make_story
from tests.strategies import share_of_examples

BRIDGE = make_story("The bridge closed.\r\n\r\nIt is old.", "bridge", title="Bridge")
FERRY = make_story("Die Fähre sank – 悉尼.", "ferry", published=date(2024, 3, 5))

LAW = share_of_examples(0.4)  # each builds an index


def write(stories: list[Story], folder: Path) -> dict[str, bytes]:
    """Write a generation and return its files."""
    folder.mkdir()
    content = build_content(stories)
    write_generation(content, folder, collection="main", digest=digest_articles(stories))
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@given(collections(), st.randoms())
@LAW
def test_the_order_of_the_articles_changes_no_byte(
    tmp_path_factory: pytest.TempPathFactory, stories: list[Story], random: st.Random
) -> None:
    """Two machines that were given the same articles give the same answers."""
    folder = tmp_path_factory.mktemp("order")
    files = write(stories, folder / "one")
    random.shuffle(stories)

    assert write(stories, folder / "other") == files


def test_a_generation_is_five_files_that_the_manifest_describes(tmp_path: Path) -> None:
    files = write([BRIDGE, FERRY], tmp_path / "generation")

    manifest = json.loads(files.pop(MANIFEST_NAME))
    assert set(files) == {TEXTS_NAME, RECORDS_NAME, VOCABULARY_NAME, ARRAYS_NAME}
    assert manifest["files"] == {
        name: {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
        for name, data in files.items()
    }
    assert manifest["newest"] == "2024-03-05"


def test_texts_stand_as_stored(tmp_path: Path) -> None:
    """Not a line end is touched: what is quoted is sliced from these bytes."""
    files = write([FERRY, BRIDGE], tmp_path / "generation")

    assert files[TEXTS_NAME] == (BRIDGE[0].text + FERRY[0].text).encode()


def test_the_manifest_comes_last(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A generation that a power cut left half written has none, and is not taken for whole."""
    before: list[set[str]] = []
    describe = retrieval.indexing.writing.describe_file

    def note_files(path: Path) -> dict[str, object]:
        before.append({file.name for file in path.parent.iterdir()})
        return describe(path)

    monkeypatch.setattr(retrieval.indexing.writing, "describe_file", note_files)
    write([BRIDGE], tmp_path / "generation")

    assert before
    assert all(MANIFEST_NAME not in names for names in before)


@pytest.mark.parametrize(
    "other",
    [
        [BRIDGE],
        [BRIDGE, FERRY, make_story("Storm.", "storm")],
        [(replace(BRIDGE[0], version=2), BRIDGE[1]), FERRY],
        [(replace(BRIDGE[0], article_id="bridges"), BRIDGE[1]), FERRY],
        [make_story("The bridge opened.", "bridge", title="Bridge"), FERRY],
        [(BRIDGE[0], make_source(title="Another bridge")), FERRY],
        [BRIDGE, (FERRY[0], make_source(published=date(2024, 3, 6)))],
        [
            BRIDGE,
            (
                FERRY[0],
                make_source(published=date(2024, 3, 1), published_precision=Precision.MONTH),
            ),
        ],
        [],
    ],
)
def test_another_collection_has_another_digest(other: list[Story]) -> None:
    """The digest in an answer says what it was answered from."""
    assert digest_articles(other) != digest_articles([BRIDGE, FERRY])


@pytest.mark.parametrize("name", ["FORMAT", "RULES"])
def test_other_rules_have_another_digest(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before = digest_articles([BRIDGE])
    monkeypatch.setattr(retrieval.indexing.writing, name, 99)

    assert digest_articles([BRIDGE]) != before


@given(collections(), st.randoms())
@LAW
def test_order_and_what_answers_do_not_show_leave_the_digest(
    stories: list[Story], random: st.Random
) -> None:
    digest = digest_articles(stories)
    random.shuffle(stories)
    noted = [
        (article, replace(source, basis={"title": Basis(BasisKind.OPERATOR, "by phone")}))
        for article, source in stories
    ]

    assert digest_articles(noted) == digest


@pytest.mark.parametrize(
    ("precision", "shown"),
    [(Precision.DAY, "2024-03-01"), (Precision.MONTH, "2024-03"), (Precision.YEAR, "2024")],
)
def test_a_date_is_shown_as_exactly_as_it_is_known(precision: Precision, shown: str) -> None:
    """A month is not the first of the month."""
    source = Source(published=date(2024, 3, 1), published_precision=precision)

    assert source_fields(source).published == shown
    assert source_fields(source).published_precision == precision


@given(collections())
@LAW
def test_records_come_back_as_they_were_given(
    build_index: Callable[[Iterable[Story]], Index], stories: list[Story]
) -> None:
    index = build_index(stories)

    for number, (article, source) in enumerate(stories):
        record = index.record(number)
        assert (record.article_id, record.version) == (article.article_id, article.version)
        assert record.sha256 == article.sha256
        assert record.source == source_fields(source)
        assert index.text(number) == article.text
