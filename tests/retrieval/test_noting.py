"""What is said about quotes: notes in a fixed order, each backed by places or counts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

import pytest
from hypothesis import given

from corpus.samples import SAMPLE_PUBLISHER
from retrieval.answer import Answer, Note, NoteKind
from retrieval.answering import Request, answer_question
from retrieval.indexing.index import Index
from tests.newsroom import list_articles
from tests.stories import FERRY, HARBOUR, Story, collections, make_story, questions
from tests.strategies import share_of_examples

Build = Callable[[Iterable[Story]], Index]

STATED = "“Nobody expects to see these machines move again,” said Ilse Maren, who leads the office."
REWORDED = (
    "“Nobody expects to watch these machines run again,” said Ilse Maren, who leads the office."
)
STORY = (
    "The harbour office of Varnholm counted 54 rusty cranes along the northern breakwater.\n\n"
    "Most of them had stood idle since the shipyard locked its gates in the spring of 2009.\n\n"
    "{}\n\n"
    "Taking one crane down would cost the town about 200,000 crowns, her report found.\n"
)


def ask(index: Index, question: str, **choices: object) -> Answer:
    return answer_question(index, Request(question, min_confidence=0, **choices))  # type: ignore[arg-type]


def find(answer: Answer, kind: NoteKind) -> list[Note]:
    return [note for note in answer.notes if note.kind is kind]


def point_at(note: Note, stories: Iterable[Story]) -> list[str]:
    """Return the words that a note rests on."""
    texts = {article.article_id: article.text for article, _ in stories}
    return [texts[one.article_id][one.start : one.end] for one in note.spans]


@share_of_examples(0.4)
@given(collections(), questions())
def test_notes_are_about_the_quotes_that_are_shown(
    build_index: Build, stories: list[Story], question: str
) -> None:
    index = build_index(stories)
    answer = ask(index, question)

    texts = {article.article_id: article.text for article, _ in stories}
    ranks = {quote.rank for quote in answer.quotes}
    for note in answer.notes:
        assert set(note.quotes) <= ranks
        assert len(set(note.quotes)) == len(note.quotes)
        assert all(0 <= at.start < at.end <= len(texts[at.article_id]) for at in note.spans)
        assert note.count is None or note.count > 0
    kinds = [note.kind for note in answer.notes]
    assert len([k for k in kinds if k is not NoteKind.WORDING_VARIES]) == len(
        {k for k in kinds if k is not NoteKind.WORDING_VARIES}
    )


@share_of_examples(0.4)
@given(collections(), questions())
def test_the_count_of_articles_is_that_of_the_places_shown(
    build_index: Build, stories: list[Story], question: str
) -> None:
    """A reader can count them: the quotes' own articles and those of their copies."""
    answer = ask(build_index(stories), question)

    holders = {quote.article_id for quote in answer.quotes}
    holders |= {place.article_id for quote in answer.quotes for place in quote.also_in}
    counts = [note.count for note in find(answer, NoteKind.ARTICLES)]
    assert counts == ([len(holders)] if len(holders) > 1 else [])


def test_undated_sources_and_samples_are_told(build_index: Build) -> None:
    of_ours = {"publisher": SAMPLE_PUBLISHER, "file": "brief-cranes.md"}
    sample = make_story(HARBOUR, "a", published=date(2023, 1, 1), **of_ours)
    index = build_index([sample, make_story(FERRY, "b")])

    answer = ask(index, "What is said of cranes and of ferries?", max_quotes=5)

    told = {note.kind: set(note.quotes) for note in answer.notes}
    ranks = {quote.rank: quote.article_id for quote in answer.quotes}
    assert told == {
        NoteKind.NO_DATE: {rank for rank, article in ranks.items() if article == "b"},
        NoteKind.SAMPLE: {rank for rank, article in ranks.items() if article == "a"},
        NoteKind.ARTICLES: set(ranks),
    }
    assert all(told.values())


def test_a_quotation_in_two_wordings_is_told_to_vary(build_index: Build) -> None:
    """At most one of them can be what was said; the note points at both."""
    stories = [make_story(STORY.format(STATED), "a"), make_story(STORY.format(REWORDED), "b")]

    answer = ask(build_index(stories), "Who said that nobody expects these machines to move again?")

    (note,) = find(answer, NoteKind.WORDING_VARIES)
    assert note.quotes == (1,)
    assert point_at(note, stories) == [
        "Nobody expects to see these machines move again,",
        "Nobody expects to watch these machines run again,",
    ]


def test_a_quotation_in_one_wording_does_not_vary(build_index: Build) -> None:
    stories = [make_story(STORY.format(STATED), name) for name in "ab"]

    answer = ask(build_index(stories), "Who said that nobody expects these machines to move again?")

    assert find(answer, NoteKind.WORDING_VARIES) == []
    assert answer.quotes[0].also_in


@pytest.fixture(scope="module")
def news(build_index: Build) -> Index:
    return build_index(list_articles())


def test_differing_figures_are_pointed_at_oldest_first(news: Index) -> None:
    answer = ask(news, "How many ships did the storm wreck at Ostrel?")

    (note,) = find(answer, NoteKind.FIGURES_DIFFER)
    assert note.quotes == (1, 2)
    assert point_at(note, list_articles()) == ["seven ships", "nine ships"]
    assert [quote.article_id for quote in answer.quotes[:2]] == ["storm-first", "storm-later"]


def test_a_response_is_pointed_at_in_its_quote(news: Index) -> None:
    answer = ask(news, "What is Lindmark Lines accused of?")

    (note,) = find(answer, NoteKind.RESPONSE)
    (words,) = point_at(note, list_articles())
    (rank,) = note.quotes
    assert words in answer.quotes[rank - 1].text
    assert "denied" in words
    assert find(answer, NoteKind.NO_RESPONSE) == []


def test_without_a_response_it_says_how_many_articles_were_searched(news: Index) -> None:
    answer = ask(news, "What did the librarian accuse the council of?")
    of_one = ask(news, "What did the librarian accuse the council of?", source="library")

    assert find(answer, NoteKind.NO_RESPONSE) == [
        Note(NoteKind.NO_RESPONSE, (1,), count=news.n_articles)
    ]
    assert find(of_one, NoteKind.NO_RESPONSE)[0].count == 1


@pytest.mark.parametrize("words", ["reported by Reuters", "the mayor told Reuters"])
def test_named_origins_are_counted_and_pointed_at(build_index: Build, words: str) -> None:
    """Two articles that both got it from one agency are one witness."""
    stories = [make_story(f"The bridge of Linn was closed on Monday, {words}.\n", n) for n in "ab"]

    answer = ask(build_index(stories), "When was the bridge of Linn closed?")

    (note,) = find(answer, NoteKind.ORIGINS)
    assert note.count == 1
    assert point_at(note, stories) == ["Reuters"]
    assert find(answer, NoteKind.ARTICLES)[0].count == 2
