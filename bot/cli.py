"""The ``quoth`` command: its groups, and the one place where its errors are reported."""

# ruff: noqa: D301 - click knows examples by \b

from __future__ import annotations

import gc
import os
import sys
from importlib import import_module
from io import TextIOWrapper
from typing import Any, NoReturn

import click

from bot.commands.options import data_option
from bot.failures import EXPECTED, INTERRUPTED, exit_code, failure_line
from bot.versions import installed_version

# New objects between two searches for garbage; Python's default is 700.
GARBAGE_THRESHOLD = 100_000
HELP = {"help_option_names": ["-h", "--help"]}

# Where each command is; only the one that runs is imported.
COMMANDS = {
    "ask": "bot.commands.ask",
    "audit": "bot.commands.audit",
    "corpus": "bot.commands.corpus",
    "demo": "bot.commands.demo",
    "doctor": "bot.commands.doctor",
    "eval": "bot.commands.evaluate",
    "labels": "bot.commands.labels",
    "run": "bot.commands.run",
    "servers": "bot.commands.servers",
    "verify": "bot.commands.verify",
}


class QuothGroup(click.Group):
    """The commands, and the report of every expected error as one line and an exit code."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """Return the names of all commands, in order."""
        return sorted(COMMANDS)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command; None if there is none of this name."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(COMMANDS[cmd_name]).command
        return command

    def main(self, *args: Any, **extra: Any) -> NoReturn:
        """Run a command line and exit."""
        try:
            code = super().main(*args, **{**extra, "standalone_mode": False})
        except click.exceptions.Abort:
            code = INTERRUPTED
        except EXPECTED as error:
            click.echo(failure_line(error), err=True)
            code = exit_code(error)
        sys.exit(code if isinstance(code, int) else 0)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; a reader that went away, as ``| head`` does, is no error."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError:
            # Python flushes once more when it exits; that must not fail again.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return 0
        return result


def _print_version(ctx: click.Context, _parameter: click.Parameter, wanted: bool) -> None:  # noqa: FBT001 - click's signature
    if wanted:
        click.echo(f"quoth {installed_version('quoth')}")
        ctx.exit()


@click.group(cls=QuothGroup, invoke_without_command=True, context_settings=HELP)
@data_option
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_version,
    help="Show the version and exit.",
)
@click.pass_context
def cli(ctx: click.Context) -> None:
    """Answer questions with word-for-word quotes from your articles, or not at all.

    \b
    Examples:
      quoth ask "How many overseas police stations have been reported?"
      quoth corpus add articles/
      quoth corpus list
    """
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


def main() -> NoReturn:
    """Run the ``quoth`` command."""
    # Before numpy is imported: starting its threads takes longer than answering.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    # A command ends soon: looking for cycles while it imports costs a tenth of an answer.
    gc.set_threshold(GARBAGE_THRESHOLD)
    # Stored text is Unicode; what a terminal of another encoding cannot hold must not end a run.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # not one that the shell has closed
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        cli.main(prog_name="quoth")
    finally:
        gc.freeze()  # ... and so does looking for them once more on the way out
