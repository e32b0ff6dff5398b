from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest

from retrieval.indexing.index import Index
from retrieval.languages import is_foreign, main_script
from retrieval.query import weigh_query
from tests.stories import FERRY, HARBOUR, Story, make_story

Build = Callable[[Iterable[Story]], Index]

GERMAN = (
    "Die Fähren zwischen dem Hafen und der Insel werden im Herbst eingestellt, weil der Preis für "
    "Treibstoff seit dem Frühjahr gestiegen ist und niemand mehr fahren möchte.\n"
)


@pytest.fixture(scope="module")
def index(build_index: Build) -> Index:
    return build_index([make_story(HARBOUR, "b"), make_story(FERRY, "c")])


def ask(index: Index, question: str) -> bool:
    return is_foreign(index, question, weigh_query(index, question))


@pytest.mark.parametrize(
    "question",
    [
        "悉尼的联络点是什么时候设立的？",
        "Когда закрыли порт?",
        "Wie viele Kräne stehen nach dem Bericht noch immer im Hafen?",
        "Combien de grues abandonnées se trouvent encore dans le port ?",
    ],
)
def test_a_question_in_another_language_is_known(index: Index, question: str) -> None:
    """Words alone cannot match it; the member is told to ask in the articles' language."""
    assert ask(index, question)


@pytest.mark.parametrize(
    "question",
    [
        "How much does a loaf of bread cost in the bakery around the corner?",
        "zebras",
        "Schadenfreude?",  # too short to tell
        "1730",
        "🦓",
        "Wie many cranes were abandoned?",  # half of it is found
    ],
)
def test_an_unanswerable_question_is_not_taken_for_another_language(
    index: Index, question: str
) -> None:
    assert not ask(index, question)


def test_a_collection_may_hold_several_languages(build_index: Build) -> None:
    """Which article happens to come first decides nothing."""
    stories = [make_story(GERMAN, "a"), make_story(HARBOUR, "b"), make_story(FERRY, "c")]
    mixed = build_index(stories)

    assert not ask(mixed, "How much does a loaf of bread cost in the bakery around the corner?")
    assert not ask(mixed, "Wie viele Brote hat die Bäckerei gestern an ihre Kunden verkauft?")
    assert ask(mixed, "Когда закрыли порт?")


def test_an_empty_collection_has_no_language(build_index: Build) -> None:
    assert not ask(build_index([]), "Когда закрыли порт?")


@pytest.mark.parametrize(
    ("text", "script"),
    [("Hafen!", "LATIN"), ("порт port порт", "CYRILLIC"), ("港口", "CJK"), ("12 ?!", ""), ("", "")],
)
def test_the_script_of_most_letters_counts(text: str, script: str) -> None:
    assert main_script(text) == script
