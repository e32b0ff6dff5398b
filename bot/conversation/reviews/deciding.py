"""What moderators decide about a report, each decision with a form for a note."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection

from bot.actions import Action, Target
from bot.catalogue.lines import Line, Sentence
from bot.catalogue.parameters import ArticleId, Number
from bot.catalogue.refusals import Refusal
from bot.catalogue.reviewing import ReviewSentence
from bot.conversation.actors import Actor
from bot.conversation.desk import Desk, Refused
from bot.conversation.recording import key_of, put_down
from bot.conversation.responses import Handler, Open, Pressed, Response, Show, Sweep, Way
from bot.conversation.reviews.cases import Case, open_case
from bot.conversation.reviews.moderating import check_undecided, find_report
from bot.conversation.reviews.notes import choice_field, note_field, read_choice, read_note
from bot.conversation.reviews.report_screen import decided_row
from bot.ledger import answers, cards, members, reviews
from bot.ledger.audit import AuditAction
from bot.ledger.records import AnswerRecord
from bot.ledger.reports import Report, ReportKind
from bot.ledger.reviews import Decision, Review
from bot.rendering.screen import Audience, Form, FormField, Row, Screen, Style

NO_QUOTE = "none"  # the choice that nothing in the corpus answers

TITLES = {
    Decision.GOOD: ReviewSentence.GOOD_TITLE,
    Decision.WRONG_PASSAGE: ReviewSentence.WRONG_PASSAGE_TITLE,
    Decision.SOURCE_PROBLEM: ReviewSentence.SOURCE_PROBLEM_TITLE,
    Decision.DISMISSED: ReviewSentence.DISMISS_TITLE,
}
# With silence there is no quote to judge.
OF_SILENCE = {Decision.GOOD, Decision.DISMISSED}


def good(desk: Desk, actor: Actor, pressed: Pressed) -> Response:
    """Decide that an answer is good, or that silence was right."""
    return _decide_with_note(desk, actor, pressed, Decision.GOOD)


def source_problem(desk: Desk, actor: Actor, pressed: Pressed) -> Response:
    """Decide that the source is at fault, and say how an administrator stops quoting it."""
    return _decide_with_note(desk, actor, pressed, Decision.SOURCE_PROBLEM)


def dismiss(desk: Desk, actor: Actor, pressed: Pressed) -> Response:
    """Close a report without a judgement."""
    return _decide_with_note(desk, actor, pressed, Decision.DISMISSED)


def wrong_passage(desk: Desk, actor: Actor, pressed: Pressed) -> Response:
    """Decide which quote answers the question, or that none does: a labelled question."""
    decision = Decision.WRONG_PASSAGE
    with desk.store.reading() as connection:
        report = find_undecided(connection, actor, pressed.target.key, decision)
        record = answers.get(connection, report.server_id, report.answer_key)
    assert record is not None  # a report's row refers to its answer's
    choices = _choices(record)
    if not pressed.fields:
        right = choice_field(ReviewSentence.RIGHT_QUOTE, _about_label(record), choices)
        return _form(pressed, report, decision, right)
    chosen, note = read_choice(pressed, choices), read_note(pressed)
    rank = None if chosen == NO_QUOTE else int(chosen)
    with desk.store.transaction() as connection:
        report = find_undecided(connection, actor, pressed.target.key, decision)
        decide(desk, connection, actor, report, decision, rank=rank, note=note)
        return outcome(desk, connection, actor, report)


def find_undecided(connection: Connection, actor: Actor, key: str, decision: Decision) -> Report:
    """Return a report about which an actor may make a decision now.

    Raises
    ------
    Refused
        If they may not, or another moderator has decided or claimed it: the line says who and when.
    """
    report = find_report(connection, actor, key)
    by = members.find_key(connection, actor.server_id, actor.user_id)
    check_undecided(connection, report, by)
    if report.kind is ReportKind.UNANSWERED and decision not in OF_SILENCE:
        raise Refused(Line(Refusal.CHANGED))
    return report


def decide(
    desk: Desk,
    connection: Connection,
    actor: Actor,
    report: Report,
    decision: Decision,
    *,
    rank: int | None = None,
    note: str | None = None,
) -> None:
    """Store a decision, in the transaction in which its report was found undecided."""
    review = Review(
        review_key=desk.new_key(),
        report_key=report.report_key,
        decision=decision,
        decided_by=key_of(desk, connection, actor),
        decided_at=desk.now(),
        note=note,
        rank=rank,
    )
    reviews.decide(connection, review)
    subject, detail = report.answer_key, describe(review)
    put_down(desk, connection, actor, AuditAction.DECIDED, subject=subject, detail=detail)


def describe(review: Review) -> str:
    """Return a decision in the audit log's words."""
    rank = "" if review.rank is None else f" quote {review.rank}"
    return f"{review.decision} {review.report_key}{rank}"


