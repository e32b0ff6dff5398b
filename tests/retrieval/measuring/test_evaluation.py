"""Labelled questions asked of a real index of three small articles."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from corpus.article import Article, Source, Span, hash_text
from corpus.blocks import find_blocks
from retrieval.answering import Request, answer_question
from retrieval.features import FEATURES
from retrieval.indexing.building import build_content
from retrieval.indexing.index import Index
from retrieval.indexing.writing import write_generation
from retrieval.measuring.evaluation import ask_hidden, evaluate
from retrieval.measuring.labelled import LabelledQuestion, Mark
from retrieval.measuring.measures import Share
from retrieval.measuring.report import Report
from retrieval.models import LogisticModel, load_models

BRIDGE = """The old bridge over the Linn was closed on Monday after a lorry struck a pillar.

The council said repairs would cost 40,000 pounds and take until October.

Ferries carry people across the river in the meantime, the harbour master told reporters.
"""
LIBRARY = """The town library will lend musical instruments from next spring.

Librarian Moira Dunn said that thirty violins had been given by a closed school.
"""
ORCHARD = """Apple growers in the valley expect the smallest harvest in nine years.

Late frost destroyed most of the blossom in April, their union reported.
"""


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    """Return an index of the three articles."""
    folder = tmp_path_factory.mktemp("generation")
    articles = [
        (Article("main", name, 1, text, hash_text(text), find_blocks(text)), Source(title=name))
        for name, text in (("bridge", BRIDGE), ("library", LIBRARY), ("orchard", ORCHARD))
    ]
    write_generation(build_content(articles), folder, collection="main", digest="0" * 16)
    return Index.open(folder)


def label(question: str, article_id: str, text: str, words: str) -> LabelledQuestion:
    """Return a question that these words of an article answer."""
    start = text.index(words)
    mark = Mark(article_id, Span(start, start + len(words)), 2)
    return LabelledQuestion(question, question, answerable=True, gold=(mark,))


COST = label(
    "How much will the repairs of the bridge cost?", "bridge", BRIDGE, "repairs would cost 40,000"
)
VIOLINS = label(
    "How many violins did the library get?", "library", LIBRARY, "thirty violins had been given"
)
MISTAKEN = label(
    "What destroyed the apple blossom?", "bridge", BRIDGE, "Ferries carry people across the river"
)
NOT_THERE = LabelledQuestion("none", "Which zebra won the chess olympiad?", answerable=False)


def run(index: Index, *questions: LabelledQuestion) -> Report:
    return evaluate(index, questions, max_quotes=1, quote_chars=100)


def test_questions_are_judged_in_their_order(index: Index) -> None:
    """A hit is one by the labels, whatever Quoth itself believes of its quote."""
    report = run(index, COST, MISTAKEN, VIOLINS)

    assert [outcome.labelled for outcome in report.outcomes] == [COST, MISTAKEN, VIOLINS]
    assert [outcome.unsilenced[0].hit for outcome in report.outcomes] == [True, False, True]
    assert [outcome.unsilenced[0].wrong for outcome in report.outcomes] == [False, True, False]
    assert [outcome.passages[0] for outcome in report.outcomes] == [True, False, True]
    assert report.hit(1) == Share(2, 3)


def test_every_quote_is_checked_against_the_text_of_the_index(index: Index) -> None:
    report = run(index, COST, VIOLINS)

    assert report.verbatim() == Share(len(report.quotes), len(report.quotes))
    assert report.quotes
    assert all(quote.text in BRIDGE + LIBRARY for quote in report.quotes)
    assert report.unlabelled_captions().count == report.other_kinds().count == 0


def test_a_text_that_changed_under_the_index_is_not_called_verbatim(
    index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The hash is that of the article when it was added, so a change cannot hide."""
    read = index.text
    monkeypatch.setattr(index, "text", lambda number: read(number).replace("Monday", "Friday"))

    assert run(index, COST).verbatim().count == 0


def test_a_question_without_an_answer_is_judged_by_silence(index: Index) -> None:
    report = run(index, COST, NOT_THERE)

    assert report.silent() == Share(1, 1)
    separation = report.separation()
    assert separation is not None
    assert separation.area.value == 1.0


def test_a_question_is_asked_while_its_own_article_is_hidden(index: Index) -> None:
    """Whatever is shown then would be wrong: only other articles are left to quote."""
    hidden = ask_hidden(index, [COST, NOT_THERE, VIOLINS], max_quotes=1, quote_chars=100)
    asked = run(index, COST, VIOLINS).outcomes

    assert len(hidden) == 2  # of those that can be answered at all
    assert [trial.is_answered for trial in hidden] == [False, False]
    for trial, outcome in zip(hidden, asked, strict=True):
        assert 0 <= trial.confidence < outcome.confidence <= 1


@pytest.mark.parametrize(
    "question",
    [
        COST.question,
        NOT_THERE.question,
        "What destroyed the apple blossom? Which zebra won the chess olympiad?",
        "Which ferry did the zebra take?",
        "the of and",
    ],
)
def test_what_is_judged_as_shipped_is_what_a_member_would_see(index: Index, question: str) -> None:
    """Whether all of it is answered, one of its questions, or nothing."""
    labelled = LabelledQuestion("1", question, answerable=False)

    (outcome,) = run(index, labelled).outcomes

    request = Request(question, max_quotes=1, quote_chars=100)
    shipped = answer_question(index, request)
    unsilenced = answer_question(index, replace(request, min_confidence=0.0))
    assert [quote.text for quote in outcome.shipped] == [quote.text for quote in shipped.quotes]
    assert [one.text for one in outcome.unsilenced] == [one.text for one in unsilenced.quotes]
    assert outcome.confidence == unsilenced.confidence


def test_a_question_is_answered_by_the_models_that_the_caller_names(index: Index) -> None:
    """A benchmark asks models that have not seen the articles."""
    nothing = LogisticModel(np.zeros(len(FEATURES)), -1.0)
    unsure = replace(load_models(), confidence=nothing, threshold=0.5)

    (outcome,) = evaluate(index, [COST], max_quotes=1, quote_chars=100, models=unsure).outcomes

    assert outcome.confidence == pytest.approx(0.268941)  # 1 / (1 + e), whatever is found
    assert outcome.unsilenced
    assert not outcome.shipped


def test_progress_is_told_after_each_question(index: Index) -> None:
    """Thousands of questions take a minute; a person wants to see it move."""
    told: list[tuple[int, int]] = []

    evaluate(
        index,
        [COST, VIOLINS],
        max_quotes=3,
        quote_chars=300,
        progress=lambda done, total: told.append((done, total)),
    )

    assert told == [(1, 2), (2, 2)]
