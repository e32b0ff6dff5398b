"""``/corpus``: what administrators add, withdraw and restore, and what comes of it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest

from tests.discord_server.guilds import Channel
from tests.discord_server.offers import NotOffered, Upload
from tests.discord_server.people import Member
from tests.discord_server.results import Result
from tests.discord_server.world import World
from tests.scenarios.moderating import (
    HANDBOOK,
    NOT_ADMINISTRATOR,
    SWEEP_SECONDS,
    article_id,
    post,
    read,
    sees,
    send_form,
    use,
)
from tests.scenarios.steps import ask, custom_id, noted, press

BODY = "The chapel of Varnholm {} was painted in {} by a monk.\n\nNobody knows his name.\n"
ARTICLES, BYTES = 20, 20_000


@pytest.fixture(scope="module")
def world(runner: object, start_world: object) -> Iterator[World]:
    """Share one bot whose servers may have only a few articles."""
    context = start_world(QUOTH_SERVER_ARTICLES=str(ARTICLES), QUOTH_SERVER_BYTES=str(BYTES))
    yield runner.run(context.__aenter__())
    runner.run(context.__aexit__(None, None, None))


def talk(world: World) -> Channel:
    """Return a channel in which nobody else talks."""
    return world.guild.add_channel("talk")


def chapel(name: str, colour: str = "blue") -> Upload:
    """Return a file with one article, which another colour replaces."""
    head = f"---\ntitle: The chapel {name}\nurl: https://example.org/{name}\n---\n\n"
    return Upload(f"{name}.md", (head + BODY.format(name, colour)).encode())


def question(name: str) -> str:
    """Return what is answered by the article of that name."""
    return f"Who painted the chapel of Varnholm {name}?"


async def add(world: World, *files: Upload, by: Member | None = None) -> Result:
    """Attach files to the command."""
    names = ("file", "file2", "file3", "file4", "file5")
    given = dict(zip(names, files, strict=False))
    return await use(by or world.administrator, talk(world), "corpus add", **given)


async def test_what_is_added_is_quoted_at_once_and_says_who_added_it(world: World) -> None:
    added = await add(world, chapel("Agnes"))
    assert added.private
    assert read(added).splitlines() == ["### Articles added", "- 1 new"]

    answer = await post(world.asker, talk(world), question("Agnes"))
    assert "The chapel of Varnholm Agnes was painted in blue by a monk." in read(answer)
    record = await use(world.asker, talk(world), "source", article="The chapel Agnes")
    assert f"by <@{world.administrator.id}>" in read(record)
    again = await add(world, chapel("Agnes"))
    assert read(again).splitlines() == ["### Nothing was added", "- 1 unchanged"]


async def test_good_files_are_added_and_bad_ones_named_with_the_reason(world: World) -> None:
    added = await add(
        world,
        chapel("Berta"),
        Upload("notes.pdf", b"%PDF-1.7"),
        Upload("broken.txt", b"caf\xe9 au lait\n"),
        Upload("empty.txt", b""),
        Upload("lines.jsonl", b'{"id": "1", "text": "A line about nothing much."}\n{nonsense\n'),
    )
    lines = read(added).splitlines()

    assert lines[:2] == ["### Articles added", "- 2 new"]
    assert "**4 refused:**" in lines
    for name in ("notes.pdf", "broken.txt", "empty.txt", "lines.jsonl"):
        assert any(name in line for line in lines[3:]), lines
    assert "/" not in read(added)  # where the files lay for a moment


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd.txt",
        ".hidden.txt",
        "nul.txt",
        "a\u202egnp.txt",
        "x" * 300 + ".txt",
        "a\nb.txt",
    ],
)
async def test_a_file_with_a_hostile_name_is_refused_unread(world: World, name: str) -> None:
    added = await add(world, Upload(name, b"The secret of the file with a hostile name.\n"))

    assert read(added).splitlines()[0] == "### Nothing was added"
    assert "File 1: its name cannot be used" in read(added)
    assert name not in added.text


async def test_markdown_and_mentions_in_a_name_or_text_stay_inert(world: World) -> None:
    text = "@everyone **The beacon** of <@1> Varnholm shines [red](https://evil.example).\n"
    name = "**bold** @here <#5>.txt"
    added = await add(world, Upload(name, text.encode()), Upload("@everyone.pdf", b"x"))
    answer = await post(world.asker, talk(world), "Which colour does the beacon of Varnholm shine?")

    assert "- @everyone.pdf: " in read(added)
    assert text.strip() in read(answer)
    assert name in read(answer)
    for raw in ("**The", "<@1>", "[red](https", "**bold**", "<#5>"):
        assert raw not in answer.text
    assert world.server.pings == []


async def test_two_files_of_one_name_are_two_articles(world: World) -> None:
    files = [Upload("same.txt", BODY.format(each, "red").encode()) for each in ("Clara", "Dora")]
    added = await add(world, *files)

    assert read(added).splitlines() == ["### Articles added", "- 2 new"]
    for each in ("Clara", "Dora"):
        answer = await post(world.asker, talk(world), question(each))
        assert f"The chapel of Varnholm {each} was painted" in read(answer)


async def usage(world: World) -> list[str]:
    """Return what ``/corpus status`` says of the quota."""
    status = await use(world.administrator, talk(world), "corpus status")
    return [line for line in read(status).splitlines() if " used: " in line]


async def test_over_its_quota_a_server_adds_nothing_of_it(world: World) -> None:
    many = "".join(f'{{"id": "q{n}", "text": "Quota line {n}."}}\n' for n in range(ARTICLES))
    long = ("Quota words. " * (BYTES // 13 - 1)).encode()
    before = await usage(world)
    over = {
        f"and it may have {ARTICLES}; nothing was added": Upload("m.jsonl", many.encode()),
        f"and they may have {BYTES:,}; nothing was added": Upload("l.txt", long),
        f"this server's articles may have {BYTES:,} in all": Upload("h.txt", b"x" * (BYTES + 1)),
        f"more than this server could ever add ({ARTICLES} articles)": Upload(
            "n.jsonl", many.encode() + b'{"id": "one-more", "text": "One more."}\n'
        ),
    }
    for words, file in over.items():
        assert words in read(await add(world, file)), words

    assert await usage(world) == before
    assert before[0].endswith(f" of {ARTICLES}")
    assert before[1].endswith(f" of {BYTES:,}")


async def test_a_new_version_corrects_what_was_posted(world: World) -> None:
    await add(world, chapel("Edda"))
    answer = await post(world.asker, talk(world), question("Edda"))
    added = await add(world, chapel("Edda", "green"))
    await sees(world, answer, "is gone: its article was corrected")

    assert "- 1 with a new version" in read(added)
    assert "Answers already posted that quote an earlier version are being corrected." in read(
        added
    )
    assert "painted in blue" not in read(answer)
    again = await post(world.asker, talk(world), question("Edda"))
    assert "painted in green" in read(again)


async def test_withdrawn_and_restored_every_posted_answer_follows(world: World) -> None:
    await add(world, chapel("Frida"))
    fact, channels = "Frida was painted in blue", [talk(world) for _ in range(3)]
    posted = [await post(world.asker, each, question("Frida")) for each in channels[:2]]
    said = await world.stranger.say(channels[2], question("Frida"), mention=True)
    posted.append(await noted(world, world.stranger, await said.reply()))
    before = [each.text for each in posted]
    assert all(fact in read(each) for each in posted)

    (choice, *_) = await world.administrator.autocomplete(
        channels[0], "corpus withdraw", "article", "chapel fri", reason="wrong"
    )
    asked = await use(
        world.administrator, channels[0], "corpus withdraw", article=choice.value, reason="wrong"
    )
    assert "Withdraw this article?" in read(asked)
    assert "Reason: What it says is wrong." in read(asked)
    assert "3 posted answers quote it and will be corrected." in read(asked)
    assert [each.text for each in posted] == before

    form = (await world.administrator.click(asked.message, "Withdraw…")).modal
    done = await (await form.submit(note="See the *letter*.")).settled()
    assert "is no longer quoted." in read(done)
    for each in posted:
        await sees(world, each, "Quote 1 is gone: its article was withdrawn.")
        assert fact not in read(each)
        assert "letter" not in read(each)
        assert each.layout
    status = (await use(world.administrator, channels[0], "corpus status")).message
    async with asyncio.timeout(SWEEP_SECONDS):
        while "3 messages edited" not in read(status):
            await press(world.administrator, status, "Look again")
    silent = await ask(world.asker, channels[0], question("Frida"))
    assert fact not in read(silent)

    (choice, *_) = await world.administrator.autocomplete(
        channels[0], "corpus restore", "article", "chapel fri"
    )
    asked = await use(world.administrator, channels[0], "corpus restore", article=choice.value)
    assert "3 posted answers quoted it and will be corrected." in read(asked)
    await press(world.administrator, asked.message, "Restore")
    for each, text in zip(posted, before, strict=True):
        await sees(world, each, fact)
        assert each.text == text


async def test_nothing_is_withdrawn_twice_or_restored_without_need(world: World) -> None:
    await add(world, chapel("Greta"))
    channel, administrator = talk(world), world.administrator
    named = {"article": "The chapel Greta"}
    refused = await use(administrator, channel, "corpus restore", **named)
    assert "This article is not withdrawn" in read(refused)
    asked = [
        await use(administrator, channel, "corpus withdraw", reason="rights", **named)
        for _ in range(2)
    ]
    forms = [(await administrator.click(each.message, "Withdraw…")).modal for each in asked]
    first, second = [read(await (await each.submit()).settled()) for each in forms]
    refused = await use(administrator, channel, "corpus withdraw", reason="rights", **named)
    unknown = await use(administrator, channel, "corpus restore", article="No such title")

    assert "is no longer quoted." in first
    assert "This has changed meanwhile; open it again." in second
    assert "This article is withdrawn already." in read(refused)
    assert "This server's corpus holds no such article" in read(unknown)


async def test_status_looks_again(world: World) -> None:
    status = await use(world.administrator, talk(world), "corpus status")
    before = read(status)
    await add(world, chapel("Hilda"))
    await press(world.administrator, status.message, "Look again")

    assert f"### Articles of this server: {world.collection}" in before
    assert "These articles are this server's own." in before
    assert "The index is up to date." in read(status)
    assert read(status) != before


async def test_a_forged_reason_is_refused(world: World) -> None:
    await add(world, chapel("Mona"))
    named = await article_id(world, "The chapel Mona")
    for page in ("0", "99"):
        target = f"quoth1:withdraw_now:{named}:{page}"
        sent = await send_form(world.administrator, talk(world), target, {"note": ""})
        assert "Choose one of the reasons that the command offers." in read(sent)


async def test_whoever_does_not_administer_changes_nothing(world: World) -> None:
    await add(world, chapel("Ida"))
    channel = talk(world)
    asked = await use(
        world.administrator, channel, "corpus withdraw", article="The chapel Ida", reason="wrong"
    )
    confirm = custom_id(asked.message, "Withdraw…")
    here = await post(world.asker, channel, question("Ida"))
    for member in (world.stranger, world.moderator, world.role_moderator):
        with pytest.raises(NotOffered):
            await member.command(channel, "corpus status")
        for command, options in (
            ("corpus add", {"file": chapel("Judith")}),
            ("corpus status", {}),
            ("corpus withdraw", {"article": "The chapel Ida", "reason": "wrong"}),
            ("corpus restore", {"article": "The chapel Ida"}),
        ):
            forged = await member.command(channel, command, forge=True, **options)
            assert read(await forged.settled()) == NOT_ADMINISTRATOR, command
        for target in (confirm, confirm.replace("withdraw_now", "restore_now"), "quoth1:corpus::0"):
            pressed = await press(member, here, target, forge=True)
            assert read(pressed.own[-1]) == NOT_ADMINISTRATOR, target
    assert "Ida was painted in blue" in read(here)


async def test_another_servers_administrator_reaches_none_of_it(world: World) -> None:
    await add(world, chapel("Karla"))
    named = await article_id(world, "The chapel Karla")
    outside, channel = world.outside_administrator, world.elsewhere_channel
    answer = await post(world.asker, talk(world), question("Karla"))
    there = await post(world.outsider, channel, HANDBOOK)
    for words in (named, "The chapel Karla"):
        for command, options in (("withdraw", {"reason": "wrong"}), ("restore", {})):
            refused = await use(outside, channel, f"corpus {command}", article=words, **options)
            assert "This server's corpus holds no such article" in read(refused)
    forged = await press(outside, there, f"quoth1:restore_now:{named}:0", forge=True)
    sent = await send_form(outside, channel, f"quoth1:withdraw_now:{named}:1", {"note": "x"})
    for refused in (forged, sent):
        assert "This server's corpus holds no such article" in read(refused.own[-1])
    assert "Karla was painted in blue" in read(answer)


async def test_a_withdrawal_that_was_begun_goes_on_after_a_restart(world: World) -> None:
    await add(world, chapel("Lydia"))
    answer = await post(world.asker, talk(world), question("Lydia"))
    asked = await use(
        world.administrator,
        talk(world),
        "corpus withdraw",
        article="The chapel Lydia",
        reason="outdated",
    )
    await world.bot.restart()
    form = (await world.administrator.click(asked.message, "Withdraw…")).modal
    await (await form.submit()).settled()
    await sees(world, answer, "Quote 1 is gone: its article was withdrawn.")
