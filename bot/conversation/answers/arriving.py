"""What became of an answer that was sent: where it stands, or that it never arrived."""

from __future__ import annotations

from bot.catalogue.lines import Line
from bot.catalogue.refusals import Refusal
from bot.conversation.actors import Actor
from bot.conversation.answers.receipts import receipt
from bot.conversation.desk import Desk, Refused
from bot.ledger import answers, cards
from bot.ledger.records import Visibility
from bot.rendering.screen import Screen


def note_sent(
    desk: Desk, actor: Actor, answer_key: str, *, channel_id: int, message_id: int | None
) -> Screen:
    """Note where an answer stands, and return the receipt for whoever asked.

    Parameters
    ----------
    message_id : int or None
        None if it was shown to the asker alone.
    """
    with desk.store.transaction() as connection:
        answers.mark_sent(
            connection,
            answer_key,
            channel_id=channel_id,
            message_id=message_id,
            visibility=Visibility.PRIVATE if message_id is None else Visibility.PUBLIC,
        )
        cards.queue_answer(connection, answer_key, at=desk.now())
        record = answers.get(connection, actor.server_id, answer_key)
    if record is None:
        raise Refused(Line(Refusal.NO_ANSWER))
    return receipt(record)


def note_failed(desk: Desk, answer_key: str) -> None:
    """Note that an answer could not be sent; its asker may post it later."""
    with desk.store.transaction() as connection:
        answers.mark_failed(connection, answer_key)
