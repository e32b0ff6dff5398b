"""Posted answers are corrected, whatever Discord says and whenever the bot is killed."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from bot.conversation.desk import Desk
from bot.conversation.upkeep import correcting
from bot.conversation.upkeep.correcting import IN_FLIGHT, digest_screen, posted_screen
from bot.ledger import answers, cards, forgetting, members, sweeps
from bot.ledger.answers import AnswerState, RetractReason, Visibility
from bot.ledger.moments import read_moment
from bot.ledger.schema import CORRECTIONS
from bot.ledger.sweeps import MAX_ATTEMPTS, SweepCause
from bot.sweep import MAX_CHANNELS, EditRefused, RefusalKind, Sweeper, wait_for
from corpus.errors import StoreBusy
from tests.bot.channels import (
    AFTER,
    BEFORE,
    Channels,
    Killed,
    Meeting,
    MistakenChannels,
    WatchedChannels,
    read_screen,
)
from tests.bot.conversation.desks import (
    ASKER,
    CHANNEL,
    OTHER_CHANNEL,
    SERVER,
    Clock,
    change_articles,
    make_desk,
    member,
    source_of,
)
from tests.bot.conversation.reports import CARD, place_card, send_report
from tests.bot.ledger.posted import assign, post_answer
from tests.strategies import share_of_examples

COLLECTION = f"server-{SERVER}"
MAX_WAITS = 9
MAX_SWEEPS = 20 * MAX_ATTEMPTS  # each correction is tried so often at most, and few wait here
MESSAGE = 950_000_000_000_000_001
WORDS = "Ferries between Varnholm and Oster Point"  # of the article that is withdrawn
OTHER_WORDS = "The Port Authority of Varnholm"

Value = TypeVar("Value")


async def run_inline(function: Callable[[], Value]) -> Value:
    """Run what blocks right here: a test has no event loop to spare."""
    return function()


def refused(kind: RefusalKind, **wait: float) -> EditRefused:
    return EditRefused(kind, timedelta(**wait))


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(tmp_path: Path, clock: Clock) -> Desk:
    return make_desk(tmp_path, clock=clock)


def clock_of(desk: Desk) -> Clock:
    assert isinstance(desk.now, Clock)
    return desk.now


@pytest.fixture
def channels() -> Channels:
    return Channels()


def make_sweeper(desk: Desk, channels: Channels) -> Sweeper:
    return Sweeper(desk, channels, awake=asyncio.Event(), run=run_inline)


def sweep(desk: Desk, channels: Channels) -> None:
    """Correct what is due, in a process that may be killed."""
    try:
        asyncio.run(make_sweeper(desk, channels).sweep_once())
    except* Killed:
        pass


def sweep_to_the_end(desk: Desk, clock: Clock, channels: Channels) -> None:
    """Correct until nothing waits, each time with a new process, as time goes by."""
    for _ in range(MAX_SWEEPS):
        sweep(desk, channels)
        with desk.store.reading() as connection:
            due = connection.scalar(
                select(func.min(CORRECTIONS.c.due_at)).where(CORRECTIONS.c.state == "waiting")
            )
        if due is None:
            return
        clock.moment = max(clock.moment, read_moment(due))
    raise AssertionError("some correction never ends")


def states(desk: Desk) -> dict[str, list[str]]:
    """Return the states of each answer's corrections, oldest first."""
    found = select(CORRECTIONS.c.answer_key, CORRECTIONS.c.state).order_by(CORRECTIONS.c.sweep_id)
    ended: dict[str, list[str]] = {}
    with desk.store.reading() as connection:
        for key, state in connection.execute(found):
            ended.setdefault(key, []).append(state)
    return ended


def showing(desk: Desk, key: str) -> str:
    """Return what an answer's message should show now."""
    with desk.store.reading() as connection:
        record = answers.get(connection, SERVER, key)
        assert record is not None
        return read_screen(posted_screen(desk, connection, record))


REFUSALS = st.sampled_from(
    [
        refused(RefusalKind.TOO_OLD),
        refused(RefusalKind.GONE),
        refused(RefusalKind.LATER),
        refused(RefusalKind.LATER, minutes=20),
    ]
)
MEETINGS = st.lists(st.none() | REFUSALS | st.sampled_from([BEFORE, AFTER]), max_size=12)
CHANGES = st.lists(st.sampled_from(["withdraw", "restore", "retract", "undo"]), max_size=3)


