"""Form -> Discord's modal. What comes back is read from the raw data, so nothing is kept."""

from __future__ import annotations

from collections.abc import Iterator

import discord
from discord import ui

from bot.rendering.fitting import MAX_CHOICES, count_chars
from bot.rendering.layout import make_option
from bot.rendering.screen import FieldKind, Form, FormField

MAX_FIELDS = 5
MAX_TITLE_CHARS = 45
MAX_LABEL_CHARS = 45
MAX_ABOUT_CHARS = 100
MAX_INPUT_CHARS = 4000


class ForgottenModal(ui.Modal):
    """A modal that discord.py opens and does not keep."""

    def is_finished(self) -> bool:
        """Return True: nobody waits for it in this process."""
        return True


def make_modal(form: Form) -> ui.Modal:
    """Return a form's modal; its custom id is the form's target, a field's is its name.

    Raises
    ------
    ValueError
        If Discord would not take it.
    """
    for fault in find_faults(form):
        raise ValueError(f"this form cannot be opened: {fault}")
    modal = ForgottenModal(title=form.title.text, custom_id=form.target.custom_id)
    for field in form.fields:
        modal.add_item(
            ui.Label(
                text=field.label.text,
                description=None if field.about is None else field.about.text,
                component=_make_component(field),
            )
        )
    return modal


def find_faults(form: Form) -> Iterator[str]:
    """Yield a phrase for each limit that a form breaks."""
    if not 1 <= len(form.fields) <= MAX_FIELDS:
        yield f"{len(form.fields)} fields, 1 to {MAX_FIELDS} are allowed"
    if not 1 <= count_chars(form.title.text) <= MAX_TITLE_CHARS:
        yield f"its title has not 1 to {MAX_TITLE_CHARS} characters"
    if len({field.name for field in form.fields}) != len(form.fields):
        yield "two fields have one name"
    for field in form.fields:
        yield from _field_faults(field)


def _field_faults(field: FormField) -> Iterator[str]:
    if not 1 <= len(field.name) <= 100:
        yield "a field's name has not 1 to 100 characters"
    if not 1 <= count_chars(field.label.text) <= MAX_LABEL_CHARS:
        yield f"the label of {field.name!r} has not 1 to {MAX_LABEL_CHARS} characters"
    if field.about is not None and count_chars(field.about.text) > MAX_ABOUT_CHARS:
        yield f"what stands below {field.name!r} has more than {MAX_ABOUT_CHARS} characters"
    if field.kind is FieldKind.CHOICES:
        values = [choice.value for choice in field.choices]
        if not 1 <= len(values) <= MAX_CHOICES or len(set(values)) != len(values):
            yield f"{field.name!r} has not 1 to {MAX_CHOICES} different choices"
        if any(not 1 <= len(value) <= 100 for value in values):
            yield f"a choice of {field.name!r} comes back as more than 100 characters"
    elif not len(field.value) <= field.most <= MAX_INPUT_CHARS or field.most < 1:
        yield f"{field.name!r} takes {field.most} characters and holds {len(field.value)}"


def _make_component(field: FormField) -> ui.Item[ui.Modal]:
    if field.kind is FieldKind.CHOICES:
        return ui.Select(
            custom_id=field.name,
            required=field.required,
            options=[make_option(choice) for choice in field.choices],
        )
    is_paragraph = field.kind is FieldKind.PARAGRAPH
    return ui.TextInput(
        custom_id=field.name,
        style=discord.TextStyle.paragraph if is_paragraph else discord.TextStyle.short,
        default=field.value or None,
        required=field.required,
        max_length=field.most,
    )
