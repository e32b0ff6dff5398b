"""What only its asker may do with an answer: post it, name themself, delete it, send it on."""

from __future__ import annotations

from sqlalchemy import Connection

from bot.actions import Action, Target
from bot.catalogue.asking import AskingRefusal, AskingSentence
from bot.catalogue.lines import Line
from bot.catalogue.refusals import Refusal
from bot.conversation.actors import Actor
from bot.conversation.answers.looking import find_own
from bot.conversation.answers.receipts import SHOW, receipt
from bot.conversation.desk import Desk, Refused
from bot.conversation.places import find_place
from bot.conversation.recalling import recall
from bot.conversation.recording import put_down
from bot.conversation.responses import (
    Delete,
    Handler,
    Pressed,
    Publish,
    Response,
    Show,
    Sweep,
    Way,
)
from bot.conversation.servers import allows_posting, require_server
from bot.conversation.upkeep.correcting import posted_screen
from bot.ledger import answers, cards, posting, sweeps
from bot.ledger.audit import AuditAction
from bot.ledger.records import AnswerRecord, AnswerState, Visibility
from bot.ledger.sweeps import SweepCause
from bot.rendering.answer_screen import answer_screen, question_row
from bot.rendering.message import QuestionText
from bot.rendering.screen import Button, Buttons, Look, Row, Screen


def post(desk: Desk, actor: Actor, pressed: Pressed) -> Response:
    """Post what only the asker saw: who and where is checked anew, and so is every quote."""
    key = pressed.target.key
    with desk.store.transaction() as connection:
        record = find_own(connection, actor, key)
        if record.retracted_at is not None:
            return Show(answer_screen(recall(desk, connection, record)))
        _check_postable(connection, actor, record)
        if not recall(desk, connection, record).quotes:
            raise Refused(Line(AskingRefusal.NOTHING_STANDS))
        if not posting.claim_posting(connection, key, channel_id=actor.channel_id):
            raise Refused(Line(AskingRefusal.ALREADY_POSTED))
        claimed = find_own(connection, actor, key)
        return Publish(key, posted_screen(desk, connection, claimed))


def name(desk: Desk, actor: Actor, pressed: Pressed) -> Response:
    """Show the asker's name on their answer, or hide it; the message follows."""
    key, named = pressed.target.key, pressed.target.page == SHOW
    with desk.store.transaction() as connection:
        record = find_own(connection, actor, key)
        if record.retracted_at is not None:
            return Show(answer_screen(recall(desk, connection, record)))
        if find_place(record) is None or record.reason is not None:
            raise Refused(Line(AskingRefusal.NOT_PUBLIC))
        if record.named != named:
            answers.set_named(connection, key, named)
            cause, at = SweepCause.NAMED, desk.now()
            sweeps.begin_for(connection, key, server_id=actor.server_id, cause=cause, at=at)
        return Show(receipt(find_own(connection, actor, key)), effects=(Sweep(),))


def delete(desk: Desk, actor: Actor, pressed: Pressed) -> Response:
    """Ask whether an answer is to be deleted."""
    with desk.store.reading() as connection:
        record = find_own(connection, actor, pressed.target.key)
        answer = recall(desk, connection, record).answer()
    question = (
        () if answer is None or not answer.question else (question_row(QuestionText(answer)),)
    )
    yes = Target(Action.DELETE_NOW, record.answer_key)
    buttons = (
        Button(yes, Line(AskingSentence.DELETE_YES), Look.DANGER),
        Button(Target(Action.CANCEL), Line(AskingSentence.KEEP)),
    )
    return Show(Screen((*question, Row((Line(AskingSentence.DELETE_ASK),)), Buttons(buttons))))


def delete_now(desk: Desk, actor: Actor, pressed: Pressed) -> Response:
    """Delete an answer; one that was posted only once its message is gone."""
    key = pressed.target.key
    with desk.store.reading() as connection:
        record = find_own(connection, actor, key)
    if record.visibility is Visibility.PUBLIC and record.state is AnswerState.PENDING:
        raise Refused(Line(Refusal.CHANGED))  # its message is just being sent
    if record.message_id is None:
        return Show(note_deleted(desk, actor, key))
    return Delete(key, record.channel_id, record.message_id)


def note_deleted(desk: Desk, actor: Actor, answer_key: str) -> Screen:
    """Note that an answer has no message any more, and return what its asker is told."""
    with desk.store.transaction() as connection:
        record = find_own(connection, actor, answer_key)
        answers.mark_deleted(connection, record.answer_key)
        cards.queue_answer(connection, record.answer_key, at=desk.now())
        put_down(desk, connection, actor, AuditAction.ANSWER_DELETED, subject=record.answer_key)
    return Screen((Row((Line(AskingSentence.DELETED),)),))


def ask_moderator(desk: Desk, actor: Actor, pressed: Pressed) -> Response:
    """Tell the asker what moderators will see, before the question is sent to them."""
    with desk.store.reading() as connection:
        record = find_own(connection, actor, pressed.target.key)
        answer = recall(desk, connection, record).answer()
    if record.reason is None:
        raise Refused(Line(Refusal.NO_ANSWER))
    # Nobody asked for passages on the topic of a message; their silence offers no such button.
    if answer is None or not answer.question:
        raise Refused(Line(AskingRefusal.QUESTION_GONE))
    yes = Target(Action.ASK_MODERATOR_NOW, record.answer_key)
    buttons = (
        Button(yes, Line(AskingSentence.ASK_MODERATOR_YES), Look.MAIN),
        Button(Target(Action.CANCEL), Line(AskingSentence.NOT_NOW)),
    )
    ask = Row((Line(AskingSentence.ASK_MODERATOR_ASK),))
    return Show(Screen((question_row(QuestionText(answer)), ask, Buttons(buttons))))


def _check_postable(connection: Connection, actor: Actor, record: AnswerRecord) -> None:
    """Raise Refused unless an answer is one to post, and may be posted here and now."""
    if record.reason is not None:
        raise Refused(Line(AskingRefusal.NOTHING_STANDS))
    if not record.question:  # passages on the topic of a message, which nobody asked for
        raise Refused(Line(AskingRefusal.QUESTION_GONE))
    if not allows_posting(actor, require_server(connection, actor).settings):
        raise Refused(Line(AskingRefusal.NOT_HERE))
    if not actor.can_post:
        raise Refused(Line(AskingRefusal.CANNOT_POST))


HANDLERS = {
    Action.POST: Handler(post, Way.REPLACE),
    Action.NAME: Handler(name, Way.REPLACE),
    Action.DELETE: Handler(delete, Way.NEW),
    Action.DELETE_NOW: Handler(delete_now, Way.REPLACE),
    Action.ASK_MODERATOR: Handler(ask_moderator, Way.NEW),
}
