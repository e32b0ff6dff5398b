"""What became of posted answers is told where moderators and administrators look."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.actions import Action
from bot.conversation.desk import Desk
from bot.conversation.responses import Show
from bot.conversation.sources.administering import MAX_SWEEPS, status
from bot.conversation.upkeep.correcting import note_end
from bot.conversation.upkeep.swept import COUNTED, OF_ANSWERS, OF_ARTICLES
from bot.ledger import sweeps
from bot.ledger.following import follow_all
from bot.ledger.sweeps import CorrectionState, SweepCause
from bot.rendering.fitting import check_screen
from bot.rendering.screen import Screen
from tests.bot.conversation.desks import (
    CHANNEL,
    OTHER_MODERATOR,
    SERVER,
    Clock,
    administrator,
    change_articles,
    join_server,
    make_desk,
    moderator,
)
from tests.bot.conversation.presses import post_answer
from tests.bot.conversation.reports import push, send_report, submit
from tests.bot.conversation.screens import buttons, said
from tests.bot.ledger import posted

MESSAGE = 950_000_000_000_000_001
REPORT_OF = "Article {}, {} on 2024-05-01 12:00 UTC:"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(tmp_path: Path, clock: Clock) -> Desk:
    return make_desk(tmp_path, clock=clock)


def end_next(desk: Desk, state: CorrectionState) -> None:
    """End the correction that has been due longest."""
    with desk.store.reading() as connection:
        correction = sweeps.next_due(connection, CHANNEL, at=desk.now())
    assert correction is not None
    note_end(desk, correction, state)


def follow(desk: Desk) -> None:
    with desk.store.transaction() as connection:
        follow_all(connection, at=desk.now())


def retract(desk: Desk, answer: str) -> str:
    """Take an answer back, and return the key of the retraction."""
    shown = submit(desk, moderator(), Action.RETRACT, answer, choice="rules")
    (key,) = [one.target.key for one in buttons(shown.screen) if one.target.key]
    push(desk, moderator(), Action.RETRACT_NOW, key)
    return key


def see(desk: Desk, key: str) -> list[str]:
    shown = push(desk, moderator(OTHER_MODERATOR), Action.SEE, key)
    assert isinstance(shown, Show)
    check_screen(shown.screen)
    return said(shown.screen)


@pytest.mark.parametrize("state", CorrectionState)
def test_a_retraction_tells_what_became_of_the_message(desk: Desk, state: CorrectionState) -> None:
    key = retract(desk, post_answer(desk))
    if state is not CorrectionState.WAITING:
        end_next(desk, state)

    lines = see(desk, key)

    place = lines.index("Corrected since 2024-05-01 12:00 UTC:")
    assert lines[place + 1] == COUNTED[state].template.for_one.replace("{}", "1")
    assert lines.index("Undo") > place


def test_an_undone_retraction_tells_of_the_message_anew(desk: Desk, clock: Clock) -> None:
    key = retract(desk, post_answer(desk))
    end_next(desk, CorrectionState.EDITED)
    clock.pass_time(hours=1)
    push(desk, moderator(OTHER_MODERATOR), Action.UNDO, key)

    lines = see(desk, key)

    place = lines.index("Corrected since 2024-05-01 13:00 UTC:")
    assert lines[place + 1] == "1 message still to be corrected"


def test_where_nothing_was_to_be_corrected_nothing_is_told(desk: Desk) -> None:
    key = send_report(desk, post_answer(desk))

    assert not any("Corrected since" in line for line in see(desk, key))


def told(screen: Screen) -> list[str]:
    """Return what the corpus's state says of corrections."""
    check_screen(screen)
    lines = said(screen)
    if "Posted answers corrected lately" not in lines:
        return []
    return lines[lines.index("Posted answers corrected lately") + 1 : -1]


def test_the_state_of_the_corpus_tells_what_became_of_answers_that_quote_a_source(
    desk: Desk,
) -> None:
    for number in range(4):
        posted.post_answer(desk, ["ferry"], message_id=MESSAGE + number)
    change_articles(desk, "withdraw", ["ferry"])
    follow(desk)
    for state in (CorrectionState.EDITED, CorrectionState.EDITED, CorrectionState.REPLIED):
        end_next(desk, state)

    assert told(status(desk, administrator()).screen) == [
        REPORT_OF.format("ferry", "withdrawn"),
        "1 message still to be corrected",
        "2 messages edited",
        "1 message too old to edit, with a reply below it",
    ]


def test_the_newest_sweeps_come_first_and_not_too_many(desk: Desk) -> None:
    posted.post_answer(desk, ["ferry"], message_id=MESSAGE)
    for action in ("withdraw", "restore", "withdraw", "restore"):
        change_articles(desk, action, ["ferry"])
        follow(desk)

    lines = told(status(desk, administrator()).screen)

    heads = [REPORT_OF.format("ferry", done) for done in ("restored", "withdrawn", "restored")]
    assert lines[::2] == heads
    assert len(heads) == MAX_SWEEPS


def test_what_nobody_was_answered_from_has_nothing_to_tell(desk: Desk) -> None:
    change_articles(desk, "withdraw", ["ferry"])
    follow(desk)

    assert told(status(desk, administrator()).screen) == []


def test_a_sweep_whose_answers_are_no_longer_kept_is_not_told(desk: Desk) -> None:
    with desk.store.transaction() as connection:
        sweeps.begin(
            connection,
            server_id=SERVER,
            cause=SweepCause.WITHDRAWN,
            subject="ferry",
            answers=[],
            at=desk.now(),
        )

    assert told(status(desk, administrator()).screen) == []


def test_another_servers_sweeps_are_not_told(desk: Desk) -> None:
    other = SERVER + 5
    join_server(desk, other)
    posted.post_answer(desk, ["ferry"], message_id=MESSAGE)
    change_articles(desk, "withdraw", ["ferry"])
    follow(desk)

    assert told(status(desk, administrator(server_id=other)).screen) == []


def test_every_state_has_its_sentence_and_every_cause_its_place() -> None:
    assert set(COUNTED) == set(CorrectionState)
    of_neither = {SweepCause.NAMED, SweepCause.FORGOTTEN, SweepCause.UNCONFIRMED}
    assert {*OF_ANSWERS, *OF_ARTICLES} == set(SweepCause) - of_neither
