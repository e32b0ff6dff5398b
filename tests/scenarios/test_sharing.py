"""Servers apart, and servers that the operator lets ask the same articles."""

from __future__ import annotations

import asyncio
from pathlib import Path

from tests.discord_server.messages import Message
from tests.discord_server.offers import Upload
from tests.discord_server.world import World
from tests.scenarios.moderating import (
    FERRIES,
    FERRIES_QUOTE,
    HANDBOOK,
    NO_ANSWER,
    Newsroom,
    article_id,
    newsroom,
    post,
    read,
    sees,
    send_form,
    use,
)
from tests.scenarios.steps import FOOTBALL, ask, custom_id, key_of, press

READ_ONLY = "This server shares its articles with others, so only the operator can change them."
FORGED = "quoth1:restore_now:0123456789abcdef:0"
HANDBOOK_QUOTED = "a moderator opens the menu of its message"
FACT = "The observatory of Varnholm has a telescope of 40 centimetres."
OBSERVATORY = "How many centimetres has the telescope of the observatory of Varnholm?"


async def bind(world: World, room: Newsroom, collection: str) -> str:
    """Let a guild ask a collection; return what the operator reads."""
    code, printed = await world.quoth("servers", "bind", str(room.guild.id), collection)
    assert code == 0, printed
    return printed


async def add_shared(world: World, folder: Path, collection: str) -> str:
    """Add an article to a collection that the operator keeps; return its id."""
    (folder / "observatory.md").write_text(f"---\ntitle: The observatory\n---\n\n{FACT}\n", "utf-8")
    code, printed = await world.quoth(
        "corpus", "add", str(folder / "observatory.md"), "--collection", collection
    )
    assert code == 0, printed
    return collection


async def test_a_new_server_has_the_handbook_and_nothing_of_another_server(world: World) -> None:
    async with newsroom(world) as room:
        listed = (await use(room.member, room.channel, "sources")).message
        everything = read(listed)
        while "Next" in listed.buttons:
            await press(room.member, listed, "Next")
            everything += read(listed)
        assert f"collection server-{room.guild.id}" in everything
        assert "How to check a citation" in everything

        named = await article_id(world, "About the ferry")
        silent = await ask(room.member, room.channel, FERRIES)
        assert silent.posted == []
        everything += read(silent)
        for words in ("About the ferry", named):
            refused = await use(room.member, room.channel, "source", article=words)
            assert "This server's corpus holds no such article" in read(refused)
            refused = await ask(room.member, room.channel, FERRIES, source=words)
            assert "No article here has this source" in read(refused)
        suggested = await room.member.autocomplete(room.channel, "source", "article", "ferr")
        assert suggested == []
        for secret in ("Oster Point", "About the", "Varnholm Courier", named, world.collection):
            assert secret not in everything
        assert HANDBOOK_QUOTED in read(await post(room.member, room.channel, HANDBOOK))


async def test_nothing_of_another_servers_answers_can_be_reached(world: World) -> None:
    asker, channel = world.newcomer(), world.guild.add_channel("talk")
    asked = await ask(asker, channel, FERRIES)
    private = (await ask(asker, channel, FERRIES, private=True)).message
    silence = (await ask(asker, channel, FOOTBALL)).message
    confirm = (await press(asker, silence, "Ask a moderator")).message
    sure = (await press(asker, asked.own[0], "Delete my answer")).own[-1]
    targets = {
        *(
            each
            for seen in (asked.post, asked.own[0], private, silence)
            for each in seen.custom_ids
        ),
        custom_id(confirm, "Send it"),
        custom_id(sure, "Delete it"),
    }
    before = asked.post.text
    there = await post(world.outsider, world.elsewhere_channel, HANDBOOK)
    shown, cards = there.text, len(world.moderators_channel.messages)
    for target in targets:
        for member in (world.outsider, world.outside_administrator):
            refused = await press(member, there, target, forge=True)
            assert NO_ANSWER in read(refused.own[-1]), target
            assert refused.own[-1].ephemeral
    given = {"choice": "other", "note": "x"}
    target = f"quoth1:report:{key_of(asked.post)}:1"
    sent = await send_form(world.outsider, world.elsewhere_channel, target, given)

    assert NO_ANSWER in read(sent)
    assert (asked.post.text, there.text) == (before, shown)
    assert not asked.post.deleted
    assert len(world.moderators_channel.messages) == cards


async def test_what_the_askers_alone_may_do_no_neighbour_can(world: World) -> None:
    asker, channel = world.newcomer(), world.guild.add_channel("talk")
    private = (await ask(asker, channel, FERRIES, private=True)).message
    here = await post(world.stranger, channel, FERRIES)
    shown = here.text
    for target in private.custom_ids:
        for member in (world.stranger, world.moderator, world.administrator):
            refused = await press(member, here, target, forge=True)
            assert NO_ANSWER in read(refused.own[-1]), target
    assert here.text == shown
    assert channel.messages == [here]


