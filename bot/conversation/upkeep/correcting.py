"""Posted answers that no longer show what they should: what each message is to show instead.

Decisions
---------
A message shows what `posted_screen` makes of the answer's row and the store, and nothing else
writes to it: so the last edit is right, however many went before it, and whoever is interrupted
starts again from the queue.

What a message shows is noted as a digest. It is unknown from before an edit is sent until after it
has arrived: a crash between the two must not let a later sweep believe that nothing has changed.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.catalogue.lines import Line
from bot.catalogue.sweeping import SweepSentence
from bot.conversation.desk import Desk
from bot.conversation.recalling import Recalled, recall
from bot.ledger import answers, following, members, sweeps
from bot.ledger.answers import AnswerRecord, AnswerState, Visibility
from bot.ledger.sweeps import Correction, CorrectionState, SweepCause
from bot.rendering.answer_screen import answer_screen, gone_lines, short_silence_screen
from bot.rendering.screen import Row, Screen, Style

UNKNOWN_DIGEST = ""
IN_FLIGHT = timedelta(minutes=15)  # an answer that is nowhere so long after was never sent
CLOCK_SKEW = timedelta(minutes=1)  # between our clock and Discord's


@dataclass(frozen=True, slots=True)
class Outdated:
    """A message, and what it is to show.

    Parameters
    ----------
    correction : Correction
    channel_id, message_id : int
    screen : Screen
    reply : Screen
        What is said below the message if it cannot be edited.
    """

    correction: Correction
    channel_id: int
    message_id: int
    screen: Screen
    reply: Screen

    @property
    def nonce(self) -> str:
        """Return what keeps a reply from being posted twice; at most 25 characters."""
        return f"{self.correction.sweeps[-1]}-{self.correction.answer_key}"[:25]


@dataclass(frozen=True, slots=True)
class Unplaced:
    """An answer that was about to be sent when it was last heard of.

    Parameters
    ----------
    correction : Correction
    channel_id : int
        Where it was to be sent.
    since : datetime.datetime
        It was not sent before.
    """

    correction: Correction
    channel_id: int
    since: datetime


def posted_screen(desk: Desk, connection: Connection, record: AnswerRecord) -> Screen:
    """Return what the message of a public answer shows, as of now."""
    return _show(connection, recall(desk, connection, record))


def digest_screen(screen: Screen) -> str:
    """Return a hash of all that a screen shows, for `bot.ledger.answers.set_shown`."""
    return hashlib.sha256(repr(screen).encode("utf-8", "backslashreplace")).hexdigest()


def find_due(desk: Desk) -> list[int]:
    """Follow what has happened to articles, and return the channels where messages are due."""
    while _is_behind(desk):
        with desk.store.transaction() as connection:
            following.follow_events(connection, at=desk.now())
    with desk.store.reading() as connection:
        return sweeps.due_channels(connection, at=desk.now())


def look_for(desk: Desk, server_id: int, answer_key: str) -> None:
    """Let the sweep look for an answer of which nobody knows whether it was posted."""
    with desk.store.transaction() as connection:
        cause, at = SweepCause.UNCONFIRMED, desk.now()
        sweeps.begin_for(connection, answer_key, server_id=server_id, cause=cause, at=at)


def look_for_interrupted(desk: Desk) -> int:
    """Let the sweep look for each answer that was being posted when the last run ended.

    Only for a run that has not yet posted anything itself. Until its message is found, nobody can
    take such an answer back by it.

    Returns
    -------
    int
        How many there are.
    """
    with desk.store.reading() as connection:
        interrupted = sweeps.interrupted(connection)
    for server_id, key in interrupted:
        look_for(desk, server_id, key)
    return len(interrupted)


def find_next(desk: Desk, channel_id: int) -> Correction | None:
    """Return the correction that has been due longest in a channel, None if none is due."""
    with desk.store.reading() as connection:
        return sweeps.next_due(connection, channel_id, at=desk.now())


def prepare(desk: Desk, correction: Correction) -> Outdated | Unplaced | None:
    """Return what is to be done for a correction; None if it has ended by itself."""
    with desk.store.transaction() as connection:
        record = answers.get(connection, correction.server_id, correction.answer_key)
        end = _end(record)
        if record is None or end is not None:
            sweeps.settle(connection, correction, end or CorrectionState.UNREACHABLE, at=desk.now())
            return None
        if record.message_id is None:
            return Unplaced(correction, record.channel_id, record.asked_at - CLOCK_SKEW)
        return _compare(desk, connection, record, correction)


def note_shown(desk: Desk, outdated: Outdated) -> None:
    """End a correction whose message was edited."""
    with desk.store.transaction() as connection:
        digest = digest_screen(outdated.screen)
        answers.set_shown(connection, outdated.correction.answer_key, digest)
        sweeps.settle(connection, outdated.correction, CorrectionState.EDITED, at=desk.now())


def note_end(desk: Desk, correction: Correction, state: CorrectionState) -> None:
    """End a correction."""
    with desk.store.transaction() as connection:
        sweeps.settle(connection, correction, state, at=desk.now())


def note_found(desk: Desk, unplaced: Unplaced, message_id: int | None) -> None:
    """Note where an answer stands, so that it is corrected next; it has failed if it is nowhere.

    One that was on its way when the sweep began, with words checked before, is looked for again;
    what is sent later was checked later too. One that has failed is not looked for by the next run,
    and its asker can post it again.
    """
    with desk.store.transaction() as connection:
        correction, now = unplaced.correction, desk.now()
        if message_id is not None:
            answers.mark_sent(
                connection,
                correction.answer_key,
                channel_id=unplaced.channel_id,
                message_id=message_id,
                visibility=Visibility.PUBLIC,
            )
        elif now < correction.begun_at + IN_FLIGHT:
            sweeps.postpone(connection, correction, at=now)
        else:
            answers.mark_failed(connection, correction.answer_key)
            sweeps.settle(connection, correction, CorrectionState.UNREACHABLE, at=now)


def postpone(desk: Desk, correction: Correction, wait: timedelta) -> None:
    """Try a correction again later, not before the wait is over."""
    with desk.store.transaction() as connection:
        sweeps.postpone(connection, correction, at=desk.now(), least=wait)


def _is_behind(desk: Desk) -> bool:
    with desk.store.reading() as connection:
        return following.is_behind(connection)


def _end(record: AnswerRecord | None) -> CorrectionState | None:
    """Return the end of a correction that needs no message, None if it needs one."""
    if record is None or record.state in {AnswerState.FAILED, AnswerState.DELETED}:
        return CorrectionState.UNREACHABLE
    if record.visibility is Visibility.PRIVATE:
        return CorrectionState.PRIVATE
    return None


def _compare(
    desk: Desk, connection: Connection, record: AnswerRecord, correction: Correction
) -> Outdated | None:
    """Return what the message is to show, unless it shows just that."""
    assert record.message_id is not None
    recalled = recall(desk, connection, record)
    screen = _show(connection, recalled)
    if digest_screen(screen) == record.shown:
        sweeps.settle(connection, correction, CorrectionState.EDITED, at=desk.now())
        return None
    answers.set_shown(connection, record.answer_key, UNKNOWN_DIGEST)
    return Outdated(correction, record.channel_id, record.message_id, screen, _say_gone(recalled))


def _show(connection: Connection, recalled: Recalled) -> Screen:
    record = recalled.record
    if record.reason is not None:
        return short_silence_screen(recalled)
    asker = members.find_user(connection, record.member_key) if record.named else None
    return answer_screen(recalled, asker=asker)


def _say_gone(recalled: Recalled) -> Screen:
    """Return the reply to a message that cannot be edited: what it shows and should not."""
    return Screen(
        (
            Row((Line(SweepSentence.OUTDATED),), Style.STRONG),
            *(Row(tuple(gone_lines(gone)), Style.ITEM) for gone in recalled.gone),
            Row((Line(SweepSentence.BUTTONS_HOLD),), Style.QUIET),
        )
    )
