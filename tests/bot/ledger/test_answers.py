"""Answers: stored before they are sent, found by their server alone, changed by moderators."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, select

from bot.conversation.desk import Desk
from bot.ledger import answers
from bot.ledger.answers import AnswerRecord, AnswerState, Filters, RetractReason, Visibility
from bot.ledger.schema import ANSWERS, CITATIONS
from corpus.article import Article, Span
from retrieval.answer import (
    Abstention,
    Answer,
    NearestSource,
    Note,
    NoteKind,
    NotePlace,
    Place,
    Reason,
    SourceFields,
)
from retrieval.answering import Request, answer_question
from tests import strategies
from tests.bot.conversation.desks import (
    CHANNEL,
    MESSAGE,
    OTHER_CHANNEL,
    OTHER_SERVER,
    SERVER,
    START,
    join_server,
    make_desk,
)
from tests.bot.ledger.rows import add_answer, dump_ledger
from tests.strategies import share_of_examples

COLLECTION = f"server-{SERVER}"
QUESTION = "How many cranes were counted in Varnholm?"
NOTES = st.builds(
    Note,
    st.sampled_from(NoteKind),
    st.lists(st.integers(1, 3), unique=True).map(sorted).map(tuple),
    st.lists(st.builds(NotePlace, st.just("a"), st.just(1), st.just(0), st.just(5))).map(tuple),
    st.none() | st.integers(0, 9),
)
FILTERS = st.builds(Filters, *[st.none() | strategies.TEXTS] * 3)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """For laws and examples alike: each rehearses in it."""
    desk = make_desk(tmp_path_factory.mktemp("desk"))
    join_server(desk, OTHER_SERVER)
    return desk


@pytest.fixture(scope="module")
def answer(desk: Desk) -> Answer:
    """Return an answer with two quotes of the harbour article."""
    return answer_question(desk.indexes.open(COLLECTION), Request(QUESTION))


def record(connection: Connection, answer: Answer, key: str = "key", **changes: object) -> None:
    told = {
        "server_id": SERVER,
        "channel_id": CHANNEL,
        "visibility": Visibility.PUBLIC,
        "member_key": None,
        "at": START,
    }
    answers.record(connection, answer, key=key, **{**told, **changes})  # type: ignore[arg-type]


def get(connection: Connection, key: str = "key") -> AnswerRecord:
    found = answers.get(connection, SERVER, key)
    assert found is not None
    return found


def test_an_answer_is_pending_until_it_was_sent(desk: Desk, answer: Answer) -> None:
    with desk.store.rehearsal() as connection:
        record(connection, answer)
        pending = get(connection)
        answers.mark_sent(
            connection,
            "key",
            channel_id=OTHER_CHANNEL,
            message_id=MESSAGE,
            visibility=Visibility.PRIVATE,
        )

        assert (pending.state, pending.message_id) == (AnswerState.PENDING, None)
        assert get(connection) == replace(
            pending,
            state=AnswerState.SENT,
            channel_id=OTHER_CHANNEL,
            message_id=MESSAGE,
            visibility=Visibility.PRIVATE,
        )


def test_what_failed_or_was_deleted_says_so(desk: Desk, answer: Answer) -> None:
    with desk.store.rehearsal() as connection:
        record(connection, answer)
        answers.mark_failed(connection, "key")
        assert get(connection).state is AnswerState.FAILED
        answers.mark_deleted(connection, "key")
        assert get(connection).state is AnswerState.DELETED
        answers.mark_failed(connection, "key")
        assert get(connection).state is AnswerState.DELETED


def test_what_was_sent_has_not_failed(desk: Desk, answer: Answer) -> None:
    """The sweep may have found the message before anybody says that it was refused."""
    with desk.store.rehearsal() as connection:
        record(connection, answer)
        answers.mark_sent(
            connection,
            "key",
            channel_id=OTHER_CHANNEL,
            message_id=MESSAGE,
            visibility=Visibility.PUBLIC,
        )
        answers.mark_failed(connection, "key")
        assert get(connection).state is AnswerState.SENT


def test_what_was_posted_meanwhile_does_not_become_private(desk: Desk, answer: Answer) -> None:
    """A late note that its asker saw it must not hide its message from the sweep."""
    posted = {"channel_id": CHANNEL, "message_id": MESSAGE, "visibility": Visibility.PUBLIC}
    seen = {"channel_id": CHANNEL, "message_id": None, "visibility": Visibility.PRIVATE}
    with desk.store.rehearsal() as connection:
        record(connection, answer, visibility=Visibility.PRIVATE)
        answers.mark_sent(connection, "key", **posted)  # type: ignore[arg-type]
        answers.mark_sent(connection, "key", **seen)  # type: ignore[arg-type]
        kept = get(connection)

    assert (kept.visibility, kept.message_id) == (Visibility.PUBLIC, MESSAGE)


@pytest.mark.parametrize("message_id", [MESSAGE, None])
def test_what_was_deleted_meanwhile_stays_deleted(
    desk: Desk, answer: Answer, message_id: int | None
) -> None:
    """A sweep that looks for a lost message may find it just as its asker deletes it."""
    with desk.store.rehearsal() as connection:
        record(connection, answer)
        answers.mark_deleted(connection, "key")
        answers.mark_sent(
            connection,
            "key",
            channel_id=CHANNEL,
            message_id=message_id,
            visibility=Visibility.PUBLIC,
        )

        assert get(connection).state is AnswerState.DELETED


@share_of_examples(0.4)
@given(strategies.articles().flatmap(strategies.answers), st.lists(NOTES), st.none() | FILTERS)
def test_a_record_holds_what_was_asked_and_answered(
    desk: Desk, drawn: Answer, notes: list[Note], filters: Filters | None
) -> None:
    with desk.store.rehearsal() as connection:
        record(connection, replace(drawn, notes=tuple(notes)), filters=filters, follows="before")
        kept = get(connection)

    assert (kept.question, kept.searched) == (drawn.question, drawn.searched)
    assert (kept.collection, kept.asked_day) == (drawn.collection, drawn.asked)
    assert (kept.confidence, kept.index_digest) == (drawn.confidence, drawn.index)
    assert (kept.filters, kept.follows, kept.notes) == (filters, "before", tuple(notes))
    assert (kept.asked_at, kept.member_key, kept.named) == (START, None, False)
    assert kept.reason == (drawn.abstained.reason if drawn.abstained else None)
    quotes = [citation for citation in kept.citations if citation.place == 0]
    assert [(q.rank, q.span.start, q.span.end, q.sha256, q.kind, q.score) for q in quotes] == [
        (q.rank, q.start, q.end, q.sha256, q.kind, q.score) for q in drawn.quotes
    ]


@given(st.lists(strategies.NAMES), st.lists(strategies.NAMES, unique=True))
def test_a_silence_keeps_its_words_and_the_nearest_sources(
    desk: Desk, unmatched: list[str], nearest: list[str]
) -> None:
    nobody = SourceFields(*[None] * 7)
    near = tuple(NearestSource(article_id, nobody) for article_id in nearest)
    silence = Abstention(Reason.NO_MATCH, tuple(unmatched), near)
    answer = Answer(
        QUESTION, QUESTION, COLLECTION, None, (), (), silence, 0.1, index="0" * 16, elapsed_ms=1.0
    )
    with desk.store.rehearsal() as connection:
        record(connection, answer)
        kept = get(connection)

    assert (kept.reason, kept.unmatched) == (Reason.NO_MATCH, tuple(unmatched))
    assert kept.nearest == tuple(nearest)


def test_the_quotes_of_later_pages_stand_after_those_of_the_first(
    desk: Desk, answer: Answer
) -> None:
    first, *others = answer.quotes
    page = replace(answer, quotes=(first,))
    with desk.store.rehearsal() as connection:
        record(connection, page, further=others)

        assert [c.rank for c in get(connection).citations] == [1, 2]


def test_a_citation_knows_the_revision_of_its_source_record(desk: Desk, answer: Answer) -> None:
    with desk.store.rehearsal() as connection:
        record(connection, answer)

        assert {citation.source_revision for citation in get(connection).citations} == {1}


@share_of_examples(0.4)
@given(article=strategies.articles(), data=st.data())
def test_no_row_of_the_ledger_holds_words_of_a_quote(
    desk: Desk, article: Article, data: st.DataObject
) -> None:
    """Where a purge empties the article, nothing quotable may stay behind."""
    text = "".join(chr(0x4E00 + number) for number in range(len(article.text)))
    foreign = replace(article, text=text, sha256="0" * 64)
    answer = data.draw(strategies.answers(foreign))
    with desk.store.rehearsal() as connection:
        record(connection, replace(answer, question="why?", searched="why?"))

        assert not set(text) & set(dump_ledger(connection))


@share_of_examples(0.4)
@given(
    st.lists(st.tuples(st.sampled_from([SERVER, OTHER_SERVER]), st.integers(1, 9)), max_size=9),
)
def test_an_answer_is_found_on_its_own_server_alone(
    desk: Desk, posted: list[tuple[int, int]]
) -> None:
    with desk.store.rehearsal() as connection:
        for number, (server_id, message_id) in enumerate(posted):
            # Another server's message may even have the same number.
            add_answer(connection, f"k{number}", server_id=server_id, message_id=message_id)

        for number, (server_id, message_id) in enumerate(posted):
            other = OTHER_SERVER if server_id == SERVER else SERVER
            found = answers.get(connection, server_id, f"k{number}")
            assert found is not None
            assert found.server_id == server_id
            assert answers.get(connection, other, f"k{number}") is None
            by_message = answers.find_by_message(connection, server_id, message_id)
            assert by_message is not None
            assert (by_message.server_id, by_message.message_id) == (server_id, message_id)
            if (other, message_id) not in posted:
                assert answers.find_by_message(connection, other, message_id) is None


def test_a_retraction_is_kept_with_its_reason_and_can_be_undone(desk: Desk, answer: Answer) -> None:
    with desk.store.rehearsal() as connection:
        record(connection, answer)
        was = get(connection)
        answers.retract(connection, "key", at=START, reason=RetractReason.OUTDATED)
        taken = get(connection)
        answers.restore(connection, "key")

        assert (taken.retracted_at, taken.retracted_for) == (START, RetractReason.OUTDATED)
        assert taken.retracted_day == START.date()
        assert get(connection) == was
        assert was.retracted_day is None


def test_a_quote_is_widened_to_what_holds_it_and_back(desk: Desk, answer: Answer) -> None:
    with desk.store.rehearsal() as connection:
        record(connection, answer)
        was = get(connection)
        second = next(c for c in was.citations if c.rank == 2)
        wider = Span(second.span.start - 10, second.span.end + 10)
        answers.widen(connection, "key", 2, wider)

        widened = {c.rank: c.widened for c in get(connection).citations if c.place == 0}
        assert widened == {1: None, 2: wider}
        answers.widen(connection, "key", 2, None)
        assert get(connection) == was


def test_a_quote_is_not_widened_to_something_else(desk: Desk, answer: Answer) -> None:
    with desk.store.rehearsal() as connection:
        record(connection, answer)
        for rank, span in [(1, Span(1, 400)), (3, Span(0, 400)), (3, None)]:
            with pytest.raises(ValueError, match="cannot be shown"):
                answers.widen(connection, "key", rank, span)


def test_what_a_message_shows_is_noted(desk: Desk, answer: Answer) -> None:
    with desk.store.rehearsal() as connection:
        record(connection, answer)
        answers.set_named(connection, "key", named=True)
        answers.set_shown(connection, "key", "digest")

        assert (get(connection).named, get(connection).shown) == (True, "digest")


def test_answers_that_cite_an_article_are_found_on_every_server(desk: Desk, answer: Answer) -> None:
    """As where the operator lets two servers ask one collection."""
    with desk.store.rehearsal() as connection:
        for key, server_id in [
            ("b", SERVER),
            ("a", OTHER_SERVER),
            ("gone", SERVER),
            ("no", SERVER),
        ]:
            record(connection, answer, key, server_id=server_id)
        record(connection, replace(answer, collection="another"), "elsewhere")
        answers.mark_deleted(connection, "gone")
        answers.mark_failed(connection, "no")

        found = answers.citing(connection, COLLECTION, "harbour")
        assert list(found) == [(OTHER_SERVER, "a"), (SERVER, "b")]
        assert list(answers.citing(connection, COLLECTION, "ferry")) == []


def test_messages_that_show_an_article_are_counted_for_one_server(
    desk: Desk, answer: Answer
) -> None:
    with desk.store.rehearsal() as connection:
        posted = {"channel_id": CHANNEL, "message_id": MESSAGE, "visibility": Visibility.PUBLIC}
        for key in ("a", "b", "retracted", "deleted", "other's"):
            server_id = OTHER_SERVER if key == "other's" else SERVER
            record(connection, answer, key, server_id=server_id)
            answers.mark_sent(connection, key, **posted)  # type: ignore[arg-type]
        record(connection, answer, "pending")
        record(connection, answer, "private", visibility=Visibility.PRIVATE)
        answers.retract(connection, "retracted", at=START, reason=RetractReason.RULES)
        answers.mark_deleted(connection, "deleted")

        assert answers.count_posted(connection, SERVER, COLLECTION, "harbour") == 2
        assert answers.count_posted(connection, SERVER, COLLECTION, "ferry") == 0
        assert answers.count_posted(connection, SERVER, "another", "harbour") == 0


def test_an_answer_is_found_by_an_article_that_it_names_as_a_copy(
    desk: Desk, answer: Answer
) -> None:
    quote = answer.quotes[0]
    copy = Place("copied", 1, "0" * 64, 0, 9, "The same.", quote.source)
    with desk.store.rehearsal() as connection:
        record(connection, replace(answer, quotes=(replace(quote, also_in=(copy, copy)),)))

        assert list(answers.citing(connection, COLLECTION, "copied")) == [(SERVER, "key")]


def test_recording_is_undone_with_its_transaction(desk: Desk, answer: Answer) -> None:
    with desk.store.rehearsal() as connection:
        record(connection, answer)

    with desk.store.reading() as connection:
        assert connection.execute(select(ANSWERS)).all() == []
        assert connection.execute(select(CITATIONS)).all() == []
