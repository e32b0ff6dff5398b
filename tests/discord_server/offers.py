"""What Discord's own client offers a member: commands, options, buttons; and what it refuses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.discord_server import payloads, permissions
from tests.discord_server.guilds import Channel, Role
from tests.discord_server.messages import BUTTON, LINK_STYLE, Component, Message, Pick
from tests.discord_server.people import Member
from tests.discord_server.state import Payload

if TYPE_CHECKING:
    from tests.discord_server.writing import Writer

SUBCOMMANDS = (1, 2)
STRING, INTEGER, BOOLEAN, USER, CHANNEL, ROLE, NUMBER, ATTACHMENT = 3, 4, 5, 6, 7, 8, 10, 11
PYTHON_TYPES: dict[int, tuple[type, ...]] = {
    STRING: (str,),
    INTEGER: (int,),
    BOOLEAN: (bool,),
    NUMBER: (int, float),
}
STRING_SELECT, USER_SELECT, ROLE_SELECT, CHANNEL_SELECT = 3, 5, 6, 8


class NotOffered(AssertionError):
    """The member's own client would not let them do this."""


@dataclass(frozen=True)
class Upload:
    """A file given to a command."""

    filename: str
    data: bytes


@dataclass(eq=False)
class Filling:
    """Options or values on their way into an interaction, with what they point at."""

    channel: Channel
    writer: Writer
    resolved: dict[str, dict[str, Payload]]

    def point(self, value: object) -> str:
        """Return the id of what is pointed at, and keep its record."""
        if isinstance(value, Member):
            self._keep("members", value.id, payloads.bare_member(value))
            return self._keep("users", value.id, payloads.user(value))
        if isinstance(value, Role):
            return self._keep("roles", value.id, payloads.role(value))
        if isinstance(value, Channel):
            return self._keep("channels", value.id, {**payloads.channel(value), "permissions": "0"})
        if isinstance(value, Upload):
            file = self.writer.attach(self.channel, value.filename, value.data)
            return self._keep("attachments", file.id, payloads.attachment(file))
        raise NotOffered(f"{value!r} is no member, role, channel or file")

    def _keep(self, kind: str, id_: int, payload: Payload) -> str:
        self.resolved.setdefault(kind, {})[str(id_)] = payload
        return str(id_)


def check_may_use(command: Payload, member: Member, channel: Channel) -> None:
    """Refuse a command that the member's client does not show there.

    References
    ----------
    https://discord.com/developers/docs/interactions/application-commands#permissions
    """
    bits = channel.permissions_of(member)
    if not bits & permissions.VIEW or not bits & permissions.USE_COMMANDS:
        raise NotOffered(f"{member.name} may use no commands in #{channel.name}")
    if bits & permissions.ADMINISTRATOR:
        return
    override = find_override(command["name"], member, channel)
    needed = int(command.get("default_member_permissions") or 0)
    by_default = bits & needed == needed and command.get("default_member_permissions") != "0"
    if not (by_default if override is None else override):
        raise NotOffered(f"{member.name} may not use {command['name']}")


def find_override(name: str, member: Member, channel: Channel) -> bool | None:
    """Return what the Integrations page says for this member, or None where it is silent."""
    rules = channel.guild.overrides.get(name, {})
    if rules.get(channel.id, (3, True))[1] is False:
        return False
    if member.id in rules:
        return rules[member.id][1]
    roles = [rules[role.id][1] for role in member.roles if role.id in rules]
    if roles:
        return any(roles)
    everyone = rules.get(channel.guild.id)
    return None if everyone is None else everyone[1]


def descend(command: Payload, path: list[str]) -> tuple[list[Payload], Payload]:
    """Return the groups and subcommand on a path, and the last of them, which has the options."""
    passed, node = [], command
    for name in path:
        nested = [each for each in node.get("options") or [] if each["type"] in SUBCOMMANDS]
        found = next((each for each in nested if each["name"] == name), None)
        if found is None:
            raise NotOffered(f"{command['name']} has no {' '.join(path)}")
        passed.append(found)
        node = found
    if any(each["type"] in SUBCOMMANDS for each in node.get("options") or []):
        raise NotOffered(f"{node['name']} needs a subcommand")
    return passed, node


def fill_options(
    node: Payload, values: dict[str, Any], filling: Filling, *, focused: str | None, forge: bool
) -> list[Payload]:
    """Return a command's options as filled in; forged or still focused ones are not checked."""
    declared = {each["name"]: each for each in node.get("options") or []}
    if unknown := values.keys() - declared.keys():
        raise NotOffered(f"{node['name']} has no option {sorted(unknown)}")
    needed = {name for name, each in declared.items() if each.get("required")}
    if focused is None and not forge and not needed <= values.keys():
        raise NotOffered(f"{node['name']} needs {sorted(needed - values.keys())}")
    filled = []
    for name, value in values.items():
        option = {"name": name, "type": declared[name]["type"]}
        option["value"] = fill_option(
            declared[name], value, filling, checked=not forge and name != focused
        )
        filled.append({**option, "focused": True} if name == focused else option)
    return filled


def fill_option(option: Payload, value: Any, filling: Filling, *, checked: bool) -> Any:
    """Return one option's value as Discord sends it."""
    types = PYTHON_TYPES.get(option["type"])
    if types is None:
        return filling.point(value)
    if checked:
        check_value(option, value, types)
    return value


def check_value(option: Payload, value: Any, types: tuple[type, ...]) -> None:
    """Refuse a value that the client would not take."""
    name = option["name"]
    if not isinstance(value, types) or (isinstance(value, bool) and bool not in types):
        raise NotOffered(f"{name} does not take {value!r}")
    choices = [each["value"] for each in option.get("choices") or []]
    if choices and value not in choices:
        raise NotOffered(f"{name} takes one of {choices}, not {value!r}")
    size = len(value) if isinstance(value, str) else value
    least = option.get("min_length", option.get("min_value"))
    most = option.get("max_length", option.get("max_value", 6000))
    if (least is not None and size < least) or (isinstance(value, str) and size > most):
        raise NotOffered(f"{name} takes {least} to {most}, not {size}")
    if "max_value" in option and size > option["max_value"]:
        raise NotOffered(f"{name} takes at most {option['max_value']}")


def find_component(message: Message, pick: Pick, member: Member) -> Component:
    """Return the button or select that the member can use."""
    if not message.visible_to(member):
        raise NotOffered(f"{member.name} does not see {message!r}")
    component = message.find(pick)
    if component is None:
        raise NotOffered(f"there is no {pick!r} in {message!r} with {message.custom_ids}")
    if component.get("disabled"):
        raise NotOffered(f"{pick!r} is disabled")
    if component["type"] == BUTTON and component.get("style") == LINK_STYLE:
        raise NotOffered(f"{pick!r} is a link")
    return component


def choose_values(select: Component, chosen: list[Any], filling: Filling) -> list[str]:
    """Return the values of what was chosen, by label or value, or of members, roles, channels."""
    least, most = select.get("min_values", 1), select.get("max_values", 1)
    if not least <= len(chosen) <= most:
        raise NotOffered(f"the select takes {least} to {most} values, not {len(chosen)}")
    if select["type"] != STRING_SELECT:
        return [filling.point(each) for each in chosen]
    known = {each["label"]: each["value"] for each in select["options"]}
    known |= {each["value"]: each["value"] for each in select["options"]}
    if unknown := [each for each in chosen if each not in known]:
        raise NotOffered(f"the select has no {unknown}, only {list(known)}")
    return [known[each] for each in chosen]
