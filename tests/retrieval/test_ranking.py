"""Which passages come first: the nearest by cosine, and always the same ones."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from sklearn.feature_extraction.text import TfidfVectorizer

from corpus.article import Article, hash_text
from corpus.blocks import find_blocks
from corpus.reading import MAX_FILE_BYTES, read_path
from corpus.samples import STARTER_FOLDER
from retrieval.indexing.abbreviations import find_abbreviations
from retrieval.indexing.index import Index
from retrieval.indexing.passages import split_passages
from retrieval.query import Query, weigh_query
from retrieval.ranking import (
    ARTICLE_SHARE,
    TIMELINESS_SHARE,
    best_rows,
    rank_passages,
    score_articles,
    score_passages,
    score_question,
)
from retrieval.timeliness import Timeliness, judge_timeliness
from retrieval.tokens import (
    FRAME_WORDS,
    add_bigrams,
    extract_question_terms,
    extract_terms,
    fold_word,
)
from tests.stories import Story, collections, make_story, questions
from tests.strategies import share_of_examples

BuildIndex = Callable[[Iterable[Story]], Index]

TOLERANCE = 1e-6  # weights are stored as 32-bit floats
MANY = 10_000

STARTER_QUESTIONS = [
    "How many overseas police stations have been reported?",
    "Who reported the first count, and when?",
    "what does silence mean",
    "How do I add my own articles?",
    "Which countries closed a station, which countries opened an inquiry?",
    "quoth",
]

LAW = share_of_examples(0.4)  # each builds an index


@pytest.fixture(scope="module")
def starter(build_index: BuildIndex) -> tuple[Index, list[Story]]:
    """Return the starter corpus and its index."""
    stories = [
        (
            Article(
                "starter", one.article_id, 1, one.text, hash_text(one.text), find_blocks(one.text)
            ),
            one.source,
        )
        for one in read_path(STARTER_FOLDER, encoding=None, max_bytes=MAX_FILE_BYTES)
    ]
    return build_index(stories), stories


def weighed_terms(text: str) -> list[str]:
    """Return the uni- and bigrams of one stretch, initials of its names included."""
    initials = [term for name in find_abbreviations(text) if (term := fold_word(name))]
    return add_bigrams([*extract_terms(text), *initials])


def passage_terms(stories: Iterable[Story]) -> Iterator[tuple[int, list[str]]]:
    """Yield article number and terms of each passage, title and heading included."""
    for number, (article, source) in enumerate(sorted(stories, key=lambda one: one[0].article_id)):
        for passage in split_passages(article):
            spans = [sentence.span for sentence in passage.sentences]
            spans += [passage.heading] if passage.heading else []
            stretches = [source.title or "", *(span.slice(article.text) for span in spans)]
            yield number, [term for stretch in stretches for term in weighed_terms(stretch)]


def fit_vectors(stories: list[Story]) -> tuple[TfidfVectorizer, list[list[str]], list[list[str]]]:
    """Return scikit-learn's vectorizer of the passages, with the terms of these and of articles."""
    passages = list(passage_terms(stories))
    articles = [
        [term for number, terms in passages if number == place for term in terms]
        for place in range(len(stories))
    ]
    vectorizer = TfidfVectorizer(analyzer=list, sublinear_tf=True)
    return vectorizer.fit([terms for _, terms in passages]), [one for _, one in passages], articles


def name_terms(index: Index, query: Query) -> dict[str, float]:
    """Return a query's weights by term."""
    keys, n_unigrams = index.arrays.bigram_keys, index.n_unigrams

    def name(term: int) -> str:
        if term < n_unigrams:
            return index.term(term)
        return " ".join(map(index.term, divmod(int(keys[term - n_unigrams]), n_unigrams)))

    return {name(term): weight for term, weight in query.weights.items()}


def assert_scores_are_scikit_learns(index: Index, stories: list[Story], question: str) -> None:
    """Hold the scores of passages and articles against the products of whole vectors.

    A question whose words are all held, or have nothing that counts as them, is weighed by
    scikit-learn as well.
    """
    query = weigh_query(index, question)
    if not index.arrays.idf.size:
        assert not score_passages(index, query).any()
        assert not score_articles(index, query).any()
        return
    vectorizer, passages, articles = fit_vectors(stories)
    if all(one.number is not None or not one.alternatives for one in query.terms):
        vector = vectorizer.transform([add_bigrams(extract_question_terms(question))]).toarray()[0]
    else:
        vector = np.zeros(len(vectorizer.vocabulary_))
        for term, weight in name_terms(index, query).items():
            vector[vectorizer.vocabulary_[term]] = weight
    for score, terms in ((score_passages, passages), (score_articles, articles)):
        assert_allclose(score(index, query), vectorizer.transform(terms) @ vector, atol=TOLERANCE)


