"""A report with all that is shown beside it: its answer, what was decided, and who is who."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from bot.conversation.desk import Desk
from bot.conversation.recalling import Recalled, recall
from bot.ledger import answers, members, reviews
from bot.ledger.reports import Report
from bot.ledger.reviews import Review


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
    """

    report: Report
    recalled: Recalled
    reviews: tuple[Review, ...]
    people: Mapping[str, int]

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
    return Case(report, recall(desk, connection, record), found, people)
