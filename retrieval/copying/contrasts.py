"""Words that make a difference between sentences that are alike otherwise, and words that do not.

The lists are of common English words and cannot be complete.
"""

from __future__ import annotations

import re

from retrieval.tokens import fold_word

# Copies hold the same ones of these, or none.
OPPOSITES = frozenset(
    """
    confirmed confirms denied denies rejected dismissed refused declined admitted retracted
    guilty innocent acquitted convicted
    true false correct wrong misleading
    raised lowered increased decreased rose fell grew shrank higher lower
    won lost defeated beaten
    opened closed started stopped began ended
    failed succeeded
    supported opposed approved banned allowed forbidden legal illegal
    against
    hardly barely scarcely almost nearly
    alleged allegedly reportedly
    former
    alive dead survived died killed injured wounded unhurt missing
    """.split()
)

# Of each line, either copy may hold a word that the other lacks, but not both.
_ALTERNATIVES = """
    arrested charged released freed
    bought sold
    hired fired
    up down
    before after
    with without
    more less fewer
    most least
    maximum minimum
    all some none few
    always sometimes rarely
    first second third fourth fifth last
    north south east west northern southern eastern western
    left right
    yesterday today tomorrow
    he she
    him her
    man woman boy girl
    men women boys girls
    husband wife father mother son daughter brother sister
"""
ALTERNATIVES = {
    word: number for number, line in enumerate(_ALTERNATIVES.split("\n")) for word in line.split()
}
_NEGATIONS = frozenset({"not", "no", "never", "nor", "neither", "none", "nobody", "cannot"})

# What was done by someone, or to them: "hit by a car" and "hit a car".
_DONE_BY = re.compile(r".{2,}e[dn]|shot|hit|struck|hurt|led|held|caught|sent|taught|sued|sold|won")

# British and American spellings of a stem, to one.
_SPELLINGS = (
    (re.compile("z"), "s"),
    (re.compile("our"), "or"),
    (re.compile("(?<=[bt])er$"), "r"),
    (re.compile("nc$"), "ns"),
    (re.compile("mm"), "m"),
    (re.compile("ll"), "l"),
    (re.compile("[ao]e"), "e"),
)
_SHORTEST_RESPELT = 5

REVERSING = ("un", "in", "im", "ir", "il", "dis", "non")

# Words for "said" are put in place of one another without harm.
SAID = frozenset(map(fold_word, "said told says added stated announced reported noted".split()))


def is_negation(word: str) -> bool:
    """Return whether a word in lower case denies: "not", "never", "isn't"."""
    return word in _NEGATIONS or word.endswith(("n't", "n\u2019t"))


def fold_spelling(term: str) -> str:
    """Return a stem in one spelling where British and American ones differ."""
    if len(term) < _SHORTEST_RESPELT:
        return term
    for pattern, replacement in _SPELLINGS:
        term = pattern.sub(replacement, term)
    return term


def is_done_by(word: str, following: str) -> bool:
    """Return whether words in lower case say that something is done by someone: "hit by"."""
    return following == "by" and _DONE_BY.fullmatch(word) is not None
