"""The review queue: what waits and what was decided, and who looks at which report."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection

from bot.actions import Action, Target
from bot.catalogue.lines import Line
from bot.catalogue.parameters import Count
from bot.catalogue.reviewing import ReviewRefusal, ReviewSentence
from bot.conversation.actors import Actor
from bot.conversation.desk import Desk, Refused
from bot.conversation.paging import find_page, turning_rows
from bot.conversation.recording import key_of, put_down
from bot.conversation.responses import Handler, Pressed, Show, Sweep, Way
from bot.conversation.reviews.case_screen import case_screen
from bot.conversation.reviews.cases import Case, open_case
from bot.conversation.reviews.moderating import check_undecided, find_report, require_moderator
from bot.conversation.reviews.report_screen import ON_CARD, card_screen, summary
from bot.ledger import cards, reports, reviews
from bot.ledger.audit import AuditAction
from bot.ledger.reports import Report, ReportState
from bot.rendering.screen import Audience, Block, Button, Buttons, Row, Rule, Screen, Style

PAGE_REPORTS = 5

WAITING, DECIDED = "", "decided"  # the keys of the two lists


def review(desk: Desk, actor: Actor, page: int) -> Show:
    """Return a page of the reports that wait, from 1, oldest first."""
    return _list(desk, actor, WAITING, page)


def queue(desk: Desk, actor: Actor, pressed: Pressed) -> Show:
    """Return a page of what waits, or of what was decided."""
    return _list(desk, actor, pressed.target.key, pressed.target.page)


def see(desk: Desk, actor: Actor, pressed: Pressed) -> Show:
    """Return a report in full, with its quotes as they stand now."""
    with desk.store.reading() as connection:
        report = find_report(connection, actor, pressed.target.key)
        return Show(case_screen(open_case(desk, connection, report), pressed.target.page))


def claim(desk: Desk, actor: Actor, pressed: Pressed) -> Show:
    """Let a moderator look at a report undisturbed; another one is told who has it."""
    with desk.store.transaction() as connection:
        report = find_report(connection, actor, pressed.target.key)
        by = key_of(desk, connection, actor)
        check_undecided(connection, report, by)
        if report.state is not ReportState.CLAIMED:
            reports.claim(connection, report.report_key, by=by, at=desk.now())
            _put_down(desk, connection, actor, AuditAction.CLAIMED, report)
        return show_again(desk, connection, actor, pressed)


def release(desk: Desk, actor: Actor, pressed: Pressed) -> Show:
    """Let a claimed report wait for another moderator."""
    with desk.store.transaction() as connection:
        report = find_report(connection, actor, pressed.target.key)
        by = key_of(desk, connection, actor)
        if report.state is ReportState.DECIDED:
            check_undecided(connection, report, by)
        if report.state is ReportState.CLAIMED:
            if report.claimed_by != by and not actor.manage_server:
                raise Refused(Line(ReviewRefusal.NOT_CLAIMER))
            reports.release(connection, report.report_key)
            _put_down(desk, connection, actor, AuditAction.RELEASED, report)
        return show_again(desk, connection, actor, pressed)


def show_again(desk: Desk, connection: Connection, actor: Actor, pressed: Pressed) -> Show:
    """Return what takes the place of the screen that was pressed: the card, or the report in full.

    The card is queued in any case: an older edit of it may arrive after what is shown now.
    """
    key, on_card = pressed.target.key, pressed.target.page == ON_CARD
    if on_card and pressed.message_id is not None:
        # It may not be known yet: a crash can come between posting a card and noting it.
        here = {"channel_id": actor.channel_id, "message_id": pressed.message_id}
        reports.note_card(connection, key, **here)
    case = open_case(desk, connection, find_report(connection, actor, key))
    cards.queue_report(connection, key, at=desk.now())
    screen = card_screen(case) if on_card else case_screen(case)
    return Show(screen, effects=(Sweep(),))


def _put_down(
    desk: Desk, connection: Connection, actor: Actor, action: AuditAction, report: Report
) -> None:
    subject, detail = report.answer_key, report.report_key
    put_down(desk, connection, actor, action, subject=subject, detail=detail)


def _list(desk: Desk, actor: Actor, which: str, wanted: int) -> Show:
    """Return a page of one of the two lists, with the way to the other."""
    decided = which == DECIDED
    count = reviews.count_decided if decided else reports.count_waiting
    read = reviews.decided if decided else reports.waiting
    with desk.store.reading() as connection:
        require_moderator(connection, actor)
        total = count(connection, actor.server_id)
        page = find_page(wanted, total, PAGE_REPORTS)
        found = read(connection, actor.server_id, skip=page.skip, limit=page.size)
        cases = [open_case(desk, connection, report) for report in found]
    blocks = (
        _title(decided=decided, total=total),
        *(block for case in cases for block in _item(case)),
        *turning_rows(page, Target(Action.QUEUE, DECIDED if decided else WAITING)),
        Buttons((_other_list(decided=decided),)),
    )
    return Show(Screen(blocks, Audience.MODERATORS))


def _title(*, decided: bool, total: int) -> Row:
    if not total:
        empty = ReviewSentence.NOTHING_DECIDED if decided else ReviewSentence.NOTHING_WAITS
        return Row((Line(empty),), Style.TITLE)
    said = ReviewSentence.DECIDED_TITLE if decided else ReviewSentence.QUEUE_TITLE
    return Row((Line(said, (Count(total),)),), Style.TITLE)


def _item(case: Case) -> Iterator[Block]:
    yield Rule()
    yield from summary(case)
    target = Target(Action.SEE, case.report.report_key)
    yield Buttons((Button(target, Line(ReviewSentence.SEE)),))


def _other_list(*, decided: bool) -> Button:
    """Return the button to the list that is not shown."""
    if decided:
        return Button(Target(Action.QUEUE, WAITING), Line(ReviewSentence.QUEUE))
    return Button(Target(Action.QUEUE, DECIDED), Line(ReviewSentence.DECIDED_LATELY))


HANDLERS = {
    Action.QUEUE: Handler(queue, Way.REPLACE),
    Action.SEE: Handler(see, Way.NEW),
    Action.CLAIM: Handler(claim, Way.REPLACE),
    Action.RELEASE: Handler(release, Way.REPLACE),
}
