"""From the ledger back to words: what still stands comes back as it was, what does not is named."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn
from sqlalchemy import Connection, text

from bot.catalogue.refusals import Refusal
from bot.conversation.desk import Desk, Refused
from bot.conversation.recalling import Gone, GoneCause, Recalled, recall, recall_key
from bot.ledger import answers
from bot.ledger.answers import RetractReason, Visibility
from bot.standing_notes import keep_notes
from corpus.article import Precision, Source, Span, hash_text
from corpus.store import State
from retrieval.answer import (
    Abstention,
    Answer,
    NearestSource,
    Note,
    NoteKind,
    NotePlace,
    Place,
    Quote,
    Reason,
)
from retrieval.answering import Request, answer_question
from retrieval.indexing.writing import source_fields
from retrieval.verification import check_answer
from tests import strategies
from tests.bot.conversation.desks import (
    CHANNEL,
    OTHER_SERVER,
    SERVER,
    Clock,
    add_articles,
    change_articles,
    join_server,
    make_desk,
    member,
    source_of,
)
from tests.stories import HARBOUR
from tests.strategies import share_of_examples

COLLECTION = f"server-{SERVER}"
QUESTION = "How many cranes were counted in Varnholm?"
COPY = "Courier: it had counted 54 abandoned cranes.\n"
CHANGES = ["withdraw", "purge", "another text", "another source"]
NUMBERS = count()


@dataclass(frozen=True)
class Told:
    """A drawn answer, and what is in the store for it."""

    articles: dict[str, str]
    sources: dict[str, Source]
    answer: Answer


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(tmp_path: Path, clock: Clock) -> Desk:
    return make_desk(tmp_path, clock=clock)


@pytest.fixture(scope="module")
def shared_desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """For laws: every example rehearses in it, so none leaves anything to the next."""
    return make_desk(tmp_path_factory.mktemp("desk"))


@st.composite
def sources(draw: DrawFn) -> Source:
    """Draw source records."""
    published = draw(strategies.MAYBE_DAYS)
    return Source(
        title=draw(strategies.MAYBE_NAMES),
        publisher=draw(strategies.MAYBE_NAMES),
        published=published,
        published_precision=None if published is None else draw(st.sampled_from(Precision)),
        url=draw(strategies.MAYBE_URLS),
        file=draw(strategies.MAYBE_FILES),
    )


@st.composite
def told(draw: DrawFn) -> Told:
    """Draw answers that quote up to three articles with copies in one another, or are silent."""
    texts = draw(st.lists(strategies.TEXTS, min_size=1, max_size=3, unique=True))
    articles = {f"a{number}": each for number, each in enumerate(texts)}
    records = {article_id: draw(sources()) for article_id in articles}
    quotes = tuple(
        draw(true_quotes(articles, records, rank)) for rank in range(1, draw(st.integers(0, 3)) + 1)
    )
    near = tuple(NearestSource(name, source_fields(records[name])) for name in articles)
    silence = Abstention(draw(st.sampled_from(Reason)), ("what", "où"), near)
    ranks = st.lists(st.sampled_from([quote.rank for quote in quotes] or [1]), unique=True)
    notes = st.builds(
        Note, st.sampled_from(NoteKind), ranks.map(sorted).map(tuple), count=st.none() | st.just(3)
    )
    answer = Answer(
        question=draw(strategies.TEXTS),
        searched=draw(strategies.TEXTS),
        collection=COLLECTION,
        asked=draw(st.sampled_from([None, "2024-02-29"])),
        quotes=quotes,
        notes=tuple(keep_notes(draw(st.lists(notes, max_size=3)), quotes)),
        abstained=None if quotes else silence,
        confidence=draw(st.floats(0, 1)),
        index="0123456789abcdef",
        elapsed_ms=0.0,
    )
    return Told(articles, records, answer)


@st.composite
def true_quotes(
    draw: DrawFn, articles: dict[str, str], records: dict[str, Source], rank: int
) -> Quote:
    """Draw quotes that are true of the articles."""
    name, *others = draw(st.permutations(sorted(articles)))
    article = strategies.Article(COLLECTION, name, 1, articles[name], hash_text(articles[name]), ())
    copies = []
    for other in others:
        span = draw(strategies.spans(len(articles[other])))
        words = span.slice(articles[other])
        source = source_fields(records[other])
        sha256 = hash_text(articles[other])
        copies.append(Place(other, 1, sha256, span.start, span.end, words, source))
    quote = draw(strategies.quotes(article, rank=rank))
    return replace(quote, source=source_fields(records[name]), also_in=tuple(copies))


@contextmanager
def storing(desk: Desk, told: Told) -> Iterator[Connection]:
    """Rehearse a store that holds an answer and what it quotes."""
    with desk.store.rehearsal() as connection:
        for article_id, words in told.articles.items():
            add(desk, connection, article_id, words, told.sources[article_id])
        record(desk, connection, told.answer)
        yield connection


def add(desk: Desk, connection: Connection, article_id: str, words: str, source: Source) -> None:
    desk.store.add(
        connection,
        collection=COLLECTION,
        article_id=article_id,
        text=words,
        source=source,
        at=desk.now(),
        by="test",
    )


def record(
    desk: Desk, connection: Connection, answer: Answer, further: tuple[Quote, ...] = ()
) -> None:
    answers.record(
        connection,
        answer,
        key="key",
        server_id=SERVER,
        channel_id=CHANNEL,
        visibility=Visibility.PUBLIC,
        member_key=None,
        at=desk.now(),
        further=further,
    )


def ask(desk: Desk) -> Answer:
    """Return an answer with two quotes of the harbour article, and record it."""
    answer = answer_question(desk.indexes.open(COLLECTION), Request(QUESTION))
    with desk.store.transaction() as connection:
        record(desk, connection, answer)
    assert [quote.article_id for quote in answer.quotes] == ["harbour", "harbour"]
    return replace(answer, elapsed_ms=0.0)


def recalled(desk: Desk) -> Recalled:
    return recall_key(desk, member(), "key")


def recall_in(desk: Desk, connection: Connection) -> Recalled:
    kept = answers.get(connection, SERVER, "key")
    assert kept is not None
    return recall(desk, connection, kept)


@share_of_examples(0.4)
@given(told())
def test_an_answer_comes_back_equal_while_its_sources_stand(shared_desk: Desk, told: Told) -> None:
    with storing(shared_desk, told) as connection:
        found = recall_in(shared_desk, connection)

    assert found.answer() == told.answer
    assert (found.gone, dict(found.corrected), found.widened) == ((), {}, frozenset())


@share_of_examples(0.4)
@given(told(), st.data())
def test_whatever_happens_every_word_shown_is_a_stored_word_and_nothing_is_lost(
    shared_desk: Desk, told: Told, data: st.DataObject
) -> None:
    """A quote stands or is gone, exactly one of both; what stands is true of the store."""
    with storing(shared_desk, told) as connection:
        for article_id in told.articles:
            change = data.draw(st.none() | st.sampled_from(CHANGES))
            change_one(shared_desk, connection, article_id, told, change)
        found = recall_in(shared_desk, connection)

        ranks = sorted([quote.rank for quote in found.quotes] + [gone.rank for gone in found.gone])
        assert ranks == [quote.rank for quote in told.answer.quotes]
        shown = found.answer()
        if shown is not None:
            store = shared_desk.store
            assert check_answer(shown, lambda *at: store.text(connection, COLLECTION, *at)) == []
            quoted = {quote.article_id for quote in shown.quotes}
            quoted |= {place.article_id for quote in shown.quotes for place in quote.also_in}
            states = {one.article_id: one for one in store.list(connection, COLLECTION)}
            assert all(states[name].state is State.ACTIVE for name in quoted)
            assert all(states[name].version == 1 for name in quoted)


def change_one(
    desk: Desk, connection: Connection, article_id: str, told: Told, change: str | None
) -> None:
    source = told.sources[article_id]
    if change in {"withdraw", "purge"}:
        act = desk.store.withdraw if change == "withdraw" else desk.store.purge
        act(connection, COLLECTION, article_id, reason="for a test", at=desk.now(), by="test")
    elif change == "another text":
        add(desk, connection, article_id, f"{article_id}: now other words", source)
    elif change == "another source":
        corrected = replace(source, title=f"{source.title}, corrected")
        add(desk, connection, article_id, told.articles[article_id], corrected)


def test_an_unknown_answer_is_refused(desk: Desk) -> None:
    with pytest.raises(Refused) as refused:
        recall_key(desk, member(), "unknown")

    assert refused.value.line.sentence is Refusal.NO_ANSWER


def test_another_server_does_not_see_an_answer(desk: Desk) -> None:
    ask(desk)
    join_server(desk, OTHER_SERVER)

    with pytest.raises(Refused) as refused:
        recall_key(desk, member(server_id=OTHER_SERVER), "key")
    assert refused.value.line.sentence is Refusal.NO_ANSWER


@pytest.mark.parametrize(
    ("action", "cause"), [("withdraw", GoneCause.WITHDRAWN), ("purge", GoneCause.PURGED)]
)
def test_a_source_taken_back_takes_its_quotes_and_says_when(
    desk: Desk, clock: Clock, action: str, cause: GoneCause
) -> None:
    ask(desk)
    clock.pass_time(days=3)
    change_articles(desk, action, ["harbour"])
    clock.pass_time(days=3)

    found = recalled(desk)

    assert found.quotes == ()
    assert found.gone == (Gone(1, cause, date(2024, 5, 4)), Gone(2, cause, date(2024, 5, 4)))
    assert found.answer() is None


def test_a_restored_source_brings_its_quotes_back(desk: Desk) -> None:
    answer = ask(desk)
    change_articles(desk, "withdraw", ["harbour"])
    change_articles(desk, "restore", ["harbour"])

    assert recalled(desk).answer() == answer


def test_a_source_with_a_newer_text_is_not_quoted_as_it_was(desk: Desk, clock: Clock) -> None:
    """Even where the sentence still stands there: what was said of it may have changed."""
    ask(desk)
    clock.pass_time(days=1)
    add_articles(desk, COLLECTION, {"harbour": HARBOUR + "Corrected: it was 45.\n"})

    assert recalled(desk).gone == tuple(
        Gone(rank, GoneCause.CORRECTED, date(2024, 5, 2)) for rank in (1, 2)
    )


def test_a_corrected_source_record_is_shown_and_said(desk: Desk, clock: Clock) -> None:
    ask(desk)
    clock.pass_time(days=1)
    with desk.store.transaction() as connection:
        source = replace(source_of("harbour"), title="Cranes")
        add(desk, connection, "harbour", HARBOUR, source)

    found = recalled(desk)

    assert [quote.source.title for quote in found.quotes] == ["Cranes", "Cranes"]
    assert found.corrected == {1: date(2024, 5, 2), 2: date(2024, 5, 2)}


def test_a_retracted_answer_shows_no_quote_until_that_is_undone(desk: Desk, clock: Clock) -> None:
    answer = ask(desk)
    clock.pass_time(days=2)
    with desk.store.transaction() as connection:
        answers.retract(connection, "key", at=clock(), reason=RetractReason.RULES)
    change_articles(desk, "withdraw", ["harbour"])
    change_articles(desk, "restore", ["harbour"])

    taken_back = Gone(1, GoneCause.RETRACTED, date(2024, 5, 3), RetractReason.RULES)
    assert recalled(desk).gone == (taken_back, replace(taken_back, rank=2))
    assert recalled(desk).answer() is None
    with desk.store.transaction() as connection:
        answers.restore(connection, "key")
    assert recalled(desk).answer() == answer


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE versions SET text = replace(text, '54', '45')",
        "UPDATE versions SET text = NULL",
        "UPDATE citations SET sha256 = replace(sha256, '3', '4')",
        'UPDATE citations SET "end" = "end" + 1000',
        "UPDATE citations SET context = '[[500, 9000]]'",
        "UPDATE citations SET article_id = 'unknown'",
        "UPDATE sources SET record = 'not JSON'",
    ],
)
def test_what_was_tampered_with_is_not_shown(desk: Desk, tampering: str) -> None:
    """Every quoted character equals the stored text, or the quote is not shown."""
    ask(desk)
    with desk.store.transaction() as connection:
        connection.execute(text(tampering))

    assert recalled(desk).gone == tuple(Gone(rank, GoneCause.UNVERIFIED, None) for rank in (1, 2))


def test_a_wider_quote_shows_more_of_the_same_text(desk: Desk) -> None:
    answer = ask(desk)
    second = answer.quotes[1]
    context = second.context[0]
    with desk.store.transaction() as connection:
        answers.widen(connection, "key", 2, Span(context.start, second.end))

    found = recalled(desk)

    first, wider = found.quotes
    assert first == answer.quotes[0]
    assert wider.text == HARBOUR[context.start : second.end]
    assert (wider.prefix, wider.suffix) == (
        HARBOUR[context.start - 32 : context.start],
        second.suffix,
    )
    assert wider.context == ()  # it stands in the quote
    assert found.widened == {2}


def test_a_wider_quote_that_is_gone_is_not_among_the_widened(desk: Desk) -> None:
    ask(desk)
    with desk.store.transaction() as connection:
        answers.widen(connection, "key", 1, Span(0, 90))
    change_articles(desk, "withdraw", ["harbour"])

    assert recalled(desk).widened == frozenset()


def test_a_copy_that_no_longer_stands_is_not_listed(desk: Desk) -> None:
    answer = answer_question(desk.indexes.open(COLLECTION), Request(QUESTION))
    add_articles(desk, COLLECTION, {"copy": COPY, "other": COPY + "More.\n"})
    source = source_fields(source_of("copy"))
    copies = tuple(
        Place(name, 1, hash_text(words), 9, 44, words[9:44], replace(source, file=f"{name}.txt"))
        for name, words in [("copy", COPY), ("other", COPY + "More.\n")]
    )
    first = replace(answer.quotes[0], also_in=copies)
    with desk.store.transaction() as connection:
        record(desk, connection, replace(answer, quotes=(first,)))
    change_articles(desk, "withdraw", ["copy"])

    found = recalled(desk)

    assert [place.article_id for place in found.quotes[0].also_in] == ["other"]
    assert found.gone == ()


def test_pages_are_answers_of_their_own(desk: Desk) -> None:
    """Notes go with the quotes they are about; a page without a standing quote is none."""
    answer = answer_question(desk.indexes.open(COLLECTION), Request(QUESTION))
    first, second = answer.quotes
    place = NotePlace("harbour", 1, 0, 10)
    elsewhere = NotePlace("ferry", 1, 0, 10)
    both = Note(NoteKind.CAPTION, (1, 2), (place, elsewhere))
    general = Note(NoteKind.STARTER)
    with desk.store.transaction() as connection:
        page = replace(answer, quotes=(first,), notes=(both, general))
        record(desk, connection, page, further=(second,))

    found = recalled(desk)

    later = found.answer([2])
    assert later is not None
    assert later.quotes == (second,)
    assert later.notes == (Note(NoteKind.CAPTION, (2,), (place,)), general)
    assert found.answer([3]) is None


def test_silence_names_only_sources_that_may_be_named(desk: Desk) -> None:
    near = [NearestSource(name, source_fields(source_of(name))) for name in ("harbour", "ferry")]
    silence = Abstention(Reason.NOT_THIS_FACT, ("colour",), tuple(near))
    answer = Answer(QUESTION, QUESTION, COLLECTION, None, (), (), silence, 0.1, "0" * 16, 0.0)
    with desk.store.transaction() as connection:
        record(desk, connection, answer)
    assert recalled(desk).answer() == answer

    change_articles(desk, "withdraw", ["harbour"])

    shown = recalled(desk).answer()
    assert shown is not None
    assert shown.abstained is not None
    assert shown.abstained.nearest == (near[1],)


def test_a_question_that_is_no_longer_kept_is_empty(desk: Desk) -> None:
    ask(desk)
    with desk.store.transaction() as connection:
        connection.execute(text("UPDATE answers SET question = NULL, searched = NULL"))

    shown = recalled(desk).answer()

    assert shown is not None
    assert (shown.question, shown.searched) == ("", "")
    assert len(shown.quotes) == 2
