"""A report with all that is shown beside it: its answer, what was decided, and who is who."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from bot.conversation.desk import Desk
from bot.conversation.recalling import Recalled, recall
from bot.conversation.upkeep.swept import OF_ANSWERS
from bot.ledger import answers, members, reviews, sweeps
from bot.ledger.reports import Report
from bot.ledger.reviews import Review
from bot.ledger.sweeps import Swept


@dataclass(frozen=True, slots=True)
class Case:
    """A report as moderators see it.

    Parameters
    ----------
    recalled : Recalled
        Its answer as it stands now.
    reviews : tuple of Review
        First to last, those that were undone included.
    people : mapping of str to int
        Whom the keys in it name; those of forgotten members are not there.
    swept : Swept or None
        What became of the answer's message since a moderator last changed what it shows.
    """

    report: Report
    recalled: Recalled
    reviews: tuple[Review, ...]
    people: Mapping[str, int]
    swept: Swept | None

    @property
    def standing(self) -> Review | None:
        """Return the review that decides it now, if it is decided."""
        return next((review for review in self.reviews if review.undone_at is None), None)


def open_case(desk: Desk, connection: Connection, report: Report) -> Case:
    """Return a report with all that is shown beside it."""
    record = answers.get(connection, report.server_id, report.answer_key)
    assert record is not None  # a report's row refers to its answer's
    found = tuple(reviews.of_report(connection, report.report_key))
    keys = {report.member_key, report.claimed_by}
    keys |= {key for review in found for key in (review.decided_by, review.undone_by)}
    users = {key: members.find_user(connection, key) for key in keys if key is not None}
    people = {key: user for key, user in users.items() if user is not None}
    swept = sweeps.newest(
        connection, report.server_id, OF_ANSWERS, limit=1, subject=report.answer_key
    )
    recalled = recall(desk, connection, record)
    return Case(report, recalled, found, people, swept[0] if swept else None)
