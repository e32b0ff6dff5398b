"""Who did what, when, and to which answer: in the chat, as a file, and checked by the operator."""

from __future__ import annotations

import csv
import io
import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from tests.discord_server.guilds import Channel
from tests.discord_server.messages import Message
from tests.discord_server.people import Member
from tests.discord_server.world import World
from tests.scenarios.moderating import (
    FERRIES,
    FERRIES_QUOTE,
    NOT_MODERATOR,
    SWEEP_SECONDS,
    fill,
    find_card,
    mention,
    post,
    read,
    report,
    sees,
    use,
)
from tests.scenarios.steps import press

CHANGE = ("UPDATE audit SET actor = actor || 'x' WHERE number = :row",)
CHANGE_BACK = ("UPDATE audit SET actor = substr(actor, 1, length(actor) - 1) WHERE number = :row",)
CUT = (
    "CREATE TABLE hidden AS SELECT * FROM audit",
    "DELETE FROM hidden WHERE number != :row",
    "DELETE FROM audit WHERE number = :row",
)
PUT_BACK = ("INSERT INTO audit SELECT * FROM hidden", "DROP TABLE hidden")
TOGGLES = ["Keep answers private", "Post answers for all"]


def talk(world: World) -> Channel:
    """Return a channel in which nobody else talks."""
    return world.guild.add_channel("talk")


async def take_back(world: World, reporter: Member) -> Message:
    """Let an answer be asked for, reported, judged and taken back; return it."""
    answer = await post(world.asker, talk(world), FERRIES)
    await report(reporter, answer, note="They *told* me so.")
    card = await find_card(world, reporter)
    await press(world.moderator, card, "Claim")
    await fill(world.moderator, card, "Dismiss", {"note": "Nobody did."})
    await sees(world, card, "Decided by")
    await press(world.role_moderator, card, "Undo")
    form = (await world.moderator.menu(answer.channel, "Retract this answer", answer)).modal
    shown = await (await form.submit(choice="rules", note="House rules.")).settled()
    await press(world.moderator, shown.message, "Take it back")
    done = f"channel {answer.channel.id}: 1 corrections tried"  # and put down
    await world.server.until(lambda: done in world.bot.output, seconds=SWEEP_SECONDS)
    return answer


async def read_log(world: World) -> list[dict[str, str]]:
    """Return the CSV file that a moderator gets."""
    shown = (await use(world.moderator, world.channel, "audit")).message
    given = await press(world.moderator, shown, "CSV file")
    ((name, content),) = given.own[-1].files.items()
    assert name == "audit.csv"
    assert given.own[-1].ephemeral
    return list(csv.DictReader(io.StringIO(content.decode())))


@contextmanager
def tampering(world: World, row: int, change: Sequence[str], mend: Sequence[str]) -> Iterator[None]:
    """Change a row of the database behind everybody's back for a while."""
    path = Path(world.bot.environment["QUOTH_DATA"]) / "quoth.db"

    def run(statements: Sequence[str]) -> None:
        with closing(sqlite3.connect(path)) as connection, connection:
            for each in statements:
                connection.execute(each, {"row": row} if ":row" in each else {})

    run(change)
    try:
        yield
    finally:
        run(mend)


async def test_each_deed_stands_in_the_log_newest_first(world: World) -> None:
    reporter = world.newcomer()
    answer = await take_back(world, reporter)
    place = f"https://discord.com/channels/{world.guild.id}/{answer.channel.id}/{answer.id}"
    for moderator in (world.moderator, world.role_moderator, world.administrator):
        shown = await use(moderator, talk(world), "audit")
        found = [line for line in read(shown).splitlines() if place in line]

        assert shown.private
        assert [line.split(" · ", 1)[1] for line in found] == [
            f"{mention(world.moderator)} · took an answer back · {place}",
            f"{mention(world.role_moderator)} · undid a decision · dismissed · {place}",
            f"{mention(world.moderator)} · decided a report · dismissed · {place}",
            f"{mention(world.moderator)} · claimed a report · {place}",
            f"{mention(reporter)} · reported an answer · {place}",
        ]


