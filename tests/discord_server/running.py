"""Runs ``async def`` tests: all on one event loop, which stands still between them."""

from __future__ import annotations

import asyncio
import inspect

import pytest

TEST_SECONDS = 180.0


def run_async_test(item: pytest.Function) -> bool | None:
    """Run a test that is a coroutine; any other is left to pytest."""
    if not inspect.iscoroutinefunction(item.obj):
        return None
    runner: asyncio.Runner = item.funcargs["runner"]
    names = inspect.signature(item.obj).parameters
    arguments = {name: item.funcargs[name] for name in names}

    async def run() -> None:
        async with asyncio.timeout(TEST_SECONDS):
            await item.obj(**arguments)

    runner.run(run())
    return True
