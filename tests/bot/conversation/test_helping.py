"""Help says what each kind of member can do, and whose articles are quoted."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.actions import Action, Target
from bot.catalogue.helping import ADMINISTRATORS, MEMBERS, MODERATORS
from bot.catalogue.lines import Line
from bot.conversation.desk import Refused
from bot.conversation.helping import HANDLERS, show_help
from bot.conversation.responses import Pressed, Show
from bot.ledger import servers
from bot.rendering.fitting import check_screen
from tests.bot.conversation.desks import OTHER_SERVER, SERVER, change_articles, make_desk, member
from tests.bot.conversation.screens import buttons, said


@pytest.mark.parametrize(
    ("page", "sentences"), [(1, MEMBERS), (2, MODERATORS), (3, ADMINISTRATORS)]
)
def test_each_part_says_all_that_can_be_done(
    tmp_path: Path, page: int, sentences: tuple[object, ...]
) -> None:
    desk = make_desk(tmp_path, articles={})
    pressed = Pressed(Target(Action.HELP, page=page))

    shown = HANDLERS[Action.HELP].handle(desk, member(), pressed)

    assert isinstance(shown, Show)
    assert {Line(sentence).text for sentence in sentences} <= set(said(shown.screen))
    assert [button.target.page for button in buttons(shown.screen) if button.disabled] == [page]
    check_screen(shown.screen)


def test_it_begins_with_what_members_can_do(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, articles={})

    assert show_help(desk, member()) == show_help(desk, member(), page=999)
    assert Line(MEMBERS[0]).text in said(show_help(desk, member()).screen)


def test_it_names_the_collection_and_how_many_articles_can_be_quoted(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    change_articles(desk, "withdraw", ["ferry"])

    line = f"1 article can be quoted here, of this server's own collection server-{SERVER}."
    assert line in said(show_help(desk, member()).screen)


def test_a_shared_collection_is_said_to_be_one_that_only_the_operator_changes(
    tmp_path: Path,
) -> None:
    desk = make_desk(tmp_path)
    with desk.store.transaction() as connection:
        servers.bind(connection, SERVER, "main", bound=True)

    assert "0 articles can be quoted here, of the shared collection main." in said(
        show_help(desk, member()).screen
    )
    lines = said(show_help(desk, member(), page=3).screen)
    assert "This server shares its articles with others: only the operator can change them." in (
        lines
    )
    assert not any(line.startswith("/corpus") for line in lines)


def test_an_unknown_server_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused):
        show_help(make_desk(tmp_path), member(server_id=OTHER_SERVER))
