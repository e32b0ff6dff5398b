"""What speaks for a sentence: numbers that mean the same in collections of any size."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.evidence import FEATURES, KINDS, PASSAGES_READ, Evidence, gather_evidence
from retrieval.indexing.index import Index
from retrieval.matching import Columns
from retrieval.query import Query, weigh_query
from retrieval.question.kinds import Expected, holds_expected
from retrieval.quoting import sentence_span, sentence_terms
from retrieval.ranking import best_rows, score_question
from tests.stories import FERRY, HARBOUR, Story, collections, make_story, questions
from tests.strategies import share_of_examples

Build = Callable[[Iterable[Story]], Index]

LAW = share_of_examples(0.4)  # each builds an index

# Those that are no shares.
LARGE = {"spread", "place", "length", "passage_length"}


def gather(index: Index, question: str) -> Evidence:
    query = weigh_query(index, question)
    return gather_evidence(index, question, query, score_question(index, query, asked=None))


def feature(evidence: Evidence, name: str) -> list[float]:
    return [round(value, 6) for value in evidence.features[:, FEATURES.index(name)].tolist()]


def texts_of(index: Index, evidence: Evidence) -> list[str]:
    articles = index.arrays.passage_article[evidence.passages][evidence.passage_of]
    return [
        sentence_span(index, sentence).slice(index.text(int(article)))
        for sentence, article in zip(evidence.sentences, articles, strict=True)
    ]


def share_of(query: Query, terms: Iterable[int]) -> list[float]:
    """Return how much of each term of a question some terms hold."""
    columns = Columns.of(query)
    ids, places, shares = (one.tolist() for one in (columns.ids, columns.column, columns.share))
    counts = dict(zip(ids, zip(places, shares, strict=True), strict=True))
    held = [0.0] * len(query.terms)
    for column, share in map(counts.__getitem__, counts.keys() & set(terms)):
        held[column] = max(held[column], share)
    return held


@LAW
@given(collections(), questions())
def test_features_are_finite_and_shares_or_small(
    build_index: Build, stories: list[Story], question: str
) -> None:
    """So that one model serves collections of any size, and no article can overflow it."""
    evidence = gather(build_index(stories), question)

    assert evidence.features.shape == (len(evidence.sentences), len(FEATURES))
    assert np.isfinite(evidence.features).all()
    assert (evidence.features >= 0).all()
    for name, column in zip(FEATURES, evidence.features.T, strict=True):
        assert name in LARGE or (column <= 1 + 1e-9).all(), name
    assert (evidence.features[:, FEATURES.index("place")] <= 10).all()
    assert (evidence.held <= 1).all()
    assert (evidence.beside <= 1).all()
    assert evidence.weights.sum() == pytest.approx(1) if len(evidence.weights) else True


@LAW
@given(collections(), questions())
def test_the_sentences_are_those_of_the_best_passages(
    build_index: Build, stories: list[Story], question: str
) -> None:
    index = build_index(stories)
    blended = score_question(index, weigh_query(index, question), asked=None).blended

    evidence = gather(index, question)

    assert evidence.passages.tolist() == best_rows(blended, PASSAGES_READ)
    offsets = index.arrays.passage_offsets
    assert [(place, number) for place, number in zip(
        evidence.passage_of.tolist(), evidence.sentences.tolist(), strict=True)
    ] == [
        (place, number)
        for place, passage in enumerate(evidence.passages)
        for number in range(offsets[passage], offsets[passage + 1])
    ]  # fmt: skip


@LAW
@given(collections(), questions())
def test_what_a_sentence_holds_is_what_stands_in_it(
    build_index: Build, stories: list[Story], question: str
) -> None:
    """Found for many sentences at once, and the same as word by word."""
    index = build_index(stories)
    query, arrays = weigh_query(index, question), index.arrays

    evidence = gather(index, question)

    expected = [share_of(query, sentence_terms(index, int(one))) for one in evidence.sentences]
    assert evidence.held.tolist() == expected
    titles = np.split(arrays.title_terms, arrays.title_offsets[1:-1])
    headings = np.split(arrays.heading_terms, arrays.heading_offsets[1:-1])
    assert evidence.beside.tolist() == [
        share_of(query, [*titles[arrays.passage_article[one]].tolist(), *headings[one].tolist()])
        for one in evidence.passages
    ]
    covered = evidence.held @ evidence.weights
    assert feature(evidence, "coverage") == pytest.approx(covered, abs=1e-5)


@LAW
@given(collections(), questions(), st.randoms())
def test_the_order_of_the_articles_changes_nothing(
    build_index: Build, stories: list[Story], question: str, random: st.Random
) -> None:
    evidence = gather(build_index(stories), question)
    random.shuffle(stories)

    again = gather(build_index(stories), question)

    assert again.features.tobytes() == evidence.features.tobytes()
    assert again.sentences.tolist() == evidence.sentences.tolist()


@LAW
@given(collections(), collections(), questions(), questions())
def test_what_another_server_holds_and_asks_changes_nothing(
    build_index: Build, stories: list[Story], others: list[Story], question: str, other: str
) -> None:
    """Its articles are in an index of their own, and nothing kept at hand mixes the two."""
    index, another = build_index(stories), build_index(others)
    evidence = gather(index, question)

    gather(another, other)
    gather(another, question)

    assert gather(index, question).features.tobytes() == evidence.features.tobytes()


@LAW
@given(collections(), questions())
def test_a_kind_is_seen_only_where_it_is_asked_for_and_held(
    build_index: Build, stories: list[Story], question: str
) -> None:
    index = build_index(stories)

    evidence = gather(index, question)

    for kind in KINDS:
        found = np.array(feature(evidence, f"holds_{kind.value}"))
        assert kind is evidence.expected or not found.any()
    for text, holds in zip(texts_of(index, evidence), evidence.holds_kind, strict=True):
        assert not holds or holds_expected(evidence.expected, text, question)


@pytest.fixture(scope="module")
def index(build_index: Build) -> Index:
    return build_index(
        [make_story(HARBOUR, "a", title="Cranes of Varnholm"), make_story(FERRY, "b")]
    )


@pytest.mark.parametrize("question", ["", "zebras", "is it the"])
def test_without_a_passage_there_is_no_evidence(index: Index, question: str) -> None:
    evidence = gather(index, question)

    assert evidence.features.shape == (0, len(FEATURES))
    assert len(evidence.sentences) == len(evidence.passages) == 0


def test_an_empty_collection_has_no_evidence(build_index: Build) -> None:
    assert gather(build_index([]), "How many cranes?").features.shape == (0, len(FEATURES))


def test_title_and_neighbours_count_as_read_with_the_sentence(index: Index) -> None:
    """A report's second sentence need not say again what the first is about."""
    evidence = gather(index, "Did Varnholm institute find that they had stood idle?")

    place = next(n for n, text in enumerate(texts_of(index, evidence)) if "idle" in text)
    read = {name: feature(evidence, name)[place] for name in FEATURES}
    assert read["coverage"] < read["with_title"] == read["names_held"] == 1
    assert read["title_coverage"] > 0
    assert read["rarest_missing"] == 0


