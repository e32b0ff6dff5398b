"""Verify: every quote recomputed from the store, and what differs said by kind."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import update

from bot.actions import Action
from bot.catalogue.asking import AskingSentence
from bot.catalogue.lines import Line
from bot.catalogue.refusals import Refusal
from bot.conversation.answers import asking
from bot.conversation.answers.verifying import verify_message
from bot.conversation.desk import Desk, Refused
from bot.ledger import answers
from bot.ledger.records import RetractReason
from bot.ledger.schema import CITATIONS
from bot.rendering.fitting import fits
from bot.rendering.screen import Audience, Screen
from corpus.article import hash_text
from corpus.schema import VERSIONS
from tests.bot.conversation.desks import (
    MESSAGE,
    MODERATOR_ROLE,
    OTHER_SERVER,
    SERVER,
    STRANGER,
    add_articles,
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
    leaf_through,
    message_of,
    note_sent,
    post_answer,
    press_shown,
    read_record,
)
from tests.bot.conversation.screens import buttons, excerpts, said
from tests.stories import HARBOUR

STANDS, FAILS = "\u2713", "\u2717"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Return a desk with the articles of the harbour and the ferry."""
    return make_desk(tmp_path)


def marks(screen: Screen) -> list[str]:
    """Return what came of each quote, in order."""
    return [words[0] for words in said(screen) if words[0] in STANDS + FAILS]


def tamper(desk: Desk, **values: object) -> None:
    """Change citations behind the ledger's back."""
    with desk.store.transaction() as connection:
        connection.execute(update(CITATIONS).values(values))


def test_each_quote_that_stands_says_where(desk: Desk) -> None:
    key = post_answer(desk)

    screen = press_shown(desk, stranger(), Action.VERIFY, key)

    count = len([one for one in read_record(desk, key).citations if one.place == 0])
    assert marks(screen) == [STANDS] * count
    assert (
        "\u2713 [1] stands, word for word: characters 0 to 86 of article harbour, version 1."
        in (said(screen))
    )
    assert "Checked against the stored articles at 2024-05-01 12:00 UTC." in said(screen)


def test_members_see_neither_record_nor_button(desk: Desk) -> None:
    screen = press_shown(desk, member(), Action.VERIFY, post_answer(desk))

    assert not excerpts(screen)
    assert not buttons(screen)
    assert screen.audience is Audience.EVERYONE


@pytest.mark.parametrize(
    ("action", "words"),
    [("withdraw", "its article was withdrawn"), ("purge", "its article was removed for good")],
)
def test_a_quote_whose_article_is_taken_back_fails(desk: Desk, action: str, words: str) -> None:
    key = post_answer(desk)
    change_articles(desk, action, ["harbour"])

    screen = press_shown(desk, member(), Action.VERIFY, key)

    assert set(marks(screen)) == {FAILS}
    assert any(words in line for line in said(screen))
    assert any("2024-05-01" in line for line in said(screen))


def test_a_quote_of_a_corrected_article_fails_and_names_both_versions(desk: Desk) -> None:
    key = post_answer(desk)
    add_articles(desk, f"server-{SERVER}", {"harbour": HARBOUR.replace("54", "45")})

    screen = press_shown(desk, member(), Action.VERIFY, key)

    assert set(marks(screen)) == {FAILS}
    assert "Version 1 was quoted; version 2 is the current one." in said(screen)


def test_a_text_that_was_changed_behind_our_back_fails(desk: Desk) -> None:
    key = post_answer(desk)
    with desk.store.transaction() as connection:
        changed = HARBOUR.replace("54", "45").encode()
        connection.execute(update(VERSIONS).values(text=changed))

    screen = press_shown(desk, member(), Action.VERIFY, key)

    assert set(marks(screen)) == {FAILS}
    assert AskingSentence.OTHER_TEXT.template.words in said(screen)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"sha256": hash_text("another text")}, AskingSentence.OTHER_TEXT),
        ({"end": 10_000}, AskingSentence.OTHER_WORDS),
        ({"article_id": "unknown"}, AskingSentence.NOT_STORED),
    ],
)
def test_a_citation_that_was_never_true_fails(
    desk: Desk, values: dict[str, object], sentence: AskingSentence
) -> None:
    key = post_answer(desk)
    tamper(desk, **values)

    screen = press_shown(desk, member(), Action.VERIFY, key)

    assert set(marks(screen)) == {FAILS}
    assert sentence.template.words in said(screen)


