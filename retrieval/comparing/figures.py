"""Figures that differ: answers from several articles that hold different numbers for one thing.

Nothing is compared that the words do not tie together: each sentence must state the figure that the
question asks for (`retrieval.comparing.stated`), of the same kind, with no other place or time than
the other tells. Equal values never differ, however they are put: "230 thousand", "more than
230,000" and "an estimated 230,000" are one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

from corpus.article import Span
from retrieval.comparing.asked import DATE, Asked, read_asked
from retrieval.comparing.dates import NamedDate, differ, read_dates
from retrieval.comparing.kinship import are_related
from retrieval.comparing.numbers import AGE, Amount, agree
from retrieval.comparing.stated import find_stated
from retrieval.comparing.statements import Statement
from retrieval.comparing.stating import Stated
from retrieval.tokens import extract_terms

DAYS_PER_YEAR = 365.25
# Values further apart are not of one thing: the price of a stadium and of a ticket to it.
MAX_RATIO = 20.0
# "Dozens" leave open more than that between the least and the most they may stand for.
VAGUE_RATIO = 3.0

_WORLD = (
    r"(?i:\b(?:worldwide|globally|nationwide|around the (?:world|globe|country)"
    r"|across the (?:world|globe|country)|in the world)\b)"
)
_PLACE = (
    r"(?:[\u2019\u201d'\"])? (?:in|at|across|near|inside|throughout|outside|from) (?:the )?"
    r"((?:[A-Z][\w'\u2019-]*)(?: [A-Z][\w'\u2019-]*)*)"
)
_NEAR_PLACE = (
    r"(?: (?!(?:when|after|as|while|because|if)\b)[\w-]+){1,3} (?:in|at|across|near) (?:the )?"
    r"([A-Z][\w'\u2019-]*(?: [A-Z][\w'\u2019-]*)*)"
)
# What is told by the way: ", which opened in 2019,".
_ASIDE = r", (?:which|who|whose|where|[a-z]+ed)\b[^,]*,"
_SINCE = r"\b(?:last|this|previous|next) (?:year|month|week|season|quarter)\b"


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure that differs from another.

    Parameters
    ----------
    key : int
        The statement's.
    start, end : int
        Of the number with its qualifier and unit, in the statement's text.
    value : float
        In the base of its unit; the middle of a range; of a date the year, or the day of the year
        where no year is told.
    unit : str
        What is counted, as written there, or the unit; "date" for a date.
    """

    key: int
    start: int
    end: int
    value: float
    unit: str


@dataclass(frozen=True, slots=True)
class _Found:
    statement: Statement
    stated: Stated
    places: frozenset[str]
    near_places: frozenset[str]
    times: frozenset[str]
    own_times: frozenset[str]


def find_differing(question: str, statements: Iterable[Statement]) -> tuple[Figure, ...]:
    """Return the figures that differ for the thing a question asks for.

    Returns
    -------
    tuple of Figure
        One of each article whose figure differs from another article's, oldest first; undated ones
        after the dated, by key. Empty where fewer than two differ.
    """
    asked = read_asked(question)
    if asked is None:
        return ()
    found = _find_figures(asked, statements)
    topic = frozenset(extract_terms(question))
    differing = {
        one.statement.key: one
        for pair in combinations(found, 2)
        if _is_same_thing(*pair, topic) and _differs(*pair)
        for one in pair
    }
    return tuple(_to_figure(one) for one in sorted(differing.values(), key=_by_age))


def _find_figures(asked: Asked, statements: Iterable[Statement]) -> list[_Found]:
    """Return the figure of each article: "54" before "dozens", then by score, then by key."""
    plain: dict[int, tuple[Statement, Stated]] = {}
    vague: dict[int, tuple[Statement, Stated]] = {}
    for one in sorted(statements, key=lambda one: (-one.score, one.key)):
        if one.article not in plain and (figure := find_stated(asked, one.text)) is not None:
            (vague if _is_vague(figure) else plain).setdefault(one.article, (one, figure))
    return [_read_scope(*stated) for stated in (vague | plain).values()]


