"""What members see of their server's articles, and that they see no other server's."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.actions import Action, Target
from bot.catalogue.lines import Line
from bot.catalogue.refusals import Refusal
from bot.conversation.desk import Desk, Refused
from bot.conversation.responses import Pressed, Show
from bot.conversation.sources.browsing import ARTICLES_ON_A_PAGE, HANDLERS, source, sources
from bot.ledger import forgetting, members
from bot.ledger.following import actor_name
from bot.operator import QUOTH_ITSELF
from bot.rendering.fitting import check_screen
from bot.rendering.screen import Screen
from corpus.article import SOURCE_FIELDS, Basis, BasisKind, Precision, Source, Span
from tests.bot.conversation.desks import (
    ADMINISTRATOR,
    ASKER,
    OTHER_SERVER,
    SERVER,
    Clock,
    change_articles,
    join_server,
    make_desk,
    member,
)
from tests.bot.conversation.screens import buttons, menus, said


def picks(screen: Screen) -> list[str]:
    """Return the values of a screen's menu."""
    return [choice.value for menu in menus(screen) for choice in menu.choices]


def add(desk: Desk, article_id: str, record: Source, *texts: str, by: str = "somebody") -> None:
    with desk.store.transaction() as connection:
        for text in texts:
            desk.store.add(
                connection,
                collection=f"server-{SERVER}",
                article_id=article_id,
                text=text,
                source=record,
                at=desk.now(),
                by=by,
            )


def press(desk: Desk, target: Target, *values: str) -> Screen:
    shown = HANDLERS[target.action].handle(desk, member(), Pressed(target, values))
    assert isinstance(shown, Show)
    return shown.screen


def test_the_list_names_title_date_and_publisher(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, articles={"ferry": "The ferry sank."})

    lines = said(sources(desk, member()).screen)

    assert lines[1] == f"1 article in the collection server-{SERVER}"
    assert lines[2:5] == ["About the ferry", "2024-04-30", "Varnholm Courier"]


def test_an_empty_corpus_says_how_to_fill_it(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, articles={})

    screen = sources(desk, member()).screen

    assert "This server has no articles yet" in said(screen)[1]
    assert not picks(screen)


def test_every_article_is_on_exactly_one_page(tmp_path: Path) -> None:
    names = [f"story{number:02}" for number in range(2 * ARTICLES_ON_A_PAGE + 3)]
    desk = make_desk(tmp_path, articles={name: f"A text about {name}." for name in names})

    pages = [picks(press(desk, Target(Action.SOURCES, page=page))) for page in (1, 2, 3)]

    assert [len(page) for page in pages] == [ARTICLES_ON_A_PAGE, ARTICLES_ON_A_PAGE, 3]
    assert sorted(value for page in pages for value in page) == names
    assert picks(press(desk, Target(Action.SOURCES, page=9_999))) == pages[-1]


def test_the_pages_lead_to_each_other(tmp_path: Path) -> None:
    names = [f"story{number:02}" for number in range(2 * ARTICLES_ON_A_PAGE)]
    desk = make_desk(tmp_path, articles={name: f"A text about {name}." for name in names})

    first, last = (buttons(press(desk, Target(Action.SOURCES, page=page))) for page in (1, 2))

    assert [(button.label.text, button.target.page) for button in first] == [("Next", 2)]
    assert [(button.label.text, button.target.page) for button in last] == [("Previous", 1)]


def test_newest_come_first_then_the_undated_and_what_was_deleted_not_at_all(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, articles={"gone": "Gone.", "ferry": "The ferry sank."})
    change_articles(desk, "purge", ["gone"])
    add(desk, "undated", Source(title="Undated"), "No day.")
    newest = Source(title="New", published=date(2024, 5, 1), published_precision=Precision.DAY)
    add(desk, "newest", newest, "Today.")

    screen = sources(desk, member()).screen

    assert picks(screen) == ["newest", "ferry", "undated"]
    assert f"3 articles in the collection server-{SERVER}" in said(screen)
    assert not any("gone" in line for line in said(screen))


def test_a_corpus_of_deleted_articles_says_how_to_fill_it(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, articles={"gone": "Gone."})
    change_articles(desk, "purge", ["gone"])

    screen = sources(desk, member()).screen

    assert picks(screen) == []
    assert any("has no articles yet" in line for line in said(screen))


