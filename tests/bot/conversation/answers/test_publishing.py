"""What only its asker may do: post an answer, show their name, delete it, send the question on."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.actions import Action, Target
from bot.catalogue.asking import AskingRefusal, AskingSentence
from bot.catalogue.lines import Line
from bot.catalogue.refusals import Refusal
from bot.conversation.actors import Actor
from bot.conversation.answers import arriving, asking, publishing
from bot.conversation.answers.asking import AskRequest
from bot.conversation.desk import Desk, Refused
from bot.conversation.handlers import HANDLERS
from bot.conversation.responses import Delete, Pressed, Publish, Show, Sweep
from bot.conversation.upkeep.correcting import posted_screen
from bot.ledger import audit, forgetting, members, sweeps
from bot.ledger.audit import AuditAction
from bot.ledger.records import AnswerState, Visibility
from bot.rendering.message import ExcerptText
from tests.bot.conversation.desks import (
    ASKER,
    CHANNEL,
    MESSAGE,
    OTHER_CHANNEL,
    OTHER_SERVER,
    SERVER,
    change_articles,
    join_server,
    make_desk,
    member,
    moderator,
    set_server,
    stranger,
)
from tests.bot.conversation.presses import (
    UNKNOWN,
    ask_privately,
    message_of,
    post_answer,
    press,
    press_shown,
    read_record,
    retract,
)
from tests.bot.conversation.reports import waiting
from tests.bot.conversation.screens import actions, buttons, said
from tests.stories import HARBOUR

THREAD = 910_000_000_000_000_077

ASKER_ONLY = [
    Action.POST,
    Action.NAME,
    Action.DELETE,
    Action.DELETE_NOW,
    Action.ASK_MODERATOR,
]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Return a desk with the articles of the harbour and the ferry."""
    return make_desk(tmp_path)


def assert_refused(desk: Desk, actor: Actor, action: Action, key: str, why: Refusal) -> None:
    """Fail unless a press is refused for a reason."""
    with pytest.raises(Refused) as refused:
        press(desk, actor, action, key)

    assert refused.value.line == Line(why)


def ask_in_vain(desk: Desk) -> str:
    """Ask what no article answers, and return the silence's key."""
    return asking.ask(desk, member(), AskRequest(UNKNOWN)).answer_key


def test_posting_makes_a_private_answer_public(desk: Desk) -> None:
    """And what is posted is what any later correction of the message starts from."""
    key = ask_privately(desk)

    response = press(desk, member(), Action.POST, key)

    assert isinstance(response, Publish)
    assert response.answer_key == key
    assert Action.POST not in actions(response.screen)
    assert not any(str(ASKER) in words for words in said(response.screen))
    record = read_record(desk, key)
    assert (record.visibility, record.state) == (Visibility.PUBLIC, AnswerState.PENDING)
    with desk.store.reading() as connection:
        assert posted_screen(desk, connection, record) == response.screen


def test_the_private_answer_becomes_the_receipt(desk: Desk) -> None:
    key = ask_privately(desk)
    press(desk, member(), Action.POST, key)

    screen = arriving.note_sent(desk, member(), key, channel_id=CHANNEL, message_id=MESSAGE)

    assert said(screen)[0] == AskingSentence.POSTED.template.words
    assert actions(screen) == [Action.NAME, Action.DELETE]


def test_two_presses_post_once(desk: Desk) -> None:
    """A second message would be one that nobody could correct."""
    key = ask_privately(desk)
    press(desk, member(), Action.POST, key)

    with pytest.raises(Refused) as refused:
        press(desk, member(), Action.POST, key)

    assert refused.value.line == Line(AskingRefusal.ALREADY_POSTED)


@pytest.mark.parametrize("is_told", [True, False])
def test_what_could_not_be_posted_may_be_tried_again(desk: Desk, is_told: bool) -> None:
    """Discord may refuse a message: the answer is then the asker's own, or failed."""
    key = ask_privately(desk)
    press(desk, member(), Action.POST, key)
    if is_told:
        arriving.note_failed(desk, key)
    else:
        arriving.note_sent(desk, member(), key, channel_id=CHANNEL, message_id=None)

    assert isinstance(press(desk, member(), Action.POST, key), Publish)


def test_an_answer_is_posted_where_its_asker_is(desk: Desk) -> None:
    key = ask_privately(desk)

    press(desk, member(channel_id=OTHER_CHANNEL), Action.POST, key)

    assert read_record(desk, key).channel_id == OTHER_CHANNEL


