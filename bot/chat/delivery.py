"""How what the conversation says reaches the one who asked: acknowledge, work, show.

Whatever goes wrong is said too: a refusal in its own words, anything else as `Refusal.FAILED`,
while the log gets the kind of the error and its place, and nothing that was typed.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable

import aiohttp
import discord

from bot.catalogue.lines import Line
from bot.catalogue.refusals import Refusal
from bot.chat.actors import read_actor
from bot.chat.effects import carry_out, delete, publish
from bot.chat.integrations import add_granted
from bot.chat.sending import edit, say, send, trying_again
from bot.chat.service import Service
from bot.chat.workers import Busy
from bot.conversation.actors import Actor
from bot.conversation.desk import Refused
from bot.conversation.responses import Delete, Open, Publish, Response, Show, Way
from bot.logs import describe_error, log_error
from bot.rendering.forms import make_modal
from bot.rendering.screen import Screen
from corpus.errors import StoreBusy

LOG = logging.getLogger(__name__)

# Discord's codes for an interaction that is over, or was answered already.
OVER = {10008, 10015, 10062, 50027}
ANSWERED_ALREADY = 40060

Work = Callable[[Actor], Awaitable[Response]]


async def answer(
    service: Service,
    interaction: discord.Interaction,
    work: Work,
    *,
    way: Way = Way.NEW,
    command: str | None = None,
) -> bool:
    """Acknowledge an interaction, do its work, and show what comes of it.

    Parameters
    ----------
    work : callable
        Given who asks; returns a response, or raises what `explain` has a line for.
    command : str or None
        The command for administrators that this belongs to.

    Returns
    -------
    bool
        Whether the response of the work was shown.
    """
    with service.under_way():
        try:
            await acknowledge(interaction, way)
            actor = await _identify(service, interaction, command)
            response = await work(actor)
            await _show(service, interaction, actor, response, way)
        except Exception as error:  # noqa: BLE001 - the one place: logged, and said politely
            await excuse(interaction, error)
            return False
        return True


async def close(interaction: discord.Interaction) -> None:
    """Take away the private screen that was pressed on."""
    try:
        await acknowledge(interaction, Way.REPLACE)
        await interaction.delete_original_response()
    except Exception as error:  # noqa: BLE001 - as in `answer`
        await excuse(interaction, error)


async def acknowledge(interaction: discord.Interaction, way: Way) -> None:
    """Tell Discord that an answer comes; a form is the answer itself, so nothing is said before."""
    if way is Way.FORM:
        return
    tries = 0

    async def defer() -> None:
        nonlocal tries
        tries += 1
        try:
            await interaction.response.defer(ephemeral=True, thinking=way is Way.NEW)
        except discord.HTTPException as error:
            # The try before may have arrived. At the first, another process has answered.
            if error.code != ANSWERED_ALREADY or tries == 1:
                raise

    await trying_again(defer)


def explain(error: Exception) -> Line:
    """Return what a member is told of an error."""
    if isinstance(error, Refused):
        return error.line
    if isinstance(error, Busy | StoreBusy):
        return Line(Refusal.BUSY)
    return Line(Refusal.FAILED)


def is_over(error: Exception) -> bool:
    """Return whether Discord no longer waits for an answer, so that none can be given."""
    return isinstance(error, discord.HTTPException) and error.code in {*OVER, ANSWERED_ALREADY}


async def _identify(
    service: Service, interaction: discord.Interaction, command: str | None
) -> Actor:
    actor = read_actor(interaction)
    if actor is None:
        raise Refused(Line(Refusal.SERVER_ONLY))
    if service.closing:
        raise Busy
    await service.settings(actor.server_id)  # from here on the server is known
    return await add_granted(service.command_ids, actor, command)


async def _show(
    service: Service, interaction: discord.Interaction, actor: Actor, response: Response, way: Way
) -> None:
    if isinstance(response, Open):
        form = response.form
        await trying_again(lambda: interaction.response.send_modal(make_modal(form)))
        return
    if isinstance(response, Publish):
        receipt = await publish(service, interaction.client, actor, response)
        response = Show(receipt)
    elif isinstance(response, Delete):
        response = Show(await delete(service, interaction.client, actor, response))
    await _show_screen(interaction, response, way)
    await carry_out(service, interaction.client, actor, response.effects)


async def _show_screen(interaction: discord.Interaction, shown: Show, way: Way) -> None:
    if way is Way.FORM:
        place = interaction.response.send_message
        await trying_again(lambda: send(place, shown.screen, shown.attachments, ephemeral=True))
        return
    await trying_again(
        lambda: edit(interaction.edit_original_response, shown.screen, shown.attachments)
    )


async def excuse(interaction: discord.Interaction, error: Exception) -> None:
    """Say what went wrong, if it still can be said, and log what nobody expected."""
    if is_over(error):
        LOG.info("interaction %d was over before its answer", interaction.id)
        return
    line = explain(error)
    if line == Line(Refusal.FAILED):
        log_error(LOG, error, "interaction %d failed", interaction.id)
    try:
        await _say(interaction, say(line))
    except (discord.HTTPException, aiohttp.ClientError, OSError) as failure:
        LOG.warning("interaction %d heard nothing: %s", interaction.id, describe_error(failure))


async def _say(interaction: discord.Interaction, screen: Screen) -> None:
    """Say something to the one who acts, without changing what they pressed on."""
    response = interaction.response
    if not response.is_done():
        await send(response.send_message, screen, ephemeral=True)
    elif response.type is discord.InteractionResponseType.deferred_channel_message:
        await edit(interaction.edit_original_response, screen)
    else:
        await send(interaction.followup.send, screen, ephemeral=True)
