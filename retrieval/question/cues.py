"""The forms by which a stretch of text shows that it holds a number, a name, a reason ….

They were chosen on labelled questions about Wikipedia articles: each stands clearly more often in
the sentence that answers than in the others of its paragraph. No form looks further than a few
words, so that a long or hostile text is read in time proportional to its length.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from retrieval.tokens import fold_word


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as far as answers are held against it.

    Parameters
    ----------
    words : frozenset of str
        All its words, case folded: none of them is the answer.
    terms : frozenset of str
        What it is about.
    unit : str or None
        Pattern of the units in which the number that it asks for is given, if its form tells.
    """

    words: frozenset[str]
    terms: frozenset[str]
    unit: str | None


NUMBER_WORDS = frozenset(
    """
    one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred
    thousand million billion trillion dozen dozens hundreds thousands millions billions half twice
    """.split()
)
_NUMBER = rf"\d+(?:[.,]\d+)*|\b(?:{'|'.join(sorted(NUMBER_WORDS))})\b"
_DIGITS = r"\d+(?:[.,]\d+)*"

_TIMES = "second|minute|hour|day|night|week|month|year|decade|centur|generation"
_LENGTHS = r"met(?:er|re)s?\b|\w{1,9}met(?:er|re)|\b[ckm]?m\b|mile|feet|foot|ft\b|inch|yard|light"
# What a question asks for, and how its unit is written shortly before or after the number.
_UNITS = (
    (r"\bhow long (?:is|are|was|were) the\b", f"{_LENGTHS}|{_TIMES}"),
    (r"\bhow long\b|\bduration\b", _TIMES),
    (r"\bhow (?:old|young)\b|\b(?:what|which|the|whose|'s) age\b", r"year|age|old|month|^\W*\d+,"),
    (r"\bhow (?:far|tall|high|deep|wide|thick)\b", rf"{_LENGTHS}|store?y|stories|floor"),
    (r"\b(?:height|length|width|depth|distance|elevation|altitude)\b", _LENGTHS),
    (
        r"\bper ?cent|\bproportion\b|\bshare of\b",
        "%|per ?cent|third|quarter|half|fifth|in (?:ten|10)",
    ),
    (r"\bhow (?:hot|cold|warm)\b|\btemperature\b", r"\u00b0|degree|celsius|fahrenheit|\d[CF]\b"),
    (r"\bhow (?:often|frequently)\b", r"time|twice|every|per\b|an? (?:day|week|month|year)|annual"),
)
_UNIT_BEFORE, _UNIT_AFTER = 12, 30  # characters

