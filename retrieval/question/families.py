"""Word families: words of the collection that share a root, though the stemmer keeps them apart.

The stemmer makes one term of "report" and "reported", but not of "Kenya" and "Kenyan", "decide" and
"decision", "labor" and "labour". Each pair of endings below was kept because, on Wikipedia
questions, a word with the other ending stands clearly more often in the answering sentence than in
other sentences of its article, or (countries and their peoples) than in other articles. Endings
that mostly join strangers ("govern" and "government", "state" and "statement", "part" and "party",
"modern" and "modernist") were left out.
"""

from __future__ import annotations

from retrieval.indexing.index import Index
from retrieval.question.alternatives import Alternative, find_range
from retrieval.tokens import fold_word

MOST_MEMBERS = 4

# Pairs of endings of stems, with the fewest letters before them and how much a member counts.
_SPELLINGS = 0.8, "r/ur er/r er/re ns/nc 4, is/iz ys/yz 5"
_DEEDS = 0.6, "d/s ss/t /al d/t /ag t/tor 4, /t /ion /it /eri /ement /e /er 5, /r e/er /ship 6"
_PEOPLES = 0.6, "a/an a/es and/ish ain/ish ey/ish en/ish 4, /ian /ean /an /es ia/ 5"
_QUALITIES = 0.5, "/ern /est /ti 4, m/t aci/at /i 6"


def _read_endings() -> dict[tuple[str, str], tuple[int, float]]:
    """Return the fewest letters and the share of each pair, both ways round."""
    endings = {}
    for share, text in (_SPELLINGS, _DEEDS, _PEOPLES, _QUALITIES):
        for group in text.split(","):
            *pairs, fewest = group.split()
            for pair in pairs:
                one, other = pair.split("/")
                endings[one, other] = endings[other, one] = int(fewest), share
    return endings


_ENDINGS = _read_endings()
_LONGEST_ENDING = max(len(ending) for ending, _ in _ENDINGS)
_FEWEST_LETTERS = min(fewest for fewest, _ in _ENDINGS.values())


def find_family(index: Index, word: str) -> tuple[Alternative, ...]:
    """Return the words of the collection that are of a word's family, without the word itself.

    Parameters
    ----------
    word : str
        As typed; articles need not hold it.

    Returns
    -------
    tuple of Alternative
        At most `MOST_MEMBERS`, those that count most first, then by term; none for a stop word, a
        number or a word with other than Latin letters.
    """
    term = fold_word(word)
    if len(term) < _FEWEST_LETTERS or not (term.isascii() and term.isalpha()):
        return ()
    shared = term[: max(_FEWEST_LETTERS, len(term) - _LONGEST_ENDING)]
    members = []
    for number in find_range(index, shared):
        other = index.term(number)
        share = _find_share(term, other)
        if share is not None:
            members.append((-share, number))
    return tuple(
        Alternative(number, -negative) for negative, number in sorted(members)[:MOST_MEMBERS]
    )


def _find_share(term: str, other: str) -> float | None:
    """Return how much a term counts as another one, or None if it is not of its family."""
    if term == other or abs(len(term) - len(other)) > _LONGEST_ENDING + 1:
        return None
    shorter = min(len(term), len(other))
    at = next((at for at in range(shorter) if term[at] != other[at]), shorter)
    for cut in range(at, max(at - 2, _FEWEST_LETTERS - 1), -1):
        fewest, share = _ENDINGS.get((term[cut:], other[cut:]), (shorter + 1, 0.0))
        if cut >= fewest:
            return share
    return None
