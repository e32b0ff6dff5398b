"""Every action there is, pressed by whoever may not: nothing is told, and nothing changes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import pytest
from sqlalchemy import select

from bot.actions import Action, Target
from bot.conversation.actors import Actor
from bot.conversation.desk import Desk, Refused
from bot.conversation.handlers import HANDLERS
from bot.conversation.responses import (
    Open,
    PostCard,
    Pressed,
    Publish,
    Response,
    Show,
    Way,
)
from bot.ledger.schema import ANSWERS, METADATA, REPORTS, REVIEWS
from tests.bot.conversation.desks import (
    OTHER_SERVER,
    SERVER,
    Clock,
    administrator,
    join_server,
    make_desk,
    member,
    moderator,
    set_server,
    stranger,
)
from tests.bot.conversation.presses import CRANES, UNKNOWN, ask_privately, post_answer
from tests.bot.conversation.reports import MODERATORS_CHANNEL, push, send_report, submit
from tests.bot.conversation.screens import buttons, said

ASIDE, NOTE = "Zanzibar", "Quicksilver"  # stand in a private question, and in notes
OTHER_ARTICLES = {"other": "A lighthouse burned down in March. Nobody lived there."}
FORMS = (
    {},
    {"note": "", "choice": "wrong_passage"},
    {"note": "", "choice": "1"},
    {
        "member_questions": "9",
        "member_seconds": "9",
        "server_questions": "9",
        "retention_days": "9",
    },
)
VALUES = ((), ("harbour",), (str(MODERATORS_CHANNEL),))
SHOWS = (PostCard, Publish, Show)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Return two servers, on the first of which something of each kind has happened."""
    desk = make_desk(tmp_path_factory.mktemp("desk"), clock=Clock())
    set_server(desk, moderators_channel=MODERATORS_CHANNEL)
    join_server(desk, OTHER_SERVER, articles=OTHER_ARTICLES)
    public, taken_back = post_answer(desk), post_answer(desk)
    answer = ask_privately(desk, f"{CRANES} {ASIDE}")
    silence = ask_privately(desk, f"{UNKNOWN} {ASIDE}")
    send_report(desk, public, note=NOTE)
    decided = send_report(desk, answer, note=NOTE)
    submit(desk, moderator(), Action.DISMISS, decided, note=NOTE)
    push(desk, member(), Action.ASK_MODERATOR_NOW, silence)
    submit(desk, moderator(), Action.RETRACT, answer, choice="rules", note=NOTE)
    draft = submit(desk, moderator(), Action.RETRACT, taken_back, choice="rules", note=NOTE)
    confirm, _ = buttons(draft.screen)
    push(desk, moderator(), Action.RETRACT_NOW, confirm.target.key)
    return desk


def test_another_servers_administrator_reaches_nothing_of_this_one(desk: Desk) -> None:
    """Whatever key they got hold of: it names nothing where they are."""
    everything = {*answer_keys(desk), *review_keys(desk), "harbour", "ferry", ""}
    before = rows_of_server(desk)

    for action, told in press_all(desk, administrator(server_id=OTHER_SERVER), everything):
        words = ("cranes", "harbour", "ferry", ASIDE, NOTE, str(SERVER))
        assert [word for word in words if word in told] == [], action

    assert rows_of_server(desk) == before


def test_a_member_reaches_nothing_that_is_anothers_or_the_moderators(desk: Desk) -> None:
    """Articles and posted answers are for all to see; everything else is refused."""
    private = {*answer_keys(desk, visibility="private"), *review_keys(desk), "harbour", ""}
    before = rows_of_server(desk)

    for action, told in press_all(desk, stranger(), private):
        assert [word for word in (ASIDE, NOTE) if word in told] == [], action

    assert rows_of_server(desk) == before


def test_a_moderator_is_shown_a_private_answer_only_where_it_was_sent_to_them(desk: Desk) -> None:
    """Its key alone opens nothing: neither question nor quotes."""
    looking = (Action.CONTEXT, Action.VERIFY, Action.WHY, Action.MORE, Action.POST, Action.DELETE)
    for key in answer_keys(desk, visibility="private"):
        for action in looking:
            with pytest.raises(Refused):
                push(desk, moderator(), action, key)


def press_all(desk: Desk, actor: Actor, pressed_on: set[str]) -> Iterator[tuple[Action, str]]:
    """Press every button on every key, and yield what was told, if it was not refused."""
    for action, key in product(HANDLERS, sorted(pressed_on)):
        for pressed in variants(action, key):
            try:
                response = HANDLERS[action].handle(desk, actor, pressed)
            except Refused as refused:
                yield action, refused.line.text
            else:
                yield action, tell(response)


def variants(action: Action, key: str) -> Iterator[Pressed]:
    """Yield the presses, choices and forms that an action may come with."""
    if HANDLERS[action].way is Way.FORM:
        yield from (Pressed(Target(action, key, 1), fields=form) for form in FORMS)
    else:
        chosen = frozenset({MODERATORS_CHANNEL})
        yield from (Pressed(Target(action, key, 1), each, roles=chosen) for each in VALUES)


def tell(response: Response) -> str:
    """Return all that a response says to anybody."""
    if isinstance(response, Open):
        fields = (text for one in response.form.fields for text in (one.label.text, one.value))
        return " ".join((response.form.title.text, *fields))
    if not isinstance(response, SHOWS):
        return str(response)
    told = said(response.screen)
    if isinstance(response, Show):
        told += [tell(effect) for effect in response.effects if isinstance(effect, SHOWS)]
        told += [each.content.decode() for each in response.attachments]
    return " ".join(told)


def answer_keys(desk: Desk, **where: str) -> list[str]:
    """Return the keys of this server's answers."""
    found = select(ANSWERS.c.answer_key).filter_by(server_id=SERVER, **where)
    with desk.store.reading() as connection:
        return list(connection.scalars(found))


def review_keys(desk: Desk) -> list[str]:
    """Return the keys of all reports and of what was decided about them."""
    with desk.store.reading() as connection:
        reported = connection.scalars(select(REPORTS.c.report_key)).all()
        return [*reported, *connection.scalars(select(REVIEWS.c.review_key))]


def rows_of_server(desk: Desk) -> list[str]:
    """Return all that the ledger holds of this server."""
    with desk.store.reading() as connection:
        rows = (
            row
            for table in METADATA.sorted_tables
            for row in connection.execute(select(table)).mappings()
        )
        return [str(tuple(row.values())) for row in rows if row.get("server_id", SERVER) == SERVER]
