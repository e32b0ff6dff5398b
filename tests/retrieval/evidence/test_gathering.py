"""What speaks for a sentence: numbers that mean the same in collections of any size."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.evidence.answers import KINDS
from retrieval.evidence.gathering import FEATURES, Evidence, gather_evidence
from retrieval.evidence.reading import PASSAGES_READ
from retrieval.evidence.surroundings import (
    DECAY,
    LAST_PLACE,
    LEAD_SENTENCES,
    REACH,
    hold_around,
    hold_in_articles,
)
from retrieval.indexing.index import Index
from retrieval.indexing.weighting import Floats, Ints
from retrieval.matching import Columns
from retrieval.query import Query, weigh_query
from retrieval.question.kinds import Expected, holds_expected
from retrieval.question.saying import asks_for_words, tells_words
from retrieval.quoting import sentence_span, sentence_terms
from retrieval.ranking import best_rows, score_question
from retrieval.timeliness import judge_timeliness
from tests.stories import FERRY, HARBOUR, Story, collections, make_story, questions
from tests.strategies import share_of_examples

Build = Callable[[Iterable[Story]], Index]

LAW = share_of_examples(0.4)  # each builds an index

# Those that are no shares.
LARGE = {"spread", "place", "length", "passage_length", "article_place"}

WHEN = st.sampled_from(["", "in 2022", "in May 2022", "on 3 May", "last week", "since 2022"])


def find_in_articles(index: Index, query: Query, articles: Ints) -> Floats:
    return hold_in_articles(index, Columns.of(query), articles, len(query.terms))


def gather(index: Index, question: str) -> Evidence:
    query = weigh_query(index, question)
    return gather_evidence(index, question, query, score_question(index, query))


def gather_timely(index: Index, question: str) -> Evidence:
    """Return the evidence for a question that is asked on the day of the newest article."""
    query, timeliness = weigh_query(index, question), judge_timeliness(index, question, None)
    scores = score_question(index, query, timeliness=timeliness)
    return gather_evidence(index, question, query, scores)


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
@given(collections(), questions(), WHEN)
def test_features_are_finite_and_shares_or_small(
    build_index: Build, stories: list[Story], question: str, when: str
) -> None:
    """So that one model serves collections of any size, and no article can overflow it."""
    evidence = gather_timely(build_index(stories), f"{question} {when}")

    assert evidence.features.shape == (len(evidence.sentences), len(FEATURES))
    assert np.isfinite(evidence.features).all()
    assert (evidence.features >= 0).all()
    for name, column in zip(FEATURES, evidence.features.T, strict=True):
        assert name in LARGE or (column <= 1 + 1e-9).all(), name
    assert (evidence.features[:, FEATURES.index("place")] <= 10).all()
    assert (evidence.features[:, FEATURES.index("article_place")] <= np.log1p(LAST_PLACE)).all()
    assert (evidence.held <= 1).all()
    assert (evidence.beside <= 1).all()
    assert evidence.weights.sum() == pytest.approx(1) if len(evidence.weights) else True


@LAW
@given(collections(), questions())
def test_the_sentences_are_those_of_the_best_passages(
    build_index: Build, stories: list[Story], question: str
) -> None:
    index = build_index(stories)
    blended = score_question(index, weigh_query(index, question)).blended

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


@LAW
@given(collections(), questions(), WHEN)
def test_more_of_what_stands_around_holds_no_less(
    build_index: Build, stories: list[Story], question: str, when: str
) -> None:
    """A sentence, with those before it, with those behind it too; each with title and heading."""
    evidence = gather_timely(build_index(stories), f"{question} {when}")

    column = {name: evidence.features[:, place] for place, name in enumerate(FEATURES)}
    for less, more in (
        *(("coverage", "around"), ("around", "around_titled"), ("with_title", "before_titled")),
        *(("before_titled", "around_titled"), ("around", "article_coverage")),
        *(("names_held", "names_before"), ("names_before", "names_around")),
    ):
        assert (column[less] <= column[more] + 1e-9).all(), (less, more)
    for name in ("around", "around_titled", "before_titled", "article_coverage"):
        best = column[name].max(initial=0)
        relative = column[name] / best if best > 0 else column[name]
        assert column[f"relative_{name}"].tolist() == pytest.approx(relative.tolist())


@LAW
@given(collections(), questions(), WHEN)
def test_surroundings_are_weighed_as_the_question_weighs_its_terms(
    build_index: Build, stories: list[Story], question: str, when: str
) -> None:
    index, asked = build_index(stories), f"{question} {when}"
    query = weigh_query(index, asked)

    evidence = gather_timely(index, asked)

    weights, n_terms = evidence.weights, len(query.terms)
    holders = index.arrays.passage_article[evidence.passages][evidence.passage_of].astype(np.int64)
    near = hold_around(index, Columns.of(query), evidence.sentences, holders, n_terms)
    around, before = (np.maximum(one, evidence.beside[evidence.passage_of]) for one in near)
    whole = find_in_articles(index, query, holders)
    names = weights * np.array([one.is_name for one in query.terms], bool)
    shares = {
        "around": near[0] @ weights,
        "around_titled": around @ weights,
        "before_titled": before @ weights,
        "article_coverage": whole @ weights,
        "names_around": around @ names / names.sum() if names.any() else np.ones(len(holders)),
        "names_before": before @ names / names.sum() if names.any() else np.ones(len(holders)),
        "article_names": whole @ names / names.sum() if names.any() else np.ones(len(holders)),
    }
    for name, share in shares.items():
        assert feature(evidence, name) == pytest.approx(share.tolist(), abs=1e-5), name


@LAW
@given(collections(), questions())
def test_a_place_is_that_in_the_whole_article(
    build_index: Build, stories: list[Story], question: str
) -> None:
    index = build_index(stories)

    evidence = gather(index, question)

    holders = index.arrays.passage_article[evidence.passages][evidence.passage_of]
    places = (evidence.sentences - index.arrays.sentence_offsets[holders]).tolist()
    assert feature(evidence, "lead") == [one < LEAD_SENTENCES for one in places]
    assert feature(evidence, "article_place") == pytest.approx(
        [np.log1p(min(one, LAST_PLACE)) for one in places], abs=1e-5
    )


@LAW
@given(collections(), questions(), st.sampled_from(["", "said", "reaction", "according to"]))
def test_somebodys_words_are_seen_only_where_they_are_asked_for(
    build_index: Build, stories: list[Story], question: str, asked: str
) -> None:
    """Each sentence has a mark of quotation, a verb of saying, both, or no words."""
    index, asked = build_index(stories), f"{question} {asked}"

    evidence = gather(index, asked)

    told = [tells_words(text) for text in texts_of(index, evidence)]
    if not asks_for_words(asked):
        told = []
    nothing = [0] * (len(evidence.sentences) - len(told))
    assert feature(evidence, "quoted") == [*(quoted for quoted, _ in told), *nothing]
    assert feature(evidence, "saying") == [*(saying for _, saying in told), *nothing]
    assert feature(evidence, "no_words") == [*(not any(one) for one in told), *nothing]


@LAW
@given(collections(), questions(), WHEN)
def test_words_that_name_days_stand_beside_what_is_of_these_days(
    build_index: Build, stories: list[Story], question: str, when: str
) -> None:
    """No article repeats its own date in each sentence; all other words must be found."""
    index, asked = build_index(stories), f"{question} {when}"
    timeliness = judge_timeliness(index, asked, None)

    evidence = gather_timely(index, asked)

    query, arrays = weigh_query(index, asked), index.arrays
    titles = np.split(arrays.title_terms, arrays.title_offsets[1:-1])
    headings = np.split(arrays.heading_terms, arrays.heading_offsets[1:-1])
    for passage, row in zip(evidence.passages, evidence.beside.tolist(), strict=True):
        article = arrays.passage_article[passage]
        plain = share_of(query, [*titles[article].tolist(), *headings[passage].tolist()])
        assert row == [
            1 if timeliness.is_named[article] and one.written.lower() in timeliness.words else share
            for one, share in zip(query.terms, plain, strict=True)
        ]


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


def test_a_word_that_names_the_days_counts_in_articles_of_these_days_alone(
    build_index: Build,
) -> None:
    """One that stands in the text counts as ever."""
    day, other = date(2019, 5, 3), date(2021, 5, 3)
    index = build_index(
        [
            make_story("Cranes fell.", "a", published=day),
            make_story("Cranes fell.", "b", published=other),
            make_story("Cranes fell in 2019.", "c", published=other),
            make_story("Cranes fell.", "d"),
        ]
    )

    evidence = gather_timely(index, "Which cranes fell in 2019?")

    articles = index.arrays.passage_article[evidence.passages][evidence.passage_of].tolist()
    covered = dict(zip(articles, feature(evidence, "with_title"), strict=True))
    assert covered[0] == covered[2] == 1
    assert covered[1] == covered[3] < 1
    assert not evidence.held[articles.index(0)].all()


def test_what_stands_near_a_sentence_counts_less_than_what_stands_in_it(
    build_index: Build,
) -> None:
    """Nor does what comes after a sentence tell its reader who is meant."""
    text = "Cranes fell.\n\nNobody knew why.\n\nFerries sank."
    index = build_index([make_story(text)])

    evidence = gather(index, "cranes and ferries")

    assert evidence.sentences.tolist() == [0, 1, 2]
    assert REACH >= 2
    far = (1 + DECAY**2) / 2
    assert feature(evidence, "around") == pytest.approx([far, DECAY, far])
    assert feature(evidence, "before_titled") == pytest.approx([0.5, DECAY / 2, far])
    assert feature(evidence, "article_coverage") == [1, 1, 1]
    assert feature(evidence, "lead") == [1, 1, 0]


def test_who_says_it_is_seen_where_somebodys_words_are_asked_for(build_index: Build) -> None:
    index = build_index([make_story("“Cranes fell,” Maren said. Cranes fell. “Cranes rose.”")])

    asked, not_asked = (gather(index, one) for one in ("What did she say of cranes?", "cranes"))

    assert feature(asked, "quoted") == [1, 0, 1]
    assert feature(asked, "saying") == [1, 0, 0]
    assert feature(asked, "no_words") == [0, 1, 0]
    for name in ("quoted", "saying", "no_words"):
        assert feature(not_asked, name) == [0, 0, 0]


def test_a_quoted_phrase_is_looked_for_word_for_word(build_index: Build) -> None:
    """Who quotes it wants it so; where nothing holds it, no sentence is held back for that."""
    index = build_index([make_story("The old crane fell. The crane is old. Ferries sank.")])

    held, absent = (
        gather(index, f"Did “{phrase}” fall with the ferries?")
        for phrase in ("old crane", "old ferry")
    )

    assert feature(held, "phrases_held") == [1, 0, 0]
    assert feature(held, "lacks_phrases") == [0, 1, 1]
    assert feature(absent, "phrases_held") == feature(absent, "lacks_phrases") == [0, 0, 0]
