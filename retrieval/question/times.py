"""Whether a question names a time: then what is newer is no better."""

from __future__ import annotations

import re

_MONTH = (
    "january|february|april|june|july|august|september|october|november|december"
    "|jan|feb|apr|aug|sept?|oct|nov|dec"
)
# These are words as well; a preposition or a number shows that a month is meant.
_WORDLIKE_MONTH = "march|may|mar|jun|jul"
_WEEKDAY = "monday|tuesday|wednesday|thursday|friday|saturday|sunday"
_PERIOD = "week|weekend|month|year|decade|century|spring|summer|autumn|fall|winter|night|quarter"
_BEFORE_TIME = "in|on|of|since|until|till|by|before|after|during|from|between|to|around|last|and"
_PLAIN_YEAR = r"(?:1[5-9]|20)\d\d"
_COUNTED = r"(?!,\d|\.\d| (?:people|persons|men|women|children|dollars|euros|pounds|km|miles|%))"

_TIME = (
    rf"\b{_PLAIN_YEAR}(?:s|['\u2019]s)?\b{_COUNTED}|\b(?:{_BEFORE_TIME}) 1\d{{3}}s?\b{_COUNTED}"
    rf"|['\u2019]\d0s\b|\b\d{{1,2}}(?:st|nd|rd|th)[ -]century\b|\b\d+ (?:bc|bce|ad|ce)\b"
    rf"|\b(?:{_MONTH}|{_WEEKDAY})\b"
    rf"|\b(?:{_BEFORE_TIME}|early|late|this|next) (?:{_WORDLIKE_MONTH})\b"
    rf"|\b(?:{_WORDLIKE_MONTH})\.? \d|\b\d{{1,2}}(?:st|nd|rd|th)?(?: of)? (?:{_WORDLIKE_MONTH})\b"
    r"|\b\d{1,4}[/-]\d{1,2}[/-]\d{1,4}\b|\byesterday\b"
    rf"|\b(?:last|past|previous|that) (?:\w+ )?(?:{_PERIOD})s?\b"
    rf"|\b(?:{_PERIOD}|day|hour|minute)s? (?:ago|earlier|before)\b"
    r"|\b(?:middle ages|world war|second world war|first world war|christmas|easter|ramadan)\b"
)


def names_time(question: str) -> bool:
    """Return whether a question names a year, a month, a day or a time gone by.

    "Today", "now" and "latest" do not count: they ask for what is newest.
    """
    return re.search(_TIME, question.lower()) is not None
