"""``quoth run`` with a watch on its event loop, for `chat_load.py`.

The watch is a task of the bot's own loop that sleeps a moment at a time. How much later than asked
it wakes is how long everybody was kept waiting: by what the loop had to do, by the threads that
hold the interpreter's lock, and by other programs on the same cores. The processor time that the
loop's thread took between two wakings is the first of these alone. Each second the most of both is
printed, in milliseconds.
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

MARK = "event loop late and busy for"
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
    """Print once a second how late and how busy the loop was at worst."""
    while True:
        late, busy, until = 0.0, 0.0, time.monotonic() + REPORT_SECONDS
        while (before := time.monotonic()) < until:
            worked = time.thread_time()
            await asyncio.sleep(NAP_SECONDS)
            late = max(late, time.monotonic() - before - NAP_SECONDS)
            busy = max(busy, time.thread_time() - worked)
        print(f"{MARK} {late * 1000:.1f} {busy * 1000:.1f}", flush=True)


if __name__ == "__main__":
    running.run_chat = run_watched
    main()
