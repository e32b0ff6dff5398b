"""A chat in a terminal: players say and press things, and Quoth's screens are drawn."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count

from rich.console import Console
from rich.text import Text

from bot.conversation.actors import Actor
from bot.conversation.answers import arriving
from bot.conversation.desk import Desk
from bot.conversation.handlers import HANDLERS
from bot.conversation.responses import (
    Effect,
    Open,
    PostCard,
    Pressed,
    Publish,
    Response,
    Show,
    Way,
)
from bot.conversation.reviews import reporting
from bot.rendering.drawing import draw_form, draw_screen
from bot.rendering.screen import Button, Buttons, Form, Panel, Screen
from bot.sweep import Sweeper

BOT_NAME = "Quoth"
FIRST_MESSAGE = 1_300_000_000_000_000_001


@dataclass(frozen=True, slots=True)
class Player:
    """Somebody in the chat."""

    name: str
    actor: Actor


@dataclass(slots=True)
class Stage:
    """What stands in the channels, and how it is drawn.

    Parameters
    ----------
    desk : bot.conversation.desk.Desk
    console : rich.console.Console
        May be exchanged between scenes.
    names : mapping of int to str
        Of members, channels and roles.
    posts : dict of int to Screen
        What stands in the channels, by message.
    """

    desk: Desk
    console: Console
    names: Mapping[int, str]
    posts: dict[int, Screen] = field(default_factory=dict)
    messages: count[int] = field(default_factory=lambda: count(FIRST_MESSAGE))

    def tell(self, player: Player, deed: str, words: str = "") -> None:
        """Draw what a player does."""
        self.console.print()
        self.console.print(
            Text.assemble((player.name, "bold magenta"), " ", (deed, "italic"), " ", words),
            highlight=False,
        )

    def draw(self, screen: Screen, *, private: bool) -> Screen:
        """Draw a message of Quoth's, and return its screen for the next press."""
        draw_screen(screen, self.console, author=BOT_NAME, private=private, names=self.names)
        return screen

    def post(self, screen: Screen) -> int:
        """Let a message stand in a channel, and return its id."""
        message_id = next(self.messages)
        self.posts[message_id] = self.draw(screen, private=False)
        return message_id

    def edit(self, message_id: int, screen: Screen, *, why: str) -> None:
        """Change a message that stands, and draw it unless it already looks so."""
        if self.posts[message_id] == screen:
            return
        self.console.print()
        self.console.print(Text(why, style="italic"))
        self.posts[message_id] = self.draw(screen, private=False)

    def press(
        self,
        player: Player,
        screen: Screen,
        label: str,
        fields: Mapping[str, str] | None = None,
    ) -> Screen:
        """Press the button of this label, fill in the form that opens, and return what is shown.

        Parameters
        ----------
        fields : mapping of str to str or None
            By a field's label: what is typed, or the label of what is chosen.

        Raises
        ------
        ValueError
            If the screen has no such button, or the form no such field.
        """
        self.tell(player, "presses", f"[{label}]")
        target = find_button(screen, label).target
        handler = HANDLERS[target.action]
        response = handler.handle(self.desk, player.actor, Pressed(target))
        if isinstance(response, Open):
            return self.show(player, self._submit(player, response.form, fields or {}))
        standing = [post for post, shown in self.posts.items() if shown is screen]
        place = standing[0] if standing and handler.way is Way.REPLACE else None
        return self.show(player, response, place=place)

    def show(self, player: Player, response: Response, *, place: int | None = None) -> Screen:
        """Draw a response and do what it asks for besides; return its screen.

        Parameters
        ----------
        place : int or None
            The message that it replaces; otherwise the player alone sees it.
        """
        if isinstance(response, Publish):
            message_id = self.post(response.screen)
            return self.draw(self.note_sent(player, response.answer_key, message_id), private=True)
        assert isinstance(response, Show)
        self.draw(response.screen, private=place is None)
        if place is not None:
            self.posts[place] = response.screen
        for effect in response.effects:
            self._carry_out(player, effect)
        return response.screen

    def note_sent(self, player: Player, answer_key: str, message_id: int | None) -> Screen:
        """Tell the ledger where an answer stands, and return the receipt."""
        return arriving.note_sent(
            self.desk,
            player.actor,
            answer_key,
            channel_id=player.actor.channel_id,
            message_id=message_id,
        )

    def _submit(self, player: Player, form: Form, fields: Mapping[str, str]) -> Response:
        """Fill in a form by its labels, and send it."""
        draw_form(form, self.console, fields)
        handle = HANDLERS[form.target.action].handle
        return handle(self.desk, player.actor, Pressed(form.target, fields=_fill(form, fields)))

    def _carry_out(self, player: Player, effect: Effect) -> None:
        if isinstance(effect, PostCard):
            self.console.print()
            channel = self.names[effect.channel_id]
            self.console.print(Text(f"In #{channel}, for moderators:", style="italic"))
            message_id = self.post(effect.screen)
            reporting.note_card(self.desk, player.actor, effect, message_id)
        else:
            asyncio.run(self._sweep())

    async def _sweep(self) -> None:
        await Sweeper(self.desk, _Editor(self), awake=asyncio.Event()).sweep_once()


class _Editor:
    """Edits the messages on a stage, as the chat does on Discord."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage

    async def edit(self, _channel_id: int, message_id: int, screen: Screen) -> None:
        self._stage.edit(message_id, screen, why="What was posted now shows:")

    async def reply(
        self, _channel_id: int, _message_id: int, screen: Screen, *, nonce: str
    ) -> None:
        del nonce  # nothing is sent twice on a stage
        self._stage.post(screen)

    async def find_lost(self, _channel_id: int, answer_key: str, *, since: datetime) -> int | None:
        del answer_key, since
        return None  # nothing gets lost there


def find_button(screen: Screen, label: str) -> Button:
    """Return the button of this label; raise ValueError if there is none."""
    for block in screen.blocks:
        for inner in block.blocks if isinstance(block, Panel) else (block,):
            for button in inner.buttons if isinstance(inner, Buttons) else ():
                if isinstance(button, Button) and button.label.text == label:
                    return button
    raise ValueError(f"the screen has no button {label!r}")


def _fill(form: Form, given: Mapping[str, str]) -> dict[str, str]:
    """Return a form's values by name; every field is sent, as Discord does."""
    unknown = set(given) - {asked.label.text for asked in form.fields}
    if unknown:
        raise ValueError(f"the form has no field {', '.join(sorted(unknown))}")
    values = {}
    for asked in form.fields:
        value = given.get(asked.label.text, "")
        chosen = [choice.value for choice in asked.choices if _reads(choice.label, value)]
        values[asked.name] = chosen[0] if chosen else value
    return values


def _reads(label: object, text: str) -> bool:
    return getattr(label, "text", None) == text