def test_neighbours_in_the_question_are_seen_side_by_side(build_index: Build) -> None:
    index = build_index([make_story("Rusty old cranes fell. Cranes, old and new, rusty.")])

    evidence = gather(index, "rusty old cranes")

    assert feature(evidence, "adjacent") == [1, 0]
    assert feature(evidence, "coverage") == [1, 1]
    assert feature(evidence, "spread") == pytest.approx([np.log1p(3), np.log1p(4)], abs=1e-5)
    assert feature(evidence, "density") == [1, 0.75]


def test_the_sentence_before_is_seen_within_its_passage_only(build_index: Build) -> None:
    first, second = "Cranes fell.", "Ferries sank."
    together = gather(build_index([make_story(f"{first} {second}")]), "cranes and ferries")
    apart = gather(
        build_index([make_story(first, "a"), make_story(second, "b")]), "cranes and ferries"
    )

    assert feature(together, "previous") == [0, 0.5]
    assert feature(together, "neighbours") == [1, 1]
    assert feature(apart, "previous") == [0, 0]
    assert feature(apart, "neighbours") == [0.5, 0.5]


def test_a_number_that_counts_what_is_asked_is_told_from_any_number(build_index: Build) -> None:
    index = build_index([make_story("54 cranes fell. Cranes fell in 2009 on 3 boats.")])

    evidence = gather(index, "How many cranes fell?")

    assert evidence.expected is Expected.NUMBER
    assert evidence.asks_count
    assert evidence.counts_asked.tolist() == [True, False]
    assert feature(evidence, "counts_asked") == [1, 0]
    assert feature(evidence, "holds_number")[0] == 1


def test_where_any_words_may_answer_no_kind_is_missed(index: Index) -> None:
    evidence = gather(index, "Did residents deny it?")

    assert evidence.expected is Expected.YES_NO
    assert not evidence.holds_kind.any()
    assert not evidence.asks_count
