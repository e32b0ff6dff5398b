"""Whatever articles, names and members hold: a reader sees those characters, and nothing lives."""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections.abc import Awaitable, Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import pytest

from tests.bot.rendering.reading import read_markdown, shown_text
from tests.discord_server.messages import TEXT_DISPLAY, Message
from tests.discord_server.offers import Upload
from tests.discord_server.world import World
from tests.scenarios.moderating import find_card, report, use
from tests.scenarios.steps import HOW_MANY, ask, mention, press

OURS = (
    "*i* **b** __u__ ~~s~~ ||h|| `c`",
    "@everyone @here <@1> <@&2> <#3> </ask:4> <:e:5> <t:6:R> <id:home>",
    "[a](https://b.example) <https://b.example> https://b.example discord.gg/a_b",
    "```\n# head\n> bar\n-# small\n- one\n1. two\n```",
    "a \\ at the end \\",
    "line\r\nline\rline",
    "ok \u202enot\u202c and \u2066not\u2069",
    "a\u200bb \ufeff \u2060 \x07 \x1b[31m \x85 \u2028 x",
    "tags \U000e0041\U000e0042",
    "marks e\u0301\u0302\u0303\u0304\u0305\u0306",
    "e\u0301 \u00e9 \ufb01 \u0130 日本 عربي \U0001f468\u200d\U0001f467 a\u00a0b",
    "=1+1 {{7*7}} <img src=x>",
)
OUR_UNITS = ("[a](", "*", "\u0301", "\u202e", "A. B. ", "https://a.")

UNSHOWABLE = "These words hold characters that cannot be shown here; read them at the source."
LINE_END = re.compile("\r\n|\r|\n")
# By the promise: C0 and C1 but for tab and line ends, bidi controls, what is invisible, tags.
FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2064"
    "\u2066-\u206f\ufeff\U000e0000-\U000e007f]"
    "|(?<=[\u0300-\u036f]{4})[\u0300-\u036f]"
)
FURTHER = re.compile("\n *┊ ")  # begins each further line of a title or a question
LAWFUL_NAME = re.compile(r"[^\s./\\][^/\\\n\r]*")  # but for what cannot be shown
MAX_LINES = 5
TOGETHER = 8
QUICK_SECONDS, ADDED_SECONDS = 15.0, 60.0  # many times what a quiet machine needs

Result = TypeVar("Result")


@dataclass(frozen=True)
class Hostile:
    """Strings, each the title, publisher, author and part of the body of an article."""

    strings: tuple[str, ...]
    units: tuple[str, ...]
    prefix: str

    def place(self, number: int) -> str:
        """Return a name that stands in one article only, and is no slip of another one's."""
        tens, ones = divmod(number, 26)
        return f"{self.prefix}{chr(97 + tens) * 2}o{chr(97 + ones) * 2}ton"

    def text(self, number: int) -> str:
        """Return the body of an article."""
        return f"The sign at {self.place(number)} says {self.strings[number]} to all who come.\n"

    def question(self, number: int) -> str:
        """Return what the article answers."""
        return f"What does the sign at {self.place(number)} say?"

    def groups(self) -> Iterator[str]:
        """Yield all strings, several in one, short enough to be shown whole."""
        group = ""
        for each in self.strings:
            joined = f"{group} · {each}" if group else each
            if len(joined) > 140 or len(LINE_END.findall(joined)) > 3:
                yield group
                joined = each
            group = joined
        yield group


@pytest.fixture(scope="module", params=["ours", "shared"])
def hostile(request: pytest.FixtureRequest) -> Hostile:
    """Return strings of our own, or the many beside the project."""
    if request.param == "ours":
        return Hostile(OURS, OUR_UNITS, "Kelp")
    shared: Path = request.getfixturevalue("shared")
    known = json.loads((shared / "hostile.json").read_text(encoding="utf-8"))
    strings = (*known["markup"], *known["refuse"], *known["exact"])
    return Hostile(strings, tuple(known["slow"]["units"]), "Marsh")


@pytest.fixture(scope="module")
def added(runner: asyncio.Runner, world: World, hostile: Hostile) -> str:
    """Add an article for each string, and return what the administrator sees."""
    lines = [
        json.dumps(
            {
                **dict.fromkeys(("title", "publisher", "author"), string),
                "url": f"https://example.org/{hostile.place(number)}",
                "text": hostile.text(number),
            }
        )
        for number, string in enumerate(hostile.strings)
    ]
    file = Upload("signs.jsonl", "\n".join(lines).encode())
    used = use(world.administrator, world.channel, "corpus add", file=file)
    return see(runner.run(used).message)


