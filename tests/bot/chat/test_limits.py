"""How many questions are answered, and how long the wait is that a member is told."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalogue.parameters import Count
from bot.catalogue.refusals import Refusal
from bot.chat import limits
from bot.chat.limits import Limiter
from bot.ledger.servers import ServerSettings

SETTINGS = ServerSettings(member_questions=2, member_seconds=10, server_questions=5)


@dataclass
class Clock:
    """Seconds that a test sets."""

    now: float = 1000.0

    def __call__(self) -> float:
        """Return the time."""
        return self.now


def test_a_member_may_ask_so_many_and_then_waits() -> None:
    clock = Clock()
    limiter = Limiter(clock)

    assert limiter.take(1, 7, SETTINGS) is None
    clock.now += 4.5
    assert limiter.take(1, 7, SETTINGS) is None
    clock.now += 1
    refused = limiter.take(1, 7, SETTINGS)

    assert refused is not None
    assert refused.sentence is Refusal.WAIT
    assert refused.parameters == (Count(5),)  # 4.5 seconds, told as a whole number


def test_others_are_not_concerned() -> None:
    limiter = Limiter(Clock())
    for _ in range(3):
        limiter.take(1, 7, SETTINGS)

    assert limiter.take(1, 8, SETTINGS) is None
    assert limiter.take(2, 7, SETTINGS) is None


def test_a_server_may_ask_so_many_a_minute() -> None:
    clock = Clock()
    limiter = Limiter(clock)
    for user in range(5):
        assert limiter.take(1, user, SETTINGS) is None

    refused = limiter.take(1, 99, SETTINGS)
    assert refused is not None
    assert (refused.sentence, refused.parameters) == (Refusal.SERVER_WAIT, (Count(60),))
    clock.now += 60
    assert limiter.take(1, 99, SETTINGS) is None


@given(
    st.lists(st.floats(0, 15), min_size=1, max_size=40),
    st.integers(1, 4),
    st.integers(1, 30),
)
def test_the_time_told_is_the_time_to_wait(pauses: list[float], most: int, seconds: int) -> None:
    """Never more in a window than allowed, and whoever waits as told is answered."""
    settings = ServerSettings(member_questions=most, member_seconds=seconds, server_questions=1000)
    clock = Clock()
    limiter, taken = Limiter(clock), list[float]()
    for pause in pauses:
        clock.now += pause
        refused = limiter.take(1, 7, settings)
        if refused is not None:
            (wait,) = refused.parameters
            assert isinstance(wait, Count)
            assert 1 <= wait.value <= seconds
            clock.now += wait.value
            assert limiter.take(1, 7, settings) is None
        taken.append(clock.now)
        recent = [moment for moment in taken if moment > clock.now - seconds + 0.002]
        assert len(recent) <= most


def test_a_change_of_settings_counts_at_once() -> None:
    limiter = Limiter(Clock())
    limiter.take(1, 7, SETTINGS)
    limiter.take(1, 7, SETTINGS)

    assert limiter.take(1, 7, ServerSettings(member_questions=3, member_seconds=10)) is None


def test_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Members and servers come and go for months."""
    monkeypatch.setattr(limits, "MAX_KNOWN", 10)
    limiter = Limiter(Clock())
    for user in range(100):
        limiter.take(user, user, SETTINGS)
        limiter.may_tell(user, user)

    assert len(limiter._asked) == 10
    assert len(limiter._told) == 10


def test_a_channel_hears_once_a_minute_that_somebody_has_to_wait() -> None:
    clock = Clock()
    limiter = Limiter(clock)

    assert limiter.may_tell(1, 7)
    clock.now += 59
    assert not limiter.may_tell(1, 7)
    assert limiter.may_tell(1, 8)
    clock.now += 1
    assert limiter.may_tell(1, 7)
