"""Who is at the command line: an account, and never Quoth itself or a member of a server."""

from __future__ import annotations

import pytest

from bot.ledger.following import MEMBER_PREFIX
from bot.operator import QUOTH_ITSELF, operator_name


@pytest.mark.parametrize(
    ("account", "name"),
    [
        ("ada", "ada"),
        ("quoth", "quoth"),
        (QUOTH_ITSELF, "quoth_itself"),
        (f"{MEMBER_PREFIX}key", "member_key"),
    ],
)
def test_no_account_is_taken_for_somebody_else(
    monkeypatch: pytest.MonkeyPatch, account: str, name: str
) -> None:
    monkeypatch.setenv("LOGNAME", account)

    assert operator_name() == name


def test_an_account_without_a_name_is_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> str:
        raise KeyError("no such account")

    monkeypatch.setattr("getpass.getuser", fail)

    assert operator_name() == "unknown"
