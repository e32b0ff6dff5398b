"""Whole answers from the starter articles, as files that a reviewer reads.

``pytest --update-golden`` rewrites them; the difference shows what a change does to answers.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable

import pytest

from corpus.article import Article, Source
from corpus.reading import MAX_FILE_BYTES, Incoming, read_path
from corpus.samples import STARTER_FOLDER
from retrieval.answer import answer_to_json
from retrieval.answering import Request, answer_question
from retrieval.indexing.index import Index
from tests.stories import Story, make_story

QUESTIONS = {
    "how-many-stations": "How many overseas police stations have been reported?",
    "dublin": "What happened to the station in Dublin?",
    "denial": "Has China denied having police stations?",
    "charged": "who was charged in new york",
    "check-a-citation": "How can I check a citation?",
    "silence": "What does silence mean?",
    "own-sentences": "Does Quoth write its own sentences?",
    "brazil": "Is there a police station in Brazil?",
    "german": "Wie viele Polizeistationen gibt es?",
}
# The time differs from run to run; the digest, from one wording of any article to the next.
LEFT_OUT = ("elapsed_ms", "index")


def read_starter() -> Iterable[Story]:
    for item in read_path(STARTER_FOLDER, encoding=None, max_bytes=MAX_FILE_BYTES):
        assert isinstance(item, Incoming)
        yield make_story(item.text, item.article_id)[0], item.source


@pytest.fixture(scope="module")
def starter(build_index: Callable[[Iterable[tuple[Article, Source]]], Index]) -> Index:
    return build_index(read_starter())


@pytest.mark.parametrize("name", QUESTIONS)
def test_the_answer_is_as_reviewed(
    starter: Index, golden: Callable[[str, str], None], name: str
) -> None:
    printed = answer_to_json(answer_question(starter, Request(QUESTIONS[name])))
    shown = {key: value for key, value in printed.items() if key not in LEFT_OUT}

    golden(f"{name}.json", json.dumps(shown, indent=1, ensure_ascii=False) + "\n")
