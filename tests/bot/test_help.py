"""Every command explains itself, and the README names each command, option and setting."""

from __future__ import annotations

from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from bot.cli import cli
from bot.settings import settings_table

README = Path(__file__).resolve().parent.parent.parent / "README.md"


def all_commands(group: click.Group, words: str) -> list[tuple[str, click.Command]]:
    """Return every command with its words, groups left out."""
    context = click.Context(group)
    found = []
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if isinstance(command, click.Group):
            found += all_commands(command, f"{words} {name}")
        else:
            found.append((f"{words} {name}", command))
    return found


@pytest.mark.parametrize(("words", "command"), all_commands(cli, "quoth"))
def test_every_command_says_what_it_does(words: str, command: click.Command) -> None:
    result = CliRunner().invoke(cli, [*words.split()[1:], "--help"])

    assert result.exit_code == 0
    assert command.help
    assert all(option.help for option in command.params if isinstance(option, click.Option))
    assert "..." not in command.get_short_help_str(limit=60)


@pytest.mark.parametrize(("words", "command"), all_commands(cli, "quoth"))
def test_every_command_and_option_is_in_the_readme(words: str, command: click.Command) -> None:
    readme = README.read_text("utf-8")

    assert words in readme
    options = [option for option in command.params if isinstance(option, click.Option)]
    assert [option.name for option in options if option.opts[-1] not in readme] == []


def test_the_readme_lists_the_settings() -> None:
    """The table is printed by `bot.settings.settings_table`."""
    assert settings_table() in README.read_text("utf-8")
