"""Panels on as many screens as they need."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.actions import Action, Target
from bot.catalogue.answers import AnswerSentence
from bot.catalogue.asking import AskingSentence
from bot.catalogue.lines import Line
from bot.catalogue.parameters import Number, QuestionWords
from bot.conversation.answers.leafing import Leaf, leaf_screen
from bot.rendering.fitting import fits
from bot.rendering.screen import Button, Panel, Row, Screen
from tests.bot.conversation.screens import buttons, said

TARGET = Target(Action.CONTEXT, "key")
FOOT = (Button(Target(Action.RETRACT, "key"), Line(AnswerSentence.SOURCE)),)
HEAD = (Row((Line(AnswerSentence.QUESTION),)),)


def make_leaf(rank: int, chars: int) -> Leaf:
    """Return a leaf that takes so many characters; its short form says only its number."""
    number = Row((Line(AskingSentence.CONTEXT_OF, (Number(rank),)),))
    words = Row((Line(AnswerSentence.WORDS_NOT_FOUND, (QuestionWords(("x" * chars,)),)),))
    return Leaf(rank, Panel((number, words)), Panel((number,)))


def read_all(leaves: list[Leaf]) -> list[Screen]:
    """Press on until there is nothing more."""
    screens: list[Screen] = []
    first = leaves[0].rank
    while True:
        left = [leaf for leaf in leaves if leaf.rank >= first]
        screens.append(leaf_screen(left, target=TARGET, head=HEAD, foot=FOOT))
        onward = [b.target for b in buttons(screens[-1]) if b.target.action is Action.CONTEXT]
        if not onward:
            return screens
        first = onward[0].page


@given(st.lists(st.integers(0, 5000), min_size=1, max_size=9))
def test_every_leaf_stands_on_one_screen_that_can_be_sent(sizes: list[int]) -> None:
    leaves = [make_leaf(rank, chars) for rank, chars in enumerate(sizes, 1)]

    screens = read_all(leaves)

    numbers = [words for screen in screens for words in said(screen) if words.startswith("Around")]
    assert numbers == [f"Around quote {leaf.rank}:" for leaf in leaves]
    assert all(map(fits, screens))


def test_what_fits_on_no_screen_is_said_in_short() -> None:
    (screen,) = read_all([make_leaf(1, 5000)])

    assert said(screen) == ["Question:", "Around quote 1:", "Source:"]
