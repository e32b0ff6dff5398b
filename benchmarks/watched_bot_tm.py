"""``quoth run`` with a watch on its event loop, for `chat_load.py`.

The watch is a task of the bot's own loop that sleeps a moment at a time. How much later than asked
it wakes is how long whatever else the loop had to do, and waiting for the interpreter's lock, kept
it from everybody: at least as long as the longest block. Each second the latest waking is printed,
in milliseconds.
"""

from __future__ import annotations

import asyncio
import sys
import time
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT))

from bot.chat import running  # noqa: E402
from bot.cli import main  # noqa: E402

MARK = "event loop late by"
NAP_SECONDS = 0.005
REPORT_SECONDS = 1.0

run_chat = running.run_chat


async def run_watched(*args: Any, **kwargs: Any) -> bool:
    """Run the chat with a watch beside it."""
    watch = asyncio.create_task(report_lateness())
    try:
        return await run_chat(*args, **kwargs)
    finally:
        watch.cancel()


async def report_lateness() -> None:
    """Print once a second how late the loop was at worst."""
    while True:
        worst, until = 0.0, time.monotonic() + REPORT_SECONDS
        while (before := time.monotonic()) < until:
            await asyncio.sleep(NAP_SECONDS)
            worst = max(worst, time.monotonic() - before - NAP_SECONDS)
        print(f"{MARK} {worst * 1000:.1f}", flush=True)


if __name__ == '__main__':
    exec(open('/tmp/q3/perf/variant_tm.py').read())
    running.run_chat = run_watched
    main()
