"""Labelled questions: what moderators' decisions say about which passage answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, and_, case, select

from bot.ledger.reports import ReportKind
from bot.ledger.reviews import Decision
from bot.ledger.schema import ANSWERS, CITATIONS, REPORTS, REVIEWS
from corpus.article import Span
from corpus.records import State
from corpus.schema import ARTICLES


@dataclass(frozen=True, slots=True)
class Label:
    """A question, and the place that answers it.

    Parameters
    ----------
    key : str
        Of the decision.
    asked : str or None
        The day asked.
    article_id, span
        What answers; None if nothing in the corpus does.
    stands : bool
        Whether that article is active and its version the current one, so that the place can be
        looked up.
    """

    key: str
    question: str
    asked: str | None
    article_id: str | None
    span: Span | None
    stands: bool


_CITED = and_(
    CITATIONS.c.answer_key == ANSWERS.c.answer_key,
    CITATIONS.c.rank == REVIEWS.c.rank,
    CITATIONS.c.place == 0,
)
_CURRENT = and_(
    ARTICLES.c.collection == ANSWERS.c.collection,
    ARTICLES.c.article_id == CITATIONS.c.article_id,
    ARTICLES.c.version == CITATIONS.c.version,
    ARTICLES.c.state == State.ACTIVE,
)
# Another passage is right, or none; or silence was right.
_LABELS = (REVIEWS.c.decision == Decision.WRONG_PASSAGE) | and_(
    REVIEWS.c.decision == Decision.GOOD, REPORTS.c.kind == ReportKind.UNANSWERED
)
# What a part of the articles answers, or does not, says little of all; and passages on the topic of
# a message answer no question.
_ASKED_OF_ALL = and_(ANSWERS.c.question != "", ANSWERS.c.filters.is_(None))
_FOUND = (
    select(
        REVIEWS.c.review_key,
        REVIEWS.c.rank,
        ANSWERS.c.question,
        ANSWERS.c.asked_day,
        CITATIONS.c.article_id,
        CITATIONS.c.start,
        CITATIONS.c.end,
        case((ARTICLES.c.article_id.is_(None), 0), else_=1).label("stands"),
    )
    .join_from(REVIEWS, REPORTS, REPORTS.c.report_key == REVIEWS.c.report_key)
    .join(ANSWERS, ANSWERS.c.answer_key == REPORTS.c.answer_key)
    .outerjoin(CITATIONS, _CITED)
    .outerjoin(ARTICLES, _CURRENT)
    .where(_LABELS, REVIEWS.c.undone_at.is_(None), _ASKED_OF_ALL)
    .order_by(REVIEWS.c.decided_at, REVIEWS.c.review_key)
)


def labels(connection: Connection, server_id: int | None) -> Iterator[Label]:
    """Yield what was labelled on a server, or on all, oldest first; undone decisions label nothing.

    Questions that are no longer kept, or asked of some of the articles only, are left out.
    """
    found = _FOUND if server_id is None else _FOUND.where(REPORTS.c.server_id == server_id)
    for row in connection.execute(found):
        answerable = row.rank is not None
        yield Label(
            key=row.review_key,
            question=row.question,
            asked=row.asked_day,
            article_id=row.article_id if answerable else None,
            span=Span(row.start, row.end) if answerable else None,
            stands=bool(row.stands) or not answerable,
        )
