"""What goes beyond the one who asked: answers posted in a channel, cards, messages of ours."""

from __future__ import annotations

import logging
from collections.abc import Sequence

import discord

from bot.chat.logs import describe_error
from bot.chat.sending import edit, send_once, trying_again
from bot.chat.service import Lane, Service
from bot.conversation.actors import Actor
from bot.conversation.answers import asking
from bot.conversation.responses import (
    DeleteMessage,
    EditMessage,
    Effect,
    PostCard,
    Publish,
    Sweep,
)
from bot.conversation.reviews import reporting
from bot.rendering.screen import Screen

LOG = logging.getLogger(__name__)


async def publish(
    service: Service, client: discord.Client, actor: Actor, response: Publish
) -> Screen:
    """Post an answer in its channel, mark it sent, and return the receipt.

    The answer is committed already. Where Discord does not let Quoth post, the answer itself is
    returned, for the asker alone.
    """
    key = response.answer_key
    channel = client.get_partial_messageable(actor.channel_id, guild_id=actor.server_id)
    try:
        message = await send_once(channel.send, response.screen, nonce=key)
    except discord.Forbidden:
        await mark_sent(service, actor, key, message_id=None)
        return response.screen
    except discord.HTTPException:
        await service.do(Lane.QUICK, lambda desk: asking.note_failed(desk, key))
        raise
    return await mark_sent(service, actor, key, message_id=message.id)


async def mark_sent(service: Service, actor: Actor, key: str, *, message_id: int | None) -> Screen:
    """Note where an answer stands (None: with its asker alone), and return the receipt."""
    return await service.call(
        Lane.QUICK,
        asking.note_sent,
        actor,
        key,
        channel_id=actor.channel_id,
        message_id=message_id,
    )


async def carry_out(
    service: Service, client: discord.Client, actor: Actor, effects: Sequence[Effect]
) -> None:
    """Do what a response asks for besides being shown; one that fails leaves the others alone."""
    for effect in effects:
        try:
            await _carry_out(service, client, actor, effect)
        except discord.HTTPException as error:
            # A card that is gone, or a channel that is closed to us: the queue holds it still.
            LOG.warning("%s failed: %s", type(effect).__name__, describe_error(error))


async def _carry_out(
    service: Service, client: discord.Client, actor: Actor, effect: Effect
) -> None:
    if isinstance(effect, Sweep):
        service.posted_changes.set()
        return
    channel = client.get_partial_messageable(effect.channel_id, guild_id=actor.server_id)
    if isinstance(effect, PostCard):
        await _post_card(service, channel, effect)
    elif isinstance(effect, EditMessage):
        message, screen = channel.get_partial_message(effect.message_id), effect.screen
        await trying_again(lambda: edit(message.edit, screen))
    elif isinstance(effect, DeleteMessage):
        await channel.get_partial_message(effect.message_id).delete()


async def _post_card(service: Service, channel: discord.PartialMessageable, card: PostCard) -> None:
    message = await send_once(channel.send, card.screen, nonce=card.report_key)
    key, channel_id = card.report_key, card.channel_id
    await service.do(
        Lane.QUICK, lambda desk: reporting.note_card(desk, key, channel_id, message.id)
    )
