"""Screens drawn in a terminal, as the demo and the docs show them."""

from __future__ import annotations

import io

from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from bot.actions import Action, Target
from bot.catalogue.answers import AnswerSentence
from bot.catalogue.lines import Line
from bot.catalogue.parameters import MessageLink
from bot.catalogue.refusals import Refusal
from bot.catalogue.reviewing import ReviewSentence
from bot.catalogue.screens import ScreenSentence
from bot.inert import is_showable
from bot.rendering.answer_screen import answer_screen
from bot.rendering.drawing import draw_form, draw_screen
from bot.rendering.message import ExcerptText
from bot.rendering.screen import (
    Audience,
    Button,
    Buttons,
    Choice,
    FieldKind,
    Form,
    FormField,
    LinkButton,
    Pick,
    PickKind,
    Row,
    Rule,
    Screen,
    Style,
    TypedText,
)
from retrieval.answer import Excerpt
from tests.bot.rendering.recalled import make_quote, make_recalled
from tests.strategies import CHARACTERS, share_of_examples


def draw(screen: Screen, *, width: int = 50, private: bool = False, **how: object) -> str:
    """Return a drawing without colours, its lines without white space at the end."""
    file = io.StringIO()
    console = Console(file=file, width=width, force_terminal=False, highlight=False)
    draw_screen(screen, console, author="Quoth", private=private, **how)
    return "\n".join(line.rstrip() for line in file.getvalue().split("\n"))


def test_an_answer_is_drawn_as_the_chat_shows_it() -> None:
    quote = make_quote(
        "The ferry sank off the coast of Linn, and all who were on board are safe.",
        context=(Excerpt(0, 9, "It left."),),
    )

    shown = draw(answer_screen(make_recalled(quote), asker=41), private=True, names={41: "jo"})

    assert shown == (
        "Quoth  APP\n"
        "Question: Did the ferry sink?\n"
        "Asked by @jo\n"
        "╭────────────────────────────────────────────────╮\n"
        "│ Context:                                       │\n"
        "│ ▎ It left.                                     │\n"
        "│ Quote:                                         │\n"
        "│ ▎ The ferry sank off the coast of Linn, and    │\n"
        "│ ▎ all who were on board are safe.              │\n"
        "│ Source: Ferry sinks (example.org)              │\n"
        "│ 2024-03-04 · The Paper                         │\n"
        "╰────────────────────────────────────────────────╯\n"
        "╭─────────╮ ╭────────╮ ╭─────╮ ╭────────╮\n"
        "│ Context │ │ Verify │ │ Why │ │ Report │\n"
        "╰─────────╯ ╰────────╯ ╰─────╯ ╰────────╯\n"
        "Only you can see this\n"
    )


def test_menus_links_and_names_are_drawn() -> None:
    label, choices = Line(ScreenSentence.NEXT), (Choice("a", TypedText("One"), chosen=True),)
    screen = Screen(
        (
            Row((TypedText("[bold]two[/]\nlines"),), Style.ITEM),
            Rule(),
            Row((Line(Refusal.BUSY),)),
            Pick(Target(Action.CORPUS), label, choices=choices),
            Pick(Target(Action.SET_CHANNELS), label, PickKind.CHANNELS),
            Buttons(
                (
                    LinkButton(MessageLink(1, 2, 3), label),
                    Button(Target(Action.CANCEL), label, disabled=True),
                )
            ),
        ),
        Audience.MODERATORS,
    )

    assert draw(screen, width=40) == (
        "Quoth  APP\n"
        "• [bold]two[/]\n"
        "┊ lines\n"
        "────────────────────────────────────────\n"
        "Quoth is busy; ask again in a moment.\n"
        "╭────────╮\n"
        "│ One  ▾ │\n"
        "╰────────╯\n"
        "╭─────────╮\n"
        "│ Next  ▾ │\n"
        "╰─────────╯\n"
        "╭────────╮ ╭──────╮\n"
        "│ Next ↗ │ │ Next │\n"
        "╰────────╯ ╰──────╯\n"
    )


def test_words_that_cannot_be_shown_are_not_drawn() -> None:
    words = ExcerptText(Excerpt(0, 5, "a\u202eb"))

    shown = draw(Screen((Row((words,), Style.WORDS),)), width=90)
    assert shown == f"Quoth  APP\n{Line(AnswerSentence.UNSHOWABLE).text}\n"


def test_a_name_that_is_not_known_is_a_number() -> None:
    assert "Asked by @41\n" in draw(answer_screen(make_recalled(make_quote("It sank.")), asker=41))


@share_of_examples(0.6)
@given(st.text(CHARACTERS, min_size=1, max_size=200))
def test_nothing_drawn_can_hide_reorder_or_steer(text: str) -> None:
    """Whatever an article, a title or a question holds, the terminal gets plain characters."""
    recalled = make_recalled(make_quote(text), make_quote("It sank.", rank=2), question=text)

    shown = draw(answer_screen(recalled))

    assert is_showable(shown)
    assert "\r" not in shown


FORM = Form(
    Target(Action.REPORT, "key"),
    Line(ReviewSentence.REPORT_TITLE),
    (
        FormField("reason", Line(ReviewSentence.REPORT_REASON), FieldKind.CHOICES),
        FormField("note", Line(ReviewSentence.NOTE), FieldKind.PARAGRAPH),
    ),
)


def fill(filled: dict[str, str], *, width: int = 34) -> str:
    """Return a form as it is drawn when it is sent."""
    file = io.StringIO()
    draw_form(FORM, Console(file=file, width=width, force_terminal=False), filled)
    return file.getvalue()


def test_a_form_is_drawn_with_what_stands_in_it() -> None:
    typed = "It leaves out who reported the closure.\nAnd when."

    assert fill({"What is wrong?": "Misleading cut", "Note": typed}) == (
        "╔════════════════════════════════╗\n"
        "║ Report this answer             ║\n"
        "║ What is wrong?                 ║\n"
        "║ ▎ Misleading cut               ║\n"
        "║ Note                           ║\n"
        "║ ▎ It leaves out who reported   ║\n"
        "║ ▎ the closure.                 ║\n"
        "║ ▎ And when.                    ║\n"
        "╚════════════════════════════════╝\n"
    )


def test_an_empty_field_is_drawn_empty() -> None:
    assert fill({}).count("▎") == len(FORM.fields)


@share_of_examples(0.6)
@given(st.text(CHARACTERS, min_size=1, max_size=200))
def test_nothing_typed_into_a_form_can_hide_reorder_or_steer(text: str) -> None:
    """What a player types is drawn as inert as what an article says."""
    drawn = fill({"Note": text})

    assert is_showable(drawn)
    assert "\r" not in drawn
    frame = {line[0] + line[-1] for line in drawn.split("\n") if line}
    assert frame <= {"╔╗", "║║", "╚╝"}
