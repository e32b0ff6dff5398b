"""Which date of a sentence is that of the event asked for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from retrieval.comparing.asked import DATE, Asked
from retrieval.comparing.dates import read_dates
from retrieval.comparing.stating import BREAKS, Stated, Word

# Words between the verb of an event and its date.
DATED_WITHIN = 16
_NOT_ON = r"\b(?:until|before|after|by|till|than|between) (?:\w+ )?$"
_OPENS = r"(?:In|On|Early in|Late in) "
_OBJECT_OPENS = frozenset("a an the its his her their another two three".split())


def find_dated(asked: Asked, text: str, words: Sequence[Word]) -> Stated | None:
    """Return the date that the verb of the event leads to, or that opens its sentence."""
    dates = [
        date
        for date in read_dates(text)
        if not re.compile(_NOT_ON).search(text[: date.span.start][-24:])
    ]
    verbs = [
        (place, word)
        for place, word in enumerate(words)
        if word.term in asked.verbs and not word.text.endswith(("ment", "ing", "ion", "found"))
    ]
    for place, verb in verbs:
        reach = words[min(place + DATED_WITHIN, len(words) - 1)].end
        after = [date for date in dates if verb.end <= date.span.start <= reach]
        if _has_new_object(asked, words[place + 1 : place + 4]):
            continue
        if after and _leads_to(text[verb.end : after[0].span.start]):
            return Stated(after[0].span, after[0].span.end, len(text), DATE, after[0])
    if verbs and dates and re.fullmatch(_OPENS, text[: dates[0].span.start]):
        return Stated(dates[0].span, dates[0].span.end, len(text), DATE, dates[0])
    return None


def _has_new_object(asked: Asked, after: Sequence[Word]) -> bool:
    """Return whether a verb is followed by what the question does not name: "opened a wing"."""
    if not after or after[0].text.lower() not in _OBJECT_OPENS:
        return False
    terms = {word.term for word in after if word.term}
    return terms.isdisjoint(asked.terms)


def _leads_to(between: str) -> bool:
    """Return whether nothing else is told between a verb and its date: "in Linn, Norway, in"."""
    last = between.rpartition(",")[2] if "," in between else ""
    is_other = re.search(r"\w{3}ed (?:in|on|at)(?: \w+)? $", between) is not None
    return len(last.split()) <= 1 and not is_other and not re.compile(BREAKS).search(between)
