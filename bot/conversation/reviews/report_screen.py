"""A report as a screen: its card in the moderators' channel, and its head wherever it is shown.

A card holds no excerpt. It stays in the channel for good, and what it quoted might be taken back.
"""

from __future__ import annotations

from collections.abc import Iterator

from bot.actions import Action, Target
from bot.catalogue.answers import AnswerSentence
from bot.catalogue.asking import AskingSentence
from bot.catalogue.lines import Line, Sentence
from bot.catalogue.parameters import Member, Moment, Number
from bot.catalogue.reviewing import ReviewSentence
from bot.conversation.places import find_place
from bot.conversation.reviews.cases import Case
from bot.ledger.records import AnswerRecord, AnswerState, RetractReason
from bot.ledger.reports import Report, ReportKind, ReportReason, ReportState
from bot.ledger.reviews import Decision, Review
from bot.rendering.screen import (
    Audience,
    Block,
    Button,
    Buttons,
    Glue,
    Look,
    Row,
    Screen,
    Style,
    TypedText,
)

# Where a button stands: the page of its target says it.
PRIVATE, ON_CARD = 0, 1

QUESTION_CHARS, LISTED_CHARS, NOTE_CHARS = 300, 100, 500

KINDS = {
    ReportKind.REPORT: ReviewSentence.KIND_REPORT,
    ReportKind.UNANSWERED: ReviewSentence.KIND_UNANSWERED,
    ReportKind.RETRACTION: ReviewSentence.KIND_RETRACTION,
}
REPORT_REASONS = {
    ReportReason.WRONG_PASSAGE: Line(ReviewSentence.WRONG_PASSAGE),
    ReportReason.MISLEADING_CUT: Line(ReviewSentence.MISLEADING_CUT),
    ReportReason.SOURCE_PROBLEM: Line(ReviewSentence.SOURCE_PROBLEM),
    ReportReason.NOT_ALLOWED: Line(ReviewSentence.NOT_ALLOWED),
    ReportReason.OTHER: Line(ReviewSentence.OTHER),
}
RETRACT_REASONS = {
    RetractReason.WRONG_PASSAGE: Line(ReviewSentence.RETRACT_WRONG_PASSAGE),
    RetractReason.MISLEADING_CUT: Line(ReviewSentence.RETRACT_MISLEADING_CUT),
    RetractReason.SOURCE_PROBLEM: Line(ReviewSentence.RETRACT_SOURCE_PROBLEM),
    RetractReason.OUTDATED: Line(ReviewSentence.RETRACT_OUTDATED),
    RetractReason.RULES: Line(ReviewSentence.RETRACT_RULES),
}
DECISIONS = {
    Decision.GOOD: ReviewSentence.IS_GOOD,
    Decision.WRONG_PASSAGE: ReviewSentence.IS_WRONG_PASSAGE,
    Decision.MISLEADING_CUT: ReviewSentence.IS_MISLEADING_CUT,
    Decision.SOURCE_PROBLEM: ReviewSentence.IS_SOURCE_PROBLEM,
    Decision.DISMISSED: ReviewSentence.IS_DISMISSED,
    Decision.RETRACTED: ReviewSentence.IS_RETRACTED,
}
DECIDING = (
    (Action.GOOD, ReviewSentence.GOOD),
    (Action.WRONG_PASSAGE, ReviewSentence.DECIDE_WRONG_PASSAGE),
    (Action.MISLEADING_CUT, ReviewSentence.DECIDE_MISLEADING_CUT),
    (Action.SOURCE_PROBLEM, ReviewSentence.DECIDE_SOURCE_PROBLEM),
    (Action.DISMISS, ReviewSentence.DISMISS),
)
# With silence there is no quote to judge.
DECIDING_SILENCE = (
    (Action.GOOD, ReviewSentence.SILENCE_IS_RIGHT),
    (Action.DISMISS, ReviewSentence.DISMISS),
)


def card_screen(case: Case) -> Screen:
    """Return the card of a report."""
    see = Button(Target(Action.SEE, case.report.report_key), Line(ReviewSentence.SEE))
    return Screen((*head(case), *action_rows(case, ON_CARD, see)), Audience.MODERATORS)


def head(case: Case) -> tuple[Block, ...]:
    """Return what a report is about, who sent it, and how far it is."""
    return tuple(_head(case))


def summary(case: Case) -> tuple[Row, ...]:
    """Return a report in a few rows, for a list."""
    record = case.recalled.record
    return (title(case.report), _sender(case), question(record, LISTED_CHARS), *_state(case))


def title(report: Report) -> Row:
    """Return what came, and why."""
    pieces = [Line(KINDS[report.kind])]
    if report.reason is not None:
        pieces.append(_reason(report))
    return Row(tuple(pieces), Style.STRONG, Glue.DOT)


def question(record: AnswerRecord, most: int) -> Row:
    """Return the question as it was typed, at most so many characters of it."""
    if record.question is None:
        return Row((Line(ReviewSentence.QUESTION_NOT_KEPT),), Style.QUIET)
    return Row((Line(AnswerSentence.QUESTION), TypedText(record.question)), most=most)


