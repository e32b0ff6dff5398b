"""Members by key: each server knows its own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection

from bot.conversation.desk import Desk
from bot.ledger import members
from tests.bot.conversation.desks import (
    ASKER,
    OTHER_SERVER,
    SERVER,
    STRANGER,
    join_server,
    make_desk,
)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """For laws and examples alike: each rehearses in it."""
    desk = make_desk(tmp_path_factory.mktemp("desk"))
    join_server(desk, OTHER_SERVER)
    return desk


def key_of(desk: Desk, connection: Connection, user_id: int, server_id: int = SERVER) -> str:
    return members.key_of(connection, server_id, user_id, new_key=desk.new_key, at=desk.now())


@given(st.lists(st.tuples(st.sampled_from([SERVER, OTHER_SERVER]), st.integers(1, 4))))
def test_a_member_has_one_key_on_each_server(desk: Desk, seen: list[tuple[int, int]]) -> None:
    with desk.store.rehearsal() as connection:
        keys = {who: key_of(desk, connection, who[1], who[0]) for who in seen}

        assert len(set(keys.values())) == len(set(seen))
        for (server_id, user_id), key in keys.items():
            assert key_of(desk, connection, user_id, server_id) == key
            assert members.find_key(connection, server_id, user_id) == key
            assert members.find_user(connection, key) == user_id


def test_nobody_is_named_by_no_key_or_an_unknown_one(desk: Desk) -> None:
    with desk.store.rehearsal() as connection:
        assert members.find_user(connection, None) is None
        assert members.find_user(connection, "nobody") is None
        assert members.find_key(connection, SERVER, STRANGER) is None


def test_a_key_names_nobody_on_another_server(desk: Desk) -> None:
    with desk.store.rehearsal() as connection:
        key = key_of(desk, connection, ASKER)

        assert members.find_user_here(connection, SERVER, key) == ASKER
        assert members.find_user_here(connection, OTHER_SERVER, key) is None
