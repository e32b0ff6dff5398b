"""The figures of an evaluation: a method for each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import combinations

import numpy as np

from corpus.article import BlockKind
from retrieval.measuring.calibration import Bin, calibration_error, reliability
from retrieval.measuring.judging import JudgedQuote, Outcome, Trial, says_the_same
from retrieval.measuring.measures import Estimate, Share, bootstrap, estimate_area, share_of
from retrieval.measuring.thresholds import share_answered, share_silent

RANKS = (1, 3)  # hit@1 and hit@3
FALSE_SHARE = 0.05  # of the questions without an answer: what a threshold may let through
ANSWERED_SHARE = 0.9  # of the answerable questions: what a threshold must let through


@dataclass(frozen=True, slots=True)
class Report:
    """What an evaluation found. `retrieval.measuring.report_lines` prints it.

    Parameters
    ----------
    outcomes : tuple of Outcome
        One for each question asked.
    hidden : tuple of Trial
        Answerable questions asked once more while what answers them was left out.
    """

    outcomes: tuple[Outcome, ...]
    hidden: tuple[Trial, ...] = ()

    @property
    def answerable(self) -> list[Outcome]:
        """Return the outcomes of questions that the articles answer."""
        return [outcome for outcome in self.outcomes if outcome.labelled.answerable]

    @property
    def unanswerable(self) -> list[Outcome]:
        """Return the outcomes of questions that call for silence."""
        return [outcome for outcome in self.outcomes if not outcome.labelled.answerable]

    @property
    def quotes(self) -> list[JudgedQuote]:
        """Return every quote of both runs, with silence off and as shipped."""
        return [quote for run in self._runs() for quote in run]

    def hit(self, k: int) -> Share:
        """Return how many answerable questions have a hit in the first k quotes, silence off."""
        return share_of(_has_hit(outcome.unsilenced, k) for outcome in self.answerable)

    def shipped_hit(self, k: int) -> Share:
        """Return the same at the shipped threshold, where silence is a miss."""
        return share_of(_has_hit(outcome.shipped, k) for outcome in self.answerable)

    def passage_hit(self, k: int) -> Share:
        """Return how many answerable questions have the answer in the first k passages."""
        return share_of(any(outcome.passages[:k]) for outcome in self.answerable)

    def answered(self) -> Share:
        """Return how many answerable questions get an answer at the shipped threshold."""
        return share_of(bool(outcome.shipped) for outcome in self.answerable)

    def silent(self) -> Share:
        """Return how many unanswerable questions are met with silence as shipped."""
        return share_of(not outcome.shipped for outcome in self.unanswerable)

    def wrong(self) -> Share:
        """Return how many of the quotes shown as shipped are neither gold nor tolerated."""
        return share_of(quote.wrong for outcome in self.outcomes for quote in outcome.shipped)

    def verbatim(self) -> Share:
        """Return how many quotes of both runs equal the stored text, whose hash is right."""
        return share_of(quote.verbatim for quote in self.quotes)

    def labelled_captions(self) -> Share:
        """Return how many quotes of both runs are shown as picture captions."""
        return share_of(quote.shown_as_caption for quote in self.quotes)

    def unlabelled_captions(self) -> Share:
        """Return how many quotes of both runs are captions shown as if they were body."""
        return share_of(
            BlockKind.CAPTION in quote.beside_body and not quote.shown_as_caption
            for quote in self.quotes
        )

    def other_kinds(self) -> Share:
        """Return how many quotes of both runs are headings, credits, bylines and the like."""
        return share_of(bool(quote.beside_body - {BlockKind.CAPTION}) for quote in self.quotes)

    def repeated(self) -> Share:
        """Return how many answers of both runs show the same words twice, as if two said them."""
        return share_of(_repeats_words(run) for run in self._runs() if run)

    def hidden_silent(self) -> Share:
        """Return how many questions are met with silence as shipped once their answer is hidden."""
        return share_of(not trial.is_answered for trial in self.hidden)

    def separation(self) -> Separation | None:
        """Return how the confidence tells the answerable questions from the others."""
        return separate(self.answerable, [outcome.confidence for outcome in self.unanswerable])

    def hidden_separation(self) -> Separation | None:
        """Return how it tells them from those whose answer is hidden."""
        return separate(self.answerable, [trial.confidence for trial in self.hidden])

    def reliability(self) -> tuple[Bin, ...]:
        """Return how often the quotes answer, by confidence, silence off, hidden ones included."""
        return reliability(*zip(*self._judged(), strict=True)) if self._judged() else ()

    def calibration(self) -> Estimate | None:
        """Return the expected calibration error; None of no questions.

        Resampling adds distance to bins of few answers: of few questions, the interval leans up.
        """
        pairs = self._judged()
        return bootstrap(calibration_error, pairs) if pairs else None

    def quote_chars(self) -> Estimate | None:
        """Return the mean length of a quote of both runs."""
        lengths = [len(quote.text) for quote in self.quotes]
        return bootstrap(np.mean, lengths) if lengths else None

    def cpu_ms(self) -> Estimate | None:
        """Return the median processor time of a question.

        The first question loads what the others find in memory; a mean would show that.
        """
        times = [outcome.cpu_ms for outcome in self.outcomes]
        return bootstrap(np.median, times) if times else None

    def by_kind(self) -> dict[str, Report]:
        """Return a report on the answerable questions of each type, in order of name."""
        kinds: dict[str, list[Outcome]] = defaultdict(list)
        for outcome in self.answerable:
            kinds[outcome.labelled.kind].append(outcome)
        return {kind: Report(tuple(outcomes)) for kind, outcomes in sorted(kinds.items())}

    def _judged(self) -> list[tuple[float, bool]]:
        """Return the confidence of every answer with silence off, and whether it answers."""
        asked = [(one.confidence, _has_hit(one.unsilenced, None)) for one in self.outcomes]
        return asked + [(trial.confidence, False) for trial in self.hidden]

    def _runs(self) -> Iterator[tuple[JudgedQuote, ...]]:
        for outcome in self.outcomes:
            yield outcome.unsilenced
            yield outcome.shipped


@dataclass(frozen=True, slots=True)
class Separation:
    """How well confidence parts the questions that can be answered from those that cannot.

    Parameters
    ----------
    area : Estimate
        Area under the ROC curve.
    answered : Estimate
        Share answered while ``FALSE_SHARE`` of the others get a false answer.
    silent : Estimate
        Share of the others met with silence while ``ANSWERED_SHARE`` are answered.
    """

    area: Estimate
    answered: Estimate
    silent: Estimate


def separate(answerable: Sequence[Outcome], unanswerable: Sequence[float]) -> Separation | None:
    """Return how the confidence parts outcomes from other confidences; None with one side only."""
    confidences = [outcome.confidence for outcome in answerable]
    if not confidences or not unanswerable:
        return None
    sides = confidences, unanswerable
    return Separation(
        area=estimate_area(*sides),
        answered=bootstrap(partial(share_answered, false_share=FALSE_SHARE), *sides),
        silent=bootstrap(partial(share_silent, answered_share=ANSWERED_SHARE), *sides),
    )


def _has_hit(quotes: Sequence[JudgedQuote], k: int | None) -> bool:
    return any(quote.hit for quote in quotes[:k])


def _repeats_words(quotes: Sequence[JudgedQuote]) -> bool:
    return any(says_the_same(one.text, other.text) for one, other in combinations(quotes, 2))
