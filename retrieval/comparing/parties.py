"""Whom a text names, as far as capitals tell, and whether two names belong to one side.

A country speaks through its capital, embassy and ministries, a company through its spokesman and a
person by surname. So names agree where they share a country, a surname or an acronym.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from corpus.article import Span
from retrieval.comparing.kinship import share_root
from retrieval.tokens import fold_word

# Names of one government in the news: the country, its people, whence it is governed.
_COUNTRIES = (
    "China Chinese Beijing",
    "Russia Russian Russians Moscow Kremlin",
    "America American Americans US U.S. Washington Pentagon",
    "Britain British UK U.K. London Whitehall",
    "France French Paris",
    "Germany German Germans Berlin",
    "Spain Spanish Madrid",
    "Italy Italian Italians Rome",
    "Poland Polish Warsaw",
    "Netherlands Dutch",
    "Denmark Danish Copenhagen",
    "Sweden Swedish Stockholm",
    "Norway Norwegian Oslo",
    "Finland Finnish Helsinki",
    "Turkey Turkish Ankara",
    "Greece Greek Athens",
    "Ukraine Ukrainian Ukrainians Kyiv Kiev",
    "Israel Israeli Israelis Jerusalem",
    "Iran Iranian Iranians Tehran",
    "Iraq Iraqi Iraqis Baghdad",
    "Syria Syrian Syrians Damascus",
    "Egypt Egyptian Egyptians Cairo",
    "Qatar Qatari Doha",
    "Saudi Saudis Riyadh",
    "India Indian Indians Delhi",
    "Pakistan Pakistani Pakistanis Islamabad",
    "Afghanistan Afghan Afghans Kabul Taliban",
    "Japan Japanese Tokyo",
    "Taiwan Taiwanese Taipei",
    "Korea Korean Koreans Seoul",
    "Pyongyang DPRK",
    "Myanmar Burmese Naypyidaw",
    "Australia Australian Australians Canberra",
    "Canada Canadian Canadians Ottawa",
    "Mexico Mexican Mexicans",
    "Brazil Brazilian Brazilians Brasilia",
    "Venezuela Venezuelan Caracas",
    "Cuba Cuban Havana",
    "Ethiopia Ethiopian Ethiopians",
    "Hungary Hungarian Budapest",
    "Serbia Serbian Belgrade",
    "Belarus Belarusian Minsk",
    "Zealand Wellington",
)
_ORGANS = (
    "administration|agency|ambassador|army|authorities|authority|bank|board|church|club|commission"
    "|committee|company|corporation|council|court|department|diplomats?|embassy|firm|forces"
    "|foundation|government|leadership|leaders|manufacturer|military|ministry|officials?|party"
    "|police|regime|school|soldiers|state|troops|union|university"
)
_CAPITAL = r"[A-Z][\w'\u2019&-]*(?:\.(?=[A-Z]))?(?:[A-Z]\.)*"
_NAME = (
    rf"(?<![\w-])(?:(?:Mr|Ms|Mrs|Dr|Sir|Sen|Rep|Gov|Gen)\.? )?{_CAPITAL}"
    rf"(?: (?:of |and |for |de |van |von |bin |al-)?{_CAPITAL}){{0,6}}(?: \([A-Z]+\))?"
    rf"(?: (?:(?:foreign|defence|defense|state|central|security|city|local) )?(?:{_ORGANS})\b)?"
)
# Capitals of no name.
_NO_NAMES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may "
    "june july august september october november december human rights group according police "
    "officials "
    "authorities investigators prosecutors critics experts activists residents witnesses reports "
    "meanwhile however although mr ms mrs dr sir yes no article critics others people security "
    "several some many most claims allegations accusations documents evidence reporters lawyers "
    "opponents supporters campaigners protesters later earlier last next lawmakers researchers "
    "scientists analysts relatives families workers students voters western european".split()
)


_TITLES = frozenset(
    fold_word(title)
    for title in "Mr Mrs Ms Dr Prof Professor Sir Dame Lord Lady Sen Senator President Prime "
    "Minister Judge Justice Captain Colonel General Sergeant Mayor Governor Bishop Father Sister "
    "King Queen Prince Princess Officer Inspector Chief Commissioner Ambassador Chancellor".split()
)


def find_names(text: str, start: int = 0, end: int | None = None) -> Iterator[Span]:
    """Yield the names of a stretch in order of place, each with its office: "Chinese police"."""
    for found in _pattern().finditer(text, start, len(text) if end is None else end):
        span = _trim(text, Span(*found.span()))
        if span is not None:
            yield span


def name_terms(name: str) -> tuple[str, ...]:
    """Return the terms of the words of a name that are written with a capital."""
    words = re.findall(r"[^\W_][\w.'\u2019-]*", name)
    return tuple(
        term for word in words if word[0].isupper() and (term := fold_word(word.rstrip(".")))
    )


def are_one_side(first: str, second: str) -> bool:
    """Return whether two names belong to one side: a country, a person, a body."""
    one, other = name_terms(first), name_terms(second)
    if not one or not other:
        return False
    countries = _countries_of(one) & _countries_of(other)
    if countries:
        return True
    if _is_acronym_of(first, second) or _is_acronym_of(second, first):
        return True
    if _countries_of(one) or _countries_of(other):
        one, other = _without_countries(one), _without_countries(other)
    return _share_name(one, other) or _share_name(other, one)


def _share_name(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Return whether the last part of a name, or all of it, stands in another.

    "Jo Day" and "Mr Day" share a name, "Jo Day" and "Jo Linn" or "Ann Day" do not.
    """
    if not one or not other:
        return False
    first, second = (set(name[:-1]) - _TITLES for name in (one, other))
    is_same = not first or not second or not first.isdisjoint(second)
    ends = (one[-1] == other[-1] and is_same) or (len(one) == 1 and one[0] in other)
    return (
        ends or set(one) <= set(other) or (len(one) == 1 == len(other) and share_root(*one, *other))
    )


