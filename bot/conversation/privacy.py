"""``/privacy``: what is kept about a member on this server, and deleting it."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection

from bot.actions import Action, Target
from bot.catalogue.lines import Line
from bot.catalogue.parameters import Count, Day
from bot.catalogue.privacy import PrivacySentence
from bot.conversation.actors import Actor
from bot.conversation.desk import Desk
from bot.conversation.responses import Handler, Pressed, Show, Sweep, Way
from bot.conversation.servers import require_server
from bot.ledger import audit, cards, forgetting, members, sweeps
from bot.ledger.audit import QUOTH, AuditAction
from bot.ledger.forgetting import Kept
from bot.ledger.sweeps import SweepCause
from bot.rendering.screen import Block, Button, Buttons, Look, Row, Rule, Screen, Style

SUBJECT = "member"  # whoever it was


def privacy(desk: Desk, actor: Actor) -> Show:
    """Return what is kept about somebody, on this server alone."""
    with desk.store.reading() as connection:
        days = require_server(connection, actor).settings.retention_days
        key = members.find_key(connection, actor.server_id, actor.user_id)
        kept = forgetting.kept(connection, actor.server_id, actor.user_id)
    blocks: list[Block] = [
        Row((Line(PrivacySentence.TITLE),), Style.TITLE),
        *_kept_rows(kept, is_known=key is not None),
        Rule(),
        Row((Line(PrivacySentence.RETENTION, (Count(days),)),)),
        Row((Line(PrivacySentence.ANSWERS_STAY),)),
        Row((Line(PrivacySentence.AUDIT),)),
        Row((Line(PrivacySentence.NOT_READ),), Style.QUIET),
    ]
    if key is not None:
        label = Line(PrivacySentence.DELETE)
        blocks.append(Buttons((Button(Target(Action.PRIVACY_DELETE), label, Look.DANGER),)))
    return Show(Screen(tuple(blocks)))


def _kept_rows(kept: Kept, *, is_known: bool) -> Iterator[Row]:
    if not is_known:
        yield Row((Line(PrivacySentence.NOTHING),))
        return
    if kept.questions:
        yield Row((Line(PrivacySentence.QUESTIONS, (Count(kept.questions),)),), Style.ITEM)
    if kept.reports:
        yield Row((Line(PrivacySentence.REPORTS, (Count(kept.reports),)),), Style.ITEM)
    if kept.oldest is None:
        yield Row((Line(PrivacySentence.ONLY_A_KEY),), Style.ITEM)
    else:
        yield Row((Line(PrivacySentence.OLDEST, (Day(kept.oldest.date()),)),))


def _ask(_desk: Desk, _actor: Actor, _pressed: Pressed) -> Show:
    delete = Target(Action.PRIVACY_DELETE_NOW)
    buttons = (
        Button(delete, Line(PrivacySentence.DELETE_YES), Look.DANGER),
        Button(Target(Action.CANCEL), Line(PrivacySentence.KEEP)),
    )
    return Show(Screen((Row((Line(PrivacySentence.DELETE_ASK),)), Buttons(buttons))))


def _delete(desk: Desk, actor: Actor, _pressed: Pressed) -> Show:
    """Erase what is kept of whoever pressed; a second press finds nothing, and says the same."""
    queued = 0
    with desk.store.transaction() as connection:
        require_server(connection, actor)
        key = members.find_key(connection, actor.server_id, actor.user_id)
        if key is not None:
            queued = cards.queue_about(connection, key, at=desk.now())
        kept = forgetting.forget(connection, actor.server_id, actor.user_id)
        if key is not None:
            _record(desk, connection, actor.server_id, kept)
    rows = [Row((Line(PrivacySentence.DELETED),))]
    if kept.posted:
        rows.append(Row((Line(PrivacySentence.DELETED_POSTED, (Count(len(kept.posted)),)),)))
    return Show(Screen(tuple(rows)), effects=(Sweep(),) if kept.posted or queued else ())


def _record(desk: Desk, connection: Connection, server_id: int, kept: Kept) -> None:
    """Write that somebody was forgotten, without naming them, and take their name off messages."""
    audit.append(
        connection,
        server_id=server_id,
        at=desk.now(),
        actor=QUOTH,
        action=AuditAction.MEMBER_FORGOTTEN,
        subject=SUBJECT,
    )
    if kept.posted:
        sweeps.begin(
            connection,
            server_id=server_id,
            cause=SweepCause.FORGOTTEN,
            subject=SUBJECT,
            answers=kept.posted,
            at=desk.now(),
        )


HANDLERS = {
    Action.PRIVACY_DELETE: Handler(_ask, Way.REPLACE),
    Action.PRIVACY_DELETE_NOW: Handler(_delete, Way.REPLACE),
}
