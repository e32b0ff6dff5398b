"""Which number of a sentence counts the thing asked for.

The thing stands shortly after the number ("54 northern coast guard stations"), or is the whole of
which the number tells ("one of more than 100", "the toll rose to 61"), or is left out beside what
befell it ("killed 54").
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.article import Span
from retrieval.comparing.asked import Asked, is_plural
from retrieval.comparing.kinship import are_related, family_of
from retrieval.comparing.numbers import Amount
from retrieval.comparing.stating import Stated, Word
from retrieval.tokens import fold_word

# Words between a number and what it counts: "54 so-called northern coast guard stations".
COUNTED_WITHIN = 9
# Words of the counted thing that are shown with the number: "54 guard stations".
SHOWN_WITH_NUMBER = 3
_GAPS = frozenset((" ", "-", " (", ") ", ")-", "\u2019 ", " \u2018", " '", "' ", " \u201c", '" '))
_MEMBER = r"\b(?:one of|among|amongst)(?: the)? $"
_STANDS_AT = (
    r"\b(?:to|at|of|is|was|were|are|reached|hit|passed|exceeded|exceeds|numbered|totalled|totaled)"
    r" $"
)
_OF = frozenset("of the all its".split())


def tie_count(
    asked: Asked, text: str, words: Sequence[Word], amount: Amount, part: Span
) -> Stated | None:
    """Return an amount as the count asked for, if the words of its part say that it is."""
    run = _read_run(text, words, amount)
    place = _find_head(asked, run, is_single=amount.value == 1)
    scope = amount.span.end, part.end
    if place is not None and _does_other(asked, text, words, run[place], part):
        return None
    if place is not None:
        end = run[place].end if place < SHOWN_WITH_NUMBER else amount.span.end
        span = Span(amount.span.start, end)
        return Stated(span, run[place].end, part.end, run[place].text, amount)
    before = text[part.start : amount.span.start]
    led_to = [word for word in words if part.start <= word.start < amount.span.start]
    if re.compile(_MEMBER).search(before) and any(
        are_related(word.term, asked.head) for word in led_to
    ):
        return Stated(amount.span, *scope, run[-1].text if run else "", amount)
    if re.compile(_STANDS_AT).search(before) and _names_total(asked, led_to):
        return Stated(amount.span, *scope, "", amount)
    beside = (run or led_to[-1:])[:1]
    is_people = asked.head in family_of("people")
    if is_people and any(word.term in asked.verbs for word in beside):
        return Stated(amount.span, *scope, "", amount)
    return None


def _read_run(text: str, words: Sequence[Word], amount: Amount) -> list[Word]:
    """Return the words after a number up to the first that is a function word or a break."""
    run: list[Word] = []
    end = amount.span.end
    after = (word for word in words if word.start >= end)
    for word in after:
        gap = text[end : word.start]
        is_of = word.text.lower() in _OF and amount.low != amount.high
        if not run and is_of:
            end = word.end
            continue
        is_joined = gap == "-" or text[word.end : word.end + 1] == "-"
        is_inside = gap in _GAPS and (word.term or is_joined)
        if not is_inside or len(run) == COUNTED_WITHIN:
            break
        run.append(word)
        end = word.end
    return run


def _does_other(asked: Asked, text: str, words: Sequence[Word], head: Word, part: Span) -> bool:
    """Return whether what is counted did something else: "30 were rescued and others drowned"."""
    if not asked.verbs:
        return False
    cut = re.compile(r" (?:and|but|or) ").search(text, head.end, part.end)
    end = cut.start() if cut else part.end
    after = [word for word in words if head.end <= word.start < end and word.term]
    if after and after[0].term not in asked.verbs and after[0].text.endswith("ed"):
        return True
    before = [word for word in words if part.start <= word.start < head.start]
    return not any(word.term in asked.verbs for word in (*before, *after))


def _find_head(asked: Asked, run: Sequence[Word], *, is_single: bool) -> int | None:
    """Return the place of the counted thing in the words after a number."""
    if not run and asked.head:
        return None
    for place, word in enumerate(run):
        if not (word.term == asked.head or word.term in _kin_of(asked.head)):
            continue
        is_modifier = place + 1 < len(run) and is_plural(run[place + 1].text)
        if is_modifier and not (is_single or is_plural(word.text)):
            return None
        before = [other.term for other in run[:place] if other.term]
        is_other = asked.modifiers and before
        if is_other and not any(are_related(a, b) for a in asked.modifiers for b in before):
            return None
        return place
    return None


def _kin_of(head: str) -> frozenset[str]:
    """Return what may be counted for people, and for a population."""
    if head == fold_word("population"):
        return frozenset((fold_word("inhabitants"),))
    people = family_of("people")
    return people if head in people else frozenset()


def _names_total(asked: Asked, led_to: Sequence[Word]) -> bool:
    """Return whether the words before a number name the total asked for: "the toll rose to"."""
    terms = [word.term for word in led_to]
    if asked.head == fold_word("population"):
        return asked.head in terms
    if "toll" in terms:
        return fold_word("died") in asked.verbs
    named = [place for place, term in enumerate(terms) if term in ("number", "total")]
    return any(asked.head in terms[place : place + COUNTED_WITHIN] for place in named)
