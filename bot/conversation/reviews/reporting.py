"""What members send to the moderators: reports of answers, and questions that met with silence."""

from __future__ import annotations

from sqlalchemy import Connection

from bot.actions import Action, Target
from bot.catalogue.asking import AskingRefusal
from bot.catalogue.lines import Line, Sentence
from bot.catalogue.parameters import Count, Moment
from bot.catalogue.refusals import Refusal
from bot.catalogue.reviewing import ReviewRefusal, ReviewSentence
from bot.conversation.actors import Actor
from bot.conversation.answers.looking import find_answer, find_own
from bot.conversation.desk import Desk, Refused
from bot.conversation.recalling import recall
from bot.conversation.recording import key_of, put_down
from bot.conversation.responses import Handler, Open, PostCard, Pressed, Response, Show, Way
from bot.conversation.reviews.cases import open_case
from bot.conversation.reviews.notes import choice_field, note_field, read_choice, read_note
from bot.conversation.reviews.report_screen import REPORT_REASONS, card_screen
from bot.conversation.servers import require_server
from bot.ledger import cards, members, reports
from bot.ledger.audit import AuditAction
from bot.ledger.records import AnswerRecord
from bot.ledger.reports import Report, ReportKind
from bot.rendering.screen import Form, Row, Screen

# One member's reports that wait: more would bury those of others.
MAX_WAITING = 10

ALREADY = {
    ReportKind.REPORT: ReviewRefusal.REPORTED_ALREADY,
    ReportKind.UNANSWERED: ReviewRefusal.SENT_ALREADY,
}
CHOICES = {str(reason): line for reason, line in REPORT_REASONS.items()}


def report(desk: Desk, actor: Actor, pressed: Pressed) -> Response:
    """Open the form for a report; when it comes back, send the report to the moderators."""
    if not pressed.fields:
        with desk.store.reading() as connection:
            record = _find_reportable(desk, connection, actor, pressed.target.key)
            _check_not_waiting(connection, actor, record, ReportKind.REPORT)
        return Open(_form(record))
    reason, note = read_choice(pressed, CHOICES), read_note(pressed)
    with desk.store.transaction() as connection:
        record = _find_reportable(desk, connection, actor, pressed.target.key)
        key = _send(desk, connection, actor, record, ReportKind.REPORT, reason=reason, note=note)
        detail = f"{reason} {key}"
        put_down(
            desk, connection, actor, AuditAction.REPORTED, subject=record.answer_key, detail=detail
        )
        return _tell(desk, connection, actor, key, ReviewSentence.REPORT_SENT)


def ask_moderator_now(desk: Desk, actor: Actor, pressed: Pressed) -> Response:
    """Send a question that met with silence to the moderators; its asker was told what they see."""
    with desk.store.transaction() as connection:
        record = find_own(connection, actor, pressed.target.key)
        if record.reason is None:
            raise Refused(Line(ReviewRefusal.NOT_SILENCE))
        if not record.question:  # forgotten, or never asked: moderators would have nothing to read
            raise Refused(Line(AskingRefusal.QUESTION_GONE))
        key = _send(desk, connection, actor, record, ReportKind.UNANSWERED)
        put_down(
            desk,
            connection,
            actor,
            AuditAction.QUESTION_SENT,
            subject=record.answer_key,
            detail=key,
        )
        return _tell(desk, connection, actor, key, ReviewSentence.QUESTION_SENT)


def note_card(desk: Desk, actor: Actor, card: PostCard, message_id: int) -> bool:
    """Note where a report's card was posted; return whether it is out of date already, and queued.

    Moderators can see a card, and decide about its report, before Quoth is told where it stands.
    """
    key = card.report_key
    with desk.store.transaction() as connection:
        reports.note_card(connection, key, channel_id=card.channel_id, message_id=message_id)
        sent = reports.get(connection, actor.server_id, key)
        if sent is None or card_screen(open_case(desk, connection, sent)) == card.screen:
            return False
        cards.queue_report(connection, key, at=desk.now())
        return True


def _find_reportable(desk: Desk, connection: Connection, actor: Actor, key: str) -> AnswerRecord:
    """Return an answer of which a quote stands; raise Refused for any other."""
    record = find_answer(connection, actor, key)
    if record.reason is not None:
        raise Refused(Line(ReviewRefusal.NO_QUOTES))
    if record.retracted_at is not None:
        raise Refused(Line(Refusal.RETRACTED))
    if not recall(desk, connection, record).quotes:
        raise Refused(Line(ReviewRefusal.NO_QUOTES))
    return record


def _check_not_waiting(
    connection: Connection, actor: Actor, record: AnswerRecord, kind: ReportKind
) -> None:
    """Raise Refused if a member has sent this already, or too much altogether."""
    by = members.find_key(connection, actor.server_id, actor.user_id)
    if by is None:
        return
    sent = reports.find_waiting(connection, record.answer_key, by, kind)
    if sent is not None:
        raise Refused(Line(ALREADY[kind], (Moment(sent.opened_at),)))
    if reports.count_waiting_of(connection, by) >= MAX_WAITING:
        raise Refused(Line(ReviewRefusal.TOO_MANY, (Count(MAX_WAITING),)))


def _form(record: AnswerRecord) -> Form:
    reason = choice_field(ReviewSentence.REPORT_REASON, ReviewSentence.REPORT_REASON_ABOUT, CHOICES)
    target = Target(Action.REPORT, record.answer_key)
    return Form(target, Line(ReviewSentence.REPORT_TITLE), (reason, note_field()))


def _send(
    desk: Desk,
    connection: Connection,
    actor: Actor,
    record: AnswerRecord,
    kind: ReportKind,
    *,
    reason: str | None = None,
    note: str | None = None,
) -> str:
    """Store a report, and return its key."""
    _check_not_waiting(connection, actor, record, kind)
    sent = Report(
        report_key=desk.new_key(),
        server_id=actor.server_id,
        answer_key=record.answer_key,
        kind=kind,
        member_key=key_of(desk, connection, actor),
        reason=reason,
        note=note,
        opened_at=desk.now(),
    )
    reports.add(connection, sent)
    return sent.report_key


def _tell(desk: Desk, connection: Connection, actor: Actor, key: str, sentence: Sentence) -> Show:
    """Return what the member sees, and the card that the moderators get if they have a channel."""
    effects: tuple[PostCard, ...] = ()
    channel = require_server(connection, actor).settings.moderators_channel
    sent = reports.get(connection, actor.server_id, key)
    if channel is not None and sent is not None:
        effects = (PostCard(key, channel, card_screen(open_case(desk, connection, sent))),)
    return Show(Screen((Row((Line(sentence),)),)), effects=effects)


HANDLERS = {
    Action.REPORT: Handler(report, Way.FORM),
    Action.ASK_MODERATOR_NOW: Handler(ask_moderator_now, Way.REPLACE),
}
