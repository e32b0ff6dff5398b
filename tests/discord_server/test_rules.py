"""What Discord refuses whatever the payload: late answers, dead tokens, missing permissions."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.discord_server.judge import load_judge
from tests.discord_server.raw_bot import NO_PINGS, raw_bot

REPLY, DEFER, DEFER_UPDATE, UPDATE, CHOICES, MODAL = 4, 5, 6, 7, 8, 9
FORM = {
    "custom_id": "form",
    "title": "Form",
    "components": [
        {"type": 18, "label": "Why", "component": {"type": 4, "custom_id": "why", "style": 1}}
    ],
}


async def test_an_interaction_is_answered_once() -> None:
    async with raw_bot() as bot:
        interaction = await bot.begin()

        assert (await bot.respond(interaction, REPLY, content="one"))[0] == 204
        assert await bot.respond(interaction, REPLY, content="two") == (400, 40060)


async def test_a_late_answer_meets_an_unknown_interaction() -> None:
    async with raw_bot(answer_seconds=0.0) as bot:
        interaction = await bot.begin()

        assert await bot.respond(interaction, REPLY, content="one") == (404, 10062)
        assert bot.server.latencies[0] > 0


async def test_a_token_dies_after_fifteen_minutes() -> None:
    async with raw_bot() as bot:
        interaction = await bot.begin()
        await bot.respond(interaction, DEFER)
        bot.server.expire_tokens()
        edit = {"content": "late", "allowed_mentions": NO_PINGS}

        assert await bot.send("PATCH", bot.webhook(interaction, "@original"), edit) == (401, 50027)
        assert await bot.send("POST", bot.webhook(interaction), edit) == (401, 50027)


async def test_nothing_follows_before_the_first_response() -> None:
    async with raw_bot() as bot:
        interaction = await bot.begin()
        edit = {"content": "early", "allowed_mentions": NO_PINGS}

        assert await bot.send("POST", bot.webhook(interaction), edit) == (404, 10015)


async def test_an_ephemeral_message_is_out_of_the_channels_reach() -> None:
    async with raw_bot() as bot:
        interaction = await bot.begin()
        await bot.respond(interaction, REPLY, content="for you", flags=64)
        message = interaction.original
        path = f"/channels/{bot.channel.id}/messages/{message.id}"

        assert await bot.send("GET", path) == (404, 10008)
        assert await bot.send("DELETE", path) == (404, 10008)
        assert (await bot.send("DELETE", bot.webhook(interaction, "@original")))[0] == 204
        assert message.deleted


async def test_a_modal_cannot_answer_a_modal() -> None:
    async with raw_bot() as bot:
        interaction = await bot.begin()
        asking = bot.act(bot.ann.command(bot.channel, "ask"))
        await bot.respond(interaction, MODAL, **FORM)
        interaction = await bot.take()
        await bot.respond(interaction, MODAL, **FORM)
        bot.act((await asking).modal.submit(why="because"))
        submitted = await bot.take()

        assert await bot.respond(submitted, MODAL, **FORM) == (400, 50035)
        assert await bot.respond(submitted, DEFER_UPDATE) == (400, 50035)
        assert (await bot.respond(submitted, REPLY, content="thanks"))[0] == 204


async def test_a_deferred_update_edits_the_message_clicked_on() -> None:
    button = {"type": 2, "style": 1, "label": "Go", "custom_id": "go"}
    async with raw_bot() as bot:
        _, posted = await bot.show({"type": 1, "components": [button]})
        message = bot.server.state.messages[int(posted["id"])]
        clicking = bot.act(bot.ann.click(message, "Go"))
        interaction = await bot.take()
        await bot.respond(interaction, DEFER_UPDATE)
        edit = {"components": [{"type": 10, "content": "went"}], "allowed_mentions": NO_PINGS}
        await bot.send("PATCH", bot.webhook(interaction, "@original"), edit)
        result = await (await clicking).settled()

    assert result.message is message
    assert (message.text, message.edits, message.history) == ("went", 1, [""])
    assert [each["id"] for each in posted["components"]] == [1]


async def test_permissions_are_those_of_the_channel(description: Path) -> None:
    async with raw_bot(description) as bot:
        bot.channel.deny(bot.guild.bot, "send_messages")
        assert await bot.say(content="x") == (403, 50013)

        bot.channel.deny(bot.guild.everyone, "view_channel")
        assert await bot.say(content="x") == (403, 50001)

        bot.channel.permit(bot.guild.bot, "view_channel", "send_messages")
        assert (await bot.say(content="x"))[0] == 200
        assert bot.channel.permissions_of(bot.ann) == 0

        bot.channel.delete()
        assert await bot.say(content="x") == (404, 10003)


async def test_nobody_edits_what_another_wrote() -> None:
    async with raw_bot() as bot:
        said = await bot.ann.say(bot.channel, "mine")
        path = f"/channels/{bot.channel.id}/messages/{said.message.id}"
        edit = {"content": "yours", "allowed_mentions": NO_PINGS}

        assert await bot.send("PATCH", path, edit) == (403, 50005)
        assert await bot.send("DELETE", path) == (403, 50013)


async def test_a_nonce_makes_one_message_of_two_requests() -> None:
    async with raw_bot() as bot:
        for _ in range(2):
            await bot.say(content="once", nonce="7", enforce_nonce=True)

        assert [each.text for each in bot.channel.messages] == ["once"]


async def test_a_wrong_token_is_unauthorised() -> None:
    async with raw_bot() as bot:
        assert await bot.send("GET", "/users/@me", token="x")  # noqa: S106 - no secret == (401, 0)


async def test_interactions_carry_the_permissions_of_member_and_bot() -> None:
    async with raw_bot() as bot:
        bot.channel.deny(bot.guild.bot, "send_messages")
        events: list[dict] = []
        bot.server.state.send_event = lambda _, data: events.append(data)
        await bot.begin()

        sent, send_messages = events[-1], 1 << 11
        assert int(sent["member"]["permissions"]) & send_messages
        assert not int(sent["app_permissions"]) & send_messages


async def test_what_the_stand_in_answers_is_as_described(description: Path) -> None:
    """A stand-in that drifts from the API description would let a test pass by mistake."""
    judge = load_judge(description)
    if judge is None:
        pytest.skip(f"needs {description}")
    async with raw_bot(description) as bot:
        button = {"type": 2, "style": 1, "label": "Go", "custom_id": "go"}
        _, posted = await bot.show(
            {"type": 10, "content": "x"}, {"type": 1, "components": [button]}
        )
        _, commands = await bot.declare({"name": "ask", "description": "Ask", "type": 1})

    routes = f"/channels/{bot.channel.id}/messages"
    assert list(judge.find_response_errors("POST", routes, posted)) == []
    routes = "/applications/1/commands"
    assert list(judge.find_response_errors("PUT", routes, commands)) == []
