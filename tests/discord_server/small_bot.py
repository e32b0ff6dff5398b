"""A bot of few lines on the real discord.py, to try the stand-in with."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import discord
import yarl
from discord import app_commands

from tests.discord_server.server import StandIn

NO_PINGS = discord.AllowedMentions.none()


class NoteForm(discord.ui.Modal, title="A note"):
    """Asks for one text and answers with it."""

    note = discord.ui.Label(
        text="Your note", component=discord.ui.TextInput(custom_id="note", max_length=50)
    )

    async def on_submit(self, interaction: discord.Interaction) -> None:
        """Answer with what was typed."""
        typed = interaction.data["components"][0]["component"]["value"]
        await interaction.response.send_message(f"noted {typed}", ephemeral=True)


class Panel(discord.ui.LayoutView):
    """A layout with a text, two buttons and two selects."""

    def __init__(self, text: str) -> None:
        super().__init__(timeout=None)
        self.add_item(discord.ui.TextDisplay(text))
        row = discord.ui.ActionRow()
        row.add_item(discord.ui.Button(label="Note", custom_id="note"))
        row.add_item(discord.ui.Button(label="Change", custom_id="change"))
        self.add_item(row)
        options = [discord.SelectOption(label="Red", value="r"), discord.SelectOption(label="Blue")]
        self.add_item(discord.ui.ActionRow(discord.ui.Select(custom_id="colour", options=options)))
        self.add_item(discord.ui.ActionRow(discord.ui.ChannelSelect(custom_id="where")))


class SmallBot(discord.Client):
    """Echoes what it hears, in every way that Discord has."""

    def __init__(self, **options: object) -> None:
        intents = discord.Intents(guilds=True, guild_messages=True)
        super().__init__(intents=intents, allowed_mentions=NO_PINGS, **options)
        self.tree = app_commands.CommandTree(self)
        self.heard: list[str] = []
        declare_commands(self.tree)

    async def setup_hook(self) -> None:
        """Declare the commands."""
        await self.tree.sync()

    async def on_message(self, message: discord.Message) -> None:
        """Note every message, and reply to those that mention the bot."""
        self.heard.append(message.content)
        if self.user in message.mentions and not message.author.bot:
            await message.reply(f"heard {message.clean_content}", mention_author=False)

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        """Answer clicks and choices."""
        if interaction.type is not discord.InteractionType.component:
            return
        custom_id = interaction.data["custom_id"]
        if custom_id == "note":
            await interaction.response.send_modal(NoteForm())
        elif custom_id == "change":
            await interaction.response.defer()
            await interaction.edit_original_response(view=Panel("changed"))
        else:
            chosen = ", ".join(interaction.data["values"])
            await interaction.response.edit_message(view=Panel(f"chose {chosen}"))


def declare_commands(tree: app_commands.CommandTree) -> None:
    """Add the commands that the tests use."""

    @tree.command(description="Say something after a while")
    async def echo(interaction: discord.Interaction, text: str, private: bool = True) -> None:
        await interaction.response.defer(ephemeral=private)
        await interaction.edit_original_response(content=text)

    @tree.command(description="Say something twice")
    async def twice(interaction: discord.Interaction, text: str) -> None:
        await interaction.response.defer(ephemeral=True)
        await interaction.followup.send(text)
        await interaction.followup.send(text, ephemeral=False)

    @tree.command(description="Show a panel")
    async def panel(interaction: discord.Interaction) -> None:
        await interaction.response.send_message(view=Panel("as it was"))

    @tree.command(description="Post in the channel")
    @app_commands.default_permissions(manage_messages=True)
    async def post(interaction: discord.Interaction, file: discord.Attachment) -> None:
        await interaction.response.defer(ephemeral=True)
        await interaction.channel.send(file=discord.File(await to_stream(file), "copy.txt"))
        await interaction.delete_original_response()

    @echo.autocomplete("text")
    async def suggest(
        interaction: discord.Interaction, typed: str
    ) -> list[app_commands.Choice[str]]:
        del interaction
        return [app_commands.Choice(name=f"{typed}{end}", value=typed + end) for end in "ab"]

    group = app_commands.Group(name="things", description="Things")

    @group.command(description="Name them")
    async def name(
        interaction: discord.Interaction, who: discord.Member, role: discord.Role, count: int
    ) -> None:
        await interaction.response.send_message(f"{who.display_name} {role.name} {count}")

    tree.add_command(group)

    @tree.context_menu(name="Repeat")
    async def repeat(interaction: discord.Interaction, message: discord.Message) -> None:
        await interaction.response.send_message(message.content, ephemeral=True)


async def to_stream(file: discord.Attachment) -> io.BytesIO:
    """Download a file."""
    return io.BytesIO(await file.read())


@asynccontextmanager
async def running(server: StandIn, **options: object) -> AsyncIterator[SmallBot]:
    """Run the bot against a stand-in, on the same loop."""
    route, socket = discord.http.Route, discord.gateway.DiscordWebSocket
    usual = route.BASE, socket.DEFAULT_GATEWAY
    route.BASE, socket.DEFAULT_GATEWAY = server.api, yarl.URL(server.gateway_url)
    bot = SmallBot(**options)
    task = asyncio.create_task(bot.start(server.token))
    ready = asyncio.create_task(server.ready())
    try:
        await asyncio.wait({task, ready}, return_when=asyncio.FIRST_COMPLETED)
        if task.done():
            ready.cancel()
            await task
        yield bot
    finally:
        await bot.close()
        await asyncio.wait({task})
        route.BASE, socket.DEFAULT_GATEWAY = usual
