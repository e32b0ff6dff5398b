"""An answer's message is linked and edited where one stands, and nowhere else."""

from __future__ import annotations

import pytest

from bot.catalogue.parameters import MessageLink
from bot.conversation.places import find_place
from bot.ledger.records import AnswerState, Visibility
from tests.bot.rendering.recalled import make_recalled


def test_a_posted_answer_stands_at_its_message() -> None:
    assert find_place(make_recalled().record) == MessageLink(1, 2, 3)


@pytest.mark.parametrize(
    "changes",
    [
        {"visibility": Visibility.PRIVATE},
        {"state": AnswerState.DELETED},
        {"state": AnswerState.PENDING, "message_id": None},
    ],
    ids=["private", "deleted", "not yet sent"],
)
def test_any_other_stands_nowhere(changes: dict[str, object]) -> None:
    """A link to it would lead to nothing."""
    assert find_place(make_recalled(**changes).record) is None
