"""A sweep over posted answers, with refusals, dropped lines and a crash in the middle.

``python benchmarks/sweep.py [--answers N]`` runs ``quoth run`` against the stand-in for Discord
of the tests, withdraws an article that every answer quotes from the command line, kills the bot
(SIGKILL) half way, starts it again, and then once more, when nothing may be left to do. It prints
what became of each message, and ends with 1 if anything is not as it should be. It takes about
two minutes, one of them waiting out a rate limit.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import select

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT))  # for the stand-in, which is part of the tests

from bot.conversation.desk import Desk, open_desk  # noqa: E402
from bot.conversation.upkeep.correcting import posted_screen  # noqa: E402
from bot.ledger import answers, audit, servers, sweeps  # noqa: E402
from bot.ledger.answers import Visibility  # noqa: E402
from bot.ledger.schema import CORRECTIONS  # noqa: E402
from bot.rendering.layout import make_view  # noqa: E402
from bot.settings import load_settings  # noqa: E402
from corpus.article import Source  # noqa: E402
from tests.bot.ledger.posted import post_answer  # noqa: E402
from tests.discord_server.guilds import Channel, Guild  # noqa: E402
from tests.discord_server.messages import V2, Message  # noqa: E402
from tests.discord_server.process import BotProcess  # noqa: E402
from tests.discord_server.server import StandIn  # noqa: E402

DESCRIPTION = PROJECT.parent / "shared" / "discord" / "openapi.json"  # judged by, where it is
GONE_WORDS = "Ferries between Varnholm and Oster Point will stop running in October."
KEPT_WORDS = "The Port Authority of Varnholm counted 54 abandoned cranes."
CHANNELS = 5
LONG_LIMIT_SECONDS = 61  # longer than the client waits by itself
SECOND_RUN_SECONDS = 12  # two looks at the queue
GIVE_UP_SECONDS = 600

# What is planted, in how many of 100 messages, and how their corrections must end.
PLANTED = {
    "nothing": (58, "edited"),
    "too many edits (30046)": (8, "replied"),
    "message deleted (404)": (8, "unreachable"),
    "channel closed (403)": (8, "unreachable"),
    "rate limit (429), short": (4, "edited"),
    "rate limit (429), long": (2, "edited"),
    "server error (503)": (2, "edited"),
    "line dropped before": (2, "edited"),
    "line dropped after": (2, "edited"),
    "posted, never marked": (2, "edited"),
    "private answer": (4, "private"),
}


@dataclass(frozen=True, slots=True)
class Posted:
    """An answer, what is planted for it, and the message that shows it, if any does."""

    key: str
    planted: str
    message: Message | None


def main() -> None:
    """Run the sweep and print what became of each message."""
    parser = argparse.ArgumentParser(description="Sweep posted answers, with faults and a crash.")
    parser.add_argument("--answers", type=int, default=500, metavar="N")
    count = parser.parse_args().answers
    with tempfile.TemporaryDirectory() as folder:
        faults = asyncio.run(run(Path(folder), count))
    for fault in faults:
        print(f"WRONG: {fault}")
    sys.exit(1 if faults else 0)


async def run(folder: Path, count: int) -> list[str]:
    """Post the answers, sweep them three times over, and return what is not as it should be."""
    async with StandIn(DESCRIPTION if DESCRIPTION.is_file() else None) as server:
        guild = server.add_guild("Varnholm readers")
        channels = [guild.add_channel(f"channel-{number}") for number in range(CHANNELS)]
        desk = open_desk(load_settings({"QUOTH_DATA": str(folder / "data")}))
        add_articles(desk, guild)
        posted = list(post_all(server, desk, channels, count))
        process = BotProcess(server, desk.directory.root)
        try:
            await crash_half_way(server, desk, process, count)
            await finish(server, desk, process)
            ended = states(desk)
            idle = await sweep_again(server, desk, process)
        finally:
            await process.end()
        print_table(posted, ended)
        return [*find_faults(server, posted, ended), *idle]


def add_articles(desk: Desk, guild: Guild) -> None:
    """Add the article that will be withdrawn, and one that stays."""
    with desk.store.transaction() as connection:
        collection = servers.join(connection, guild.id, at=datetime.now(UTC)).collection
        for article_id, text in (("gone", GONE_WORDS), ("kept", KEPT_WORDS)):
            desk.store.add(
                connection,
                collection=collection,
                article_id=article_id,
                text=text,
                source=Source(title=f"The {article_id} article"),
                at=datetime.now(UTC),
                by="benchmark",
            )


def post_all(server: StandIn, desk: Desk, channels: list[Channel], count: int) -> Iterator[Posted]:
    """Post answers that quote both articles, and plant what they will meet."""
    guild = channels[0].guild
    closed = guild.add_channel("closed")
    kinds = [kind for kind, (share, _) in PLANTED.items() for _ in range(share)]
    for number in range(count):
        # 37 and 100 have no common factor: every kind comes up, spread over the whole run.
        planted = kinds[number * 37 % len(kinds)]
        channel = closed if planted == "channel closed (403)" else channels[number % CHANNELS]
        yield post_one(server, desk, channel, planted)
    closed.deny(guild.bot, "view_channel")


def post_one(server: StandIn, desk: Desk, channel: Channel, planted: str) -> Posted:
    """Store an answer, show it in a message, and plant what an edit of that will meet."""
    is_private, is_marked = planted == "private answer", planted != "posted, never marked"
    message = Message(server.state.ids.take(), channel, channel.guild.bot, flags=V2)
    key = post_answer(
        desk,
        ["gone", "kept"],
        server_id=channel.guild.id,
        channel_id=channel.id,
        message_id=message.id if is_marked and not is_private else None,
        visibility=Visibility.PRIVATE if is_private else Visibility.PUBLIC,
    )
    if is_private:
        return Posted(key, planted, None)
    with desk.store.reading() as connection:
        record = answers.get(connection, channel.guild.id, key)
        assert record is not None
        message.components = make_view(posted_screen(desk, connection, record)).to_components()
    server.state.messages[message.id] = message
    plant(server, message, planted)
    return Posted(key, planted, message)


def plant(server: StandIn, message: Message, planted: str) -> None:
    """Let edits of a message meet what is planted."""
    edit, faults = f"PATCH */messages/{message.id}", server.faults
    if planted == "too many edits (30046)":
        faults.refuse(edit, 30046, times=None)
    elif planted == "message deleted (404)":
        message.deleted = True
    elif planted == "rate limit (429), short":
        faults.rate_limit(edit, times=2)
    elif planted == "rate limit (429), long":
        faults.rate_limit(edit, retry_after=LONG_LIMIT_SECONDS)
    elif planted == "server error (503)":
        faults.fail(edit, status=503)
    elif planted.startswith("line dropped"):
        faults.drop(edit, takes_effect=planted.endswith("after"), times=3)


async def crash_half_way(server: StandIn, desk: Desk, process: BotProcess, count: int) -> None:
    """Withdraw the article while the bot runs, and kill the bot half way through."""
    await process.start()
    guild_id = next(iter(server.state.guilds))
    collection = f"{servers.OWN_PREFIX}{guild_id}"
    reason = ("--reason", "benchmark", "--collection", collection)
    began = time.monotonic()
    code, printed = await process.quoth("corpus", "withdraw", "gone", *reason)
    assert code == 0, printed
    print(f"{printed.splitlines()[-1]} The command took {time.monotonic() - began:.1f} s")
    await server.until(lambda: writes(server), seconds=GIVE_UP_SECONDS)
    first = next(each for each in server.requests if each.method == "PATCH")
    print(f"first edit {first.at - began:.1f} s after the command began")
    await server.until(lambda: writes(server) >= count // 2, seconds=GIVE_UP_SECONDS)
    process.kill()
    await process.end()
    waiting = Counter(states(desk).values())["waiting"]
    print(f"killed after {writes(server)} requests and {time.monotonic() - began:.1f} s, ", end="")
    print(f"with {waiting} corrections waiting")


async def finish(server: StandIn, desk: Desk, process: BotProcess) -> None:
    """Start the bot again, and wait until nothing waits."""
    before, began = writes(server), time.monotonic()
    await process.start()
    while "waiting" in states(desk).values():
        await asyncio.sleep(0.5)
        if time.monotonic() - began > GIVE_UP_SECONDS:
            break
    await process.stop()
    print(f"finished by {writes(server) - before} requests in {time.monotonic() - began:.1f} s")


async def sweep_again(server: StandIn, desk: Desk, process: BotProcess) -> list[str]:
    """Run the bot once more; it must find nothing to do."""
    before, ended = writes(server), states(desk)
    with desk.store.reading() as connection:
        head = audit.head(connection)
    await process.start()
    await asyncio.sleep(SECOND_RUN_SECONDS)
    await process.stop()
    requests = writes(server) - before
    print(f"second run: {requests} requests in {SECOND_RUN_SECONDS} s")
    with desk.store.reading() as connection:
        unchanged = audit.head(connection) == head and states(desk) == ended
        broken = audit.first_broken(connection)
    faults = {
        f"the second run made {requests} requests": requests,
        "the second run changed the ledger": not unchanged,
        "the audit log is broken": broken is not None,
    }
    return [fault for fault, is_so in faults.items() if is_so]


def find_faults(server: StandIn, posted: list[Posted], ended: dict[str, str]) -> Iterator[str]:
    """Yield what did not end as planned, and what shows words that were taken back."""
    for each in posted:
        expected = PLANTED[each.planted][1]
        if ended.get(each.key) != expected:
            yield f"{each.planted}: {ended.get(each.key)}, not {expected}"
        text = read(each.message) if expected == "edited" and each.message else KEPT_WORDS
        if GONE_WORDS in text or KEPT_WORDS not in text:
            yield f"{each.planted}: the message shows {text!r}"
    replies = [each for each in server.state.messages.values() if each.reply_to is not None]
    answered = Counter(each.reply_to.id for each in replies if each.reply_to is not None)
    if set(answered.values()) - {1}:
        yield "a message got more than one reply"
    if any(GONE_WORDS in read(each) for each in replies):
        yield "a reply repeats what was taken back"
    yield from (f"{each.method} {each.path}: {each.why}" for each in server.violations)
    yield from ("a ping was sent" for _ in server.pings)


def print_table(posted: list[Posted], ended: dict[str, str]) -> None:
    """Print what became of the messages, by what was planted."""
    names = [state.value for state in sweeps.CorrectionState]
    print("\n" + f"{'planted':<26}" + "".join(f"{name:>13}" for name in ("messages", *names)))
    for planted in PLANTED:
        counts = Counter(ended[each.key] for each in posted if each.planted == planted)
        cells = [counts.total(), *(counts[state] for state in names)]
        print(f"{planted:<26}" + "".join(f"{cell or '-':>13}" for cell in cells))
    counts = Counter(ended.values())
    cells = [counts.total(), *(counts[state] for state in names)]
    print(f"{'all':<26}" + "".join(f"{cell or '-':>13}" for cell in cells))


def states(desk: Desk) -> dict[str, str]:
    """Return the state of each answer's correction."""
    with desk.store.reading() as connection:
        found = connection.execute(select(CORRECTIONS.c.answer_key, CORRECTIONS.c.state))
        return {row.answer_key: row.state for row in found}


def writes(server: StandIn) -> int:
    """Return how many requests were made to change or post a message."""
    found = (each for each in server.requests if "/messages" in each.path)
    return sum(each.method in {"PATCH", "POST"} for each in found)


def read(message: Message) -> str:
    """Return what a message says, as a reader sees it."""
    return message.text.replace("\\", "")


if __name__ == "__main__":
    main()
