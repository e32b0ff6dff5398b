"""A small model of how Discord reads markdown: what it shows of a text, and what is alive in it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import pytest

ASCII_PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
LINK = re.compile(r"\[([^\[\]\n]+)\]\(<(https?://[^\s<>()\\]+)>\)")
ALIVE = re.compile(
    r"<@\d+>|<@&\d+>|<#\d+>|<t:-?\d+:f>|https://discord\.com/channels/\d+/\d+/\d+(?=\s|$)"
)
# Inside a masked link Discord takes no backslash away, and shows no link whose words are one.
BREAKS_LINK = re.compile(
    r"[*_~|`<>@#\\\[\]^{}]|://|\w\.[a-zA-Z]{2}|^(?:[-+>]|\d+[.)])\s|[\u2600-\u27bf\U0001f000-\U0001ffff]"
)


@dataclass(frozen=True)
class ShownLine:
    """One line as a reader sees it."""

    text: str
    behind_bar: bool = False
    is_small: bool = False
    is_heading: bool = False
    is_item: bool = False
    links: tuple[tuple[str, str], ...] = ()
    alive: tuple[str, ...] = ()


@dataclass
class _Reading:
    text: list[str] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    alive: list[str] = field(default_factory=list)


def read_markdown(content: str) -> list[ShownLine]:
    """Return the lines of a message or a text display; anything alive but ours fails the test."""
    assert content.strip(), "Discord refuses an empty text"
    return [_read_line(line) for line in content.strip().split("\n")]


def shown_text(content: str) -> str:
    """Return all that a reader sees of a text, without its layout."""
    return "\n".join(line.text for line in read_markdown(content))


def _read_line(line: str) -> ShownLine:
    behind_bar, line = _take(line, "> ")
    is_small, line = _take(line, "-# ")
    if is_small:
        line = line.lstrip(" ")  # as Discord does
    is_heading, line = _take(line, "### ")
    if is_heading:
        assert not line.rstrip().endswith("#"), "Discord drops this sign, and its backslash stays"
    is_item, line = _take(line, "- ")
    reading = _read_inline(line)
    return ShownLine(
        "".join(reading.text),
        behind_bar,
        is_small,
        is_heading,
        is_item,
        tuple(reading.links),
        tuple(reading.alive),
    )


def _take(line: str, mark: str) -> tuple[bool, str]:
    return line.startswith(mark), line.removeprefix(mark)


def _read_inline(line: str) -> _Reading:
    reading, place = _Reading(), 0
    if line.startswith("  "):  # goes on an item
        assert not re.match(r" +(?:[-+*]|\d+\.) ", line)
    while place < len(line):
        link, alive = LINK.match(line, place), ALIVE.match(line, place)
        if line[place] == "\\" and line[place + 1 : place + 2] in {*ASCII_PUNCTUATION}:
            reading.text.append(line[place + 1])
            place += 2
        elif link is not None:
            if BREAKS_LINK.search(link[1]):
                pytest.fail(f"Discord would show no such link: {link[1]!r}")
            reading.text.append(link[1])
            reading.links.append((link[1], link[2]))
            place = link.end()
        elif alive is not None:
            reading.alive.append(alive[0])
            place = alive.end()
        elif line.startswith("**", place):
            place += 2
        elif line[place] in ASCII_PUNCTUATION:
            pytest.fail(f"{line[place]!r} is alive in {line!r}")
        else:
            reading.text.append(line[place])
            place += 1
    return reading
