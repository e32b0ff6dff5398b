"""What an asker gets beside their answer: where it stands, their name on it or not, deleting it."""

from __future__ import annotations

from bot.actions import Action, Target
from bot.catalogue.asking import AskingSentence
from bot.catalogue.lines import Line
from bot.conversation.places import find_place
from bot.ledger.records import AnswerRecord
from bot.rendering.screen import Button, Buttons, LinkButton, Look, Row, Screen

SHOW, HIDE = 1, 0  # the page of a target: pressing the same button twice changes nothing


def receipt(record: AnswerRecord) -> Screen:
    """Return the receipt for an answer that is stored."""
    return Screen((Row((_said(record),)), own_buttons(record)))


def own_buttons(record: AnswerRecord) -> Buttons:
    """Return what only its asker may do with an answer."""
    key = record.answer_key
    buttons: list[Button | LinkButton] = []
    place = find_place(record)
    if place is not None:
        buttons.append(LinkButton(place, Line(AskingSentence.JUMP)))
        if record.reason is None and record.retracted_at is None:
            name = Target(Action.NAME, key, HIDE if record.named else SHOW)
            label = AskingSentence.HIDE_NAME if record.named else AskingSentence.SHOW_NAME
            buttons.append(Button(name, Line(label)))
    delete = Target(Action.DELETE, key)
    return Buttons((*buttons, Button(delete, Line(AskingSentence.DELETE), Look.DANGER)))


def _said(record: AnswerRecord) -> Line:
    if find_place(record) is None:
        return Line(AskingSentence.KEPT_PRIVATE)
    return Line(AskingSentence.POSTED_WITH_NAME if record.named else AskingSentence.POSTED)
