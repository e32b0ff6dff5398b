"""What kind of answer a question asks for, and whether a stretch of text holds one."""

from __future__ import annotations

import re
from enum import Enum

from retrieval.tokens import find_words, fold_word


class Expected(Enum):
    """The kind of answer a question asks for; ``ANY`` where its form does not tell."""

    NUMBER = "number"
    DATE = "date"
    NAME = "name"
    ANY = "any"


_ASKS = (
    (
        Expected.NUMBER,
        re.compile(
            r"\bhow (?:many|much|long|old|far|often|large|big|tall|high|fast|deep|wide|heavy)\b"
            r"|\b(?:what|which) (?:is the )?(?:percent(?:age)?|proportion|number|amount|share)\b",
            re.IGNORECASE,
        ),
    ),
    (
        Expected.DATE,
        re.compile(
            r"\bwhen\b"
            r"|\b(?:what|which) (?:\w+ )?(?:year|date|day|month|week|decade|century|time)\b",
            re.IGNORECASE,
        ),
    ),
    (
        Expected.NAME,
        re.compile(
            r"\b(?:who|whom|whose|who's|who\u2019s|where|whereabouts)\b"
            r"|\b(?:what|which) (?:person|company|team|place|city|cities|country|countries)\b",
            re.IGNORECASE,
        ),
    ),
)

_NUMBER_WORDS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety "
    "hundred thousand million billion dozen dozens hundreds thousands millions half twice"
)
_NUMBER = re.compile(rf"\d|\b(?:{'|'.join(_NUMBER_WORDS.split())})\b", re.IGNORECASE)
_DATE = re.compile(
    r"\b(?:1\d{3}|20\d\d)s?\b|\b\d{1,2}(?:st|nd|rd|th) century\b|\b\d+ (?:BC|AD|CE|BCE)\b"
    r"|\b(?:January|February|March|April|May|June|July|August)\b"
    r"|\b(?:September|October|November|December)\b"
    r"|\b(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\. \d"
    r"|\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|\byesterday\b|\blast (?:week|month|year)\b"
)
_HOW_MANY = re.compile(r"\bhow many\b|\bnumber of\b", re.IGNORECASE)

# Words between a number and what it counts: "54 so-called overseas police service stations".
COUNTED_WITHIN = 6

# A capital inside a sentence: a name, as far as letters tell.
_NAME = re.compile(r"(?<=[\w,;:\u2019\u201d'\")] )[\u201c\u2018\"'(]?([A-Z][\w\u2019'-]+)")


def expect_answer(question: str) -> Expected:
    """Return the kind of answer a question asks for."""
    for expected, pattern in _ASKS:
        if pattern.search(question):
            return expected
    return Expected.ANY


def counts_asked(text: str, question: str) -> bool:
    """Return whether a number stands shortly before the thing whose number is asked for.

    "How many police stations …" asks for stations: the last word before the next function word.
    """
    asked = _HOW_MANY.search(question)
    if asked is None:
        return False
    head = ""
    for word in find_words(question[asked.end() :]):
        term = fold_word(word)
        if not term:
            break
        head = term
    words = list(find_words(text))
    return any(
        _NUMBER.match(word)
        and head in map(fold_word, words[place + 1 : place + 1 + COUNTED_WITHIN])
        for place, word in enumerate(words)
        if head
    )


def is_number(word: str) -> bool:
    """Return whether a word is a number, in digits or written out."""
    return _NUMBER.match(word) is not None


def holds_expected(expected: Expected, text: str, question: str) -> bool:
    """Return whether a stretch holds an answer of the kind; names must be new to the question."""
    if expected is Expected.NUMBER:
        return _NUMBER.search(text) is not None
    if expected is Expected.DATE:
        return _DATE.search(text) is not None
    if expected is Expected.NAME:
        asked = {word.casefold() for word in find_words(question)}
        return any(name.casefold() not in asked for name in _NAME.findall(text))
    return True
