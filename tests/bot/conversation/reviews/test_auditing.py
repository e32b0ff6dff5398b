"""``/audit``: who did what, when, to which answer."""

from __future__ import annotations

import csv
import io
from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.actions import Action, Target
from bot.catalogue.lines import Line
from bot.catalogue.refusals import Refusal
from bot.conversation.desk import Desk, Refused
from bot.conversation.responses import Show
from bot.conversation.reviews import auditing
from bot.conversation.reviews.auditing import (
    ABOUT_ANSWERS,
    ABOUT_ARTICLES,
    SETTINGS,
    WHAT,
    write_csv,
)
from bot.ledger import servers
from bot.ledger.audit import OPERATOR, QUOTH, AuditAction, append
from bot.ledger.forgetting import forget
from bot.ledger.servers import ServerSettings
from bot.rendering.fitting import check_screen
from bot.rendering.screen import Audience
from tests.bot.conversation.desks import (
    ADMINISTRATOR,
    ASKER,
    CHANNEL,
    MODERATOR,
    OTHER_SERVER,
    SERVER,
    Clock,
    administrator,
    join_server,
    make_desk,
    member,
    moderator,
)
from tests.bot.conversation.presses import ask_privately, post_answer, read_record
from tests.bot.conversation.reports import member_key, push, read_audit, send_report, submit
from tests.bot.conversation.screens import buttons, said

SPREADSHEET_STARTS = "=+-@\t\r"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return make_desk(tmp_path, clock=Clock())


def write_rows(desk: Desk, count: int, subject: str = "key", actor: str = OPERATOR) -> None:
    with desk.store.transaction() as connection:
        for number in range(count):
            append(
                connection,
                server_id=SERVER,
                at=desk.now(),
                actor=actor,
                action=list(AuditAction)[number % len(AuditAction)],
                subject=subject,
            )


def read_file(desk: Desk) -> list[dict[str, str]]:
    shown = push(desk, moderator(), Action.AUDIT_FILE, "")
    assert isinstance(shown, Show)
    (file,) = shown.attachments
    assert file.name == "audit.csv"
    return list(csv.DictReader(io.StringIO(file.content.decode("utf-8"), newline="")))


def test_every_action_has_words_and_is_about_something_known() -> None:
    assert set(WHAT) == set(AuditAction)
    assert not ABOUT_ANSWERS & ABOUT_ARTICLES


def test_every_setting_has_words_of_its_own() -> None:
    assert set(SETTINGS) == {field.name for field in fields(ServerSettings)}
    assert len({Line(sentence).text for sentence in SETTINGS.values()}) == len(SETTINGS)


@pytest.mark.parametrize(
    ("subject", "words"),
    [
        ("retention_days", "changed a setting: how many days questions are kept"),
        ("some_day", "changed a setting"),
    ],
)
def test_it_says_which_setting_was_changed(desk: Desk, subject: str, words: str) -> None:
    with desk.store.transaction() as connection:
        append(
            connection,
            server_id=SERVER,
            at=desk.now(),
            actor=OPERATOR,
            action=AuditAction.SETTING_CHANGED,
            subject=subject,
        )

    assert said(auditing.audit(desk, moderator()).screen)[3] == words


def test_it_says_when_who_what_and_where(desk: Desk) -> None:
    answer = post_answer(desk)
    key = send_report(desk, answer)
    submit(desk, moderator(), Action.GOOD, key)

    shown = auditing.audit(desk, moderator(), 0)

    message = read_record(desk, answer).message_id
    link = f"https://discord.com/channels/{SERVER}/{CHANNEL}/{message}"
    words = said(shown.screen)
    newest = ["2024-05-01 12:00 UTC", str(MODERATOR), "decided a report", "good", link]
    assert words[: 1 + len(newest)] == ["2 entries, newest first", *newest]
    assert words[6:10] == ["2024-05-01 12:00 UTC", str(ASKER), "reported an answer", link]
    assert shown.screen.audience is Audience.MODERATORS


def test_a_private_answer_has_a_key_and_no_link(desk: Desk) -> None:
    answer = ask_privately(desk)
    send_report(desk, answer)

    assert f"answer {answer}" in said(auditing.audit(desk, moderator(), 1).screen)


