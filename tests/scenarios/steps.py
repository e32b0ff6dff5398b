"""Steps that scenarios share: asking, pressing, reading what is seen, adding articles."""

from __future__ import annotations

import asyncio
import json
import re
import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing
from pathlib import Path

from tests.discord_server.guilds import Channel
from tests.discord_server.messages import Message, Pick
from tests.discord_server.notices import WAIT_SECONDS
from tests.discord_server.people import Member
from tests.discord_server.results import Result
from tests.discord_server.world import World

HOW_MANY = "How many cranes were abandoned?"
COUNTED = "The Port Authority of Varnholm said on Monday that it had counted 54 abandoned cranes."
FOOTBALL = "Who won the football world cup?"

PAUSE_SECONDS = 0.05

ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


def plain(text: str) -> str:
    """Return what a reader sees of escaped Markdown."""
    return ESCAPED.sub(r"\1", text)


async def ask(member: Member, channel: Channel, question: str, **options: object) -> Result:
    """Use ``/ask`` and wait until everything is said; an honest client would send it so."""
    return await (await member.command(channel, "ask", question=question, **options)).settled()


async def mention(world: World, member: Member, channel: Channel, text: str) -> Message:
    """Mention the bot, and return its reply once the bot has noted where that stands."""
    reply = await (await member.say(channel, text, mention=True)).reply()
    return await noted(world, member, reply)


async def noted(world: World, member: Member, message: Message) -> Message:
    """Return an answer of the bot's once the bot has noted where that stands.

    People need longer than that to press on it, or to reply to it; a test does not.
    """
    while message.buttons and not is_noted(world, message):
        await member.autocomplete(message.channel, "source", "article", "")
    return message


def is_noted(world: World, message: Message) -> bool:
    """Return whether the bot has put down that an answer of its own is this message."""
    with closing(open_data(world)) as connection:
        found = "SELECT 1 FROM answers WHERE message_id = ?"
        return connection.execute(found, (message.id,)).fetchone() is not None


async def press(member: Member, message: Message, pick: Pick, *, forge: bool = False) -> Result:
    """Click a button and wait until everything is said."""
    return await (await member.click(message, pick, forge=forge)).settled()


def custom_id(message: Message, label: str) -> str:
    """Return the custom id of a button."""
    found = message.find(label)
    assert found is not None, f"no {label!r} in {message!r}"
    return str(found["custom_id"])


def key_of(message: Message) -> str:
    """Return the key that the first button of a message is about."""
    return message.custom_ids[0].split(":")[2]


def dump_data(world: World) -> list[str]:
    """Return every row of the bot's database, as statements that would write it anew."""
    with closing(open_data(world)) as connection:
        return list(connection.iterdump())


async def until_swept(world: World) -> None:
    """Wait until no card waits to be edited: that changes the database on its own."""
    async with asyncio.timeout(WAIT_SECONDS):
        while True:
            with closing(open_data(world)) as connection:
                (waiting,) = connection.execute("SELECT count(*) FROM cards").fetchone()
            if not waiting:
                return
            await asyncio.sleep(PAUSE_SECONDS)


def open_data(world: World) -> sqlite3.Connection:
    """Open the bot's database, to read in it."""
    path = Path(world.bot.environment["QUOTH_DATA"]) / "quoth.db"
    return sqlite3.connect(f"file:{path}?mode=ro", uri=True)


async def add_articles(
    world: World, folder: Path, articles: Iterable[Mapping[str, object]]
) -> None:
    """Add articles as an operator would, while the bot runs."""
    path = folder / "more.jsonl"
    path.write_text("".join(json.dumps(each) + "\n" for each in articles), encoding="utf-8")
    code, printed = await world.quoth("corpus", "add", str(path), "--collection", world.collection)
    assert code == 0, printed
