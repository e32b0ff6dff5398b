"""Quotes looked at closer, one panel each, on as many private screens as they need."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.actions import Target
from bot.catalogue.lines import Line
from bot.catalogue.screens import ScreenSentence
from bot.rendering.fitting import fits
from bot.rendering.screen import Audience, Block, Button, Buttons, Panel, Screen


@dataclass(frozen=True, slots=True)
class Leaf:
    """What is said of one quote; ``short`` stands where ``full`` fits on no screen."""

    rank: int
    full: Panel
    short: Panel


def leaf_screen(
    leaves: Sequence[Leaf],
    *,
    target: Target,
    head: Sequence[Block] = (),
    foot: Sequence[Button] = (),
    audience: Audience = Audience.EVERYONE,
) -> Screen:
    """Return as many panels as fit, at least one, and a button that goes on with the next.

    Parameters
    ----------
    target : Target
        Its action and key, with the rank of the next quote, are what that button asks for.
    foot : sequence of Button
        What else can be pressed, at most four.
    """
    panels: list[Panel] = []
    for leaf in leaves:
        # Room is kept for the button that goes on, whether or not it is wanted.
        if not _fits((*head, *panels, leaf.full, *_buttons(foot, target, leaf.rank + 1))):
            break
        panels.append(leaf.full)
    if not panels:
        panels = [leaf.short for leaf in leaves[:1]]
    following = leaves[len(panels)].rank if len(panels) < len(leaves) else None
    return Screen((*head, *panels, *_buttons(foot, target, following)), audience)


def _buttons(foot: Sequence[Button], target: Target, following: int | None) -> tuple[Buttons, ...]:
    buttons = list(foot)
    if following is not None:
        onward = Target(target.action, target.key, following)
        buttons.append(Button(onward, Line(ScreenSentence.MORE)))
    return (Buttons(tuple(buttons)),) if buttons else ()


def _fits(blocks: tuple[Block, ...]) -> bool:
    return fits(Screen(blocks, Audience.MODERATORS))
