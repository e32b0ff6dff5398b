"""A report in full, for one moderator: with the quotes it is about, or why there was silence."""

from __future__ import annotations

from collections.abc import Iterator

from bot.actions import Action, Target
from bot.catalogue.lines import Line
from bot.catalogue.reviewing import ReviewSentence
from bot.catalogue.screens import ScreenSentence
from bot.conversation.recalling import Recalled
from bot.conversation.reviews.cases import Case
from bot.conversation.reviews.report_screen import PRIVATE, action_rows, head
from bot.conversation.upkeep.swept import answer_rows
from bot.ledger.reports import ReportKind
from bot.rendering.answer_screen import gone_rows
from bot.rendering.compose import compose_message
from bot.rendering.fitting import page_screen
from bot.rendering.message import QuoteView, SilenceView
from bot.rendering.panels import quote_panel, source_item, too_long_panel
from bot.rendering.screen import (
    Audience,
    Block,
    Button,
    Look,
    Panel,
    Row,
    Screen,
    Style,
)


def case_screen(case: Case, page: int = 1) -> Screen:
    """Return one page of a report in full; each quote stands whole on one of them."""
    above = (*head(case), *answer_rows(case.swept))
    below = action_rows(case, PRIVATE, *_retract_button(case))
    return page_screen(
        tuple(_answer_blocks(case.recalled, above, below)),
        page=page,
        target=Target(Action.SEE, case.report.report_key),
        head=above,
        foot=below,
        audience=Audience.MODERATORS,
    )


def _retract_button(case: Case) -> tuple[Button, ...]:
    """Return the button that takes the answer back, if it shows anything."""
    if case.report.kind is not ReportKind.REPORT or not case.recalled.quotes:
        return ()
    target = Target(Action.RETRACT, case.report.answer_key)
    return (Button(target, Line(ReviewSentence.RETRACT), Look.DANGER),)


def _answer_blocks(
    recalled: Recalled, above: tuple[Block, ...], below: tuple[Block, ...]
) -> Iterator[Block]:
    answer = recalled.answer()
    if answer is not None:
        message = compose_message(answer)
        if message.silence is not None:
            yield from _silence_rows(message.silence)
        for view in message.quotes:
            yield _quote_panel(view, above, below)
    yield from gone_rows(recalled)


def _quote_panel(view: QuoteView, above: tuple[Block, ...], below: tuple[Block, ...]) -> Panel:
    """Return a quote in the fullest form for which the notes above it leave room."""
    tries = (quote_panel(view), quote_panel(view, places=0), too_long_panel(view))
    bare = Panel((Row((view.number, Line(ScreenSentence.TOO_LONG))),))
    return next((panel for panel in tries if _fits(panel, above, below)), bare)


def _fits(panel: Panel, above: tuple[Block, ...], below: tuple[Block, ...]) -> bool:
    """Return whether a quote fits on a page of its own, with the rows that turn pages."""
    try:
        page_screen(
            (panel, panel),
            page=1,
            target=Target(Action.SEE),
            head=above,
            foot=below,
            most=1,
            audience=Audience.MODERATORS,
        )
    except ValueError:
        return False
    return True


def _silence_rows(silence: SilenceView) -> Iterator[Row]:
    yield Row((silence.reason,), Style.STRONG)
    if silence.unmatched is not None:
        yield Row((silence.unmatched,))
    yield from (source_item(source) for source in silence.nearest)
