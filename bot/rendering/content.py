"""Screen -> plain messages, for places where layouts cannot go; buttons and menus fall away."""

from __future__ import annotations

from collections.abc import Iterator

from bot.catalogue.lines import Line
from bot.catalogue.screens import ScreenSentence
from bot.rendering.fitting import count_chars
from bot.rendering.rows import is_words, show_row
from bot.rendering.screen import Panel, Row, Rule, Screen

MAX_CONTENT_CHARS = 2000
TOO_LONG = Row((Line(ScreenSentence.TOO_LONG),))


def plain_parts(screen: Screen) -> list[str]:
    """Return a screen as messages of at most 2,000 characters; none if it holds no words.

    An excerpt stands whole in one of them; for one that is longer than a message stands a line
    that says so.

    Raises
    ------
    ValueError
        If anything else is longer than a message.
    """
    parts: list[str] = []
    gap = False
    behind_bar = False
    for row in _rows(screen):
        if row is None:
            gap = True
            continue
        shown = _show(row)
        if not shown:
            continue
        # Without the empty line the bars of two excerpts would run together.
        end = "\n\n" if gap or (behind_bar and is_words(row)) else "\n"
        joined = f"{parts[-1]}{end}{shown}" if parts else shown
        if parts and count_chars(joined) <= MAX_CONTENT_CHARS:
            parts[-1] = joined
        else:
            parts.append(shown)
        gap, behind_bar = False, is_words(row)
    return parts


def _rows(screen: Screen) -> Iterator[Row | None]:
    """Yield the rows from top to bottom, None where a gap is wanted."""
    for block in screen.blocks:
        if isinstance(block, Row):
            yield block
        elif isinstance(block, Panel):
            yield None
            yield from (inner for inner in block.blocks if isinstance(inner, Row))
            yield None
        elif isinstance(block, Rule):
            yield None


def _show(row: Row) -> str:
    shown = show_row(row)
    if count_chars(shown) <= MAX_CONTENT_CHARS:
        return shown
    if is_words(row):
        return show_row(TOO_LONG)
    raise ValueError(f"a row of {count_chars(shown)} characters is no message")
