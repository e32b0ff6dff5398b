"""Which collection is asked, and that no quote is shown which is not true of the stored text."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.asking import answer_checked, drop_unverified, open_collection, read_text
from bot.failures import UnknownCollection
from corpus.directory import DataDirectory
from corpus.ingest import ingest
from retrieval.answer import Answer, Note, NoteKind, Reason
from retrieval.answering import Request
from retrieval.indexing.rebuilding import rebuild_index
from tests.stores import open_store

NOW = datetime(2024, 3, 6, tzinfo=UTC)


def add_article(directory: DataDirectory, text: str, *, collection: str) -> None:
    """Add one article and index it."""
    file = directory.root.with_suffix(".txt")
    file.write_text(text, "utf-8")
    store = open_store(directory)
    ingest(store, [file], collection=collection, at=NOW, by="test")
    rebuild_index(store, directory, collection)


@pytest.fixture
def directory(tmp_path: Path) -> DataDirectory:
    """Return a data directory that is not there yet."""
    return DataDirectory(tmp_path / "data")


@pytest.fixture
def answer(directory: DataDirectory) -> Answer:
    """Return an answer of two quotes."""
    text = "The ferry carries 240 passengers.\n\nThe ferry to Sarn cost 9 million crowns.\n"
    add_article(directory, text, collection="main")
    asked = open_collection(directory, None, announce=print)
    return answer_checked(asked, Request("What about the ferry?", min_confidence=0.0))


def test_main_is_asked_once_it_holds_an_article(directory: DataDirectory) -> None:
    announced: list[str] = []

    before = open_collection(directory, None, announce=announced.append)
    add_article(directory, "The ferry carries 240 passengers.", collection="main")
    after = open_collection(directory, None, announce=announced.append)

    assert (before.index.collection, before.stands_in) == ("starter", True)
    assert (after.index.collection, after.stands_in) == ("main", False)
    assert len(announced) == 1


def test_only_an_answer_that_stands_in_says_so(directory: DataDirectory) -> None:
    """Who asks the starter articles by name knows whom they ask."""
    unasked = open_collection(directory, None, announce=print)
    named = open_collection(directory, "starter", announce=print)

    kinds = [
        [note.kind for note in answer_checked(asked, Request("What is silence?")).notes]
        for asked in (unasked, named)
    ]
    assert [NoteKind.STARTER in each for each in kinds] == [True, False]


def test_a_collection_that_never_was_is_named(directory: DataDirectory) -> None:
    with pytest.raises(UnknownCollection, match="no collection 'harbour'"):
        open_collection(directory, "harbour", announce=print)


def test_a_text_is_found_by_id_and_version(directory: DataDirectory, answer: Answer) -> None:
    index = open_collection(directory, "main", announce=print).index
    quote = answer.quotes[0]

    text = read_text(index, quote.article_id, quote.version)

    assert text is not None
    assert text[quote.start : quote.end] == quote.text
    assert read_text(index, quote.article_id, quote.version + 1) is None
    assert read_text(index, "0", 1) is None
    assert read_text(index, "g", 1) is None


def test_a_quote_that_is_not_true_is_dropped_and_said(answer: Answer) -> None:
    """The other quotes stay, with their numbers and their notes."""
    first, second = answer.quotes
    forged = replace(first, text=first.text.replace("2", "3").replace("9", "8"))
    noted = (Note(NoteKind.NO_DATE, (1, 2)), Note(NoteKind.CAPTION, (1,)))
    text = "The ferry carries 240 passengers.\n\nThe ferry to Sarn cost 9 million crowns.\n"

    checked = drop_unverified(
        replace(answer, quotes=(forged, second), notes=noted), lambda _id, _version: text
    )

    assert checked.quotes == (second,)
    assert checked.notes == (Note(NoteKind.NO_DATE, (2,)), Note(NoteKind.UNVERIFIED))


def test_a_quote_that_is_dropped_takes_what_was_said_of_it_along(answer: Answer) -> None:
    """One figure differs from nothing, and a program reads no more than a member."""
    first, second = answer.quotes
    noted = (Note(NoteKind.FIGURES_DIFFER, (1, 2)), Note(NoteKind.RESPONSE, (2,)))
    text = "The ferry carries 240 passengers.\n\nThe ferry to Sarn cost 9 million crowns.\n"
    forged = replace(first, text=first.text.replace("2", "3").replace("9", "8"))

    checked = drop_unverified(
        replace(answer, quotes=(forged, second), notes=noted), lambda _id, _version: text
    )

    assert checked.notes == (Note(NoteKind.UNVERIFIED),)


def test_no_true_quote_means_silence(answer: Answer) -> None:
    checked = drop_unverified(answer, lambda _id, _version: None)

    assert checked.quotes == ()
    assert checked.abstained is not None
    assert checked.abstained.reason is Reason.NO_MATCH
    assert checked.notes == (Note(NoteKind.UNVERIFIED),)