def test_who_is_forgotten_operator_and_quoth_itself(desk: Desk) -> None:
    send_report(desk, post_answer(desk))
    with desk.store.transaction() as connection:
        forget(connection, SERVER, ASKER)
    write_rows(desk, 1)
    write_rows(desk, 1, actor=QUOTH)

    words = said(auditing.audit(desk, moderator(), 1).screen)

    assert "a member who is no longer kept" in words
    assert {"the operator", "Quoth"} <= set(words)
    assert str(ASKER) not in words


def test_a_page_fits_whatever_the_entries_are_and_pages_turn(desk: Desk) -> None:
    write_rows(desk, 2 * len(AuditAction), subject="_" * 128)

    pages = [auditing.audit(desk, moderator(), page).screen for page in (1, 2, 5, 6)]

    for screen in pages:
        check_screen(screen)
    assert Target(Action.AUDIT, "", 2) in [button.target for button in buttons(pages[0])]
    assert pages[2] == pages[3]


def test_an_empty_log_and_a_member(desk: Desk) -> None:
    assert said(auditing.audit(desk, moderator(), 1).screen)[0] == (
        "Nothing has been recorded yet."
    )
    for act in (Action.AUDIT, Action.AUDIT_FILE):
        with pytest.raises(Refused) as refused:
            push(desk, member(), act, "")
        assert refused.value.line.sentence is Refusal.NOT_MODERATOR


def test_another_servers_entries_are_not_shown(desk: Desk) -> None:
    join_server(desk, OTHER_SERVER)
    send_report(desk, post_answer(desk))

    shown = auditing.audit(desk, moderator(server_id=OTHER_SERVER), 1)

    assert said(shown.screen)[0] == "Nothing has been recorded yet."


def test_the_file_holds_every_entry_of_the_server_oldest_first(desk: Desk) -> None:
    key = send_report(desk, post_answer(desk))
    submit(desk, moderator(), Action.GOOD, key)
    write_rows(desk, 30)

    rows = read_file(desk)

    assert [row["hash"] for row in rows] == [entry.hash for entry in read_audit(desk)]
    assert (rows[0]["action"], rows[0]["user_id"]) == ("reported", str(ASKER))
    assert rows[0]["actor"] == member_key(desk, member())
    assert rows[1]["detail"] == f"good {key}"
    assert rows[2]["user_id"] == ""


def test_no_cell_is_run_by_a_spreadsheet(desk: Desk) -> None:
    """A random key may begin with a minus, and a spreadsheet would take it for a formula."""
    write_rows(desk, 1, subject='=HYPERLINK("http://x")', actor="-key")

    (row,) = read_file(desk)

    assert (row["actor"], row["subject"]) == ("'-key", '\'=HYPERLINK("http://x")')


@given(st.lists(st.text(), min_size=1, max_size=8))
def test_whatever_a_cell_holds_it_is_read_back_as_inert_text(cells: list[str]) -> None:
    cells = [cell.replace("\0", "") for cell in cells]
    content = write_csv([cells]).decode("utf-8", "surrogatepass")

    _, row = csv.reader(io.StringIO(content, newline=""))

    for cell, read in zip(cells, row, strict=True):
        assert not read.startswith(tuple(SPREADSHEET_STARTS))
        assert read.removeprefix("'") == cell.removeprefix("'")


def test_a_member_of_a_server_that_shared_its_articles_is_not_named(desk: Desk) -> None:
    """What another server's administrator withdraws changes answers here; who they are stays there.

    The articles were shared when the answer was given, and are that server's own again.
    """
    own, others = f"server-{OTHER_SERVER}", f"server-{SERVER}"
    join_server(desk, OTHER_SERVER, articles={})
    with desk.store.transaction() as connection:
        servers.bind(connection, OTHER_SERVER, others, bound=True)
    post_answer(desk, actor=member(server_id=OTHER_SERVER))
    with desk.store.transaction() as connection:
        servers.bind(connection, OTHER_SERVER, own, bound=False)
    push(desk, administrator(), Action.WITHDRAW_NOW, "harbour", page=1, fields={"note": ""})
    reader = moderator(server_id=OTHER_SERVER)

    screen = auditing.audit(desk, reader).screen
    file = push(desk, reader, Action.AUDIT_FILE, "")

    assert read_audit(desk, OTHER_SERVER)[-1].action == AuditAction.ARTICLE_WITHDRAWN
    assert not any(str(ADMINISTRATOR) in line for line in said(screen))
    assert isinstance(file, Show)
    assert str(ADMINISTRATOR).encode() not in file.attachments[0].content
