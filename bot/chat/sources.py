"""What Quoth has and keeps: ``/sources``, ``/source``, ``/help``, ``/privacy``."""

from __future__ import annotations

import discord
from discord import app_commands

from bot.chat.ask import SourceWords, suggest_sources
from bot.chat.delivery import answer
from bot.chat.service import Lane, Service
from bot.conversation import helping, privacy
from bot.conversation.actors import Actor
from bot.conversation.responses import Response
from bot.conversation.sources import browsing


def add_commands(tree: app_commands.CommandTree[discord.Client], service: Service) -> None:
    """Add what shows sources, help and what is kept to the tree."""

    async def suggest(
        interaction: discord.Interaction, typed: str
    ) -> list[app_commands.Choice[str]]:
        return await suggest_sources(service, interaction, typed)

    @tree.command(name="sources", description="See the articles that Quoth quotes from here")
    async def sources(interaction: discord.Interaction) -> None:
        async def work(actor: Actor) -> Response:
            return await service.call(Lane.ANSWERS, browsing.sources, actor)

        await answer(service, interaction, work)

    @tree.command(name="source", description="See what is known of one article, and from where")
    @app_commands.describe(article="Its title, or its id")
    @app_commands.autocomplete(article=suggest)
    async def source(interaction: discord.Interaction, article: SourceWords) -> None:
        async def work(actor: Actor) -> Response:
            return await service.call(Lane.ANSWERS, browsing.source, actor, article)

        await answer(service, interaction, work)

    @tree.command(name="help", description="What Quoth does, and how to ask")
    async def help_(interaction: discord.Interaction) -> None:
        async def work(actor: Actor) -> Response:
            return await service.call(Lane.ANSWERS, helping.show_help, actor)

        await answer(service, interaction, work)

    @tree.command(name="privacy", description="What is kept about you here, and deleting it")
    async def privacy_(interaction: discord.Interaction) -> None:
        async def work(actor: Actor) -> Response:
            return await service.call(Lane.ANSWERS, privacy.privacy, actor)

        await answer(service, interaction, work)
