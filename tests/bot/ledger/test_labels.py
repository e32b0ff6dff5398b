"""Labelled questions: only what still stands, of the server that was asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.actions import Action
from bot.conversation.answers import asking
from bot.conversation.answers.asking import AskRequest
from bot.conversation.desk import Desk
from bot.conversation.reviews.deciding import NO_QUOTE
from bot.ledger.forgetting import forget
from bot.ledger.labels import labels
from corpus.article import Span
from tests.bot.conversation.desks import (
    ASKER,
    OTHER_SERVER,
    SERVER,
    change_articles,
    make_desk,
    member,
    moderator,
)
from tests.bot.conversation.presses import (
    CRANES,
    UNKNOWN,
    ask_privately,
    note_sent,
    post_answer,
    read_record,
)
from tests.bot.conversation.reports import push, send_report, submit, waiting
from tests.bot.conversation.screens import buttons


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return make_desk(tmp_path)


def label(desk: Desk, choice: str, question: str = CRANES) -> str:
    """Decide that another passage is right, and return the answer's key."""
    answer = post_answer(desk, question)
    key = send_report(desk, answer)
    submit(desk, moderator(), Action.WRONG_PASSAGE, key, choice=choice)
    return answer


def test_the_chosen_quote_is_the_place_that_answers(desk: Desk) -> None:
    answer = label(desk, "1")
    cited = read_record(desk, answer).citations[0]

    with desk.store.reading() as connection:
        (found,) = labels(connection, SERVER)

    assert (found.question, found.asked) == (CRANES, "2024-04-30")
    assert (found.article_id, found.span) == (cited.article_id, cited.span)
    assert found.stands


def test_none_of_the_quotes_or_rightful_silence_is_a_question_without_an_answer(
    desk: Desk,
) -> None:
    label(desk, NO_QUOTE)
    push(desk, member(), Action.ASK_MODERATOR_NOW, ask_privately(desk, UNKNOWN))
    submit(desk, moderator(), Action.GOOD, waiting(desk)[0].report_key)

    with desk.store.reading() as connection:
        found = list(labels(connection, SERVER))

    assert {each.question for each in found} == {CRANES, UNKNOWN}
    assert {(each.article_id, each.span) for each in found} == {(None, None)}


def test_other_decisions_label_nothing(desk: Desk) -> None:
    for action in (Action.GOOD, Action.DISMISS, Action.SOURCE_PROBLEM):
        submit(desk, moderator(), action, send_report(desk, post_answer(desk)))

    with desk.store.reading() as connection:
        assert list(labels(connection, SERVER)) == []


def test_a_question_that_is_no_longer_kept_labels_nothing(desk: Desk) -> None:
    label(desk, "1")
    with desk.store.transaction() as connection:
        forget(connection, SERVER, ASKER)

        assert list(labels(connection, SERVER)) == []


@pytest.mark.parametrize(
    "narrowed",
    [{"source": "ferry"}, {"published_from": "2024-01-01"}, {"published_to": "1999-12-31"}],
)
def test_silence_of_a_part_of_the_articles_labels_nothing(
    desk: Desk, narrowed: dict[str, str]
) -> None:
    """The articles that were not searched may answer."""
    asked = asking.ask(desk, member(), AskRequest(UNKNOWN, **narrowed))
    note_sent(desk, asked, member())
    push(desk, member(), Action.ASK_MODERATOR_NOW, asked.answer_key)
    submit(desk, moderator(), Action.GOOD, waiting(desk)[0].report_key)

    with desk.store.reading() as connection:
        assert list(labels(connection, SERVER)) == []


def test_passages_on_the_topic_of_a_message_label_nothing(desk: Desk) -> None:
    """There is no question."""
    topic = asking.find_sources(desk, member(), "cranes of the harbour").screen
    key = send_report(desk, buttons(topic)[0].target.key)
    submit(desk, moderator(), Action.WRONG_PASSAGE, key, choice="1")

    with desk.store.reading() as connection:
        assert list(labels(connection, SERVER)) == []


def test_a_place_in_a_withdrawn_article_does_not_stand(desk: Desk) -> None:
    label(desk, "1")
    change_articles(desk, "withdraw", ["harbour"])

    with desk.store.reading() as connection:
        (found,) = labels(connection, SERVER)

    assert not found.stands
    assert isinstance(found.span, Span)


def test_each_server_has_its_own(desk: Desk) -> None:
    label(desk, "1")

    with desk.store.reading() as connection:
        assert list(labels(connection, OTHER_SERVER)) == []
        assert len(list(labels(connection, None))) == 1
