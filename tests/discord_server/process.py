"""The bot as a process, started the way a user starts it."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from pathlib import Path
from typing import Self

from tests.discord_server.server import StandIn

PROJECT = Path(__file__).resolve().parents[2]
COMMAND = (sys.executable, "-c", "from bot.cli import main; main()")
STOP_SECONDS = 30.0


class BotProcess:
    """One bot on one data directory, talking to a stand-in.

    ``async with`` ends it with the block, whatever comes of the test.

    Parameters
    ----------
    server
        The stand-in, already listening.
    data
        The data directory.
    settings
        More environment variables, such as ``QUOTH_LOG``; they win.
    command
        The program and its arguments; ``quoth run`` unless a test brings its own bot.
    """

    def __init__(
        self,
        server: StandIn,
        data: Path,
        *,
        settings: dict[str, str] | None = None,
        command: tuple[str, ...] = (*COMMAND, "run"),
    ) -> None:
        self._server, self._data = server, data
        self._settings, self._command = settings or {}, command
        self._process: asyncio.subprocess.Process | None = None
        self._reading: list[asyncio.Task[None]] = []
        self._lines: list[str] = []

    @property
    def output(self) -> str:
        """All that the bot has printed and logged, over restarts."""
        return "".join(self._lines)

    @property
    def pid(self) -> int:
        """The process's id."""
        assert self._process is not None, "not started"
        return self._process.pid

    @property
    def environment(self) -> dict[str, str]:
        """The variables a bot, or another command on the same data, is started with."""
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("QUOTH_", "XDG_", "DISCORD_"))
        }
        return {
            **kept,
            "HOME": str(self._data.parent),
            "DISCORD_TOKEN": self._server.token,
            "QUOTH_DATA": str(self._data),
            "QUOTH_DISCORD_API": self._server.api,
            "QUOTH_DISCORD_GATEWAY": self._server.gateway_url,
            "PYTHONUNBUFFERED": "1",
            **self._settings,
        }

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *error: object) -> None:
        await self.end()

    async def launch(self) -> None:
        """Start the process and return at once."""
        process = await self._spawn(self._command)
        self._process = process
        streams = [stream for stream in (process.stdout, process.stderr) if stream is not None]
        self._reading = [asyncio.create_task(self._read(stream)) for stream in streams]

    async def start(self) -> None:
        """Start the process and wait until the bot is identified; fail if it ends before."""
        identified = len(self._server.gateway.identifies)
        await self.launch()
        process = self._process
        assert process is not None
        ready = asyncio.create_task(
            self._server.until(
                lambda: (
                    self._server.gateway.connected
                    and len(self._server.gateway.identifies) > identified
                ),
                seconds=30,
                what="the bot is identified",
            )
        )
        ended = asyncio.create_task(process.wait())
        await asyncio.wait({ready, ended}, return_when=asyncio.FIRST_COMPLETED)
        if not ready.done():
            ready.cancel()
            await asyncio.gather(*self._reading)
            raise AssertionError(f"the bot ended with {process.returncode}:\n{self.output}")
        ended.cancel()
        try:
            ready.result()
        except AssertionError as error:
            self.kill()
            raise AssertionError(f"{error}:\n{self.output}") from None

    async def wait(self, *, seconds: float = STOP_SECONDS) -> int:
        """Wait until the process ends, hold its output against the secrets; return its code."""
        assert self._process is not None, "not started"
        async with asyncio.timeout(seconds):
            code = await self._process.wait()
            await asyncio.gather(*self._reading)
        self.check_output()
        return code

    async def stop(self, *, code: int = 0) -> None:
        """Stop the bot as a service manager does, and hold its exit code against this."""
        assert self._process is not None, "not started"
        if self._process.returncode is None:
            self._process.send_signal(signal.SIGTERM)
        ended = await self.wait()
        assert ended == code, f"the bot ended with {ended}:\n{self.output}"

    def kill(self) -> None:
        """Kill the bot with no chance to tidy up."""
        assert self._process is not None, "not started"
        if self._process.returncode is None:
            self._process.kill()

    async def end(self) -> None:
        """Make sure that the process is gone, whatever became of it."""
        if self._process is not None:
            self.kill()
            await self._process.wait()
            await asyncio.gather(*self._reading)

    async def restart(self) -> None:
        """Stop the bot and start it again on the same data."""
        await self.stop()
        await self.start()

    async def quoth(self, *arguments: str) -> tuple[int, str]:
        """Run another ``quoth`` command on the same data; return its code and all it printed."""
        process = await self._spawn((*COMMAND, *arguments), joined=True)
        printed, _ = await process.communicate()
        assert process.returncode is not None
        return process.returncode, printed.decode()

    def check_output(self) -> None:
        """Fail if a token stands in what the bot printed."""
        leaked = [secret for secret in self._server.secrets if secret in self.output]
        assert not leaked, f"{len(leaked)} tokens in the output, one of them {leaked[0][:24]}…"

    async def _spawn(
        self, command: tuple[str, ...], *, joined: bool = False
    ) -> asyncio.subprocess.Process:
        return await asyncio.create_subprocess_exec(
            *command,
            cwd=PROJECT,
            env=self.environment,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT if joined else asyncio.subprocess.PIPE,
        )

    async def _read(self, stream: asyncio.StreamReader) -> None:
        while line := await stream.readline():
            self._lines.append(line.decode(errors="replace"))
            self._server.state.notices.notify()