@pytest.fixture(scope="module")
def long_desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Return a desk for many examples, each of which posts answers of its own."""
    return make_desk(tmp_path_factory.mktemp("desk"))


@given(rounds=st.lists(st.tuples(CHANGES, MEETINGS), max_size=3))
@share_of_examples(0.3)
def test_whatever_is_refused_and_whenever_it_is_killed_every_correction_ends_once(
    long_desk: Desk, rounds: list[tuple[list[str], list[Meeting]]]
) -> None:
    """A second run sends nothing, and no edit holds a word that is taken back at that time."""
    desk, channels, clock = long_desk, Channels(), clock_of(long_desk)
    article_id, number = f"gone-{desk.new_key()}", next(desk.new_key.numbers)  # type: ignore[attr-defined]
    add_article(desk, article_id)
    posted = {
        post_answer(
            desk,
            [article_id, "harbour"],
            message_id=MESSAGE + n,
            channel_id=CHANNEL + 10 * number + n % 2,
        ): MESSAGE + n
        for n in range(3)
    }
    channels.shown = {message_id: showing(desk, key) for key, message_id in posted.items()}

    for changes, meets in [(["withdraw"], []), *rounds, ([], [])]:
        for change in changes:
            change_something(desk, change, article_id, next(iter(posted)))
        channels.meets, done = iter(meets), len(channels.edits)
        sweep(desk, channels)
        if is_withdrawn(desk, article_id):
            assert not any(WORDS in text for _, text in channels.edits[done:])
    sweep_to_the_end(desk, clock, channels)

    ended = states(desk)
    for key, message_id in posted.items():
        assert "waiting" not in ended[key]
        if ended[key][-1] == "edited":
            assert channels.shown[message_id] == showing(desk, key)
    before = channels.requests
    clock.pass_time(days=2)
    sweep(desk, channels)
    assert (channels.requests, states(desk)) == (before, ended)


def test_a_withdrawn_article_leaves_the_message_and_the_other_quote_stays(
    desk: Desk, channels: Channels
) -> None:
    key = post_answer(desk, ["ferry", "harbour"], message_id=MESSAGE)
    assert WORDS in showing(desk, key)

    change_articles(desk, "withdraw", ["ferry"])
    sweep(desk, channels)

    ((message_id, text),) = channels.edits
    assert message_id == MESSAGE
    assert WORDS not in text
    assert OTHER_WORDS in text
    assert "Quote 1 is gone: its article was withdrawn." in text
    assert states(desk) == {key: ["edited"]}


def test_a_restored_article_comes_back(desk: Desk, channels: Channels) -> None:
    post_answer(desk, ["ferry"], message_id=MESSAGE)
    for action in ("withdraw", "restore"):
        change_articles(desk, action, ["ferry"])
        sweep(desk, channels)

    assert [WORDS in text for _, text in channels.edits] == [False, True]


def test_a_message_that_shows_what_it_should_is_left_alone(desk: Desk, channels: Channels) -> None:
    key = post_answer(desk, ["ferry"], message_id=MESSAGE)
    with desk.store.transaction() as connection:
        record = answers.get(connection, SERVER, key)
        assert record is not None
        answers.set_shown(connection, key, digest_screen(posted_screen(desk, connection, record)))

    for action in ("withdraw", "restore"):
        change_articles(desk, action, ["ferry"])
    sweep(desk, channels)

    assert channels.requests == 0
    assert states(desk) == {key: ["edited", "edited"]}


def test_what_a_killed_edit_left_behind_is_not_believed(desk: Desk, channels: Channels) -> None:
    """The edit arrived, and nobody noted it: the words must not stay up as if they never had."""
    post_answer(desk, ["ferry"], message_id=MESSAGE)
    change_articles(desk, "withdraw", ["ferry"])
    sweep(desk, channels)
    change_articles(desk, "restore", ["ferry"])
    channels.meets = iter([AFTER])
    sweep(desk, channels)
    assert WORDS in channels.shown[MESSAGE]

    change_articles(desk, "withdraw", ["ferry"])
    sweep(desk, channels)

    assert WORDS not in channels.shown[MESSAGE]


def test_a_private_answer_ends_without_a_request(desk: Desk, channels: Channels) -> None:
    """Nobody can edit what only the asker has; its buttons say what has changed."""
    key = post_answer(desk, ["ferry"], message_id=None, visibility=Visibility.PRIVATE)

    change_articles(desk, "purge", ["ferry"])
    sweep(desk, channels)

    assert channels.requests == 0
    assert states(desk) == {key: ["private"]}


def test_a_message_too_old_to_edit_gets_a_reply_without_its_words(
    desk: Desk, channels: Channels
) -> None:
    key = post_answer(desk, ["ferry"], message_id=MESSAGE)
    channels.meets = iter([refused(RefusalKind.TOO_OLD)])

    change_articles(desk, "withdraw", ["ferry"])
    sweep(desk, channels)

    ((message_id, text, nonce),) = channels.replies
    assert message_id == MESSAGE
    assert "The answer above is out of date" in text
    assert "Quote 1 is gone: its article was withdrawn." in text
    assert WORDS not in text
    assert len(nonce) <= 25
    assert states(desk) == {key: ["replied"]}


def post_named(desk: Desk) -> str:
    """Post an answer that shows its asker's name."""
    key = post_answer(desk, ["ferry"], message_id=MESSAGE)
    with desk.store.transaction() as connection:
        member_key = members.key_of(connection, SERVER, ASKER, new_key=desk.new_key, at=desk.now())
        assign(connection, key, member_key)
        answers.set_named(connection, key, True)
    return key


