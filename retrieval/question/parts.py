"""Several questions in one message, each to be answered for itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, pairwise

from retrieval.tokens import FRAME_WORDS, find_words, fold_word

MOST_PARTS = 4

_QUESTION_WORDS = "who|whom|whose|what|when|where|why|how|which"
_VERBS_FIRST = "is|are|was|were|do|does|did|has|have|had|can|could|will|would|should"
# Between "and" and the like, only a question word may begin another question.
_AND = rf",?\s+(?=(?:and|but|also|plus|&)(?: also| then)? (?:{_QUESTION_WORDS})\b)"
# A full stop behind a short word may belong to an abbreviation.
_BREAK = (
    rf"(?<=[?\uff1f])[\"'\u201d\u2019)]*\s+|\s*\n\s*|(?<=\w\w\w\w[.!])\s+|;\s+|(?P<joins>{_AND})"
)
_ASKS = (
    rf"(?:(?:and|but|so|also|then|plus|please|tell me|do you know)\b,? |& )*"
    rf"(?!when (?!{_VERBS_FIRST}))(?:{_QUESTION_WORDS}|{_VERBS_FIRST}|list|name|define|explain)\b"
)
_POINTS_BACK = r"\b(?:he|she|it|they|him|her|them|his|its|their|this|that|these|those|there)\b"
_WORDS_OF_ITS_OWN = 2


def split_questions(text: str) -> tuple[str, ...]:
    """Return the questions of a message, as typed.

    They are parted at question marks, ends of sentences and of lines, and before "and who …" where
    both sides say enough to be searched alone. What only points back ("And why?", "and who by") and
    what is no question (a sentence that leads up to one) stays with its neighbour.

    Returns
    -------
    tuple of str
        From 1 to `MOST_PARTS` parts, which make up the text but for white space between them; the
        last one holds the rest.
    """
    parts: list[str] = []
    start = 0
    for place, end, joins in _find_breaks(text):
        if len(parts) == MOST_PARTS - 1:
            break
        least = _WORDS_OF_ITS_OWN if joins else 1
        before, after = text[start:place], text[place:end]
        if _asks(before) and _asks(after) and _says(before, least) and _says(after, least):
            parts.append(before.strip())
            start = place
    return (*parts, text[start:].strip())


def join_backward(parts: tuple[str, ...]) -> tuple[str, ...]:
    """Return each part together with the one before it, where only that tells what its "it" is.

    A part that points back and has fewer than two words that carry meaning finds nothing alone.
    """
    return tuple(
        f"{parts[place - 1]} {part}" if place and _leans_back(part) else part
        for place, part in enumerate(parts)
    )


def _find_breaks(text: str) -> Iterator[tuple[int, int, bool]]:
    """Yield where a question may begin, where the next may, and whether an "and" joins it."""
    breaks = [
        (found.end(), found["joins"] is not None) for found in re.finditer(_BREAK, text, re.I)
    ]
    for (place, joins), (end, _) in pairwise([*breaks, (len(text), False)]):
        yield place, end, joins


def _asks(part: str) -> bool:
    """Return whether a stretch is a question by its mark or its first word."""
    plain = part.strip().rstrip("\"'\u201d\u2019)")
    if re.match(_ASKS, plain, re.IGNORECASE):
        return True
    return plain.endswith(("?", "\uff1f")) and not re.match("and|or|but", plain, re.IGNORECASE)


def _says(part: str, least: int) -> bool:
    """Return whether a stretch has so many words that carry meaning."""
    words = (word for word in find_words(part) if word.lower() not in FRAME_WORDS)
    return len(set(islice(filter(None, map(fold_word, words)), least))) >= least


def _leans_back(part: str) -> bool:
    points_back = re.search(_POINTS_BACK, part, re.IGNORECASE) is not None
    return points_back and not _says(part, _WORDS_OF_ITS_OWN)
