"""Searches that Quoth is held against, over two small articles: at their best, or it is no win."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from quality_baselines import (
    QUOTE_CHARS,
    Baseline,
    FullTextSearch,
    TfidfSearch,
    WordCoverage,
    best_window,
    judge_search,
    search,
)
from quality_data import Stretch, cut_passages

from corpus.article import Span
from retrieval.measuring.labelled import LabelledQuestion, Mark
from tests.stories import FERRY, HARBOUR, make_story

STRETCHES = cut_passages(
    [make_story(HARBOUR, "a", title="Cranes"), make_story(FERRY, "b", title="Last ferry")]
)
BASELINES = {"bm25": FullTextSearch(STRETCHES), "tfidf": TfidfSearch(STRETCHES)}
COST = "What does the removal of one crane cost?"

each_baseline = pytest.mark.parametrize("baseline", BASELINES.values(), ids=BASELINES)


@each_baseline
@given(question=st.one_of(st.text(), st.sampled_from(['"', "NEAR(a b)", "crane*", "a AND", "-x:"])))
def test_any_question_is_data(baseline: Baseline, question: str) -> None:
    """A quotation mark in a question is no syntax, and an empty one finds nothing."""
    found = search(baseline, question)

    scores = [score for _, score in baseline.rank(question)]
    assert scores == sorted(scores, reverse=True)
    assert len(found.passages) == len(found.quotes) == len(scores)
    assert found.confidence == max(scores, default=0)


@each_baseline
@pytest.mark.parametrize(
    ("question", "words"),
    [
        (COST, "She told reporters that removing one crane costs about 200,000 crowns."),
        ("Which price has doubled since spring?", "the price of fuel, which has doubled"),
    ],
)
def test_a_search_quotes_the_sentences_that_hold_the_questions_words(
    baseline: Baseline, question: str, words: str
) -> None:
    found = search(baseline, question)

    stretch, span = baseline.stretches[found.passages[0]], found.quotes[0]
    assert span is not None
    assert words in span.slice(stretch.article.text)


@pytest.mark.parametrize(("question", "article_id"), [("stopped", "b"), ("recommendation", "a")])
def test_full_text_search_stems_words(question: str, article_id: str) -> None:
    """The text has "stop" and "recommends"."""
    (best, _), *_ = BASELINES["bm25"].rank(question)

    assert STRETCHES[best].article.article_id == article_id


@each_baseline
def test_a_search_reads_titles(baseline: Baseline) -> None:
    """The word "last" stands in a title only; every passage under it is found by it."""
    found = baseline.rank("last")

    under = [place for place, one in enumerate(STRETCHES) if one.article.article_id == "b"]
    assert sorted(row for row, _ in found) == under
    assert not baseline.rank("zebra")


stretches = st.sampled_from(STRETCHES)


@given(stretches, st.data())
def test_no_other_window_of_whole_sentences_scores_higher(
    stretch: Stretch, data: st.DataObject
) -> None:
    """The baselines quote by Quoth's own bounds: whole sentences, one block, 300 characters."""
    count = len(stretch.sentences)
    scores = data.draw(st.lists(st.integers(0, 5), min_size=count, max_size=count))

    best = best_window(stretch, scores)

    windows = {}
    for first, last in product(range(count), repeat=2):
        run = stretch.sentences[first : last + 1]
        if run and len({one.block for one in run}) == 1:
            span = Span(run[0].span.start, run[-1].span.end)
            if len(run) == 1 or len(span) <= QUOTE_CHARS:
                windows[span] = sum(scores[first : last + 1])
    assert best is not None
    assert windows[best] == max(windows.values())


def test_a_passage_without_sentences_has_no_quote() -> None:
    stretch = STRETCHES[0]

    assert best_window(Stretch(stretch.article, "", stretch.span, ()), []) is None


@given(st.sampled_from([COST, "Who leads the institute?", "the of"]), st.text())
def test_coverage_is_a_share_that_more_words_only_raise(question: str, quote: str) -> None:
    coverage = WordCoverage(STRETCHES)

    share = coverage.measure(question, quote)

    assert 0 <= share <= 1
    assert share <= coverage.measure(question, f"{quote} {question}")


def test_a_word_that_no_passage_holds_weighs_most() -> None:
    """What is asked about a stranger is not covered by what the others said."""
    coverage = WordCoverage(STRETCHES)

    assert coverage.measure(COST, COST) == 1
    assert coverage.measure("crane zebra", "crane") < 0.5 < coverage.measure("crane", "crane")


def test_a_search_is_judged_like_quoth() -> None:
    """By the same labels, with its quotes and passages in their order."""
    start = HARBOUR.index("removing one crane costs about 200,000 crowns")
    gold = Mark("a", Span(start, start + 45), 2)

    for baseline in BASELINES.values():
        outcome = judge_search(baseline, LabelledQuestion("1", COST, answerable=True, gold=(gold,)))

        assert outcome.passages[0]
        assert outcome.unsilenced[0].hit
        assert not outcome.unsilenced[0].wrong
        assert outcome.shipped == outcome.unsilenced
        assert outcome.confidence > 0
