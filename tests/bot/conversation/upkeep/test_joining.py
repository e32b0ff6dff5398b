"""Servers come and go, each time once in the audit log, and a new one can ask at once."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.conversation.desk import Desk
from bot.conversation.upkeep.joining import arrive, depart, depart_all_but, find_present, stock
from bot.first_run import HANDBOOK_FILES
from bot.ledger import audit, servers
from bot.ledger.audit import AuditAction
from corpus.samples import STARTER_FOLDER
from tests.bot.conversation.desks import OTHER_SERVER, SERVER, Clock, make_desk

LATE = datetime(2100, 1, 1, tzinfo=UTC)  # an article of tomorrow would be refused


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Return a desk with one server that was joined without a record."""
    return make_desk(tmp_path, clock=Clock(LATE))


def recorded(desk: Desk, server_id: int) -> list[AuditAction]:
    """Return what the audit log tells of a server, oldest first."""
    with desk.store.reading() as connection:
        newest_first = audit.entries(connection, server_id, limit=100)
    return [AuditAction(entry.action) for entry in reversed(newest_first)]


def titles(desk: Desk, server_id: int) -> list[str]:
    """Return the titles of a server's articles."""
    with desk.store.reading() as connection:
        server = servers.find(connection, server_id)
        assert server is not None
        listed = desk.store.list(connection, server.collection)
        return [article.source.title or "" for article in listed]


def test_a_server_is_joined_once(desk: Desk) -> None:
    assert arrive(desk, OTHER_SERVER)
    assert not arrive(desk, OTHER_SERVER)

    assert recorded(desk, OTHER_SERVER) == [AuditAction.SERVER_JOINED]


def test_a_server_is_left_once_and_may_come_back(desk: Desk) -> None:
    arrive(desk, OTHER_SERVER)

    assert depart(desk, OTHER_SERVER)
    assert not depart(desk, OTHER_SERVER)
    assert arrive(desk, OTHER_SERVER)

    joined, left = AuditAction.SERVER_JOINED, AuditAction.SERVER_LEFT
    assert recorded(desk, OTHER_SERVER) == [joined, left, joined]


def test_a_question_may_come_before_discord_has_named_the_server(desk: Desk) -> None:
    """It is answered as any other, and the server is joined once."""
    assert find_present(desk, OTHER_SERVER) == find_present(desk, OTHER_SERVER)
    depart(desk, OTHER_SERVER)
    assert find_present(desk, OTHER_SERVER).left_at is None

    joined, left = AuditAction.SERVER_JOINED, AuditAction.SERVER_LEFT
    assert recorded(desk, OTHER_SERVER) == [joined, left, joined]


def test_a_server_that_was_never_joined_cannot_be_left(desk: Desk) -> None:
    assert not depart(desk, OTHER_SERVER)


def test_what_was_left_while_nobody_listened_is_noted(desk: Desk) -> None:
    arrive(desk, OTHER_SERVER)

    assert depart_all_but(desk, {SERVER, 5}) == 1
    assert depart_all_but(desk, {SERVER, 5}) == 0

    assert recorded(desk, OTHER_SERVER)[-1] is AuditAction.SERVER_LEFT


def test_a_new_server_starts_with_the_handbook_alone(desk: Desk) -> None:
    arrive(desk, OTHER_SERVER)

    stock(desk, OTHER_SERVER)
    stock(desk, OTHER_SERVER)

    assert len(titles(desk, OTHER_SERVER)) == len([*STARTER_FOLDER.glob(HANDBOOK_FILES)])
    assert all("brief" not in title for title in titles(desk, OTHER_SERVER))


def test_articles_of_the_operator_are_not_touched(desk: Desk) -> None:
    arrive(desk, OTHER_SERVER)
    with desk.store.transaction() as connection:
        servers.bind(connection, OTHER_SERVER, "shared", bound=True)

    stock(desk, OTHER_SERVER)

    assert titles(desk, OTHER_SERVER) == []


def test_a_server_that_was_left_is_not_stocked(desk: Desk) -> None:
    arrive(desk, OTHER_SERVER)
    depart(desk, OTHER_SERVER)

    stock(desk, OTHER_SERVER)

    assert titles(desk, OTHER_SERVER) == []
