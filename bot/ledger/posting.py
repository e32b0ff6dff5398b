"""Which answers stand in a channel, and posting one that only its asker saw.

That one is claimed first, so that two presses post it once.
"""

from __future__ import annotations

from sqlalchemy import Connection, and_, or_, update

from bot.ledger.records import AnswerState, Visibility
from bot.ledger.schema import ANSWERS

# Of answers that all can see, or may: after a crash one may stand in its channel unmarked.
MAY_STAND = and_(
    ANSWERS.c.visibility == Visibility.PUBLIC,
    ANSWERS.c.state.in_([AnswerState.PENDING, AnswerState.SENT]),
)


def claim_posting(connection: Connection, key: str, *, channel_id: int) -> bool:
    """Make a private answer a public one that is about to be sent.

    Returns
    -------
    bool
        Whether it was private, or public and never arrived; else nothing is changed.
    """
    never_seen = or_(
        ANSWERS.c.visibility == Visibility.PRIVATE, ANSWERS.c.state == AnswerState.FAILED
    )
    claim = (
        update(ANSWERS)
        .where(ANSWERS.c.answer_key == key, never_seen)
        .where(ANSWERS.c.state != AnswerState.DELETED)
        .values(
            visibility=Visibility.PUBLIC,
            state=AnswerState.PENDING,
            channel_id=channel_id,
            message_id=None,
        )
    )
    return connection.execute(claim).rowcount == 1
