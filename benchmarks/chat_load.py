"""The chat under load: 50 members who ask at once, and one who floods.

``python benchmarks/chat_load.py [--seconds N]`` runs ``quoth run`` against the stand-in for Discord
of the tests, on 200 articles. First each of 50 members asks with ``/ask`` as soon as they have the
answer before, without a pause. Then 30 members ask six questions a second between them, alone and
beside one who sends 500 in ten seconds: with the limit that a member starts with, and with one so
high that only the queue holds the flood back. It ends with 1 if an aim is missed.

A first response is what Discord wants within three seconds; a whole answer is posted, marked as
sent, and its asker has the receipt. How late the event loop is, `watched_bot.py` measures. The
stand-in shares the cores with the bot; it judges by Discord's limits alone, since judging by the
description takes longer. Other programs should rest meanwhile: their share is printed. Reads
``/proc``, so it needs Linux.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import func, select

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT))  # for the stand-in, which is part of the tests

from chat_figures import (  # noqa: E402
    FLOOD_HEAD,
    Load,
    Times,
    flood_row,
    memory_of,
    processor_seconds,
    read_watch,
)
from made_up import write_articles  # noqa: E402

from bot.ledger import servers  # noqa: E402
from bot.ledger.schema import ANSWERS, LEDGER_SCHEMA  # noqa: E402
from bot.ledger.servers import ServerSettings  # noqa: E402
from corpus.directory import DataDirectory  # noqa: E402
from corpus.store import ArticleStore  # noqa: E402
from tests.discord_server.guilds import Channel, Guild  # noqa: E402
from tests.discord_server.people import Member  # noqa: E402
from tests.discord_server.process import BotProcess  # noqa: E402
from tests.discord_server.server import StandIn  # noqa: E402

WATCHED = (sys.executable, str(PROJECT / "benchmarks" / "watched_bot.py"), "run")
STARTER = PROJECT / "corpus" / "starter"
COLLECTION = "towns"

ARTICLES = 200  # with the starter articles
GUILDS, ASKERS = 5, 50  # a server may be set to 1,000 questions a minute at most
OTHERS, OTHERS_QUESTIONS = 30, 60  # so that none of them meets a member's limit
FLOOD, FLOOD_SECONDS = 500, 10.0
PATIENCE_SECONDS = 60.0
SETTLING_SECONDS = 5.0  # the bot loads ahead what it will need

WIDE = ServerSettings(member_questions=100, member_seconds=1, server_questions=1000)
SHIPPED = ServerSettings(server_questions=1000)  # a member's limit as it comes

ALONE, LIMITED, UNLIMITED = "alone", "beside the flood", "beside the flood, without a limit"
FLOODED = {ALONE: SHIPPED, LIMITED: SHIPPED, UNLIMITED: WIDE}


def main() -> None:
    """Run the load, and print its tables."""
    parser = argparse.ArgumentParser(description="Let many members ask at once.")
    parser.add_argument(
        "--seconds", type=float, default=60.0, metavar="N", help="how long 50 askers ask"
    )
    seconds = parser.parse_args().seconds
    with tempfile.TemporaryDirectory() as folder:
        short = asyncio.run(run(Path(folder), seconds))
    for each in short:
        print(f"SHORT: {each}")
    sys.exit(1 if short else 0)


async def run(folder: Path, seconds: float) -> list[str]:
    """Run both parts on one bot, print both tables, and return what falls short."""
    async with StandIn() as server:
        crowd = [server.add_guild(f"Crowd {number}") for number in range(GUILDS)]
        flooded = {name: server.add_guild(name) for name in FLOODED}
        settings = {guild.id: WIDE for guild in crowd}
        settings |= {guild.id: FLOODED[name] for name, guild in flooded.items()}
        process = BotProcess(server, folder / "data", command=WATCHED)
        questions = itertools.cycle(await prepare(process, folder, settings))
        await process.start()
        try:
            load = await run_load(
                crowd, questions, process, ledger=folder / "data", seconds=seconds
            )
            print("\n".join(load.lines()))
            print("\n".join(["", *FLOOD_HEAD]))
            for name, guild in flooded.items():
                print(await run_beside(name, guild, questions, process))
            await process.stop()
        finally:
            await process.end()
        return [*load.short(), *(f"{each.path}: {each.why}" for each in server.violations)]


async def prepare(
    process: BotProcess, folder: Path, settings: Mapping[int, ServerSettings]
) -> list[str]:
    """Add the articles, let every server ask them, and return questions about them."""
    articles = shutil.copytree(STARTER, folder / "articles")
    count = ARTICLES - len(list(articles.glob("*.md")))
    questions = write_articles(articles, count)
    code, printed = await process.quoth("corpus", "add", str(articles), "--collection", COLLECTION)
    assert code == 0, printed
    with open_store(folder / "data").transaction() as connection:
        for server_id, chosen in settings.items():
            servers.join(connection, server_id, at=datetime.now(UTC))
            servers.bind(connection, server_id, COLLECTION, bound=True)
            servers.save_settings(connection, server_id, chosen)
    return questions


async def run_load(
    crowd: list[Guild],
    questions: Iterator[str],
    process: BotProcess,
    *,
    ledger: Path,
    seconds: float,
) -> Load:
    """Let members of several servers ask without a pause, after a first question in each."""
    channels = [guild.add_channel("general") for guild in crowd]
    for channel in channels:
        await ask(channel.guild.add_member("First"), channel, next(questions), Times())
    await asyncio.sleep(SETTLING_SECONDS)
    times, seen, memory = Times(), len(process.output), [memory_of(process)]
    began, before = time.monotonic(), processor_seconds(process)
    async with asyncio.TaskGroup() as tasks:
        for number in range(ASKERS):
            channel = channels[number % len(channels)]
            asker = channel.guild.add_member(f"Asker {number}")
            tasks.create_task(keep_asking(asker, channel, questions, times, until=began + seconds))
        await asyncio.sleep(seconds / 2)
        memory.append(memory_of(process))
    ended = time.monotonic()
    return Load(
        times,
        ended - began,
        stored=count_answers(ledger) - len(crowd),
        loop=read_watch(process.output[seen:]),
        memory=[*memory, memory_of(process)],
        taken=processor_seconds(process).since(before),
    )


async def keep_asking(
    asker: Member, channel: Channel, questions: Iterator[str], times: Times, *, until: float
) -> None:
    """Ask one question after the other."""
    while time.monotonic() < until:
        await ask(asker, channel, next(questions), times)


async def ask(asker: Member, channel: Channel, question: str, times: Times) -> None:
    """Ask a question, wait for its answer, and note how long it took."""
    began = time.monotonic()
    try:
        result = await asker.command(channel, "ask", question=question)
        await result.until(lambda each: each.interaction.resolved, seconds=PATIENCE_SECONDS)
    except AssertionError:
        times.lost += 1
        return
    times.first.append(result.latency)
    times.whole.append(time.monotonic() - began)


async def run_beside(name: str, guild: Guild, questions: Iterator[str], process: BotProcess) -> str:
    """Let members ask now and then, beside one who floods unless they are alone."""
    times, seen, channel = Times(), len(process.output), guild.add_channel("general")
    others = [guild.add_member(f"Other {number}") for number in range(OTHERS)]
    async with asyncio.TaskGroup() as tasks:
        if name != ALONE:
            tasks.create_task(flood(guild.add_member("Flooder"), channel, questions))
        for number in range(OTHERS_QUESTIONS):
            await asyncio.sleep(FLOOD_SECONDS / OTHERS_QUESTIONS)
            tasks.create_task(ask(others[number % OTHERS], channel, next(questions), times))
    assert not times.lost, f"{times.lost} questions got no answer"
    return flood_row(name, times, read_watch(process.output[seen:]))


async def flood(flooder: Member, channel: Channel, questions: Iterator[str]) -> None:
    """Ask at a steady pace, without waiting for answers."""
    began = time.monotonic()
    for number in range(FLOOD):
        await asyncio.sleep(began + number * FLOOD_SECONDS / FLOOD - time.monotonic())
        asking = asyncio.create_task(flooder.command(channel, "ask", question=next(questions)))
        await asyncio.sleep(0)  # it is sent now
        asking.cancel()


def count_answers(data: Path) -> int:
    """Return how many answers the ledger holds."""
    with open_store(data).reading() as connection:
        return connection.scalar(select(func.count()).select_from(ANSWERS)) or 0


def open_store(data: Path) -> ArticleStore:
    """Open the store with the ledger's tables."""
    return ArticleStore.open(DataDirectory(data), [LEDGER_SCHEMA])


if __name__ == "__main__":
    main()
