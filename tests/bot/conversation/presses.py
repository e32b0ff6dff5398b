"""Asking and pressing, as the chat does it, for tests of what comes back."""

from __future__ import annotations

from bot.actions import Action, Target
from bot.conversation.actors import Actor
from bot.conversation.answers import arriving, asking, inspecting, publishing, verifying
from bot.conversation.answers.asking import Asked, AskRequest
from bot.conversation.desk import Desk
from bot.conversation.responses import Pressed, Response, Show
from bot.ledger import answers
from bot.ledger.records import AnswerRecord, RetractReason
from bot.rendering.screen import Screen
from tests.bot.conversation.desks import MESSAGE, SERVER, member
from tests.bot.conversation.screens import buttons

CRANES = "How many abandoned cranes did the Port Authority count?"
FUEL = "Why will ferries stop running in October?"
UNKNOWN = "Who is the president of Brazil?"

HANDLERS = {**inspecting.HANDLERS, **publishing.HANDLERS, **verifying.HANDLERS}


def post_answer(desk: Desk, question: str = CRANES, actor: Actor | None = None) -> str:
    """Ask, post the answer, and return its key."""
    asker = actor or member()
    asked = asking.ask(desk, asker, AskRequest(question))
    assert asked.is_public
    note_sent(desk, asked, asker)
    return asked.answer_key


def ask_privately(desk: Desk, question: str = CRANES, actor: Actor | None = None) -> str:
    """Ask for oneself alone, and return the answer's key."""
    asker = actor or member()
    asked = asking.ask(desk, asker, AskRequest(question, private=True))
    note_sent(desk, asked, asker)
    return asked.answer_key


def note_sent(desk: Desk, asked: Asked, actor: Actor) -> Screen:
    """Note that an answer arrived, in a message of its own if it is public."""
    return arriving.note_sent(
        desk,
        actor,
        asked.answer_key,
        channel_id=actor.channel_id,
        message_id=message_of(asked.answer_key) if asked.is_public else None,
    )


def message_of(key: str) -> int:
    """Return the message in which an answer is posted."""
    return MESSAGE + int(key.removeprefix("key-"))


def press(desk: Desk, actor: Actor, action: Action, key: str, page: int = 1) -> Response:
    """Return what the handler of an action answers."""
    return HANDLERS[action].handle(desk, actor, Pressed(Target(action, key, page)))


def press_shown(desk: Desk, actor: Actor, action: Action, key: str, page: int = 1) -> Screen:
    """Return the screen that an action shows."""
    response = press(desk, actor, action, key, page)
    assert isinstance(response, Show)
    return response.screen


def retract(desk: Desk, key: str) -> None:
    """Take an answer back."""
    with desk.store.transaction() as connection:
        answers.retract(connection, key, at=desk.now(), reason=RetractReason.OUTDATED)


def leaf_through(desk: Desk, actor: Actor, action: Action, key: str) -> list[Screen]:
    """Return the pages of what an action shows, as its button to the next one gives them."""
    pages: list[Screen] = []
    page = 1
    while page:
        pages.append(press_shown(desk, actor, action, key, page))
        onward = (one.target for one in buttons(pages[-1]) if one.target.action is action)
        page = next((target.page for target in onward), 0)
    return pages


def read_record(desk: Desk, key: str, server_id: int = SERVER) -> AnswerRecord:
    """Return an answer as it is kept."""
    with desk.store.reading() as connection:
        record = answers.get(connection, server_id, key)
    assert record is not None
    return record
