"""Which text may be shown to a reader as it is: nothing hidden, reordered or obeyed by a screen.

Showing is exact or not at all: a quote that fails `is_showable` is not quoted, and in titles and
names each offending character becomes U+FFFD. The stored text itself is never changed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

REPLACEMENT = "\ufffd"
MAX_MARKS_IN_A_ROW = 4

# U+1F3F4, tag characters, U+E007F: the flags of England, Scotland, Wales and the like.
TAG_FLAG = "\U0001f3f4[\U000e0030-\U000e007a]{3,6}\U000e007f"
HIDDEN = (
    "["
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # C0 and C1, but for tab and line ends
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # bidi controls
    "\u200b\u2060-\u2064\u206a-\u206f\ufeff\ufff9-\ufffb"  # invisible
    "\u115f\u1160\u180e\u3164\uffa0"  # letters and separators that show nothing
    "\u2028\u2029"  # line ends that only some programs see
    "\ud800-\udfff"  # lone surrogates, which no encoding can print
    "\U000e0000-\U000e007f"  # tag characters
    "]"
)
FLAG_OR_HIDDEN = re.compile(f"(?P<flag>{TAG_FLAG})|{HIDDEN}")
LINE_END = re.compile("\r\n|\r|\n")
JOINERS = "\u200c\u200d"  # stand between marks without being a letter that carries them


def is_showable(text: str) -> bool:
    """Return whether a reader would see a text character for character as it is stored."""
    return next(_hidden_places(text), None) is None


def make_showable(text: str) -> str:
    """Return a title or name with U+FFFD in place of every character that may not be shown."""
    characters = list(text)
    for place in _hidden_places(text):
        characters[place] = REPLACEMENT
    return "".join(characters)


def make_one_line(text: str) -> str:
    """Return a showable text for a table's cell or an error: tabs and line ends become spaces."""
    return LINE_END.sub(" ", make_showable(text)).replace("\t", " ")


def split_lines(text: str) -> list[str]:
    r"""Return the lines of a showable text, without their ends (LF, CRLF or CR; never empty).

    Unlike ``str.splitlines`` it knows no other line end and keeps a last, empty line.

    >>> split_lines("one\r\ntwo\n")
    ['one', 'two', '']
    """
    return LINE_END.split(text)


def _hidden_places(text: str) -> Iterator[int]:
    for match in FLAG_OR_HIDDEN.finditer(text):
        if match["flag"] is None:
            yield match.start()
    if not text.isascii():
        yield from _piled_marks(text)


def _piled_marks(text: str) -> Iterator[int]:
    """Find each combining mark that is one too many on its letter."""
    marks = 0
    for place, character in enumerate(text):
        if unicodedata.category(character)[0] == "M":
            marks += 1
            if marks > MAX_MARKS_IN_A_ROW:
                yield place
        elif character not in JOINERS:
            marks = 0
