"""Reporting and reviewing, as members and moderators do it, for tests of what comes of it."""

from __future__ import annotations

from collections.abc import Mapping

from bot.actions import Action, Target
from bot.conversation.actors import Actor
from bot.conversation.desk import Desk
from bot.conversation.handlers import HANDLERS
from bot.conversation.recording import key_of
from bot.conversation.responses import Open, PostCard, Pressed, Response, Show
from bot.conversation.reviews import carding, reporting
from bot.conversation.reviews.report_screen import PRIVATE
from bot.ledger import audit, reports, reviews
from bot.ledger.audit import AuditEntry
from bot.ledger.reports import Report
from bot.ledger.reviews import Review
from bot.rendering.screen import Screen
from tests.bot.conversation.desks import SERVER, member, moderator

MODERATORS_CHANNEL, CARD = 910_000_000_000_000_009, 940_000_000_000_900_001


def push(
    desk: Desk,
    actor: Actor,
    action: Action,
    key: str,
    *,
    page: int = PRIVATE,
    message_id: int | None = None,
    fields: Mapping[str, str] | None = None,
) -> Response:
    """Press a button, or send a form back."""
    pressed = Pressed(Target(action, key, page), fields=fields or {}, message_id=message_id)
    return HANDLERS[action].handle(desk, actor, pressed)


def submit(
    desk: Desk,
    actor: Actor,
    action: Action,
    key: str,
    *,
    choice: str | None = None,
    note: str = "",
    page: int = PRIVATE,
) -> Show:
    """Open a form and send it back."""
    opened = push(desk, actor, action, key, page=page)
    assert isinstance(opened, Open)
    assert opened.form.target == Target(action, key, page)
    fields = {"note": note} if choice is None else {"choice": choice, "note": note}
    assert {field.name for field in opened.form.fields} == set(fields)
    shown = push(desk, actor, action, key, fields=fields, page=page)
    assert isinstance(shown, Show)
    return shown


def send_report(
    desk: Desk,
    answer_key: str,
    actor: Actor | None = None,
    *,
    reason: str = "wrong_passage",
    note: str = "",
) -> str:
    """Report an answer, and return the report's key."""
    before = {report.report_key for report in waiting(desk)}
    submit(desk, actor or member(), Action.REPORT, answer_key, choice=reason, note=note)
    (key,) = {report.report_key for report in waiting(desk)} - before
    return key


def post_card(desk: Desk, shown: Show) -> str:
    """Do as the chat does with the card of a report, and return the report's key."""
    (card,) = [effect for effect in shown.effects if isinstance(effect, PostCard)]
    assert not reporting.note_card(desk, moderator(), card, CARD)
    return card.report_key


def place_card(desk: Desk, report_key: str, message_id: int = CARD) -> None:
    """Let a report's card stand in the moderators' channel."""
    place = {"channel_id": MODERATORS_CHANNEL, "message_id": message_id}
    with desk.store.transaction() as connection:
        reports.note_card(connection, report_key, **place)


def edit_cards(desk: Desk) -> dict[tuple[int, int], Screen]:
    """Do as a sweep does with the cards that are due; return what each shows, by where it stands.

    Where that is: the channel, and the message.
    """
    shown = {}
    for channel_id in carding.find_due(desk):
        while card := carding.find_next(desk, channel_id):
            screen = carding.posted_card(desk, card)
            assert screen is not None
            shown[card.channel_id, card.message_id] = screen
            carding.note_end(desk, card)
    return shown


def waiting(desk: Desk, server_id: int = SERVER) -> list[Report]:
    with desk.store.reading() as connection:
        return list(reports.waiting(connection, server_id, skip=0, limit=100))


def read_report(desk: Desk, key: str) -> Report:
    with desk.store.reading() as connection:
        report = reports.get(connection, SERVER, key)
    assert report is not None
    return report


def read_reviews(desk: Desk, key: str) -> list[Review]:
    with desk.store.reading() as connection:
        return list(reviews.of_report(connection, key))


def read_audit(desk: Desk, server_id: int = SERVER) -> list[AuditEntry]:
    """Return what was recorded, oldest first."""
    with desk.store.reading() as connection:
        assert audit.first_broken(connection) is None
        return audit.entries(connection, server_id, limit=1000)[::-1]


def acts(desk: Desk) -> list[str]:
    """Return which actions were recorded, oldest first."""
    return [entry.action for entry in read_audit(desk)]


def member_key(desk: Desk, actor: Actor) -> str:
    with desk.store.transaction() as connection:
        return key_of(desk, connection, actor)
