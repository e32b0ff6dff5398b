"""What `chat_load.py` measures, and how it prints it."""

from __future__ import annotations

import math
import os
import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from watched_bot import MARK

from tests.discord_server.process import BotProcess

# The aims, in seconds.
FIRST_P99, FIRST_MAX, LATE_MAX = 1.0, 2.5, 0.1

MEGABYTE = 1e6
WATCHED = re.compile(rf"^{MARK} ([0-9.]+) ([0-9.]+)$", re.MULTILINE)
LOAD_HEAD = ("| figure | measured | aim |", "| --- | --- | --- |")
FLOOD_HEAD = (
    "| others ask | first response p50 | p99 | max | whole answer p50 | p99 | max | loop late by |",
    "| --- | --- | --- | --- | --- | --- | --- | --- |",
)


@dataclass(slots=True)
class Times:
    """How long questions took, in seconds.

    Parameters
    ----------
    first, whole : list of float
        Until the first response, and until the asker has all.
    lost : int
        How many were not answered at all, in time.
    """

    first: list[float] = field(default_factory=list)
    whole: list[float] = field(default_factory=list)
    lost: int = 0


@dataclass(frozen=True, slots=True)
class Loop:
    """How late the bot's event loop was, and how long its own work took at a stretch, in seconds.

    Late it is by other programs too, where they take the cores.
    """

    late: float
    busy: float


@dataclass(frozen=True, slots=True)
class Taken:
    """Processor time, in seconds: the bot's, that of the stand-in with the askers, everybody's."""

    bot: float
    own: float
    all: float

    def since(self, before: Taken) -> Taken:
        """Return what was taken since a moment before."""
        return Taken(self.bot - before.bot, self.own - before.own, self.all - before.all)

    def shares(self, seconds: float) -> str:
        """Return who kept the cores busy for how much of the time."""
        others = max(self.all - self.bot - self.own, 0)
        named = {"bot": self.bot, "stand-in and askers": self.own, "other programs": others}
        return ", ".join(f"{name} {taken / seconds:.0%}" for name, taken in named.items())


@dataclass(frozen=True, slots=True)
class Load:
    """What came of many askers at once.

    Parameters
    ----------
    times : Times
    seconds : float
        From the first question to the last answer.
    stored : int
        How many answers the ledger holds; the others were refused.
    loop : Loop
    memory : sequence of float
        Bytes at the start, in the middle and at the end.
    taken : Taken
    """

    times: Times
    seconds: float
    stored: int
    loop: Loop
    memory: Sequence[float]
    taken: Taken

    def lines(self) -> Iterator[str]:
        """Yield the rows of a Markdown table."""
        first, whole = self.times.first, self.times.whole
        memory = " / ".join(f"{size / MEGABYTE:.0f}" for size in self.memory)
        yield from LOAD_HEAD
        yield f"| first response, p50 | {in_seconds(share(first, 50))} | |"
        yield f"| first response, p99 | {in_seconds(share(first, 99))} | {FIRST_P99:.0f} s |"
        yield f"| first response, max | {in_seconds(max(first))} | {FIRST_MAX} s |"
        yield f"| whole answer, p50 | {in_seconds(share(whole, 50))} | |"
        yield f"| whole answer, p99 | {in_seconds(share(whole, 99))} | |"
        yield f"| answers | {len(whole)} | |"
        yield f"| answers a second | {len(whole) / self.seconds:.1f} | |"
        yield f"| refused or lost | {self.refused} | 0 |"
        late, busy = in_seconds(self.loop.late), in_seconds(self.loop.busy)
        yield f"| event loop late, max | {late} | {in_seconds(LATE_MAX)} |"
        yield f"| event loop at work at a stretch, max | {busy} | |"
        yield f"| memory at start / middle / end | {memory} MB | flat |"
        each = in_seconds(self.taken.bot / len(whole))
        yield f"| the bot's processor time for an answer | {each} | |"
        yield f"| shares of {os.cpu_count()} cores | {self.taken.shares(self.seconds)} | |"

    @property
    def refused(self) -> int:
        """How many questions have no answer in the ledger."""
        return len(self.times.whole) - self.stored + self.times.lost

    def short(self) -> Iterator[str]:
        """Yield what falls short of the aims."""
        first = self.times.first
        if share(first, 99) > FIRST_P99 or max(first) > FIRST_MAX:
            yield "first responses are late"
        if self.loop.late > LATE_MAX:
            yield "the event loop was kept busy for too long"
        if self.refused:
            yield f"{self.refused} questions got no answer"


def flood_row(name: str, times: Times, loop: Loop) -> str:
    """Return one row of the table of others beside a flood."""
    figures = [
        in_seconds(figure)
        for seconds in (times.first, times.whole)
        for figure in (share(seconds, 50), share(seconds, 99), max(seconds))
    ]
    return f"| {' | '.join([name, *figures, in_seconds(loop.late)])} |"


def share(seconds: Sequence[float], percent: int) -> float:
    """Return the value that so many percent do not exceed (nearest rank)."""
    return sorted(seconds)[math.ceil(len(seconds) * percent / 100) - 1]


def in_seconds(value: float) -> str:
    """Return a time as printed."""
    return f"{value * 1000:.0f} ms" if value < 1 else f"{value:.2f} s"


def read_watch(output: str) -> Loop:
    """Return the worst that a watched bot has printed of its event loop."""
    found = [(float(late) / 1000, float(busy) / 1000) for late, busy in WATCHED.findall(output)]
    return Loop(*map(max, zip(*found, strict=True)))


def memory_of(process: BotProcess) -> float:
    """Return how many bytes of memory a bot holds."""
    pages = int(Path(f"/proc/{process.pid}/statm").read_text().split()[1])
    return pages * float(os.sysconf("SC_PAGE_SIZE"))


def processor_seconds(process: BotProcess) -> Taken:
    """Return the processor time taken so far."""
    tick = float(os.sysconf("SC_CLK_TCK"))
    fields = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
    user, nice, system, *_ = Path("/proc/stat").read_text().split()[1:]
    return Taken(
        bot=(int(fields[11]) + int(fields[12])) / tick,
        own=time.process_time(),
        all=(int(user) + int(nice) + int(system)) / tick,
    )
