"""``quoth run``: the bot on Discord."""

# ruff: noqa: D301, PLC0415 - click knows examples by \b; slow modules wait for the command to run

from __future__ import annotations

import gc
import os

import click

from bot.commands.context import current_settings
from bot.commands.options import data_option
from bot.settings import SettingError

NOT_SET = (
    "DISCORD_TOKEN is not set; it is the token of your application's bot, "
    "from https://discord.com/developers/applications"
)
NO_TOKEN = "DISCORD_TOKEN holds characters that no token has; copy it again"  # noqa: S105 - a message


@click.command("run", short_help="Run the bot on Discord.")
@data_option
def command() -> None:
    """Answer on Discord, until stopped with Ctrl-C or SIGTERM.

    DISCORD_TOKEN holds the bot's token. One bot at a time uses a data directory.

    \b
    Example:
      DISCORD_TOKEN=... quoth run
    """
    settings = current_settings()
    token = _check_token(settings.discord_token)

    import asyncio

    from bot.chat.addresses import use_addresses
    from bot.chat.lock import holding_lock
    from bot.chat.running import run_chat
    from bot.conversation.desk import open_desk
    from bot.logs import set_up_logging

    set_up_logging(settings.log, token)
    use_addresses(settings)
    desk = open_desk(settings)
    # What is loaded by now stays for good. Python would look through it for garbage every now and
    # then, and nobody would be answered for a tenth of a second.
    gc.freeze()
    with holding_lock(desk.directory):
        all_ended = asyncio.run(run_chat(desk, token, announce=click.echo))
    if not all_ended:
        # Python would wait for the thread. What it has confirmed is safe, as after a crash.
        os._exit(0)


def _check_token(token: str | None) -> str:
    """Return a token that can stand in a request; its characters are never repeated."""
    if token is None:
        raise SettingError(NOT_SET)
    if not token.isascii() or not token.isprintable() or " " in token:
        raise SettingError(NO_TOKEN)
    return token
