"""Looking closer: paragraphs, words that matched, further quotes, and reasons for silence."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.actions import Action
from bot.catalogue.answers import AnswerSentence
from bot.catalogue.asking import AskingSentence
from bot.catalogue.lines import Line
from bot.catalogue.refusals import Refusal
from bot.catalogue.screens import ScreenSentence
from bot.conversation.actors import Actor
from bot.conversation.answers import asking
from bot.conversation.desk import Desk, Refused
from bot.conversation.recalling import recall_key
from bot.ledger import answers, forgetting
from bot.rendering.fitting import fits
from tests.bot.conversation.desks import (
    ASKER,
    OTHER_SERVER,
    SERVER,
    STRANGER,
    add_articles,
    change_articles,
    join_server,
    make_desk,
    member,
    moderator,
    stranger,
)
from tests.bot.conversation.presses import (
    UNKNOWN,
    ask_privately,
    leaf_through,
    note_sent,
    post_answer,
    press,
    press_shown,
    read_record,
    retract,
)
from tests.bot.conversation.screens import actions, buttons, excerpts, said
from tests.stories import HARBOUR

COST = "How much does removing one crane cost?"
LOOKING = [Action.CONTEXT, Action.VERIFY, Action.WHY, Action.MORE]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Return a desk with the articles of the harbour and the ferry."""
    return make_desk(tmp_path)


def assert_unknown(desk: Desk, actor: Actor, action: Action, key: str) -> None:
    """Fail unless a press is refused as one about no answer."""
    with pytest.raises(Refused) as refused:
        press(desk, actor, action, key)

    assert refused.value.line == Line(Refusal.NO_ANSWER)


def mention_in_vain(desk: Desk) -> str:
    """Ask in a channel what no article answers, and return the silence's key."""
    asked = asking.answer_mention(desk, member(), UNKNOWN, replied_to=None)
    assert asked is not None
    note_sent(desk, asked, member())
    return asked.answer_key


def find_topic(desk: Desk, text: str) -> str:
    """Return the key of the passages on the topic of a message."""
    return buttons(asking.find_sources(desk, member(), text).screen)[0].target.key


def test_context_shows_the_paragraphs_around_a_quote_for_any_member(desk: Desk) -> None:
    key = post_answer(desk, COST)

    shown = excerpts(press_shown(desk, stranger(), Action.CONTEXT, key))

    paragraphs = HARBOUR.split("\n\n")
    assert shown[:3] == paragraphs[2:5]
    assert all(words in HARBOUR for words in shown)


def test_context_says_what_it_cannot_show(tmp_path: Path) -> None:
    """Hidden characters beside a quote are not shown; the source is named."""
    text = "Harbours are \u202eold\u202c.\n\nThe port of Varnholm counted 54 cranes in May.\n"
    desk = make_desk(tmp_path, articles={"hidden": text})
    key = post_answer(desk, "How many cranes did the port of Varnholm count?")

    screen = press_shown(desk, member(), Action.CONTEXT, key)

    assert AnswerSentence.UNSHOWABLE.template.words in said(screen)
    assert excerpts(screen) == ["The port of Varnholm counted 54 cranes in May."]
    assert "About the hidden" in said(screen)


def test_context_of_a_quote_that_is_gone_says_so(desk: Desk) -> None:
    key = post_answer(desk, COST)
    change_articles(desk, "withdraw", ["harbour"])

    screen = press_shown(desk, member(), Action.CONTEXT, key)

    assert not excerpts(screen)
    assert any("withdrawn" in words for words in said(screen))


def test_long_paragraphs_go_on_behind_a_button(tmp_path: Path) -> None:
    """Each page can be sent, and together they show every quote's surroundings once."""
    sentence = "The *{}* _crane_ (of) [Varnholm] *stands* _idle_ (at) [the] *quay* {}, since 2009. "
    text = "\n\n".join(
        "".join(sentence.format(f"{block}{n}", n) for n in range(12)) for block in "abcd"
    )
    desk = make_desk(tmp_path, articles={"long": text})
    key = post_answer(desk, "Which cranes of Varnholm stand idle at the quay since 2009?")

    pages = leaf_through(desk, member(), Action.CONTEXT, key)

    shown = [words for screen in pages for words in said(screen)]
    around = [words for words in shown if words.startswith("Around quote")]
    assert len(pages) > 1
    assert all(map(fits, pages))
    assert len(set(around)) == len(around) >= 3