async def test_the_file_holds_every_deed_and_nothing_that_anybody_typed(world: World) -> None:
    reporter = world.newcomer()
    await take_back(world, reporter)
    rows = await read_log(world)
    sent = next(each for each in rows if each["user_id"] == str(reporter.id))
    about = [each["action"] for each in rows if each["subject"] == sent["subject"]]
    everything = str(rows)

    assert [each for each in about if each != "swept"] == [
        "reported",
        "claimed",
        "decided",
        "decision_undone",
        "answer_retracted",
    ]
    assert sent["action"] == "reported"
    assert [int(each["number"]) for each in rows] == sorted(int(each["number"]) for each in rows)
    assert len({each["hash"] for each in rows}) == len(rows)
    for typed in (FERRIES, FERRIES_QUOTE, "told", "Nobody did", "House rules"):
        assert typed not in everything


async def test_the_log_is_read_page_by_page(world: World) -> None:
    settings = (await use(world.administrator, talk(world), "settings")).message
    for _ in range(6):
        for label in TOGGLES:
            await press(world.administrator, settings, label)
    shown = (await use(world.moderator, talk(world), "audit")).message
    first = read(shown)
    assert "entries, newest first" in first
    assert first.count("changed a setting") == 10
    assert "Page 1 of" in first

    await press(world.moderator, shown, "Next")
    assert "Page 2 of" in read(shown)
    assert read(shown) != first
    await press(world.moderator, shown, "Previous")
    assert read(shown) == first


async def test_members_and_other_servers_see_nothing_of_it(world: World) -> None:
    await take_back(world, world.newcomer())
    here = await post(world.stranger, talk(world), FERRIES)
    shown = here.text
    for pressed in (
        await use(world.stranger, here.channel, "audit"),
        await press(world.stranger, here, "quoth1:audit::1", forge=True),
        await press(world.stranger, here, "quoth1:audit_file::0", forge=True),
    ):
        assert NOT_MODERATOR in read(pressed.own[-1])
        assert not pressed.own[-1].files

    outside = await use(world.outside_administrator, world.elsewhere_channel, "audit")
    file = await press(world.outside_administrator, outside.message, "CSV file")
    everything = read(outside) + str(file.own[-1].files)
    for secret in ("took an answer back", str(world.guild.id), mention(world.moderator)):
        assert secret not in everything
    assert here.text == shown


async def forget(reporter: Member) -> None:
    """Have what is stored about a member deleted."""
    asked = await use(reporter, reporter.guild.find_channel("general"), "privacy")
    sure = await press(reporter, asked.message, "Delete my data")
    await press(reporter, sure.own[-1], "Delete it all")


async def test_a_member_who_is_forgotten_is_nobody_in_the_log(world: World) -> None:
    reporter = world.newcomer()
    await take_back(world, reporter)
    await forget(reporter)
    shown = read(await use(world.moderator, talk(world), "audit"))

    assert str(reporter.id) not in str(await read_log(world))
    assert mention(reporter) not in shown
    assert "a member who is no longer kept · reported an answer" in shown


async def test_the_operator_finds_the_first_row_that_was_tampered_with(world: World) -> None:
    reporter = world.newcomer()
    await take_back(world, reporter)
    await forget(reporter)
    chosen = (await read_log(world))[-3]
    row, noted = int(chosen["number"]), chosen["hash"]
    code, printed = await world.quoth("audit", "verify", "--head", noted)
    assert code == 0
    assert re.match(r"audit log: \d+ rows, sound; head [0-9a-f]{64}\n", printed)
    assert f"the hash you noted is that of row {row}" in printed

    with tampering(world, row, CHANGE, CHANGE_BACK):
        code, printed = await world.quoth("audit", "verify")
        assert code == 3
        assert f"the audit log is broken: row {row} is not as it was written" in printed
    with tampering(world, row, CUT, PUT_BACK):
        code, printed = await world.quoth("audit", "verify")
        assert code == 3
        assert f"the audit log is broken: row {row} is missing" in printed


async def test_pages_and_file_come_after_a_restart(world: World) -> None:
    answer = await take_back(world, world.newcomer())
    shown = (await use(world.moderator, talk(world), "audit")).message
    await world.bot.restart()
    given = await press(world.moderator, shown, "CSV file")

    assert str(answer.id) in read(shown)
    assert "answer_retracted" in given.own[-1].files["audit.csv"].decode()
