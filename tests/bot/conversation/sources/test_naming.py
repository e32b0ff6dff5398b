"""An article is meant by its id or its whole title, on its own server only."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.catalogue.refusals import Refusal
from bot.conversation.desk import Desk, Refused
from bot.conversation.sources.naming import find_article
from corpus.article import Source
from tests.bot.conversation.desks import OTHER_SERVER, SERVER, join_server, make_desk


def find(desk: Desk, named: str) -> str:
    with desk.store.reading() as connection:
        return find_article(desk, connection, f"server-{SERVER}", named)


@pytest.mark.parametrize("named", ["ferry", "About the ferry", " about THE ferry "])
def test_an_id_and_a_whole_title_name_an_article(tmp_path: Path, named: str) -> None:
    assert find(make_desk(tmp_path), named) == "ferry"


@pytest.mark.parametrize("named", ["", " ", "the ferry", "About the secret", "secret", "\ud800"])
def test_nothing_else_does(tmp_path: Path, named: str) -> None:
    desk = make_desk(tmp_path)
    join_server(desk, OTHER_SERVER, articles={"secret": "A text about a secret."})

    with pytest.raises(Refused) as refused:
        find(desk, named)

    assert refused.value.line.sentence is Refusal.NO_ARTICLE


def test_a_title_that_two_articles_have_names_neither(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    with desk.store.transaction() as connection:
        desk.store.add(
            connection,
            collection=f"server-{SERVER}",
            article_id="twin",
            text="Another ferry.",
            source=Source(title="About the ferry"),
            at=desk.now(),
            by="test",
        )

    with pytest.raises(Refused):
        find(desk, "About the ferry")
    assert find(desk, "twin") == "twin"
