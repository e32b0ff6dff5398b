"""What a moderator or a reporter writes beside a choice: optional, and for moderators only."""

from __future__ import annotations

from collections.abc import Mapping

from bot.catalogue.lines import Line, Sentence
from bot.catalogue.reviewing import ReviewRefusal, ReviewSentence
from bot.conversation.desk import Refused
from bot.conversation.responses import Pressed
from bot.rendering.screen import Choice, FieldKind, FormField

MAX_NOTE_CHARS = 500
NOTE, CHOICE = "note", "choice"


def note_field() -> FormField:
    """Return the field for a note."""
    return FormField(
        NOTE,
        Line(ReviewSentence.NOTE),
        FieldKind.PARAGRAPH,
        about=Line(ReviewSentence.NOTE_ABOUT),
        most=MAX_NOTE_CHARS,
    )


def read_note(pressed: Pressed) -> str | None:
    """Return the note that came back with a form, None if there is none."""
    # What is no text cannot be stored; nobody types a lone surrogate.
    typed = pressed.fields.get(NOTE, "").encode("utf-8", "replace").decode("utf-8")
    return typed.strip()[:MAX_NOTE_CHARS] or None


def choice_field(label: Sentence, about: Sentence, choices: Mapping[str, Line]) -> FormField:
    """Return the field for a choice that has to be made; its values come back."""
    return FormField(
        CHOICE,
        Line(label),
        FieldKind.CHOICES,
        about=Line(about),
        required=True,
        choices=tuple(Choice(value, line) for value, line in choices.items()),
    )


def read_choice(pressed: Pressed, choices: Mapping[str, Line]) -> str:
    """Return the value that was chosen; raise Refused if it was not on offer."""
    chosen = pressed.fields.get(CHOICE, "")
    if chosen not in choices:
        raise Refused(Line(ReviewRefusal.NOT_A_CHOICE))
    return chosen
