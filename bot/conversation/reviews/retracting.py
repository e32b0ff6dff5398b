"""Taking an answer back: a reason, a look at what will change, and then the deed."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection

from bot.actions import Action, Target
from bot.catalogue.lines import Line
from bot.catalogue.parameters import Count, Moment
from bot.catalogue.refusals import Refusal
from bot.catalogue.reviewing import ReviewRefusal, ReviewSentence
from bot.conversation.actors import Actor
from bot.conversation.desk import Desk, Refused
from bot.conversation.places import find_place
from bot.conversation.recording import key_of, put_down
from bot.conversation.responses import (
    Effect,
    Handler,
    Open,
    PostCard,
    Pressed,
    Response,
    Show,
    Sweep,
    Way,
)
from bot.conversation.reviews.cases import open_case
from bot.conversation.reviews.moderating import check_undecided, require_moderator, who_and_when
from bot.conversation.reviews.notes import choice_field, note_field, read_choice, read_note
from bot.conversation.reviews.report_screen import RETRACT_REASONS, card_screen
from bot.ledger import answers, members, reports, reviews, sweeps
from bot.ledger.audit import AuditAction
from bot.ledger.records import AnswerRecord, AnswerState, RetractReason
from bot.ledger.reports import Report, ReportKind, ReportState
from bot.ledger.reviews import Decision, Review
from bot.ledger.sweeps import SweepCause
from bot.rendering.screen import Block, Button, Buttons, Form, Look, Row, Screen, Style

CHOICES = {str(reason): line for reason, line in RETRACT_REASONS.items()}


def retract_form(desk: Desk, actor: Actor, message_id: int) -> Open:
    """Open the form for the answer that a message shows."""
    with desk.store.reading() as connection:
        require_moderator(connection, actor)
        record = answers.find_by_message(connection, actor.server_id, message_id)
        return _open(_check(connection, record))


def retract(desk: Desk, actor: Actor, pressed: Pressed) -> Response:
    """Open the form for an answer; when it comes back, keep the note and show what will change."""
    if not pressed.fields:
        with desk.store.reading() as connection:
            return _open(_find(connection, actor, pressed.target.key))
    with desk.store.transaction() as connection:
        record = _find(connection, actor, pressed.target.key)
        draft = Report(
            report_key=desk.new_key(),
            server_id=actor.server_id,
            answer_key=record.answer_key,
            kind=ReportKind.RETRACTION,
            member_key=key_of(desk, connection, actor),
            reason=read_choice(pressed, CHOICES),
            note=read_note(pressed),
            opened_at=desk.now(),
            state=ReportState.DECIDED,
        )
        reports.add(connection, draft)
        return Show(Screen(tuple(_preview(record, draft))))


def retract_now(desk: Desk, actor: Actor, pressed: Pressed) -> Response:
    """Take the answer back that was previewed; the key is that of the retraction."""
    with desk.store.transaction() as connection:
        draft = _find_draft(desk, connection, actor, pressed.target.key)
        record = _find(connection, actor, draft.answer_key)
        reason, at = RetractReason(draft.reason or ""), desk.now()
        answers.retract(connection, record.answer_key, at=at, reason=reason)
        reviews.decide(connection, _review(desk, draft))
        put_down(
            desk,
            connection,
            actor,
            AuditAction.ANSWER_RETRACTED,
            subject=record.answer_key,
            detail=f"{reason} {draft.report_key}",
        )
        sweeps.begin_for(
            connection,
            record.answer_key,
            server_id=record.server_id,
            cause=SweepCause.RETRACTED,
            at=at,
        )
        effects = _effects(desk, connection, actor, draft)
    return Show(Screen(tuple(_done(record))), effects=effects)


def _find(connection: Connection, actor: Actor, key: str) -> AnswerRecord:
    """Return an answer that a moderator may take back."""
    require_moderator(connection, actor)
    return _check(connection, answers.get(connection, actor.server_id, key))


def _check(connection: Connection, record: AnswerRecord | None) -> AnswerRecord:
    """Return an answer that shows quotes; raise Refused for any other.

    One that was taken back already is refused with who did it, and when.
    """
    if record is None or record.state is AnswerState.DELETED:
        raise Refused(Line(Refusal.NO_ANSWER))
    if record.reason is not None:
        raise Refused(Line(ReviewRefusal.NO_QUOTES))
    if record.retracted_at is not None:
        review = reviews.retraction(connection, record.answer_key)
        who = None if review is None else members.find_user(connection, review.decided_by)
        at = Moment(record.retracted_at)
        raise who_and_when(who, at, ReviewRefusal.TAKEN_BACK, ReviewRefusal.TAKEN_BACK_BY_UNKNOWN)
    return record


def _find_draft(desk: Desk, connection: Connection, actor: Actor, key: str) -> Report:
    """Return a retraction that this moderator began and has not confirmed yet."""
    require_moderator(connection, actor)
    draft = reports.get(connection, actor.server_id, key)
    if draft is None or draft.kind is not ReportKind.RETRACTION:
        raise Refused(Line(Refusal.NO_REPORT))
    if reviews.of_report(connection, key):
        check_undecided(connection, draft, None)
    if draft.member_key != key_of(desk, connection, actor):
        raise Refused(Line(ReviewRefusal.OTHER_DRAFT))
    return draft


def _open(record: AnswerRecord) -> Open:
    reason = choice_field(
        ReviewSentence.RETRACT_REASON, ReviewSentence.RETRACT_REASON_ABOUT, CHOICES
    )
    target = Target(Action.RETRACT, record.answer_key)
    return Open(Form(target, Line(ReviewSentence.RETRACT_TITLE), (reason, note_field())))


def _review(desk: Desk, draft: Report) -> Review:
    return Review(
        review_key=desk.new_key(),
        report_key=draft.report_key,
        decision=Decision.RETRACTED,
        decided_by=draft.member_key,
        decided_at=desk.now(),
    )


def _effects(desk: Desk, connection: Connection, actor: Actor, draft: Report) -> tuple[Effect, ...]:
    """Return what corrects the message, and the card by which another moderator can undo this."""
    channel = require_moderator(connection, actor).settings.moderators_channel
    if channel is None:
        return (Sweep(),)
    card = card_screen(open_case(desk, connection, draft))
    return Sweep(), PostCard(draft.report_key, channel, card)


def _preview(record: AnswerRecord, draft: Report) -> Iterator[Block]:
    yield Row((Line(ReviewSentence.RETRACT_PREVIEW),), Style.STRONG)
    yield Row((RETRACT_REASONS[RetractReason(draft.reason or "")],))
    place = find_place(record)
    if place is None:
        yield Row((Line(ReviewSentence.WILL_CHANGE_PRIVATE),))
    else:
        yield Row((Line(ReviewSentence.WILL_CHANGE, (Count(1),)),))
        yield Row((Line(ReviewSentence.MESSAGE_AT, (place,)),), Style.ITEM)
    confirm = Target(Action.RETRACT_NOW, draft.report_key)
    yield Buttons(
        (
            Button(confirm, Line(ReviewSentence.RETRACT_NOW), Look.DANGER),
            Button(Target(Action.CANCEL), Line(ReviewSentence.CANCEL)),
        )
    )


def _done(record: AnswerRecord) -> Iterator[Block]:
    yield Row((Line(ReviewSentence.RETRACTED),), Style.STRONG)
    private = find_place(record) is None
    what = ReviewSentence.WILL_CHANGE_PRIVATE if private else ReviewSentence.BEING_CORRECTED
    yield Row((Line(what),))
    yield Row((Line(ReviewSentence.SECOND_CAN_UNDO),), Style.QUIET)


HANDLERS = {
    Action.RETRACT: Handler(retract, Way.FORM),
    Action.RETRACT_NOW: Handler(retract_now, Way.REPLACE),
}
