"""What Discord says to an edit, as a sweep understands it."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import aiohttp
import discord
import pytest

from bot.chat.corrections import translating_refusals
from bot.sweep import EditRefused, RefusalKind


def refusal(status: int, code: int = 0, **headers: str) -> discord.HTTPException:
    """Return what discord.py raises for an answer of Discord's."""
    response: Any = SimpleNamespace(status=status, reason="", headers=headers)
    kinds = {403: discord.Forbidden, 404: discord.NotFound}
    kind = kinds.get(status, discord.DiscordServerError if status >= 500 else discord.HTTPException)
    return kind(response, {"code": code, "message": "no"})


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (refusal(400, 30046), RefusalKind.TOO_OLD),
        (refusal(429, 30046), RefusalKind.TOO_OLD),
        (refusal(403, 50001), RefusalKind.GONE),
        (refusal(403, 50013), RefusalKind.GONE),
        (refusal(404, 10008), RefusalKind.GONE),
        (refusal(404, 10003), RefusalKind.GONE),
        (refusal(400, 50083), RefusalKind.GONE),
        (refusal(429), RefusalKind.LATER),
        (refusal(500), RefusalKind.LATER),
        (refusal(503), RefusalKind.LATER),
        (discord.RateLimited(90.0), RefusalKind.LATER),
        (aiohttp.ServerDisconnectedError(), RefusalKind.LATER),
        (ConnectionResetError(), RefusalKind.LATER),
        (TimeoutError(), RefusalKind.LATER),
    ],
    ids=repr,
)
def test_each_refusal_has_its_kind(error: Exception, kind: RefusalKind) -> None:
    with pytest.raises(EditRefused) as refused, translating_refusals():
        raise error

    assert refused.value.kind is kind


@pytest.mark.parametrize(
    ("error", "seconds"),
    [
        (discord.RateLimited(90.0), 90),
        (refusal(429, **{"Retry-After": "2.5"}), 2.5),
        (refusal(429, **{"Retry-After": "soon"}), 0),
        (refusal(429), 0),
    ],
)
def test_the_wait_that_discord_names_is_kept(error: Exception, seconds: float) -> None:
    with pytest.raises(EditRefused) as refused, translating_refusals():
        raise error

    assert refused.value.wait == timedelta(seconds=seconds)


def test_a_defect_of_ours_is_no_refusal() -> None:
    """A correction must not end because of a mistake in the code that makes it."""
    with pytest.raises(ZeroDivisionError), translating_refusals():
        raise ZeroDivisionError