def test_a_withdrawn_article_says_so_with_its_day_in_the_list_and_its_record(
    tmp_path: Path,
) -> None:
    desk = make_desk(tmp_path, articles={"ferry": "The ferry sank."})
    change_articles(desk, "withdraw", ["ferry"])

    line = "Withdrawn on 2024-05-01; it is not quoted."
    assert line in said(sources(desk, member()).screen)
    assert line in said(source(desk, member(), "ferry").screen)

    change_articles(desk, "restore", ["ferry"])
    assert line not in said(source(desk, member(), "ferry").screen)


def test_of_a_deleted_article_nothing_else_is_shown(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, articles={"ferry": "The ferry sank."})
    change_articles(desk, "purge", ["ferry"])

    assert said(source(desk, member(), "ferry").screen) == [
        "Article ferry, which has no title",
        "Deleted for good on 2024-05-01; nothing of it can be shown.",
        "All articles",
    ]


def test_the_record_says_how_each_field_is_known(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, articles={})
    record = Source(
        title="A ferry sank",
        publisher="Varnholm Courier",
        author="Jo Day",
        url="https://example.org/ferry",
        language="en-GB",
        file="ferry.txt",
        basis={
            "title": Basis(BasisKind.ARTICLE, span=Span(0, 12)),
            "publisher": Basis(BasisKind.METADATA),
            "author": Basis(BasisKind.SIDECAR, note="a private remark"),
            "url": Basis(BasisKind.OPERATOR),
            "language": Basis(BasisKind.ARTICLE),
        },
    )
    add(desk, "ferry", record, "A ferry sank. It was old.")

    lines = said(source(desk, member(), "ferry").screen)

    text = " ".join(lines)
    assert "A ferry sank (stands in the article, characters 0 to 12)" in text
    assert "Varnholm Courier (stated beside the text in the article's own file)" in text
    assert "Jo Day (stated in the file sources.toml that came with it)" in text
    assert "https://example.org/ferry (stated by the operator)" in text
    assert "Language: en-GB (stands in the article)" in text
    assert "Date: No date given" in text
    assert "a private remark" not in text
    assert "Article ferry, version 1; characters in all: 25" in lines


def test_the_record_names_the_member_who_added_it_until_they_are_forgotten(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, articles={})
    with desk.store.transaction() as connection:
        key = members.key_of(connection, SERVER, ADMINISTRATOR, new_key=desk.new_key, at=desk.now())
    add(desk, "ferry", Source(title="Ferry"), "It sank.", by=actor_name(key))
    add(desk, "harbour", Source(title="Harbour"), "It silted.", by="root")

    assert f"Added on 2024-05-01 12:00 UTC by {ADMINISTRATOR}" in said(
        source(desk, member(), "ferry").screen
    )
    assert "Added on 2024-05-01 12:00 UTC by the operator" in said(
        source(desk, member(), "harbour").screen
    )
    with desk.store.transaction() as connection:
        forgetting.forget(connection, SERVER, ADMINISTRATOR)
    lines = said(source(desk, member(), "ferry").screen)
    assert "Added on 2024-05-01 12:00 UTC by somebody whose name is no longer kept" in lines
    assert not any(str(ADMINISTRATOR) in line or key in line for line in lines)


def test_the_handbook_came_with_quoth_and_nothing_of_an_account_of_that_name(
    tmp_path: Path,
) -> None:
    desk = make_desk(tmp_path, articles={})
    for by in (QUOTH_ITSELF, "quoth"):
        for text in ("It sank.", "It floats."):
            add(desk, f"by-{len(by)}", Source(title=by), text, by=by)

    handbook = said(source(desk, member(), f"by-{len(QUOTH_ITSELF)}").screen)
    other = said(source(desk, member(), "by-5").screen)

    assert "Added on 2024-05-01 12:00 UTC by Quoth itself" in handbook
    assert "Version 2 came on 2024-05-01 12:00 UTC from Quoth itself" in handbook
    assert "Added on 2024-05-01 12:00 UTC by the operator" in other
    assert "Version 2 came on 2024-05-01 12:00 UTC from the operator" in other


