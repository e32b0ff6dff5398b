"""The real discord.py client talks to the stand-in as it would to Discord."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.discord_server.offers import NotOffered, Upload
from tests.discord_server.server import StandIn
from tests.discord_server.small_bot import running


async def test_a_deferred_answer_is_seen_by_the_asker_alone(description: Path) -> None:
    async with StandIn(description) as server:
        guild = server.add_guild("One")
        channel, ann, bob = guild.add_channel("talk"), guild.add_member("Ann"), guild.bot
        async with running(server):
            result = await (await ann.command(channel, "echo", text="hello")).settled()

    assert (result.kind, result.private, result.text) == ("deferred", True, "hello")
    assert 0 < result.latency < 3
    assert not result.message.edited
    assert not result.message.visible_to(bob)
    assert channel.messages == []
    assert server.violations == []


async def test_the_first_follow_up_is_as_private_as_the_deferral(description: Path) -> None:
    async with StandIn(description) as server:
        guild = server.add_guild("One")
        channel, ann = guild.add_channel("talk"), guild.add_member("Ann")
        async with running(server):
            result = await ann.command(channel, "twice", text="hello")
            await result.until(lambda found: len(found.messages) == 2)

    assert [each.ephemeral for each in result.messages] == [True, False]
    assert server.violations == []


async def test_a_button_opens_a_form_and_the_form_is_answered(description: Path) -> None:
    async with StandIn(description) as server:
        guild = server.add_guild("One")
        channel, ann = guild.add_channel("talk"), guild.add_member("Ann")
        async with running(server):
            panel = (await (await ann.command(channel, "panel")).settled()).message
            modal = (await ann.click(panel, "Note")).modal
            answer = await (await modal.submit(note="mine")).settled()

            with pytest.raises(NotOffered, match="0 to 50"):
                await modal.submit(your_note="x" * 51)

    assert modal.title == "A note"
    assert answer.text == "noted mine"
    assert server.violations == []


async def test_clicks_and_choices_change_the_message(description: Path) -> None:
    async with StandIn(description) as server:
        guild = server.add_guild("One")
        channel, ann = guild.add_channel("talk"), guild.add_member("Ann")
        async with running(server):
            panel = (await (await ann.command(channel, "panel")).settled()).message
            seen = [panel.text]
            for step in (
                ann.click(panel, "change"),
                ann.choose(panel, "colour", ["Red"]),
                ann.choose(panel, "where", [channel]),
            ):
                await (await step).settled()
                seen.append(panel.text)

    assert seen == ["as it was", "changed", "chose r", f"chose {channel.id}"]
    assert panel.layout
    assert panel.edited
    assert panel.buttons == ["Note", "Change"]
    assert server.violations == []


async def test_only_what_is_there_can_be_clicked_unless_forged(description: Path) -> None:
    async with StandIn(description) as server:
        guild = server.add_guild("One")
        channel, ann = guild.add_channel("talk"), guild.add_member("Ann")
        async with running(server):
            panel = (await (await ann.command(channel, "panel")).settled()).message
            with pytest.raises(NotOffered):
                await ann.click(panel, "delete-everything")
            forged = await ann.choose(panel, "delete-everything", ["1"], forge=True)

    assert forged.kind == "update"


async def test_options_of_every_kind_arrive(description: Path) -> None:
    async with StandIn(description) as server:
        guild = server.add_guild("One")
        channel, ann = guild.add_channel("talk"), guild.add_member("Ann")
        role = guild.add_role("Readers")
        async with running(server):
            result = await ann.command(channel, "things name", who=ann, role=role, count=3)
            with pytest.raises(NotOffered, match="needs"):
                await ann.command(channel, "things name", who=ann)

    assert result.text == "Ann Readers 3"
    assert server.violations == []


async def test_suggestions_and_the_message_menu(description: Path) -> None:
    async with StandIn(description) as server:
        guild = server.add_guild("One")
        channel, ann = guild.add_channel("talk"), guild.add_member("Ann")
        async with running(server):
            choices = await ann.autocomplete(channel, "echo", "text", "x")
            said = await ann.say(channel, "one two")
            repeated = await ann.menu(channel, "Repeat", said.message)

    assert [each.name for each in choices] == ["xa", "xb"]
    assert repeated.text == "one two"
    assert server.violations == []


async def test_a_mention_is_heard_and_other_talk_is_blank(description: Path) -> None:
    """Without the privileged intent a bot reads only what mentions it."""
    async with StandIn(description) as server:
        guild = server.add_guild("One")
        channel, ann = guild.add_channel("talk"), guild.add_member("Ann")
        async with running(server) as bot:
            await ann.say(channel, "between us")
            reply = await (await ann.say(channel, "hi", mention=True)).reply()
            again = await (await ann.say(channel, "and?", reply_to=reply)).reply()

    assert bot.heard[0] == ""
    assert reply.text.startswith("heard @Quoth")
    assert again.text == "heard and?"
    assert server.violations == []
    assert server.pings == []


async def test_files_go_both_ways_and_commands_need_their_permission(description: Path) -> None:
    async with StandIn(description) as server:
        guild = server.add_guild("One")
        channel, ann = guild.add_channel("talk"), guild.add_member("Ann")
        bea = guild.add_member("Bea", "manage_messages")
        upload = Upload("a.txt", b"three words here")
        async with running(server):
            with pytest.raises(NotOffered, match="Ann may not use post"):
                await ann.command(channel, "post", file=upload)
            result = await (await bea.command(channel, "post", file=upload)).settled()
            guild.override("post", allow=(ann,), deny=(bea,))
            await (await ann.command(channel, "post", file=upload)).settled()
            with pytest.raises(NotOffered):
                await bea.command(channel, "post", file=upload)
            assert (await bea.command(channel, "post", file=upload, forge=True)).private

    assert result.own == []
    assert {"copy.txt": b"three words here"} in [each.files for each in result.posted]
    assert server.violations == []
