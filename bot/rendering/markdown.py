r"""Pieces -> Discord's markdown, in which nothing but our own markup is alive.

A backslash stands before every ASCII punctuation character of a text, whatever it is; Discord
takes exactly these away again. Inside a masked link it does not: there backslashes are shown, so
that only titles which need none are links themselves [1]_.

References
----------
.. [1] https://github.com/discord/discord-api-docs/issues/6185
"""

from __future__ import annotations

import re
import unicodedata

from bot.catalogue.answers import AnswerSentence
from bot.catalogue.lines import Line
from bot.catalogue.parameters import Channel, Member, MessageLink, Moment, Parameter, Role
from bot.catalogue.screens import ScreenSentence
from bot.inert import LINE_END, is_showable, make_showable
from bot.rendering.links import looks_like_address, read_address, text_fragment
from bot.rendering.message import ExcerptText, FieldName, FieldText
from bot.rendering.screen import Leaf, LinkedTitle

ELLIPSIS = "…"
MOST_TITLE_CHARS = 150
MOST_FIELD_CHARS = 100
MOST_LINES = 5  # of a question, a note or a field: empty lines would push the quotes away
PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")

# A masked link's words: what no client of Discord takes for markup, an emoji or a list.
LINK_CATEGORIES = ("L", "M", "Nd")
LINK_PUNCTUATION = frozenset(" \u00a0,.'\"!?%&$;:()/+=-“”‘’«»„‚–—…·€£¥")
NOT_IN_LINKS = frozenset("\u2139\ufe0e\ufe0f\u20e3")  # they are, or make, emoji
LINK_START = re.compile(r"[^\W_]|[“‘«„\"'](?=[^\W_])")
LIST_START = re.compile(r"\d+[.)]\s")


def escape(text: str) -> str:
    r"""Return a text with a backslash before every ASCII punctuation character.

    >>> escape("**a** <@1>")
    '\\*\\*a\\*\\* \\<\\@1\\>'
    """
    return PUNCTUATION.sub(r"\\\g<0>", text)


def shorten(text: str, most: int) -> str:
    """Return a text of at most so many characters and five lines, with an ellipsis if cut.

    A letter is not parted from its accents, nor one person's emoji from the next.
    """
    lines = [match.start() for match in LINE_END.finditer(text)]
    end = lines[MOST_LINES - 1] if len(lines) >= MOST_LINES else len(text)
    if end <= most - (end < len(text)):
        return text if end == len(text) else text[:end] + ELLIPSIS
    end = most - len(ELLIPSIS)
    while end > 0 and (_joins(text[end]) or text[end - 1] == "\u200d"):
        end -= 1
    return text[:end] + ELLIPSIS


def show_line(line: Line) -> str:
    """Return a sentence in markdown; members, channels, roles and times as the chat shows them."""
    return "".join(
        escape(part) if isinstance(part, str) else _show_parameter(part) for part in line.parts()
    )


def show_leaf(leaf: Leaf, *, most: int | None = None) -> str:
    """Return a piece in markdown, its lines ended by LF.

    Parameters
    ----------
    most : int or None
        Characters of a question, a note or a field of a source to show at most, before escaping.
        An excerpt is whole, or a sentence stands for what cannot be shown exactly.
    """
    if isinstance(leaf, LinkedTitle):
        return _show_title(leaf)
    if isinstance(leaf, Line):
        return show_line(leaf)
    if isinstance(leaf, ExcerptText) and not can_show(leaf):
        return show_line(Line(AnswerSentence.UNSHOWABLE))
    return escape(LINE_END.sub("\n", plain_text(leaf, most=most)))


def plain_text(leaf: Leaf, *, most: int | None = None) -> str:
    """Return what a piece says where there is no markup: on buttons and in menus."""
    if isinstance(leaf, LinkedTitle):
        return plain_text(leaf.title, most=most)
    if isinstance(leaf, Line | ExcerptText):
        return leaf.text
    text = make_showable(leaf.text)
    if most is None and isinstance(leaf, FieldText):
        most = MOST_TITLE_CHARS if leaf.name is FieldName.TITLE else MOST_FIELD_CHARS
    return text if most is None else shorten(text, most)


def can_show(excerpt: ExcerptText) -> bool:
    """Return whether a reader would see an excerpt as it is stored; Discord shows no empty one."""
    return is_showable(excerpt.text) and not excerpt.text.isspace()


def _show_parameter(parameter: Parameter) -> str:
    if isinstance(parameter, Member):
        return f"<@{parameter}>"
    if isinstance(parameter, Channel):
        return f"<#{parameter}>"
    if isinstance(parameter, Role):
        return f"<@&{parameter}>"
    if isinstance(parameter, Moment):
        return f"<t:{int(parameter.value.timestamp())}:f>"
    if isinstance(parameter, MessageLink):
        return str(parameter)
    return escape(str(parameter))


def _show_title(linked: LinkedTitle) -> str:
    """Return a title that leads to its page; where it cannot be a link itself, a word is one."""
    title, address = LINE_END.sub("\n", plain_text(linked.title)), read_address(linked.url.text)
    if address is None:
        return f"{escape(title)} {escape(f'({plain_text(linked.url)})')}"
    words, site = linked.words, escape(f"({address.site})")
    link = address.link if words is None else text_fragment(address, words.text)
    if can_be_link(title):
        return f"[{title}](<{link}>) {site}"
    return f"{escape(title)} {site} [{Line(ScreenSentence.OPEN).text}](<{link}>)"


def can_be_link(title: str) -> bool:
    """Return whether a title can stand in a masked link as it is, exactly and inert.

    One that looks like an address cannot: Discord shows no such link, and it could mislead.
    """
    return (
        LINK_START.match(title) is not None
        and LIST_START.match(title) is None
        and not looks_like_address(title)
        and all(map(_can_stand_in_link, title))
    )


def _can_stand_in_link(character: str) -> bool:
    return character in LINK_PUNCTUATION or (
        unicodedata.category(character).startswith(LINK_CATEGORIES)
        and character not in NOT_IN_LINKS
    )


def _joins(character: str) -> bool:
    """Return whether a character belongs to the one before: marks, joiners, skin tones."""
    return (
        unicodedata.category(character).startswith("M")
        or character in "\u200c\u200d"
        or "\U0001f3fb" <= character <= "\U0001f3ff"
    )
