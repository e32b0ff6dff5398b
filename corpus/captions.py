"""Picture captions that say so themselves: by a label, by "pictured", by left and right marks."""

from __future__ import annotations

import re

from corpus.shapes import ends_with_stop

# Captions are short; a longer paragraph with such words is body that refers to a picture.
MAX_CAPTION_CHARS = 600

_PICTURE = r"(?:photo(?:graph)?|picture|image)"
_LABEL = re.compile(
    rf"(?:file )?{_PICTURE}s?(?: caption)?\s?[:|]\s|image caption[:,]? "
    r"|(?-i:FILE|File) ?[-–—:] |file photo\s?[-–—:] "
    r"|pictured(?: (?:above|below|left|right|here))?: "
    r"|(?:above|below|left|right|(?:main|top) picture|caption): "
    r"|(?:pictured )?(?:from left(?: to right)?|left to right|l-r)[:,] "
    rf"|in this [^.]{{0,40}}\b{_PICTURE} (?:taken|provided|released|made available|made from) "
    rf"|this [^.]{{0,40}}\b{_PICTURE} (?:taken on|provided by|released by|made from) "
    rf"|an? (?:file|handout|archive) {_PICTURE} of ",
    re.IGNORECASE,
)
_PICTURED = re.compile(r"\([Pp]ictured\b[^()]*\)")
_PICTURED_AT_END = re.compile(r"\([Pp]ictured\b[^()]*\)$")
_SIDE = r"(?:(?:second|third|far|top|bottom) )?(?:from )?(?:left|right|cent(?:re|er))"
_SIDE_WORD = re.compile(rf"\({_SIDE}\)")
_SIDE_LETTER = re.compile(r"\([LRC]\)")


def is_caption(text: str) -> bool:
    """Say whether a paragraph's own words, its credit aside, show that it belongs to a picture.

    Parameters
    ----------
    text : str
        One paragraph, trimmed, with plain spaces for all white space.
    """
    if len(text) > MAX_CAPTION_CHARS:
        return False
    return starts_with_label(text) or ("(" in text and has_picture_bracket(text))


def starts_with_label(text: str) -> bool:
    """Say whether a paragraph begins like "Pictured:", "File photo:", "[Image:" or "FILE -"."""
    return _LABEL.match(text.removeprefix("[")) is not None


def has_picture_bracket(text: str) -> bool:
    """Say whether a paragraph points at a picture: "(pictured)", "(left)", "(L) … (R)".

    Inside a whole sentence one such bracket may be body text, and "(R)" a party, so then two
    different sides are asked for.
    """
    sides = set(_SIDE_WORD.findall(text)) or set(_SIDE_LETTER.findall(text))
    if len(sides) > 1 or _PICTURED_AT_END.search(text):
        return True
    if ends_with_stop(text):
        return False
    return any(pattern.search(text) for pattern in (_PICTURED, _SIDE_WORD))
