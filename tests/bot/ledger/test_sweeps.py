"""The queue of corrections: each ends once, and none is forgotten."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection

from bot.conversation.desk import Desk
from bot.ledger import audit, sweeps
from bot.ledger.audit import AuditAction
from bot.ledger.sweeps import (
    LONGEST_WAIT,
    MAX_ATTEMPTS,
    Correction,
    CorrectionState,
    SweepCause,
)
from tests.bot.conversation.desks import CHANNEL, OTHER_CHANNEL, SERVER, Clock, make_desk
from tests.bot.ledger.posted import post_answer
from tests.strategies import share_of_examples

ENDS = [state for state in CorrectionState if state is not CorrectionState.WAITING]
MESSAGE = 950_000_000_000_000_001


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(tmp_path: Path, clock: Clock) -> Desk:
    return make_desk(tmp_path, clock=clock)


@pytest.fixture(scope="module")
def queue(tmp_path_factory: pytest.TempPathFactory) -> tuple[Desk, list[str]]:
    """Return a desk with three posted answers; what a test does with them it undoes."""
    desk = make_desk(tmp_path_factory.mktemp("queue"))
    return desk, [post_answer(desk, ["ferry"], message_id=MESSAGE + n) for n in range(3)]


def begin(
    connection: Connection,
    desk: Desk,
    *answers: str,
    cause: SweepCause = SweepCause.WITHDRAWN,
    subject: str = "ferry",
) -> int:
    return sweeps.begin(
        connection,
        server_id=SERVER,
        cause=cause,
        subject=subject,
        answers=answers,
        at=desk.now(),
    )


def take(connection: Connection, desk: Desk, channel_id: int = CHANNEL) -> Correction:
    correction = sweeps.next_due(connection, channel_id, at=desk.now())
    assert correction is not None
    return correction


def test_a_sweep_of_one_answer_is_about_that_answer(desk: Desk) -> None:
    key = post_answer(desk, ["ferry"], message_id=MESSAGE)
    with desk.store.transaction() as connection:
        sweeps.begin_for(connection, key, server_id=SERVER, cause=SweepCause.WIDENED, at=desk.now())

        (swept,) = sweeps.newest(connection, SERVER, [SweepCause.WIDENED], limit=9, subject=key)
        assert swept.begun_at == desk.now()
        assert take(connection, desk).answer_key == key


@share_of_examples(0.4)
@given(data=st.data())
def test_each_correction_ends_once_whatever_is_done_in_whatever_order(
    queue: tuple[Desk, list[str]], data: st.DataObject
) -> None:
    """Sweeps begin while others are worked off; what has ended stays as it ended."""
    desk, keys = queue
    now = desk.now()
    with desk.store.rehearsal() as connection:
        begun = {begin(connection, desk, *keys)}
        while True:
            correction = sweeps.next_due(connection, CHANNEL, at=now)
            if correction is None:
                break
            before = {number: sweeps.report(connection, number) for number in begun}
            step = data.draw(st.sampled_from([*ENDS, "postpone", "begin", "twice"]))
            if step == "begin" and len(begun) < 4:
                begun.add(begin(connection, desk, *data.draw(st.sets(st.sampled_from(keys)))))
            elif step == "postpone":
                sweeps.postpone(connection, correction, at=now)
                now += LONGEST_WAIT
            else:
                state = step if isinstance(step, CorrectionState) else ENDS[0]
                for end in [state, *ENDS] if step == "twice" else [state]:
                    sweeps.settle(connection, correction, end, at=now)
            for number, counts in before.items():
                after = sweeps.report(connection, number)
                assert all(after[end] >= counts[end] for end in ENDS)
                assert sum(after.values()) == sum(counts.values())
        assert all(
            sweeps.report(connection, number)[CorrectionState.WAITING] == 0 for number in begun
        )


def test_an_answer_is_corrected_once_for_all_sweeps_that_wait_for_it(desk: Desk) -> None:
    key = post_answer(desk, ["ferry"], message_id=MESSAGE)
    with desk.store.transaction() as connection:
        first, second = begin(connection, desk, key), begin(connection, desk, key)

        correction = take(connection, desk)
        sweeps.settle(connection, correction, CorrectionState.EDITED, at=desk.now())

        assert correction == Correction(SERVER, key, (first, second), desk.now())
        assert sweeps.next_due(connection, CHANNEL, at=desk.now()) is None
        for number in (first, second):
            assert sweeps.report(connection, number)[CorrectionState.EDITED] == 1


def test_a_sweep_begun_after_a_correction_was_taken_is_not_ended_by_it(desk: Desk) -> None:
    """What it is about may have come after the message was made."""
    key = post_answer(desk, ["ferry"], message_id=MESSAGE)
    with desk.store.transaction() as connection:
        begin(connection, desk, key)
        taken = take(connection, desk)
        later = begin(connection, desk, key)

        sweeps.settle(connection, taken, CorrectionState.EDITED, at=desk.now())

        assert take(connection, desk).sweeps == (later,)


def test_an_answer_named_twice_is_one_correction(desk: Desk) -> None:
    key = post_answer(desk, ["ferry"], message_id=MESSAGE)
    with desk.store.transaction() as connection:
        number = begin(connection, desk, key, key)

        assert sum(sweeps.report(connection, number).values()) == 1


def test_a_sweep_of_nothing_is_over_at_once(desk: Desk) -> None:
    with desk.store.transaction() as connection:
        number = begin(connection, desk)

        assert sweeps.due_channels(connection, at=desk.now()) == []
        assert set(sweeps.report(connection, number).values()) == {0}


def test_each_channel_has_a_queue_of_its_own_and_goes_in_order(desk: Desk, clock: Clock) -> None:
    keys = [
        post_answer(desk, ["ferry"], message_id=MESSAGE + n, channel_id=channel)
        for n, channel in enumerate([OTHER_CHANNEL, CHANNEL, CHANNEL])
    ]
    with desk.store.transaction() as connection:
        begin(connection, desk, keys[2])
        clock.pass_time(seconds=1)
        begin(connection, desk, keys[0], keys[1])

        assert sweeps.due_channels(connection, at=desk.now()) == [CHANNEL, OTHER_CHANNEL]
        assert take(connection, desk).answer_key == keys[2]
        assert take(connection, desk, OTHER_CHANNEL).answer_key == keys[0]


def test_what_was_postponed_waits_longer_each_time_and_is_given_up_in_the_end(
    desk: Desk, clock: Clock
) -> None:
    """About a day of trying: long enough for an outage, and then the report says so."""
    key = post_answer(desk, ["ferry"], message_id=MESSAGE)
    begun, waits = clock.moment, [timedelta(0)]
    with desk.store.transaction() as connection:
        number = begin(connection, desk, key)
        while (correction := sweeps.next_due(connection, CHANNEL, at=clock.moment)) is not None:
            sweeps.postpone(connection, correction, at=clock.moment)
            waits.append(sweeps.back_off(len(waits)))
            assert len(waits) <= MAX_ATTEMPTS + 1
            clock.moment += waits[-1] - timedelta(seconds=1)
            assert sweeps.next_due(connection, CHANNEL, at=clock.moment) is None
            clock.moment += timedelta(seconds=1)

        assert waits == sorted(waits)
        assert len(waits) == MAX_ATTEMPTS + 1
        assert timedelta(hours=12) < clock.moment - begun < timedelta(days=2)
        assert sweeps.report(connection, number)[CorrectionState.UNREACHABLE] == 1


def test_what_discord_asks_for_is_waited_at_least(desk: Desk, clock: Clock) -> None:
    key = post_answer(desk, ["ferry"], message_id=MESSAGE)
    with desk.store.transaction() as connection:
        begin(connection, desk, key)
        sweeps.postpone(
            connection, take(connection, desk), at=desk.now(), least=timedelta(minutes=10)
        )

        clock.pass_time(minutes=9)
        assert sweeps.next_due(connection, CHANNEL, at=desk.now()) is None
        clock.pass_time(minutes=1)
        take(connection, desk)


def test_giving_up_one_sweep_leaves_a_newer_one_its_own_attempts(desk: Desk) -> None:
    key = post_answer(desk, ["ferry"], message_id=MESSAGE)
    with desk.store.transaction() as connection:
        old = begin(connection, desk, key)
        for _ in range(MAX_ATTEMPTS - 1):
            sweeps.postpone(connection, Correction(SERVER, key, (old,), desk.now()), at=desk.now())
        new = begin(connection, desk, key)

        sweeps.postpone(connection, take(connection, desk), at=desk.now())

        assert sweeps.report(connection, old)[CorrectionState.UNREACHABLE] == 1
        assert sweeps.report(connection, new)[CorrectionState.WAITING] == 1


def test_the_end_of_a_sweep_is_recorded_once_with_its_counts(desk: Desk) -> None:
    keys = [post_answer(desk, ["ferry"], message_id=MESSAGE + n) for n in range(3)]
    ends = [CorrectionState.EDITED, CorrectionState.UNREACHABLE, CorrectionState.EDITED]
    with desk.store.transaction() as connection:
        number = begin(connection, desk, *keys)
        for key, state in zip(keys, ends, strict=True):
            assert audit.count_entries(connection, SERVER) == 0
            sweeps.settle(
                connection, Correction(SERVER, key, (number,), desk.now()), state, at=desk.now()
            )
            sweeps.settle(
                connection, Correction(SERVER, key, (number,), desk.now()), state, at=desk.now()
            )

        entries = audit.entries(connection, SERVER, limit=9)
    assert [(entry.action, entry.subject, entry.detail) for entry in entries] == [
        (AuditAction.SWEPT, "ferry", "withdrawn edited 2 unreachable 1")
    ]


def test_the_newest_sweeps_are_told_with_their_counts(desk: Desk, clock: Clock) -> None:
    keys = [post_answer(desk, ["ferry"], message_id=MESSAGE + n) for n in range(2)]
    with desk.store.transaction() as connection:
        begin(connection, desk, *keys)
        clock.pass_time(hours=1)
        begin(connection, desk, keys[0], subject="harbour")
        begin(connection, desk, keys[0], cause=SweepCause.NAMED)
        sweeps.settle(connection, take(connection, desk), CorrectionState.REPLIED, at=clock())

        def told(
            server_id: int = SERVER, subject: str | None = None, limit: int = 9
        ) -> list[tuple[str, int, int]]:
            found = sweeps.newest(
                connection, server_id, [SweepCause.WITHDRAWN], limit=limit, subject=subject
            )
            replied, waiting = CorrectionState.REPLIED, CorrectionState.WAITING
            assert all(set(swept.counts) == set(CorrectionState) for swept in found)
            assert [swept.begun_at for swept in found] == sorted(
                (swept.begun_at for swept in found), reverse=True
            )
            return [(one.subject, one.counts[replied], one.counts[waiting]) for one in found]

        assert told() == [("harbour", 1, 0), ("ferry", 1, 1)]
        assert told(limit=1) == [("harbour", 1, 0)]
        assert told(subject="ferry") == [("ferry", 1, 1)]
        assert told(SERVER + 1) == []


def test_waiting_is_no_end(desk: Desk) -> None:
    with desk.store.transaction() as connection, pytest.raises(ValueError, match="waiting"):
        sweeps.settle(
            connection,
            Correction(SERVER, "k", (1,), desk.now()),
            CorrectionState.WAITING,
            at=desk.now(),
        )