def _without_countries(terms: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(term for term in terms if term not in _countries())


def _countries_of(terms: tuple[str, ...]) -> set[int]:
    return {_countries()[term] for term in terms if term in _countries()}


def _is_acronym_of(first: str, second: str) -> bool:
    """Return whether one name is spelt by the capitals of the other, or stands in its brackets."""
    letters = "".join(word[0] for word in re.findall(r"\b[A-Z]\w+", second))
    acronyms = re.findall(r"\b[A-Z]{2,}\b", first)
    return any(word == letters or f"({word})" in second for word in acronyms)


def _trim(text: str, span: Span) -> Span | None:
    """Return a name without what is no part of it: an opening "But" or "On Monday"."""
    words = list(re.finditer(r"\S+", text[span.start : span.end]))
    if words[0].group() == "The" and len(words) > 2:
        return Span(span.start + words[1].start(), span.end)
    for word in words:
        if _is_name_word(word.group()):
            name = Span(span.start + word.start(), span.end)
            return None if _is_adjective(name.slice(text)) else name
    return None


def _is_adjective(name: str) -> bool:
    """Return whether a name is but an adjective: the "Chinese" of a "Chinese restaurant"."""
    return name.rstrip(".") in {line.split()[1] for line in _COUNTRIES}


def _is_name_word(word: str) -> bool:
    """Return whether a word is written with a capital and is none of the usual other reasons."""
    plain = word.strip("().,'\u2019")
    no_name = plain.lower() in _NO_NAMES
    return (
        plain[:1].isupper()
        and not no_name
        and (fold_word(plain) != "" or (plain.isupper() and len(plain) > 1))
    )


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(_NAME)


@cache
def _countries() -> dict[str, int]:
    return {
        fold_word(word): number for number, line in enumerate(_COUNTRIES) for word in line.split()
    }
