"""What goes beyond the one who asked: answers posted in a channel, cards, messages of ours."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from contextlib import suppress

import discord

from bot.catalogue.asking import AskingRefusal
from bot.catalogue.lines import Line
from bot.chat.sending import UNCERTAIN, Unconfirmed, send_once, trying_again
from bot.chat.service import Lane, Service
from bot.conversation.actors import Actor
from bot.conversation.answers import arriving, publishing
from bot.conversation.desk import Refused
from bot.conversation.responses import (
    Delete,
    Effect,
    PostCard,
    Publish,
    Sweep,
)
from bot.conversation.reviews import reporting
from bot.conversation.upkeep import correcting
from bot.logs import describe_error
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
    except (discord.HTTPException, Unconfirmed) as error:
        await note_unposted(service, actor, key, error)
        raise
    return await mark_sent(service, actor, key, message_id=message.id)


async def note_unposted(
    service: Service, actor: Actor, key: str, error: discord.HTTPException | Unconfirmed
) -> None:
    """Note that an answer was refused; raise Refused where it may stand in the channel after all.

    Such an answer stays pending, and the sweep looks for its message.
    """
    if not isinstance(error, Unconfirmed):
        await service.do(Lane.QUICK, lambda desk: arriving.note_failed(desk, key))
        return
    LOG.warning("answer %s may or may not be posted: %s", key, error)
    await service.do(Lane.QUICK, lambda desk: correcting.look_for(desk, actor.server_id, key))
    service.posted_changes.set()
    raise Refused(Line(AskingRefusal.UNCONFIRMED)) from error


async def delete(
    service: Service, client: discord.Client, actor: Actor, response: Delete
) -> Screen:
    """Delete an answer's message, mark the answer deleted, and return what its asker is told.

    Raises
    ------
    Refused
        If Discord does not say that the message is gone. The answer then stays as it is, and is
        corrected like any other.
    """
    channel = client.get_partial_messageable(response.channel_id, guild_id=actor.server_id)
    message = channel.get_partial_message(response.message_id)
    try:
        with suppress(discord.NotFound):  # somebody else has deleted it
            await trying_again(message.delete)
    except (discord.DiscordException, *UNCERTAIN) as error:
        LOG.warning("answer %s not deleted: %s", response.answer_key, describe_error(error))
        raise Refused(Line(AskingRefusal.NOT_DELETED)) from error
    return await service.call(Lane.QUICK, publishing.note_deleted, actor, response.answer_key)


async def mark_sent(service: Service, actor: Actor, key: str, *, message_id: int | None) -> Screen:
    """Note where an answer stands (None: with its asker alone), and return the receipt."""
    return await service.call(
        Lane.QUICK,
        arriving.note_sent,
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
        except (discord.HTTPException, Unconfirmed, *UNCERTAIN) as error:
            # A channel that is closed to us; /review has the report still.
            LOG.warning("%s failed: %s", type(effect).__name__, describe_error(error))


async def _carry_out(
    service: Service, client: discord.Client, actor: Actor, effect: Effect
) -> None:
    if isinstance(effect, Sweep):
        service.posted_changes.set()
    else:
        channel = client.get_partial_messageable(effect.channel_id, guild_id=actor.server_id)
        await _post_card(service, actor, channel, effect)


async def _post_card(
    service: Service, actor: Actor, channel: discord.PartialMessageable, card: PostCard
) -> None:
    message = await send_once(channel.send, card.screen, nonce=card.report_key)
    if await service.call(Lane.QUICK, reporting.note_card, actor, card, message.id):
        service.posted_changes.set()