def test_quotes_are_judged_one_by_one(desk: Desk) -> None:
    shown = asking.find_sources(desk, member(), "The cranes and the ferry, the fuel and the report")
    key = buttons(shown.screen)[0].target.key
    change_articles(desk, "withdraw", ["ferry"])

    screen = press_shown(desk, member(), Action.VERIFY, key)

    assert set(marks(screen)) == {STANDS, FAILS}


@pytest.mark.parametrize("by_role", [True, False])
def test_moderators_see_all_it_takes_to_judge(desk: Desk, by_role: bool) -> None:
    set_server(desk, moderator_roles=(MODERATOR_ROLE,))
    actor = moderator()
    if by_role:
        actor = type(actor)(
            SERVER, actor.channel_id, STRANGER, role_ids=frozenset({MODERATOR_ROLE})
        )
    key = post_answer(desk)

    screen = press_shown(desk, actor, Action.VERIFY, key)

    assert HARBOUR.split("\n\n")[1] in excerpts(screen)
    assert f"SHA-256 of the article's text: {hash_text(HARBOUR)}" in said(screen)
    assert "Varnholm Courier" in said(screen)
    assert [button.target.action for button in buttons(screen)] == [Action.RETRACT]


def test_moderators_see_the_copies_and_those_that_are_gone(tmp_path: Path) -> None:
    copies = {f"copy{number}": HARBOUR for number in range(3)}
    desk = make_desk(tmp_path, articles=copies)
    key = post_answer(desk)
    quoted = read_record(desk, key).citations[0].article_id

    gone = next(name for name in copies if name != quoted)
    change_articles(desk, "withdraw", [gone])
    screen = press_shown(desk, moderator(), Action.VERIFY, key)

    words = said(screen)
    assert "The same words, or nearly, stand in 1 other article:" in words
    assert "1 more place holds them no longer, or may not be named." in words


def test_the_menu_verifies_the_answer_of_a_message(desk: Desk) -> None:
    key = post_answer(desk)

    shown = verify_message(desk, moderator(), message_of(key))

    assert shown.screen == press_shown(desk, moderator(), Action.VERIFY, key)


def test_the_menu_is_for_moderators(desk: Desk) -> None:
    key = post_answer(desk)

    with pytest.raises(Refused) as refused:
        verify_message(desk, member(), message_of(key))

    assert refused.value.line == Line(Refusal.NOT_MODERATOR)


def test_the_menu_knows_no_other_message(desk: Desk) -> None:
    """Not somebody's own message, not silence, and not another server's answer."""
    join_server(desk, OTHER_SERVER)
    posted = post_answer(desk)
    silent = asking.answer_mention(desk, member(), UNKNOWN, replied_to=None)
    assert silent is not None
    note_sent(desk, silent, member())

    for actor, message in (
        (moderator(), MESSAGE - 1),
        (moderator(), message_of(silent.answer_key)),
        (moderator(server_id=OTHER_SERVER), message_of(posted)),
    ):
        with pytest.raises(Refused) as refused:
            verify_message(desk, actor, message)
        assert refused.value.line == Line(Refusal.NO_ANSWER)


def test_what_is_taken_back_is_not_offered_to_be_taken_back_again(desk: Desk) -> None:
    key = post_answer(desk)
    with desk.store.transaction() as connection:
        answers.retract(connection, key, at=desk.now(), reason=RetractReason.RULES)

    screen = press_shown(desk, moderator(), Action.VERIFY, key)

    assert set(marks(screen)) == {FAILS}
    assert not excerpts(screen)
    assert not buttons(screen)


def test_a_moderators_own_private_answer_is_not_theirs_to_retract(desk: Desk) -> None:
    key = ask_privately(desk, actor=moderator())

    assert not buttons(press_shown(desk, moderator(), Action.VERIFY, key))


def test_long_records_go_on_behind_a_button(tmp_path: Path) -> None:
    """Every page can be sent, and every quote is judged once."""
    sentence = "The *{}* crane of Varnholm _stands_ idle at the quay (number {}) [since] 2009. "
    text = "\n\n".join(
        "".join(sentence.format(f"{block}{n}", n) for n in range(12)) for block in "abcd"
    )
    desk = make_desk(tmp_path, articles={"long": text})
    key = post_answer(desk, "Which cranes of Varnholm stand idle at the quay since 2009?")

    pages = leaf_through(desk, moderator(), Action.VERIFY, key)

    assert len(pages) > 1
    assert all(map(fits, pages))
    stands = [words for screen in pages for words in said(screen) if words.startswith(STANDS)]
    assert len(set(stands)) == len(stands) >= 3
