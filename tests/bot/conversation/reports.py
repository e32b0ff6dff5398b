"""Reporting and reviewing, as members and moderators do it, for tests of what comes of it."""

from __future__ import annotations

from collections.abc import Mapping

from bot.actions import Action, Target
from bot.conversation.actors import Actor
from bot.conversation.desk import Desk
from bot.conversation.handlers import HANDLERS
from bot.conversation.recording import key_of
from bot.conversation.responses import Open, PostCard, Pressed, Response, Show
from bot.conversation.reviews import reporting
from bot.conversation.reviews.report_screen import PRIVATE
from bot.ledger import audit, reports, reviews
from bot.ledger.audit import AuditEntry
from bot.ledger.reports import Report
from bot.ledger.reviews import Review
from tests.bot.conversation.desks import SERVER, member

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
    reporting.note_card(desk, card.report_key, card.channel_id, CARD)
    return card.report_key


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
