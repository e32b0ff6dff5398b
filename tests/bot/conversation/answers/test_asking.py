"""A question in, an answer out: who sees it, what is stored, and what silence shows."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.actions import Action
from bot.catalogue.answers import REASONS, AnswerSentence
from bot.catalogue.asking import AskingRefusal, AskingSentence
from bot.catalogue.lines import Line
from bot.catalogue.refusals import Refusal
from bot.catalogue.screens import ScreenSentence
from bot.conversation.answers import asking
from bot.conversation.answers.asking import AskRequest
from bot.conversation.desk import Desk, Refused
from bot.ledger import forgetting, members, retention, servers
from bot.ledger.records import AnswerState, Filters, Visibility
from bot.rendering.fitting import fits
from bot.rendering.message import QuestionText
from corpus.errors import CorpusError
from retrieval.answer import MAX_QUESTION_CHARS, Reason
from tests.bot.conversation.desks import (
    ASKER,
    CHANNEL,
    MESSAGE,
    OTHER_CHANNEL,
    OTHER_SERVER,
    SERVER,
    Clock,
    change_articles,
    join_server,
    make_desk,
    member,
    set_server,
    stranger,
)
from tests.bot.conversation.presses import (
    CRANES,
    FUEL,
    UNKNOWN,
    message_of,
    note_sent,
    post_answer,
    press_shown,
    read_record,
)
from tests.bot.conversation.screens import actions, buttons, excerpts, said
from tests.stories import HARBOUR

HOSTILE = [
    "How many cranes? @everyone <@1> ||x|| # Head",
    "How many cranes? \u202eevil\u202c \u200b",
    "How many cranes? x" + "\u0301" * 200,
    "How many cranes? [click](https://evil.example) ```x```",
    "How many cranes?\n> fake quote\n-# [1]",
    "[a](" * 200,
    "\\" * 999,
    "*" * 1000,
    "\U000e0041" * 400,
    "'s " * 300,
]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Return a desk with the articles of the harbour and the ferry."""
    return make_desk(tmp_path)


def test_a_question_with_an_answer_is_answered_for_all_to_see(desk: Desk) -> None:
    asked = asking.ask(desk, member(), AskRequest(CRANES))

    assert (asked.is_public, asked.is_answered) == (True, True)
    assert HARBOUR.splitlines()[0] in excerpts(asked.screen)
    assert actions(asked.screen)[:4] == [
        Action.CONTEXT,
        Action.VERIFY,
        Action.WHY,
        Action.REPORT,
    ]


def test_a_public_answer_names_nobody(desk: Desk) -> None:
    """Who asked is theirs to tell."""
    asked = asking.ask(desk, member(), AskRequest(CRANES))

    assert not any(str(ASKER) in words for words in said(asked.screen))


def test_an_answer_is_stored_before_it_is_sent(desk: Desk) -> None:
    """Whoever pulls the plug now finds it again."""
    asked = asking.ask(desk, member(), AskRequest(CRANES, source="harbour"))

    record = read_record(desk, asked.answer_key)
    assert record.state is AnswerState.PENDING
    assert record.visibility is Visibility.PUBLIC
    assert record.question == CRANES
    assert record.filters == Filters("harbour")
    assert record.channel_id == CHANNEL
    assert record.citations[0].article_id == "harbour"


def test_without_a_filter_none_is_stored(desk: Desk) -> None:
    asked = asking.ask(desk, member(), AskRequest(CRANES))

    assert read_record(desk, asked.answer_key).filters is None


def test_a_private_answer_offers_to_be_posted(desk: Desk) -> None:
    asked = asking.ask(desk, member(), AskRequest(CRANES, private=True))

    assert (asked.is_public, asked.is_answered) == (False, True)
    assert Action.POST in actions(asked.screen)
    assert read_record(desk, asked.answer_key).visibility is Visibility.PRIVATE


@pytest.mark.parametrize(
    ("settings", "is_public"),
    [
        ({}, True),
        ({"channels": (CHANNEL,)}, True),
        ({"channels": (OTHER_CHANNEL,)}, False),
        ({"public": False}, False),
        ({"public": False, "channels": (CHANNEL,)}, False),
    ],
)
def test_a_server_decides_where_answers_are_public(
    desk: Desk, settings: dict[str, object], is_public: bool
) -> None:
    set_server(desk, **settings)

    assert asking.ask(desk, member(), AskRequest(CRANES)).is_public is is_public


