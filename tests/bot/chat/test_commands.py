"""Which commands Discord is told of, for whom, and when."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest.mock import AsyncMock

import discord
import pytest

from bot.chat.client import QuothClient
from bot.chat.commands import QuothTree, digest_commands, sync_commands
from bot.chat.service import Service
from tests.bot.conversation.desks import make_desk

MANAGE_SERVER = discord.Permissions(manage_guild=True).value
MENUS = {"Find sources", "Verify this answer", "Retract this answer"}
FOR_ALL = {"ask", "sources", "source", "help", "privacy", "review", "audit"}
FOR_ADMINISTRATORS = {"corpus", "settings"}


@pytest.fixture
def service(tmp_path: Path) -> Service:
    """Return a service at a desk with one server."""
    return Service(make_desk(tmp_path))


@pytest.fixture
def client(service: Service) -> QuothClient:
    """Return a client that is not connected."""
    return QuothClient(service, print)


@pytest.fixture
def tree(client: QuothClient) -> QuothTree:
    """Return the client's tree."""
    return client._tree


def told(tree: QuothTree) -> list[dict[str, Any]]:
    """Return what Discord is told."""
    return [dict(command.to_dict(tree)) for command in tree.get_commands()]


def walk(command: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield a command, its parts and its options."""
    yield command
    for option in command.get("options", []):
        yield from walk(option)


def test_all_that_is_promised_is_there(tree: QuothTree) -> None:
    names = {command["name"] for command in told(tree)}
    (corpus,) = (command for command in told(tree) if command["name"] == "corpus")

    assert names == MENUS | FOR_ALL | FOR_ADMINISTRATORS
    assert {part["name"] for part in corpus["options"]} == {"add", "withdraw", "restore", "status"}


def test_ask_has_the_options_that_are_promised(tree: QuothTree) -> None:
    (ask,) = (command for command in told(tree) if command["name"] == "ask")
    options = {option["name"]: option for option in ask["options"]}

    assert list(options) == ["question", "source", "from", "to", "private"]
    assert [name for name, option in options.items() if option["required"]] == ["question"]
    assert options["question"]["max_length"] == 1000
    assert options["source"]["autocomplete"]


def test_everything_is_for_servers_only(tree: QuothTree) -> None:
    """Installed on a server, and used there: nobody carries Quoth into other people's chats."""
    for command in told(tree):
        assert command["integration_types"] == [0], command["name"]
        assert command["contexts"] == [0], command["name"]


def test_only_administrators_see_what_is_theirs(tree: QuothTree) -> None:
    """What moderators use is seen by all, since a role of the settings counts as well."""
    for command in told(tree):
        for_them = command["name"] in FOR_ADMINISTRATORS
        assert command["default_member_permissions"] == (MANAGE_SERVER if for_them else None)


def test_every_description_fits(tree: QuothTree) -> None:
    for command in told(tree):
        for part in walk(command):
            if part.get("type") != 3 or "description" in part:
                assert len(part.get("description", "")) <= 100
            assert len(part["name"]) <= 32


def test_commands_are_told_once(service: Service, tree: QuothTree) -> None:
    """Discord counts how often a bot declares its commands."""
    tree.sync = AsyncMock()  # type: ignore[method-assign]

    async def scenario() -> list[bool]:
        first = await sync_commands(tree, service)
        second = await sync_commands(tree, service)

        @tree.command(name="new", description="A command of the next version")
        async def new(interaction: discord.Interaction) -> None:
            """Do nothing: it is declared, and never used."""

        third = await sync_commands(tree, service)
        await service.finish(1)
        return [first, second, third]

    assert asyncio.run(scenario()) == [True, False, True]
    assert tree.sync.await_count == 2


def test_commands_that_discord_refused_are_told_again(service: Service, tree: QuothTree) -> None:
    tree.sync = AsyncMock(side_effect=[OSError(), []])  # type: ignore[method-assign]

    async def scenario() -> bool:
        with pytest.raises(OSError):  # noqa: PT011 - the very one above
            await sync_commands(tree, service)
        again = await sync_commands(tree, service)
        await service.finish(1)
        return again

    assert asyncio.run(scenario())


def test_the_same_commands_have_the_same_digest(tmp_path: Path, tree: QuothTree) -> None:
    other = QuothClient(Service(make_desk(tmp_path / "other")), print)

    assert digest_commands(other._tree) == digest_commands(tree)


def test_nothing_privileged_is_listened_to(client: QuothClient) -> None:
    listened = {name for name, wanted in client.intents if wanted}

    assert listened == {"guilds", "guild_messages"}


def test_nothing_is_kept_of_members_and_messages(client: QuothClient) -> None:
    """Memory stays flat, however many servers talk."""
    assert client._connection._messages is None
    assert client._connection.member_cache_flags == discord.MemberCacheFlags.none()
    assert client.allowed_mentions is not None
    assert client.allowed_mentions.to_dict() == {"parse": []}
