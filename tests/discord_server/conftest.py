"""A loop for the tests of the stand-in, and a small bot of discord.py's to try it with."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import SHARED
from tests.discord_server.running import run_async_test


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """Let a test be ``async def``."""
    return run_async_test(pyfuncitem)


@pytest.fixture(scope="session", autouse=True)
def runner() -> Iterator[asyncio.Runner]:
    """Return the loop of all these tests."""
    with asyncio.Runner() as runner:
        yield runner


@pytest.fixture(scope="session")
def description() -> Path:
    """Return where Discord's API description lies, if it is there."""
    return SHARED / "discord" / "openapi.json"
