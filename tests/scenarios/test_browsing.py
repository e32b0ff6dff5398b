"""Members look at what can be quoted: ``/sources``, ``/source`` and ``/help``."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from tests.discord_server.guilds import Channel
from tests.discord_server.messages import Message
from tests.discord_server.people import Member
from tests.discord_server.world import World
from tests.scenarios.steps import add_articles, custom_id, plain, press

HOSTILE = "**A** [b](https://evil.example) <@1> @everyone ||c|| \u202egnp.exe"
PARISH = [
    {
        "id": f"parish{number:02}",
        "text": f"The parish meeting number {number} was quiet.",
        "title": f"Parish notes {number:02}",
        "published": f"2023-01-{number:02}",
        "url": f"https://example.org/parish/{number}",
    }
    for number in range(1, 16)
]
BARE = {"id": "bare", "text": "A bare article says little."}
ODD = {"id": "odd", "text": "An odd article has an odd title.", "title": HOSTILE}


@pytest.fixture(scope="module", autouse=True)
def articles(
    world: World, runner: asyncio.Runner, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Add enough articles for three pages."""
    folder = tmp_path_factory.mktemp("articles")
    runner.run(add_articles(world, folder, [*PARISH, BARE, ODD]))


async def use(member: Member, channel: Channel, command: str, **options: object) -> Message:
    """Use a command and return what it shows to its member alone."""
    result = await (await member.command(channel, command, **options)).settled()
    assert result.posted == []
    assert result.message.ephemeral
    return result.message


async def test_sources_are_listed_newest_first_and_paged(world: World) -> None:
    listed = await use(world.asker, world.channel, "sources")
    pages = [plain(listed.text)]
    assert "19 articles in the collection" in pages[0]
    for number in (2, 3):
        assert f"Page {number - 1} of 3" in plain(listed.text)
        turned = await press(world.asker, listed, "Next")
        assert turned.message is listed
        pages.append(plain(listed.text))
    assert listed.buttons == ["Previous"]

    assert "About the ferry\n" in pages[0].replace("**", "")
    order = [f"Parish notes {number:02}" for number in range(15, 0, -1)]
    together = "".join(pages)
    assert sorted(order, key=together.index) == order
    assert [together.count(title) for title in order] == [1] * 15
    assert "2023-01-15" in pages[0]
    await press(world.asker, listed, "Previous")
    assert plain(listed.text) == pages[1]
    assert listed.buttons == ["Previous", "Next"]


async def test_a_list_shows_titles_as_they_are_written(world: World) -> None:
    listed = await use(world.asker, world.channel, "sources")
    for _ in range(2):
        await press(world.asker, listed, "Next")

    assert HOSTILE.replace("\u202e", "\ufffd") in plain(listed.text)
    assert r"\*\*A\*\* \[b\]\(https\:\/\/evil\.example\) \<\@1\> \@everyone" in listed.text


async def test_an_article_is_opened_from_the_list_and_left_again(world: World) -> None:
    listed = await use(world.asker, world.channel, "sources")
    result = await world.asker.choose(listed, "Open the record of an article", ["Parish notes 15"])
    await result.settled()
    assert plain(listed.text).startswith(
        "### [Parish notes 15](<https://example.org/parish/15>) (example.org)"
    )

    await press(world.asker, listed, "All articles")
    assert "Page 1 of 3" in plain(listed.text)


async def test_a_record_says_how_each_field_is_known_and_who_added_it(world: World) -> None:
    shown = plain((await use(world.asker, world.channel, "source", article="Parish notes 07")).text)

    stated = "(stated beside the text in the article's own file)"
    assert f"Title: Parish notes 07 {stated}" in shown
    assert f"Date: 2023-01-07 {stated}" in shown
    assert f"Address: https://example.org/parish/7 {stated}" in shown
    assert "Publisher: not given" in shown
    assert "Author: not given" in shown
    assert "Language: not given" in shown
    assert "File: more.jsonl" in shown
    assert ", version 1; characters in all: " in shown
    assert "SHA-256 of its text: " in shown
    assert "by the operator" in shown
    assert "was quiet" not in shown


