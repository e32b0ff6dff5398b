"""``quoth servers``: the operator sees every server, and decides which collection each one asks."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import cli
from bot.conversation.desk import Desk, Refused
from bot.conversation.servers import require_own_corpus
from bot.ledger import audit, servers
from bot.ledger.servers import Server
from corpus.samples import STARTER_FOLDER
from tests.bot.conversation.desks import (
    OTHER_SERVER,
    SERVER,
    Clock,
    add_articles,
    administrator,
    join_server,
    make_desk,
)

HANDBOOK = len(list(STARTER_FOLDER.glob("handbook-*.md")))


def quoth(desk: Desk, *arguments: object) -> Result:
    """Run ``quoth servers`` on a desk's data directory."""
    line = ["--data", str(desk.directory.root), "servers", *map(str, arguments)]
    result = CliRunner().invoke(cli, line)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def find(desk: Desk, server_id: int = SERVER) -> Server:
    with desk.store.reading() as connection:
        server = servers.find(connection, server_id)
    assert server is not None
    return server


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Return a desk with a server, and a collection ``main`` of the operator's."""
    desk = make_desk(tmp_path)
    add_articles(desk, "main", {"library": "The library opened."})
    return desk


def test_the_list_names_each_server_its_collection_and_whose_that_is(
    desk: Desk,
) -> None:
    join_server(desk, OTHER_SERVER, articles={})
    quoth(desk, "bind", OTHER_SERVER, "main")
    with desk.store.transaction() as connection:
        servers.leave(connection, OTHER_SERVER, at=Clock()())

    result = quoth(desk, "list")

    assert result.exit_code == 0
    assert [line.split() for line in result.stdout.splitlines()] == [
        ["server", "collection", "whose", "articles", "joined", "left"],
        [str(SERVER), f"server-{SERVER}", "own", "2", "2024-05-01"],
        [str(OTHER_SERVER), "main", "bound", "1", "2024-05-01", "2024-05-01"],
    ]


def test_a_directory_on_which_the_bot_never_ran_has_no_servers(tmp_path: Path) -> None:
    (tmp_path / "story.txt").write_text("The ferry sank.", "utf-8")
    data = ["--data", str(tmp_path / "data")]
    runner = CliRunner()
    runner.invoke(cli, [*data, "corpus", "add", str(tmp_path / "story.txt")])

    listed = runner.invoke(cli, [*data, "servers", "list"])
    bound = runner.invoke(cli, [*data, "servers", "bind", str(SERVER), "main"])

    assert listed.stdout == "No servers yet; quoth run notes each one that invites the bot.\n"
    assert bound.exit_code == 2
    assert f"the bot is on no server {SERVER}" in bound.stderr


def test_looking_creates_no_data_directory(tmp_path: Path) -> None:
    result = CliRunner().invoke(cli, ["--data", str(tmp_path / "data"), "servers", "list"])

    assert result.exit_code == 3
    assert not (tmp_path / "data").exists()


def test_a_bound_server_asks_the_collection_and_cannot_change_it(desk: Desk) -> None:
    result = quoth(desk, "bind", SERVER, "main")

    assert result.stdout == f"Server {SERVER} asks main now, which the chat cannot change.\n"
    assert result.stderr == ""
    assert (find(desk).collection, find(desk).bound) == ("main", True)
    with desk.store.reading() as connection, pytest.raises(Refused):
        require_own_corpus(connection, administrator())


def test_several_servers_may_ask_one_collection(desk: Desk) -> None:
    join_server(desk, OTHER_SERVER, articles={})

    for server_id in (SERVER, OTHER_SERVER):
        assert quoth(desk, "bind", server_id, "main").exit_code == 0

    assert find(desk).collection == find(desk, OTHER_SERVER).collection == "main"


def test_sharing_a_servers_own_collection_is_announced_since_it_binds_both(desk: Desk) -> None:
    join_server(desk, OTHER_SERVER, articles={})

    result = quoth(desk, "bind", OTHER_SERVER, f"server-{SERVER}")

    assert f"server-{SERVER} is server {SERVER}'s own: while it is shared" in result.stderr
    with desk.store.reading() as connection, pytest.raises(Refused):
        require_own_corpus(connection, administrator())


def test_a_released_server_has_its_own_articles_back(desk: Desk) -> None:
    quoth(desk, "bind", SERVER, "main")

    result = quoth(desk, "release", SERVER)

    own = f"server-{SERVER}"
    assert result.stdout == f"Server {SERVER} asks its own collection {own} again.\n"
    assert (find(desk).collection, find(desk).bound) == (own, False)
    assert desk.indexes.open(own).n_articles == 2
    with desk.store.reading() as connection:
        assert require_own_corpus(connection, administrator()).collection == own


def test_a_server_that_never_had_articles_of_its_own_is_released_to_the_handbook(
    desk: Desk,
) -> None:
    join_server(desk, OTHER_SERVER, articles={})
    quoth(desk, "bind", OTHER_SERVER, "main")

    quoth(desk, "release", OTHER_SERVER)

    assert desk.indexes.open(f"server-{OTHER_SERVER}").n_articles == HANDBOOK


def test_releasing_what_is_not_bound_changes_nothing(desk: Desk) -> None:
    result = quoth(desk, "release", SERVER)

    assert result.exit_code == 0
    assert "already" in result.stdout
    with desk.store.reading() as connection:
        assert audit.count_entries(connection, SERVER) == 0


def test_each_change_has_one_row_in_the_log(desk: Desk) -> None:
    quoth(desk, "bind", SERVER, "main")
    quoth(desk, "bind", SERVER, "main")
    quoth(desk, "release", SERVER)

    with desk.store.reading() as connection:
        rows = [
            (row.actor, row.action, row.subject)
            for row in reversed(audit.entries(connection, SERVER, limit=10))
        ]
        assert audit.first_broken(connection) is None
    assert rows == [
        ("operator", "server_bound", "main"),
        ("operator", "server_bound", f"server-{SERVER}"),
    ]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["bind", "1", "main"], "the bot is on no server 1; quoth servers list shows"),
        (["release", "1"], "the bot is on no server 1; quoth servers list shows"),
        (["bind", str(SERVER), "nothing"], "there is no collection 'nothing'; add articles with"),
        (["bind", str(SERVER), "../up"], "there is no collection '../up'"),
        (["bind", "0", "main"], "0 is not in the range"),
        (["bind", "x", "main"], "'x' is not a valid integer"),
        (["bind", str(2**63), "main"], "is not in the range"),
    ],
)
def test_what_cannot_be_done_is_refused_with_the_reason(
    desk: Desk, arguments: list[str], said: str
) -> None:
    result = quoth(desk, *arguments)

    assert result.exit_code == 2
    assert said in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert not find(desk).bound