def test_a_thread_is_posted_in_like_its_channel(desk: Desk) -> None:
    key = ask_privately(desk)
    set_server(desk, channels=(CHANNEL,))
    actor = replace(member(channel_id=THREAD), parent_channel_id=CHANNEL)

    assert isinstance(press(desk, actor, Action.POST, key), Publish)
    assert read_record(desk, key).channel_id == THREAD


@pytest.mark.parametrize("settings", [{"public": False}, {"channels": (OTHER_CHANNEL,)}])
def test_the_rules_of_the_channel_are_checked_when_it_is_posted(
    desk: Desk, settings: dict[str, object]
) -> None:
    key = ask_privately(desk)
    set_server(desk, **settings)

    with pytest.raises(Refused) as refused:
        press(desk, member(), Action.POST, key)

    assert refused.value.line == Line(AskingRefusal.NOT_HERE)
    assert read_record(desk, key).visibility is Visibility.PRIVATE


def test_quoths_own_permission_is_checked_when_it_is_posted(desk: Desk) -> None:
    key = ask_privately(desk)

    with pytest.raises(Refused) as refused:
        press(desk, replace(member(), can_post=False), Action.POST, key)

    assert refused.value.line == Line(AskingRefusal.CANNOT_POST)


def test_quotes_are_verified_again_before_they_are_posted(desk: Desk) -> None:
    key = ask_privately(desk)
    change_articles(desk, "withdraw", ["harbour"])

    with pytest.raises(Refused) as refused:
        press(desk, member(), Action.POST, key)

    assert refused.value.line == Line(AskingRefusal.NOTHING_STANDS)
    assert read_record(desk, key).visibility is Visibility.PRIVATE


def test_silence_is_never_posted(desk: Desk) -> None:
    with pytest.raises(Refused):
        press(desk, member(), Action.POST, ask_in_vain(desk))


def test_passages_on_a_message_are_never_posted(desk: Desk) -> None:
    """In the channel they would look like an answer, or a verdict."""
    shown = asking.find_sources(desk, member(), "The cranes of Varnholm")

    with pytest.raises(Refused):
        press(desk, member(), Action.POST, buttons(shown.screen)[0].target.key)


def test_the_name_is_shown_on_the_message_once_its_asker_says_so(desk: Desk) -> None:
    key = post_answer(desk)

    response = press(desk, member(), Action.NAME, key, 1)

    assert isinstance(response, Show)
    assert response.effects == (Sweep(),)
    assert said(response.screen)[0] == AskingSentence.POSTED_WITH_NAME.template.words
    with desk.store.reading() as connection:
        record = read_record(desk, key)
        shown = said(posted_screen(desk, connection, record))
        correction = sweeps.next_due(connection, CHANNEL, at=desk.now())
    assert any(str(ASKER) in words for words in shown)
    assert correction is not None
    assert correction.answer_key == key


def test_the_name_is_hidden_again(desk: Desk) -> None:
    key = post_answer(desk)
    press(desk, member(), Action.NAME, key, 1)

    screen = press_shown(desk, member(), Action.NAME, key, 0)

    assert said(screen)[0] == AskingSentence.POSTED.template.words
    assert not read_record(desk, key).named


def test_a_button_pressed_twice_does_the_same_once(desk: Desk) -> None:
    """A receipt may be pressed again before it changes."""
    key = post_answer(desk)
    press(desk, member(), Action.NAME, key, 1)

    press(desk, member(), Action.NAME, key, 1)

    assert read_record(desk, key).named
    with desk.store.reading() as connection:
        correction = sweeps.next_due(connection, CHANNEL, at=desk.now())
    assert correction is not None
    assert len(correction.sweeps) == 1


def test_a_private_answer_shows_no_name(desk: Desk) -> None:
    with pytest.raises(Refused) as refused:
        press(desk, member(), Action.NAME, ask_privately(desk), 1)

    assert refused.value.line == Line(AskingRefusal.NOT_PUBLIC)


def test_deleting_asks_first(desk: Desk) -> None:
    key = post_answer(desk)

    screen = press_shown(desk, member(), Action.DELETE, key)

    assert actions(screen) == [Action.DELETE_NOW, Action.CANCEL]
    assert read_record(desk, key).state is AnswerState.SENT