_MONTHS = frozenset(
    "January February March April May June July August September October November December".split()
)
_WEEKDAYS = frozenset("Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split())
_DAY_WORDS = _MONTHS | _WEEKDAYS | frozenset("yesterday today tonight tomorrow midnight".split())
_YEAR = r"(?:1\d|20)\d\d"
_DATING_NUMBER = rf"{_YEAR}s?|\d{{1,2}}[ap]m"
# Pairs of words that tell when, the first of them a number or one of these.
_AFTER_NUMBER = frozenset("BC AD CE BCE am pm a p century".split())
_NEAR = frozenset("last next this".split())
_NEAR_TIMES = frozenset(
    "week month year decade century spring summer autumn fall winter morning evening afternoon "
    "night weekend".split()
)
_SPANS = frozenset("year month week day hour decade centurie".split())
_AGO = frozenset("ago later earlier".split())
_SHORT_MONTHS = frozenset("Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec AD".split())
_TELLING = _NEAR | _AGO | _SHORT_MONTHS

# Numbers that count nothing: years, days of a month, places in a row.
_COUNTS_NOT_BEFORE = rf"(?:{'|'.join(sorted(_MONTHS))}|No\.|\[) ?$"
_COUNTS_NOT_AFTER = (
    rf" (?:{'|'.join(sorted(_MONTHS))})\b|(?:st|nd|rd|th)\b"
    r"|(?<=\b[Oo]ne) (?:of|another|or|can|could|may|might|must|day|side|hand|way|who|that)\b"
)

# A capital inside a sentence: a name, as far as letters tell.
_NAME = r"[A-Z](?:(?<=[\w,;:\u2019\u201d'\")\u2013-] [A-Z])|(?<=\w [\u201c\"(\u2018][A-Z]))[\w-]+"
# Two capitals in a row are a person's name, as far as letters tell, unless these end them.
_CAPITALS = r"[A-Z][\w-]*(?: [A-Z][\w-]*\.?)+"
_NO_PERSON = frozenset(
    """
    act africa age ages airport america asia association award awards bank battle bay bridge
    britain center centre century championship church city college commission committee company
    convention corporation council county court cup day declaration department east empire england
    europe games group hall house institute island islands kingdom law league ministry museum north
    ocean office park parliament party press program programme project republic revolution river
    sea society south state states station street sunday system testament times treaty union
    university war west
    """.split()
)
_TITLES = frozenset(
    "Mr Mrs Ms Dr Sir Lord Lady President Minister King Queen Emperor Senator Governor Professor "
    "Prince Princess Pope Bishop General Captain Judge".split()
)
_SOME = frozenset("a an two three four five six several some by".split())
_ROLES = frozenset(
    """
    man men woman women scientist scientists researcher researchers official officials officer
    officers spokesman spokeswoman spokesperson president minister student students teacher
    teachers police policeman policemen member members worker workers farmer farmers soldier
    soldiers fisherman fishermen journalist journalists lawyer lawyers director company
    """.split()
)
_INTO = frozenset(
    "in at near from to on outside across through into toward towards between around via".split()
)
_PLACES = frozenset(
    """
    city town village island coast river valley mountain mountains street county province region
    area district north south east west border capital university building sea ocean shore church
    house home hall room station school college museum surface hospital airport port forest camp
    """.split()
)
_WORDS_BETWEEN = 3  # "in a small coastal town", "a retired police officer"

_REASONS = frozenset(
    """
    because since therefore thus hence cause causes caused causing attributed amid seeking demanding
    """.split()
)
_REASON_PAIRS = frozenset(
    f"{first} {second}"
    for line in (
        "due owing thanks led leads: to",
        "result resulted resulting: from in",
        "so: that as",
        "in: order response protest",
        "as: a",
        "accused suspicion: of",
        "for: fear failing refusing allegedly",
        "driven caused prompted triggered: by",
        """
        to could would: allow avoid prevent protect ensure escape mark create gain get make improve
        reduce restrict clarify promote help keep stop save provide meet support raise attract
        encourage obtain maintain increase cut fight combat force give become take serve
        """,
    )
    for firsts, seconds in [line.split(":")]
    for first in firsts.split()
    for second in seconds.split()
)
_DEFINITION = (
    r"\b(?:is|are|was|were) (?:an?|the|any|one|also|usually|generally)\b"
    r"|, (?:an?|the|or|which|who|whose|also|formerly) |[(\u201c\"\u2018\u2013\u2014]"
    r"|\b(?:known|defined|referred to|described|regarded|called|named|termed)\b"
    r"|\b(?:means?|meaning|refers?|stands? for|consists?|denotes?|describes?)\b"
)
_ITEMS = r", [^,.;]{1,40},? (?:and|or) "
_TWO_NAMES = r"[A-Z][\w'\u2019-]*,? (?:and|or|&) (?:of )?(?:the )?[A-Z]"


def find_unit(question: str) -> str | None:
    """Return the pattern of the unit in which a question, in lower case, asks for a number."""
    return next((unit for asking, unit in _UNITS if re.search(asking, question)), None)


def holds_numeral(text: str) -> bool:
    """Return whether any number stands there, in digits or written out."""
    return re.search(r"\d", text) is not None or _holds_number_word(text)


def holds_number(text: str, asked: Asked) -> bool:
    """Return whether a new number stands there, with its unit or counting something."""
    if not holds_numeral(text):
        return False
    pattern = _NUMBER if _holds_number_word(text) else _DIGITS
    return any(
        _has_unit(text, number, asked.unit) if asked.unit else _counts(text, number)
        for number in re.finditer(pattern, text, re.IGNORECASE)
        if number.group().lower() not in asked.words
    )


def holds_date(text: str, asked: Asked) -> bool:
    """Return whether a new date, year or time of day stands there."""
    words = _split_words(text)
    if any(word.lower() not in asked.words for word in _DAY_WORDS.intersection(words)):
        return True
    numbers = [word for word in words if word[0].isdecimal()]
    if any(re.fullmatch(_DATING_NUMBER, one) for one in numbers if one not in asked.words):
        return True
    if not numbers and _TELLING.isdisjoint(words):
        return False
    return any(_tells_time(first, second) for first, second in pairwise(words))


def holds_person(text: str, asked: Asked) -> bool:
    """Return whether somebody is named or described who is new."""
    for name in re.findall(_CAPITALS, text):
        words = [word.rstrip(".").lower() for word in name.split()]
        if not fold_word(words[0]):
            del words[0]  # "The", at the start of a sentence
        if len(words) > 1 and words[-1] not in _NO_PERSON and not asked.words.issuperset(words):
            return True
    words = _split_words(text)
    named = (name for before, name in pairwise(words) if _introduces(before) and name[0].isupper())
    if any(name.lower() not in asked.words for name in named):
        return True
    return _follows(words, _ROLES, _SOME)


def holds_place(text: str, asked: Asked) -> bool:
    """Return whether a new name or a kind of place stands behind "in", "near", "from" …."""
    words = _split_words(text)
    named = [word for word in words if word != "the"]
    for before, name in pairwise(named):
        is_name = before in _INTO and name[0].isupper() and name not in _DAY_WORDS
        if is_name and name.lower() not in asked.words:
            return True
    return _follows(words, _PLACES - asked.words, _INTO)


def holds_name(text: str, asked: Asked) -> bool:
    """Return whether a new name stands there."""
    return any(
        name.lower() not in asked.words and name not in _DAY_WORDS
        for name in re.findall(_NAME, text)
    )


def holds_reason(text: str, _asked: Asked) -> bool:
    """Return whether a cause or a purpose is given."""
    words = _split_words(text.lower())
    if not _REASONS.isdisjoint(words):
        return True
    return not _REASON_PAIRS.isdisjoint(map(" ".join, pairwise(words)))


def holds_definition(text: str, asked: Asked) -> bool:
    """Return whether all that is asked about stands there, and is said to be something."""
    terms = map(fold_word, re.findall(r"[\w'\u2019.]*\w", text))
    return asked.terms.issubset(terms) and re.search(_DEFINITION, text) is not None


def holds_list(text: str, _asked: Asked) -> bool:
    """Return whether several things stand in a row, joined by commas or "and"."""
    return re.search(_ITEMS, text) is not None or re.search(_TWO_NAMES, text) is not None


# One sentence is read for a number and for what it counts; no more than that one is kept.
@lru_cache(maxsize=1)
def _holds_number_word(text: str) -> bool:
    return not NUMBER_WORDS.isdisjoint(_split_words(text.lower()))


def _split_words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def _has_unit(text: str, number: re.Match[str], unit: str) -> bool:
    near = text[max(0, number.start() - _UNIT_BEFORE) : number.end() + _UNIT_AFTER]
    return re.search(unit, near, re.IGNORECASE) is not None


def _counts(text: str, number: re.Match[str]) -> bool:
    """Return whether a number may count or measure something."""
    if re.fullmatch(_YEAR, number.group()):
        return False
    before = text[max(0, number.start() - 12) : number.start()]
    if re.search(_COUNTS_NOT_BEFORE, before):
        return False
    return re.compile(_COUNTS_NOT_AFTER).match(text, number.end()) is None


def _tells_time(first: str, second: str) -> bool:
    """Return whether two neighbouring words tell when: "last week", "14th century", "Oct 4"."""
    if first[0].isdecimal() and second in _AFTER_NUMBER:
        return True
    if first in _NEAR:
        return second in _NEAR_TIMES
    if first in _SHORT_MONTHS:
        return second[0].isdecimal()
    return second in _AGO and first.rstrip("s") in _SPANS


def _introduces(word: str) -> bool:
    """Return whether a capital behind this word is a person's, or of whoever did something."""
    return word in _TITLES or word == "by"


def _follows(words: list[str], wanted: frozenset[str], openers: frozenset[str]) -> bool:
    """Return whether a wanted word stands shortly behind one that may open its phrase."""
    if wanted.isdisjoint(words):
        return False
    return any(
        word in wanted and not openers.isdisjoint(words[max(0, place - 1 - _WORDS_BETWEEN) : place])
        for place, word in enumerate(words)
    )
