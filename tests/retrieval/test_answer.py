from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.answer import (
    Abstention,
    Answer,
    Excerpt,
    NearestSource,
    Note,
    NoteKind,
    NotePlace,
    Place,
    Quote,
    Reason,
    SourceFields,
    answer_from_json,
    answer_to_json,
)
from tests.strategies import TEXTS, answers, articles, source_fields

UNKNOWN = SourceFields(None, None, None, None, None, None, None)
QUOTE = Quote(
    rank=1,
    article_id="a",
    version=1,
    sha256="0" * 64,
    start=5,
    end=9,
    text="text",
    prefix="",
    suffix=".",
    kind="body",
    score=0.5,
    context=(Excerpt(0, 4, "Some"),),
    speaker=Excerpt(0, 4, "Some"),
    source=UNKNOWN,
    also_in=(Place("b", 1, "1" * 64, 0, 4, "text", UNKNOWN),),
)
NOTE = Note(NoteKind.CAPTION, (1,), (NotePlace("a", 1, 5, 9),), 3)
ANSWER = Answer("Q?", "Q", "main", "2024-02-29", (QUOTE,), (NOTE,), None, 0.5, "0" * 16, 1.5)
SILENCE = replace(
    ANSWER,
    quotes=(),
    abstained=Abstention(Reason.OFF_TOPIC, ("zebra",), (NearestSource("a", UNKNOWN),)),
)

notes = st.builds(
    Note,
    kind=st.sampled_from(NoteKind),
    quotes=st.lists(st.integers(1, 9)).map(tuple),
    spans=st.lists(st.just(NotePlace("a", 1, 5, 9)), max_size=2).map(tuple),
    count=st.none() | st.integers(0),
)
abstentions = st.builds(
    Abstention,
    reason=st.sampled_from(Reason),
    unmatched=st.lists(TEXTS, max_size=3).map(tuple),
    nearest=st.lists(st.builds(NearestSource, TEXTS, source_fields()), max_size=2).map(tuple),
)


@given(st.data())
def test_every_answer_comes_back_from_its_json(data: st.DataObject) -> None:
    """What was printed can be checked later, to the last character."""
    answer = data.draw(articles().flatmap(answers))
    answer = replace(answer, notes=tuple(data.draw(st.lists(notes, max_size=2))))
    if answer.abstained:
        answer = replace(answer, abstained=data.draw(abstentions))

    assert answer_from_json(json.loads(json.dumps(answer_to_json(answer)))) == answer


def test_the_json_has_the_keys_of_the_contract_in_order() -> None:
    printed = answer_to_json(ANSWER)

    assert list(printed) == [
        "question", "searched", "collection", "asked", "answered", "quotes", "notes", "abstained",
        "confidence", "index", "elapsed_ms",
    ]  # fmt: skip
    assert list(printed["quotes"][0]) == [
        "rank", "article_id", "version", "sha256", "start", "end", "text", "prefix", "suffix",
        "kind", "score", "context", "speaker", "source", "also_in",
    ]  # fmt: skip
    assert printed["answered"] is True
    assert answer_to_json(SILENCE)["answered"] is False


@pytest.mark.parametrize("changes", [{"quotes": ()}, {"abstained": SILENCE.abstained}])
def test_an_answer_is_quotes_or_silence_never_both(changes: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="either quotes or a reason"):
        replace(ANSWER, **changes)


Route = tuple[str | int, ...]


def walk(value: Any, route: Route = ()) -> Iterator[Route]:
    """Yield the ways to everything within a JSON value."""
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for key, item in items:
        yield (*route, key)
        if isinstance(item, dict | list):
            yield from walk(item, (*route, key))


def printed(answer: Answer) -> Any:
    return json.loads(json.dumps(answer_to_json(answer)))


def follow(data: Any, route: Route) -> Any:
    for key in route:
        data = data[key]
    return data


# What stands for what it is not: numbers as texts, yes as a number, a list for a text, …
WRONG = ["5", "", True, False, 5, 0.5, -1, None, [], {}, [1], ["5"], {"start": 1}]
NUMBERS = {int, float}


@pytest.mark.parametrize("answer", [ANSWER, SILENCE], ids=["quotes", "silence"])
def test_a_value_of_another_kind_is_no_answer(answer: Answer) -> None:
    """A file that somebody else wrote is read with a clear error, or without a change."""
    for route in walk(printed(answer)):
        for wrong in WRONG:
            data = printed(answer)
            right = follow(data, route)
            follow(data, route[:-1])[route[-1]] = wrong
            try:
                read = answer_from_json(data)
            except ValueError:
                continue
            if route != ("answered",):  # it follows from the quotes and is not read
                is_of_kind = type(wrong) is type(right) or {type(wrong), type(right)} == NUMBERS
                assert is_of_kind or None in (wrong, right), (route, right, wrong)
                assert printed(read) == data


@pytest.mark.parametrize("answer", [ANSWER, SILENCE], ids=["quotes", "silence"])
def test_an_answer_without_one_of_its_keys_is_none(answer: Answer) -> None:
    for route in walk(printed(answer)):
        if isinstance(route[-1], int) or route == ("answered",):
            continue
        data = printed(answer)
        del follow(data, route[:-1])[route[-1]]
        with pytest.raises(ValueError, match=repr(route[-1])):
            answer_from_json(data)


@pytest.mark.parametrize("data", [None, [], "", 5, {}, {"quotes": []}])
def test_anything_else_is_no_answer(data: Any) -> None:
    with pytest.raises(ValueError, match="answer"):
        answer_from_json(data)


@pytest.mark.parametrize(
    ("key", "value", "why"),
    [
        ("start", "5", "start cannot be '5'"),
        ("end", True, "end cannot be True"),
        ("end", 5, r"\[5, 5\)"),
        ("text", 5, "text cannot be 5"),
    ],
)
def test_the_error_names_the_key_and_shows_the_value(key: str, value: object, why: str) -> None:
    data = printed(ANSWER)
    data["quotes"][0][key] = value

    with pytest.raises(ValueError, match=why):
        answer_from_json(data)


def test_keys_that_no_answer_has_are_passed_over() -> None:
    """A batch adds the id of the question; a later version may add what we do not know."""
    data = {**printed(ANSWER), "id": "7"}
    data["quotes"][0]["later"] = True

    assert answer_from_json(data) == ANSWER
