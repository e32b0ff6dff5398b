"""Screens as Discord is sent them: the real library's payload, within every limit."""

from __future__ import annotations

import asyncio

import discord
import pytest

from bot.actions import Action, Target
from bot.catalogue.lines import Line
from bot.catalogue.parameters import MessageLink
from bot.catalogue.screens import ScreenSentence
from bot.rendering.layout import make_option, make_view
from bot.rendering.message import FieldName, FieldText
from bot.rendering.screen import (
    Audience,
    Button,
    Buttons,
    Choice,
    LinkButton,
    Look,
    Panel,
    Pick,
    PickKind,
    Row,
    Rule,
    Screen,
    TypedText,
)
from retrieval.answer import SourceFields
from tests.discord_server.limits import find_message_faults

LABEL = Line(ScreenSentence.NEXT)
PANEL = Panel((Row((LABEL,)), Rule(), Buttons((Button(Target(Action.VERIFY, "k"), LABEL),))))


def payload(*blocks: object) -> list[dict[str, object]]:
    """Return the components that Discord would be sent."""
    components = make_view(Screen(blocks, Audience.MODERATORS)).to_components()
    sent = {"components": components, "allowed_mentions": {"parse": []}}
    assert [*find_message_faults(sent, layout=True)] == []
    return components


def test_a_panel_is_a_container() -> None:
    (container,) = payload(PANEL)

    assert container["type"] == 17
    text, rule, row = container["components"]
    assert text == {"type": 10, "content": "Next"}
    assert rule["type"] == 14
    assert row["components"][0]["custom_id"] == "quoth1:verify:k:0"


@pytest.mark.parametrize(
    ("look", "style"), [(Look.QUIET, 2), (Look.MAIN, 1), (Look.GOOD, 3), (Look.DANGER, 4)]
)
def test_a_button_looks_as_it_should(look: Look, style: int) -> None:
    pressed = Button(Target(Action.DELETE_NOW, "k", 2), LABEL, look, disabled=True)
    ((button,),) = (row["components"] for row in payload(Buttons((pressed,))))

    assert button == {
        "type": 2,
        "style": style,
        "label": "Next",
        "disabled": True,
        "custom_id": "quoth1:delete_now:k:2",
    }


def test_a_link_button_leads_to_a_message() -> None:
    (row,) = payload(Buttons((LinkButton(MessageLink(1, 2, 3), LABEL),)))

    assert row["components"][0]["url"] == "https://discord.com/channels/1/2/3"
    assert row["components"][0]["style"] == 5


@pytest.mark.parametrize(
    ("kind", "type_", "named"), [(PickKind.ROLES, 6, "role"), (PickKind.CHANNELS, 8, "channel")]
)
def test_a_menu_of_channels_or_roles_shows_what_is_chosen(
    kind: PickKind, type_: int, named: str
) -> None:
    pick = Pick(Target(Action.SET_CHANNELS), LABEL, kind, chosen=(5, 6), least=0, most=25)
    ((menu,),) = (row["components"] for row in payload(pick))

    assert (menu["type"], menu["min_values"], menu["max_values"]) == (type_, 0, 25)
    assert menu["default_values"] == [{"id": 5, "type": named}, {"id": 6, "type": named}]


def test_a_menu_of_choices_has_plain_words() -> None:
    """Menus know no markdown: a backslash would be shown."""
    choices = (
        Choice("a", TypedText("*One*\nline"), TypedText("@here"), chosen=True),
        Choice("b", LABEL),
    )
    ((menu,),) = (
        row["components"] for row in payload(Pick(Target(Action.CORPUS), LABEL, choices=choices))
    )

    assert menu["placeholder"] == "Next"
    assert [(o["label"], o["value"], o.get("description")) for o in menu["options"]] == [
        ("*One* line", "a", "@here"),
        ("Next", "b", None),
    ]
    assert [option["default"] for option in menu["options"]] == [True, False]


@pytest.mark.parametrize("title", ["t" * 300, "😀" * 300, " \n", "x\u202e" * 80])
def test_a_choice_holds_1_to_100_characters_however_they_are_counted(title: str) -> None:
    source = SourceFields(title, None, None, None, None, None, None)

    option = make_option(Choice("a", FieldText(source, FieldName.TITLE)))
    assert 1 <= len(option.label.encode("utf-16-le")) // 2 <= 100
    assert option.label.strip()
    assert "\u202e" not in option.label


def test_a_screen_beyond_the_limits_is_refused() -> None:
    """discord.py would send it, and Discord would answer with an error the member never sees."""
    with pytest.raises(ValueError, match="characters"):
        make_view(Screen((Row((TypedText("w" * 4001),)),), Audience.MODERATORS))
    with pytest.raises(ValueError, match="shows nothing"):
        make_view(Screen(()))


def test_discord_py_keeps_no_view() -> None:
    """A view that is not finished would stay in memory as long as the process."""

    async def make() -> discord.ui.LayoutView:
        return make_view(Screen((PANEL,)))

    for view in (make_view(Screen((PANEL,))), asyncio.run(make())):
        assert view.is_finished()
        assert view.timeout is None
