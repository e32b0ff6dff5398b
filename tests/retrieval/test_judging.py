from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from corpus.article import Span
from retrieval.judging import is_hit, is_passage_hit, is_wrong
from retrieval.labelled import LabelledQuestion, Mark
from tests.strategies import spans


def ask(**labels: object) -> LabelledQuestion:
    """Return a labelled question with these labels."""
    return LabelledQuestion("Q", "Who?", answerable=False, **labels)


def gold(span: Span, grade: int = 2) -> LabelledQuestion:
    """Return a question with one gold span in article "a"."""
    return ask(gold=(Mark("a", span, grade),))


@given(spans(500))
def test_a_quote_equal_to_the_gold_span_is_a_hit(span: Span) -> None:
    """And never a wrong quote; in another article the same place means nothing."""
    assert is_hit(gold(span), "a", span, "")
    assert not is_wrong(gold(span), "a", span, "")
    assert not is_hit(gold(span), "b", span, "")
    assert is_wrong(gold(span), "b", span, "")


@given(spans(500), spans(500))
def test_a_hit_covers_four_fifths_of_the_gold_span(quote: Span, marked: Span) -> None:
    """A quote may be longer than the gold span, but it must hold nearly all of it."""
    covered = len(set(range(quote.start, quote.end)) & set(range(marked.start, marked.end)))

    assert is_hit(gold(marked), "a", quote, "") == (10 * covered >= 8 * len(marked))
    assert is_wrong(gold(marked), "a", quote, "") == (covered == 0)


@given(spans(500), st.integers(0, 1))
def test_a_span_that_answers_in_part_is_no_hit_and_not_wrong(span: Span, grade: int) -> None:
    assert not is_hit(gold(span, grade), "a", span, "")
    assert not is_wrong(gold(span, grade), "a", span, "")


def test_a_tolerated_quote_is_not_wrong() -> None:
    """It may be shown as related to a question that nothing answers."""
    labelled = ask(tolerated=(Mark("a", Span(10, 20), 0),))

    assert not is_wrong(labelled, "a", Span(0, 11), "")
    assert is_wrong(labelled, "a", Span(0, 10), "")
    assert not is_hit(labelled, "a", Span(10, 20), "")


def test_an_accepted_answer_counts_in_its_article_only() -> None:
    """The same number elsewhere answers another question."""
    labelled = ask(answers=("54", "fifty-four"), article_id="a")

    assert is_hit(labelled, "a", Span(0, 1), "They counted fifty-four stations.")
    assert not is_hit(labelled, "a", Span(0, 1), "They counted Fifty-four stations.")
    assert not is_hit(labelled, "b", Span(0, 1), "They counted 54 stations.")


def test_a_passage_is_judged_by_the_paragraph_where_one_is_given() -> None:
    """Half of the passage must lie in the paragraph; without a paragraph the answer decides."""
    labelled = ask(gold=(Mark("a", Span(0, 5), 2),), paragraph=Mark("a", Span(100, 200), 2))

    assert is_passage_hit(labelled, "a", Span(50, 150), "")
    assert not is_passage_hit(labelled, "a", Span(49, 149), "")
    assert not is_passage_hit(labelled, "b", Span(100, 200), "")
    assert not is_passage_hit(labelled, "a", Span(0, 5), "")
    assert is_passage_hit(gold(Span(0, 5)), "a", Span(0, 50), "")
