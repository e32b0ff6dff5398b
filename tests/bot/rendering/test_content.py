"""Screens as plain messages: each excerpt whole in one of them, and none too long."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.actions import Action, Target
from bot.catalogue.answers import AnswerSentence
from bot.catalogue.lines import Line
from bot.catalogue.screens import ScreenSentence
from bot.rendering.content import MAX_CONTENT_CHARS, plain_parts
from bot.rendering.fitting import count_chars
from bot.rendering.message import ExcerptText
from bot.rendering.rows import show_row
from bot.rendering.screen import (
    Audience,
    Button,
    Buttons,
    Panel,
    Row,
    Rule,
    Screen,
    Style,
    TypedText,
)
from retrieval.answer import Excerpt
from tests.bot.rendering.reading import read_markdown
from tests.strategies import share_of_examples

LABEL = Row((Line(AnswerSentence.QUOTE),), Style.QUIET)


def words(text: str) -> Row:
    return Row((ExcerptText(Excerpt(0, len(text), text)),), Style.WORDS)


@share_of_examples(0.6)
@given(st.lists(st.tuples(st.sampled_from("w*"), st.integers(1, 1500)), min_size=1, max_size=8))
def test_each_excerpt_stands_whole_in_exactly_one_message(sizes: list[tuple[str, int]]) -> None:
    rows = [words(letter * size) for letter, size in sizes]

    parts = plain_parts(Screen(tuple(Panel((LABEL, row)) for row in rows)))

    assert all(0 < count_chars(part) <= MAX_CONTENT_CHARS for part in parts)
    barred = [line.text for part in parts for line in read_markdown(part) if line.behind_bar]
    assert barred == [
        letter * size for letter, size in sizes if size * (1 + (letter == "*")) + 2 <= 2000
    ]


def test_an_excerpt_longer_than_a_message_is_not_shown() -> None:
    (part,) = plain_parts(Screen((LABEL, words("w" * 1999))))

    assert part == show_row(LABEL) + "\n" + show_row(Row((Line(ScreenSentence.TOO_LONG),)))


def test_panels_and_bars_stand_apart() -> None:
    """Two bars without an empty line between them would be one quote."""
    screen = Screen(
        (LABEL, Panel((words("One."), words("Two."))), Rule(), LABEL, words("Three."), LABEL)
    )

    assert plain_parts(screen) == [
        "-# Quote\\:\n\n> One\\.\n\n> Two\\.\n\n-# Quote\\:\n> Three\\.\n-# Quote\\:"
    ]


def test_buttons_fall_away() -> None:
    button = Button(Target(Action.VERIFY, "k"), Line(ScreenSentence.VERIFY))

    assert plain_parts(Screen((Buttons((button,)),))) == []


def test_anything_else_that_is_too_long_is_refused() -> None:
    with pytest.raises(ValueError, match="2001 characters"):
        plain_parts(Screen((Row((TypedText("w" * 2001),)),), Audience.MODERATORS))