def _is_vague(figure: Stated) -> bool:
    amount = figure.amount
    return isinstance(amount, Amount) and amount.high > VAGUE_RATIO * amount.low


def _by_age(found: _Found) -> tuple[bool, int, int]:
    day = found.statement.day
    return day is None, day or 0, found.statement.key


def _read_scope(statement: Statement, stated: Stated) -> _Found:
    """Return a figure with the places and times that its sentence binds it to."""
    text, scope = statement.text, (stated.scope_start, stated.scope_end)
    places = re.compile(_PLACE).match(text, *scope)
    opening = re.compile(_PLACE).match(f" {text[:1].lower()}{text[1:]}")
    named = [place[1] for place in (places, opening) if place is not None]
    world = ["worldwide"] if re.compile(_WORLD).search(text, *scope) else []
    terms = frozenset(term for name in [*named, *world] for term in extract_terms(name))
    near = re.compile(_NEAR_PLACE).match(text, *scope)
    near_terms = terms | frozenset(extract_terms(near[1]) if near else ())
    dates = list(read_dates(text)) if stated.label != DATE else []
    years = [(date.span.start, str(date.year)) for date in dates if date.year is not None]
    since = [(found.start(), found.group()) for found in re.finditer(_SINCE, text.lower())]
    asides = [Span(*found.span()) for found in re.finditer(_ASIDE, text)]
    times = frozenset(time for _, time in [*years, *since])
    own_times = frozenset(
        time
        for start, time in [*years, *since]
        if start < stated.span.start and not any(a.start < start < a.end for a in asides)
    )
    return _Found(statement, stated, terms, near_terms, times, own_times)


def _is_same_thing(first: _Found, second: _Found, topic: frozenset[str]) -> bool:
    """Return whether two figures are from two articles and bound to no different place or time."""
    if first.times and second.times and first.times.isdisjoint(second.times):
        return False
    if not (first.own_times ^ second.own_times) <= topic:
        return False
    if first.stated.label == DATE:
        return True
    if not (_shares(first, second, topic) and _shares(second, first, topic)):
        return False
    same = first.places == second.places
    return same or (_fits(first.places, second, topic) and _fits(second.places, first, topic))


def _shares(first: _Found, other: _Found, topic: frozenset[str]) -> bool:
    """Return whether the question or the other figure's sentence names the places near a figure."""
    known = topic | frozenset(extract_terms(other.statement.text))
    return all(
        any(are_related(place, term) for term in known)
        for place in first.near_places - first.places
    )


def _fits(places: frozenset[str], other: _Found, topic: frozenset[str]) -> bool:
    """Return whether the places of one figure are asked for and named by the other as well."""
    told = frozenset(extract_terms(other.statement.text))
    return all(
        any(are_related(place, term) for term in topic)
        and any(are_related(place, term) for term in told)
        for place in places - {"worldwid"}
    )


def _differs(first: _Found, second: _Found) -> bool:
    one, other = first.stated.amount, second.stated.amount
    if isinstance(one, NamedDate) or isinstance(other, NamedDate):
        return isinstance(one, NamedDate) and isinstance(other, NamedDate) and differ(one, other)
    low, high = sorted((one.value, other.value))
    if one.unit != other.unit or agree(one, other) or high > MAX_RATIO * low:
        return False
    return one.unit != AGE or not _aged_since(first, second, one.value - other.value)


def _aged_since(first: _Found, second: _Found, years: float) -> bool:
    """Return whether two ages differ by no more than the time between their articles."""
    days = (first.statement.day, second.statement.day)
    if days[0] is None or days[1] is None:
        return False
    return abs((days[0] - days[1]) / DAYS_PER_YEAR - years) <= 1


def _to_figure(found: _Found) -> Figure:
    stated = found.stated
    if isinstance(stated.amount, Amount):
        value = stated.amount.value
    else:
        value = float(stated.amount.year or 31 * (stated.amount.month or 0))
    return Figure(found.statement.key, stated.span.start, stated.span.end, value, stated.label)
