"""The one way a message leaves: nobody is pinged, no page is previewed, and it is a layout.

Where Discord takes no layout, a new message is plain text instead, without buttons and menus.
`send` and `edit` are given the place to send to, such as ``channel.send``, and nothing else in
this package calls such a place.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from io import BytesIO
from typing import Any, TypeVar

import aiohttp
import discord

from bot.catalogue.lines import Line
from bot.logs import describe_error
from bot.rendering.content import plain_parts
from bot.rendering.layout import make_view
from bot.rendering.screen import Attachment, Row, Screen

LOG = logging.getLogger(__name__)

Sent = TypeVar("Sent")
Place = Callable[..., Awaitable[Sent]]  # discord.py's functions, which share their keywords

NO_PINGS = discord.AllowedMentions.none()
RETRY_SECONDS = (0.5, 2.0)  # before the second and the third try

# The line broke or Discord failed: the request may or may not have been carried out.
UNCERTAIN = (aiohttp.ClientError, OSError, discord.DiscordServerError)
NO_REFUSAL = {408, 429}  # of the 4xx, these say nothing about the request itself

# "Cannot send an empty message" and "Invalid form body": what a layout is to who takes none.
LAYOUT_REFUSED = {50006, 50035}


class Unconfirmed(Exception):
    """Nobody can tell whether a message was posted; it may stand in the channel."""


async def send(
    place: Place[Sent], screen: Screen, attachments: Sequence[Attachment] = (), **extra: Any
) -> Sent:
    """Send a screen as a new message; as the start of its plain form, if its layout is refused.

    Parameters
    ----------
    place : callable
        Such as ``channel.send`` or ``interaction.response.send_message``.
    **extra
        What belongs to the place, such as ``ephemeral`` or ``nonce``.
    """

    async def post(**shown: Any) -> Sent:
        files = {"files": _files(attachments)} if attachments else {}
        kept = {**files, **extra}
        return await place(**shown, allowed_mentions=NO_PINGS, suppress_embeds=True, **kept)

    try:
        return await post(view=_view(screen, attachments))
    except discord.HTTPException as error:
        plain = _plain(screen) if error.code in LAYOUT_REFUSED else None
        if plain is None:
            raise
        LOG.warning("a layout was refused with code %d; sending plain text", error.code)
    return await post(content=plain)


async def edit(place: Place[Sent], screen: Screen, attachments: Sequence[Attachment] = ()) -> Sent:
    """Show a screen in place of what a message showed, its files included.

    Parameters
    ----------
    place : callable
        Such as ``interaction.edit_original_response``.
    """
    view, files = _view(screen, attachments), _files(attachments)
    # Without content, for a layout takes the place of plain text only where that goes.
    return await place(content=None, view=view, allowed_mentions=NO_PINGS, attachments=files)


async def send_once(
    place: Place[Sent],
    screen: Screen,
    *,
    nonce: str,
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    **extra: Any,
) -> Sent:
    """Send a screen, and try again when it is not known whether that worked.

    Discord takes a nonce once: a message that had arrived is returned, not posted again.

    Raises
    ------
    discord.HTTPException
        If Discord refused it each time it was asked; the message was not posted.
    Unconfirmed
        If that is not known of one of the tries.
    """
    refused_each_time = True

    async def try_once() -> Sent:
        nonlocal refused_each_time
        try:
            return await send(place, screen, nonce=nonce, **extra)
        except Exception as error:
            refused_each_time = refused_each_time and is_refusal(error)
            raise

    try:
        return await trying_again(try_once, sleep=sleep)
    except (*UNCERTAIN, discord.DiscordException) as error:
        if refused_each_time:
            raise
        raise Unconfirmed(describe_error(error)) from error


def is_refusal(error: Exception) -> bool:
    """Return whether Discord said that it will not do what was asked, and has not done it."""
    return (
        isinstance(error, discord.HTTPException)
        and 400 <= error.status < 500
        and error.status not in NO_REFUSAL
    )


async def trying_again(
    request: Callable[[], Awaitable[Sent]],
    *,
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> Sent:
    """Make a request that may be made twice, up to three times."""
    for seconds in RETRY_SECONDS:
        try:
            return await request()
        except UNCERTAIN:
            await sleep(seconds)
    return await request()


def say(line: Line) -> Screen:
    """Return the screen of one line."""
    return Screen((Row((line,)),))


def _plain(screen: Screen) -> str | None:
    """Return the first message of a screen's plain form; None if it has none."""
    try:
        return next(iter(plain_parts(screen)), None)
    except ValueError:  # what somebody typed may be longer than a message
        return None


def _view(screen: Screen, attachments: Sequence[Attachment]) -> discord.ui.LayoutView:
    view = make_view(screen)
    for attachment in attachments:  # a layout shows only the files that it names
        view.add_item(discord.ui.File(f"attachment://{attachment.name}"))
    return view


def _files(attachments: Sequence[Attachment]) -> list[discord.File]:
    return [discord.File(BytesIO(each.content), each.name) for each in attachments]
