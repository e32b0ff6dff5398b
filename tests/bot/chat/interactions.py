"""Interactions as discord.py hands them over, with its two ends to Discord replaced."""

from __future__ import annotations

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any
from unittest.mock import AsyncMock, Mock

import discord
from discord.components import _component_factory

from bot.rendering.layout import make_view
from bot.rendering.screen import Screen
from tests.bot.conversation.desks import ASKER, CHANNEL, SERVER

COMMAND = discord.InteractionType.application_command
PRESS = discord.InteractionType.component
FORM = discord.InteractionType.modal_submit


def make_interaction(
    kind: discord.InteractionType = COMMAND,
    *,
    data: Mapping[str, Any] | None = None,
    message: Any = None,
    server_id: int | None = SERVER,
) -> Any:
    """Return an interaction of a member without permissions, where Quoth may post."""
    response = AsyncMock(spec=discord.InteractionResponse)
    response.is_done.return_value = False

    def note_deferral(*, ephemeral: bool, thinking: bool) -> None:
        assert ephemeral
        kinds = discord.InteractionResponseType
        response.type = (
            kinds.deferred_channel_message if thinking else kinds.deferred_message_update
        )
        response.is_done.return_value = True

    response.defer.side_effect = note_deferral
    return SimpleNamespace(
        id=77,
        type=kind,
        data=data,
        message=message,
        guild_id=server_id,
        channel_id=CHANNEL,
        channel=SimpleNamespace(type=discord.ChannelType.text),
        user=Mock(spec=discord.Member, id=ASKER, roles=[]),
        permissions=discord.Permissions.none(),
        app_permissions=discord.Permissions(send_messages=True, view_channel=True),
        client=Mock(spec=discord.Client),
        response=response,
        followup=AsyncMock(spec=discord.Webhook),
        edit_original_response=AsyncMock(),
        delete_original_response=AsyncMock(),
    )


def make_message(screen: Screen, *, ephemeral: bool) -> Any:
    """Return the message of a screen, as an interaction names it."""
    flags = discord.MessageFlags(components_v2=True, ephemeral=ephemeral)
    components: list[Any] = [_component_factory(each) for each in make_view(screen).to_components()]
    return SimpleNamespace(id=88, flags=flags, components=components)


def shown(place: Any) -> str:
    """Return what the last message sent to a place says, after checking that it pings nobody."""
    extra = place.await_args.kwargs
    assert extra["allowed_mentions"].to_dict() == {"parse": []}
    texts = (getattr(item, "content", None) for item in extra["view"].walk_children())
    return "\n".join(text for text in texts if isinstance(text, str)).replace("\\", "")


def refuse(status: int, code: int) -> discord.HTTPException:
    """Return what discord.py raises for one of Discord's refusals."""
    response: Any = SimpleNamespace(status=status, reason="", headers={})
    kinds = {403: discord.Forbidden, 404: discord.NotFound}
    other = discord.DiscordServerError if status >= 500 else discord.HTTPException
    return kinds.get(status, other)(response, {"code": code, "message": ""})
