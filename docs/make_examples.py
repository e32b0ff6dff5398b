"""Remake the examples of the documentation from what Quoth answers.

``python docs/make_examples.py`` asks the starter articles, in a data directory of its own:

- below each line ``$ quoth …`` of a ``console`` block in README.md and docs/ it writes what that
  command prints (with ``| python -m json.tool``, as that lays it out);
- to docs/exchange.svg it draws the first exchange of the README as a terminal shows it;
- to docs/demo/ it draws the scenes of ``quoth demo``.
"""

from __future__ import annotations

import io
import json
import re
import shlex
import tempfile
from pathlib import Path

from click.testing import CliRunner
from rich.console import Console
from rich.terminal_theme import TerminalTheme

from bot.cli import cli
from bot.demo.play import SCENES, opened_play
from bot.rendering.compose import compose_message
from bot.rendering.terminal import print_rich
from retrieval.answer import answer_from_json

PROJECT = Path(__file__).resolve().parent.parent
PAGES = (PROJECT / "README.md", *sorted((PROJECT / "docs").glob("*.md")))
PICTURE = PROJECT / "docs" / "exchange.svg"
SCENE_PICTURES = PROJECT / "docs" / "demo"
PICTURE_COLUMNS = 92

CONSOLE_BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
COMMAND_LINE = re.compile(r"^\$ (.*)\n", re.MULTILINE)
PRETTY = " | python -m json.tool"
# The one figure that differs from run to run; a steady one keeps the pages as they are.
ELAPSED = re.compile(r'"elapsed_ms": [0-9.]+')
STEADY_ELAPSED = '"elapsed_ms": 2.0'

THEME = TerminalTheme(
    background=(250, 250, 248),
    foreground=(40, 40, 40),
    # black, red, green, yellow, blue, magenta, cyan, white; only yellow, for notes, is in use
    normal=[
        (40, 40, 40),
        (170, 40, 40),
        (40, 120, 40),
        (150, 95, 0),
        (40, 80, 160),
        (130, 50, 130),
        (0, 110, 120),
        (90, 90, 90),
    ],
)
# rich's own frame loads a font from the web; this one takes what the reader has.
FRAME = """\
<svg class="rich-terminal" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
<style>
.{unique_id}-matrix {{
    font-family: ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace;
    font-size: {char_height}px;
    line-height: {line_height}px;
}}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}" />
</clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""


def main() -> None:
    """Rewrite the pages, then draw the picture."""
    with tempfile.TemporaryDirectory() as data:
        for page in PAGES:
            page.write_text(remake_page(page.read_text("utf-8"), data), "utf-8")
        PICTURE.write_text(draw_exchange(data), "utf-8")
    for name, picture in draw_scenes().items():
        (SCENE_PICTURES / f"{name}.svg").write_text(picture, "utf-8")


def remake_page(text: str, data: str) -> str:
    """Return a page with what its commands print now."""
    return CONSOLE_BLOCK.sub(lambda block: f"```console\n{_remake_block(block[1], data)}```", text)


def draw_exchange(data: str) -> str:
    """Return the README's first exchange as an SVG picture."""
    command = first_command()
    answer = answer_from_json(json.loads(run(f"{command} --json", data)))
    console = _recording()
    console.print(f"$ {command}", style="dim", soft_wrap=True)
    print_rich(compose_message(answer), console)
    return _export(console)


def draw_scenes() -> dict[str, str]:
    """Return the scenes of the demo as SVG pictures, by name."""
    pictures = {}
    with opened_play(_recording()) as play:
        for scene in SCENES:
            play.stage.console = _recording()
            scene.play(play)
            pictures[scene.name] = _export(play.stage.console)
    return pictures


def first_command() -> str:
    """Return the README's first command whose output it prints."""
    found = COMMAND_LINE.search((PROJECT / "README.md").read_text("utf-8"))
    assert found is not None
    return found[1]


def run(command: str, data: str) -> str:
    """Return what a command line of the ``quoth`` command prints."""
    name, *words = shlex.split(command.removesuffix(PRETTY))
    assert name == "quoth"
    result = CliRunner().invoke(cli, [*words, "--data", data], catch_exceptions=False)
    printed = ELAPSED.sub(STEADY_ELAPSED, result.stdout)
    if not command.endswith(PRETTY):
        return printed
    return json.dumps(json.loads(printed), indent=4) + "\n"


def _recording() -> Console:
    return Console(
        file=io.StringIO(),
        record=True,
        width=PICTURE_COLUMNS,
        force_terminal=True,
        color_system="standard",
        highlight=False,
        legacy_windows=False,
    )


def _export(console: Console) -> str:
    return console.export_svg(title="", theme=THEME, code_format=FRAME, unique_id="quoth")


def _remake_block(block: str, data: str) -> str:
    return "\n".join(
        f"$ {command}\n{run(command, data)}" for command in COMMAND_LINE.findall(block)
    )


if __name__ == "__main__":
    main()
