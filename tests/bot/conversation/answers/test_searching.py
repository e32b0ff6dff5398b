"""The quotes of an answer, and the further ones behind "More"."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalogue.asking import AskingRefusal
from bot.catalogue.lines import Line
from bot.conversation.answers.searching import MOST_QUOTES, search
from bot.conversation.desk import Desk, Refused
from retrieval.answering import MAX_QUOTES, Request, answer_question
from tests.bot.conversation.desks import SERVER, make_desk
from tests.stories import FERRY, HARBOUR, questions

COLLECTION = f"server-{SERVER}"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Return a desk with many quotes for a question, copies among them."""
    more = "\n\n".join(f"Crane {number} of Varnholm stands idle." for number in range(20))
    articles = {"harbour": HARBOUR, "copy": HARBOUR, "ferry": FERRY, "more": more}
    return make_desk(tmp_path_factory.mktemp("desk"), articles=articles)


@given(question=questions(), least=st.sampled_from([None, 0.0]))
def test_further_quotes_go_on_where_the_answer_ends(
    desk: Desk, question: str, least: float | None
) -> None:
    """Ranks have no gap, no words stand twice, and every note is about a quote that is there."""
    found = search(desk, COLLECTION, Request(question, min_confidence=least))

    quotes = (*found.answer.quotes, *found.further)
    ranks = [quote.rank for quote in quotes]
    assert ranks == list(range(1, len(quotes) + 1))
    assert len(found.answer.quotes) <= MAX_QUOTES
    assert len(quotes) <= MOST_QUOTES
    assert not found.further or found.answer.answered
    places = [(q.article_id, q.start, q.end) for q in quotes]
    assert not any(
        one[0] == other[0] and one[1] < other[2] and other[1] < one[2]
        for number, one in enumerate(places)
        for other in places[:number]
    )
    assert {rank for note in found.answer.notes for rank in note.quotes} <= set(ranks)


@given(question=questions(), least=st.sampled_from([None, 0.0]))
def test_further_pages_change_nothing_of_the_answer(
    desk: Desk, question: str, least: float | None
) -> None:
    request = Request(question, min_confidence=least)

    found = search(desk, COLLECTION, request)

    answer = answer_question(desk.indexes.open(COLLECTION), request)
    shown = {quote.rank for quote in answer.quotes}
    own = tuple(note for note in found.answer.notes if shown.issuperset(note.quotes))
    assert replace(found.answer, notes=own, elapsed_ms=answer.elapsed_ms) == answer


def test_the_first_quotes_alone_decide_whether_to_answer(desk: Desk) -> None:
    """Silence stays silence, though there would be quotes without it."""
    request = Request("Who painted the cranes of Rio de Janeiro?")

    found = search(desk, COLLECTION, request)

    assert not found.answer.answered
    assert found.further == ()


def test_there_are_further_quotes(desk: Desk) -> None:
    found = search(desk, COLLECTION, Request("Which cranes of Varnholm stand idle?"))

    assert len(found.answer.quotes) == MAX_QUOTES
    assert found.further


def test_an_unknown_source_is_refused(desk: Desk) -> None:
    with pytest.raises(Refused) as refused:
        search(desk, COLLECTION, Request("Which cranes?", source="nowhere"))

    assert refused.value.line == Line(AskingRefusal.UNKNOWN_SOURCE)