def test_a_member_of_another_server_is_not_named(tmp_path: Path) -> None:
    """Two servers may be bound to what one of them collected; that names nobody across."""
    desk = make_desk(tmp_path, articles={})
    join_server(desk, OTHER_SERVER, articles={})
    with desk.store.transaction() as connection:
        key = members.key_of(connection, OTHER_SERVER, ASKER, new_key=desk.new_key, at=desk.now())
    add(desk, "ferry", Source(title="Ferry"), "It sank.", by=actor_name(key))

    assert not any(str(ASKER) in line for line in said(source(desk, member(), "ferry").screen))


def test_versions_and_changes_are_listed_oldest_first(tmp_path: Path) -> None:
    clock = Clock()
    desk = make_desk(tmp_path, articles={"ferry": "It sank."}, clock=clock)
    clock.pass_time(days=1)
    add(desk, "ferry", Source(title="Ferry"), "It floats.")
    clock.pass_time(days=1)
    change_articles(desk, "withdraw", ["ferry"])

    lines = said(source(desk, member(), "ferry").screen)

    assert lines[-4:-1] == [
        "Added on 2024-05-01 12:00 UTC by the operator",
        "Version 2 came on 2024-05-02 12:00 UTC from the operator",
        "Withdrawn on 2024-05-03 12:00 UTC",
    ]


def test_only_the_latest_of_many_changes_are_listed(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, articles={"ferry": "It sank."})
    for number in range(20):
        add(desk, "ferry", Source(title="Ferry"), f"Version {number}.")

    lines = said(source(desk, member(), "ferry").screen)

    assert "13 earlier changes are not listed here." in lines
    assert lines[-2].startswith("Version 21 came on")


@pytest.mark.parametrize("article_id", ["", "nothing", "harbour", "\ud800", "../../x", "a" * 500])
def test_what_is_not_an_article_of_this_server_is_refused_alike(
    tmp_path: Path, article_id: str
) -> None:
    """Another server's article must be as unknown as one that never was."""
    desk = make_desk(tmp_path, articles={"ferry": "The ferry sank."})
    join_server(desk, OTHER_SERVER, articles={"harbour": "The harbour silted."})

    with pytest.raises(Refused) as refused:
        source(desk, member(), article_id)

    assert refused.value.line == Line(Refusal.NO_ARTICLE)


def test_an_article_opens_from_the_menu_and_from_a_button(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, articles={"ferry": "The ferry sank."})

    chosen = press(desk, Target(Action.SOURCE), "ferry")

    assert chosen == press(desk, Target(Action.SOURCE, key="ferry"))
    assert chosen == source(desk, member(), "ferry").screen
    assert [button.target for button in buttons(chosen)] == [Target(Action.SOURCES)]


@pytest.mark.parametrize("character", ["*", "\u6587", "\U0001f6a2", "\u202e"])
def test_a_page_and_a_record_fit_whatever_the_fields_hold(tmp_path: Path, character: str) -> None:
    desk = make_desk(tmp_path, articles={})
    name = (character + "a") * 500
    record = Source(
        title=name,
        publisher=name,
        author=name,
        published=date(2024, 4, 30),
        published_precision=Precision.DAY,
        url="https://example.org/" + "*" * 480,
        language="en-GB",
        file=f"{name}.txt",
        basis={
            field: Basis(BasisKind.ARTICLE, span=Span(1_000_000, 9_999_999))
            for field in SOURCE_FIELDS
        },
    )
    for number in range(ARTICLES_ON_A_PAGE + 1):
        texts = [f"Version {version} of {number}." for version in range(10)]
        add(desk, f"story{number}", record, *texts)
    change_articles(desk, "withdraw", [f"story{number}" for number in range(ARTICLES_ON_A_PAGE)])

    for page in (1, 2):
        check_screen(sources(desk, member(), page).screen)
    check_screen(source(desk, member(), "story0").screen)


def test_a_server_that_quoth_never_joined_sees_nothing(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    elsewhere = replace(member(), server_id=OTHER_SERVER)

    for look in (lambda: sources(desk, elsewhere), lambda: source(desk, elsewhere, "ferry")):
        with pytest.raises(Refused):
            look()