def forget_asker(desk: Desk) -> None:
    with desk.store.transaction() as connection:
        kept = forgetting.forget(connection, SERVER, ASKER)
        sweeps.begin(
            connection,
            server_id=SERVER,
            cause=SweepCause.FORGOTTEN,
            subject="member",
            answers=kept.posted,
            at=desk.now(),
        )


def test_what_is_forgotten_leaves_an_old_message_once_discord_lets_it_be_edited_again(
    desk: Desk, clock: Clock, channels: Channels
) -> None:
    """A reply would take no word and no name away."""
    key = post_named(desk)
    channels.meets = iter([refused(RefusalKind.TOO_OLD)] * 2)
    forget_asker(desk)

    sweep_to_the_end(desk, clock, channels)

    assert channels.replies == []
    assert str(ASKER) not in channels.shown[MESSAGE]
    assert states(desk) == {key: ["edited"]}


def test_what_is_forgotten_on_a_message_that_stays_too_old_is_given_up_without_a_reply(
    desk: Desk, clock: Clock, channels: Channels
) -> None:
    key = post_named(desk)
    channels.meets = iter([refused(RefusalKind.TOO_OLD)] * MAX_ATTEMPTS)
    forget_asker(desk)

    sweep_to_the_end(desk, clock, channels)

    assert (channels.replies, len(channels.edits)) == ([], MAX_ATTEMPTS)
    assert states(desk) == {key: ["unreachable"]}


def test_a_reply_about_quotes_leaves_what_is_forgotten_waiting_for_an_edit(
    desk: Desk, clock: Clock, channels: Channels
) -> None:
    key = post_named(desk)
    channels.meets = iter([refused(RefusalKind.TOO_OLD), None])
    change_articles(desk, "withdraw", ["ferry"])
    forget_asker(desk)

    sweep(desk, channels)
    assert len(channels.replies) == 1
    assert sorted(states(desk)[key]) == ["replied", "waiting"]

    sweep_to_the_end(desk, clock, channels)
    assert str(ASKER) not in channels.shown[MESSAGE]
    assert sorted(states(desk)[key]) == ["edited", "replied"]


def queue_card(desk: Desk) -> None:
    """Forget who reported an answer; the card shows them, and their note."""
    answer = post_answer(desk, ["ferry"], message_id=MESSAGE)
    report = send_report(desk, answer, member(), note="My own words.")
    place_card(desk, report)
    with desk.store.transaction() as connection:
        key = members.find_key(connection, SERVER, ASKER)
        assert key is not None
        cards.queue_about(connection, key, at=desk.now())
        forgetting.forget(connection, SERVER, ASKER)


