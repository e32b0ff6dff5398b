"""Reports and reviews: they come back as they were stored, in order, and of one server only."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from bot.conversation.desk import Desk
from bot.ledger import reports, reviews
from bot.ledger.reports import Report, ReportKind, ReportReason, ReportState
from bot.ledger.reviews import Decision, Review
from tests.bot.conversation.desks import (
    OTHER_MODERATOR,
    OTHER_SERVER,
    SERVER,
    START,
    make_desk,
    moderator,
)
from tests.bot.conversation.presses import post_answer
from tests.bot.conversation.reports import member_key

LATER = START + timedelta(hours=1)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return make_desk(tmp_path)


@pytest.fixture
def by(desk: Desk) -> str:
    """Return a moderator's key."""
    return member_key(desk, moderator())


@pytest.fixture
def sent(desk: Desk, by: str) -> Report:
    """Return a report that is not stored yet."""
    return Report(
        report_key="report-1",
        server_id=SERVER,
        answer_key=post_answer(desk),
        kind=ReportKind.REPORT,
        member_key=by,
        reason=ReportReason.OTHER,
        note="Two\nlines, <@1> and \u202e.",
        opened_at=START,
    )


def make_review(key: str, report: Report, **fields: object) -> Review:
    review = Review(key, report.report_key, Decision.GOOD, report.member_key, START)
    return replace(review, **fields)  # type: ignore[arg-type]


def test_a_report_comes_back_as_it_was_stored(desk: Desk, sent: Report, by: str) -> None:
    claimed = replace(
        sent,
        report_key="report-2",
        state=ReportState.CLAIMED,
        claimed_by=by,
        claimed_at=LATER,
        channel_id=5,
        message_id=6,
    )
    with desk.store.transaction() as connection:
        for report in (sent, claimed):
            reports.add(connection, report)
            assert reports.get(connection, SERVER, report.report_key) == report


def test_another_servers_report_is_not_found(desk: Desk, sent: Report) -> None:
    with desk.store.transaction() as connection:
        reports.add(connection, sent)

        assert reports.get(connection, OTHER_SERVER, sent.report_key) is None
        assert reports.waiting(connection, OTHER_SERVER, skip=0, limit=9) == []


def test_waiting_is_open_and_claimed_oldest_first(desk: Desk, sent: Report, by: str) -> None:
    with desk.store.transaction() as connection:
        for number in (3, 1, 2):
            at = START + timedelta(minutes=number)
            reports.add(connection, replace(sent, report_key=f"report-{number}", opened_at=at))
        reports.claim(connection, "report-1", by=by, at=LATER)
        reports.close(connection, "report-2")

        found = reports.waiting(connection, SERVER, skip=0, limit=9)
        assert [report.report_key for report in found] == ["report-1", "report-3"]
        assert reports.waiting(connection, SERVER, skip=1, limit=9) == found[1:]
        assert reports.count_waiting(connection, SERVER) == 2
        assert reports.count_waiting_of(connection, by) == 2


def test_released_it_is_as_before_it_was_claimed(desk: Desk, sent: Report, by: str) -> None:
    with desk.store.transaction() as connection:
        reports.add(connection, sent)
        reports.claim(connection, sent.report_key, by=by, at=LATER)
        reports.release(connection, sent.report_key)

        assert reports.get(connection, SERVER, sent.report_key) == sent


def test_what_one_member_sent_about_an_answer_is_found_while_it_waits(
    desk: Desk, sent: Report, by: str
) -> None:
    kind, answer = ReportKind.REPORT, sent.answer_key
    with desk.store.transaction() as connection:
        reports.add(connection, sent)

        assert reports.find_waiting(connection, answer, by, kind) == sent
        assert reports.find_waiting(connection, answer, by, ReportKind.UNANSWERED) is None
        assert reports.find_waiting(connection, answer, "other", kind) is None
        reports.close(connection, sent.report_key)
        assert reports.find_waiting(connection, answer, by, kind) is None


def test_a_report_needs_an_answer(desk: Desk, sent: Report) -> None:
    with desk.store.transaction() as connection, pytest.raises(IntegrityError):
        reports.add(connection, replace(sent, answer_key="none"))


def test_a_review_comes_back_and_decides_its_report(desk: Desk, sent: Report) -> None:
    review = make_review("review-1", sent, note="Fine.", rank=2)
    with desk.store.transaction() as connection:
        reports.add(connection, sent)
        reviews.decide(connection, review)

        assert reviews.standing(connection, sent.report_key) == review
        closed = reports.get(connection, SERVER, sent.report_key)
        assert closed == replace(sent, state=ReportState.DECIDED)


def test_an_undone_review_stays_and_its_report_waits_again(desk: Desk, sent: Report) -> None:
    second = member_key(desk, moderator(OTHER_MODERATOR))
    review = make_review("review-1", sent)
    with desk.store.transaction() as connection:
        reports.add(connection, sent)
        reviews.decide(connection, review)
        reviews.undo(connection, review, by=second, at=LATER)

        undone = replace(review, undone_by=second, undone_at=LATER)
        assert reviews.of_report(connection, sent.report_key) == [undone]
        assert reviews.standing(connection, sent.report_key) is None
        assert reports.get(connection, SERVER, sent.report_key) == sent
        again = make_review("review-0", sent)  # within the same second
        reviews.decide(connection, again)
        assert reviews.of_report(connection, sent.report_key) == [undone, again]


def test_a_retraction_counts_from_its_review_and_never_waits(desk: Desk, sent: Report) -> None:
    draft = replace(sent, kind=ReportKind.RETRACTION, state=ReportState.DECIDED)
    review = make_review("review-1", draft, decision=Decision.RETRACTED)
    with desk.store.transaction() as connection:
        reports.add(connection, draft)
        assert reviews.decided(connection, SERVER, skip=0, limit=9) == []
        assert reviews.count_decided(connection, SERVER) == 0

        reviews.decide(connection, review)
        assert reviews.decided(connection, SERVER, skip=0, limit=9) == [draft]
        assert reviews.count_decided(connection, SERVER) == 1
        assert draft.member_key is not None
        reviews.undo(connection, review, by=draft.member_key, at=LATER)
        assert reports.waiting(connection, SERVER, skip=0, limit=9) == []


def test_decided_ones_come_with_the_last_decision_first(desk: Desk, sent: Report) -> None:
    with desk.store.transaction() as connection:
        for number in (1, 2, 3):
            report = replace(sent, report_key=f"report-{number}")
            at = START + timedelta(minutes=number * number - 4 * number)
            reports.add(connection, report)
            reviews.decide(connection, make_review(f"review-{number}", report, decided_at=at))

        found = reviews.decided(connection, SERVER, skip=0, limit=9)
        assert [report.report_key for report in found] == ["report-1", "report-3", "report-2"]
        assert reviews.decided(connection, OTHER_SERVER, skip=0, limit=9) == []
