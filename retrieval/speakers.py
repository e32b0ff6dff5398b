"""Who says a quotation that names nobody: whoever speaks in the nearest attribution.

A wrong name is worse than none. So a speaker is given only where the words before "said" are a name,
or begin with an article ("a spokesperson"); a pronoun sends the search further back, and anything
else ends it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.article import Span
from retrieval.tokens import fold_word

# A quotation may run on over so many sentences after its speaker was named.
SENTENCES_BACK = 4

_SAYING = (
    "said|says|told|added|wrote|tweeted|replied|warned|claimed|explained|argued|noted|insisted|"
    "continued|stated|testified"
)
# What stands between two commas is passed over: "Harth, campaign director, said".
_SAYS = re.compile(rf"(?:,[^,]{{1,80}},)? (?:{_SAYING})\b")
# After a quotation (blanked out by then) the verb may come first: "…, said Harth".
_SAID_BY = re.compile(rf" {{3}}(?:{_SAYING}) ((?:[A-Z][\w\u2019'.-]+ ?){{1,4}})")
_WORD_BEFORE = re.compile(r"([\w\u2019'.-]+)[ \u00a0]?$")
_LINKS = frozenset("of for in at and the van von de bin al".split())
_PREPOSITIONS = frozenset("of for in at from to by on".split())
_ARTICLES = frozenset("a an the".split())
_PRONOUNS = frozenset("he she it they we i you who which that".split())
_PHRASE_WORDS = 16
_QUOTED = re.compile(
    r"\u201c[^\u201d]*(?:\u201d|$)|\"[^\"]*(?:\"|$)"
    r"|(?<!\w)\u2018(?:[^\u2018\u2019]|\u2019(?=\w))*\u2019(?!\w)"
    r"|(?<!\w)'(?:[^']|'(?=\w))*'(?!\w)"
)


def is_bare_quotation(text: str) -> bool:
    """Return whether a text is quoted speech from its first mark on and nothing beside it."""
    outside = _blank_quotations(text)
    return outside[:1] == " " != text[:1] and not any(char.isalnum() for char in outside)


def is_open(text: str) -> bool:
    """Return whether a text ends inside of a quotation in double marks."""
    return text.rfind("\u201c") > text.rfind("\u201d") or text.count('"') % 2 == 1


def find_speaker(before: Sequence[str]) -> tuple[int, Span] | None:
    """Return who was last said to speak.

    Parameters
    ----------
    before : sequence of str
        The body sentences of the article before a quotation, nearest first.

    Returns
    -------
    tuple of (int, Span) or None
        Place in ``before`` and the speaker's span within that sentence; None if nobody is named.
    """
    for place, text in enumerate(before[:SENTENCES_BACK]):
        outside = _blank_quotations(text)
        match = _SAYS.search(outside)
        ...
    return None