def see(message: Message) -> str:
    """Return what a reader sees of a message; anything alive, or unseen, fails the test."""
    texts = [each["content"] for each in message.walk() if each["type"] == TEXT_DISPLAY]
    assert not any(map(FORBIDDEN.search, texts))
    return FURTHER.sub("\n", "\n".join(map(shown_text, texts)))


def quotes(message: Message) -> list[str]:
    """Return the words that stand as quotes."""
    texts = [each["content"] for each in message.walk() if each["type"] == TEXT_DISPLAY]
    lines = [line for text in texts for line in read_markdown(text)]
    return [line.text for line in lines if line.behind_bar and not line.is_small]


def shown(text: str, *, most: int = 95) -> str:
    """Return how a title, a name or a question is shown, as far as none of them is cut."""
    lines = FORBIDDEN.sub("\ufffd", LINE_END.sub("\n", text)).strip().split("\n")
    return "\n".join(lines[:MAX_LINES])[:most]


async def each_of(
    things: Iterable[object], act: Callable[[int], Awaitable[Result]]
) -> list[Result]:
    """Do something with the number of each thing, several at a time; return what came of it."""
    free = asyncio.Semaphore(TOGETHER)

    async def one(number: int) -> Result:
        async with free:
            return await act(number)

    return await asyncio.gather(*(one(number) for number, _ in enumerate(things)))


def is_refused(string: str) -> bool:
    """Return whether no article may hold a string at all."""
    return "\0" in string


async def test_articles_are_quoted_exactly_or_not_at_all(
    world: World, hostile: Hostile, added: str
) -> None:
    async def act(number: int) -> Message:
        question = hostile.question(number)
        return (await ask(world.newcomer(), world.channel, question, private=True)).message

    answers = await each_of(hostile.strings, act)

    assert f"{sum(not is_refused(each) for each in hostile.strings)} new" in added
    for number, answer in enumerate(answers):
        string, seen = hostile.strings[number], see(answer)
        stored = LINE_END.sub("\n", hostile.text(number))
        assert all(words in stored for words in quotes(answer)), (string, seen)
        if is_refused(string) or LINE_END.search(string):
            continue
        assert seen.count(shown(string)) >= 3, (string, seen)  # title, publisher, author
        if not FORBIDDEN.search(string):
            assert string in "".join(quotes(answer)), (string, seen)
    assert any(UNSHOWABLE in see(answer) for answer in answers)


async def test_a_question_is_shown_as_it_was_typed(world: World, hostile: Hostile) -> None:
    groups = [each for each in hostile.groups() if not is_refused(each)]

    async def act(number: int) -> tuple[Message, Message | None]:
        asker, channel = world.newcomer(), world.guild.add_channel("talk")
        asked = await ask(asker, channel, f"{HOW_MANY} {groups[number]}")
        if asked.posted:
            return asked.post, None
        sure = await press(asker, asked.message, "Ask a moderator")
        see(sure.message)
        await press(asker, sure.message, "Send it")
        return asked.message, await find_card(world, asker)

    for typed, messages in zip(groups, await each_of(groups, act), strict=True):
        for message in filter(None, messages):
            assert f"Question: {HOW_MANY} {shown(typed, most=140)}" in see(message)


async def test_what_is_no_question_is_met_with_silence_or_refused(
    world: World, hostile: Hostile
) -> None:
    async def act(number: int) -> tuple[Message, Message]:
        asker, channel = world.newcomer(), world.guild.add_channel("talk")
        reply = await mention(world, asker, channel, hostile.strings[number])
        if "Why not?" not in reply.buttons:
            return reply, reply
        return reply, (await press(asker, reply, "Why not?")).message

    for string, (reply, reasons) in zip(
        hostile.strings, await each_of(hostile.strings, act), strict=True
    ):
        assert see(reply)
        assert (shown(string) in see(reasons)) is not is_refused(string)


async def test_a_note_is_shown_to_moderators_as_it_was_typed(
    world: World, hostile: Hostile
) -> None:
    groups = [each for each in hostile.groups() if not is_refused(each)]
    answer = (await ask(world.newcomer(), world.guild.add_channel("talk"), HOW_MANY)).post

    async def act(number: int) -> Message:
        member = world.newcomer()
        await report(member, answer, note=groups[number][:500])
        return await find_card(world, member)

    for typed, card in zip(groups, await each_of(groups, act), strict=True):
        assert shown(typed, most=140) in see(card)
    queue = await use(world.moderator, world.channel, "review")
    see(
        (
            await press(world.moderator, queue.message, lambda each: "see" in each["custom_id"])
        ).message
    )
    assert see((await use(world.moderator, world.channel, "audit")).message)


