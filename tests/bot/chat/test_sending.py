"""Nothing leaves but through `bot.chat.sending`, and what leaves pings nobody."""

from __future__ import annotations

import ast
import asyncio
from pathlib import Path
from unittest.mock import AsyncMock

import aiohttp
import discord
import pytest

from bot.actions import Action, Target
from bot.catalogue.lines import Line
from bot.catalogue.refusals import Refusal
from bot.catalogue.settling import SettingSentence
from bot.chat import sending
from bot.chat.sending import LAYOUT_REFUSED, Unconfirmed, edit, say, send, send_once
from bot.rendering.screen import Attachment, Audience, Button, Buttons, Row, Screen, TypedText
from tests.bot.chat.interactions import refuse, shown

SCREEN = say(Line(Refusal.BUSY))
CHAT = Path(sending.__file__).parent

# What posts, edits or answers: discord.py's names for it.
SENDING = {"send", "send_message", "reply", "edit", "edit_message", "edit_original_response"}


def called(path: Path) -> set[str]:
    """Return the methods that a file calls."""
    tree = ast.parse(path.read_text("utf-8"))
    calls = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return {call.attr for call in calls if isinstance(call, ast.Attribute)}


@pytest.mark.parametrize("path", sorted(CHAT.glob("*.py")), ids=lambda path: path.name)
def test_messages_leave_in_one_place(path: Path) -> None:
    """Else one of many places would one day forget what all must do."""
    assert not called(path) & SENDING


def test_the_test_above_would_see_a_call(tmp_path: Path) -> None:
    file = tmp_path / "some.py"
    file.write_text("async def say(channel):\n    await channel.send('@everyone')\n", "utf-8")

    assert called(file) & SENDING == {"send"}


def test_a_message_pings_nobody_and_shows_no_preview() -> None:
    place = AsyncMock()

    asyncio.run(send(place, SCREEN, ephemeral=True))

    assert shown(place) == Line(Refusal.BUSY).text
    assert place.await_args is not None
    assert place.await_args.kwargs["suppress_embeds"]
    assert place.await_args.kwargs["ephemeral"]
    assert "files" not in place.await_args.kwargs


def test_a_file_is_part_of_the_layout() -> None:
    """A layout shows no file that it does not name."""
    place = AsyncMock()

    asyncio.run(send(place, SCREEN, [Attachment("audit.csv", b"a,b")]))

    assert place.await_args is not None
    extra = place.await_args.kwargs
    (file,) = extra["files"]
    named = [item for item in extra["view"].walk_children() if isinstance(item, discord.ui.File)]
    assert [item.media.url for item in named] == ["attachment://audit.csv"]
    assert (file.filename, file.fp.read()) == ("audit.csv", b"a,b")


def test_an_edit_takes_away_the_files_and_the_plain_text_of_before() -> None:
    place = AsyncMock()

    asyncio.run(edit(place, SCREEN))

    assert place.await_args is not None
    assert place.await_args.kwargs["attachments"] == []
    assert place.await_args.kwargs["content"] is None


@pytest.mark.parametrize(
    "error",
    [
        aiohttp.ServerDisconnectedError(),
        ConnectionResetError(),
        TimeoutError(),
        discord.DiscordServerError(refuse(503, 0).response, None),
    ],
    ids=repr,
)
def test_what_may_have_arrived_is_sent_again_as_the_same(error: Exception) -> None:
    place, waits = AsyncMock(side_effect=[error, error, "posted"]), list[float]()

    async def sleep(seconds: float) -> None:
        waits.append(seconds)

    assert asyncio.run(send_once(place, SCREEN, nonce="key", sleep=sleep)) == "posted"

    assert [call.kwargs["nonce"] for call in place.await_args_list] == ["key"] * 3
    assert waits == list(sending.RETRY_SECONDS)


async def at_once(_seconds: float) -> None:
    """Wait for nothing."""


@pytest.mark.parametrize("status", [400, 403, 404])
def test_what_discord_refused_is_not_sent_again(status: int) -> None:
    place = AsyncMock(side_effect=refuse(status, 50013))

    with pytest.raises(discord.HTTPException):
        asyncio.run(send_once(place, SCREEN, nonce="key", sleep=at_once))

    place.assert_awaited_once()


@pytest.mark.parametrize(
    "errors",
    [
        [ConnectionResetError()] * 3,
        [aiohttp.ServerDisconnectedError()] * 3,
        [refuse(503, 0)] * 3,
        [refuse(408, 0)],
        [refuse(429, 0)],
        [discord.RateLimited(9.0)],
        [ConnectionResetError(), refuse(403, 50013)],
        [refuse(503, 0), refuse(400, 50083)],
        [refuse(503, 0), refuse(400, 50035), refuse(400, 50013)],
    ],
    ids=repr,
)
def test_what_may_have_been_posted_is_not_called_refused(errors: list[Exception]) -> None:
    """A try that broke off may have arrived, whatever is said to the next one."""
    place = AsyncMock(side_effect=errors)

    with pytest.raises(Unconfirmed) as unconfirmed:
        asyncio.run(send_once(place, SCREEN, nonce="key", sleep=at_once))

    assert unconfirmed.value.__cause__ is errors[-1]


@pytest.mark.parametrize("code", sorted(LAYOUT_REFUSED))
def test_where_no_layout_can_go_plain_text_goes(
    code: int, caplog: pytest.LogCaptureFixture
) -> None:
    place = AsyncMock(side_effect=[refuse(400, code), "posted"])
    file = Attachment("audit.csv", b"a,b")

    assert asyncio.run(send(place, SCREEN, [file], nonce="key")) == "posted"

    layout, plain = (call.kwargs for call in place.await_args_list)
    assert "content" not in layout
    assert "view" not in plain
    assert plain["content"].replace("\\", "") == Line(Refusal.BUSY).text
    assert plain["allowed_mentions"].to_dict() == {"parse": []}
    assert plain["suppress_embeds"]
    assert plain["nonce"] == "key"
    assert [each.fp.read() for each in plain["files"]] == [b"a,b"]
    assert caplog.messages == [f"a layout was refused with code {code}; sending plain text"]


@pytest.mark.parametrize("error", [refuse(403, 50013), refuse(404, 10003), refuse(503, 0)])
def test_what_is_refused_for_another_reason_stays_refused(error: discord.HTTPException) -> None:
    place = AsyncMock(side_effect=error)

    with pytest.raises(type(error)):
        asyncio.run(send(place, SCREEN))

    place.assert_awaited_once()


@pytest.mark.parametrize(
    "screen",
    [
        Screen((Buttons((Button(Target(Action.HELP), Line(SettingSentence.CHECK)),)),)),
        Screen((Row((TypedText("w" * 2001),)),), Audience.MODERATORS),
    ],
    ids=["no words", "too long"],
)
def test_what_has_no_plain_form_stays_refused(screen: Screen) -> None:
    place = AsyncMock(side_effect=refuse(400, 50035))

    with pytest.raises(discord.HTTPException):
        asyncio.run(send(place, screen))

    place.assert_awaited_once()


def test_a_defect_of_ours_is_neither() -> None:
    with pytest.raises(ZeroDivisionError):
        asyncio.run(send_once(AsyncMock(side_effect=ZeroDivisionError), SCREEN, nonce="key"))
