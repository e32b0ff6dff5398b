"""For administrators: ``/corpus`` and ``/settings``.

Discord shows these to members with Manage Server, and to those whom the server's owner named on
its Integrations page; both are checked again at each use.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence

import discord
from discord import app_commands

from bot.catalogue.administering import REASONS, CorpusRefusal, WithdrawReason
from bot.catalogue.lines import Line
from bot.catalogue.parameters import Number
from bot.chat.ask import SourceWords, suggest_sources
from bot.chat.delivery import answer
from bot.chat.sending import UNCERTAIN
from bot.chat.service import Lane, Service
from bot.conversation.actors import Actor
from bot.conversation.desk import Refused
from bot.conversation.responses import Response
from bot.conversation.servers import CORPUS_COMMAND, SETTINGS_COMMAND
from bot.conversation.settings import settling
from bot.conversation.sources import adding, administering, suggesting, withdrawing
from bot.logs import describe_error

LOG = logging.getLogger(__name__)

ADMINISTRATORS = discord.Permissions(manage_guild=True)

Tree = app_commands.CommandTree[discord.Client]
Reason = [
    app_commands.Choice(name=Line(REASONS[reason]).text, value=reason.value)
    for reason in WithdrawReason
]


def add_commands(tree: Tree, service: Service) -> None:
    """Add what administrators use to the tree."""
    corpus = app_commands.Group(
        name=CORPUS_COMMAND,
        description="Change what Quoth quotes from here, for administrators",
        default_permissions=ADMINISTRATORS,
    )
    _add_adding(corpus, service)
    _add_withdrawing(corpus, service)
    tree.add_command(corpus)

    @tree.command(name=SETTINGS_COMMAND, description="How Quoth answers here, for administrators")
    @app_commands.default_permissions(manage_guild=True)
    async def settings(interaction: discord.Interaction) -> None:
        async def work(actor: Actor) -> Response:
            return await service.call(Lane.ANSWERS, settling.settings, actor)

        await answer(service, interaction, work, command=SETTINGS_COMMAND)


def _add_adding(corpus: app_commands.Group, service: Service) -> None:
    @corpus.command(name="add", description="Add articles, or new versions of articles")
    @app_commands.describe(
        file="A text, Markdown or JSON lines file", **{f"file{n}": "Another" for n in range(2, 6)}
    )
    async def add(
        interaction: discord.Interaction,
        file: discord.Attachment,
        file2: discord.Attachment | None = None,
        file3: discord.Attachment | None = None,
        file4: discord.Attachment | None = None,
        file5: discord.Attachment | None = None,
    ) -> None:
        given = [each for each in (file, file2, file3, file4, file5) if each is not None]

        async def work(actor: Actor) -> Response:
            sizes = [each.size for each in given]
            await service.call(Lane.ANSWERS, adding.check_adding, actor, sizes)
            files = await fetch(given)
            return await service.call(Lane.LONG, adding.add_files, actor, files)

        await answer(service, interaction, work, command=CORPUS_COMMAND)

    @corpus.command(name="status", description="See how much there is, and how much may be added")
    async def status(interaction: discord.Interaction) -> None:
        async def work(actor: Actor) -> Response:
            return await service.call(Lane.ANSWERS, administering.status, actor)

        await answer(service, interaction, work, command=CORPUS_COMMAND)


def _add_withdrawing(corpus: app_commands.Group, service: Service) -> None:
    async def suggest(
        interaction: discord.Interaction, typed: str
    ) -> list[app_commands.Choice[str]]:
        return await suggest_sources(service, interaction, typed)

    async def suggest_withdrawn(
        interaction: discord.Interaction, typed: str
    ) -> list[app_commands.Choice[str]]:
        find = suggesting.suggest_withdrawn
        return await suggest_sources(service, interaction, typed, find=find, command=CORPUS_COMMAND)

    @corpus.command(name="withdraw", description="Stop quoting an article; its text is kept")
    @app_commands.describe(article="Its title, or its id", reason="Why")
    @app_commands.autocomplete(article=suggest)
    @app_commands.choices(reason=Reason)
    async def withdraw(interaction: discord.Interaction, article: SourceWords, reason: str) -> None:
        async def work(actor: Actor) -> Response:
            why = WithdrawReason(reason)
            return await service.call(Lane.ANSWERS, withdrawing.withdraw, actor, article, why)

        await answer(service, interaction, work, command=CORPUS_COMMAND)

    @corpus.command(name="restore", description="Quote a withdrawn article again")
    @app_commands.describe(article="Its title, or its id")
    @app_commands.autocomplete(article=suggest_withdrawn)
    async def restore(interaction: discord.Interaction, article: SourceWords) -> None:
        async def work(actor: Actor) -> Response:
            return await service.call(Lane.ANSWERS, withdrawing.restore, actor, article)

        await answer(service, interaction, work, command=CORPUS_COMMAND)


async def fetch(given: Sequence[discord.Attachment]) -> list[tuple[str, bytes]]:
    """Return the names and bytes of files, in order.

    Raises
    ------
    Refused
        If Discord does not give one of them, such as one that was deleted meanwhile.
    """
    files = []
    for number, each in enumerate(given, start=1):
        try:
            files.append((each.filename, await each.read()))
        except (discord.HTTPException, *UNCERTAIN) as error:
            LOG.warning("attachment %d not fetched: %s", each.id, describe_error(error))
            raise Refused(Line(CorpusRefusal.NOT_FETCHED, (Number(number),))) from error
    return files
