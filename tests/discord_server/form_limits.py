"""Documented limits of modals, of suggestions and of the commands a bot declares."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from tests.discord_server.limits import find_component_faults
from tests.discord_server.messages import walk

Payload = dict[str, Any]

CHAT_INPUT, MESSAGE_MENU = 1, 3
SUBCOMMAND, GROUP = 1, 2
LABEL, TEXT_INPUT = 18, 4
MAX_COMMANDS = {CHAT_INPUT: 100, 2: 15, MESSAGE_MENU: 15}
MAX_COMMAND_TEXT = 8000
MAX_CHOICES = 25
NAME = re.compile(r"[-_'\w]{1,32}")


def find_modal_faults(modal: Payload) -> Iterator[str]:
    """Yield a sentence for each limit that a modal breaks."""
    components = modal.get("components") or []
    if not 1 <= len(modal.get("title") or "") <= 45:
        yield "a modal's title has 1 to 45 characters"
    if not 1 <= len(modal.get("custom_id") or "") <= 100:
        yield "a modal's custom_id has 1 to 100 characters"
    if not 1 <= len(components) <= 5:
        yield f"a modal has {len(components)} components, 1 to 5 are allowed"
    yield from find_component_faults(components)
    for each in walk(components):
        if each["type"] == LABEL:
            yield from find_long(each, label=45, description=100)
        if each["type"] == TEXT_INPUT:
            yield from find_input_faults(each)


def find_input_faults(field: Payload) -> Iterator[str]:
    """Yield what a text input breaks."""
    yield from find_long(field, label=45, placeholder=100, value=4000)
    least, most = field.get("min_length") or 0, field.get("max_length")
    most = 4000 if most is None else most
    if not 0 <= least <= 4000 or not 1 <= most <= 4000 or least > most:
        yield f"a text input takes {least} to {most} characters"
    if len(field.get("value") or "") > most:
        yield "a text input's value is longer than it takes"


def find_choice_faults(choices: list[Payload]) -> Iterator[str]:
    """Yield what suggestions, or an option's choices, break."""
    if len(choices) > MAX_CHOICES:
        yield f"{len(choices)} choices, {MAX_CHOICES} are allowed"
    for choice in choices:
        if not 1 <= len(choice["name"]) <= 100:
            yield "a choice's name has 1 to 100 characters"
        if isinstance(choice["value"], str) and len(choice["value"]) > 100:
            yield "a choice's value has more than 100 characters"


def find_command_faults(commands: list[Payload]) -> Iterator[str]:
    """Yield what the whole set of a bot's commands breaks."""
    keys = [(each.get("type", CHAT_INPUT), each["name"]) for each in commands]
    if len(set(keys)) != len(keys):
        yield "two commands of one kind have one name"
    for kind, most in MAX_COMMANDS.items():
        if sum(each == kind for each, _ in keys) > most:
            yield f"more than {most} commands of type {kind}"
    for command in commands:
        is_chat = command.get("type", CHAT_INPUT) == CHAT_INPUT
        if count_text(command) > MAX_COMMAND_TEXT:
            yield f"/{command['name']} has more than {MAX_COMMAND_TEXT} characters in all"
        if is_chat:
            yield from find_described_faults(command, depth=0)
        elif command.get("description") or command.get("options"):
            yield f"{command['name']}: a menu has neither description nor options"
        if not 1 <= len(command["name"]) <= 32:
            yield f"{command['name']!r}: a command's name has 1 to 32 characters"


def find_described_faults(node: Payload, *, depth: int) -> Iterator[str]:
    """Yield what a slash command, subcommand or option breaks, with all below it."""
    name, options = node["name"], node.get("options") or []
    if not NAME.fullmatch(name) or name != name.lower():
        yield f"{name!r} is no name for a command or option"
    if not 1 <= len(node.get("description") or "") <= 100:
        yield f"{name}: a description has 1 to 100 characters"
    if len(options) > 25:
        yield f"{name}: {len(options)} options, 25 are allowed"
    names = [each["name"] for each in options]
    if len(set(names)) != len(names):
        yield f"{name}: two options have one name"
    required = [bool(each.get("required")) for each in options]
    if required != sorted(required, reverse=True):
        yield f"{name}: required options stand first"
    if node.get("autocomplete") and node.get("choices"):
        yield f"{name}: choices and suggestions exclude each other"
    yield from find_choice_faults(node.get("choices") or [])
    yield from find_nesting_faults(name, options, depth=depth)


def find_nesting_faults(name: str, options: list[Payload], *, depth: int) -> Iterator[str]:
    """Yield what is wrong with the kinds of options, and all that is wrong below."""
    nested = [each for each in options if each["type"] in (SUBCOMMAND, GROUP)]
    if nested and len(nested) != len(options):
        yield f"{name}: subcommands and options do not mix"
    if any(each["type"] == GROUP for each in nested) and depth:
        yield f"{name}: a group may not hold a group"
    for option in options:
        yield from find_described_faults(option, depth=depth + 1)


def count_text(node: Payload) -> int:
    """Count the characters of names, descriptions and values, as the limit on a command does."""
    own = len(node["name"]) + len(node.get("description") or "")
    own += sum(len(each["name"]) + len(str(each["value"])) for each in node.get("choices") or [])
    return own + sum(count_text(each) for each in node.get("options") or [])


def find_long(node: Payload, **limits: int) -> Iterator[str]:
    """Yield which of these texts are longer than allowed."""
    for key, most in limits.items():
        if len(node.get(key) or "") > most:
            yield f"a {key} has more than {most} characters"
