"""Who may look at an answer: everyone on its server at a public one, its asker at a private one."""

from __future__ import annotations

from sqlalchemy import Connection

from bot.catalogue.lines import Line
from bot.catalogue.refusals import Refusal
from bot.conversation.actors import Actor
from bot.conversation.desk import Desk, Refused
from bot.conversation.recalling import Recalled, recall
from bot.ledger import answers, members
from bot.ledger.records import AnswerRecord, AnswerState, Visibility


def look_at(desk: Desk, actor: Actor, key: str) -> Recalled:
    """Return an answer as it stands now; raise Refused as `find_answer` does."""
    with desk.store.reading() as connection:
        return recall(desk, connection, find_answer(connection, actor, key))


def find_answer(connection: Connection, actor: Actor, key: str) -> AnswerRecord:
    """Return an answer that an actor may look at.

    Raises
    ------
    Refused
        If there is none: whether it is unknown, another server's or somebody else's own is not
        told.
    """
    record = answers.get(connection, actor.server_id, key)
    if record is None or record.state is AnswerState.DELETED:
        raise Refused(Line(Refusal.NO_ANSWER))
    if record.visibility is Visibility.PRIVATE and not is_asker(connection, actor, record):
        raise Refused(Line(Refusal.NO_ANSWER))
    return record


def find_own(connection: Connection, actor: Actor, key: str) -> AnswerRecord:
    """Return an answer that an actor caused; raise Refused for any other."""
    record = find_answer(connection, actor, key)
    if not is_asker(connection, actor, record):
        raise Refused(Line(Refusal.NOT_ASKER))
    return record


def is_asker(connection: Connection, actor: Actor, record: AnswerRecord) -> bool:
    """Return whether an actor caused an answer; nobody did, once that is forgotten."""
    return members.find_user(connection, record.member_key) == actor.user_id
