"""Names to the initials they go by, so that "ASIO" finds the organisation written out.

An index holds the initials of every name of three to six words as a term of the sentence, beside
the name's own words; questions are left as typed. Names of two words give initials only where these
are in common use, because the initials of persons would drown them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

_CAPITALISED = r"[A-Z][a-z\u00df-\u00ff]+"
_NAME = re.compile(
    rf"\b{_CAPITALISED}(?:[ \u00a0](?:(?:of|and|for|the|on)[ \u00a0])*{_CAPITALISED}){{1,6}}"
)
_MAX_WORDS = 6
_LEADING = frozenset(
    {"The", "A", "An", "In", "On", "At", "But", "And", "For", "If", "When", "While"}
)
_IN_COMMON_USE = {
    "United States": "US",
    "United Kingdom": "UK",
    "United Nations": "UN",
    "European Union": "EU",
    "New Zealand": "NZ",
    "Prime Minister": "PM",
}


def find_abbreviations(text: str) -> Iterator[str]:
    """Yield the initials, in capitals, of the names that a sentence writes out."""
    for match in _NAME.finditer(text):
        capitals = [word for word in match.group().split() if word[0].isupper()]
        if capitals[0] in _LEADING:
            del capitals[0]
        if 3 <= len(capitals) <= _MAX_WORDS:
            yield "".join(word[0] for word in capitals)
        for pair in pairwise(capitals):
            if initials := _IN_COMMON_USE.get(" ".join(pair)):
                yield initials
