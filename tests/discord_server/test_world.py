"""The world that scenarios start from is as they are told."""

from __future__ import annotations

from pathlib import Path

from tests.discord_server import permissions
from tests.discord_server.server import StandIn
from tests.discord_server.world import build_world, prepare_data


def test_people_may_do_what_their_names_say(tmp_path: Path) -> None:
    world = build_world(StandIn(), tmp_path / "data")

    def may(member: object, name: str) -> bool:
        return bool(world.channel.permissions_of(member) & permissions.to_bits([name]))

    assert not may(world.asker, "manage_messages")
    assert may(world.moderator, "manage_messages")
    assert not may(world.role_moderator, "manage_messages")
    assert may(world.administrator, "manage_guild")
    assert world.moderators_channel.permissions_of(world.asker) == 0
    assert world.moderators_channel.permissions_of(world.guild.bot) & permissions.SEND


async def test_the_articles_answer_an_operator(tmp_path: Path) -> None:
    async with StandIn() as server:
        world = build_world(server, tmp_path / "data")
        prepare_data(world, tmp_path / "articles", tmp_path / "data")
        code, printed = await world.quoth(
            "ask", "How many cranes were abandoned?", "--collection", world.collection
        )

    assert code == 0
    assert "54 abandoned cranes" in printed
