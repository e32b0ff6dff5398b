"""The state of a server's corpus, for its administrators."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.actions import Action, Target
from bot.catalogue.refusals import Refusal
from bot.conversation.actors import Actor
from bot.conversation.desk import Refused
from bot.conversation.responses import Pressed, Show
from bot.conversation.sources.administering import HANDLERS, status
from bot.ledger import servers
from bot.rendering.fitting import check_screen
from tests.bot.conversation.desks import (
    SERVER,
    administrator,
    change_articles,
    make_desk,
    member,
    moderator,
)
from tests.bot.conversation.screens import said


def test_it_counts_articles_by_state_and_what_is_used_of_the_quota(tmp_path: Path) -> None:
    texts = {"kept": "x" * 70, "withdrawn": "y" * 30, "purged": "z" * 50}
    desk = make_desk(tmp_path, articles=texts)
    change_articles(desk, "withdraw", ["withdrawn"])
    change_articles(desk, "purge", ["purged"])

    screen = status(desk, administrator()).screen

    assert said(screen) == [
        f"Articles of this server: server-{SERVER}",
        "1 can be quoted",
        "1 withdrawn",
        "1 deleted for good",
        "2 versions of texts are kept.",
        "Articles used: 2 of 1,000",
        "Bytes of text used: 100 of 50,000,000",
        "These articles are this server's own.",
        "The index is up to date.",
        "Look again",
    ]
    check_screen(screen)


def test_an_index_that_is_behind_is_said_to_be(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    with desk.store.transaction() as connection:
        desk.store.withdraw(
            connection, f"server-{SERVER}", "ferry", reason="wrong", at=desk.now(), by="test"
        )

    assert any("The index is behind" in line for line in said(status(desk, administrator()).screen))


def test_a_shared_corpus_has_no_quota_and_says_who_changes_it(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    with desk.store.transaction() as connection:
        servers.bind(connection, SERVER, "main", bound=True)

    lines = said(status(desk, administrator()).screen)

    assert not any("used" in line for line in lines)
    assert any("only the operator can change them" in line for line in lines)


@pytest.mark.parametrize("actor", [member(), moderator()])
def test_only_administrators_see_it_by_command_and_by_button(tmp_path: Path, actor: Actor) -> None:
    desk = make_desk(tmp_path)
    pressed = Pressed(Target(Action.CORPUS))

    assert isinstance(HANDLERS[Action.CORPUS].handle(desk, administrator(), pressed), Show)
    for call in (
        lambda: status(desk, actor),
        lambda: HANDLERS[Action.CORPUS].handle(desk, actor, pressed),
    ):
        with pytest.raises(Refused) as refused:
            call()
        assert refused.value.line.sentence is Refusal.NOT_ADMINISTRATOR
