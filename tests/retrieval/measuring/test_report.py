from __future__ import annotations

from corpus.article import BlockKind, Span
from retrieval.measuring.judging import JudgedQuote, Outcome, Trial
from retrieval.measuring.labelled import LabelledQuestion, Mark
from retrieval.measuring.measures import Share
from retrieval.measuring.report import Report

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


HIT, MISS = quote(hit=True), quote("Something else.", wrong=True)


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

    separation = Report(answerable + unanswerable).separation()

    assert separation is not None
    assert separation.area.value == separation.answered.value == 0.5
    assert separation.silent.value == 0  # to answer both, the third one is answered as well
    assert Report(answerable).separation() is None


def test_hidden_answers_are_questions_of_their_own() -> None:
    """They count for silence and for the confidence, and change no figure of the ranking."""
    hidden = (Trial(0.2, is_answered=False), Trial(0.7, is_answered=True))
    report = Report((outcome(HIT, confidence=0.9),), hidden)

    assert report.hidden_silent() == Share(1, 2)
    assert report.silent() == Share(0, 0)
    assert report.hit(1) == Share(1, 1)
    separation = report.hidden_separation()
    assert separation is not None
    assert separation.area.value == 1
    assert [part.right for part in report.reliability()] == [Share(0, 1), Share(0, 1), Share(1, 1)]


def test_a_confidence_is_right_when_a_quote_answers() -> None:
    """Four answers at 75 % of which three hit: as often right as promised."""
    hits = [outcome(HIT, confidence=0.75)] * 3
    report = Report((*hits, outcome(MISS, answerable=False, confidence=0.75)))

    calibration = report.calibration()

    assert calibration is not None
    assert calibration.value == 0
    assert [part.right for part in report.reliability()] == [Share(3, 4)]


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
