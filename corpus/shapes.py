"""What a paragraph's look tells: whether it ends like a sentence, is long, is a name."""

from __future__ import annotations

import re

# A capital of any script: a letter that is not a lower-case Latin one.
CAPITAL = r"[^\W\d_a-zß-öø-ÿ]"
NAME_WORD = rf"{CAPITAL}[\w.’'&-]*"
# Names as they stand in credits and bylines: "Jo Day", "National Gallery of Art", "J. de Boer".
NAMES = rf"{NAME_WORD}(?: (?:of|the|de|da|del|van|von|der|and|for|{NAME_WORD}))*"

# A heading is shorter than this; a paragraph that is longer is long.
MAX_HEADING_CHARS = 90
MAX_HEADING_WORDS = 12

MAX_BRACKET_CHARS = 120

_CLOSING_MARKS = "”’\"'»)]}*_ \u00a0"
_STOPS = frozenset(".!?…:。！？।؟։")
_PERSON_NAME = re.compile(rf"{NAME_WORD}(?: (?:de|da|del|van|von|der|bin|al|{NAME_WORD})){{1,3}}")


def ends_with_stop(text: str) -> bool:
    """Say whether a paragraph ends like a sentence, closing marks and a last bracket aside."""
    bare = text[-12:].rstrip(_CLOSING_MARKS)
    if not bare or bare[-1] in _STOPS:
        return True
    bracket = text.rfind("(", -MAX_BRACKET_CHARS) if text.endswith(")") else -1
    return bracket > 0 and text[:bracket].rstrip(_CLOSING_MARKS)[-1:] in _STOPS


def ends_with_question(text: str) -> bool:
    """Say whether a paragraph ends with a question or exclamation mark."""
    return text[-12:].rstrip(_CLOSING_MARKS).endswith(("?", "!"))


def is_long(text: str) -> bool:
    """Say whether a paragraph is too long for a heading."""
    return len(text) > MAX_HEADING_CHARS or len(text.split()) > MAX_HEADING_WORDS


def is_person_name(text: str) -> bool:
    """Say whether a paragraph is two to four capitalised words and nothing else."""
    return len(text) <= 40 and _PERSON_NAME.fullmatch(text) is not None
