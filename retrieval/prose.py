"""A sentence as words, with the quoted speech in it told from what is said around it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

# About as many as one answer looks at.
SENTENCES_KEPT = 32

# A word, and behind it what makes a possessive of it.
_WORD = re.compile(r"(\w+(?:[\u2019'-](?!s\b)\w+)*)(?:[\u2019']s\b)?")
# Begins with a set of characters, so that the engine skips what is no mark; a single mark behind a
# letter is an apostrophe.
_QUOTED = re.compile(
    "[\u201c\"\u2018'](?:"
    r"(?<=\u201c)[^\u201d]*(?:\u201d|$)|(?<=\")[^\"]*(?:\"|$)"
    r"|(?<!\w\u2018)(?<=\u2018)(?:[^\u2018\u2019]|\u2019(?=\w))*\u2019(?!\w)"
    r"|(?<!\w')(?<=')(?:[^']|'(?=\w))*'(?!\w))"
)


@dataclass(frozen=True, slots=True)
class Prose:
    """A text and its words, in order.

    Parameters
    ----------
    text : str
    outside : str
        The text with quoted speech blanked out, every other character in its place.
    words, lower : tuple of str
        As written, without a possessive's "'s", and in lower case.
    starts, ends : tuple of int
        Where each word stands, its possessive included.
    """

    text: str
    outside: str
    words: tuple[str, ...]
    lower: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def follows(self, place: int) -> bool:
        """Return whether nothing but a space parts a word from the one before it."""
        return self.gap(place).isspace()

    def gap(self, place: int) -> str:
        """Return what stands between a word and the one before it."""
        return self.text[self.ends[place - 1] if place else 0 : self.starts[place]]

    def is_name(self, place: int) -> bool:
        """Return whether a word begins with a capital."""
        return self.words[place][0].isupper()

    def is_quoted(self, place: int) -> bool:
        """Return whether a word is quoted speech."""
        return self.outside[self.starts[place]] == " "


# A sentence is read as part of one quote and as context of the next.
@lru_cache(maxsize=SENTENCES_KEPT)
def read_prose(text: str) -> Prose:
    """Return the words of a text."""
    found = list(_WORD.finditer(text))
    words = [match[1] for match in found]
    return Prose(
        text=text,
        outside=blank_quotations(text),
        words=tuple(words),
        lower=tuple([word.lower() for word in words]),
        starts=tuple([match.start() for match in found]),
        ends=tuple([match.end() for match in found]),
    )


def blank_quotations(text: str) -> str:
    """Return the text with quoted speech blanked out, every other character in its place."""
    return _QUOTED.sub(lambda match: " " * len(match.group()), text)
