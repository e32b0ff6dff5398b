"""The phrases that a question puts into quotation marks: who does so wants these very words."""

from __future__ import annotations

import re

# Of two words and more; a single one in marks is searched for as any other.
_PHRASE = re.compile(r"[\"\u201c\u201d]([^\"\u201c\u201d]{1,200})[\"\u201c\u201d]")


def find_phrases(question: str) -> list[str]:
    """Return the phrases in double marks, as `fold_phrase` writes them."""
    phrases = (fold_phrase(found) for found in _PHRASE.findall(question))
    return [phrase for phrase in phrases if " " in phrase]


def fold_phrase(text: str) -> str:
    """Return the words of a text in lower case, one space apart, and nothing that parts them."""
    return " ".join(re.findall(r"\w+(?:['\u2019-]\w+)*", text.lower().replace("\u2019", "'")))
