r"""Rows -> lines of Discord's markdown, and neighbouring rows -> one text.

An excerpt on its own stands behind a bar, one stored line to a line, and nothing else does. What
Discord would change is kept from it: it drops white space at either end of a text, and behind the
mark of a small line, so that a line which starts with white space is never made small. A title or
question of several lines goes on behind a dotted bar.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from bot.inert import split_lines
from bot.rendering.markdown import can_show, show_leaf
from bot.rendering.message import ExcerptText
from bot.rendering.screen import Block, Buttons, Panel, Pick, Row, Rule, Style

BAR = "> "
SMALL = "-# "
FURTHER = "┊ "
BEFORE = {
    Style.TITLE: "### ",
    Style.STRONG: "**",
    Style.PLAIN: "",
    Style.QUIET: SMALL,
    Style.WORDS: "",
    Style.ITEM: "- ",
}
BEFORE_FURTHER = {**BEFORE, Style.ITEM: "  "}

Part = str | Rule | Buttons | Pick | Panel


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands in a panel, its rows as texts."""

    parts: tuple[Part, ...]


Laid = Part | Frame


def is_words(row: Row) -> bool:
    """Return whether a row stands behind a bar: an excerpt that can be shown, on its own."""
    if len(row.pieces) != 1:
        return False
    (piece,) = row.pieces
    return isinstance(piece, ExcerptText) and can_show(piece)


def show_row(row: Row) -> str:
    """Return a row in markdown; empty if it shows nothing.

    Raises
    ------
    ValueError
        If a row for an excerpt holds anything beside it.
    """
    if row.style is Style.WORDS and not (
        len(row.pieces) == 1 and isinstance(row.pieces[0], ExcerptText)
    ):
        raise ValueError("behind a bar stands one excerpt, and nothing else")
    text = row.glue.join(filter(None, (show_leaf(piece, most=row.most) for piece in row.pieces)))
    if not text.strip():
        return ""
    lines = split_lines(text)
    if is_words(row):
        return "\n".join(_words_lines(lines, is_small=row.style is Style.QUIET))
    return "\n".join(_lines(lines, row.style))


def join_rows(blocks: Iterable[Block]) -> Iterator[Part]:
    """Yield the blocks of a screen or a panel, with rows next to each other as one text.

    Two excerpts are never in one text: their bars would run together, and look like one quote.
    """
    for is_row, group in groupby(blocks, key=lambda block: isinstance(block, Row)):
        if not is_row:
            yield from (block for block in group if not isinstance(block, Row))
            continue
        yield from _texts(block for block in group if isinstance(block, Row))


def lay_out(blocks: Iterable[Block]) -> tuple[Laid, ...]:
    """Return the blocks of a screen as they are counted and sent, each row shown once."""
    return tuple(
        Frame(tuple(join_rows(part.blocks))) if isinstance(part, Panel) else part
        for part in join_rows(blocks)
    )


def _texts(rows: Iterable[Row]) -> Iterator[str]:
    lines: list[str] = []
    behind_bar = False
    for row in rows:
        shown = show_row(row)
        if not shown:
            continue
        if behind_bar and is_words(row):
            yield "\n".join(lines)
            lines = []
        lines.append(shown)
        behind_bar = is_words(row)
    if lines:
        yield "\n".join(lines)


def _words_lines(lines: list[str], *, is_small: bool) -> Iterator[str]:
    while lines and not lines[-1].strip():
        lines = lines[:-1]  # Discord drops them, and would show the bar's own mark instead
    for line in lines:
        yield BAR + (SMALL if is_small and line.strip() and not line[0].isspace() else "") + line


def _lines(lines: list[str], style: Style) -> Iterator[str]:
    after = "**" if style is Style.STRONG else ""
    for number, line in enumerate(lines):
        if not number and not line.strip():
            yield ""  # a mark with nothing behind it would itself be shown
            continue
        # Discord takes a number sign at the end of a heading for a part of its mark.
        before, end = (BEFORE_FURTHER if number else BEFORE)[style], after
        if style is Style.TITLE and line.endswith("#"):
            before, end = "**", "**"
        yield before + (FURTHER if number else "") + line + end
