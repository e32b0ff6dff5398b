"""Where a question's terms stand: found many at once, as a plain loop would find them."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from retrieval.indexing.index import Index
from retrieval.matching import Columns, expand_runs
from retrieval.query import Query, QueryTerm, weigh_query
from retrieval.question.alternatives import Alternative
from tests.stories import Story, collections, make_story, questions
from tests.strategies import share_of_examples

Build = Callable[[Iterable[Story]], Index]

IDS = st.integers(0, 9)
STRETCHES = st.lists(st.lists(IDS, max_size=6), max_size=6)
SHARES = st.sampled_from([0.5, 0.6, 0.8])


@st.composite
def queries(draw: st.DrawFn) -> Query:
    """Draw questions whose terms are held or not, with alternatives that may collide."""
    numbers = draw(st.lists(st.none() | IDS, max_size=4))
    terms = []
    for place, number in enumerate(numbers):
        others = draw(st.lists(st.builds(Alternative, IDS, SHARES), max_size=3))
        terms.append(QueryTerm(f"t{place}", f"T{place}", number, tuple(others), 1.0, is_name=False))
    return Query(tuple(terms), {}, {})


def columns_by_hand(query: Query) -> dict[int, tuple[int, float]]:
    """Return what each id counts as: itself first, then the word that it is most of."""
    found: dict[int, tuple[int, float]] = {}
    for column, one in enumerate(query.terms):
        for other in one.alternatives:
            if other.share > found.get(other.term_id, (0, 0.0))[1]:
                found[other.term_id] = column, other.share
    for column, one in enumerate(query.terms):
        if one.number is not None:
            found[one.number] = column, 1.0
    return found


@given(queries(), STRETCHES, st.data())
def test_a_match_is_what_a_plain_loop_finds(
    query: Query, stretches: list[list[int]], data: st.DataObject
) -> None:
    rows = data.draw(st.lists(st.integers(0, len(stretches) - 1)) if stretches else st.just([]))
    terms = np.array([one for stretch in stretches for one in stretch], np.int32)
    offsets = np.cumsum([0, *map(len, stretches)])

    places = Columns.of(query).match(terms, offsets, np.array(rows, np.int64))

    expected, position = [], 0
    by_hand = columns_by_hand(query)
    for stretch, row in enumerate(rows):
        for one in stretches[row]:
            if one in by_hand:
                expected.append((stretch, position, *by_hand[one]))
            position += 1
    found = zip(
        places.stretch.tolist(),
        places.position.tolist(),
        places.column.tolist(),
        places.share.tolist(),
        strict=True,
    )
    assert list(found) == expected


@given(queries(), STRETCHES)
def test_a_stretch_holds_the_most_that_any_of_its_words_counts(
    query: Query, stretches: list[list[int]]
) -> None:
    terms = np.array([one for stretch in stretches for one in stretch], np.int32)
    offsets = np.cumsum([0, *map(len, stretches)])
    places = Columns.of(query).match(terms, offsets, np.arange(len(stretches)))

    held = places.hold(len(stretches), len(query.terms))

    by_hand = columns_by_hand(query)
    assert held.tolist() == [
        [
            max(
                (share for one in stretch for at, share in [by_hand.get(one, (-1, 0.0))]
                 if at == column),
                default=0.0,
            )
            for column in range(len(query.terms))
        ]
        for stretch in stretches
    ]  # fmt: skip


@given(collections(), questions())
@share_of_examples(0.3)
def test_in_an_index_the_words_that_are_typed_are_found(
    build_index: Build, stories: list[Story], question: str
) -> None:
    index = build_index(stories)
    query, arrays = weigh_query(index, question), index.arrays

    everything = np.arange(len(arrays.sentence_start))
    places = Columns.of(query).match(arrays.sentence_terms, arrays.term_offsets, everything)

    for column, one in enumerate(query.terms):
        typed = np.flatnonzero(arrays.sentence_terms == one.number).tolist()
        whole = places.position[(places.column == column) & (places.share == 1)]
        assert whole.tolist() == typed


def test_a_word_counts_for_itself_and_not_for_its_relative(build_index: Build) -> None:
    """Where both are asked, each is told from the other."""
    index = build_index([make_story("A Kenyan in Kenya.")])

    columns = Columns.of(weigh_query(index, "Kenya Kenyan"))

    assert columns.ids.tolist() == [0, 1]
    assert (columns.column.tolist(), columns.share.tolist()) == ([0, 1], [1, 1])


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 5))))
def test_runs_are_expanded_one_after_another(runs: list[tuple[int, int]]) -> None:
    first = np.array([start for start, _ in runs], np.int64)
    end = first + np.array([length for _, length in runs], np.int64)

    expected = [number for start, length in runs for number in range(start, start + length)]

    assert expand_runs(first, end).tolist() == expected
