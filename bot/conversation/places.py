"""Where an answer stands for all to see."""

from __future__ import annotations

from bot.catalogue.parameters import MessageLink
from bot.ledger.records import AnswerRecord, AnswerState, Visibility


def find_place(record: AnswerRecord) -> MessageLink | None:
    """Return the message that shows an answer to all, None if there is none (any more)."""
    if record.visibility is Visibility.PRIVATE or record.state is AnswerState.DELETED:
        return None
    if record.message_id is None:
        return None
    return MessageLink(record.server_id, record.channel_id, record.message_id)
