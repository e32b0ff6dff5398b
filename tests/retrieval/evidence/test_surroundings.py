"""What stands around a sentence: found for many at once, as a plain loop would find it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.article import BlockKind
from retrieval.evidence.surroundings import DECAY, REACH, hold_around, hold_in_articles
from retrieval.indexing.abbreviations import find_abbreviations
from retrieval.indexing.index import Index
from retrieval.indexing.passages import split_passages
from retrieval.indexing.weighting import Floats, Ints
from retrieval.matching import Columns
from retrieval.query import Query, weigh_query
from retrieval.quoting import sentence_terms
from retrieval.tokens import extract_terms, fold_word
from tests.stories import Story, collections, make_story, questions

Build = Callable[[Iterable[Story]], Index]

LAW = settings(max_examples=25)  # each builds an index

FILLER = "Nobody knew."


def find_in_articles(index: Index, query: Query, articles: Ints) -> Floats:
    return hold_in_articles(index, Columns.of(query), articles, len(query.terms))


def hold_one(index: Index, question: str, sentence: int) -> list[float]:
    """Return how much of each term of a question one sentence holds by itself."""
    query = weigh_query(index, question)
    columns = Columns.of(query)
    found = zip(columns.ids.tolist(), columns.column.tolist(), columns.share.tolist(), strict=True)
    counts = {number: (column, share) for number, column, share in found}
    held = [0.0] * len(query.terms)
    for term in sentence_terms(index, sentence):
        if term in counts:
            column, share = counts[term]
            held[column] = max(held[column], share)
    return held


def hold_slowly(
    index: Index, question: str, sentence: int, article: int, distances: Iterable[int]
) -> list[float]:
    """Return the most that sentences so far away hold of each term, nearer ones counting more."""
    first, end = index.arrays.sentence_offsets[article : article + 2].tolist()
    best = [0.0] * len(weigh_query(index, question).terms)
    for distance in distances:
        if first <= sentence + distance < end:
            held = hold_one(index, question, sentence + distance)
            share = DECAY ** abs(distance)
            best = [max(one, other * share) for one, other in zip(best, held, strict=True)]
    return best


def around(
    index: Index, question: str, sentences: list[int]
) -> tuple[list[list[float]], list[list[float]]]:
    """Return what stands around some sentences, and before them."""
    query, numbers = weigh_query(index, question), np.array(sentences, np.int64)
    articles = np.searchsorted(index.arrays.sentence_offsets, numbers, side="right") - 1
    found = hold_around(index, Columns.of(query), numbers, articles, len(query.terms))
    return found[0].tolist(), found[1].tolist()


@LAW
@given(collections(), questions(), st.data())
def test_what_stands_around_is_what_a_plain_loop_finds(
    build_index: Build, stories: list[Story], question: str, data: st.DataObject
) -> None:
    """Whichever sentences are asked for, in any order, across paragraphs but not articles."""
    index = build_index(stories)
    n_sentences = len(index.arrays.sentence_start)
    drawn = st.lists(st.integers(0, n_sentences - 1)) if n_sentences else st.just([])
    sentences = data.draw(drawn)

    near, before = around(index, question, sentences)

    offsets = index.arrays.sentence_offsets
    assert len(near) == len(before) == len(sentences)
    for place, sentence in enumerate(sentences):
        article = int(np.searchsorted(offsets, sentence, side="right")) - 1
        both, back = range(-REACH, REACH + 1), range(-REACH, 1)
        slowly = hold_slowly(index, question, sentence, article, both)
        assert near[place] == pytest.approx(slowly)
        assert before[place] == pytest.approx(hold_slowly(index, question, sentence, article, back))


@LAW
@given(collections(), questions())
def test_a_sentence_holds_around_it_what_it_holds_and_no_more_than_its_article(
    build_index: Build, stories: list[Story], question: str
) -> None:
    index = build_index(stories)
    sentences = list(range(len(index.arrays.sentence_start)))

    near, before = around(index, question, sentences)

    articles = np.arange(index.n_articles)
    in_articles = find_in_articles(index, weigh_query(index, question), articles)
    for sentence in sentences:
        own = hold_one(index, question, sentence)
        article = np.searchsorted(index.arrays.sentence_offsets, sentence, side="right") - 1
        for least, less, more, most in zip(
            own, before[sentence], near[sentence], in_articles[article], strict=True
        ):
            assert least <= less <= more <= most <= 1


def article_terms(story: Story) -> set[str]:
    """Return the terms of all that an article says in its passages, title and headings."""
    article, source = story
    passages = split_passages(article)
    spans = [sentence.span for passage in passages for sentence in passage.sentences]
    spans += [passage.heading for passage in passages if passage.heading]
    stretches = [span.slice(article.text) for span in spans]
    stretches += [source.title or ""] if passages else []
    words = [term for stretch in stretches for term in extract_terms(stretch)]
    initials = [fold_word(name) for stretch in stretches for name in find_abbreviations(stretch)]
    return {*words, *initials}


@LAW
@given(collections(), questions(), st.data())
def test_what_an_article_holds_is_what_stands_in_its_text(
    build_index: Build, stories: list[Story], question: str, data: st.DataObject
) -> None:
    """Of a word, 1 where it stands itself, else the most that another word there counts as it."""
    index = build_index(stories)
    query = weigh_query(index, question)
    numbers = data.draw(st.lists(st.integers(0, index.n_articles - 1)))

    held = find_in_articles(index, query, np.array(numbers, np.int64))

    assert held.shape == (len(numbers), len(query.terms))
    texts = [article_terms(stories[number]) for number in numbers]  # ids are in this order
    for row, terms in zip(held.tolist(), texts, strict=True):
        assert row == [
            max(
                [1.0 * (one.term in terms)]
                + [other.share for other in one.alternatives if index.term(other.term_id) in terms]
            )
            for one in query.terms
        ]


def test_a_sentence_counts_less_the_farther_it_is_and_not_at_all_beyond_reach(
    build_index: Build,
) -> None:
    text = " ".join(["Cranes fell.", *[FILLER] * (REACH + 1), "Cranes rose."])
    index = build_index([make_story(text)])

    near, before = around(index, "cranes", list(range(REACH + 3)))

    falling = [DECAY**distance for distance in range(REACH + 1)]
    assert [one for (one,) in before] == pytest.approx([*falling, 0, 1])
    rising = [0, 0, *falling[:0:-1], 1]
    assert [one for (one,) in near] == pytest.approx(
        [max(pair) for pair in zip([*falling, 0, 1], rising, strict=True)]
    )


def test_paragraphs_are_no_border_but_articles_are(build_index: Build) -> None:
    """News has a sentence or two a paragraph; what another article says is another matter."""
    together = build_index([make_story("Cranes fell.\n\nNobody knew.")])
    apart = build_index([make_story("Cranes fell.", "a"), make_story("Nobody knew.", "b")])

    assert around(together, "cranes", [1]) == ([[DECAY]], [[DECAY]])
    assert around(apart, "cranes", [1]) == ([[0]], [[0]])
    assert around(apart, "knew", [0]) == ([[0]], [[0]])


def test_without_sentences_or_terms_nothing_is_held(build_index: Build) -> None:
    index = build_index([make_story("Cranes fell.")])

    assert around(index, "cranes", []) == ([], [])
    assert around(index, "", [0]) == ([[]], [[]])
    assert around(index, "zebras", [0]) == ([[0]], [[0]])
    nowhere = np.array([], np.int64)
    assert find_in_articles(index, weigh_query(index, "cranes"), nowhere).shape == (0, 1)
    assert find_in_articles(index, weigh_query(index, "zebras"), np.array([0])).tolist() == [[0]]


def test_title_and_headings_are_part_of_an_article(build_index: Build) -> None:
    text = "Ferries of Linn\n\nNobody knew that they had sunk."
    article, source = make_story(text, title="Cranes of Varnholm")
    assert article.blocks[0].kind is BlockKind.HEADING
    index = build_index([(article, source), make_story("A Kenyan fell.", "b")])

    query = weigh_query(index, "cranes ferries knew Kenya")

    share = query.terms[3].alternatives[0].share
    held = find_in_articles(index, query, np.array([1, 0]))
    assert held.tolist() == [[0, 0, 0, share], [1, 1, 1, 0]]
    assert 0 < share < 1
