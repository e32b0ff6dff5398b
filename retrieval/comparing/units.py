"""Units of measure: which words name them, and how they compare."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

PERCENT = "percent"
LENGTH, TIME, MASS, AREA, SPEED, VOLUME, POWER = "m", "s", "g", "m\u00b2", "km/h", "l", "W"
TEMPERATURE = ("\u00b0C", "\u00b0F", "degrees")
CURRENCY = frozenset("$ US$ A$ C$ NZ$ HK$ S$ pound euro yen yuan rupee rouble franc krona".split())

# A unit, then its words in the singular, each with its factor to the unit.
_TABLE = """
percent: % 1, percent 1, per_cent 1, pc 1
points: percentage_point 1
m\u00b2: square_kilometre 1e6, square_kilometer 1e6, sq_km 1e6, square_metre 1, square_meter 1
m\u00b2: square_mile 2589988, square_foot 0.09290304, square_feet 0.09290304
m\u00b2: hectare 1e4, acre 4046.856
km/h: km/h 1, kph 1, kilometres_per_hour 1, kilometers_per_hour 1, mph 1.609344
km/h: miles_per_hour 1.609344, miles_an_hour 1.609344, kilometres_an_hour 1, kilometers_an_hour 1
l: litre 1, liter 1, cubic_metre 1e3, cubic_meter 1e3, gallon 3.785, barrel 158.987
m: km 1e3, kilometre 1e3, kilometer 1e3, m 1, metre 1, meter 1, cm 0.01, centimetre 0.01
m: centimeter 0.01, mm 0.001, millimetre 0.001, millimeter 0.001, mile 1609.344, foot 0.3048
m: feet 0.3048, ft 0.3048, inch 0.0254, inches 0.0254, yard 0.9144
g: kg 1e3, kilogram 1e3, kilogramme 1e3, kilo 1e3, tonne 1e6, g 1, gram 1, gramme 1
ton: ton 1
ounce: ounce 1
W: mw 1e6, megawatt 1e6, gw 1e9, gigawatt 1e9, kw 1e3, kilowatt 1e3
s: second 1, minute 60, min 60, hour 3600, day 86400, week 604800, month 2629800, year 31557600
s: decade 315576000, century 3155760000, centuries 3155760000
\u00b0C: \u00b0c 1, degrees_c 1, degrees_celsius 1
\u00b0F: \u00b0f 1, degrees_f 1, degrees_fahrenheit 1
degrees: degree 1, \u00b0 1
$: dollar 1
US$: us_dollar 1, usd 1
A$: australian_dollar 1, aud 1
pound: pound 1, gbp 1
euro: euro 1, eur 1
yuan: yuan 1, renminbi 1, rmb 1
yen: yen 1
rupee: rupee 1
rouble: rouble 1, ruble 1
franc: franc 1, swiss_franc 1
krona: kronor 1, krona 1, kroner 1, krone 1, crown 1
"""
_SIGNS = {
    "AU$": "A$",
    "CA$": "C$",
    "\u00a3": "pound",
    "\u20ac": "euro",
    "\u00a5": "yen",
    "\u20b9": "rupee",
}
_AFTER = r"(?:[ \u00a0-]?(?:%|\u00b0 ?[CF]?)(?!\w)|[ \u00a0-]?[a-z/]+(?:[ -][a-z]+){0,2})"


def read_unit(text: str, end: int) -> tuple[str, float, int] | None:
    """Return the unit whose words follow a number directly.

    Returns
    -------
    tuple of (str, float, int) or None
        The unit, the factor from the words' own unit to it, and where the words end.
    """
    found = re.compile(_AFTER, re.IGNORECASE).match(text, end)
    if found is None:
        return None
    for stop in _word_ends(found.group()):
        words = re.sub("[ \u00a0-]+", "_", found.group()[:stop].strip(" \u00a0-")).lower()
        unit = _units().get(words) or _units().get(words.removesuffix("s"))
        if unit is not None:
            return (*unit, end + stop)
    return None


def read_sign(sign: str) -> str:
    """Return the unit of a currency sign: "£" is a pound."""
    return _SIGNS.get(sign, sign)


def _word_ends(words: str) -> Iterator[int]:
    """Yield where each word ends, last first."""
    yield from reversed([found.end() for found in re.finditer(r"[^ \u00a0-]+", words)])


@cache
def _units() -> dict[str, tuple[str, float]]:
    table: dict[str, tuple[str, float]] = {}
    for line in _TABLE.strip().splitlines():
        unit, _, entries = line.partition(": ")
        for entry in entries.split(", "):
            words, factor = entry.split(" ")
            table[words] = (unit, float(factor))
    return table