def outcome(desk: Desk, connection: Connection, actor: Actor, report: Report) -> Show:
    """Return what a moderator sees who has decided, and have the card brought up to date."""
    cards.queue_report(connection, report.report_key, at=desk.now())
    case = open_case(desk, connection, find_report(connection, actor, report.report_key))
    screen = Screen(tuple(_outcome_rows(case)), Audience.MODERATORS)
    return Show(screen, effects=(Sweep(),))


def _decide_with_note(desk: Desk, actor: Actor, pressed: Pressed, decision: Decision) -> Response:
    """Open the form of a decision; when it comes back, decide."""
    if not pressed.fields:
        with desk.store.reading() as connection:
            report = find_undecided(connection, actor, pressed.target.key, decision)
        return _form(pressed, report, decision)
    with desk.store.transaction() as connection:
        report = find_undecided(connection, actor, pressed.target.key, decision)
        decide(desk, connection, actor, report, decision, note=read_note(pressed))
        return outcome(desk, connection, actor, report)


def _form(pressed: Pressed, report: Report, decision: Decision, *fields: FormField) -> Open:
    title = TITLES[decision]
    if report.kind is ReportKind.UNANSWERED and decision is Decision.GOOD:
        title = ReviewSentence.SILENCE_TITLE
    target = Target(pressed.target.action, report.report_key)
    return Open(Form(target, Line(title), (*fields, note_field())))


def _about_label(record: AnswerRecord) -> Sentence:
    """Return whether the decision will be a labelled question, as `bot.ledger.labels` has them."""
    if record.question and record.filters is None:
        return ReviewSentence.RIGHT_QUOTE_ABOUT
    return ReviewSentence.RIGHT_QUOTE_NO_LABEL


def _choices(record: AnswerRecord) -> dict[str, Line]:
    """Return the quotes that were found for the question, further pages included, and none."""
    ranks = sorted({citation.rank for citation in record.citations})
    choices = {str(rank): Line(ReviewSentence.ABOUT_QUOTE, (Number(rank),)) for rank in ranks}
    return {**choices, NO_QUOTE: Line(ReviewSentence.NO_QUOTE_ANSWERS)}


def _outcome_rows(case: Case) -> Iterator[Row]:
    review = case.standing
    assert review is not None
    yield decided_row(Line(ReviewSentence.DECIDED), review)
    if review.decision is Decision.SOURCE_PROBLEM:
        for article_id in dict.fromkeys(quote.article_id for quote in case.recalled.quotes):
            yield Row((Line(ReviewSentence.WITHDRAW_WAY, (ArticleId(article_id),)),))
    yield Row((Line(ReviewSentence.SECOND_CAN_UNDO),), Style.QUIET)


HANDLERS = {
    Action.GOOD: Handler(good, Way.FORM),
    Action.WRONG_PASSAGE: Handler(wrong_passage, Way.FORM),
    Action.SOURCE_PROBLEM: Handler(source_problem, Way.FORM),
    Action.DISMISS: Handler(dismiss, Way.FORM),
}
