"""What scenario tests start from: a world with a running bot, shared by the tests of a file."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import AbstractAsyncContextManager

import pytest

from tests.conftest import SHARED
from tests.discord_server.running import run_async_test
from tests.discord_server.world import World, open_world


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """Let a test be ``async def``."""
    return run_async_test(pyfuncitem)


@pytest.fixture(scope="session", autouse=True)
def runner() -> Iterator[asyncio.Runner]:
    """Return the loop of all scenarios; it stands still between tests."""
    with asyncio.Runner() as runner:
        yield runner


@pytest.fixture(scope="session")
def start_world(
    tmp_path_factory: pytest.TempPathFactory,
) -> Callable[..., AbstractAsyncContextManager[World]]:
    """Return a way to a world of one's own, as in ``async with start_world(QUOTH_LOG="debug")``."""

    def start(**settings: str) -> AbstractAsyncContextManager[World]:
        folder = tmp_path_factory.mktemp("world")
        return open_world(folder, SHARED / "discord" / "openapi.json", **settings)

    return start


@pytest.fixture(scope="module")
def world(
    runner: asyncio.Runner, start_world: Callable[..., AbstractAsyncContextManager[World]]
) -> Iterator[World]:
    """Share one bot among the tests of a file: a test looks only at what its own members did."""
    context = start_world()
    yield runner.run(context.__aenter__())
    runner.run(context.__aexit__(None, None, None))