@pytest.mark.parametrize("met", [BEFORE, AFTER, RefusalKind.LATER, RefusalKind.TOO_OLD])
def test_a_card_loses_what_is_forgotten_whatever_happens_on_the_way(
    desk: Desk, clock: Clock, channels: Channels, met: RefusalKind | str
) -> None:
    queue_card(desk)
    channels.meets = iter([refused(met) if isinstance(met, RefusalKind) else met])
    sweep(desk, channels)
    clock.pass_time(minutes=1)
    sweep(desk, channels)

    assert [message for message, _ in channels.edits] == [CARD, CARD]
    assert "My own words." not in channels.shown[CARD]
    assert str(ASKER) not in channels.shown[CARD]
    sweep(desk, channels)
    assert (len(channels.edits), channels.replies) == (2, [])


def test_a_card_that_is_gone_is_tried_once(desk: Desk, clock: Clock, channels: Channels) -> None:
    queue_card(desk)
    channels.meets = iter([refused(RefusalKind.GONE)])
    for _ in range(3):
        sweep(desk, channels)
        clock.pass_time(days=1)

    assert len(channels.edits) == 1


def test_a_reply_that_may_have_arrived_is_sent_again_under_the_same_nonce(
    desk: Desk, channels: Channels
) -> None:
    """Discord takes a nonce once, so the channel sees one reply."""
    key = post_answer(desk, ["ferry"], message_id=MESSAGE)
    too_old = refused(RefusalKind.TOO_OLD)
    channels.meets = iter([too_old, AFTER, too_old])

    change_articles(desk, "withdraw", ["ferry"])
    sweep(desk, channels)
    sweep(desk, channels)

    assert len({nonce for *_, nonce in channels.replies}) == 1
    assert states(desk) == {key: ["replied"]}


@pytest.mark.parametrize("meets", [[RefusalKind.GONE], [RefusalKind.TOO_OLD, RefusalKind.GONE]])
def test_a_message_out_of_reach_is_given_up(
    desk: Desk, channels: Channels, meets: list[RefusalKind]
) -> None:
    key = post_answer(desk, ["ferry"], message_id=MESSAGE)
    channels.meets = iter([refused(kind) for kind in meets])

    change_articles(desk, "withdraw", ["ferry"])
    sweep(desk, channels)

    assert states(desk) == {key: ["unreachable"]}


def test_a_deleted_message_is_not_touched(desk: Desk, channels: Channels) -> None:
    key = post_answer(desk, ["ferry"], message_id=MESSAGE)
    change_articles(desk, "withdraw", ["ferry"])
    correcting.find_due(desk)
    with desk.store.transaction() as connection:
        answers.mark_deleted(connection, key)

    sweep(desk, channels)

    assert channels.requests == 0
    assert states(desk) == {key: ["unreachable"]}


def test_what_discord_wants_waited_is_waited(desk: Desk, clock: Clock, channels: Channels) -> None:
    key = post_answer(desk, ["ferry"], message_id=MESSAGE)
    channels.meets = iter([refused(RefusalKind.LATER, minutes=3)])
    change_articles(desk, "withdraw", ["ferry"])
    sweep(desk, channels)

    clock.pass_time(minutes=2)
    sweep(desk, channels)
    assert (len(channels.edits), states(desk)) == (1, {key: ["waiting"]})

    clock.pass_time(minutes=1)
    sweep(desk, channels)
    assert (len(channels.edits), states(desk)) == (2, {key: ["edited"]})


def test_an_answer_that_was_posted_and_never_marked_is_found_and_corrected(
    desk: Desk, channels: Channels
) -> None:
    """The bot was killed between the two; the message's own buttons tell whose it is."""
    key = post_answer(desk, ["ferry"], message_id=None)
    channels.lost = {key: MESSAGE}

    change_articles(desk, "withdraw", ["ferry"])
    sweep(desk, channels)

    assert [message_id for message_id, _ in channels.edits] == [MESSAGE]
    assert states(desk) == {key: ["edited"]}
    with desk.store.reading() as connection:
        record = answers.find_by_message(connection, SERVER, MESSAGE)
    assert record is not None
    assert record.answer_key == key


def test_an_answer_on_its_way_is_looked_for_until_it_must_have_arrived(
    desk: Desk, clock: Clock, channels: Channels
) -> None:
    """Its words were checked before they were taken back, and may appear at any moment."""
    key = post_answer(desk, ["ferry"], message_id=None)
    change_articles(desk, "withdraw", ["ferry"])
    sweep(desk, channels)
    assert states(desk) == {key: ["waiting"]}

    channels.lost = {key: MESSAGE}
    clock.pass_time(minutes=1)
    sweep(desk, channels)

    assert WORDS not in channels.shown[MESSAGE]


