"""Which amounts a text states: the number with its qualifier and unit, and what value it has.

"More than 100", "an estimated 230,000", "1.2 million", "dozens", "half a million", "10 to 20 per
cent", "$5bn" and "fifty-four" are amounts. Numbers that count or measure nothing are passed over:
dates, years, times of day, ordinals, scores, telephone, house, model and version numbers, and
numbers in names ("Boeing 737"). Ages have a unit of their own, so that they are never taken for a
count or a duration.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from corpus.article import Span
from retrieval.comparing.dates import read_dates
from retrieval.comparing.units import read_sign, read_unit
from retrieval.tokens import fold_word

AGE = "age"

# How far a rounded value may be from the true one, at most: "1 million" is no 1.4 million.
ROUNDING_SHARE = 0.05

_ONES = "one two three four five six seven eight nine".split()
_TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_VALUES = {
    **{word: float(place) for place, word in enumerate(_ONES + _TEENS, start=1)},
    **{word: 10.0 * place for place, word in enumerate(_TENS, start=2)},
}
_SCALES = dict(
    zip(
        "one dozen hundred thousand million billion trillion k m bn tn".split(),
        (1.0, 12.0, 1e2, 1e3, 1e6, 1e9, 1e12, 1e3, 1e6, 1e9, 1e12),
        strict=True,
    )
)
# From how many to how many a word for many may stand: "dozens" of more than a gross are hundreds.
_MANY = {
    "tens": (20.0, 100.0),
    "dozens": (24.0, 144.0),
    "scores": (40.0, 200.0),
    "hundreds": (200.0, 2e3),
    "thousands": (2e3, 1e5),
    "millions": (2e6, 1e9),
    "billions": (2e9, 1e12),
}
_SEVERAL = (2.0, 10.0)
_NUMBER_WORDS = frozenset((*_VALUES, *_SCALES, *_MANY))

_SCALE = "hundred|thousand|million|billion|trillion|dozen"
_SIMPLE = rf"(?:(?:{'|'.join(_TENS)})(?:[- ](?:{'|'.join(_ONES)}))?|{'|'.join(_TEENS + _ONES)})\b"
_WRITTEN = (
    rf"{_SIMPLE}(?:[ -](?:{_SCALE})\b"
    rf"(?:(?:,? and)? {_SIMPLE}(?: (?:{_SCALE})\b){{0,2}}| (?:{_SCALE})\b){{0,4}})?"
    rf"|\b(?:half an?|an?) (?:{_SCALE})\b(?: (?:{_SCALE})\b)?"
)
_DIGITS = r"\d{1,3}(?:,\d{3})++(?:\.\d++)?|\d++(?:\.\d++)?"
_SIGN = r"(?:\$US|(?:US|AU?|CA?|NZ|HK|S)?\$|[\u00a3\u20ac\u00a5\u20b9])"
_ABOUT = (
    r"(?:(?:just|well|slightly|far|much|only|still) )?(?:(?:more|fewer|less|greater) than|over"
    r"|under|at (?:least|most)|up to|as (?:many|much|few|little) as|no (?:fewer|less|more) than"
    r"|(?:an )?estimated|about|around|approximately|roughly|nearly|almost|some|close to"
    r"|upwards of|in excess of)"
)
_EXACTLY = "only|just|exactly"
_NUMBER = (
    rf"(?:\b(?:(?P<about>{_ABOUT})|(?:{_EXACTLY})) )?"
    rf"(?:(?<!\w)(?P<sign>{_SIGN}) ?(?=\d)|(?<![\w.,/:#+&@-]))"
    rf"(?P<value>(?P<digits>{_DIGITS})(?![\d.]*\d)(?:[ -](?P<scale>{_SCALE})s?\b"
    rf"|(?P<short>k|bn|tn|(?(sign)m|bn))\b)?"
    rf"|(?P<several>(?:several|a few) (?:{_SCALE}))\b"
    rf"|(?P<many>(?:tens|hundreds) of (?:thousands|millions)|(?:{'|'.join(_MANY)}))\b"
    rf"|(?P<written>{_WRITTEN}))"
)
_LINK = r"%?(?: to | or |[-\u2013]| and )"
# After a number that counts nothing: an ordinal, a time of day, a part of a telephone number, a
# street; a number that describes ("a 12-member board").
_LABEL_AFTER = (
    r"\w|[:/]\d|[- ]\d|-[a-zA-Z]| ?[ap]\.?m\b| o['\u2019]clock| (?:GMT|UTC|BC|AD|BCE|CE)\b"
    r"| (?:[A-Z][\w'\u2019.-]* ){1,3}"
    r"(?:Street|St|Road|Rd|Avenue|Ave|Lane|Drive|Boulevard|Blvd|Square|Place|Terrace|Row)\b"
)
# Before one: a label, the rest of a telephone number, a mark that opens a title.
_LABEL_BEFORE = (
    r"\b(?:no|nos|numbers?|pages?|pp?|chapter|section|version|v|room|flight|route|highway|channel"
    r"|level|phase|grade|figure|fig|rule|line|episode|season|volume|vol|issue|gate|platform|call"
    r"|dial(?:led|ling|ing)?|phone|telephone|tel|hotline|postcode|code|model|mark|step|round|week"
    r"|day|lot|verse|article|score of)\.? [\"'\u2018\u201c(]?$|\d[ -]$"
)
_SPORT = (
    r"\b(?:w[io]ns?|winning|beats?|beaten|los[et]s?|losing|loss|drew|draw|drawn|lead|led|victory"
    r"|defeat(?:ed)?|tied?|scor(?:e|es|ed|ing)|goals?|match|finished|half-time)\b"
)
_AGED = r"\b(?:aged|ages?|ages? of) $"
_AGED_AFTER = r"[- ](?:years?|months?)[- ](?:olds?|of[- ]age)\b"


@dataclass(frozen=True, slots=True)
class Amount:
    """A stated amount.

    Parameters
    ----------
    span : Span
        Qualifier, number and unit: "more than 5 per cent".
    low, value, high : float
        In the unit of `retrieval.comparing.units`; ``low`` to ``high`` is what the words leave open
        by rounding or by being a range. Both are ``value`` for an exact count.
    unit : str
        "" for a count.
    """

    span: Span
    low: float
    value: float
    high: float
    unit: str


def may_hold_amounts(text: str) -> bool:
    """Return whether any number stands in a text, in digits or written out: seen at a glance."""
    if re.search(r"\d", text):
        return True
    return not _NUMBER_WORDS.isdisjoint(re.findall("[a-z]+", text.lower()))


def read_amounts(text: str) -> list[Amount]:
    """Return the amounts of a text in order of place."""
    dates = [date.span for date in read_dates(text)]
    amounts: list[Amount] = []
    place = 0
    while (match := _pattern().search(text, place)) is not None:
        second = _find_second(text, match)
        place = (second or match).end()
        amount = _read(text, match, second, dates)
        if amount is not None:
            amounts.append(amount)
            place = max(place, amount.span.end)
    return amounts


def agree(first: Amount, second: Amount) -> bool:
    """Return whether two amounts of one unit may be the same value, roundly put or not."""
    return first.low <= second.value <= first.high or second.low <= first.value <= second.high


@cache
def _pattern() -> re.Pattern[str]:
    """Return the pattern of a number, compiled when the first text is read."""
    return re.compile(_NUMBER, re.IGNORECASE)


def _find_second(text: str, match: re.Match[str]) -> re.Match[str] | None:
    """Return the second number of a range or a score: "10 to 20", "between 10 and 20", "3-1"."""
    link = re.compile(_LINK).match(text, match.end())
    if link is None or match["many"] or match["several"]:
        return None
    is_between = re.search(r"\bbetween $", text[max(0, match.start() - 8) : match.start()])
    if link.group() == " and " and not is_between:
        return None
    # What stands before it would otherwise keep it from being a number: "10-20".
    second = _pattern().match(text[: link.end() + 60].replace("-", "\u2013"), link.end())
    is_plain = second is not None and second["about"] is None and second["many"] is None
    return second if is_plain else None


def _read(
    text: str, match: re.Match[str], second: re.Match[str] | None, dates: Sequence[Span]
) -> Amount | None:
    """Return the amount that one or two matches of the number pattern stand for, if any."""
    end = (second or match).end()
    before = text[max(0, match.start("value") - 40) : match.start("value")]
    low, value, high = _read_value(match)
    if _is_age(before, text, end, is_plain=match["value"].isdigit()):
        old = re.compile(_AGED_AFTER, re.IGNORECASE).match(text, end)
        stop = end if old is None else old.end()
        return Amount(Span(match.start("value"), stop), value, value, value, AGE)
    unit, factor, stop = (read_sign(match["sign"]), 1.0, end) if match["sign"] else ("", 1.0, end)
    if not unit:
        unit, factor, stop = read_unit(text, end) or (unit, factor, stop)
    if unit == "" and _counts_nothing(before, text, match, end, dates):
        return None
    if second is not None:
        low, high = _read_range(match, second)
        value = (low + high) / 2
    elif low == high:
        spread = _find_spread(match, value, is_measured=unit != "")
        low, high = value - spread, value + spread
    is_change = second is not None and before.lower().endswith("from ")
    if low > high or is_change:
        return None  # a score, or a change: "from 10 to 20"
    return Amount(Span(match.start(), stop), low * factor, value * factor, high * factor, unit)


def _is_age(before: str, text: str, end: int, *, is_plain: bool) -> bool:
    """Return whether a number is an age: "54-year-old", "aged 54", "Ilse Maren, 54,"."""
    if re.compile(_AGED_AFTER, re.IGNORECASE).match(text, end):
        return True
    if re.search(_AGED, before, re.IGNORECASE):
        return True
    is_beside_name = re.search(r"[A-Z][\w'\u2019-]+, $", before) is not None
    return is_plain and is_beside_name and text[end : end + 1] in (",", ".", ")", "")


def _counts_nothing(
    before: str, text: str, match: re.Match[str], end: int, dates: Sequence[Span]
) -> bool:
    """Return whether a number without unit is a label, a date, a house, a score or a time."""
    if match["value"].lower() == "one" and match["about"] is None and end == match.end():
        return True  # "one station" tells which, not how many
    if re.compile(_LABEL_AFTER).match(text, end):
        return True
    if match["digits"] is None:
        return False
    start = match.start("value")
    if any(span.start < end and start < span.end for span in dates):
        return True
    is_score = end != match.end() and re.search(_SPORT, text[max(0, start - 40) : end + 30])
    return bool(is_score) or match["digits"].startswith("0") or _is_label(before, match)


def _is_label(before: str, match: re.Match[str]) -> bool:
    """Return whether what stands before a number makes it a name or a label."""
    if re.search(_LABEL_BEFORE, before, re.IGNORECASE):
        return True
    word = re.search(r"([A-Z][\w'\u2019.-]*) $", before)
    return match["about"] is None and word is not None and fold_word(word[1]) != ""


def _read_range(first: re.Match[str], second: re.Match[str]) -> tuple[float, float]:
    """Return the ends of a range; a scale or share of one end holds for both: "2 to 3 million"."""
    low, high = _read_value(first)[1], _read_value(second)[1]
    scale, own = _find_scale(second), _find_scale(first)
    scaled = low * _SCALES[scale] if scale and not own else low
    return (scaled if scaled <= high else low), high


def _find_scale(match: re.Match[str]) -> str:
    """Return the last word of a number that is a scale: "million"; "" if none is."""
    words = (match["scale"] or match["short"] or match["written"] or "").lower().split()
    return next((word for word in reversed(words) if word in _SCALES and word != "one"), "")


def _read_value(match: re.Match[str]) -> tuple[float, float, float]:
    """Return the least, the stated and the greatest value of a number as it is written."""
    if match["many"]:
        first, _, of = match["many"].lower().partition(" of ")
        low, high = _MANY[first]
        scale = _MANY[of][0] / 2 if of else 1.0
        low, high = low * scale, (low * 5 * scale if of else high)
        return low, (low * high) ** 0.5, high
    if match["several"]:
        scale = _SCALES[match["several"].lower().split()[-1]]
        return _SEVERAL[0] * scale, 4 * scale, _SEVERAL[1] * scale
    if match["digits"]:
        scale = _SCALES[_find_scale(match) or "one"]
        value = float(match["digits"].replace(",", "")) * scale
    else:
        value = _read_words(match["written"].lower())
    return value, value, value


def _read_words(words: str) -> float:
    """Return the value of a number in words: "two hundred and thirty thousand"."""
    total = part = 0.0
    for word in re.split(r"[ ,-]+", words):
        if word == "half":
            part = 0.5
        elif word in _VALUES:
            part += _VALUES[word]
        elif word in ("hundred", "dozen"):
            part = (part or 1.0) * _SCALES[word]
        elif word in _SCALES:
            total, part = total + (part or 1.0) * _SCALES[word], 0.0
    return total + part


def _find_spread(match: re.Match[str], value: float, *, is_measured: bool) -> float:
    """Return by how much the true value may differ from one that is roundly put."""
    scale = _find_scale(match)
    decimals = len((match["digits"] or "").partition(".")[2])
    step = (_SCALES[scale] if scale else 1.0) / 10.0**decimals
    if match["about"] is None and not scale:
        return step / 2 if is_measured else 0.0
    while step and value >= 10 * step and value % (10 * step) == 0:
        step *= 10
    return min(step / 2, ROUNDING_SHARE * value)
