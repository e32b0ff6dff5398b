"""The publisher that a question names as its source: "according to the Daily Post", "in Reuters".

A publisher may also be what a question is about ("Who owns the Daily Post?"); then every article
may answer. So it counts as the source only in a phrase that says so, and where two publishers are
named as sources, neither does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_REPORTS = r"(?:report|write|publish|print|cover|quote)"
_MADE = "(?:reported|published|written|printed|covered|quoted|described)"
_PIECE = "(?:article|report|story|piece|coverage|account)s?"
# What stands before and after the name of a source, in lower case. All of it is left out of what is
# searched, but for what only looks ahead or back.
_AROUND = (
    (
        rf"\b(?:according to|(?:as )?{_MADE} (?:by|in)) (?:the )?$",
        rf"(?:['\u2019]?s? {_PIECE}\b)?,?",
    ),
    (r"\b(?:in|from|per|via) (?:the )?$", r"(?=\s*(?:$|[?.!,;]))"),
    (rf"\b(?:in|from) (?:an?|the|any) {_PIECE} (?:in|by|from|of) (?:the )?$", ""),
    (r"^\W*(?:the )?$", r"\s*:"),
    (
        r"(?:(?<=\bdoes )|(?<=\bdid )|(?<=\bhas )|(?<=\bdo ))(?:the )?$",
        rf"(?= (?:\w+ )?{_REPORTS})",
    ),
    (
        r"(?:(?<=\bdoes )|(?<=\bdid ))(?:the )?$",
        r"(?= (?:say|tell us) (?:about|on|of|regarding)\b)",
    ),
    (r"(?:the )?$", rf"(?:['\u2019]s?)? (?={_PIECE}\b)"),
)
# "According to Reuters and …": two sources are asked, not one.
_SEVERAL = r",? (?:and|or|nor|as well as) (?!(?:who|what|when|where|why|how|which)\b)"
_ARTICLE = "the "
_INITIALS_LETTERS = 3


@dataclass(frozen=True, slots=True)
class NamedSource:
    """A publisher that a question names as source.

    Parameters
    ----------
    publisher : str
        As the collection writes it.
    rest : str
        The question without the phrase.
    """

    publisher: str
    rest: str


def find_source(publishers: Iterable[str], question: str) -> NamedSource | None:
    """Return the publisher that a question names as its source, and what else it asks.

    Parameters
    ----------
    publishers : iterable of str
        Of the collection's articles. Names of one word and initials must be written with the same
        capitals, since they may be common words; "The" may be left out.

    Returns
    -------
    NamedSource or None
        None if the question names none, names one as a subject, or names several.
    """
    found: dict[str, NamedSource] = {}
    names = {alias: name for name in sorted(set(publishers)) for alias in _find_aliases(name)}
    lowered = question.casefold()
    for alias in sorted(names, key=lambda alias: (-len(alias), alias)):
        if alias.casefold() in lowered and not any(alias in longer for longer in found):
            source = _match(alias, names[alias], question)
            if source is not None:
                found[alias] = source
    named = set(found.values())
    return next(iter(named)) if len({one.publisher for one in named}) == 1 else None


def _find_aliases(name: str) -> list[str]:
    """Return how a publisher may be called: its name without "The", and three or more initials."""
    plain = name.strip()
    if plain.casefold().startswith(_ARTICLE):
        plain = plain[len(_ARTICLE) :]
    initials = "".join(word[0] for word in plain.split() if word[0].isupper())
    aliases = [plain] if plain else []
    return [*aliases, initials] if len(initials) >= _INITIALS_LETTERS else aliases


def _match(alias: str, publisher: str, question: str) -> NamedSource | None:
    """Return the source if a phrase of the question makes it one."""
    flags = re.IGNORECASE if " " in alias else re.NOFLAG
    for name in re.finditer(rf"(?<!\w){re.escape(alias)}(?!\w)", question, flags):
        before, after = question[: name.start()].lower(), question[name.end() :].lower()
        for opening, closing in _AROUND:
            opened, closed = re.search(opening, before), re.match(closing, after)
            if opened and closed and not re.match(_SEVERAL, after[closed.end() :]):
                rest = f"{question[: opened.start()]} {question[name.end() + closed.end() :]}"
                return NamedSource(publisher, " ".join(rest.split()).lstrip(" ,;:"))
    return None
