from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from corpus.article import Span
from retrieval.measuring.judging import LEAST_WORDS, is_hit, is_passage_hit, is_wrong, says_the_same
from retrieval.measuring.labelled import LabelledQuestion, Mark
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


words = st.lists(
    st.sampled_from("harbour crane ferry fuel report denied closed Monday".split()),
    min_size=LEAST_WORDS,
    max_size=20,
)


@given(words, st.data())
def test_a_sentence_that_lost_a_few_words_says_the_same(
    written: list[str], data: st.DataObject
) -> None:
    """In any case and spacing, and whatever stands around it: it looks like a second source."""
    lost = data.draw(st.sets(st.integers(0, len(written) - 1), max_size=len(written) // 4))
    kept = [word for place, word in enumerate(written) if place not in lost]
    sentence, copy = f"The {' '.join(written)}.", f"The  {' '.join(kept).upper()}."

    if len(kept) + 1 >= LEAST_WORDS:
        assert says_the_same(sentence, copy)
        assert says_the_same(copy, f"It was a long week. {sentence}")


def test_quotes_that_share_a_name_or_their_little_words_say_different_things() -> None:
    """A reader takes them for two statements, and they are."""
    denied = "The ministry denied that it runs police stations in other countries."

    assert says_the_same(denied, "The ministry has denied that it runs police stations abroad.")
    assert not says_the_same(denied, "The ministry opened a consulate in Dublin last year.")
    assert not says_the_same("It is.", "It is a question of money, the mayor of Varnholm said.")
    assert not says_the_same(
        "A surname or family name is a name added to a given name.",
        "In many cases a surname is a family name. It is placed at the end of a given name.",
    )