async def test_records_show_titles_and_names_as_they_are(
    world: World, hostile: Hostile, added: str
) -> None:
    kept = [each for each in hostile.strings if not is_refused(each) and len(each) <= 200]

    async def act(number: int) -> Message:
        return (await use(world.newcomer(), world.channel, "source", article=kept[number])).message

    assert "new" in added
    for string, record in zip(kept, await each_of(kept, act), strict=True):
        assert see(record).count(shown(string)) >= 3
    for string in kept[::4]:
        found = await world.asker.autocomplete(world.channel, "ask", "source", string[:100])
        assert found or FORBIDDEN.search(string)
        assert not any(FORBIDDEN.search(each.name) for each in found)


async def read_sources(world: World) -> str:
    """Return what a reader sees of all pages of the list of sources."""
    member, seen = world.newcomer(), ""
    listed = (await use(member, world.channel, "sources")).message
    while True:
        seen += see(listed) + "\n"
        menu = listed.find(lambda each: "options" in each)
        assert menu is not None
        assert not any(FORBIDDEN.search(each["label"]) for each in menu["options"])
        if "Next" not in listed.buttons:
            return seen
        await press(member, listed, "Next")


async def test_lists_of_sources_show_titles_as_they_are(
    world: World, hostile: Hostile, added: str
) -> None:
    seen = await read_sources(world)

    assert "new" in added
    for string in hostile.strings:
        assert is_refused(string) or shown(string) in seen


async def test_names_of_files_are_shown_as_they_are_or_refused(
    world: World, hostile: Hostile
) -> None:
    """A name becomes the title of an article that has none."""

    def upload(number: int) -> Upload:
        return Upload(f"{hostile.strings[number]}.txt", f"{hostile.text(number)}Old.\n".encode())

    reports = ""
    for first in range(0, len(hostile.strings), 5):
        numbers = range(first, min(first + 5, len(hostile.strings)))
        files = {f"file{n - first + 1}": upload(n) for n in numbers}
        files["file"] = files.pop("file1")
        added = await use(world.administrator, world.channel, "corpus add", **files)
        reports += see(added.message)

    assert "its name cannot be used" in reports
    assert "went wrong" not in reports
    seen = await read_sources(world)
    lawful = filter(LAWFUL_NAME.fullmatch, hostile.strings)
    kept = [each for each in lawful if not FORBIDDEN.search(each)]
    assert kept
    assert all(shown(f"{name}.txt") in seen for name in kept)


async def test_messages_of_others_are_searched_for_and_never_shown(
    world: World, hostile: Hostile
) -> None:
    said = await world.stranger.say(world.channel, "\n".join(hostile.strings)[:4000])
    found = await (await world.asker.menu(world.channel, "Find sources", said.message)).settled()

    assert see(found.message)


async def test_what_is_slow_to_read_elsewhere_is_answered_at_once(
    world: World, hostile: Hostile
) -> None:
    async def act(number: int) -> float:
        unit, member, before = hostile.units[number], world.newcomer(), time.monotonic()
        asked = await ask(member, world.channel, (unit * 1000)[:1000], private=True)
        see(asked.message)
        said = await member.say(world.channel, (unit * 4000)[:4000])
        menu = await member.menu(world.channel, "Find sources", said.message)
        see((await menu.settled()).message)
        return time.monotonic() - before

    assert max([await act(number) for number, _ in enumerate(hostile.units)]) < QUICK_SECONDS


async def test_articles_that_are_slow_to_read_elsewhere_are_added_at_once(
    world: World, hostile: Hostile
) -> None:
    articles = [
        {
            "title": (unit * 1000)[:1000],
            "text": f"The bell of {hostile.place(number)} rang {(unit * size)[:size]} at noon.\n",
        }
        for number, unit in enumerate(hostile.units)
        for size in (6_000, 200_000)
    ]
    before = time.monotonic()
    file = Upload("slow.jsonl", "\n".join(map(json.dumps, articles)).encode())
    member, channel = world.outside_administrator, world.elsewhere_channel
    used = await member.command(channel, "corpus add", file=file)
    added = await used.settled(seconds=ADDED_SECONDS)
    assert f"{len(articles)} new" in see(added.message)
    assert time.monotonic() - before < ADDED_SECONDS

    question = f"When did the bell of {hostile.place(0)} ring?"
    asked = await ask(world.outsider, world.elsewhere_channel, question, private=True)
    assert see(asked.message)
