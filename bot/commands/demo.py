"""``quoth demo``: the conversation of the chat, in the terminal."""

# ruff: noqa: D301, PLC0415 - click knows examples by \b; slow modules wait for the command to run

from __future__ import annotations

import click


@click.command("demo", short_help="Play the conversation of the chat in the terminal.")
def command() -> None:
    """Show what members and moderators see on Discord, without a token.

    Players ask, check, report, review and take back, from the starter articles; the screens are
    those of the bot. Nothing is kept.

    \b
    Example:
      quoth demo
    """
    from rich.console import Console

    from bot.demo.play import SCENES, opened_play

    console = Console(highlight=False)
    with opened_play(console) as play:
        for scene in SCENES:
            console.print()
            console.rule(scene.title)
            scene.play(play)
