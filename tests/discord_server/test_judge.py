"""The judge refuses what Discord refuses: one test for each limit, by API description or by us."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.discord_server import form_limits, limits
from tests.discord_server.judge import Judge, load_judge
from tests.discord_server.raw_bot import ASK, FIND, NO_PINGS, raw_bot

Payload = dict[str, Any]
FILE = {"attachments": [{"id": str(each)} for each in range(11)]}


def text(content: str) -> Payload:
    return {"type": 10, "content": content}


def row(*components: Payload) -> Payload:
    return {"type": 1, "components": list(components)}


def button(custom_id: str | None = "go", label: str | None = "Go", **more: Any) -> Payload:
    return {"type": 2, "style": 1, "label": label, "custom_id": custom_id, **more}


def select(count: int = 1, **more: Any) -> Payload:
    options = [{"label": str(each), "value": str(each)} for each in range(count)]
    return {"type": 3, "custom_id": "pick", "options": options, **more}


def layout(*components: Payload, **more: Any) -> Payload:
    return {"flags": 1 << 15, "components": list(components), **more}


GOOD = {
    "content": {"content": "x" * 2000},
    "layout of 40": layout(*(text("x") for _ in range(40))),
    "layout of 4000": layout(text("x" * 2000), {"type": 17, "components": [text("x" * 2000)]}),
    "five buttons": {"content": "x", "components": [row(*(button(str(n)) for n in range(5)))]},
    "select": layout(row(select(25, placeholder="x" * 150))),
    "section": layout({"type": 9, "components": [text("x")], "accessory": button()}),
}
BAD = {
    "long content": ({"content": "x" * 2001}, "content"),
    "content beside a layout": (layout(text("x"), content="y"), "neither content nor embeds"),
    "embed beside a layout": (layout(text("x"), embeds=[{"title": "y"}]), "neither content"),
    "long embeds": ({"embeds": [{"description": "x" * 3001}] * 2}, "6000"),
    "41 components": (layout(*(text("x") for _ in range(41))), "40"),
    "41 nested": (layout({"type": 17, "components": [text("x")] * 40}), "41 components"),
    "4001 characters": (layout(text("x" * 3000), text("x" * 1001)), "4001 characters"),
    "empty text": (layout(text("  ")), "empty"),
    "layout without its flag": ({"components": [text("x")]}, "flag"),
    "button at the top": (layout(button()), "type"),
    "long custom id": (layout(row(button("x" * 101))), "custom_id"),
    "empty custom id": (layout(row(button(""))), "custom_id"),
    "custom id twice": (layout(row(button()), row(button())), "custom_id stands twice"),
    "component id twice": (layout(text("x") | {"id": 3}, text("y") | {"id": 3}), "id stands"),
    "long label": (layout(row(button(label="x" * 81))), "label"),
    "no label": (layout(row(button(label=None))), "neither label nor emoji"),
    "button without id": (layout(row(button(None))), "custom_id"),
    "link with id": (layout(row(button(style=5, url="https://a.example"))), "link button"),
    "odd address": (layout(row(button(None, style=5, url="javascript:x"))), "http"),
    "long address": (layout(row(button(None, style=5, url="https://" + "x" * 505))), "512"),
    "six buttons": (layout(row(*(button(str(n)) for n in range(6)))), "5"),
    "button beside select": (layout(row(button(), select())), "action row"),
    "two selects": (layout(row(select(), select(custom_id="other"))), "action row"),
    "empty row": (layout(row()), "empty|minItems"),
    "six rows": ({"content": "x", "components": [row(button(str(n))) for n in range(6)]}, "5"),
    "26 options": (layout(row(select(26))), "25"),
    "no options": (layout(row(select(0))), "options"),
    "long option": (layout(row(select(options=[{"label": "x" * 101, "value": "1"}]))), "label"),
    "option twice": (layout(row(select(options=[{"label": "a", "value": "1"}] * 2))), "value"),
    "long placeholder": (layout(row(select(placeholder="x" * 151))), "placeholder"),
    "more at least than most": (layout(row(select(min_values=2, max_values=1))), "2 to 1"),
    "section without accessory": (layout({"type": 9, "components": [text("x")]}), "accessory"),
    "section of four": (
        layout({"type": 9, "components": [text("x")] * 4, "accessory": button()}),
        "three|maxItems",
    ),
    "eleven files": ({"content": "x", **FILE}, "10"),
    "no allowed_mentions": ({"content": "x", "allowed_mentions": None}, "missing"),
    "pings": ({"content": "x", "allowed_mentions": {"parse": ["users"]}}, "ping"),
    "pings one": ({"content": "x", "allowed_mentions": {"parse": [], "users": ["1"]}}, "ping"),
    "pings back": ({"content": "x", "allowed_mentions": {"parse": [], "replied_user": True}}, "p"),
}
LABELLED = {"type": 18, "label": "Why", "component": {"type": 4, "custom_id": "why", "style": 1}}
MODAL = {"custom_id": "form", "title": "Form", "components": [LABELLED]}


def change_input(**change: Any) -> Payload:
    return {"components": [LABELLED | {"component": LABELLED["component"] | change}]}


BAD_MODALS = {
    "long title": ({"title": "x" * 46}, "title"),
    "no title": ({"title": ""}, "title"),
    "long custom id": ({"custom_id": "x" * 101}, "custom_id"),
    "no components": ({"components": []}, "components"),
    "six components": (
        {"components": [{"type": 10, "content": "x"}] * 6},
        "1 to 5",
    ),
    "long label": ({"components": [LABELLED | {"label": "x" * 46}]}, "label"),
    "long description": ({"components": [LABELLED | {"description": "x" * 101}]}, "description"),
    "long placeholder": (change_input(placeholder="x" * 101), "placeholder"),
    "value over its length": (change_input(value="x" * 6, max_length=5), "longer"),
    "lengths crossed": (change_input(min_length=6, max_length=5), "6 to 5"),
    "length over 4000": (change_input(max_length=4001), "4001|maximum"),
    "same field twice": ({"components": [LABELLED, LABELLED]}, "twice"),
}
OPTION = {"type": 3, "name": "text", "description": "Text"}
BAD_COMMANDS = {
    "upper case": ([ASK | {"name": "Ask"}], "no name"),
    "space": ([ASK | {"name": "ask me"}], "no name"),
    "long name": ([ASK | {"name": "x" * 33}], "name"),
    "no description": ([ASK | {"description": ""}], "description"),
    "long description": ([ASK | {"description": "x" * 101}], "description"),
    "menu with description": ([FIND | {"description": "x"}], "menu"),
    "twice": ([ASK, ASK], "one name"),
    "16 menus": ([FIND | {"name": f"M{n}"} for n in range(16)], "15"),
    "26 options": ([ASK | {"options": [OPTION | {"name": f"o{n}"} for n in range(26)]}], "25"),
    "option twice": ([ASK | {"options": [OPTION, OPTION]}], "one name"),
    "required last": (
        [ASK | {"options": [OPTION, OPTION | {"name": "b", "required": True}]}],
        "required",
    ),
    "26 choices": (
        [ASK | {"options": [OPTION | {"choices": [{"name": "a", "value": "b"}] * 26}]}],
        "25",
    ),
    "choices and suggestions": (
        [
            ASK
            | {
                "options": [
                    OPTION | {"choices": [{"name": "a", "value": "b"}], "autocomplete": True}
                ]
            }
        ],
        "exclude|autocomplete",
    ),
    "too much text": (
        [
            ASK
            | {
                "options": [
                    OPTION
                    | {
                        "name": f"o{n}",
                        "choices": [{"name": f"{m}" * 40, "value": "x" * 60} for m in range(4)],
                    }
                    for n in range(25)
                ]
            }
        ],
        "8000",
    ),
    "mixed": ([ASK | {"options": [OPTION, OPTION | {"type": 1, "name": "sub"}]}], "mix"),
}


@pytest.fixture(scope="module", params=["limits alone", "description too"])
def described(request: pytest.FixtureRequest, description: Path) -> Path | None:
    """Judge once by our limits alone, and once by the API description as well."""
    if request.param == "limits alone":
        return None
    if not description.is_file():
        pytest.skip(f"needs {description}")
    return description


@pytest.mark.parametrize("name", GOOD)
async def test_a_message_within_the_limits_is_sent(name: str, described: Path | None) -> None:
    async with raw_bot(described) as bot:
        assert (await bot.say(**GOOD[name]))[0] == 200
        assert bot.server.violations == []


@pytest.mark.parametrize("name", BAD)
async def test_a_message_over_a_limit_is_refused(name: str, described: Path | None) -> None:
    payload, why = BAD[name]
    async with raw_bot(described) as bot:
        assert await bot.say(**payload) == (400, 50035)
        assert_violation(bot.server.violations, why)
        assert bot.channel.messages == []


@pytest.mark.parametrize("name", BAD_MODALS)
async def test_a_modal_over_a_limit_is_refused(name: str, described: Path | None) -> None:
    change, why = BAD_MODALS[name]
    async with raw_bot(described) as bot:
        interaction = await bot.begin()
        assert await bot.respond(interaction, 9, **(MODAL | change)) == (400, 50035)
        assert_violation(bot.server.violations, why)
        assert (await bot.respond(interaction, 9, **MODAL))[0] == 204


@pytest.mark.parametrize("name", BAD_COMMANDS)
async def test_commands_over_a_limit_are_refused(name: str, described: Path | None) -> None:
    commands, why = BAD_COMMANDS[name]
    async with raw_bot(described) as bot:
        assert await bot.declare(*commands) == (400, 50035)
        assert_violation(bot.server.violations, why)
        assert (await bot.declare(ASK, FIND))[0] == 200


@pytest.mark.parametrize(
    ("choices", "why"),
    [
        ([{"name": str(each), "value": "x"} for each in range(26)], "25"),
        ([{"name": "x" * 101, "value": "x"}], "name"),
        ([{"name": "x", "value": "x" * 101}], "value"),
    ],
)
def test_suggestions_over_a_limit_are_refused(choices: list[Payload], why: str) -> None:
    assert why in "; ".join(form_limits.find_choice_faults(choices))


@pytest.mark.parametrize(
    ("payload", "pings"),
    [
        ({"content": "<@1>", "allowed_mentions": NO_PINGS}, False),
        ({"content": "<@1>"}, True),
        ({"content": "@everyone", "allowed_mentions": {"parse": ["everyone"]}}, True),
        ({"components": [text("<@&1>")]}, True),
        ({"content": "nobody"}, False),
        ({"message_reference": {"message_id": "1"}}, True),
    ],
)
def test_what_would_ping_is_known(payload: Payload, pings: bool) -> None:
    assert limits.would_ping(payload) is pings


async def test_a_route_that_does_not_exist_is_a_violation(description: Path) -> None:
    async with raw_bot(description) as bot:
        assert await bot.send("POST", "/channels/1/quotes", {}) == (400, 50035)
        assert len(bot.server.violations) == 1


def test_the_description_knows_no_parameter_of_that_name(description: Path) -> None:
    judge = load_judge(description)
    if judge is None:
        pytest.skip(f"needs {description}")

    assert list(judge.find_errors("GET", "/users/@me", query={}, payload=None)) == []
    assert list(judge.find_errors("GET", "/users/@me", query={"a": "b"}, payload=None))
    assert list(judge.find_errors("GET", "/users/@me", query={}, payload={}))
    assert isinstance(judge, Judge)


def assert_violation(violations: list[Any], why: str) -> None:
    found = "; ".join(each.why for each in violations)
    assert any(part in found for part in why.split("|")), found
