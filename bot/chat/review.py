"""For moderators: the menus that check and take back an answer, ``/review`` and ``/audit``.

The commands stand in everybody's list, since a role of ``/settings`` counts as well as Discord's
permissions; who may is checked each time.
"""

from __future__ import annotations

import discord
from discord import app_commands

from bot.chat.delivery import answer
from bot.chat.service import Lane, Service
from bot.conversation.actors import Actor
from bot.conversation.answers import verifying
from bot.conversation.responses import Response, Way
from bot.conversation.reviews import auditing, retracting, reviewing


def add_commands(tree: app_commands.CommandTree[discord.Client], service: Service) -> None:
    """Add what moderators use to the tree."""

    @tree.context_menu(name="Verify this answer")
    async def verify(interaction: discord.Interaction, message: discord.Message) -> None:
        async def work(actor: Actor) -> Response:
            return await service.call(Lane.ANSWERS, verifying.verify_message, actor, message.id)

        await answer(service, interaction, work)

    @tree.context_menu(name="Retract this answer")
    async def retract(interaction: discord.Interaction, message: discord.Message) -> None:
        async def work(actor: Actor) -> Response:
            return await service.call(Lane.QUICK, retracting.retract_form, actor, message.id)

        await answer(service, interaction, work, way=Way.FORM)

    @tree.command(name="review", description="See what members reported, for moderators")
    async def review(interaction: discord.Interaction) -> None:
        async def work(actor: Actor) -> Response:
            return await service.call(Lane.ANSWERS, reviewing.review, actor, 1)

        await answer(service, interaction, work)

    @tree.command(name="audit", description="See who did what, and when, for moderators")
    async def audit(interaction: discord.Interaction) -> None:
        async def work(actor: Actor) -> Response:
            return await service.call(Lane.ANSWERS, auditing.audit, actor)

        await answer(service, interaction, work)