def test_an_answer_that_was_never_posted_is_given_up(
    desk: Desk, clock: Clock, channels: Channels
) -> None:
    key = post_answer(desk, ["ferry"], message_id=None)
    begun = clock.moment
    change_articles(desk, "withdraw", ["ferry"])

    sweep_to_the_end(desk, clock, channels)

    assert states(desk) == {key: ["unreachable"]}
    assert clock.moment >= begun + IN_FLIGHT


def test_an_answer_that_was_never_posted_has_failed_and_is_not_looked_for_again(
    desk: Desk, clock: Clock, channels: Channels
) -> None:
    """Its asker can post it again, or delete it."""
    key = post_answer(desk, ["ferry"], message_id=None)
    assert correcting.look_for_interrupted(desk) == 1

    sweep_to_the_end(desk, clock, channels)

    with desk.store.reading() as connection:
        record = answers.get(connection, SERVER, key)
    assert record is not None
    assert record.state is AnswerState.FAILED
    assert correcting.look_for_interrupted(desk) == 0


def test_the_askers_name_stands_only_while_it_is_wanted_and_kept(
    desk: Desk, channels: Channels
) -> None:
    key = post_answer(desk, ["ferry"], message_id=MESSAGE)
    with desk.store.transaction() as connection:
        member_key = members.key_of(connection, SERVER, ASKER, new_key=desk.new_key, at=desk.now())
        assign(connection, key, member_key)
        answers.set_named(connection, key, True)
    assert str(ASKER) in showing(desk, key)

    with desk.store.transaction() as connection:
        kept = forgetting.forget(connection, SERVER, ASKER)
        sweeps.begin(
            connection,
            server_id=SERVER,
            cause=SweepCause.FORGOTTEN,
            subject="member",
            answers=kept.posted,
            at=desk.now(),
        )
    sweep(desk, channels)

    assert states(desk) == {key: ["edited"]}
    assert str(ASKER) not in channels.shown[MESSAGE]
    assert WORDS in channels.shown[MESSAGE]


