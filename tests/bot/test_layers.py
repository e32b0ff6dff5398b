"""Inside the bot: what is stored and judged knows nothing of the chat, which is Discord's alone."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

BOT = Path(__file__).resolve().parents[2] / "bot"

# The only files that may know Discord's library, and the one that starts the chat.
ON_DISCORD = {"chat", "rendering/layout.py", "rendering/forms.py"}
STARTS_CHAT = "commands/run.py"
# Each package and those above it.
ABOVE = {
    "catalogue": ("bot.ledger", "bot.conversation"),
    "ledger": ("bot.rendering", "bot.conversation"),
}

SOURCES = [path.relative_to(BOT).as_posix() for path in sorted(BOT.glob("**/*.py"))]
OFF_DISCORD = [name for name in SOURCES if not {name, name.partition("/")[0]} & ON_DISCORD]
BELOW = [name for name in SOURCES if name.partition("/")[0] in ABOVE]


def imported(source: str) -> Iterator[str]:
    """Yield the modules that a file of the bot imports, wherever in it that stands."""
    for node in ast.walk(ast.parse((BOT / source).read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def is_in(module: str, package: str) -> bool:
    return module == package or module.startswith(f"{package}.")


@pytest.mark.parametrize("source", OFF_DISCORD)
def test_only_the_chat_knows_discord(source: str) -> None:
    """The same answers can be given without it, as the demo and the tests do."""
    banned = {"discord"} if source == STARTS_CHAT else {"discord", "bot.chat"}

    assert not [name for name in imported(source) for each in banned if is_in(name, each)]


@pytest.mark.parametrize("source", BELOW)
def test_what_is_stored_and_said_knows_nothing_of_who_asks_for_it(source: str) -> None:
    above = ABOVE[source.partition("/")[0]]

    assert not [name for name in imported(source) for each in above if is_in(name, each)]
