"""The conversation that ``quoth demo`` plays: scenes, each going on from the one before."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console

from bot.catalogue.administering import WithdrawReason
from bot.conversation import privacy
from bot.conversation.actors import Actor
from bot.conversation.answers import asking, verifying
from bot.conversation.desk import Desk, open_desk
from bot.conversation.reviews import auditing, reviewing
from bot.conversation.sources import withdrawing
from bot.conversation.upkeep.joining import arrive
from bot.demo.stage import Player, Stage
from bot.ledger import answers, servers
from bot.ledger.following import follow_all
from bot.rendering.screen import Screen
from bot.settings import load_settings
from corpus.ingest import ingest
from corpus.samples import STARTER_FOLDER

START = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
STEP = timedelta(seconds=20)

SERVER = 1_100_000_000_000_000_001
NEWSROOM, MODERATORS = 1_200_000_000_000_000_001, 1_200_000_000_000_000_002


def _player(
    number: int, name: str, *, moderates: bool = False, administers: bool = False
) -> Player:
    user_id = 1_000_000_000_000_000_000 + number
    actor = Actor(SERVER, NEWSROOM, user_id, manage_messages=moderates, manage_server=administers)
    return Player(name, actor)


ADA, BEN = _player(1, "Ada"), _player(2, "Ben")
MO, NIA = _player(3, "Mo", moderates=True), _player(4, "Nia", moderates=True)
OLA = _player(5, "Ola", administers=True)
NAMES = {
    NEWSROOM: "newsroom",
    MODERATORS: "moderators",
    **{player.actor.user_id: player.name for player in (ADA, BEN, MO, NIA, OLA)},
}

HOW_MANY = "How many overseas police stations have been reported?"
FOLLOW_UP = "and in how many countries?"
WHO_CLOSED = "Who said that the stations in Britain were closed?"
WORLD_CUP = "Who won the football world cup?"


@dataclass(slots=True)
class Play:
    """The stage, and the messages that later scenes come back to."""

    stage: Stage
    first: int = 0
    second: int = 0
    card: int = 0


@dataclass(frozen=True, slots=True)
class Scene:
    """A part of the play; ``name`` is that of its picture."""

    name: str
    title: str
    play: Callable[[Play], None]


@contextmanager
def opened_play(console: Console) -> Iterator[Play]:
    """Set the stage in a data directory of its own, which is removed afterwards."""
    with TemporaryDirectory(prefix="quoth-demo-") as folder:
        yield Play(Stage(_open_desk(Path(folder) / "data"), console, NAMES))


def ask(play: Play) -> None:
    """Ask a question, and check the answer that is posted for all to see."""
    stage = play.stage
    play.first = _ask(stage, ADA, HOW_MANY)
    stage.press(BEN, stage.posts[play.first], "Verify")


def follow_up(play: Play) -> None:
    """Reply to an answer with a further question."""
    stage = play.stage
    stage.tell(ADA, "replies to the answer, with a ping:", FOLLOW_UP)
    asked = asking.answer_mention(stage.desk, ADA.actor, FOLLOW_UP, replied_to=play.first)
    assert asked is not None
    stage.note_sent(ADA, asked.answer_key, stage.post(asked.screen))


def stay_silent(play: Play) -> None:
    """Meet silence, and send the question to the moderators."""
    stage = play.stage
    screen = _ask_privately(stage, ADA, WORLD_CUP)
    screen = stage.press(ADA, screen, "Ask a moderator")
    stage.press(ADA, screen, "Send it")


def report(play: Play) -> None:
    """Report an answer, which puts a card into the moderators' channel."""
    stage = play.stage
    play.second = _ask(stage, BEN, WHO_CLOSED)
    given = {"What is wrong?": "Misleading cut", "Note": "It leaves out who reported the closure."}
    stage.press(ADA, stage.posts[play.second], "Report", given)
    play.card = max(stage.posts)


