"""All commands: registered for servers only, and told to Discord when they have changed."""

from __future__ import annotations

import hashlib
import json
import logging

import discord
from discord import app_commands

from bot.catalogue.lines import Line
from bot.catalogue.refusals import Refusal
from bot.chat import administration, ask, review, sources
from bot.chat.delivery import excuse
from bot.chat.service import Lane, Service
from bot.conversation.desk import Desk, Refused
from bot.ledger.marks import read_mark, write_mark

LOG = logging.getLogger(__name__)

MARK = "commands"  # what Discord was told last

Tree = app_commands.CommandTree[discord.Client]


class QuothTree(app_commands.CommandTree[discord.Client]):
    """The commands, for servers only: installed there, and used there."""

    def __init__(self, client: discord.Client) -> None:
        super().__init__(
            client,
            allowed_contexts=app_commands.AppCommandContext(
                guild=True, dm_channel=False, private_channel=False
            ),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=False),
        )

    async def on_error(
        self, interaction: discord.Interaction, error: app_commands.AppCommandError
    ) -> None:
        """Say that a command is not as it was: an update may have changed it meanwhile."""
        if isinstance(error, app_commands.CommandNotFound | app_commands.CommandSignatureMismatch):
            await excuse(interaction, Refused(Line(Refusal.CHANGED)))
        else:
            await excuse(interaction, error)


def build_tree(client: discord.Client, service: Service) -> QuothTree:
    """Return the tree of all commands and menus."""
    tree = QuothTree(client)
    for module in (ask, sources, review, administration):
        module.add_commands(tree, service)
    return tree


async def sync_commands(tree: QuothTree, service: Service) -> bool:
    """Tell Discord the commands, unless it was told the same before; return whether it was told."""
    application = tree.client.application_id
    told = f"{application} {digest_commands(tree)}"
    if await service.do(Lane.QUICK, _read_told) == told:
        return False
    await tree.sync()
    await service.do(Lane.QUICK, lambda desk: _write_told(desk, told))
    LOG.info("Discord was told the commands")
    return True


def digest_commands(tree: QuothTree) -> str:
    """Return a hash of all that Discord is told of the commands."""
    payload = [command.to_dict(tree) for command in tree.get_commands()]
    return hashlib.sha256(json.dumps(payload, sort_keys=True).encode()).hexdigest()


def _read_told(desk: Desk) -> str | None:
    with desk.store.reading() as connection:
        return read_mark(connection, MARK)


def _write_told(desk: Desk, told: str) -> None:
    with desk.store.transaction() as connection:
        write_mark(connection, MARK, told)