def answer_place(record: AnswerRecord) -> Line:
    """Return where an answer stands."""
    if record.state is AnswerState.DELETED:
        return Line(ReviewSentence.ANSWER_DELETED)
    place = find_place(record)
    if place is None:
        return Line(ReviewSentence.ANSWER_PRIVATE)
    return Line(ReviewSentence.ANSWER_AT, (place,))


def decision_lines(review: Review) -> tuple[Line, ...]:
    """Return what was decided, and about which quote."""
    said = Line(DECISIONS[review.decision])
    if review.rank is not None:
        return said, Line(ReviewSentence.ABOUT_QUOTE, (Number(review.rank),))
    if review.decision is Decision.WRONG_PASSAGE:
        return said, Line(ReviewSentence.NO_QUOTE_ANSWERS)
    return (said,)


def decided_row(said: Line, review: Review) -> Row:
    """Return what was decided behind a line that ends in a colon."""
    decision, *about = decision_lines(review)
    dotted = (piece for line in about for piece in (Line(ReviewSentence.DOT), line))
    return Row((said, decision, *dotted), Style.STRONG)


def action_rows(case: Case, place: int, *first: Button) -> tuple[Buttons, ...]:
    """Return what can be done with a report, as buttons that stand at a place."""
    key = case.report.report_key
    if case.report.state is ReportState.DECIDED:
        undo = Button(Target(Action.UNDO, key, place), Line(ReviewSentence.UNDO))
        buttons = (*first, undo) if case.standing else first
        return (Buttons(buttons),) if buttons else ()
    claim = Button(Target(Action.CLAIM, key, place), Line(ReviewSentence.CLAIM), Look.MAIN)
    if case.report.state is ReportState.CLAIMED:
        claim = Button(Target(Action.RELEASE, key, place), Line(ReviewSentence.RELEASE))
    silence = case.report.kind is ReportKind.UNANSWERED
    decisions = tuple(
        Button(Target(action, key), Line(label))
        for action, label in (DECIDING_SILENCE if silence else DECIDING)
    )
    return Buttons((claim, *first)), Buttons(decisions)


def _head(case: Case) -> Iterator[Row]:
    report, record = case.report, case.recalled.record
    yield title(report)
    yield _sender(case)
    yield Row((answer_place(record),))
    yield question(record, QUESTION_CHARS)
    if record.filters is not None:
        yield Row((Line(AskingSentence.PART_SEARCHED),), Style.QUIET)
    if report.note is not None:
        taken_back = report.kind is ReportKind.RETRACTION
        label = ReviewSentence.MODERATORS_NOTE if taken_back else ReviewSentence.SENDERS_NOTE
        yield from _note(label, report.note)
    yield from _state(case)
    last = case.reviews[-1] if case.reviews else None
    if last is None:
        return
    if last.note is not None:
        yield from _note(ReviewSentence.MODERATORS_NOTE, last.note)
    if last.undone_at is not None:
        who, at = case.people.get(last.undone_by or ""), Moment(last.undone_at)
        undone = _by(who, at, ReviewSentence.UNDONE_BY, ReviewSentence.UNDONE_BY_UNKNOWN)
        yield Row((*decision_lines(last), undone), Style.QUIET, Glue.DOT)


def _sender(case: Case) -> Row:
    """Return who sent a report, or began to take the answer back."""
    report = case.report
    who, at = case.people.get(report.member_key or ""), Moment(report.opened_at)
    if report.kind is ReportKind.RETRACTION:
        return Row((_by(who, at, ReviewSentence.BEGUN_BY, ReviewSentence.BEGUN_BY_UNKNOWN),))
    return Row((_by(who, at, ReviewSentence.SENT_BY, ReviewSentence.SENT_BY_UNKNOWN),))


def _state(case: Case) -> Iterator[Row]:
    """Yield who has claimed or decided a report; a retraction that was undone has no state."""
    report, review = case.report, case.standing
    if review is not None:
        yield decided_row(_decided(case, review), review)
    elif report.state is ReportState.OPEN:
        yield Row((Line(ReviewSentence.NOT_CLAIMED),))
    elif report.state is ReportState.CLAIMED and report.claimed_at is not None:
        who, at = case.people.get(report.claimed_by or ""), Moment(report.claimed_at)
        yield Row((_by(who, at, ReviewSentence.CLAIMED_BY, ReviewSentence.CLAIMED_BY_UNKNOWN),))


def _note(label: Sentence, note: str) -> Iterator[Row]:
    yield Row((Line(label), TypedText(note)), most=NOTE_CHARS)


def _reason(report: Report) -> Line:
    if report.kind is ReportKind.RETRACTION:
        return RETRACT_REASONS[RetractReason(report.reason or "")]
    return REPORT_REASONS[ReportReason(report.reason or "")]


def _decided(case: Case, review: Review) -> Line:
    who, at = case.people.get(review.decided_by or ""), Moment(review.decided_at)
    return _by(who, at, ReviewSentence.DECIDED_BY, ReviewSentence.DECIDED_BY_UNKNOWN)


def _by(who: int | None, at: Moment, known: Sentence, unknown: Sentence) -> Line:
    return Line(unknown, (at,)) if who is None else Line(known, (Member(who), at))
