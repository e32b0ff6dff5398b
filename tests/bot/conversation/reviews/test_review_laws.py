"""Whatever several moderators do to one report, in whatever order: state and log agree."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from bot.actions import Action
from bot.catalogue.refusals import Refusal
from bot.catalogue.reviewing import ReviewRefusal
from bot.conversation.desk import Refused
from bot.conversation.recalling import recall_key
from bot.conversation.reviews.deciding import NO_QUOTE
from bot.ledger.labels import labels
from bot.ledger.reports import ReportState
from tests.bot.conversation.desks import SERVER, Clock, make_desk, member, moderator
from tests.bot.conversation.presses import post_answer
from tests.bot.conversation.reports import (
    member_key,
    push,
    read_audit,
    read_report,
    read_reviews,
    send_report,
)
from tests.bot.conversation.reviews.test_widening import PIER, QUESTION

USERS = (1001, 1002, 1003)
CHOICES = {Action.WRONG_PASSAGE: NO_QUOTE}
DECIDING = (
    Action.GOOD,
    Action.WRONG_PASSAGE,
    Action.WIDEN,
    Action.SOURCE_PROBLEM,
    Action.DISMISS,
)
MODERATORS = st.sampled_from(USERS)


class Review(RuleBasedStateMachine):
    """A model of one report: who has claimed it, and who has decided it how."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        self.clock = Clock()
        self.desk = make_desk(Path(self.folder.name), articles={"pier": PIER}, clock=self.clock)
        self.answer = post_answer(self.desk, QUESTION)
        self.first = recall_key(self.desk, member(), self.answer)
        self.key = send_report(self.desk, self.answer)
        self.keys = {user: member_key(self.desk, moderator(user)) for user in USERS}
        self.claimed: int | None = None
        self.decided: tuple[int, Action] | None = None
        self.log: list[tuple[str, int]] = []

    def teardown(self) -> None:
        """Remove the data directory."""
        self.folder.cleanup()

    def push(self, user: int, action: Action, fields: dict[str, str] | None = None) -> object:
        """Return the sentence of a refusal, None if it was done."""
        self.clock.pass_time(seconds=1)
        page = 1 if action is Action.WIDEN else 0
        try:
            push(self.desk, moderator(user), action, self.key, fields=fields, page=page)
        except Refused as refused:
            return refused.line.sentence
        return None

    def blocked(self, user: int) -> object:
        """Return why somebody may not decide or claim, None if they may."""
        if self.decided is not None:
            return Refusal.DECIDED
        return None if self.claimed in {None, user} else Refusal.CLAIMED

    @rule(user=MODERATORS)
    def claim(self, user: int) -> None:
        """Claim it, unless another has it."""
        expected = self.blocked(user)
        assert self.push(user, Action.CLAIM) is expected
        if expected is None and self.claimed is None:
            self.claimed = user
            self.log.append(("claimed", user))

    @rule(user=MODERATORS)
    def release(self, user: int) -> None:
        """Release it, if it is one's own."""
        expected: object = None
        if self.decided is not None:
            expected = Refusal.DECIDED
        elif self.claimed not in {None, user}:
            expected = ReviewRefusal.NOT_CLAIMER
        assert self.push(user, Action.RELEASE) is expected
        if expected is None and self.claimed is not None:
            self.claimed = None
            self.log.append(("released", user))

    @rule(user=MODERATORS, action=st.sampled_from(DECIDING))
    def decide(self, user: int, action: Action) -> None:
        """Decide it, unless another has claimed or decided it."""
        expected = self.blocked(user)
        fields = {"choice": CHOICES.get(action, ""), "note": "so it is"}
        assert self.push(user, action, fields) is expected
        if expected is not None:
            return
        self.decided = user, action
        self.log.append(("decided", user))
        if action is Action.WIDEN:
            self.log.append(("quote_widened", user))

    @rule(user=MODERATORS)
    def undo(self, user: int) -> None:
        """Undo another's decision."""
        expected: object = None
        if self.decided is None:
            undone = any(act == "decision_undone" for act, _ in self.log)
            expected = ReviewRefusal.UNDONE if undone else ReviewRefusal.NOT_DECIDED
        elif self.decided[0] == user:
            expected = ReviewRefusal.SECOND_MODERATOR
        assert self.push(user, Action.UNDO) is expected
        if expected is None:
            self.claimed = self.decided = None
            self.log.append(("decision_undone", user))

    @rule(user=MODERATORS)
    @precondition(lambda self: self.decided is not None)
    def look(self, user: int) -> None:
        """Look at it, which changes nothing."""
        assert self.push(user, Action.SEE) is None

    @invariant()
    def the_state_is_what_was_done(self) -> None:
        """Hold the report and its reviews against the model."""
        report = read_report(self.desk, self.key)
        reviews = read_reviews(self.desk, self.key)
        standing = [review for review in reviews if review.undone_at is None]
        if self.decided is not None:
            assert report.state is ReportState.DECIDED
            assert [review.decided_by for review in standing] == [self.keys[self.decided[0]]]
        else:
            assert standing == []
            claimed = None if self.claimed is None else self.keys[self.claimed]
            assert report.claimed_by == claimed
            assert (report.state is ReportState.CLAIMED) == (claimed is not None)

    @invariant()
    def the_log_says_the_same_and_is_whole(self) -> None:
        """Hold the audit log against the model."""
        entries = [entry for entry in read_audit(self.desk) if entry.action != "reported"]
        expected = [(action, self.keys[user]) for action, user in self.log]
        assert [(entry.action, entry.actor) for entry in entries] == expected
        assert {entry.subject for entry in entries} <= {self.answer}

    @invariant()
    def what_is_shown_and_labelled_follows_from_the_decision(self) -> None:
        """Hold what readers see against the model."""
        action = None if self.decided is None else self.decided[1]
        recalled = recall_key(self.desk, member(), self.answer)
        assert (recalled != self.first) == (action is Action.WIDEN)
        with self.desk.store.reading() as connection:
            found = list(labels(connection, SERVER))
        assert len(found) == (action is Action.WRONG_PASSAGE)


Review.TestCase.settings = settings(max_examples=8, stateful_step_count=15, deadline=None)
test_any_order_of_acts_leaves_state_and_log_in_agreement = Review.TestCase
