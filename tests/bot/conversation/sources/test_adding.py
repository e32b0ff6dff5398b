"""Adding from chat: who may, how much, and what is said of each file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.catalogue.administering import CorpusRefusal
from bot.catalogue.lines import Sentence
from bot.catalogue.refusals import Refusal
from bot.conversation.actors import Actor
from bot.conversation.desk import Desk, Refused
from bot.conversation.responses import Sweep
from bot.conversation.sources.adding import add_files, check_adding
from bot.ledger import audit, following, members, servers
from bot.rendering.fitting import check_screen
from bot.rendering.screen import Audience
from corpus.errors import StoreUnavailable
from corpus.records import ArticleSummary
from retrieval.indexing.generations import needs_rebuild
from tests.bot.conversation.desks import (
    ADMINISTRATOR,
    OTHER_SERVER,
    SERVER,
    administrator,
    join_server,
    make_desk,
    member,
    moderator,
)
from tests.bot.conversation.screens import said

STORY = ("story.txt", b"The ferry sank in the harbour.")
MEMO = ("memo.md", b"---\nurl: https://example.org/memo\n---\nThe first text.")
MEMO_CHANGED = ("memo.md", b"---\nurl: https://example.org/memo\n---\nThe second text.")


def stored(desk: Desk, server_id: int = SERVER) -> list[ArticleSummary]:
    with desk.store.reading() as connection:
        return list(desk.store.list(connection, f"server-{server_id}"))


def limited(desk: Desk, **limits: int) -> Desk:
    return replace(desk, settings=replace(desk.settings, **limits))


def refusal(desk: Desk, actor: Actor, *files: tuple[str, bytes]) -> Sentence:
    with pytest.raises(Refused) as refused:
        add_files(desk, actor, files)
    return refused.value.line.sentence


def test_what_was_added_is_said_and_can_be_asked_at_once(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, articles={})

    shown = add_files(desk, administrator(), [STORY, MEMO])

    assert said(shown.screen) == ["Articles added", "2 new"]
    assert shown.screen.audience is Audience.MODERATORS
    assert shown.effects == ()  # nothing posted could quote them yet
    assert not needs_rebuild(desk.directory, f"server-{SERVER}")
    assert desk.indexes.open(f"server-{SERVER}").n_articles == 2


def test_each_kind_of_outcome_is_counted(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, articles={})
    add_files(desk, administrator(), [STORY, MEMO])

    shown = add_files(
        desk, administrator(), [STORY, MEMO_CHANGED, ("new.txt", b"New."), ("bad.txt", b"\xff")]
    )

    lines = said(shown.screen)
    assert lines[:5] == [
        *("Articles added", "1 new", "1 with a new version", "1 unchanged", "1 refused:")
    ]
    assert lines[5].startswith("bad.txt: ")
    assert "Answers already posted that quote an earlier version are being corrected." in lines
    assert shown.effects == (Sweep(),)


def test_a_hostile_name_is_refused_with_a_fixed_line_that_does_not_hold_it(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, articles={})

    lines = said(add_files(desk, administrator(), [STORY, ("../evil\n.txt", b"Evil.")]).screen)

    assert lines[2] == "1 refused:"
    assert lines[3].startswith("File 2: its name cannot be used")
    assert not any("evil" in line for line in lines)


def test_many_refusals_are_counted_and_ten_are_shown(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, articles={})
    bad = "*_" * 120

    shown = add_files(desk, administrator(), [(f"{bad}{n}.txt", b"\xff") for n in range(25)])

    lines = said(shown.screen)
    assert lines[0] == "Nothing was added"
    assert lines[1] == "25 refused:"
    assert lines[-1] == "and 15 more"
    assert len(lines) == 13
    check_screen(shown.screen)


@pytest.mark.parametrize("actor", [member(), moderator()])
def test_only_administrators_add(tmp_path: Path, actor: Actor) -> None:
    desk = make_desk(tmp_path, articles={})

    assert refusal(desk, actor, STORY) is Refusal.NOT_ADMINISTRATOR
    assert stored(desk) == []


def test_a_member_who_was_given_the_command_adds(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, articles={})

    add_files(desk, replace(member(), granted=frozenset({"corpus"})), [STORY])

    assert len(stored(desk)) == 1
    assert (
        refusal(desk, replace(member(), granted=frozenset({"settings"})), STORY)
        is Refusal.NOT_ADMINISTRATOR
    )


def test_articles_go_to_the_administrators_own_server(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, articles={})
    join_server(desk, OTHER_SERVER, articles={})

    add_files(desk, administrator(), [STORY])

    assert len(stored(desk, SERVER)) == 1
    assert stored(desk, OTHER_SERVER) == []


def test_a_shared_collection_is_read_only_for_all_who_share_it(tmp_path: Path) -> None:
    """Whose collection it was makes no difference: others quote from it now."""
    desk = make_desk(tmp_path, articles={})
    join_server(desk, OTHER_SERVER, articles={})
    with desk.store.transaction() as connection:
        servers.bind(connection, OTHER_SERVER, f"server-{SERVER}", bound=True)

    assert refusal(desk, administrator(), STORY) is Refusal.READ_ONLY
    assert refusal(desk, administrator(server_id=OTHER_SERVER), STORY) is Refusal.READ_ONLY
    assert stored(desk) == []


def test_beyond_the_number_of_articles_nothing_is_added(tmp_path: Path) -> None:
    desk = limited(make_desk(tmp_path, articles={"ferry": "It sank."}), server_articles=2)

    assert refusal(desk, administrator(), STORY, MEMO) is CorpusRefusal.ARTICLES_FULL
    assert len(stored(desk)) == 1

    add_files(desk, administrator(), [STORY])
    assert len(stored(desk)) == 2


def test_beyond_the_bytes_nothing_is_added(tmp_path: Path) -> None:
    desk = limited(make_desk(tmp_path, articles={"ferry": "x" * 90}), server_bytes=100)

    assert refusal(desk, administrator(), ("a.txt", b"y" * 11)) is CorpusRefusal.BYTES_FULL
    assert refusal(desk, administrator(), ("a.txt", b"y" * 101)) is CorpusRefusal.TOO_MANY_BYTES
    assert len(stored(desk)) == 1

    add_files(desk, administrator(), [("a.txt", b"y" * 10)])
    assert len(stored(desk)) == 2


def test_more_articles_than_there_may_ever_be_are_not_even_read(tmp_path: Path) -> None:
    desk = limited(make_desk(tmp_path, articles={}), server_articles=1)

    assert (
        refusal(desk, administrator(), ("a.jsonl", b'{"text": "x"}\n{"text": "y"}\n'))
        is CorpusRefusal.TOO_MANY_READ
    )


def test_a_full_server_may_still_correct_what_it_has(tmp_path: Path) -> None:
    desk = limited(make_desk(tmp_path, articles={}), server_articles=1)
    add_files(desk, administrator(), [MEMO])

    lines = said(add_files(desk, administrator(), [MEMO_CHANGED]).screen)

    assert "1 with a new version" in lines


def test_files_are_refused_by_size_before_they_are_fetched(tmp_path: Path) -> None:
    desk = limited(make_desk(tmp_path, articles={}), server_bytes=100)

    check_adding(desk, administrator(), [50, 50])
    for actor, sizes, sentence in (
        (administrator(), [50, 51], CorpusRefusal.TOO_MANY_BYTES),
        (administrator(), [], CorpusRefusal.NO_FILES),
        (member(), [1], Refusal.NOT_ADMINISTRATOR),
    ):
        with pytest.raises(Refused) as refused:
            check_adding(desk, actor, sizes)
        assert refused.value.line.sentence is sentence


def test_each_article_has_a_row_in_the_log_under_the_administrators_key(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, articles={})

    add_files(desk, administrator(), [STORY, MEMO])
    add_files(desk, administrator(), [MEMO_CHANGED])

    with desk.store.reading() as connection:
        key = members.find_key(connection, SERVER, ADMINISTRATOR)
        rows = audit.entries(connection, SERVER, limit=10)
        assert audit.first_broken(connection) is None
    assert [row.action for row in rows] == [
        *("article_corrected", "article_added", "article_added")
    ]
    assert {row.actor for row in rows} == {key}
    assert {row.subject for row in rows} == {article.article_id for article in stored(desk)}


def test_more_articles_than_are_followed_at_once_are_all_logged(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, articles={})
    lines = b"".join(b'{"text": "Text %d."}\n' % number for number in range(401))

    # A line without an id is found by file and text.
    add_files(desk, administrator(), [("many.jsonl", lines)])

    with desk.store.reading() as connection:
        assert audit.count_entries(connection, SERVER) == 401


def test_an_index_that_cannot_be_built_loses_no_article(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = make_desk(tmp_path, articles={})

    def fail(_: str) -> None:
        raise StoreUnavailable("the disk is full")

    monkeypatch.setattr(desk.indexes, "open", fail)
    shown = add_files(desk, administrator(), [STORY])

    assert said(shown.screen)[-1].startswith("The index could not be built just now")
    assert len(stored(desk)) == 1


def test_what_fails_is_not_half_done(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Articles without their rows in the log would be nobody's doing."""
    desk = make_desk(tmp_path, articles={})

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(following, "follow_events", fail)
    with pytest.raises(RuntimeError):
        add_files(desk, administrator(), [STORY])

    assert stored(desk) == []
