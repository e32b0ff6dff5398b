"""Servers: a collection of one's own, settings within bounds, and coming back."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from bot.conversation.desk import Desk
from bot.ledger import servers
from bot.ledger.servers import ServerSettings, read_settings, write_settings
from tests.bot.conversation.desks import (
    OTHER_SERVER,
    SERVER,
    START,
    Clock,
    change_articles,
    make_desk,
)

SNOWFLAKES = st.integers(1, 2**63 - 1)
SETTINGS = st.builds(
    ServerSettings,
    channels=st.lists(SNOWFLAKES, max_size=5).map(tuple),
    public=st.booleans(),
    moderator_roles=st.lists(SNOWFLAKES, max_size=5).map(tuple),
    moderators_channel=st.none() | SNOWFLAKES,
    member_questions=st.integers(1, 100),
    member_seconds=st.integers(1, 3600),
    server_questions=st.integers(1, 1000),
    retention_days=st.integers(1, 365),
)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(tmp_path: Path, clock: Clock) -> Desk:
    return make_desk(tmp_path, clock=clock)


@given(SETTINGS)
def test_settings_come_back_as_saved(settings: ServerSettings) -> None:
    assert read_settings(write_settings(settings)) == settings


@given(SETTINGS, st.sets(st.sampled_from(sorted(asdict(ServerSettings())))))
def test_settings_of_another_version_are_read_as_far_as_they_are_known(
    settings: ServerSettings, missing: set[str]
) -> None:
    known = json.loads(write_settings(settings))
    older = {name: value for name, value in known.items() if name not in missing}
    defaults = {name: getattr(ServerSettings(), name) for name in missing}

    assert read_settings(json.dumps(older)) == replace(settings, **defaults)
    assert read_settings(json.dumps({**known, "of_a_later_version": 3})) == settings


@pytest.mark.parametrize(
    "changed",
    [
        {"member_questions": 0},
        {"member_questions": 101},
        {"member_seconds": 0},
        {"member_seconds": 3601},
        {"server_questions": 0},
        {"server_questions": 1001},
        {"retention_days": 0},
        {"retention_days": 366},
        {"channels": tuple(range(1, 102))},
        {"moderator_roles": tuple(range(1, 27))},
    ],
)
def test_settings_out_of_bounds_are_refused(changed: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"must be from \d+ to \d+, not"):
        ServerSettings(**changed)  # type: ignore[arg-type]


def test_each_new_server_gets_a_collection_of_its_own(desk: Desk) -> None:
    with desk.store.rehearsal() as connection:
        one = servers.find(connection, SERVER)
        other = servers.join(connection, OTHER_SERVER, at=START)

        assert one is not None
        assert {one.collection, other.collection} == {f"server-{SERVER}", f"server-{OTHER_SERVER}"}
        assert (other.bound, other.left_at, other.settings) == (False, None, ServerSettings())
        assert [one, other] == list(servers.all_servers(connection))


def test_a_server_that_is_unknown_is_none(desk: Desk) -> None:
    with desk.store.rehearsal() as connection:
        assert servers.find(connection, OTHER_SERVER) is None


def test_joining_again_changes_nothing(desk: Desk, clock: Clock) -> None:
    with desk.store.rehearsal() as connection:
        servers.save_settings(connection, SERVER, ServerSettings(public=False))
        known = servers.find(connection, SERVER)
        clock.pass_time(days=1)

        assert servers.join(connection, SERVER, at=clock()) == known


def test_a_server_that_comes_back_in_time_goes_on_as_it_was(desk: Desk, clock: Clock) -> None:
    with desk.store.rehearsal() as connection:
        servers.save_settings(connection, SERVER, ServerSettings(retention_days=7))
        known = servers.find(connection, SERVER)
        clock.pass_time(hours=1)
        left_at = clock()
        servers.leave(connection, SERVER, at=left_at)
        clock.pass_time(hours=1)
        servers.leave(connection, SERVER, at=clock())  # told twice, it left once

        left = servers.find(connection, SERVER)
        assert left is not None
        assert left.left_at == left_at
        assert servers.join(connection, SERVER, at=clock()) == known


def test_an_operator_binds_a_server_to_another_collection_and_releases_it(desk: Desk) -> None:
    with desk.store.rehearsal() as connection:
        servers.bind(connection, SERVER, "shared", bound=True)
        bound = servers.find(connection, SERVER)
        assert bound is not None
        assert (bound.collection, bound.bound) == ("shared", True)

        own = servers.own_collection(connection, SERVER)
        servers.bind(connection, SERVER, own, bound=False)
        released = servers.find(connection, SERVER)
        assert released is not None
        assert (released.collection, released.bound) == (f"server-{SERVER}", False)


def test_a_server_whose_articles_were_all_purged_starts_in_a_new_collection(desk: Desk) -> None:
    """A purged text cannot be added again, not even the handbook's."""
    change_articles(desk, "purge", ["ferry"])
    with desk.store.reading() as connection:
        assert servers.own_collection(connection, SERVER) == f"server-{SERVER}"

    change_articles(desk, "purge", ["harbour"])
    with desk.store.reading() as connection:
        assert servers.own_collection(connection, SERVER) == f"server-{SERVER}-2"
        used = servers.own_collections(connection, SERVER)
    assert list(used) == [f"server-{SERVER}", f"server-{SERVER}-2"]


def test_settings_of_one_server_leave_the_other_alone(desk: Desk) -> None:
    with desk.store.rehearsal() as connection:
        other = servers.join(connection, OTHER_SERVER, at=START)
        servers.save_settings(connection, SERVER, ServerSettings(public=False))
        servers.bind(connection, SERVER, "shared", bound=True)
        servers.leave(connection, SERVER, at=START)

        assert servers.find(connection, OTHER_SERVER) == other


def test_settings_are_readable_without_us(desk: Desk) -> None:
    """They are one line of JSON with sorted keys, which an operator can look at."""
    with desk.store.reading() as connection:
        line = connection.scalar(text("SELECT settings FROM servers"))

    assert line == json.dumps(asdict(ServerSettings()), sort_keys=True)
