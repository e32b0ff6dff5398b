"""Cards in the moderators' channel that show what is no longer so: what each shows instead."""

from __future__ import annotations

from datetime import timedelta

from bot.conversation.desk import Desk
from bot.conversation.reviews.cases import open_case
from bot.conversation.reviews.report_screen import card_screen
from bot.ledger import cards, reports
from bot.ledger.cards import Card
from bot.rendering.screen import Screen


def find_due(desk: Desk) -> list[int]:
    """Return the channels where cards are due."""
    with desk.store.reading() as connection:
        return cards.due_channels(connection, at=desk.now())


def find_next(desk: Desk, channel_id: int) -> Card | None:
    """Return the card that has been due longest in a channel, None if none is due."""
    with desk.store.reading() as connection:
        return cards.next_due(connection, channel_id, at=desk.now())


def posted_card(desk: Desk, card: Card) -> Screen | None:
    """Return what a card shows, as of now; None if its report is gone."""
    with desk.store.reading() as connection:
        report = reports.get(connection, card.server_id, card.report_key)
        return None if report is None else card_screen(open_case(desk, connection, report))


def note_end(desk: Desk, card: Card) -> None:
    """Note that a card shows what it should, or that there is no card any more."""
    with desk.store.transaction() as connection:
        cards.end(connection, card)


def postpone(desk: Desk, card: Card, wait: timedelta) -> None:
    """Try a card again later, not before the wait is over."""
    with desk.store.transaction() as connection:
        cards.postpone(connection, card, at=desk.now(), least=wait)
