"""A bot is started, stopped, killed and searched for leaks as a service manager would."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.discord_server.process import BotProcess
from tests.discord_server.server import StandIn

SCRIPT = """
import asyncio, os, signal, sys
import aiohttp

async def main():
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    token = os.environ["DISCORD_TOKEN"]
    async with aiohttp.ClientSession() as session:
        async with session.ws_connect(os.environ["QUOTH_DISCORD_GATEWAY"]) as socket:
            await socket.send_json({"op": 2, "d": {"token": token, "intents": 513}})
            print("started", token if "leak" in sys.argv else "", file=sys.stderr, flush=True)
            await stop.wait()

if "fail" in sys.argv:
    sys.exit("no reason")
asyncio.run(main())
"""


def make_process(server: StandIn, folder: Path, *arguments: str) -> BotProcess:
    return BotProcess(server, folder, command=(sys.executable, "-c", SCRIPT, *arguments))


async def test_a_bot_starts_restarts_and_stops(tmp_path: Path) -> None:
    async with StandIn() as server:
        process = make_process(server, tmp_path)
        await process.start()
        first = process.pid
        await process.restart()
        assert process.pid != first
        await process.stop()

    assert process.output.count("started") == 2


async def test_a_killed_bot_starts_again(tmp_path: Path) -> None:
    async with StandIn() as server:
        process = make_process(server, tmp_path)
        await process.start()
        process.kill()
        assert await process.wait() == -9
        await process.start()
        await process.stop()

    assert len(server.gateway.identifies) == 2


async def test_a_bot_that_ends_at_once_tells_why(tmp_path: Path) -> None:
    async with StandIn() as server:
        with pytest.raises(AssertionError, match="no reason"):
            await make_process(server, tmp_path, "fail").start()


async def test_a_token_in_the_log_is_found(tmp_path: Path) -> None:
    async with StandIn() as server:
        process = make_process(server, tmp_path, "leak")
        await process.start()
        await server.until(lambda: "started" in process.output)
        with pytest.raises(AssertionError, match="1 tokens"):
            await process.stop()


async def test_another_command_runs_on_the_same_data(tmp_path: Path) -> None:
    async with StandIn() as server:
        code, printed = await make_process(server, tmp_path).quoth("--version")

    assert (code, "quoth" in printed.lower()) == (0, True)
