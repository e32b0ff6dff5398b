"""Who says a quotation that names nobody: the name in the nearest attribution before it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.article import Span

# A quotation may run on over so many sentences after its speaker was named.
SENTENCES_BACK = 4

_SAYING = (
    "said|says|told|added|wrote|tweeted|replied|warned|claimed|explained|argued|noted|insisted|"
    "continued|stated|testified|asked"
)
_NAME = (
    r"(?:(?:Mr|Ms|Mrs|Dr|Sen|Prof)\b\.? )?"
    r"[A-Z][\w\u2019'-]*[\w](?: (?:(?:van|von|de|bin|al) )?[A-Z][\w\u2019'-]*[\w]){0,3}"
)
_NAME_THEN_SAYING = re.compile(rf"({_NAME})(?:,[^,\u201c\u201d\"]{{1,80}},)? (?:{_SAYING})\b")
_SAYING_THEN_NAME = re.compile(rf"\b(?:{_SAYING}) ({_NAME})")
_NOT_NAMES = frozenset(
    {"He", "She", "It", "They", "We", "I", "You", "The", "This", "That", "There"}
)
_QUOTED = re.compile(
    r"\u201c[^\u201d]*(?:\u201d|$)|\u2018[^\u2019]*(?:[\u2019]|$)|\"[^\"]*(?:\"|$)"
)
_OPENING, _CLOSING = "\u201c\u2018\"'", "\u201d\u2019\"'"


def is_bare_quotation(text: str) -> bool:
    """Return whether a text is quoted speech from its first mark on and nothing beside it."""
    if not text or text[0] not in _OPENING:
        return False
    outside = _blank_quotations(text)
    return not any(char.isalnum() for char in outside)


def find_speaker(before: Sequence[str]) -> tuple[int, Span] | None:
    """Return who was last said to speak.

    Parameters
    ----------
    before : sequence of str
        The body sentences of the article before a quotation, nearest first.

    Returns
    -------
    tuple of (int, Span) or None
        Place in ``before`` and the name's span within that sentence; None if nobody is named.
    """
    for place, text in enumerate(before[:SENTENCES_BACK]):
        outside = _blank_quotations(text)
        for pattern in (_NAME_THEN_SAYING, _SAYING_THEN_NAME):
            for match in pattern.finditer(outside):
                if match.group(1).split()[0] not in _NOT_NAMES:
                    return place, Span(*match.span(1))
    return None


def _blank_quotations(text: str) -> str:
    """Return the text with quoted speech blanked out, every other character in its place."""
    return _QUOTED.sub(lambda match: " " * len(match.group()), text)
