"""Discord's limits: a screen beyond them is refused, and a list goes on pages of whole blocks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.actions import Action, Target
from bot.catalogue.answers import AnswerSentence
from bot.catalogue.lines import Line, Sentence, Template
from bot.catalogue.screens import ScreenSentence
from bot.rendering.fitting import (
    MAX_CHARS,
    MAX_COMPONENTS,
    check_screen,
    count_chars,
    find_faults,
    fits,
    measure,
    page_screen,
    split_pages,
)
from bot.rendering.screen import (
    Audience,
    Block,
    Button,
    Buttons,
    Choice,
    Panel,
    Pick,
    PickKind,
    Row,
    Rule,
    Screen,
    TypedText,
)

TARGET = Target(Action.SOURCES)
LABEL = Line(ScreenSentence.NEXT)


class Long(Sentence):
    """Sentences too long for their places."""

    LABEL = Template("l" * 81)
    PLACEHOLDER = Template("p" * 151)


def typed(text: str) -> Row:
    return Row((TypedText(text),))


def screen(*blocks: Block) -> Screen:
    return Screen(blocks, Audience.MODERATORS)


def button(page: int = 0) -> Button:
    return Button(Target(Action.SOURCES, page=page), LABEL)


def choices(*values: str, chosen: int = 0) -> tuple[Choice, ...]:
    return tuple(
        Choice(value, LABEL, chosen=number < chosen) for number, value in enumerate(values)
    )


def test_nested_components_are_counted() -> None:
    panel = Panel((typed("a"), typed("b"), Rule(), Buttons((button(1), button(2)))))

    assert measure(screen(typed("*"), panel, Pick(TARGET, LABEL, PickKind.ROLES))) == (
        1 + (1 + 1 + 1 + 3) + 2,
        len("\\*") + len("a\nb"),
    )


@pytest.mark.parametrize(("text", "chars"), [("a", 1), ("é", 1), ("😀", 2), ("", 0)])
def test_characters_are_counted_as_strictly_as_discord_could(text: str, chars: int) -> None:
    assert count_chars(text) == chars


@pytest.mark.parametrize(
    ("blocks", "fault"),
    [
        ((), "it shows nothing"),
        ((typed(" "),), "it shows nothing"),
        ((Rule(),) * 41, "41 components, 40 are allowed"),
        ((typed("w" * 4001),), "4001 characters, 4000 are allowed"),
        ((typed("*" * 2001),), "4002 characters, 4000 are allowed"),
        ((Buttons((button(), button())),), "ask for the same"),
        ((Panel((Buttons((button(),)),)), Pick(TARGET, LABEL, PickKind.ROLES)), "ask for the same"),
        ((Buttons(()),), "0 buttons in a row"),
        ((Buttons(tuple(map(button, range(6)))),), "6 buttons in a row"),
        ((Buttons((Button(TARGET, Line(Long.LABEL)),)),), "label has more than 80"),
        ((Panel((Row(()),)),), "a panel is empty"),
        ((Pick(TARGET, Line(Long.PLACEHOLDER), PickKind.ROLES),), "placeholder has more than 150"),
        ((Pick(TARGET, LABEL),), "0 choices"),
        ((Pick(TARGET, LABEL, choices=choices(*map(str, range(26)))),), "26 choices"),
        ((Pick(TARGET, LABEL, choices=choices("a"), most=2),), "1 choices in a menu of 2"),
        ((Pick(TARGET, LABEL, choices=choices("a", "a")),), "come back as the same"),
        ((Pick(TARGET, LABEL, choices=choices("")),), "comes back as"),
        ((Pick(TARGET, LABEL, choices=choices("v" * 101)),), "comes back as"),
        ((Pick(TARGET, LABEL, choices=choices("a", "b", chosen=2)),), "more is chosen"),
        ((Pick(TARGET, LABEL, PickKind.CHANNELS, chosen=(1, 2)),), "more is chosen"),
        ((Pick(TARGET, LABEL, PickKind.CHANNELS, least=2),), "takes 2 to 1"),
        ((Pick(TARGET, LABEL, PickKind.CHANNELS, least=-1),), "takes -1 to 1"),
        ((Pick(TARGET, LABEL, PickKind.CHANNELS, most=26),), "takes 1 to 26"),
    ],
)
def test_a_screen_beyond_a_limit_is_refused(blocks: tuple[Block, ...], fault: str) -> None:
    assert any(fault in found for found in find_faults(screen(*blocks)))
    with pytest.raises(ValueError, match="cannot be sent"):
        check_screen(screen(*blocks))


@pytest.mark.parametrize(
    "blocks",
    [
        (Rule(),) * 40,
        (typed("w" * 4000),),
        (typed("*" * 2000),),
        (Buttons(tuple(map(button, range(5)))),),
        (Pick(TARGET, LABEL, choices=choices(*map(str, range(25)), chosen=25), most=25),),
        (Pick(TARGET, LABEL, PickKind.CHANNELS, least=0, chosen=(1,)),),
    ],
)
def test_a_screen_at_its_limits_fits(blocks: tuple[Block, ...]) -> None:
    assert fits(screen(*blocks))


@given(st.lists(st.integers(1, 3000), max_size=30), st.integers(1, 12))
def test_each_block_of_a_list_is_whole_on_exactly_one_page(sizes: list[int], most: int) -> None:
    blocks = [Panel((typed("w" * size),)) for size in sizes]
    head, foot = (typed("head"),), (Buttons((button(),)),)

    pages = split_pages(blocks, head=head, foot=foot, most=most)

    assert [block for page in pages for block in page] == blocks
    for page in pages:
        assert len(page) <= most
        components, chars = measure(screen(*head, *page, *foot))
        assert components <= MAX_COMPONENTS
        assert chars <= MAX_CHARS
    assert all(pages) or pages == [()]


def test_pages_are_filled() -> None:
    pages = split_pages([Panel((typed("w" * 1900),))] * 5)

    assert [len(page) for page in pages] == [2, 2, 1]


def test_a_block_that_fits_on_no_page_is_refused() -> None:
    with pytest.raises(ValueError, match="4001 characters"):
        split_pages([typed("w" * 4001)])


@given(st.integers(0, 25), st.integers(-1, 30))
def test_a_list_can_be_turned_through(count: int, page: int) -> None:
    """Each page has a button to the one before and the one behind it, if they are there."""
    blocks = [Panel((typed(f"item {number}"),)) for number in range(count)]
    target = Target(Action.SOURCES, "k3y")

    shown = page_screen(
        blocks,
        page=page,
        target=target,
        head=(typed("head"),),
        most=4,
        audience=Audience.MODERATORS,
    )

    pages = max(1, -(-count // 4))
    now = min(max(page, 1), pages)
    buttons = [b for block in shown.blocks if isinstance(block, Buttons) for b in block.buttons]
    asked = [b.target for b in buttons if isinstance(b, Button)]
    expected = [to for to in (now - 1, now + 1) if 1 <= to <= pages]
    assert asked == [Target(Action.SOURCES, "k3y", to) for to in expected]
    assert [block for block in shown.blocks if isinstance(block, Panel)] == (
        blocks[4 * (now - 1) : 4 * now]
    )
    assert fits(shown)


def test_a_list_of_one_page_has_no_buttons() -> None:
    shown = page_screen([Row((Line(AnswerSentence.CAPTION),))], page=1, target=TARGET)

    assert shown == Screen((Row((Line(AnswerSentence.CAPTION),)),))
