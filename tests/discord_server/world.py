"""A ready-made world for scenario tests: two guilds, their people, and a running bot."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.ledger import servers
from bot.ledger.schema import LEDGER_SCHEMA
from bot.ledger.servers import ServerSettings
from corpus.directory import DataDirectory
from corpus.ingest import ingest
from retrieval.indexing.rebuilding import rebuild_index
from tests.discord_server.guilds import Channel, Guild, Role
from tests.discord_server.people import Member
from tests.discord_server.process import BotProcess
from tests.discord_server.server import StandIn
from tests.stores import open_store
from tests.stories import FERRY, HARBOUR

ARTICLES = {"harbour": HARBOUR, "ferry": FERRY}
# Wide enough that a module's tests may share one bot; a test of limits sets its own.
SETTINGS = {"member_questions": 100, "server_questions": 1000}
HEAD = """---
title: About the {name}
publisher: Varnholm Courier
published: 2024-04-30
url: https://example.org/{name}
language: en
---

"""


@dataclass(frozen=True)
class World:
    """One guild with articles, another where nobody has added any, and who lives there."""

    server: StandIn
    bot: BotProcess
    guild: Guild
    channel: Channel
    other_channel: Channel
    moderators_channel: Channel
    reviewers: Role  # made moderators by the settings
    asker: Member
    stranger: Member
    moderator: Member  # by Manage Messages
    role_moderator: Member
    administrator: Member  # by Manage Server
    elsewhere: Guild
    elsewhere_channel: Channel
    outsider: Member
    outside_administrator: Member

    @property
    def collection(self) -> str:
        """The collection of the first guild."""
        return f"{servers.OWN_PREFIX}{self.guild.id}"

    def newcomer(self, name: str = "Newcomer", *permissions: str) -> Member:
        """Add a member of whom the bot has never heard."""
        return self.guild.add_member(name, *permissions)

    async def quoth(self, *arguments: str) -> tuple[int, str]:
        """Run an operator's command on the bot's data; return its code and what it printed."""
        return await self.bot.quoth(*arguments)


def build_world(server: StandIn, data: Path, **settings: str) -> World:
    """Return a world whose bot is not started and whose data is not there yet."""
    guild, elsewhere = server.add_guild("Varnholm readers"), server.add_guild("Elsewhere")
    moderators_channel = guild.add_channel("moderators")
    reviewers = guild.add_role("Reviewers")
    world = World(
        server=server,
        bot=BotProcess(server, data, settings=settings),
        guild=guild,
        channel=guild.add_channel("general"),
        other_channel=guild.add_channel("off-topic"),
        moderators_channel=moderators_channel,
        reviewers=reviewers,
        asker=guild.add_member("Asker"),
        stranger=guild.add_member("Stranger"),
        moderator=guild.add_member("Moderator", "manage_messages"),
        role_moderator=guild.add_member("Reviewer", roles=(reviewers,)),
        administrator=guild.add_member("Administrator", "manage_guild"),
        elsewhere=elsewhere,
        elsewhere_channel=elsewhere.add_channel("general"),
        outsider=elsewhere.add_member("Outsider"),
        outside_administrator=elsewhere.add_member("Outside", "manage_guild", "manage_messages"),
    )
    moderators_channel.deny(guild.everyone, "view_channel")
    for who in (guild.bot, world.moderator, reviewers, world.administrator):
        moderators_channel.permit(who, "view_channel")
    return world


def prepare_data(world: World, folder: Path, data: Path) -> None:
    """Add the articles as ``quoth corpus add`` does, and settings as an administrator would."""
    folder.mkdir()
    for name, text in ARTICLES.items():
        (folder / f"{name}.md").write_text(HEAD.format(name=name) + text, encoding="utf-8")
    directory, now = DataDirectory(data), datetime.now(UTC)
    store = open_store(directory, [LEDGER_SCHEMA])
    report = ingest(store, [folder], collection=world.collection, at=now, by="operator")
    assert not report.refused
    rebuild_index(store, directory, world.collection)
    with store.transaction() as connection:
        servers.join(connection, world.guild.id, at=now)
        settings = ServerSettings(
            moderator_roles=(world.reviewers.id,),
            moderators_channel=world.moderators_channel.id,
            **SETTINGS,
        )
        servers.save_settings(connection, world.guild.id, settings)


@asynccontextmanager
async def open_world(
    folder: Path, description: Path | None, **settings: str
) -> AsyncIterator[World]:
    """Run a whole world on an empty folder, and judge what the bot sent when it is over."""
    server = StandIn(description)
    world = build_world(server, folder / "data", **settings)
    await server.start()
    try:
        prepare_data(world, folder / "articles", folder / "data")
        await world.bot.start()
        yield world
        await world.bot.stop()
    finally:
        await world.bot.end()
        await server.stop()
    judge_world(world)


def judge_world(world: World) -> None:
    """Fail if the bot sent what Discord or our promises forbid, pinged, or let a link unfold."""
    server = world.server
    assert server.violations == []
    assert server.pings == []
    shown = [each for each in server.state.messages.values() if each.author.bot]
    assert [each for each in shown if each.previews] == []
