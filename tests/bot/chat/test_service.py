"""What the handlers share: settings that are looked up once, and an orderly end."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest

from bot.chat import service as service_module
from bot.chat.service import SETTINGS_SECONDS, Lane, Service
from bot.conversation.desk import Desk
from bot.ledger import servers
from tests.bot.chat.test_limits import Clock
from tests.bot.conversation.desks import OTHER_SERVER, SERVER, make_desk, set_server


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Return a desk with one server."""
    return make_desk(tmp_path)


@pytest.fixture
def looked_up(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return the servers whose settings are read from the database, as it happens."""
    seen: list[int] = []
    read = service_module._read_settings

    def watch(desk: Desk, server_id: int) -> Any:
        seen.append(server_id)
        return read(desk, server_id)

    monkeypatch.setattr(service_module, "_read_settings", watch)
    return seen


def run(scenario: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Run a scenario."""
    asyncio.run(scenario())


def test_settings_are_looked_up_once_for_all_who_ask(desk: Desk, looked_up: list[int]) -> None:
    clock = Clock()

    async def scenario() -> None:
        service = Service(desk, clock)
        found = await asyncio.gather(*[service.settings(SERVER) for _ in range(500)])
        assert len(set(found)) == 1
        clock.now += SETTINGS_SECONDS - 0.1
        await service.settings(SERVER)
        assert looked_up == [SERVER]
        clock.now += 0.2
        await service.settings(SERVER)
        assert looked_up == [SERVER, SERVER]
        await service.finish(1)

    run(scenario)


def test_a_change_of_settings_can_be_seen_at_once(desk: Desk) -> None:
    async def scenario() -> None:
        service = Service(desk, Clock())
        assert (await service.settings(SERVER)).public
        set_server(desk, public=False)
        service.forget_settings(SERVER)
        assert not (await service.settings(SERVER)).public
        await service.finish(1)

    run(scenario)


def test_a_server_that_asks_before_it_was_listed_is_joined(desk: Desk) -> None:
    """Discord lists the servers one by one, and members do not wait for that."""

    async def scenario() -> None:
        service = Service(desk, Clock())
        await service.settings(OTHER_SERVER)
        await service.finish(1)

    run(scenario)

    with desk.store.reading() as connection:
        assert servers.find(connection, OTHER_SERVER) is not None


def test_who_is_being_answered_has_some_seconds(desk: Desk) -> None:
    async def scenario() -> None:
        service, done = Service(desk, Clock()), list[str]()

        async def answer() -> None:
            with service.under_way():
                await asyncio.sleep(0)
                done.append(await service.do(Lane.ANSWERS, lambda _: "answered"))

        task = asyncio.create_task(answer())
        await asyncio.sleep(0)
        assert await service.finish(5)
        assert done == ["answered"]
        await task

    run(scenario)


def test_who_takes_too_long_is_not_waited_for(desk: Desk) -> None:
    async def scenario() -> None:
        service = Service(desk, Clock())
        with service.under_way():
            assert await service.finish(0.01)
        assert service.closing

    run(scenario)
