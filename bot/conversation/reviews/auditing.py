"""``/audit``: who did what, when, and to which answer; a page at a time, or as a file."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from contextlib import suppress

from sqlalchemy import Connection

from bot.actions import Action, Target
from bot.catalogue.auditing import AuditSentence
from bot.catalogue.lines import Line
from bot.catalogue.parameters import ArticleId, Count, Key, Member, Moment
from bot.conversation.actors import Actor
from bot.conversation.desk import Desk
from bot.conversation.paging import find_page, turning_rows
from bot.conversation.places import find_place
from bot.conversation.responses import Handler, Pressed, Show, Way
from bot.conversation.reviews.moderating import require_moderator
from bot.conversation.reviews.report_screen import DECISIONS
from bot.ledger import answers, members
from bot.ledger.audit import (
    OPERATOR,
    QUOTH,
    AuditAction,
    AuditEntry,
    count_entries,
    entries,
)
from bot.ledger.moments import write_moment
from bot.ledger.reviews import Decision
from bot.rendering.screen import (
    Attachment,
    Audience,
    Block,
    Button,
    Buttons,
    Glue,
    Row,
    Screen,
    Style,
)

PAGE_ENTRIES = 10  # so that a page fits whatever the articles' ids are
FILE_ENTRIES = 20_000  # some 4 MB, which Discord takes
FILE_NAME = "audit.csv"
FILE_FIELDS = ("number", "at", "actor", "user_id", "action", "subject", "detail", "hash")
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")

WHAT = {
    AuditAction.ANSWER_RETRACTED: AuditSentence.ANSWER_RETRACTED,
    AuditAction.RETRACTION_UNDONE: AuditSentence.RETRACTION_UNDONE,
    AuditAction.ANSWER_DELETED: AuditSentence.ANSWER_DELETED,
    AuditAction.REPORTED: AuditSentence.REPORTED,
    AuditAction.QUESTION_SENT: AuditSentence.QUESTION_SENT,
    AuditAction.CLAIMED: AuditSentence.CLAIMED,
    AuditAction.RELEASED: AuditSentence.RELEASED,
    AuditAction.DECIDED: AuditSentence.DECIDED,
    AuditAction.DECISION_UNDONE: AuditSentence.DECISION_UNDONE,
    AuditAction.QUOTE_WIDENED: AuditSentence.QUOTE_WIDENED,
    AuditAction.ARTICLE_ADDED: AuditSentence.ARTICLE_ADDED,
    AuditAction.ARTICLE_CORRECTED: AuditSentence.ARTICLE_CORRECTED,
    AuditAction.ARTICLE_WITHDRAWN: AuditSentence.ARTICLE_WITHDRAWN,
    AuditAction.ARTICLE_RESTORED: AuditSentence.ARTICLE_RESTORED,
    AuditAction.ARTICLE_PURGED: AuditSentence.ARTICLE_PURGED,
    AuditAction.SETTING_CHANGED: AuditSentence.SETTING_CHANGED,
    AuditAction.SERVER_JOINED: AuditSentence.SERVER_JOINED,
    AuditAction.SERVER_LEFT: AuditSentence.SERVER_LEFT,
    AuditAction.SERVER_BOUND: AuditSentence.SERVER_BOUND,
    AuditAction.MEMBER_FORGOTTEN: AuditSentence.MEMBER_FORGOTTEN,
    AuditAction.RETENTION: AuditSentence.RETENTION,
    AuditAction.SWEPT: AuditSentence.SWEPT,
}
SETTINGS = {  # by the names of the fields of `ServerSettings`
    "channels": AuditSentence.CHANNELS,
    "public": AuditSentence.PUBLIC,
    "moderator_roles": AuditSentence.MODERATOR_ROLES,
    "moderators_channel": AuditSentence.MODERATORS_CHANNEL,
    "member_questions": AuditSentence.MEMBER_QUESTIONS,
    "member_seconds": AuditSentence.MEMBER_SECONDS,
    "server_questions": AuditSentence.SERVER_QUESTIONS,
    "retention_days": AuditSentence.RETENTION_DAYS,
}
ABOUT_ANSWERS = {
    AuditAction.ANSWER_RETRACTED,
    AuditAction.RETRACTION_UNDONE,
    AuditAction.ANSWER_DELETED,
    AuditAction.REPORTED,
    AuditAction.QUESTION_SENT,
    AuditAction.CLAIMED,
    AuditAction.RELEASED,
    AuditAction.DECIDED,
    AuditAction.DECISION_UNDONE,
    AuditAction.QUOTE_WIDENED,
}
ABOUT_ARTICLES = {
    AuditAction.ARTICLE_ADDED,
    AuditAction.ARTICLE_CORRECTED,
    AuditAction.ARTICLE_WITHDRAWN,
    AuditAction.ARTICLE_RESTORED,
    AuditAction.ARTICLE_PURGED,
}


def audit(desk: Desk, actor: Actor, page: int = 1) -> Show:
    """Return a page, from 1, of what was done on this server, newest first."""
    with desk.store.reading() as connection:
        require_moderator(connection, actor)
        total = count_entries(connection, actor.server_id)
        at = find_page(page, total, PAGE_ENTRIES)
        found = entries(connection, actor.server_id, skip=at.skip, limit=at.size)
        rows = [_row(connection, entry) for entry in found]
    title = Line(AuditSentence.TITLE, (Count(total),)) if total else Line(AuditSentence.EMPTY)
    file = Button(Target(Action.AUDIT_FILE), Line(AuditSentence.FILE))
    blocks: tuple[Block, ...] = (
        Row((title,), Style.TITLE),
        *rows,
        *turning_rows(at, Target(Action.AUDIT)),
        Buttons((file,)),
    )
    return Show(Screen(blocks, Audience.MODERATORS))


def audit_file(desk: Desk, actor: Actor, _pressed: Pressed) -> Show:
    """Return what was done on this server as a CSV file, oldest first."""
    with desk.store.reading() as connection:
        require_moderator(connection, actor)
        found = entries(connection, actor.server_id, limit=FILE_ENTRIES)
        people = {
            each: members.find_user_here(connection, actor.server_id, each)
            for each in {entry.actor for entry in found}
        }
    content = write_csv([_cells(entry, people[entry.actor]) for entry in reversed(found)])
    said = Line(AuditSentence.FILE_ATTACHED, (Count(len(found)),))
    screen = Screen((Row((said,)),), Audience.MODERATORS)
    return Show(screen, attachments=(Attachment(FILE_NAME, content),))


def write_csv(rows: Sequence[Sequence[str]]) -> bytes:
    """Return rows as a CSV file with our header, of which no spreadsheet runs any cell."""
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(FILE_FIELDS)
    writer.writerows([_inert(cell) for cell in row] for row in rows)
    return written.getvalue().encode("utf-8")


def _handle(desk: Desk, actor: Actor, pressed: Pressed) -> Show:
    return audit(desk, actor, pressed.target.page)


def _row(connection: Connection, entry: AuditEntry) -> Row:
    at = Line(AuditSentence.AT, (Moment(entry.at),))
    said = (at, _who(connection, entry), *_what(entry), *_where(connection, entry))
    return Row(said, Style.ITEM, Glue.DOT)


def _who(connection: Connection, entry: AuditEntry) -> Line:
    if entry.actor == OPERATOR:
        return Line(AuditSentence.BY_OPERATOR)
    if entry.actor == QUOTH:
        return Line(AuditSentence.BY_QUOTH)
    user = members.find_user_here(connection, entry.server_id or 0, entry.actor)
    if user is None:
        return Line(AuditSentence.BY_UNKNOWN)
    return Line(AuditSentence.BY, (Member(user),))


def _what(entry: AuditEntry) -> Iterator[Line]:
    """Yield what was done, and how a report was decided; a newer Quoth may do what is unknown."""
    action = _read_action(entry)
    said = AuditSentence.UNKNOWN if action is None else WHAT[action]
    if action is AuditAction.SETTING_CHANGED:
        said = SETTINGS.get(entry.subject, said)
    yield Line(said)
    if action in {AuditAction.DECIDED, AuditAction.DECISION_UNDONE}:
        with suppress(ValueError):
            yield Line(DECISIONS[Decision(entry.detail.partition(" ")[0])])


def _where(connection: Connection, entry: AuditEntry) -> Iterator[Line]:
    """Yield what it was done to: an answer's message if all can see it, else its key."""
    action = _read_action(entry)
    with suppress(ValueError):  # an id that no reply can hold
        if action in ABOUT_ARTICLES:
            yield Line(AuditSentence.OF_ARTICLE, (ArticleId(entry.subject),))
        elif action in ABOUT_ANSWERS:
            yield _answer_place(connection, entry)


def _answer_place(connection: Connection, entry: AuditEntry) -> Line:
    record = answers.get(connection, entry.server_id or 0, entry.subject)
    place = None if record is None else find_place(record)
    if place is None:
        return Line(AuditSentence.OF_ANSWER, (Key(entry.subject),))
    return Line(AuditSentence.ANSWER_AT, (place,))


def _read_action(entry: AuditEntry) -> AuditAction | None:
    return AuditAction(entry.action) if entry.action in set(AuditAction) else None


def _cells(entry: AuditEntry, user: int | None) -> tuple[str, ...]:
    return (
        str(entry.number),
        write_moment(entry.at),
        entry.actor,
        "" if user is None else str(user),
        entry.action,
        entry.subject,
        entry.detail,
        entry.hash,
    )


def _inert(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell


HANDLERS = {
    Action.AUDIT: Handler(_handle, Way.REPLACE),
    Action.AUDIT_FILE: Handler(audit_file, Way.NEW),
}