async def test_bound_servers_share_articles_that_the_chat_cannot_change(
    world: World, tmp_path: Path
) -> None:
    shared = await add_shared(world, tmp_path, "shared")
    async with newsroom(world) as one, newsroom(world) as two:
        rooms = (one, two)
        said = [await bind(world, room, shared) for room in rooms]
        assert all("asks shared now, which the chat cannot change." in each for each in said)
        posted = [await post(room.member, room.channel, OBSERVATORY) for room in rooms]
        assert all(FACT in read(each) for each in posted)
        for room in rooms:
            await refuses_changes(room)
            audit = read(await use(room.moderator, room.channel, "audit"))
            assert "the operator · chose the articles that this server asks" in audit

        await withdraw(world, shared, rooms, posted)
        await release(world, one)
        assert FACT not in read(await use(one.member, one.channel, "sources"))
        added = await use(
            one.administrator,
            one.channel,
            "corpus add",
            file=Upload("own.txt", b"Our own words.\n"),
        )
        assert "### Articles added" in read(added)
        assert READ_ONLY in read(
            await use(two.administrator, two.channel, "corpus restore", article="The observatory")
        )


async def refuses_changes(room: Newsroom) -> None:
    """Hold that an administrator may look at a guild's articles but change none."""
    channel, administrator = room.channel, room.administrator
    status = read(await use(administrator, channel, "corpus status"))
    assert "These articles are shared with other servers" in status
    assert "Articles used" not in status
    named = {"article": "The observatory"}
    file = Upload("more.txt", b"More words about the observatory.\n")
    for refused in (
        await use(administrator, channel, "corpus add", file=file),
        await use(administrator, channel, "corpus withdraw", reason="wrong", **named),
        await use(administrator, channel, "corpus restore", **named),
        await press(
            administrator, await post(room.member, channel, OBSERVATORY), FORGED, forge=True
        ),
    ):
        assert READ_ONLY in read(refused.own[-1])


async def withdraw(
    world: World, shared: str, rooms: tuple[Newsroom, ...], posted: list[Message]
) -> None:
    """Withdraw the shared article as the operator; every guild's answer follows."""
    record = read(await use(rooms[0].member, rooms[0].channel, "source", article="The observatory"))
    named = record.partition("Article ")[2].partition(",")[0]
    code, printed = await world.quoth(
        "corpus", "withdraw", named, "--collection", shared, "--reason", "asked for"
    )
    assert code == 0, printed
    for each in posted:
        await sees(world, each, "Quote 1 is gone: its article was withdrawn.")
        assert FACT not in read(each)


async def release(world: World, room: Newsroom) -> None:
    """Let a guild ask its own articles again; what was its own is there as before."""
    code, printed = await world.quoth("servers", "release", str(room.guild.id))
    assert code == 0, printed
    status = read(await use(room.administrator, room.channel, "corpus status"))
    assert "These articles are this server's own." in status
    assert HANDBOOK_QUOTED in read(await post(room.member, room.channel, HANDBOOK))


async def test_a_servers_own_articles_are_read_only_while_another_is_bound_to_them(
    world: World,
) -> None:
    async with newsroom(world) as lender, newsroom(world) as borrower:
        own = f"server-{lender.guild.id}"
        said = await bind(world, borrower, own)
        assert f"{own} is server {lender.guild.id}'s own: while it is shared" in said
        file = Upload("more.txt", b"More words.\n")
        for room in (lender, borrower):
            refused = await use(room.administrator, room.channel, "corpus add", file=file)
            assert READ_ONLY in read(refused)


async def test_servers_are_listed_and_wrong_names_are_refused(world: World) -> None:
    listed, unknown, nowhere = await asyncio.gather(
        world.quoth("servers", "list"),
        world.quoth("servers", "bind", str(world.guild.id), "no-such-collection"),
        world.quoth("servers", "bind", "1", world.collection),
    )
    rows = [line.split()[:3] for line in listed[1].splitlines()]
    answer = await post(world.asker, world.guild.add_channel("talk"), FERRIES)

    assert listed[0] == 0
    assert [str(world.guild.id), world.collection, "own"] in rows
    assert [str(world.elsewhere.id), f"server-{world.elsewhere.id}", "own"] in rows
    assert (unknown[0], nowhere[0]) == (2, 2)
    assert "there is no collection 'no-such-collection'" in unknown[1]
    assert "the bot is on no server 1" in nowhere[1]
    assert FERRIES_QUOTE in read(answer)