def review(play: Play) -> None:
    """Claim the report, look at it, and decide."""
    stage = play.stage
    stage.press(MO, stage.posts[play.card], "Claim")
    stage.tell(MO, "types", "/review")
    stage.show(MO, reviewing.review(stage.desk, MO.actor, 1))
    screen = stage.press(MO, stage.posts[play.card], "See")
    stage.press(MO, screen, "Dismiss", {"Note": "The sentence says who reported it."})


def retract(play: Play) -> None:
    """Take an answer back; the posted message is corrected."""
    stage = play.stage
    stage.tell(NIA, "opens the message's menu:", "Apps › Verify this answer")
    screen = stage.show(NIA, verifying.verify_message(stage.desk, NIA.actor, play.second))
    given = {"Why?": "What it says is out of date", "Note": "A later statement is in the archive."}
    screen = stage.press(NIA, screen, "Retract", given)
    stage.press(NIA, screen, "Take it back")


def withdraw(play: Play) -> None:
    """Stop quoting a source; every posted answer that quotes it is corrected."""
    stage = play.stage
    article_id = _cited(stage.desk, play.first)
    stage.tell(OLA, "types", f"/corpus withdraw article: {article_id} reason: publisher")
    screen = stage.show(
        OLA, withdrawing.withdraw(stage.desk, OLA.actor, article_id, WithdrawReason.PUBLISHER)
    )
    stage.press(OLA, screen, "Withdraw…", {"Note": "See the publisher's notice."})


def look_back(play: Play) -> None:
    """Look at the audit log, and at what is kept about a member."""
    stage = play.stage
    stage.tell(MO, "types", "/audit")
    stage.show(MO, auditing.audit(stage.desk, MO.actor))
    stage.tell(ADA, "types", "/privacy")
    stage.show(ADA, privacy.privacy(stage.desk, ADA.actor))


SCENES = (
    Scene("ask", "A question, answered in the channel", ask),
    Scene("follow-up", "A follow-up", follow_up),
    Scene("silence", "Silence, and asking a moderator", stay_silent),
    Scene("report", "A report", report),
    Scene("review", "The review", review),
    Scene("retract", "An answer is taken back", retract),
    Scene("withdraw", "A source is withdrawn", withdraw),
    Scene("records", "What is on record", look_back),
)


def _open_desk(data: Path) -> Desk:
    """Open a desk with the starter articles, at a clock and with keys that are always the same."""
    keys, ticks = count(1), count(1)
    desk = replace(
        open_desk(load_settings({"QUOTH_DATA": str(data)})),
        now=lambda: START + next(ticks) * STEP,
        new_key=lambda: f"demo-{next(keys):04}",
    )
    arrive(desk, SERVER)
    with desk.store.transaction() as connection:
        server = servers.find(connection, SERVER)
        assert server is not None
        changed = replace(server.settings, moderators_channel=MODERATORS)
        servers.save_settings(connection, SERVER, changed)
    ingest(desk.store, [STARTER_FOLDER], collection=server.collection, at=START, by="operator")
    with desk.store.transaction() as connection:
        follow_all(connection, at=desk.now())
    return desk


def _ask(stage: Stage, player: Player, question: str) -> int:
    """Ask so that all see the answer; return its message."""
    asked = _put(stage, player, question)
    message_id = stage.post(asked.screen)
    stage.draw(stage.note_sent(player, asked.answer_key, message_id), private=True)
    return message_id


def _ask_privately(stage: Stage, player: Player, question: str) -> Screen:
    """Ask what is met with silence; return what the asker alone sees."""
    asked = _put(stage, player, question)
    stage.note_sent(player, asked.answer_key, None)
    return stage.draw(asked.screen, private=True)


def _put(stage: Stage, player: Player, question: str) -> asking.Asked:
    stage.tell(player, "types", f"/ask question: {question}")
    return asking.ask(stage.desk, player.actor, asking.AskRequest(question))


def _cited(desk: Desk, message_id: int) -> str:
    """Return the article that an answer quotes first."""
    with desk.store.reading() as connection:
        record = answers.find_by_message(connection, SERVER, message_id)
    assert record is not None
    return record.citations[0].article_id
