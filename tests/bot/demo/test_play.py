"""The play of ``quoth demo``: to its end, always the same, and nothing private shown to all."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from bot.actions import Action
from bot.catalogue.lines import Line, Sentence
from bot.catalogue.screens import ScreenSentence
from bot.demo import stage
from bot.demo.play import SCENES, Play, opened_play
from bot.rendering.drawing import ONLY_YOU
from bot.rendering.screen import Audience, Screen
from tests.bot.conversation.screens import buttons

PROJECT = Path(__file__).resolve().parents[3]

# What stands below an answer and on a card; receipts, previews and confirmations have others.
ON_ANSWERS = {Action.CONTEXT, Action.VERIFY, Action.WHY, Action.REPORT, Action.MORE}
ON_CARDS = {
    *(Action.SEE, Action.CLAIM, Action.RELEASE, Action.UNDO, Action.GOOD, Action.WRONG_PASSAGE),
    *(Action.MISLEADING_CUT, Action.SOURCE_PROBLEM, Action.DISMISS),
}


TAKEN_BACK = ScreenSentence.RETRACTED_ON  # such an answer has no buttons


def screen_sentences(screen: Screen) -> list[Sentence]:
    """Return the sentences that a screen says."""
    return [leaf.sentence for leaf in screen.leaves() if isinstance(leaf, Line)]


def perform(play: Play) -> dict[str, str]:
    """Play every scene, and return what each draws."""
    drawn = {}
    for scene in SCENES:
        file = io.StringIO()
        play.stage.console = Console(file=file, width=96, force_terminal=False, highlight=False)
        scene.play(play)
        drawn[scene.name] = file.getvalue()
    return drawn


def test_the_play_is_the_same_each_time_and_every_scene_draws_something() -> None:
    """The pictures of the docs are taken from it, and must not change by themselves."""
    performances = []
    for _ in range(2):
        with opened_play(Console(file=io.StringIO())) as play:
            performances.append(perform(play))

    first, second = performances
    assert first == second
    assert list(first) == [scene.name for scene in SCENES]
    assert all("Quoth  APP" in drawn for drawn in first.values())
    assert "What was posted now shows:" in first["retract"]
    assert "What was posted now shows:" in first["withdraw"]


def test_what_one_member_sees_is_never_drawn_as_everybodys(monkeypatch: pytest.MonkeyPatch) -> None:
    """In a channel stand only answers, and in the moderators' own also what moderators see."""
    drawings: list[tuple[Screen, bool]] = []
    draw = stage.draw_screen

    def watch(screen: Screen, console: Console, *, private: bool, **how: Any) -> None:
        with console.capture() as drawn:
            draw(screen, console, private=private, **how)
        assert (ONLY_YOU in drawn.get()) is private
        drawings.append((screen, private))

    monkeypatch.setattr(stage, "draw_screen", watch)
    with opened_play(Console(file=io.StringIO())) as play:
        perform(play)
        in_channels = list(play.stage.posts.values())

    public = [screen for screen, private in drawings if not private]
    assert len(public) < len(drawings)
    assert all(screen in public for screen in in_channels)
    for screen in public:
        offered = {button.target.action for button in buttons(screen)}
        allowed = ON_ANSWERS if screen.audience is Audience.EVERYONE else ON_CARDS
        assert offered or TAKEN_BACK in screen_sentences(screen)
        assert offered <= allowed


def test_the_command_ends_well_without_a_token_and_leaves_nothing(tmp_path: Path) -> None:
    home, temporary, work = (tmp_path / name for name in ("home", "temporary", "work"))
    for folder in (home, temporary, work):
        folder.mkdir()
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("XDG_")},
        "HOME": str(home),
        "TMPDIR": str(temporary),
        "PYTHONPATH": str(PROJECT),
        "PYTHONDONTWRITEBYTECODE": "1",
        "COLUMNS": "96",
        "QUOTH_DATA": str(work / "data"),
    }
    environment.pop("DISCORD_TOKEN", None)

    result = subprocess.run(
        [sys.executable, "-c", "from bot.cli import main; main()", "demo"],
        cwd=work,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )

    assert (result.returncode, result.stderr) == (0, "")
    assert all(scene.title in result.stdout for scene in SCENES)
    assert set(tmp_path.rglob("*")) == {home, temporary, work}
