"""The review queue: who looks at which report, and what they see of it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Barrier

import pytest

from bot.actions import Action, Target
from bot.catalogue.lines import Sentence
from bot.catalogue.refusals import Refusal
from bot.catalogue.reviewing import ReviewRefusal, ReviewSentence
from bot.conversation.actors import Actor
from bot.conversation.answers import publishing
from bot.conversation.desk import Desk, Refused
from bot.conversation.responses import PostCard, Show, Sweep
from bot.conversation.reviews import reporting, reviewing
from bot.conversation.reviews.report_screen import ON_CARD
from bot.ledger.forgetting import forget
from bot.ledger.reports import ReportState
from bot.rendering.fitting import check_screen
from bot.rendering.message import ExcerptText
from bot.rendering.screen import Audience, Screen, TypedText
from tests.bot.conversation.desks import (
    CHANNEL,
    MODERATOR,
    MODERATOR_ROLE,
    OTHER_MODERATOR,
    OTHER_SERVER,
    SERVER,
    Clock,
    administrator,
    change_articles,
    join_server,
    make_desk,
    member,
    moderator,
    set_server,
    stranger,
)
from tests.bot.conversation.presses import CRANES, UNKNOWN, ask_privately, post_answer
from tests.bot.conversation.reports import (
    CARD,
    MODERATORS_CHANNEL,
    acts,
    edit_cards,
    post_card,
    push,
    read_report,
    send_report,
    submit,
    waiting,
)
from tests.bot.conversation.screens import buttons, said

MODERATING = (
    Action.QUEUE,
    Action.SEE,
    Action.CLAIM,
    Action.RELEASE,
    Action.GOOD,
    Action.WRONG_PASSAGE,
    Action.MISLEADING_CUT,
    Action.WIDEN,
    Action.SOURCE_PROBLEM,
    Action.DISMISS,
    Action.UNDO,
    Action.AUDIT,
    Action.AUDIT_FILE,
    Action.RETRACT,
    Action.RETRACT_NOW,
)
OF_REPORTS = [action for action in MODERATING if action not in {Action.QUEUE, *MODERATING[-4:]}]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(tmp_path: Path, clock: Clock) -> Desk:
    return make_desk(tmp_path, clock=clock)


def show(desk: Desk, actor: Actor, action: Action, key: str, page: int = 0) -> Screen:
    response = push(desk, actor, action, key, page=page)
    assert isinstance(response, Show)
    assert response.screen.audience is Audience.MODERATORS
    check_screen(response.screen)
    return response.screen


@pytest.mark.parametrize("action", MODERATING)
@pytest.mark.parametrize("fields", [{}, {"note": "", "choice": "none"}])
def test_nobody_but_moderators_does_any_of_it(
    desk: Desk, action: Action, fields: dict[str, str]
) -> None:
    """Whatever a forged button or form says, who may is asked again."""
    answer = post_answer(desk)
    key = answer if action is Action.RETRACT else send_report(desk, answer)
    before = acts(desk)

    with pytest.raises(Refused) as refused:
        push(desk, stranger(), action, key, page=1, fields=fields)

    assert refused.value.line.sentence is Refusal.NOT_MODERATOR
    assert acts(desk) == before


@pytest.mark.parametrize("action", OF_REPORTS)
def test_another_servers_report_is_none(desk: Desk, action: Action) -> None:
    join_server(desk, OTHER_SERVER)
    key = send_report(desk, post_answer(desk))

    with pytest.raises(Refused) as refused:
        push(desk, moderator(server_id=OTHER_SERVER), action, key)

    assert refused.value.line.sentence is Refusal.NO_REPORT


def test_a_role_of_the_settings_makes_a_moderator(desk: Desk) -> None:
    set_server(desk, moderator_roles=(MODERATOR_ROLE,))
    trusted = replace(member(), role_ids=frozenset({MODERATOR_ROLE}))

    assert isinstance(reviewing.review(desk, trusted, 1), Show)


def test_the_queue_shows_what_waits_oldest_first_in_pages(desk: Desk, clock: Clock) -> None:
    keys = []
    for _ in range(reviewing.PAGE_REPORTS + 1):
        keys.append(send_report(desk, post_answer(desk)))
        clock.pass_time(minutes=1)

    first = reviewing.review(desk, moderator(), 0).screen
    second = show(desk, moderator(), Action.QUEUE, "", page=2)

    check_screen(first)
    seen = [b.target.key for b in buttons(first) if b.target.action is Action.SEE]
    seen += [b.target.key for b in buttons(second) if b.target.action is Action.SEE]
    assert seen == keys
    assert Target(Action.QUEUE, "", 2) in [button.target for button in buttons(first)]


def test_an_empty_queue_says_so(desk: Desk) -> None:
    screen = reviewing.review(desk, moderator(), 1).screen

    assert said(screen) == ["No report waits.", "Decided"]


def test_another_servers_reports_are_not_in_the_queue(desk: Desk) -> None:
    join_server(desk, OTHER_SERVER)
    send_report(desk, post_answer(desk))

    screen = reviewing.review(desk, moderator(server_id=OTHER_SERVER), 1).screen

    assert said(screen)[0] == "No report waits."


def test_a_moderator_sees_question_note_and_quotes_with_their_sources(desk: Desk) -> None:
    key = send_report(desk, post_answer(desk), note="Is this all?")

    screen = show(desk, moderator(), Action.SEE, key)

    leaves = list(screen.leaves())
    assert TypedText(CRANES) in leaves
    assert TypedText("Is this all?") in leaves
    assert any(isinstance(leaf, ExcerptText) and "54 abandoned" in leaf.text for leaf in leaves)
    assert "About the harbour" in said(screen)


def test_a_quote_that_is_gone_is_gone_for_moderators_too(desk: Desk) -> None:
    key = send_report(desk, post_answer(desk))
    change_articles(desk, "withdraw", ["harbour", "ferry"])

    screen = show(desk, moderator(), Action.SEE, key)

    assert not any(isinstance(leaf, ExcerptText) for leaf in screen.leaves())
    assert any("withdrawn" in words for words in said(screen))


def test_a_question_without_an_answer_shows_why(desk: Desk) -> None:
    answer = ask_privately(desk, UNKNOWN)
    push(desk, member(), Action.ASK_MODERATOR_NOW, answer)
    (report,) = waiting(desk)

    screen = show(desk, moderator(), Action.SEE, report.report_key)

    assert TypedText(UNKNOWN) in list(screen.leaves())
    assert any(words.startswith("No answer") for words in said(screen))
    decisions = {button.target.action for button in buttons(screen)}
    assert decisions == {Action.CLAIM, Action.GOOD, Action.DISMISS}


@pytest.mark.parametrize("character", ["`", "\U0001f600", "\n", "\u202e"])
def test_long_notes_and_questions_leave_room(desk: Desk, character: str) -> None:
    question = f"{CRANES} {character * 900}"
    answer = ask_privately(desk, question)
    key = send_report(desk, answer, note=f"x{character * 498}x")
    submit(desk, moderator(), Action.GOOD, key, note=f"x{character * 498}x")

    show(desk, moderator(), Action.SEE, key)
    show(desk, moderator(), Action.QUEUE, "decided")


def test_a_claim_is_told_to_everybody_and_recorded(desk: Desk) -> None:
    key = send_report(desk, post_answer(desk))

    screen = show(desk, moderator(), Action.CLAIM, key)

    assert read_report(desk, key).state is ReportState.CLAIMED
    assert f"Claimed by {MODERATOR} since 2024-05-01 12:00 UTC." in said(screen)
    assert acts(desk)[-1] == "claimed"


def test_two_moderators_at_once_one_wins_and_the_other_is_told_who_and_when(
    desk: Desk, clock: Clock
) -> None:
    key = send_report(desk, post_answer(desk))
    push(desk, moderator(), Action.CLAIM, key)
    clock.pass_time(minutes=5)

    for action in (Action.CLAIM, Action.GOOD, Action.MISLEADING_CUT, Action.WRONG_PASSAGE):
        with pytest.raises(Refused) as refused:
            push(desk, moderator(OTHER_MODERATOR), action, key)
        assert refused.value.line.sentence is Refusal.CLAIMED
        assert refused.value.line.text == (
            f"{MODERATOR} has claimed this since 2024-05-01 12:00 UTC."
        )


def test_of_two_claims_in_the_same_moment_one_wins(desk: Desk) -> None:
    key = send_report(desk, post_answer(desk))
    both = Barrier(2)

    def try_to_claim(user: int) -> Sentence | None:
        both.wait()
        try:
            push(desk, moderator(user), Action.CLAIM, key)
        except Refused as refused:
            return refused.line.sentence
        return None

    with ThreadPoolExecutor() as threads:
        came_of_it = list(threads.map(try_to_claim, (MODERATOR, OTHER_MODERATOR)))

    assert sorted(came_of_it, key=str) == sorted([None, Refusal.CLAIMED], key=str)
    assert acts(desk).count("claimed") == 1


def test_claiming_again_is_no_second_claim(desk: Desk) -> None:
    key = send_report(desk, post_answer(desk))
    push(desk, moderator(), Action.CLAIM, key)
    push(desk, moderator(), Action.CLAIM, key)

    assert acts(desk).count("claimed") == 1


def test_a_claim_is_released_by_who_made_it_or_an_administrator(desk: Desk) -> None:
    key = send_report(desk, post_answer(desk))
    push(desk, moderator(), Action.CLAIM, key)
    with pytest.raises(Refused) as refused:
        push(desk, moderator(OTHER_MODERATOR), Action.RELEASE, key)

    push(desk, administrator(), Action.RELEASE, key)
    assert read_report(desk, key).state is ReportState.OPEN
    push(desk, moderator(OTHER_MODERATOR), Action.CLAIM, key)
    push(desk, moderator(OTHER_MODERATOR), Action.RELEASE, key)

    assert refused.value.line.sentence is ReviewRefusal.NOT_CLAIMER
    assert acts(desk)[-4:] == ["claimed", "released", "claimed", "released"]


def test_what_a_forgotten_moderator_had_claimed_is_free(desk: Desk) -> None:
    key = send_report(desk, post_answer(desk))
    push(desk, moderator(), Action.CLAIM, key)
    with desk.store.transaction() as connection:
        forget(connection, SERVER, MODERATOR)

    show(desk, moderator(OTHER_MODERATOR), Action.CLAIM, key)


def test_a_card_changes_in_place_and_holds_no_quote(desk: Desk) -> None:
    """It stays in the channel for good; a quote on it would outlive its withdrawal."""
    set_server(desk, moderators_channel=MODERATORS_CHANNEL)
    shown = submit(desk, member(), Action.REPORT, post_answer(desk), choice="other")
    key = post_card(desk, shown)

    response = push(desk, moderator(), Action.CLAIM, key, page=ON_CARD, message_id=CARD)

    assert isinstance(response, Show)
    assert "Release" in said(response.screen)
    assert not any(isinstance(leaf, ExcerptText) for leaf in response.screen.leaves())
    check_screen(response.screen)


def test_a_card_follows_what_is_done_elsewhere(desk: Desk) -> None:
    set_server(desk, moderators_channel=MODERATORS_CHANNEL)
    shown = submit(desk, member(), Action.REPORT, post_answer(desk), choice="other")
    key = post_card(desk, shown)

    response = push(desk, moderator(), Action.CLAIM, key)

    assert isinstance(response, Show)
    assert response.effects == (Sweep(),)
    ((place, card),) = edit_cards(desk).items()
    assert place == (MODERATORS_CHANNEL, CARD)
    assert "Release" in said(card)


def test_what_is_done_before_a_card_is_noted_shows_on_it_afterwards(desk: Desk) -> None:
    """Moderators can see the card before Quoth is told where it stands."""
    set_server(desk, moderators_channel=MODERATORS_CHANNEL)
    shown = submit(desk, member(), Action.REPORT, post_answer(desk), choice="other")
    (posted,) = (effect for effect in shown.effects if isinstance(effect, PostCard))
    push(desk, moderator(), Action.CLAIM, posted.report_key)
    assert edit_cards(desk) == {}

    assert reporting.note_card(desk, moderator(), posted, CARD)

    (card,) = edit_cards(desk).values()
    assert "Release" in said(card)


def test_a_press_on_the_card_is_queued_too(desk: Desk) -> None:
    """An edit that is on its way may arrive after what the press shows."""
    set_server(desk, moderators_channel=MODERATORS_CHANNEL)
    shown = submit(desk, member(), Action.REPORT, post_answer(desk), choice="other")
    key = post_card(desk, shown)

    push(desk, moderator(), Action.CLAIM, key, page=ON_CARD, message_id=CARD)

    (card,) = edit_cards(desk).values()
    assert "Release" in said(card)


def test_a_card_tells_that_its_answer_was_deleted(desk: Desk) -> None:
    set_server(desk, moderators_channel=MODERATORS_CHANNEL)
    answer = post_answer(desk)
    post_card(desk, submit(desk, member(), Action.REPORT, answer, choice="other"))
    assert edit_cards(desk) == {}

    publishing.note_deleted(desk, member(), answer)

    (card,) = edit_cards(desk).values()
    assert ReviewSentence.ANSWER_DELETED.template.words in said(card)


def test_a_card_that_was_never_noted_is_known_from_its_first_press(desk: Desk) -> None:
    key = send_report(desk, post_answer(desk))

    push(desk, moderator(), Action.CLAIM, key, page=ON_CARD, message_id=CARD)

    report = read_report(desk, key)
    assert (report.channel_id, report.message_id) == (CHANNEL, CARD)
