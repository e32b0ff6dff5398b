"""The figures of an evaluation, counts beside percentages, and the lines that print them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from statistics import fmean, median

from corpus.article import BlockKind
from retrieval.judging import JudgedQuote, Outcome
from retrieval.measures import Share, area_under_roc, share_of

RANKS = (1, 3)  # hit@1 and hit@3
LABEL_CHARS = 40


@dataclass(frozen=True, slots=True)
class Report:
    """What an evaluation found: a method for each figure, and `lines`, which prints them all.

    Parameters
    ----------
    outcomes : tuple of Outcome
        One for each question asked.
    """

    outcomes: tuple[Outcome, ...]

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
        return _count_hits(self.answerable, k)

    def shipped_hit(self, k: int) -> Share:
        """Return the same at the shipped threshold, where silence is a miss."""
        return share_of(_has_hit(outcome.shipped, k) for outcome in self.answerable)

    def passage_hit(self, k: int) -> Share:
        """Return how many answerable questions have the answer in the first k passages."""
        return _count_passages(self.answerable, k)

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
        """Return how many answers of both runs show the same words twice."""
        return share_of(_repeats_words(run) for run in self._runs() if run)

    def separation(self) -> float | None:
        """Return the area under the ROC curve of the confidence; None with one side only."""
        if not self.answerable or not self.unanswerable:
            return None
        return area_under_roc(
            [outcome.confidence for outcome in self.answerable],
            [outcome.confidence for outcome in self.unanswerable],
        )

    def lines(self) -> Iterator[str]:
        """Yield the figures as lines of plain, aligned text."""
        yield (
            f"{len(self.outcomes)} questions: {len(self.answerable)} answerable, "
            f"{len(self.unanswerable)} not. Intervals: Wilson, 95 %."
        )
        yield from chain(self._ranking_lines(), self._kind_lines())
        yield from chain(self._shipped_lines(), self._quote_lines())

    def _runs(self) -> Iterator[tuple[JudgedQuote, ...]]:
        for outcome in self.outcomes:
            yield outcome.unsilenced
            yield outcome.shipped

    def _ranking_lines(self) -> Iterator[str]:
        yield from ("", "Silence off (answerable questions)")
        for k in RANKS:
            yield _line(f"hit@{k}", self.hit(k))
        for k in RANKS:
            yield _line(f"passage@{k}", self.passage_hit(k))
        separation = self.separation()
        if separation is not None:
            yield _line("confidence: area under the ROC curve", f"{separation:.3f}")

    def _kind_lines(self) -> Iterator[str]:
        by_kind: dict[str, list[Outcome]] = defaultdict(list)
        for outcome in self.answerable:
            by_kind[outcome.labelled.kind].append(outcome)
        yield from ("", f"{'By type of question, silence off':<{LABEL_CHARS}}" + _KIND_HEADS)
        for kind, outcomes in sorted(by_kind.items()):
            counts = [_count_hits(outcomes, k) for k in RANKS]
            counts += [_count_passages(outcomes, k) for k in RANKS]
            cells = "".join(f"{share.count:>5} {share.value:>5.0%}" for share in counts)
            yield f"  {kind:<{LABEL_CHARS - 2}}{len(outcomes):>7}{cells}"

    def _shipped_lines(self) -> Iterator[str]:
        yield from ("", "At the shipped threshold (silence is a miss)")
        yield _line("answerable answered", self.answered())
        yield _line("unanswerable met with silence", self.silent())
        for k in RANKS:
            yield _line(f"hit@{k}", self.shipped_hit(k))
        yield _line("quotes neither gold nor tolerated", self.wrong())
        if self.outcomes:
            # The first question loads what the others find in memory; a mean would show that.
            cpu_ms = median(outcome.cpu_ms for outcome in self.outcomes)
            yield _line("processor time a question, median", f"{cpu_ms:.1f} ms")

    def _quote_lines(self) -> Iterator[str]:
        yield from ("", "Quotes of both runs")
        yield _line("verbatim, with the right hash", self.verbatim())
        yield _line("captions, labelled as such", self.labelled_captions())
        yield _line("captions, not labelled", self.unlabelled_captions())
        yield _line("headings, credits, bylines and such", self.other_kinds())
        yield _line("answers that show the same words twice", self.repeated())
        if self.quotes:
            chars = fmean(len(quote.text) for quote in self.quotes)
            yield _line("mean length of a quote", f"{chars:.0f} characters")


_KIND_HEADS = f"{'n':>7}" + "".join(
    f"{name}@{k}".rjust(11) for name in ("hit", "pass.") for k in RANKS
)


def _count_hits(outcomes: Sequence[Outcome], k: int) -> Share:
    return share_of(_has_hit(outcome.unsilenced, k) for outcome in outcomes)


def _count_passages(outcomes: Sequence[Outcome], k: int) -> Share:
    return share_of(any(outcome.passages[:k]) for outcome in outcomes)


def _has_hit(quotes: Sequence[JudgedQuote], k: int) -> bool:
    return any(quote.hit for quote in quotes[:k])


def _repeats_words(quotes: Sequence[JudgedQuote]) -> bool:
    words = [tuple(quote.text.casefold().split()) for quote in quotes]
    return len(set(words)) < len(words)


def _line(label: str, figure: Share | str) -> str:
    return f"  {label:<{LABEL_CHARS - 2}}{figure}"