async def test_what_is_not_known_of_an_article_is_not_made_up(world: World) -> None:
    choices = await world.asker.autocomplete(world.channel, "source", "article", "")
    bare = next(each for each in choices if each.name == "more.jsonl")
    shown = plain((await use(world.asker, world.channel, "source", article=bare.value)).text)

    for field in ("Title", "Publisher", "Author", "Address", "Language"):
        assert f"{field}: not given" in shown
    assert "Date: No date given" in shown


@pytest.mark.parametrize("named", ["Parish notes 99", "x" * 200, "../../etc/passwd", "%", "' --"])
async def test_an_unknown_article_is_refused(world: World, named: str) -> None:
    shown = await use(world.asker, world.channel, "source", article=named)

    assert plain(shown.text) == ("This server's corpus holds no such article; /sources lists them.")


async def test_suggestions_are_titles_of_this_server_alone(world: World) -> None:
    own = await world.asker.autocomplete(world.channel, "source", "article", "PARISH no")
    everything = await world.asker.autocomplete(world.channel, "source", "article", "")
    other = await world.outsider.autocomplete(
        world.elsewhere_channel, "source", "article", "parish"
    )

    assert {each.name for each in own} == {str(each["title"]) for each in PARISH}
    assert len(everything) == 19
    assert other == []


async def test_a_server_sees_nothing_of_another_ones_articles(world: World) -> None:
    (parish,) = await world.asker.autocomplete(world.channel, "source", "article", "notes 07")
    listed = await use(world.outsider, world.elsewhere_channel, "sources")
    shown = await use(world.outsider, world.elsewhere_channel, "source", article=str(parish.value))
    titled = await use(world.outsider, world.elsewhere_channel, "source", article=parish.name)

    assert "Parish" not in listed.text
    assert "Quoth" in listed.text
    for refused in (shown, titled):
        assert "This server's corpus holds no such article" in plain(refused.text)


async def test_a_new_server_starts_with_the_handbook(world: World) -> None:
    listed = await use(world.outsider, world.elsewhere_channel, "sources")
    shown = await use(
        world.outsider, world.elsewhere_channel, "source", article="How to check a citation"
    )

    assert "How to check a citation" in plain(listed.text)
    assert "How to check a citation" in plain(shown.text)


@pytest.mark.parametrize("page", [0, 4, 9_999])
async def test_a_forged_page_gives_the_nearest_that_is_there(world: World, page: int) -> None:
    listed = await use(world.asker, world.channel, "sources")
    forged = custom_id(listed, "Next").replace(":2", f":{page}")
    await press(world.asker, listed, forged, forge=True)

    nearest = 1 if page == 0 else 3
    assert f"Page {nearest} of 3" in plain(listed.text)


HELP = [
    ("For members", "/ask: ask a question; it may be narrowed to a source or to dates."),
    ("For moderators", "/review: reports, and questions without an answer;"),
    ("For administrators", "/corpus add: add articles from files"),
]


async def test_help_says_what_quoth_is_and_what_everybody_can_do(world: World) -> None:
    shown = await use(world.asker, world.channel, "help")
    assert "Quoth can only quote." in plain(shown.text)
    assert "19 articles can be quoted here" in plain(shown.text)
    assert shown.buttons == [label for label, _ in HELP]

    for label, said in [*HELP[1:], HELP[0]]:
        await press(world.asker, shown, label)
        assert said in plain(shown.text)
        chosen = shown.find(label)
        assert chosen is not None
        assert chosen["disabled"]


@pytest.mark.parametrize(
    "who",
    [
        lambda world: world.moderator,
        lambda world: world.administrator,
        lambda world: world.newcomer(),
    ],
    ids=["moderator", "administrator", "newcomer"],
)
async def test_everybody_may_browse(world: World, who: Callable[[World], Member]) -> None:
    for command in ("help", "sources"):
        assert (await use(who(world), world.channel, command)).text
