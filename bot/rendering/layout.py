"""Screen -> what discord.py sends: a Components V2 layout within every limit.

Buttons and menus hold an opaque custom id each. Whoever presses one is answered by that id alone,
after a restart too, so discord.py is told to keep no view in memory.
"""

from __future__ import annotations

from collections.abc import Sequence

import discord
from discord import ui

from bot.inert import make_one_line
from bot.rendering.fitting import MAX_CHOICE_CHARS, check_screen
from bot.rendering.markdown import plain_text, shorten
from bot.rendering.rows import Frame, Laid
from bot.rendering.screen import (
    Button,
    Buttons,
    Choice,
    Leaf,
    LinkButton,
    Look,
    Pick,
    PickKind,
    Rule,
    Screen,
)

BUTTON_STYLES = {
    Look.QUIET: discord.ButtonStyle.secondary,
    Look.MAIN: discord.ButtonStyle.primary,
    Look.GOOD: discord.ButtonStyle.success,
    Look.DANGER: discord.ButtonStyle.danger,
}
CHANNEL_TYPES = [discord.ChannelType.text, discord.ChannelType.news]  # where a message can go
NO_WORDS = "\ufffd"  # Discord takes no empty choice

Item = ui.Item[ui.LayoutView]


class ForgottenLayout(ui.LayoutView):
    """A layout that discord.py sends and does not keep."""

    def is_finished(self) -> bool:
        """Return True: nobody waits for its buttons in this process."""
        return True


def make_view(screen: Screen) -> ui.LayoutView:
    """Return a screen's layout.

    Raises
    ------
    ValueError
        If Discord would not take it; see `bot.rendering.fitting.check_screen`.
    """
    view = ForgottenLayout(timeout=None)
    for part in check_screen(screen):
        view.add_item(_make_item(part))
    return view


def make_option(choice: Choice) -> discord.SelectOption:
    """Return one line of a menu; its words are plain, and shortened to what a menu can hold."""
    return discord.SelectOption(
        label=_choice_text(choice.label),
        value=choice.value,
        description=None if choice.about is None else _choice_text(choice.about),
        default=choice.chosen,
    )


def _choice_text(leaf: Leaf) -> str:
    # Menus cut what is longer; half the limit holds a text even if each character counts twice.
    text = make_one_line(plain_text(leaf)).strip()
    wide = any(character > "\uffff" for character in text)
    return shorten(text, MAX_CHOICE_CHARS // 2 if wide else MAX_CHOICE_CHARS) or NO_WORDS


def _make_item(part: Laid) -> Item:
    if isinstance(part, str):
        return ui.TextDisplay(part)
    if isinstance(part, Rule):
        return ui.Separator()
    if isinstance(part, Buttons):
        return ui.ActionRow(*map(_make_button, part.buttons))
    if isinstance(part, Pick):
        return ui.ActionRow(_make_select(part))
    if isinstance(part, Frame):
        return ui.Container(*map(_make_item, part.parts))
    raise TypeError(f"{type(part).__name__} has no form on Discord")


def _make_button(button: Button | LinkButton) -> Item:
    if isinstance(button, LinkButton):
        return ui.Button(label=button.label.text, url=str(button.link))
    return ui.Button(
        label=button.label.text,
        custom_id=button.target.custom_id,
        style=BUTTON_STYLES[button.look],
        disabled=button.disabled,
    )


def _make_select(pick: Pick) -> Item:
    custom_id, placeholder = pick.target.custom_id, plain_text(pick.placeholder)
    if pick.kind is PickKind.CHOICES:
        return ui.Select(
            custom_id=custom_id,
            placeholder=placeholder,
            min_values=pick.least,
            max_values=pick.most,
            options=[make_option(choice) for choice in pick.choices],
        )
    if pick.kind is PickKind.ROLES:
        return ui.RoleSelect(
            custom_id=custom_id,
            placeholder=placeholder,
            min_values=pick.least,
            max_values=pick.most,
            default_values=_defaults(pick.chosen, discord.SelectDefaultValueType.role),
        )
    return ui.ChannelSelect(
        custom_id=custom_id,
        placeholder=placeholder,
        min_values=pick.least,
        max_values=pick.most,
        channel_types=CHANNEL_TYPES,
        default_values=_defaults(pick.chosen, discord.SelectDefaultValueType.channel),
    )


def _defaults(
    chosen: Sequence[int], kind: discord.SelectDefaultValueType
) -> list[discord.SelectDefaultValue]:
    return [discord.SelectDefaultValue(id=number, type=kind) for number in chosen]