def test_why_names_the_words_that_matched_for_any_member(desk: Desk) -> None:
    key = post_answer(desk, COST)

    screen = press_shown(desk, stranger(), Action.WHY, key)

    assert "[1] removing, one, crane, cost" in said(screen)
    assert not buttons(screen)


def test_why_names_a_word_as_it_was_searched_for(desk: Desk) -> None:
    """A slip in the question stands in no quote: the word it was taken for does."""
    key = post_answer(desk, COST.replace("crane", "crnae"))

    screen = press_shown(desk, stranger(), Action.WHY, key)

    assert "[1] removing, one, crane, cost" in said(screen)


def test_why_offers_the_asker_what_only_they_may_do(desk: Desk) -> None:
    """A mention has no receipt: here the asker finds it."""
    key = post_answer(desk, COST)

    screen = press_shown(desk, member(), Action.WHY, key)

    assert actions(screen) == [Action.NAME, Action.DELETE]


def test_why_names_words_of_the_title(desk: Desk) -> None:
    key = post_answer(desk, "Which report about the harbour named the institute?")

    assert any(
        "in the title: harbour" in w for w in said(press_shown(desk, member(), Action.WHY, key))
    )


def test_why_says_when_the_question_is_no_longer_kept(desk: Desk) -> None:
    key = post_answer(desk, COST)
    with desk.store.transaction() as connection:
        forgetting.forget(connection, SERVER, ASKER)

    screen = press_shown(desk, stranger(), Action.WHY, key)

    assert said(screen) == [AskingSentence.WHY_QUESTION_GONE.template.words]


@pytest.mark.parametrize("change", ["withdraw", "purge"])
def test_why_says_that_the_quotes_are_gone(desk: Desk, change: str) -> None:
    """The message may still show them: it is corrected in a moment."""
    key = post_answer(desk, COST)
    gone = len(recall_key(desk, member(), key).quotes)
    change_articles(desk, change, ["harbour", "ferry"])

    words = said(press_shown(desk, stranger(), Action.WHY, key))

    assert AskingSentence.WHY.template.words not in words
    assert sum("is gone: its article was" in each for each in words) == gone


def test_why_says_that_a_message_is_not_kept(desk: Desk) -> None:
    key = find_topic(desk, "cranes")

    screen = press_shown(desk, member(), Action.WHY, key)

    assert said(screen)[0] == AskingSentence.WHY_NOT_KEPT.template.words


@pytest.mark.parametrize("question", ["cranes " * 142, "crane-" * 160, "(_crane*) " * 100])
def test_why_fits_whatever_was_asked(desk: Desk, question: str) -> None:
    key = ask_privately(desk, question)

    assert fits(press_shown(desk, member(), Action.WHY, key))


def test_the_reasons_for_silence_are_for_everybody_and_its_button_for_the_asker(
    desk: Desk,
) -> None:
    key = mention_in_vain(desk)

    own = press_shown(desk, member(), Action.WHY, key)
    others = press_shown(desk, stranger(), Action.WHY, key)

    assert AnswerSentence.NO_MATCH.template.words in said(own)
    assert AnswerSentence.NO_MATCH.template.words in said(others)
    assert actions(own) == [Action.ASK_MODERATOR, Action.DELETE]
    assert actions(others) == []
    assert not excerpts(own)
    assert not excerpts(others)


def test_nothing_but_the_question_matters_to_moderators_once_it_is_kept_no_longer(
    desk: Desk,
) -> None:
    """Without the question there is nothing to send them."""
    key = mention_in_vain(desk)
    with desk.store.transaction() as connection:
        forgetting.forget(connection, SERVER, ASKER)

    assert not buttons(press_shown(desk, member(), Action.WHY, key))