def test_one_message_that_fails_holds_up_no_other_and_no_word_of_it_is_logged(
    desk: Desk, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    """A mistake of our own is tried again as well, and given up in the end."""
    keys = [post_answer(desk, ["ferry"], message_id=MESSAGE + n) for n in range(2)]
    failing = MistakenChannels(mistaken=MESSAGE)

    change_articles(desk, "withdraw", ["ferry"])
    with caplog.at_level(logging.INFO):
        sweep(desk, failing)
        assert states(desk) == {keys[0]: ["waiting"], keys[1]: ["edited"]}
        sweep_to_the_end(desk, clock, failing)

    assert states(desk)[keys[0]] == ["unreachable"]
    assert keys[0] in caplog.text
    assert "ValueError" in caplog.text
    assert WORDS not in caplog.text


def test_a_channels_messages_are_edited_in_turn_and_channels_side_by_side(
    desk: Desk,
) -> None:
    """A slow channel keeps no other waiting, and not too many are worked on at once."""
    for n in range(3 * (MAX_CHANNELS + 1)):
        channel_id = OTHER_CHANNEL + n % (MAX_CHANNELS + 1)
        post_answer(desk, ["ferry"], message_id=MESSAGE + n, channel_id=channel_id)
    change_articles(desk, "withdraw", ["ferry"])
    watched = WatchedChannels()

    sweep(desk, watched)

    assert len(watched.order) == 3 * (MAX_CHANNELS + 1)
    assert watched.most_in_a_channel == 1
    assert watched.most_at_once == MAX_CHANNELS
    for channel_id in range(OTHER_CHANNEL, OTHER_CHANNEL + MAX_CHANNELS + 1):
        edited = [message for message, channel in watched.order if channel == channel_id]
        assert edited == sorted(edited)


def test_a_channel_that_is_being_corrected_is_left_to_itself(desk: Desk) -> None:
    """Waking the sweeper meanwhile must not edit a message twice at once."""
    for n in range(4):
        post_answer(desk, ["ferry"], message_id=MESSAGE + n)
    change_articles(desk, "withdraw", ["ferry"])
    watched = WatchedChannels()
    sweeper = make_sweeper(desk, watched)

    async def sweep_twice() -> None:
        await asyncio.gather(sweeper.sweep_once(), sweeper.sweep_once())

    asyncio.run(sweep_twice())

    assert watched.order == [(MESSAGE + n, CHANNEL) for n in range(4)]
    assert watched.most_in_a_channel == 1


def test_a_running_bot_notices_what_the_command_line_does_and_stops_when_told(
    desk: Desk, clock: Clock, channels: Channels
) -> None:
    """Nobody calls it: it looks at the corpus every few seconds."""
    key = post_answer(desk, ["ferry"], message_id=MESSAGE)
    waits: list[float] = []

    async def wait(_event: asyncio.Event, seconds: float) -> None:
        waits.append(seconds)
        clock.pass_time(seconds=seconds)
        await asyncio.sleep(0)
        if len(waits) == 2:
            change_articles(desk, "withdraw", ["ferry"])
        if states(desk).get(key) == ["edited"] or len(waits) == MAX_WAITS:
            sweeper.stop()

    sweeper = Sweeper(desk, channels, awake=asyncio.Event(), run=run_inline, wait=wait)
    asyncio.run(sweeper.run_until_stopped())

    assert len(channels.edits) == 1
    assert len(waits) < MAX_WAITS


def test_whoever_begins_a_sweep_wakes_the_sweeper(desk: Desk, channels: Channels) -> None:
    """With real threads and the real wait, which would last an hour if nobody woke it."""
    key = post_answer(desk, ["ferry"], message_id=MESSAGE)
    awake = asyncio.Event()

    async def wait(event: asyncio.Event, _seconds: float) -> None:
        if not states(desk):
            change_articles(desk, "withdraw", ["ferry"])
            asyncio.get_running_loop().call_soon(event.set)
            await wait_for(event, 3600)
            return
        while states(desk) != {key: ["edited"]}:
            await asyncio.sleep(0)
        sweeper.stop()

    sweeper = Sweeper(desk, channels, awake=awake, wait=wait)
    asyncio.run(asyncio.wait_for(sweeper.run_until_stopped(), 60))

    assert len(channels.edits) == 1


def test_a_database_that_is_busy_is_looked_at_again(
    desk: Desk, channels: Channels, caplog: pytest.LogCaptureFixture
) -> None:
    key = post_answer(desk, ["ferry"], message_id=MESSAGE)
    change_articles(desk, "withdraw", ["ferry"])

    async def fail_first(function: Callable[[], Value]) -> Value:
        failures.append(None)
        if len(failures) in {1, 3, 5}:  # reading the queue, taking the first, noting its end
            raise StoreBusy("in use")
        return function()

    failures: list[None] = []
    for _ in range(5):
        sweeper = Sweeper(desk, channels, awake=asyncio.Event(), run=fail_first)
        asyncio.run(sweeper.sweep_once())

    assert states(desk) == {key: ["edited"]}
    assert "StoreBusy" in caplog.text


def add_article(desk: Desk, article_id: str) -> None:
    """Add an article without an index, which nothing here asks."""
    with desk.store.transaction() as connection:
        desk.store.add(
            connection,
            collection=COLLECTION,
            article_id=article_id,
            text=f"{WORDS} are {article_id}. That is all.",
            source=source_of("ferry"),
            at=desk.now(),
            by="test",
        )


def is_withdrawn(desk: Desk, article_id: str) -> bool:
    with desk.store.reading() as connection:
        return desk.store.history(connection, COLLECTION, article_id)[-1].action == "withdrawn"


def change_something(desk: Desk, change: str, article_id: str, key: str) -> None:
    """Take something back, or the taking back; what is so already stays so."""
    withdrawn = is_withdrawn(desk, article_id)
    with desk.store.transaction() as connection:
        if change in {"withdraw", "restore"}:
            if withdrawn != (change == "withdraw"):
                act = getattr(desk.store, change)
                act(connection, COLLECTION, article_id, reason="a test", at=desk.now(), by="test")
            return
        if change == "retract":
            answers.retract(connection, key, at=desk.now(), reason=RetractReason.RULES)
        else:
            answers.restore(connection, key)
        cause = SweepCause.RETRACTED if change == "retract" else SweepCause.UNDONE
        sweeps.begin(
            connection, server_id=SERVER, cause=cause, subject=key, answers=[key], at=desk.now()
        )
