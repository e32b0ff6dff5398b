"""What a sweep can do to posted messages, and what Discord's refusals mean to it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta

import aiohttp
import discord

from bot.actions import read_custom_id
from bot.chat.messages import custom_ids
from bot.chat.sending import edit, send
from bot.rendering.screen import Screen
from bot.sweep import EditRefused, RefusalKind

MAX_LOOKED_AT = 1000  # newest messages, none from before a lost answer was made
TOO_MANY_EDITS = 30046
SEND_GONE = {10003, 10008, 50001, 50013}  # channel, message, access, permission
ARCHIVED = 50083  # a thread that was put away cannot be changed
GONE_STATUS = {403, 404}
RATE_LIMITED = 429


class DiscordEditor:
    """Edits messages of ours, replies to them, and finds one that was lost.

    Parameters
    ----------
    client : discord.Client
    """

    def __init__(self, client: discord.Client) -> None:
        self._client = client

    async def edit(self, channel_id: int, message_id: int, screen: Screen) -> None:
        """Show a screen in place of what a message shows."""
        message = self._channel(channel_id).get_partial_message(message_id)
        with translating_refusals():
            await edit(message.edit, screen)

    async def reply(self, channel_id: int, message_id: int, screen: Screen, *, nonce: str) -> None:
        """Reply to a message, once for each nonce."""
        channel = self._channel(channel_id)
        reference = channel.get_partial_message(message_id).to_reference(fail_if_not_exists=True)
        with translating_refusals():
            await send(channel.send, screen, nonce=nonce, reference=reference, mention_author=False)

    async def find_lost(self, channel_id: int, answer_key: str, *, since: datetime) -> int | None:
        """Return the message of Quoth's own whose buttons carry an answer's key, None if none.

        Newest first: an answer may have been posted long after it was made, but is looked for soon.
        """
        own = self._client.user
        # A channel that is gone holds none; one that cannot be read may hold it.
        with translating_refusals(), suppress(discord.NotFound):
            found = self._channel(channel_id).history(
                limit=MAX_LOOKED_AT, after=since, oldest_first=False
            )
            async for message in found:
                is_own = own is not None and message.author.id == own.id
                if is_own and answer_key in read_keys(message):
                    return message.id
        return None

    def _channel(self, channel_id: int) -> discord.PartialMessageable:
        return self._client.get_partial_messageable(channel_id)


def read_keys(message: discord.Message) -> set[str]:
    """Return the keys that a message's buttons carry."""
    targets = map(read_custom_id, custom_ids(message))
    return {target.key for target in targets if target is not None}


@contextmanager
def translating_refusals() -> Iterator[None]:
    """Raise what Discord and the line say as what a sweep understands."""
    try:
        yield
    except discord.RateLimited as error:
        raise EditRefused(RefusalKind.LATER, timedelta(seconds=error.retry_after)) from error
    except discord.HTTPException as error:
        raise _translate(error) from error
    except (aiohttp.ClientError, OSError) as error:
        raise EditRefused(RefusalKind.LATER) from error


def _translate(error: discord.HTTPException) -> EditRefused:
    if error.code == TOO_MANY_EDITS:
        return EditRefused(RefusalKind.TOO_OLD)
    if error.status == RATE_LIMITED:
        return EditRefused(RefusalKind.LATER, _retry_after(error))
    if error.status in GONE_STATUS or error.code in SEND_GONE or error.code == ARCHIVED:
        return EditRefused(RefusalKind.GONE)
    # What Discord says besides is an error of its own (5xx) or of ours; the queue tries again.
    return EditRefused(RefusalKind.LATER)


def _retry_after(error: discord.HTTPException) -> timedelta:
    """Return how long Discord wants us to wait, if it says so in a way that can be read."""
    try:
        return timedelta(seconds=float(error.response.headers.get("Retry-After", "0")))
    except ValueError:
        return timedelta()