@given(collections(), questions())
@LAW
def test_every_score_is_scikit_learns(
    build_index: BuildIndex, stories: list[Story], question: str
) -> None:
    assert_scores_are_scikit_learns(build_index(stories), stories, question)


@pytest.mark.parametrize("question", STARTER_QUESTIONS)
def test_every_score_on_the_starter_corpus_is_scikit_learns(
    starter: tuple[Index, list[Story]], question: str
) -> None:
    index, stories = starter

    assert_scores_are_scikit_learns(index, stories, question)
    assert rank_passages(index, question, k=1)


@given(collections(), questions(), st.integers(1, 5))
@LAW
def test_hits_are_the_best_passages_in_a_settled_order(
    build_index: BuildIndex, stories: list[Story], question: str, k: int
) -> None:
    """One question always gets one answer."""
    index = build_index(stories)
    scores = score_passages(index, weigh_query(index, question))

    hits = rank_passages(index, question, k=k)

    order = sorted(range(index.n_passages), key=lambda row: (-round(scores[row], 9), row))
    assert [hit.passage for hit in hits] == [row for row in order if scores[row] > 0][:k]
    assert all(0 < hit.score <= 1 + TOLERANCE for hit in hits)
    assert all(
        (-round(one.score, 9), one.article_id, one.span)
        < (-round(other.score, 9), other.article_id, other.span)
        for one, other in pairwise(hits)
    )


@given(collections(), questions())
@LAW
def test_a_hit_points_at_a_passage_that_shares_a_term_with_the_question(
    build_index: BuildIndex, stories: list[Story], question: str
) -> None:
    index = build_index(stories)
    passages = {
        (article.article_id, article.version, passage.span)
        for article, _ in stories
        for passage in split_passages(article)
    }
    asked = set(extract_question_terms(question))

    hits = rank_passages(index, question, k=MANY)

    assert {(hit.article_id, hit.version, hit.span) for hit in hits} <= passages
    terms = [set(terms) for _, terms in passage_terms(stories)]
    assert {hit.passage for hit in hits} == {
        number for number, held in enumerate(terms) if held & asked
    }


@given(collections(), questions(), st.sampled_from(["xylophone", "the", "?", "悉尼", "Xqz’s"]))
@LAW
def test_an_unknown_word_changes_nothing(
    build_index: BuildIndex, stories: list[Story], question: str, unknown: str
) -> None:
    """At either end, that is: between two neighbours it parts them.

    Words that only frame a question give way to any word, known or not.
    """
    assume(FRAME_WORDS.isdisjoint(question.lower().split()))
    index = build_index(stories)
    hits = rank_passages(index, question, k=MANY)

    assert rank_passages(index, f"{question} {unknown}", k=MANY) == hits
    assert rank_passages(index, f"{unknown} {question}", k=MANY) == hits


@given(collections(), questions(), st.randoms())
@LAW
def test_the_order_of_the_articles_changes_nothing(
    build_index: BuildIndex, stories: list[Story], question: str, random: st.Random
) -> None:
    hits = rank_passages(build_index(stories), question, k=MANY)
    random.shuffle(stories)

    assert rank_passages(build_index(stories), question, k=MANY) == hits


@given(collections(), questions(), st.data())
@LAW
def test_the_article_lifts_its_passages_and_no_other(
    build_index: BuildIndex, stories: list[Story], question: str, data: st.DataObject
) -> None:
    """A passage without any of the question's words is not found for its article's sake."""
    index = build_index(stories)
    query = weigh_query(index, question)
    allowed = np.array(data.draw(st.lists(st.booleans(), min_size=4, max_size=4)))
    allowed = allowed[: index.n_articles]

    scores = score_question(index, query, allowed=allowed)

    passages, articles = score_passages(index, query), score_articles(index, query)
    assert scores.articles.tolist() == articles.tolist()
    assert not scores.timeliness.preference.any()
    for row, article in enumerate(index.arrays.passage_article):
        found = passages[row] if allowed[article] else 0
        lifted = found + ARTICLE_SHARE * articles[article]
        assert scores.passages[row] == found
        assert scores.blended[row] == (lifted if found > 0 else 0)


