"""Deciding that a quote was cut misleadingly: more of the same article version is shown instead."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sqlalchemy import Connection

from bot.actions import Action, Target
from bot.catalogue.lines import Line
from bot.catalogue.parameters import Number
from bot.catalogue.refusals import Refusal
from bot.catalogue.reviewing import ReviewRefusal, ReviewSentence
from bot.conversation.actors import Actor
from bot.conversation.desk import Desk, Refused
from bot.conversation.recalling import Recalled, recall, widen_quote
from bot.conversation.recording import put_down
from bot.conversation.responses import Handler, Open, Pressed, Response, Show, Way
from bot.conversation.reviews.deciding import decide, find_undecided, outcome
from bot.conversation.reviews.notes import note_field, read_note
from bot.conversation.reviews.wider import find_wider
from bot.ledger import answers, sweeps
from bot.ledger.audit import AuditAction
from bot.ledger.reports import Report
from bot.ledger.reviews import Decision
from bot.ledger.sweeps import SweepCause
from bot.rendering.compose import compose_message
from bot.rendering.fitting import MAX_BUTTONS, fits
from bot.rendering.panels import quote_panel
from bot.rendering.screen import Audience, Block, Button, Buttons, Form, Look, Row, Screen
from corpus.article import Span
from retrieval.answer import Quote

DECISION = Decision.MISLEADING_CUT


def misleading_cut(desk: Desk, actor: Actor, pressed: Pressed) -> Show:
    """Preview a quote with the sentences around it; the target's page is its rank, 0 the first."""
    with desk.store.reading() as connection:
        report, recalled = _find(desk, connection, actor, pressed)
        rank = pressed.target.page or min((quote.rank for quote in recalled.quotes), default=1)
        wider = _widen(desk, connection, recalled, rank)
    shown = [Row((wider,))] if isinstance(wider, Line) else _preview(report, recalled, wider)
    others = [quote.rank for quote in recalled.quotes if quote.rank != rank]
    return Show(Screen((*shown, *_choosing(report, others)), Audience.MODERATORS))


def widen(desk: Desk, actor: Actor, pressed: Pressed) -> Response:
    """Open the form of this decision; when it comes back, show more and correct what was posted."""
    rank, note = pressed.target.page, read_note(pressed)
    with desk.store.reading() as connection:
        report, recalled = _find(desk, connection, actor, pressed)
        # Before the form is opened it needs no reading of the article, which may take a while.
        wider = _widen(desk, connection, recalled, rank) if pressed.fields else None
    if wider is None:
        title = Line(ReviewSentence.WIDEN_TITLE, (Number(rank),))
        return Open(Form(pressed.target, title, (note_field(),)))
    if isinstance(wider, Line):
        raise Refused(wider)
    with desk.store.transaction() as connection:
        report, now = _find(desk, connection, actor, pressed)
        if now != recalled:
            raise Refused(Line(Refusal.CHANGED))
        decide(desk, connection, actor, report, DECISION, rank=rank, note=note)
        _show_more(desk, connection, actor, report, wider)
        return outcome(desk, connection, actor, report)


def _find(
    desk: Desk, connection: Connection, actor: Actor, pressed: Pressed
) -> tuple[Report, Recalled]:
    report = find_undecided(connection, actor, pressed.target.key, DECISION)
    record = answers.get(connection, actor.server_id, report.answer_key)
    assert record is not None  # a report's row refers to its answer's
    return report, recall(desk, connection, record)


def _widen(desk: Desk, connection: Connection, recalled: Recalled, rank: int) -> Quote | Line:
    """Return a quote with the sentences around it, or why there is none."""
    quote = next((quote for quote in recalled.quotes if quote.rank == rank), None)
    if quote is None:
        return Line(ReviewRefusal.NOT_STANDING, (Number(rank),))
    if rank in recalled.widened:
        return Line(ReviewRefusal.WIDENED_ALREADY, (Number(rank),))
    article = desk.store.get(
        connection, recalled.record.collection, quote.article_id, quote.version
    )
    span = find_wider(article, Span(quote.start, quote.end))
    if span is None:
        return Line(ReviewRefusal.NOT_WIDER, (Number(rank),))
    return widen_quote(quote, article.text, span)


def _preview(report: Report, recalled: Recalled, wider: Quote) -> list[Block]:
    answer = recalled.answer((wider.rank,))
    assert answer is not None  # this quote stands
    (view,) = compose_message(replace(answer, quotes=(wider,))).quotes
    label = Row((Line(ReviewSentence.WIDENING, (Number(wider.rank),)),))
    target = Target(Action.WIDEN, report.report_key, wider.rank)
    button = Button(target, Line(ReviewSentence.WIDEN), Look.MAIN)
    below = Row((Line(ReviewSentence.WIDENING_CHANGES),)), Buttons((button,))
    for panel in (quote_panel(view), quote_panel(view, places=0)):
        if fits(Screen((label, panel, *below), Audience.MODERATORS)):
            return [label, panel, *below]
    return [Row((Line(ReviewRefusal.NOT_WIDER, (Number(wider.rank),)),))]


def _choosing(report: Report, ranks: list[int]) -> Iterator[Buttons]:
    """Yield buttons that preview other quotes."""
    buttons = [
        Button(
            Target(Action.MISLEADING_CUT, report.report_key, rank),
            Line(ReviewSentence.ABOUT_QUOTE, (Number(rank),)),
        )
        for rank in ranks
    ]
    for start in range(0, len(buttons), MAX_BUTTONS):
        yield Buttons(tuple(buttons[start : start + MAX_BUTTONS]))


def _show_more(
    desk: Desk, connection: Connection, actor: Actor, report: Report, wider: Quote
) -> None:
    """Let an answer show more of a quote, and begin to correct its message."""
    key = report.answer_key
    answers.widen(connection, key, wider.rank, Span(wider.start, wider.end))
    detail = f"quote {wider.rank}"
    put_down(desk, connection, actor, AuditAction.QUOTE_WIDENED, subject=key, detail=detail)
    cause, at = SweepCause.WIDENED, desk.now()
    sweeps.begin_for(connection, key, server_id=report.server_id, cause=cause, at=at)


HANDLERS = {
    Action.MISLEADING_CUT: Handler(misleading_cut, Way.NEW),
    Action.WIDEN: Handler(widen, Way.FORM),
}
