"""Which terms tell of the same thing, as far as their letters and a short list of words tell."""

from __future__ import annotations

from functools import cache

from retrieval.tokens import fold_word

# What is counted or done, in the words that news puts for one another.
_FAMILIES = tuple(
    line.split()
    for line in (
        "die died dies dead death deaths kill killed kills killing perish perished toll lives",
        "injure injured injuries injury wounded wound hurt",
        "arrest arrested arrests detained detain detention",
        "people persons person individuals nationals residents citizens civilians passengers",
        "people victims inhabitants",
        "founded established establish set created create formed form started start",
        "open opened opens inaugurated launched launch launches",
        "close closed closes shut",
        "build built builds constructed construct",
        "cost costs price priced worth budget spend spent spends pay paid pays",
        "sack sacked dismissed redundancies laid fired layoffs",
        "begin began begun begins start started starts",
        "buy bought buys purchased purchase acquired acquire",
        "sell sold sells",
        "win won wins",
        "lose lost loses cut cuts shed axed",
        "leave left leaves",
        "hold held holds",
        "evacuated evacuate displaced fled flee",
    )
)
_ROOT = 4
_ENDINGS = frozenset(
    ("", *"a e y ia ian an n ese es ish i ean s er or ers ors ed ing ion ment".split())
)


def are_related(first: str, second: str) -> bool:
    """Return whether two terms are one word, its kin ("russia", "russian") or put for it."""
    if first == second:
        return True
    groups = _families().get(first)
    if groups is not None and not groups.isdisjoint(_families().get(second, ())):
        return True
    return first[:_ROOT] == second[:_ROOT] and share_root(first, second)


def share_root(first: str, second: str) -> bool:
    """Return whether two terms are a root of four letters or more with common endings."""
    length = 0
    for left, right in zip(first, second, strict=False):
        if left != right:
            break
        length += 1
    return any(
        first[:cut] == second[:cut] and first[cut:] in _ENDINGS and second[cut:] in _ENDINGS
        for cut in range(_ROOT, length + 1)
    )


def family_of(word: str) -> frozenset[str]:
    """Return the terms that are put for a word, itself included."""
    term = fold_word(word)
    groups = _families().get(term, frozenset())
    return frozenset((term, *(kin for kin, held in _families().items() if held & groups)))


@cache
def _families() -> dict[str, frozenset[int]]:
    """Return the numbers of the families that each term is in."""
    members: dict[str, set[int]] = {}
    for number, line in enumerate(_FAMILIES):
        for word in line:
            members.setdefault(fold_word(word), set()).add(number)
    return {term: frozenset(numbers) for term, numbers in members.items()}
