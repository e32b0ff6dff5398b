"""Quotations that stand in several wordings: at most one of them can be what was said.

Copies of a story are reworded by editors and machines, inside of quotation marks as well. Case,
marks, spacing and the spellings of two English-speaking countries make no other wording; nor does a
quotation that is but shorter, or that leaves words out and says so.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import combinations

from corpus.article import Span
from retrieval.tokens import find_words

# Fewer words are a phrase, or a title, and no quotation to hold against another.
QUOTATION_WORDS = 4
# The share of the shorter one's words that two wordings of one quotation have in common.
ALIKE_SHARE = 0.5

_QUOTATIONS = (
    r"\u201c([^\u201c\u201d]++)(?:\u201d|$)"
    r"|\"([^\"]++)(?:\"|$)"
    r"|(?<!\w)\u2018((?:[^\u2018\u2019]|\u2019(?=\w))++)(?:\u2019|$)"
    r"|(?<!\w)'((?:[^']|'(?=\w))++)(?:'|$)"
)
_FIRST_SINGLE = 3
# Words left out or put in by whoever quotes.
_CUTS = r"\u2026|\.\.\.|\. \. \.|\[[^\[\]]{0,80}\]|\u2014"
# British and American spellings, the first put for the second.
_SPELLINGS = (
    (r"is(e[ds]?|ing|ation|ations|er|ers)$", r"iz\1"),
    (r"ys(e[ds]?|ing)$", r"yz\1"),
    (r"(?<=\w\w)our(s|ed|ing|able|ably|ite|ites|ful|hood|hoods|ly)?$", r"or\1"),
    (r"(?<=[bcdtghp])re(s|d)?$", r"er\1"),
    (r"ll(ed|ing|er|ers)$", r"l\1"),
    (r"(?<=[a-z]{2})ence(s)?$", r"ense\1"),
    (r"ogue(s)?$", r"og\1"),
    (r"mme(s|d)?$", r"m\1"),
    (r"^grey", "gray"),
    (r"^licenc", "licens"),
    (r"^practis", "practic"),
    (r"^tyre", "tire"),
    (r"^cheque", "check"),
    (r"[ao]e(?=[a-z])", r"e"),
)


def find_quotation(text: str) -> Span | None:
    """Return the longest quotation of a sentence without its marks, None if it quotes nothing.

    Marks are curly or straight, double or single; an apostrophe is none. A quotation in double
    marks that is not closed runs on to the end. Fewer than `QUOTATION_WORDS` words are a phrase.
    """
    best: Span | None = None
    for found in re.finditer(_QUOTATIONS, text):
        group = found.lastindex or 0
        if group >= _FIRST_SINGLE and found.end() == found.end(group):
            continue  # an apostrophe: "the '90s"
        span = Span(found.start(group), found.end(group))
        if best is None or span.end - span.start > best.end - best.start:
            best = span
    is_long = best is not None and len(list(find_words(best.slice(text)))) >= QUOTATION_WORDS
    return best if is_long else None


def varies(texts: Sequence[str]) -> bool:
    """Return whether a quotation is given in several wordings.

    Parameters
    ----------
    texts : sequence of str
        The quoted words as they stand in each copy, without marks. What is not the same quotation,
        sharing less than half of its words, is not compared.
    """
    worded = [[_read_words(part) for part in re.split(_CUTS, text)] for text in texts]
    return any(_is_reworded(first, second) for first, second in combinations(worded, 2))


def _is_reworded(first: Sequence[list[str]], second: Sequence[list[str]]) -> bool:
    """Return whether two are one quotation, and neither is but a part of the other."""
    one, other = _join(first), _join(second)
    shorter = min(len(one), len(other))
    shared = sum((Counter(one) & Counter(other)).values())
    if shorter < QUOTATION_WORDS or shared < ALIKE_SHARE * shorter:
        return False
    return not _stands_in(first, other) and not _stands_in(second, one)


def _stands_in(parts: Sequence[list[str]], words: Sequence[str]) -> bool:
    """Return whether all parts stand in a run of words, one after the other."""
    text, place = f" {' '.join(words)} ", 0
    for part in parts:
        wanted = f" {' '.join(part)} "
        found = text.find(wanted, place) if part else place
        if found < 0:
            return False
        place = found + len(wanted) - 1 if part else place
    return True


def _join(parts: Sequence[list[str]]) -> list[str]:
    return [word for part in parts for word in part]


def _read_words(text: str) -> list[str]:
    """Return the words of a stretch, folded so that spellings of one word are the same."""
    return [_spell(word) for word in find_words(text)]


@lru_cache(maxsize=1 << 12)
def _spell(word: str) -> str:
    plain = re.sub("[\u2019'\u02bc.]", "", word).casefold()
    for pattern, other in _SPELLINGS:
        plain = re.sub(pattern, other, plain)
    return plain
