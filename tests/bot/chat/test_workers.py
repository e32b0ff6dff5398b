"""However many questions one member asks, nobody else waits for more than a turn."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.workers import Bounds, Busy, Who, Workers

WIDE = Bounds(threads=1, waiting=1000, waiting_each=1000)


def order_of(asked: list[int], bounds: Bounds = WIDE) -> list[int]:
    """Return the members in the order in which their jobs ran, all asked before the first ends."""
    ran: list[int] = []

    async def scenario() -> None:
        workers, gate = Workers("test", bounds), threading.Event()
        first = asyncio.create_task(workers.run((0, -1), gate.wait))
        await asyncio.sleep(0)
        jobs = [
            asyncio.create_task(workers.run((1, user), lambda user=user: ran.append(user)))
            for user in asked
        ]
        await asyncio.sleep(0)
        gate.set()
        await asyncio.gather(first, *jobs)
        assert await workers.finish()

    asyncio.run(scenario())
    return ran


@given(st.lists(st.integers(0, 4), max_size=30))
def test_members_take_turns(asked: list[int]) -> None:
    """The nth job of a member runs before anybody's job n + 1, and each line keeps its order."""
    ran = order_of(asked)

    assert sorted(ran) == sorted(asked)
    rounds = [ran[:place].count(user) for place, user in enumerate(ran)]
    assert rounds == sorted(rounds)


def test_one_question_does_not_wait_for_five_hundred() -> None:
    ran = order_of([1] * 500 + [2])

    assert ran.index(2) <= 1


def run(scenario: Callable[[], Coroutine[Any, Any, None]]) -> None:
    asyncio.run(scenario())


async def fill(workers: Workers, who: Who, n: int, gate: threading.Event) -> list[Awaitable[bool]]:
    jobs = [asyncio.ensure_future(workers.run(who, gate.wait)) for _ in range(n)]
    await asyncio.sleep(0)
    return list(jobs)


def test_a_member_may_have_only_so_many_waiting() -> None:
    async def scenario() -> None:
        workers, gate = Workers("test", Bounds(threads=1, waiting=9, waiting_each=2)), _gate()
        jobs = await fill(workers, (1, 1), 3, gate)

        with pytest.raises(Busy):
            await workers.run((1, 1), gate.wait)
        jobs += await fill(workers, (1, 2), 1, gate)  # another member still may
        gate.set()
        assert await asyncio.gather(*jobs) == [True] * 4
        await workers.finish()

    run(scenario)


def test_all_together_may_have_only_so_many_waiting() -> None:
    async def scenario() -> None:
        workers, gate = Workers("test", Bounds(threads=1, waiting=2, waiting_each=2)), _gate()
        jobs = [job for user in range(3) for job in await fill(workers, (1, user), 1, gate)]

        with pytest.raises(Busy):
            await workers.run((1, 9), gate.wait)
        gate.set()
        await asyncio.gather(*jobs)
        assert await workers.run((1, 9), lambda: "free again") == "free again"
        await workers.finish()

    run(scenario)


def test_one_member_holds_one_thread_at_most() -> None:
    """However much one member has asked, a thread is left for the next who asks."""

    async def scenario() -> None:
        workers, gate = Workers("test", Bounds(threads=2, waiting=9, waiting_each=9)), _gate()
        jobs = await fill(workers, (1, 1), 3, gate)

        try:
            async with asyncio.timeout(5):
                assert await workers.run((1, 2), lambda: "at once") == "at once"
        finally:
            gate.set()
        assert await asyncio.gather(*jobs) == [True] * 3
        await workers.finish()

    run(scenario)


@given(st.lists(st.integers(0, 4), max_size=30), st.integers(1, 3))
def test_nothing_that_was_asked_is_left_undone(asked: list[int], threads: int) -> None:
    done: list[int] = []

    async def scenario() -> None:
        workers = Workers("test", Bounds(threads, waiting=1000, waiting_each=1000))
        jobs = [workers.run((1, user), lambda user=user: done.append(user)) for user in asked]
        async with asyncio.timeout(5):
            await asyncio.gather(*jobs)
        await workers.finish()

    asyncio.run(scenario())
    assert sorted(done) == sorted(asked)


def test_what_work_raises_reaches_who_asked() -> None:
    async def scenario() -> None:
        workers = Workers("test", WIDE)

        with pytest.raises(ZeroDivisionError):
            await workers.run((1, 1), lambda: 1 // 0)
        assert await workers.run((1, 1), lambda: "next") == "next"
        await workers.finish()

    run(scenario)


def test_who_gives_up_waiting_leaves_the_line_to_others() -> None:
    """A cancelled wait must neither run nor keep its place, wherever it was in the line."""

    async def scenario() -> None:
        workers, gate, ran = Workers("test", WIDE), _gate(), list[str]()
        first = asyncio.create_task(workers.run((1, 1), gate.wait))
        await asyncio.sleep(0)
        second = asyncio.create_task(workers.run((1, 2), lambda: ran.append("given up")))
        third = asyncio.create_task(workers.run((1, 3), lambda: ran.append("waited")))
        await asyncio.sleep(0)
        second.cancel()
        gate.set()
        await asyncio.gather(first, third)

        assert ran == ["waited"]
        await workers.finish()

    run(scenario)


def test_who_gives_up_when_called_leaves_the_turn_to_others() -> None:
    async def scenario() -> None:
        workers, gate = Workers("test", WIDE), _gate()
        first = asyncio.create_task(workers.run((1, 1), lambda: None))
        second = asyncio.create_task(workers.run((1, 2), gate.wait))
        await first
        second.cancel()  # in the very moment in which its turn comes
        gate.set()
        await asyncio.wait({second})

        assert await workers.run((1, 3), lambda: "free") == "free"
        await workers.finish()

    run(scenario)


def test_finishing_drops_what_waits_and_says_what_still_runs() -> None:
    async def scenario() -> None:
        workers, gate = Workers("test", WIDE), _gate()
        running, waiting = await fill(workers, (1, 1), 2, gate)

        assert not await workers.finish(seconds=0.01)
        with pytest.raises(asyncio.CancelledError):
            await waiting
        with pytest.raises(Busy):
            await workers.run((1, 1), gate.wait)
        gate.set()
        assert await running

    run(scenario)


def _gate() -> threading.Event:
    return threading.Event()