@given(collections(), questions(), st.lists(st.floats(-0.5, 0.5), min_size=4, max_size=4))
@LAW
def test_timeliness_raises_and_lowers_scores_by_a_share_at_most(
    build_index: BuildIndex, stories: list[Story], question: str, preference: list[float]
) -> None:
    """A mild preference: it never hides an article, and never lets one in."""
    index = build_index(stories)
    query = weigh_query(index, question)
    preferred = np.array(preference[: index.n_articles])
    timeliness = Timeliness(preferred, np.zeros(index.n_articles, np.bool_))

    plain = score_question(index, query)
    timely = score_question(index, query, timeliness=timeliness)

    factors = 1 + TIMELINESS_SHARE * preferred[index.arrays.passage_article]
    assert_allclose(timely.blended, plain.blended * factors)
    assert ((timely.blended > 0) == (plain.blended > 0)).all()
    assert timely.passages.tolist() == plain.passages.tolist()
    assert timely.timeliness is timeliness


def test_of_two_equal_passages_the_newer_one_is_ranked_first(build_index: BuildIndex) -> None:
    """Half of what news has to say is that it is the latest."""
    days = {"a": date(2019, 1, 1), "b": date(2024, 2, 28), "c": None}
    index = build_index(
        [
            make_story("The ferry sank off Linn.", name, **({"published": day} if day else {}))
            for name, day in days.items()
        ]
    )
    question = "Which ferry sank?"
    query, timeliness = weigh_query(index, question), judge_timeliness(index, question, None)

    scores = score_question(index, query, timeliness=timeliness)

    assert best_rows(scores.blended, 3) == [1, 2, 0]
    assert best_rows(score_question(index, query).blended, 3) == [0, 1, 2]


def test_equal_scores_stand_in_order_of_article_id_and_place(build_index: BuildIndex) -> None:
    text = "The ferry sank.\n\nPhoto: The ferry sank.\n\nThe ferry sank."
    index = build_index([make_story(text, name) for name in ("b", "a", "c")])

    hits = rank_passages(index, "ferry", k=MANY)

    assert len({hit.score for hit in hits}) < len(hits)
    assert hits == sorted(hits, key=lambda hit: (-hit.score, hit.article_id, hit.span.start))


def test_the_same_passage_in_two_articles_scores_the_same(build_index: BuildIndex) -> None:
    index = build_index(
        [make_story("The ferry sank off Linn.", name) for name in ("b", "a", "c")]
        + [make_story("Nobody saw the harbour.", "d")]
    )

    hits = rank_passages(index, "Which ferry sank?", k=2)

    assert [hit.article_id for hit in hits] == ["a", "b"]
    assert hits[0].score == hits[1].score


@pytest.mark.parametrize("k", [0, -1])
def test_asking_for_no_hits_is_a_mistake(build_index: BuildIndex, k: int) -> None:
    with pytest.raises(ValueError, match=f"at least 1, not {k}"):
        rank_passages(build_index([]), "ferry", k=k)


@pytest.mark.parametrize("question", ["", "?", "the of and", "xylophone", "\u0000", "x" * 6000])
def test_a_question_without_a_known_word_has_no_hits(
    build_index: BuildIndex, question: str
) -> None:
    """Finding nothing is no error."""
    assert rank_passages(build_index([make_story("The ferry sank.")]), question, k=3) == []


@pytest.mark.parametrize(
    "texts", [[], [""], ["", " \n "], ["The and of."], ["By Jo Day"], ["# Heading"]]
)
def test_articles_without_words_have_no_hits(build_index: BuildIndex, texts: list[str]) -> None:
    stories = [make_story(text, f"a{number}") for number, text in enumerate(texts)]

    assert rank_passages(build_index(stories), "ferry", k=3) == []


def test_one_word_is_enough(build_index: BuildIndex) -> None:
    hits = rank_passages(build_index([make_story("Storm")]), "storm?", k=3)

    assert [(hit.article_id, hit.score) for hit in hits] == [("a", pytest.approx(1.0))]


@given(st.lists(st.floats(0, 1)), st.integers(1, 9))
def test_the_best_rows_are_those_a_full_sort_finds(scores: list[float], k: int) -> None:
    """Sorting only the best of many is a short cut, and must not be more than that."""
    rounded = {row: round(score, 9) for row, score in enumerate(scores) if score > 0}

    expected = sorted(rounded, key=lambda row: (-rounded[row], row))[:k]

    assert best_rows(np.array(scores, np.float64), k) == expected