@pytest.mark.parametrize(("parent", "is_public"), [(OTHER_CHANNEL, True), (None, False)])
def test_what_a_server_decides_of_a_channel_holds_in_its_threads(
    desk: Desk, parent: int | None, is_public: bool
) -> None:
    set_server(desk, channels=(OTHER_CHANNEL,))
    actor = replace(member(), parent_channel_id=parent)

    assert asking.ask(desk, actor, AskRequest(CRANES)).is_public is is_public


def test_where_quoth_may_not_post_the_asker_alone_sees_the_answer(desk: Desk) -> None:
    asked = asking.ask(desk, replace(member(), can_post=False), AskRequest(CRANES))

    assert (asked.is_public, asked.is_answered) == (False, True)


def test_silence_is_private_says_why_and_shows_no_quote(desk: Desk) -> None:
    """No answer is better than a wrong one, and nobody need see that there is none."""
    asked = asking.ask(desk, member(), AskRequest("Who painted the cranes of Rio de Janeiro?"))

    record = read_record(desk, asked.answer_key)
    assert (asked.is_public, asked.is_answered) == (False, False)
    assert not excerpts(asked.screen)
    assert record.citations == ()
    assert record.reason is not None
    assert REASONS[record.reason].text in said(asked.screen)
    assert any("Janeiro" in words for words in said(asked.screen))
    assert "About the harbour" in said(asked.screen)
    assert actions(asked.screen) == [Action.ASK_MODERATOR]


@pytest.mark.parametrize(
    ("request_", "sentence"),
    [
        (AskRequest(""), AskingRefusal.EMPTY),
        (AskRequest(" \n\t"), AskingRefusal.EMPTY),
        (AskRequest("crane " * 200), AskingRefusal.TOO_LONG),
        (AskRequest("cranes\0"), AskingRefusal.NOT_TEXT),
        (AskRequest("cranes \ud800"), AskingRefusal.NOT_TEXT),
        (AskRequest(CRANES, source="nowhere"), AskingRefusal.UNKNOWN_SOURCE),
        (AskRequest(CRANES, source=" "), AskingRefusal.UNKNOWN_SOURCE),
        (AskRequest(CRANES, source="x" * 5000), AskingRefusal.UNKNOWN_SOURCE),
        (AskRequest(CRANES, published_from="yesterday"), AskingRefusal.NOT_A_DAY),
        (AskRequest(CRANES, published_to="2024-02-30"), AskingRefusal.NOT_A_DAY),
        (AskRequest(CRANES, published_to=""), AskingRefusal.NOT_A_DAY),
        (
            AskRequest(CRANES, published_from="2024-05-02", published_to="2024-05-01"),
            AskingRefusal.REVERSED,
        ),
    ],
)
def test_what_cannot_be_searched_is_refused_by_a_line_and_not_stored(
    desk: Desk, request_: AskRequest, sentence: AskingRefusal
) -> None:
    with pytest.raises(Refused) as refused:
        asking.ask(desk, member(), request_)

    assert refused.value.line.sentence is sentence
    with desk.store.reading() as connection:
        assert members.find_key(connection, SERVER, ASKER) is None


def test_a_question_of_the_greatest_length_is_asked(desk: Desk) -> None:
    question = CRANES.ljust(MAX_QUESTION_CHARS, "?")

    assert fits(asking.ask(desk, member(), AskRequest(question)).screen)


def test_only_the_named_source_and_period_are_asked(desk: Desk) -> None:
    in_time = AskRequest(CRANES, "HARBOUR", "2024-04-30", "2024-04-30")
    too_late = replace(in_time, published_from="2024-05-01", published_to="2024-05-01")

    assert asking.ask(desk, member(), in_time).is_answered
    assert not asking.ask(desk, member(), too_late).is_answered
    assert not asking.ask(desk, member(), replace(in_time, source="ferry")).is_answered


@pytest.mark.parametrize("question", HOSTILE)
def test_a_hostile_question_is_data_on_a_screen_that_can_be_sent(desk: Desk, question: str) -> None:
    for request in (AskRequest(question), AskRequest(question, private=True)):
        screen = asking.ask(desk, member(), request).screen

        assert fits(screen)
        assert [leaf.text for leaf in screen.leaves() if isinstance(leaf, QuestionText)] == [
            question
        ]


def test_further_quotes_are_stored_behind_those_shown(desk: Desk) -> None:
    """Each stands under "More" once, and a mention of few words brings them all."""
    shown = asking.find_sources(desk, member(), "cranes ferry fuel report institute fishermen")

    key = buttons(shown.screen)[0].target.key
    citations = [cited for cited in read_record(desk, key).citations if cited.place == 0]
    spans = [(cited.article_id, cited.span) for cited in citations]
    assert [cited.rank for cited in citations] == list(range(1, len(citations) + 1))
    assert len(citations) > 3
    assert len(set(spans)) == len(spans)


