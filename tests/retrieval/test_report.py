from __future__ import annotations

import pytest

from corpus.article import BlockKind, Span
from retrieval.judging import JudgedQuote, Outcome
from retrieval.labelled import LabelledQuestion, Mark
from retrieval.measures import Share
from retrieval.report import Report

GOLD = (Mark("a", Span(0, 9), 2),)
CAPTION = frozenset({BlockKind.CAPTION})


def quote(
    text: str = "Words.",
    *,
    hit: bool = False,
    wrong: bool = False,
    verbatim: bool = True,
    shown_as_caption: bool = False,
    beside_body: frozenset[BlockKind] = frozenset(),
) -> JudgedQuote:
    return JudgedQuote(hit, wrong, verbatim, shown_as_caption, beside_body, text)


def outcome(
    *shipped: JudgedQuote,
    unsilenced: tuple[JudgedQuote, ...] = (),
    passages: tuple[bool, ...] = (),
    confidence: float = 0.5,
    kind: str = "who",
    answerable: bool = True,
) -> Outcome:
    labelled = LabelledQuestion("Q", "Who?", answerable=answerable, kind=kind, gold=GOLD)
    return Outcome(labelled, passages, confidence, unsilenced or shipped, shipped, 2.0)


HIT, MISS = quote(hit=True), quote("Other words.", wrong=True)


def test_a_hit_counts_from_its_rank_on() -> None:
    """hit@1 is what a reader sees first; hit@3 what stands on the page."""
    report = Report((outcome(HIT, MISS), outcome(MISS, MISS, HIT), outcome(MISS, MISS)))

    assert report.hit(1) == Share(1, 3)
    assert report.hit(3) == Share(2, 3)


def test_silence_is_a_miss_at_the_shipped_threshold_only() -> None:
    """Ranking is judged with silence off, the product as it ships."""
    report = Report((outcome(HIT), outcome(unsilenced=(HIT,))))

    assert report.hit(1) == Share(2, 2)
    assert report.shipped_hit(1) == Share(1, 2)
    assert report.answered() == Share(1, 2)


def test_passages_are_counted_apart_from_quotes() -> None:
    """They tell whether ranking or quoting lost an answer."""
    report = Report((outcome(passages=(False, True)), outcome(passages=(True,)), outcome()))

    assert report.passage_hit(1) == Share(1, 3)
    assert report.passage_hit(3) == Share(2, 3)


def test_unanswerable_questions_count_for_silence_only() -> None:
    report = Report(
        (
            outcome(HIT),
            outcome(answerable=False, unsilenced=(MISS,)),
            outcome(MISS, answerable=False),
        )
    )

    assert report.silent() == Share(1, 2)
    assert report.hit(1) == Share(1, 1)
    assert report.wrong() == Share(1, 2)


def test_the_confidence_is_held_against_what_can_be_answered() -> None:
    """1 would mean that some threshold parts the two without a mistake."""
    answerable = (outcome(confidence=0.9), outcome(confidence=0.4))
    unanswerable = (outcome(confidence=0.5, answerable=False),)

    assert Report(answerable + unanswerable).separation() == 0.5
    assert Report(answerable).separation() is None


def test_what_is_not_body_is_counted_as_labelled_or_not() -> None:
    """A caption may be shown if it says so; a heading or a credit never."""
    report = Report(
        (
            outcome(quote(beside_body=CAPTION, shown_as_caption=True)),
            outcome(quote(beside_body=CAPTION)),
            outcome(quote(beside_body=frozenset({BlockKind.HEADING}), verbatim=False)),
        )
    )

    assert report.labelled_captions() == Share(2, 6)
    assert report.unlabelled_captions() == Share(2, 6)
    assert report.other_kinds() == Share(2, 6)
    assert report.verbatim() == Share(4, 6)


def test_the_same_words_twice_in_one_answer_are_noticed() -> None:
    """Two copies of a story would look like two sources."""
    twice = outcome(quote("China  denied it."), quote("CHINA DENIED IT."))
    report = Report((twice, outcome(HIT, MISS)))

    assert report.repeated() == Share(2, 4)


def test_lines_show_every_figure_with_its_count() -> None:
    """Plain text: they are read in a terminal, a log and a review alike."""
    report = Report(
        (
            outcome(HIT, MISS, passages=(True,), confidence=0.9, kind="when"),
            outcome(MISS, confidence=0.6),
            outcome(unsilenced=(MISS,), answerable=False, confidence=0.1),
        )
    )

    lines = [" ".join(line.split()) for line in report.lines()]

    for line in (
        "3 questions: 2 answerable, 1 not. Intervals: Wilson, 95 %.",
        "hit@1 1 of 2 50.0% (95 %: 9.5% to 90.5%)",
        "passage@3 1 of 2 50.0% (95 %: 9.5% to 90.5%)",
        "confidence: area under the ROC curve 1.000",
        "when 1 1 100% 1 100% 1 100% 1 100%",
        "who 1 0 0% 0 0% 0 0% 0 0%",
        "answerable answered 2 of 2 100.0% (95 %: 34.2% to 100.0%)",
        "unanswerable met with silence 1 of 1 100.0% (95 %: 20.7% to 100.0%)",
        "processor time a question, median 2.0 ms",
        "verbatim, with the right hash 7 of 7 100.0% (95 %: 64.6% to 100.0%)",
        "mean length of a quote 10 characters",
    ):
        assert line in lines


@pytest.mark.parametrize("outcomes", [(), (outcome(),), (outcome(answerable=False),)])
def test_lines_need_neither_answers_nor_questions(outcomes: tuple[Outcome, ...]) -> None:
    """A set without unanswerable questions, or an empty one, has figures that count nothing."""
    assert any("none to count" in line for line in Report(outcomes).lines())
