"""Routes of the application itself: who it is, its commands, its guilds."""

from __future__ import annotations

from typing import Any

from tests.discord_server import payloads
from tests.discord_server.form_limits import find_command_faults
from tests.discord_server.guilds import Guild
from tests.discord_server.refusals import Refused
from tests.discord_server.rest import Request, Rest, Route
from tests.discord_server.state import Payload, State

APPLICATION = "/applications/{application_id}"
COMMANDS = f"{APPLICATION}/commands"
GUILD_COMMANDS = f"{APPLICATION}/guilds/{{guild_id}}/commands"
GUILD = "/guilds/{guild_id}"


class ApplicationRoutes:
    """Serves what a bot asks about itself and its guilds, and the commands it declares."""

    def __init__(self, state: State, rest: Rest) -> None:
        self._state, self._rest = state, rest

    def routes(self) -> list[Route]:
        """Return the routes."""
        state = self._state
        return [
            ("GET", "/users/@me", lambda _: payloads.bot_user(state)),
            ("GET", "/users/@me/guilds", lambda _: [partial(each) for each in guilds(state)]),
            ("DELETE", "/users/@me/guilds/{guild_id}", lambda r: self._guild(r).remove_bot()),
            ("GET", "/oauth2/applications/@me", lambda _: payloads.application(state)),
            ("GET", "/applications/@me", lambda _: payloads.application(state)),
            ("GET", "/gateway", lambda _: {"url": self._gateway_url()}),
            ("GET", "/gateway/bot", lambda _: self._gateway_bot()),
            ("GET", COMMANDS, lambda _: list(state.commands.values())),
            ("PUT", COMMANDS, self._put_commands),
            ("GET", GUILD_COMMANDS, lambda r: list(self._of_guild(r).values())),
            ("PUT", GUILD_COMMANDS, self._put_guild_commands),
            ("GET", f"{GUILD_COMMANDS}/permissions", self._list_permissions),
            ("GET", f"{GUILD_COMMANDS}/{{command_id}}/permissions", self._get_permissions),
            ("GET", GUILD, lambda r: payloads.guild(self._guild(r))),
            ("GET", f"{GUILD}/channels", self._list_channels),
            ("GET", f"{GUILD}/roles", self._list_roles),
            ("GET", f"{GUILD}/members/{{user_id}}", self._get_member),
        ]

    def _gateway_url(self) -> str:
        return self._state.origin.replace("http", "ws") + "/gateway"

    def _gateway_bot(self) -> Payload:
        limit = {"total": 1000, "remaining": 999, "reset_after": 0, "max_concurrency": 1}
        return {"url": self._gateway_url(), "shards": 1, "session_start_limit": limit}

    def _guild(self, request: Request) -> Guild:
        guild = self._state.guilds.get(request.id("guild_id"))
        if guild is None:
            raise Refused(10004)
        return guild

    def _of_guild(self, request: Request) -> dict[int, Payload]:
        return self._state.guild_commands.setdefault(self._guild(request).id, {})

    def _put_commands(self, request: Request) -> Any:
        return self._replace(request, self._state.commands, None)

    def _put_guild_commands(self, request: Request) -> Any:
        return self._replace(request, self._of_guild(request), self._guild(request))

    def _replace(
        self, request: Request, known: dict[int, Payload], guild: Guild | None
    ) -> list[Payload]:
        declared: list[Payload] = request.body.payload or []
        self._rest.object_all(request, find_command_faults(declared))
        ids = {(each["type"], each["name"]): id_ for id_, each in known.items()}
        known.clear()
        for command in declared:
            key = (command.get("type", 1), command["name"])
            id_ = ids.get(key) or self._state.ids.take()  # a command of the same name keeps its id
            known[id_] = self._complete(command, id_, guild)
        return list(known.values())

    def _complete(self, command: Payload, id_: int, guild: Guild | None) -> Payload:
        permissions = command.get("default_member_permissions")
        whole = {
            "type": 1,
            "description": "",
            "dm_permission": True,
            "nsfw": False,
            **command,
            "id": str(id_),
            "application_id": str(self._state.application_id),
            "version": str(self._state.ids.take()),
            "default_member_permissions": None if permissions is None else str(permissions),
        }
        return whole if guild is None else {**whole, "guild_id": str(guild.id)}

    def _list_permissions(self, request: Request) -> Any:
        guild = self._guild(request)
        return [
            self._describe_override(guild, each["id"], each["name"])
            for each in [*self._of_guild(request).values(), *self._state.commands.values()]
            if each["name"] in guild.overrides
        ]

    def _get_permissions(self, request: Request) -> Any:
        guild, id_ = self._guild(request), request.id("command_id")
        command = self._of_guild(request).get(id_) or self._state.commands.get(id_)
        if command is None:
            raise Refused(10063)
        if command["name"] not in guild.overrides:
            raise Refused(10066)
        return self._describe_override(guild, str(id_), command["name"])

    def _describe_override(self, guild: Guild, command_id: str, name: str) -> Payload:
        return {
            "id": command_id,
            "application_id": str(self._state.application_id),
            "guild_id": str(guild.id),
            "permissions": [
                {"id": str(id_), "type": kind, "permission": allowed}
                for id_, (kind, allowed) in guild.overrides[name].items()
            ],
        }

    def _list_channels(self, request: Request) -> Any:
        channels = self._guild(request).channels.values()
        return [payloads.channel(each) for each in channels if not each.deleted]

    def _list_roles(self, request: Request) -> Any:
        return [payloads.role(each) for each in self._guild(request).roles.values()]

    def _get_member(self, request: Request) -> Any:
        member = self._guild(request).members.get(request.id("user_id"))
        if member is None:
            raise Refused(10007)
        return payloads.member(member)


def guilds(state: State) -> list[Guild]:
    """Return the guilds the bot is in."""
    return list(state.guilds.values())


def partial(guild: Guild) -> Payload:
    """Return a guild as the list of the bot's guilds has it."""
    bits = str(guild.permissions_of(guild.bot))
    return {
        "id": str(guild.id),
        "name": guild.name,
        "icon": None,
        "banner": None,
        "owner": False,
        "permissions": bits,
        "features": [],
    }
