"""What a screen says and offers, for tests that read one."""

from __future__ import annotations

from bot.actions import Action
from bot.rendering.message import ExcerptText
from bot.rendering.screen import Button, Buttons, LinkedTitle, Pick, Screen


def said(screen: Screen) -> list[str]:
    """Return what each piece says, labels included, from top to bottom."""
    return [
        (leaf.title if isinstance(leaf, LinkedTitle) else leaf).text for leaf in screen.leaves()
    ]


def excerpts(screen: Screen) -> list[str]:
    """Return the words of articles that a screen shows."""
    return [leaf.text for leaf in screen.leaves() if isinstance(leaf, ExcerptText)]


def menus(screen: Screen) -> list[Pick]:
    """Return the menus."""
    return [block for block in screen.blocks if isinstance(block, Pick)]


def buttons(screen: Screen) -> list[Button]:
    """Return the buttons that ask for something."""
    rows = [block for block in screen.blocks if isinstance(block, Buttons)]
    return [button for row in rows for button in row.buttons if isinstance(button, Button)]


def actions(screen: Screen) -> list[Action]:
    """Return what can be pressed."""
    return [button.target.action for button in buttons(screen)]
