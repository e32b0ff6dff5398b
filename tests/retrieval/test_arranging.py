"""The order of quotes where articles say different things; what is compared is in comparing/."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.arranging import Arranged, put_figures_together, put_response_beside
from retrieval.considering import Considered, Wanted, consider_question, select_quotes
from retrieval.indexing.index import Index
from retrieval.models import load_models
from retrieval.quoting import run_span, share_words
from tests.stories import Story, make_story
from tests.strategies import share_of_examples

Build = Callable[[Iterable[Story]], Index]

FIRST = "The storm wrecked seven ships at Ostrel, the coastguard said."
LATER = "The storm wrecked nine ships at Ostrel, the harbour office said after a new count."
CLAIM = "The consumer council accused Lindmark Lines of defrauding pupils on its ferries."
DENIAL = "Lindmark Lines denied that it had defrauded any pupils."
ASIDE = "The ferries of Lindmark Lines carry pupils to the island."
QUIET = "Nobody was killed in the storm at Ostrel."
STATEMENTS = st.sampled_from([FIRST, LATER, CLAIM, DENIAL, ASIDE, QUIET])
QUESTIONS = st.sampled_from(
    [
        "How many ships did the storm wreck at Ostrel?",
        "Did Lindmark Lines defraud pupils on its ferries?",
        "When did the storm wreck ships?",
    ]
)


def consider(index: Index, question: str, most: int = 3) -> Considered:
    return consider_question(
        index,
        question,
        Wanted(most, most, 300),
        asked=None,
        allowed=np.ones(index.n_articles, np.bool_),
        models=load_models(),
    )


def arrange(index: Index, question: str, *, most: int = 3) -> Arranged:
    """Return the quotes of one question as they would be shown."""
    everything = np.ones(index.n_articles, np.bool_)
    considered = consider(index, question, most)
    own = select_quotes(index, considered, everything)
    together = put_figures_together(index, question, considered, everything, own)
    return put_response_beside(
        index, question, together, everything, lambda words: consider(index, words), most=most
    )


def words_of(index: Index, arranged: Arranged) -> list[str]:
    return [
        run_span(index, one.first, one.last).slice(index.text(one.article))
        for one in arranged.selections
    ]


def pointed_at(index: Index, arranged: Arranged) -> list[str]:
    """Return the figures that differ, as written."""
    articles = [one.article for one in arranged.selections]
    return [
        cue.span.slice(index.text(article))
        for cue, article in zip(arranged.differing, articles, strict=False)
    ]


@st.composite
def newsrooms(draw: st.DrawFn) -> list[Story]:
    """Draw articles that tell of a storm and a claim, dated or not."""
    texts = draw(st.lists(st.lists(STATEMENTS, min_size=1, max_size=3), min_size=1, max_size=4))
    days = draw(st.lists(st.none() | st.dates(date(2024, 1, 1), date(2024, 3, 1)), min_size=4))
    return [
        make_story("\n\n".join(text), f"a{place}", **({"published": day} if day else {}))
        for place, (text, day) in enumerate(zip(texts, days, strict=False))
    ]


@share_of_examples(0.4)
@given(newsrooms(), QUESTIONS, st.integers(1, 4))
def test_an_order_shows_no_more_and_nothing_twice(
    build_index: Build, stories: list[Story], question: str, most: int
) -> None:
    """Whatever is put together: as many quotes as were asked for, and no words in two copies."""
    index = build_index(stories)

    arranged = arrange(index, question, most=most)

    assert len(arranged.selections) <= most
    assert not any(share_words(index, *pair) for pair in combinations(arranged.selections, 2))
    sentences = [cue.sentence for cue in arranged.differing] + list(arranged.claims)
    sentences += [arranged.response.sentence] if arranged.response else []
    for sentence in sentences:
        assert any(one.first <= sentence <= one.last for one in arranged.selections)


@share_of_examples(0.4)
@given(newsrooms(), st.integers(2, 4))
def test_figures_that_differ_stand_first_and_oldest_first(
    build_index: Build, stories: list[Story], most: int
) -> None:
    """One below the other, a reader sees at once how the count went on; undated ones follow."""
    index = build_index(stories)

    arranged = arrange(index, "How many ships did the storm wreck at Ostrel?", most=most)

    articles = [one.article for one in arranged.selections[: len(arranged.differing)]]
    days = [int(index.arrays.first_day[article]) for article in articles]
    dated = [day for day in days if day]
    assert len(arranged.differing) != 1
    assert dated == sorted(dated) == days[: len(dated)]
    for cue, one in zip(arranged.differing, arranged.selections, strict=False):
        assert one.first <= cue.sentence <= one.last
    assert set(pointed_at(index, arranged)) <= {"seven ships", "nine ships"}
    first, later = (
        {article.article_id for article, _ in stories if text in article.text}
        for text in (FIRST, LATER)
    )
    if first.isdisjoint(later):  # an article that holds both has corrected itself
        assert bool(arranged.differing) == bool(first and later)


@pytest.fixture(scope="module")
def storm(build_index: Build) -> Index:
    later, first = date(2024, 2, 13), date(2024, 2, 5)
    return build_index(
        [make_story(LATER, "a", published=later), make_story(FIRST, "b", published=first)]
    )


def test_differing_figures_are_found_with_their_numbers(storm: Index) -> None:
    arranged = arrange(storm, "How many ships did the storm wreck at Ostrel?")

    assert words_of(storm, arranged)[:2] == [FIRST, LATER]
    assert pointed_at(storm, arranged) == ["seven ships", "nine ships"]


@pytest.mark.parametrize(
    "question",
    ["Where did the storm wreck ships?", "storm wrecked ships Ostrel", "Who counted the ships?"],
)
def test_where_no_figure_is_asked_for_none_is_compared(storm: Index, question: str) -> None:
    assert arrange(storm, question).differing == ()


def test_one_quote_cannot_differ_from_itself(storm: Index) -> None:
    """Who asks for one quote is shown the best, without half of a difference."""
    arranged = arrange(storm, "How many ships did the storm wreck at Ostrel?", most=1)

    assert arranged.differing == ()
    assert len(arranged.selections) == 1


def test_a_claim_is_shown_with_what_the_other_side_says(build_index: Build) -> None:
    index = build_index([make_story(CLAIM, "a"), make_story(f"{ASIDE}\n\n{DENIAL}\n", "b")])

    arranged = arrange(index, "What did the consumer council accuse Lindmark Lines of?")

    assert arranged.response is not None
    assert DENIAL in words_of(index, arranged)
    text = index.text(1)
    assert arranged.response.span.slice(text) in DENIAL


BY_THE_WAY = (
    "Pupils get to the island on the ferries each morning.",
    "To get to the island, pupils take the ferries from Linn.",
    "The council accused Lindmark Lines of defrauding pupils on the ferries to the island.",
)


@pytest.mark.parametrize(
    ("most", "shown"),
    [
        (2, BY_THE_WAY[:2]),
        (3, (BY_THE_WAY[0], BY_THE_WAY[2], DENIAL)),
        (4, (*BY_THE_WAY, DENIAL)),
    ],
)
def test_a_response_takes_the_place_of_another_quote_where_there_is_no_room(
    build_index: Build, most: int, shown: tuple[str, ...]
) -> None:
    """Neither that of the best quote nor that of the claim."""
    texts = (*BY_THE_WAY, DENIAL)
    index = build_index([make_story(text, f"a{place}") for place, text in enumerate(texts)])

    arranged = arrange(index, "How do pupils get to the island on the ferries?", most=most)

    assert tuple(words_of(index, arranged)) == shown
    assert (arranged.response is not None) == (DENIAL in shown)


def test_a_response_that_is_quoted_already_is_not_quoted_again_from_a_copy(
    build_index: Build,
) -> None:
    """The copy has a publisher and would be the better one to quote."""
    index = build_index(
        [make_story(f"{CLAIM} {DENIAL}\n", "a"), make_story(DENIAL, "b", publisher="Post")]
    )

    arranged = arrange(index, "What did the consumer council accuse Lindmark Lines of?")

    assert words_of(index, arranged) == [f"{CLAIM} {DENIAL}"]
    assert arranged.response is not None


def test_a_claim_without_response_is_told_to_have_none(build_index: Build) -> None:
    index = build_index([make_story(CLAIM, "a"), make_story(ASIDE, "b")])

    arranged = arrange(index, "What did the consumer council accuse Lindmark Lines of?")

    assert arranged.response is None
    assert len(arranged.claims) == 1


def test_a_response_that_cannot_be_shown_is_not_denied(build_index: Build) -> None:
    """With room for the claim alone, nothing is said: "no response" would be false."""
    index = build_index([make_story(CLAIM, "a"), make_story(DENIAL, "b")])

    arranged = arrange(index, "What did the consumer council accuse Lindmark Lines of?", most=1)

    assert (arranged.claims, arranged.response) == ((), None)
    assert words_of(index, arranged) == [CLAIM]


def test_a_sentence_that_holds_claim_and_response_needs_no_other(build_index: Build) -> None:
    both = f"{CLAIM[:-1]}, which the company denied."
    index = build_index([make_story(both, "a"), make_story(DENIAL, "b")])

    arranged = arrange(index, "What did the consumer council accuse Lindmark Lines of?")

    assert words_of(index, arranged)[0] == both


@pytest.mark.parametrize(
    "aside", ["Were seven ships wrecked at Ostrel by the storm?", "Seven ships " + "very " * 150]
)
def test_a_question_or_an_endless_sentence_is_no_figure_to_show(
    build_index: Build, aside: str
) -> None:
    """What may not be quoted is not quoted for a difference either."""
    index = build_index([make_story(LATER, "a"), make_story(aside, "b")])

    arranged = arrange(index, "How many ships did the storm wreck at Ostrel?")

    assert words_of(index, arranged) == [LATER]