def test_silence_has_no_quotes_to_look_at(desk: Desk) -> None:
    """Silence never shows a quote, whatever button is forged."""
    key = mention_in_vain(desk)

    for action in (Action.CONTEXT, Action.VERIFY):
        assert_unknown(desk, member(), action, key)
    assert not excerpts(press_shown(desk, member(), Action.MORE, key))


def test_more_shows_the_further_quotes(desk: Desk) -> None:
    key = find_topic(desk, "cranes ferry fuel report institute fishermen")
    recalled = recall_key(desk, member(), key)

    screen = press_shown(desk, member(), Action.MORE, key, 4)

    words = [quote.text for quote in recalled.quotes if quote.rank >= 4]
    assert words
    assert [shown for shown in excerpts(screen) if shown in words] == words[:3]
    numbers = [words for words in said(screen) if words.startswith("[")]
    assert numbers == [f"[{rank}]" for rank in range(4, 4 + len(words[:3]))]


def test_every_page_of_passages_on_a_message_says_that_it_is_no_verdict(desk: Desk) -> None:
    key = find_topic(desk, "cranes ferry fuel report institute fishermen")

    screen = press_shown(desk, member(), Action.MORE, key, 4)

    assert said(screen)[0] == AskingSentence.NO_VERDICT.template.words


def test_any_page_that_is_asked_for_can_be_sent(desk: Desk) -> None:
    key = post_answer(desk)

    for action in LOOKING:
        for page in (0, 1, 2, 3, 999, 10_000):
            assert fits(press_shown(desk, stranger(), action, key, page))


def test_after_a_retraction_every_button_says_so(desk: Desk) -> None:
    """A private message cannot be edited later: its buttons tell."""
    key = ask_privately(desk)
    retract(desk, key)

    for action in LOOKING:
        screen = press_shown(desk, member(), action, key)

        words = said(screen)
        assert not excerpts(screen)
        assert ScreenSentence.BECAUSE_OUTDATED.template.words in words
        assert any("2024-05-01" in line for line in words)


@pytest.mark.parametrize("is_forgotten", [True, False])
def test_a_private_answer_is_for_its_asker_alone(desk: Desk, is_forgotten: bool) -> None:
    """Nor does anybody learn that there is one; once the asker is forgotten, nobody is."""
    key, user_id = ask_privately(desk), STRANGER
    if is_forgotten:
        user_id = ASKER
        with desk.store.transaction() as connection:
            forgetting.forget(connection, SERVER, ASKER)

    for action in LOOKING:
        for actor in (member(user_id), moderator(user_id)):
            assert_unknown(desk, actor, action, key)


def test_a_forged_key_is_unknown(desk: Desk) -> None:
    key = post_answer(desk)

    for action in LOOKING:
        for forged in ("", "forged", "key-9999", key.upper(), key + "0", "x" * 64):
            assert_unknown(desk, member(), action, forged)


def test_another_servers_answer_is_unknown(desk: Desk) -> None:
    join_server(desk, OTHER_SERVER)
    key = post_answer(desk)

    for action in LOOKING:
        assert_unknown(desk, moderator(server_id=OTHER_SERVER), action, key)


def test_a_deleted_answer_is_unknown(desk: Desk) -> None:
    key = post_answer(desk)
    with desk.store.transaction() as connection:
        answers.mark_deleted(connection, key)

    for action in LOOKING:
        assert_unknown(desk, member(), action, key)


def test_context_is_that_of_the_version_that_was_quoted(desk: Desk) -> None:
    """A newer text says something else: nothing of it is shown as context of the old words."""
    key = post_answer(desk, COST)
    add_articles(desk, f"server-{SERVER}", {"harbour": HARBOUR.replace("200,000", "300,000")})

    screen = press_shown(desk, member(), Action.CONTEXT, key)

    assert not excerpts(screen)
    assert read_record(desk, key).citations[0].version == 1
