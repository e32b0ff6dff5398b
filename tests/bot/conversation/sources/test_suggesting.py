"""Suggestions while somebody types: this server's titles only, at once, whatever happens."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.desk import Desk
from bot.conversation.sources.suggesting import (
    MAX_SUGGESTION_CHARS,
    MAX_SUGGESTIONS,
    suggest,
    suggest_withdrawn,
)
from bot.ledger import servers
from corpus.article import Source
from corpus.errors import StoreBusy
from retrieval.indexing.index import Index
from tests.bot.conversation.desks import (
    OTHER_SERVER,
    SERVER,
    administrator,
    change_articles,
    join_server,
    make_desk,
    member,
)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    names = [f"story{number:02}" for number in range(40)]
    desk = make_desk(
        tmp_path_factory.mktemp("desk"), articles={name: f"A text about {name}." for name in names}
    )
    join_server(desk, OTHER_SERVER, articles={"secret": "A text about a secret."})
    return desk


@given(typed=st.text(max_size=40) | st.sampled_from(["story", "ABOUT story1", "the courier"]))
def test_each_suggestion_holds_every_word_typed(desk: Desk, typed: str) -> None:
    found = suggest(desk, member(), typed)

    assert len(found) <= MAX_SUGGESTIONS
    for title, article_id in found:
        assert article_id.startswith("story")
        searched = f"{title} Varnholm Courier".casefold()
        assert all(word in searched for word in typed.casefold().split())


def test_nothing_typed_suggests_as_many_as_there_may_be(desk: Desk) -> None:
    assert len(suggest(desk, member(), "")) == MAX_SUGGESTIONS


def test_what_is_suggested_is_the_title_and_the_id(desk: Desk) -> None:
    assert suggest(desk, member(), "story07") == (("About the story07", "story07"),)


def test_another_servers_titles_are_never_suggested(desk: Desk) -> None:
    assert suggest(desk, member(), "secret") == ()
    assert suggest(desk, member(server_id=OTHER_SERVER), "") == (("About the secret", "secret"),)


def test_long_and_hostile_titles_are_one_line_that_fits(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, articles={})
    titles = {"long": "word " * 200, "lines": "two\nlines", "hidden": "x\u202ey", "none": None}
    with desk.store.transaction() as connection:
        for name, title in titles.items():
            desk.store.add(
                connection,
                collection=f"server-{SERVER}",
                article_id=name,
                text=f"A text about {name}.",
                source=Source(title=title),
                at=desk.now(),
                by="test",
            )
    desk.indexes.open(f"server-{SERVER}")

    found = {article_id: title for title, article_id in suggest(desk, member(), "")}

    assert set(found) == {"long", "lines", "hidden"}  # nothing to show of one without a title
    assert all(len(title) <= MAX_SUGGESTION_CHARS for title in found.values())
    assert found["lines"] == "two lines"
    assert found["hidden"] == "x\ufffdy"
    assert found["long"].endswith("…")


def test_a_withdrawn_article_is_suggested_no_more(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    assert suggest(desk, member(), "ferry")

    change_articles(desk, "withdraw", ["ferry"])

    assert suggest(desk, member(), "ferry") == ()


def test_nothing_is_built_for_a_suggestion(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A rebuild takes longer than anybody waits for a menu."""
    desk = make_desk(tmp_path)
    with desk.store.transaction() as connection:
        desk.store.withdraw(
            connection, f"server-{SERVER}", "ferry", reason="wrong", at=desk.now(), by="test"
        )
    monkeypatch.setattr(desk.indexes, "open", lambda _: pytest.fail("an index was opened"))

    assert suggest(desk, member(), "ferry") == ()


def test_titles_are_read_from_an_index_once(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    first = suggest(desk, member(), "story1")
    monkeypatch.setattr(Index, "record", lambda *_: pytest.fail("a record was read again"))

    assert suggest(desk, member(), "story1") == first


def test_no_failure_reaches_the_member(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = make_desk(tmp_path)

    def fail(*_: object) -> None:
        raise StoreBusy("in use")

    monkeypatch.setattr(servers, "find", fail)
    assert suggest(desk, member(), "ferry") == ()
    assert suggest(desk, replace(member(), server_id=1), "ferry") == ()


def test_withdrawn_articles_are_suggested_to_those_who_may_restore_them(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    change_articles(desk, "withdraw", ["ferry"])

    assert suggest_withdrawn(desk, administrator(), "") == (("About the ferry", "ferry"),)
    assert suggest_withdrawn(desk, administrator(), "harbour") == ()
    assert suggest_withdrawn(desk, member(), "") == ()
    assert suggest_withdrawn(desk, administrator(server_id=OTHER_SERVER), "") == ()
