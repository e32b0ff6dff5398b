"""Who was given a command for administrators on Discord's Integrations page."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from discord import AppCommandPermissionType as Kind

from bot.chat.integrations import is_granted
from bot.conversation.actors import Actor

SERVER, CHANNEL, USER, EDITORS, GUESTS = 100, 200, 300, 400, 401
EVERYWHERE = SERVER - 1
ACTOR = Actor(SERVER, CHANNEL, USER, role_ids=frozenset({EDITORS, GUESTS, SERVER}))


def said(kind: Kind, number: int, allowed: bool) -> Any:
    """Return an override as discord.py reads it."""
    return SimpleNamespace(type=kind, id=number, permission=allowed)


@pytest.mark.parametrize(
    ("overrides", "granted"),
    [
        ([], False),
        ([(Kind.user, USER, True)], True),
        ([(Kind.user, USER + 1, True)], False),
        ([(Kind.role, EDITORS, True)], True),
        ([(Kind.role, 499, True)], False),
        ([(Kind.role, EDITORS, True), (Kind.role, GUESTS, False)], True),
        ([(Kind.role, EDITORS, True), (Kind.user, USER, False)], False),
        ([(Kind.role, EDITORS, False), (Kind.user, USER, True)], True),
        ([(Kind.role, SERVER, True)], True),
        ([(Kind.role, SERVER, True), (Kind.role, EDITORS, False)], False),
        ([(Kind.role, SERVER, False), (Kind.role, EDITORS, True)], True),
        ([(Kind.user, USER, True), (Kind.channel, CHANNEL, False)], False),
        ([(Kind.user, USER, True), (Kind.channel, EVERYWHERE, False)], False),
        (
            [
                (Kind.user, USER, True),
                (Kind.channel, EVERYWHERE, False),
                (Kind.channel, CHANNEL, True),
            ],
            True,
        ),
        ([(Kind.channel, CHANNEL, True)], False),
    ],
)
def test_what_is_not_given_takes_manage_server(
    overrides: list[tuple[Kind, int, bool]], granted: bool
) -> None:
    assert is_granted([said(*override) for override in overrides], ACTOR) is granted


@pytest.mark.parametrize("allowed", [True, False])
def test_a_thread_is_as_open_as_its_channel(allowed: bool) -> None:
    in_thread = replace(ACTOR, channel_id=CHANNEL + 1, parent_channel_id=CHANNEL)
    overrides = [
        said(Kind.user, USER, True),
        said(Kind.channel, EVERYWHERE, not allowed),
        said(Kind.channel, CHANNEL, allowed),
    ]

    assert is_granted(overrides, in_thread) is allowed