def test_an_answer_is_deleted_once_its_message_is(desk: Desk) -> None:
    """Until Discord has deleted it, it stands there, and must stay correctable."""
    key = post_answer(desk)

    response = press(desk, member(), Action.DELETE_NOW, key)

    assert response == Delete(key, CHANNEL, message_of(key))
    assert read_record(desk, key).state is AnswerState.SENT
    publishing.note_deleted(desk, member(), key)
    assert read_record(desk, key).state is AnswerState.DELETED
    with desk.store.reading() as connection:
        (entry,) = audit.entries(connection, SERVER, limit=1)
        assert entry.actor == members.find_key(connection, SERVER, ASKER)
    assert (entry.action, entry.subject) == (AuditAction.ANSWER_DELETED, key)


def test_a_private_answer_is_deleted_without_a_message(desk: Desk) -> None:
    key = ask_privately(desk)

    response = press(desk, member(), Action.DELETE_NOW, key)

    assert isinstance(response, Show)
    assert said(response.screen) == [AskingSentence.DELETED.template.words]
    assert read_record(desk, key).state is AnswerState.DELETED


def test_nobody_else_notes_an_answer_as_deleted(desk: Desk) -> None:
    key = post_answer(desk)

    with pytest.raises(Refused):
        publishing.note_deleted(desk, stranger(), key)

    assert read_record(desk, key).state is AnswerState.SENT


def test_an_answer_on_its_way_cannot_be_deleted(desk: Desk) -> None:
    """Its message would arrive afterwards, and nobody could find it."""
    asked = asking.ask(desk, member(), AskRequest("How many abandoned cranes were counted?"))

    with pytest.raises(Refused) as refused:
        press(desk, member(), Action.DELETE_NOW, asked.answer_key)

    assert refused.value.line == Line(Refusal.CHANGED)


def test_an_asker_is_told_what_moderators_will_see(desk: Desk) -> None:
    screen = press_shown(desk, member(), Action.ASK_MODERATOR, ask_in_vain(desk))

    assert UNKNOWN in said(screen)
    assert AskingSentence.ASK_MODERATOR_ASK.template.words in said(screen)
    assert actions(screen) == [Action.ASK_MODERATOR_NOW, Action.CANCEL]


@pytest.mark.parametrize("action", [Action.ASK_MODERATOR, Action.ASK_MODERATOR_NOW])
def test_passages_on_a_message_are_no_question_for_moderators(desk: Desk, action: Action) -> None:
    """No button offers it, but one can be forged: nobody asked, and there is nothing to read."""
    asking.find_sources(desk, member(), "Who is the president of Brazil?")
    key = only_key(desk)
    assert read_record(desk, key).reason is not None

    with pytest.raises(Refused) as refused:
        HANDLERS[action].handle(desk, member(), Pressed(Target(action, key)))

    assert refused.value.line == Line(AskingRefusal.QUESTION_GONE)
    assert waiting(desk) == []


def only_key(desk: Desk) -> str:
    """Return the key of the only answer."""
    with desk.store.reading() as connection:
        ((key,),) = connection.exec_driver_sql("SELECT answer_key FROM answers").all()
    return str(key)


def test_only_silence_is_sent_to_moderators(desk: Desk) -> None:
    with pytest.raises(Refused):
        press(desk, member(), Action.ASK_MODERATOR, post_answer(desk))


@pytest.mark.parametrize("action", [Action.POST, Action.NAME])
def test_what_was_taken_back_is_neither_posted_nor_named(desk: Desk, action: Action) -> None:
    key = ask_privately(desk)
    retract(desk, key)

    screen = press_shown(desk, member(), action, key)

    assert not any(isinstance(leaf, ExcerptText) for leaf in screen.leaves())
    assert any("taken back" in words for words in said(screen))
    assert read_record(desk, key).visibility is Visibility.PRIVATE


@pytest.mark.parametrize("actor", [stranger(), moderator()])
def test_nobody_else_may(desk: Desk, actor: Actor) -> None:
    key = post_answer(desk)

    for action in ASKER_ONLY:
        assert_refused(desk, actor, action, key, Refusal.NOT_ASKER)
    assert read_record(desk, key).state is AnswerState.SENT


def test_nobody_may_once_the_asker_is_forgotten(desk: Desk) -> None:
    key = post_answer(desk)
    with desk.store.transaction() as connection:
        forgetting.forget(connection, SERVER, ASKER)

    for action in ASKER_ONLY:
        assert_refused(desk, member(), action, key, Refusal.NOT_ASKER)


def test_the_same_person_on_another_server_may_not(desk: Desk) -> None:
    join_server(desk, OTHER_SERVER, articles={"harbour": HARBOUR})

    for key in (ask_privately(desk), post_answer(desk)):
        for action in ASKER_ONLY:
            assert_refused(desk, member(server_id=OTHER_SERVER), action, key, Refusal.NO_ANSWER)
