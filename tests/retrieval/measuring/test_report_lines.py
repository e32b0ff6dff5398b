from __future__ import annotations

import pytest

from corpus.article import Span
from retrieval.measuring.judging import JudgedQuote, Outcome, Trial
from retrieval.measuring.labelled import LabelledQuestion, Mark
from retrieval.measuring.measures import estimate_area
from retrieval.measuring.report import Report
from retrieval.measuring.report_lines import report_lines

HIT = JudgedQuote(True, False, True, False, frozenset(), "Words.")
MISS = JudgedQuote(False, True, True, False, frozenset(), "Something else.")


def outcome(
    *shipped: JudgedQuote,
    unsilenced: tuple[JudgedQuote, ...] = (),
    confidence: float = 0.5,
    kind: str = "who",
    answerable: bool = True,
) -> Outcome:
    gold = (Mark("a", Span(0, 9), 2),)
    labelled = LabelledQuestion("Q", "Who?", answerable=answerable, kind=kind, gold=gold)
    passages = tuple(quote.hit for quote in shipped)
    return Outcome(labelled, passages, confidence, unsilenced or shipped, shipped, 2.0)


def test_lines_show_every_figure_with_its_count_and_interval() -> None:
    """Plain text: they are read in a terminal, a log and a review alike."""
    outcomes = (
        outcome(HIT, MISS, confidence=0.9, kind="when"),
        outcome(MISS, confidence=0.6),
        outcome(unsilenced=(MISS,), answerable=False, confidence=0.1),
    )
    report = Report(outcomes, (Trial(0.95, is_answered=True),))

    area = " ".join(estimate_area([0.9, 0.6], [0.1]).show(".3f").split())
    lines = [" ".join(line.split()) for line in report_lines(report)]

    assert lines[0].startswith("3 questions: 2 answerable, 1 not. Intervals at 95 %: ")
    for line in (
        "hit@1 1 of 2 50.0% (95 %: 9.5% to 90.5%)",
        "passage@3 1 of 2 50.0% (95 %: 9.5% to 90.5%)",
        "when 1 1 100% 1 100% 1 100% 1 100%",
        "who 1 0 0% 0 0% 0 0% 0 0%",
        f"area under the ROC curve {area}",
        "answered at 5% false answers 100.0% (95 %: 100.0% to 100.0%)",
        "silence while 90% are answered 0.0% (95 %: 0.0% to 0.0%)",
        "from 60% to 70% 60.0% 0 of 1 0.0% (95 %: 0.0% to 79.3%)",
        "answerable answered 2 of 2 100.0% (95 %: 34.2% to 100.0%)",
        "unanswerable met with silence 1 of 1 100.0% (95 %: 20.7% to 100.0%)",
        "answer hidden, met with silence 0 of 1 0.0% (95 %: 0.0% to 79.3%)",
        "processor time a question, median 2.0 ms (95 %: 2.0 to 2.0)",
        "verbatim, with the right hash 7 of 7 100.0% (95 %: 64.6% to 100.0%)",
    ):
        assert line in lines
    assert any(line.startswith("expected calibration error 0.") for line in lines)
    assert any(line.startswith("mean length of a quote 12 characters (95 %: ") for line in lines)


@pytest.mark.parametrize("outcomes", [(), (outcome(),), (outcome(answerable=False),)])
def test_lines_need_neither_answers_nor_questions(outcomes: tuple[Outcome, ...]) -> None:
    """A set without unanswerable questions, or an empty one, has figures that count nothing."""
    assert any("none to count" in line for line in report_lines(Report(outcomes)))
