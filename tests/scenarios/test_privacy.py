"""What is kept about a member, as ``/privacy`` tells it, and how it goes."""

from __future__ import annotations

from pathlib import Path

from tests.discord_server.messages import Message
from tests.discord_server.people import Member
from tests.discord_server.world import World
from tests.scenarios.steps import (
    COUNTED,
    FOOTBALL,
    HOW_MANY,
    ask,
    custom_id,
    dump_data,
    plain,
    press,
    until_swept,
)

NOTHING = "Nothing is kept about you on this server."
NOT_ASKER = "Only the member who asked can do this."
UNLIKELY = "Did the zygomorphic postilion count 54 abandoned cranes?"


async def privacy(member: Member) -> Message:
    """Return what the command shows to its member alone."""
    channel = next(each for each in member.guild.channels.values() if each.name == "general")
    result = await (await member.command(channel, "privacy")).settled()
    assert result.posted == []
    assert result.message.ephemeral
    return result.message


async def delete_all(member: Member) -> Message:
    """Delete what is kept, confirmation and all, and return the screen."""
    shown = await privacy(member)
    await press(member, shown, "Delete my data")
    await press(member, shown, "Delete it all")
    return shown


async def test_nothing_is_kept_of_who_never_asked(world: World) -> None:
    shown = await privacy(world.newcomer())

    assert NOTHING in plain(shown.text)
    assert "erased after 30 days" in plain(shown.text)
    assert shown.buttons == []


async def test_what_is_kept_is_counted_for_its_member_alone(world: World) -> None:
    member, other = world.newcomer(), world.newcomer()
    post = (await ask(member, world.channel, HOW_MANY)).post
    await ask(member, world.channel, FOOTBALL)
    await ask(other, world.channel, HOW_MANY)
    report = (await member.click(post, "Report")).modal
    await (await report.submit(choice="Something else")).settled()

    shown = await privacy(member)

    assert "2 questions you asked, with who asked them" in plain(shown.text)
    assert "1 report or question you sent to the moderators" in plain(shown.text)
    assert "The oldest of them is of 20" in plain(shown.text)
    assert "1 question you asked" in plain((await privacy(other)).text)
    assert HOW_MANY not in plain(shown.text)


async def test_looking_at_answers_and_sources_keeps_nothing(world: World) -> None:
    member = world.newcomer()
    post = (await ask(world.asker, world.channel, HOW_MANY)).post
    for label in ("Context", "Verify", "Why"):
        await press(member, post, label)
    await (await member.command(world.channel, "sources")).settled()
    await member.say(world.channel, "I say nothing to Quoth")

    assert NOTHING in plain((await privacy(member)).text)


async def test_one_person_on_two_servers_is_told_of_each_alone(world: World) -> None:
    member = world.newcomer()
    twin = Member(member.id, world.elsewhere, member.name)
    world.elsewhere.members[twin.id] = twin
    await ask(member, world.channel, HOW_MANY)

    assert NOTHING in plain((await privacy(twin)).text)
    shown = await delete_all(member)
    assert "Your data on this server is deleted." in plain(shown.text)


async def test_deleting_is_asked_about_first(world: World) -> None:
    member = world.newcomer()
    await ask(member, world.channel, HOW_MANY)
    shown = await privacy(member)

    await press(member, shown, "Delete my data")
    assert "Delete what is kept about you on this server?" in plain(shown.text)
    assert "This cannot be undone." in plain(shown.text)
    assert shown.buttons == ["Delete it all", "Keep it"]
    await press(member, shown, "Keep it")

    assert not shown.visible_to(member)
    assert "1 question you asked" in plain((await privacy(member)).text)


async def test_deleted_data_is_gone_from_messages_too(world: World) -> None:
    member = world.newcomer("Vanishing")
    result = await ask(member, world.channel, UNLIKELY)
    post, receipt = result.post, result.message
    await press(member, receipt, "Show my name")
    await result.until(lambda _: f"<@{member.id}>" in post.text)
    report = (await world.stranger.click(post, "Report")).modal
    sent = await (await report.submit(choice="Something else")).settled()
    await sent.until(lambda _: "zygomorphic" in world.moderators_channel.messages[-1].text)
    card = world.moderators_channel.messages[-1]

    shown = await delete_all(member)

    assert plain(shown.text) == (
        "Your data on this server is deleted.\n1 answer posted in a channel will be shown "
        "without your question and name."
    )
    await result.until(lambda _: "zygomorphic" not in post.text)
    assert COUNTED in plain(post.text)
    assert str(member.id) not in post.text
    await result.until(lambda _: "zygomorphic" not in card.text)
    assert str(member.id) not in card.text
    assert NOTHING in plain((await privacy(member)).text)


async def test_nothing_of_deleted_data_is_left_in_the_files(world: World) -> None:
    """Neither a question nor who asked, nor what a later look at the answer would show."""
    member = world.newcomer("Erased")
    for question in (UNLIKELY, "zygomorphic zebras?"):
        await ask(member, world.channel, question, private=True)
    assert any("zygomorphic" in row for row in dump_data(world))
    assert any(str(member.id) in row for row in dump_data(world))

    await delete_all(member)

    assert not [row for row in dump_data(world) if str(member.id) in row]
    assert not [row for row in dump_data(world) if "zygomorphic" in row]
    folder = world.bot.environment["QUOTH_DATA"]
    raw = b"".join(path.read_bytes() for path in Path(folder).glob("quoth.db*"))
    assert b"zygomorphic" not in raw
    code, printed = await world.quoth("audit", "verify")
    assert code == 0, printed


async def test_who_is_forgotten_has_no_more_say_over_their_answers(world: World) -> None:
    member = world.newcomer()
    result = await ask(member, world.channel, HOW_MANY)
    post, receipt = result.post, result.message
    await delete_all(member)

    for label in ("Show my name", "Delete my answer"):
        refused = await press(member, post, custom_id(receipt, label), forge=True)
        assert plain(refused.text) == NOT_ASKER
    why = await press(member, post, "Why")
    assert "The question is no longer kept" in plain(why.text)
    verify = await press(member, post, "Verify")
    assert "✓ [1] stands" in plain(verify.text)


async def test_deleting_twice_is_as_deleting_once(world: World) -> None:
    member = world.newcomer()
    await ask(member, world.channel, HOW_MANY, private=True)
    shown, again = await privacy(member), await privacy(member)
    for screen in (shown, again):
        await press(member, screen, "Delete my data")
    await press(member, shown, "Delete it all")
    await until_swept(world)
    before = dump_data(world)
    await press(member, again, "Delete it all")

    assert plain(again.text) == "Your data on this server is deleted."
    assert dump_data(world) == before


async def test_who_is_forgotten_may_begin_anew(world: World) -> None:
    member = world.newcomer()
    await ask(member, world.channel, HOW_MANY)
    await delete_all(member)
    result = await ask(member, world.channel, HOW_MANY)

    assert COUNTED in plain(result.post.text)
    assert "1 question you asked" in plain((await privacy(member)).text)