def test_what_was_withdrawn_before_the_answer_is_sent_is_not_posted(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second check reads the store: the index may be a moment behind."""
    index = desk.indexes.open(f"server-{SERVER}")
    change_articles(desk, "withdraw", ["harbour"])
    monkeypatch.setattr(type(desk.indexes), "open", lambda *_: index)

    asked = asking.ask(desk, member(), AskRequest(CRANES, source="harbour"))

    assert (asked.is_public, asked.is_answered) == (False, False)
    assert not excerpts(asked.screen)


def test_a_mention_is_answered_in_the_channel(desk: Desk) -> None:
    asked = asking.answer_mention(desk, member(), CRANES, replied_to=None)

    assert asked is not None
    assert (asked.is_public, asked.is_answered) == (True, True)
    assert HARBOUR.splitlines()[0] in excerpts(asked.screen)


@pytest.mark.parametrize("settings", [{"public": False}, {"channels": (OTHER_CHANNEL,)}])
def test_a_mention_goes_unheard_where_answers_are_not_public(
    desk: Desk, settings: dict[str, object]
) -> None:
    set_server(desk, **settings)

    assert asking.answer_mention(desk, member(), CRANES, replied_to=None) is None
    with desk.store.reading() as connection:
        assert members.find_key(connection, SERVER, ASKER) is None


def test_a_mention_without_an_answer_gets_one_line_and_a_button(desk: Desk) -> None:
    asked = asking.answer_mention(desk, member(), UNKNOWN, replied_to=None)

    assert asked is not None
    assert not asked.is_answered
    assert said(asked.screen) == [
        ScreenSentence.SHORT_SILENCE.template.words,
        ScreenSentence.REASONS.template.words,
    ]
    assert actions(asked.screen) == [Action.WHY]


def test_an_empty_mention_is_refused_by_a_line(desk: Desk) -> None:
    with pytest.raises(Refused) as refused:
        asking.answer_mention(desk, member(), " ", replied_to=None)

    assert refused.value.line == Line(AskingRefusal.EMPTY)


def test_a_follow_up_runs_as_typed_first(desk: Desk) -> None:
    earlier = post_answer(desk)

    asked = asking.answer_mention(desk, member(), FUEL, replied_to=message_of(earlier))

    assert asked is not None
    record = read_record(desk, asked.answer_key)
    assert asked.is_answered
    assert (record.follows, record.searched) == (earlier, FUEL)
    assert AnswerSentence.SEARCHED_FOR.template.words not in said(asked.screen)


def test_a_follow_up_that_finds_nothing_is_joined_to_the_question_before(desk: Desk) -> None:
    """And what was run is shown: nobody wonders what the quotes are an answer to."""
    earlier = post_answer(desk)

    asked = asking.answer_mention(desk, stranger(), "On which day?", replied_to=message_of(earlier))

    assert asked is not None
    assert asked.is_answered
    assert read_record(desk, asked.answer_key).question == "On which day?"
    shown = said(asked.screen)
    assert shown[:4] == ["Question:", "On which day?", "Searched for:", f"{CRANES} On which day?"]


def test_a_follow_up_of_a_forgotten_question_runs_as_typed_alone(desk: Desk) -> None:
    earlier = post_answer(desk)
    with desk.store.transaction() as connection:
        forgetting.forget(connection, SERVER, ASKER)

    asked = asking.answer_mention(desk, stranger(), "On which day?", replied_to=message_of(earlier))

    assert asked is not None
    assert not asked.is_answered


def test_a_forgotten_question_is_forgotten_in_its_follow_ups_too(desk: Desk) -> None:
    """It stands in what they searched for, and on their messages."""
    earlier = post_answer(desk)
    asked = asking.answer_mention(desk, stranger(), "On which day?", replied_to=message_of(earlier))
    assert asked is not None
    note_sent(desk, asked, stranger())

    with desk.store.transaction() as connection:
        posted = forgetting.forget(connection, SERVER, ASKER).posted

    record = read_record(desk, asked.answer_key)
    assert (record.question, record.searched) == ("On which day?", None)
    assert posted == (earlier, asked.answer_key)


def test_a_follow_up_keeps_no_question_longer_than_it_is_kept_itself(tmp_path: Path) -> None:
    clock = Clock()
    desk = make_desk(tmp_path, clock=clock)
    earlier = post_answer(desk)
    clock.pass_time(days=29)
    asked = asking.answer_mention(desk, stranger(), "On which day?", replied_to=message_of(earlier))
    assert asked is not None

    clock.pass_time(days=2)
    with desk.store.transaction() as connection:
        retention.expire(connection, SERVER, at=desk.now())

    record = read_record(desk, asked.answer_key)
    assert (record.question, record.searched) == ("On which day?", None)


def test_a_follow_up_too_long_to_be_joined_runs_as_typed_alone(desk: Desk) -> None:
    earlier = post_answer(desk)
    typed = "When? ".ljust(MAX_QUESTION_CHARS, "?")

    asked = asking.answer_mention(desk, member(), typed, replied_to=message_of(earlier))

    assert asked is not None
    assert read_record(desk, asked.answer_key).searched == typed


def test_a_reply_to_any_other_message_is_a_question_of_its_own(desk: Desk) -> None:
    asked = asking.answer_mention(desk, member(), CRANES, replied_to=MESSAGE - 1)

    assert asked is not None
    assert read_record(desk, asked.answer_key).follows is None


def test_sources_for_a_message_stand_under_the_line_that_they_are_no_verdict(desk: Desk) -> None:
    shown = asking.find_sources(desk, member(), "Everybody knows there are 900 cranes in Varnholm!")

    assert said(shown.screen)[0] == AskingSentence.NO_VERDICT.template.words
    assert HARBOUR.splitlines()[0] in excerpts(shown.screen)
    assert Action.POST not in actions(shown.screen)


def test_a_message_is_never_stored(desk: Desk) -> None:
    """It is somebody else's, and they asked nothing of Quoth."""
    asking.find_sources(desk, member(), "Zanzibar has more cranes than Varnholm.")

    assert b"Zanzibar" not in desk.directory.database.read_bytes()


@pytest.mark.parametrize("text", ["", "\ud800\0", "the and of", "Zanzibar " * 500, *HOSTILE])
def test_any_message_can_be_looked_up(desk: Desk, text: str) -> None:
    screen = asking.find_sources(desk, member(), text).screen

    assert fits(screen)
    assert said(screen)[0] == AskingSentence.NO_VERDICT.template.words


def test_only_the_beginning_of_a_message_is_looked_up(desk: Desk) -> None:
    at_the_end = "zanzibar " * 200 + "cranes"

    assert not excerpts(asking.find_sources(desk, member(), at_the_end).screen)


def test_a_message_without_a_match_has_silence_without_a_button(desk: Desk) -> None:
    screen = asking.find_sources(desk, member(), "Zanzibar").screen

    assert REASONS[Reason.NO_MATCH].text in said(screen)
    assert not buttons(screen)


def test_the_first_question_of_a_server_joins_it(tmp_path: Path) -> None:
    """Discord may name a server after somebody there has asked."""
    desk = make_desk(tmp_path)

    asking.ask(desk, member(server_id=OTHER_SERVER), AskRequest(CRANES))

    with desk.store.reading() as connection:
        assert servers.find(connection, OTHER_SERVER) is not None


def test_answers_do_not_depend_on_other_servers(tmp_path: Path) -> None:
    alone, beside = make_desk(tmp_path / "alone"), make_desk(tmp_path / "beside")
    join_server(beside, OTHER_SERVER, articles={"copy": HARBOUR, "more": f"Cranes.\n\n{HARBOUR}"})

    screens = [asking.ask(desk, member(), AskRequest(CRANES)).screen for desk in (alone, beside)]

    assert screens[0] == screens[1]


def test_no_server_sees_what_another_one_has(desk: Desk) -> None:
    join_server(desk, OTHER_SERVER, articles={"other": "The mayor of Oster Point is Anna Berg."})

    asked = asking.ask(desk, member(), AskRequest("Who is the mayor of Oster Point?"))

    assert not any("Berg" in words for words in excerpts(asked.screen))


def test_an_answer_to_a_forged_server_is_unknown(desk: Desk) -> None:
    join_server(desk, OTHER_SERVER)
    key = post_answer(desk)

    with pytest.raises(Refused) as refused:
        press_shown(desk, member(server_id=OTHER_SERVER), Action.MORE, key)

    assert refused.value.line == Line(Refusal.NO_ANSWER)


def test_a_store_that_cannot_be_written_sends_nothing(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is not stored could never be taken back."""

    def fail(*_: object, **__: object) -> None:
        raise CorpusError

    monkeypatch.setattr("bot.ledger.answers.record", fail)

    with pytest.raises(CorpusError):
        asking.ask(desk, member(), AskRequest(CRANES))
