"""Nouns that point back: "the report", "the two men", "such stations", and a surname alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from retrieval.pointing.openings import tells_which
from retrieval.pointing.pointer import Aim, Pointer
from retrieval.prose import Prose
from retrieval.speakers import SAYING, find_subjects
from retrieval.tokens import STOP_WORDS

# Nouns that an article may introduce without an "a": "Varnholm police", "Quiet Harbours' report".
# The first are pointed at from anywhere in a sentence, the others from where a clause begins.
DOCUMENTS = frozenset(
    "document documents findings inquiry letter memo paper report statement study survey".split()
)
COMMON = DOCUMENTS | frozenset(
    "agency agreement article attack authorities bill building centre center ceremony charity city "
    "club company complaint council countries country couple court crash deal decision embassy "
    "event figure figures firm government group hearing incident institute investigation judge law "
    "lawsuit man ministry museum office officer officers offices official officials operation "
    "order organisation organization pair party plan point policy post programme program project "
    "proposal regulator researchers results scheme senator site spokesman spokesperson "
    "spokeswoman station stations suspect suspects system team union university victim victims "
    "woman".split()
)
_FALLBACKS = {
    Aim.PERSON: "man woman boy girl teenager suspect defendant victim",
    Aim.THING: "company firm lender carrier retailer charity nonprofit watchdog organisation "
    "organization",
    Aim.LAST: "move decision announcement incident revelation revelations allegation allegations "
    "accusation accusations claim claims comment comments remark remarks couple pair",
}
_OTHERWISE = {noun: aim for aim, nouns in _FALLBACKS.items() for noun in nouns.split()}

NUMBERS = frozenset("two three four five six seven eight nine ten".split())
# "The first report" and "the biggest report" are told from others.
_TOLD_APART = re.compile(r"first|second|third|last|latest|main|new|next|only|other|same|\w+est")
_TELLING = frozenset(
    "of in at for on between by that which who whose to from with without near against "
    "about during".split()
)
_NAMING = frozenset("titled called named".split())  # "the report called “Rust”"
_NO_NOUNS = STOP_WORDS | NUMBERS | _NAMING | frozenset("said says told also".split())
_PHRASE_WORDS = 3
_SAYING = frozenset(SAYING.split("|"))
_REPORTING = _SAYING | frozenset("confirmed announced".split())
_REPORTED_WITHIN = 5  # words before "that the"
_CLOSING = frozenset("\"'\u2019\u201d")
_PHRASES_READ = 6

_NAMES_OF_A_PAIR = 2
# Verbs that end neither in "ed" nor in "s": they tell "the union began" from "the union hall".
_VERBS = frozenset(
    "began came fell found gave got grew held hit kept led left lost made met ran rose saw sank "
    "sent set shut sold spent stood struck took went won wrote".split()
)

_DEMONSTRATIVES = frozenset("this that these those such".split())
_DEMONSTRATIVE_WITHIN = 10  # words
_GOVERNING = frozenset("in on at after under during for of by from since to with before".split())

TITLES = frozenset("mr ms mrs miss dr prof sen rep gov sir dame".split())
_MIN_SURNAME_CHARS = 3
_SPEAKERS_READ = 2


def find_demonstratives(prose: Prose, starts: Sequence[int]) -> Iterator[Pointer]:
    """Yield "this" and "these offices" near the beginning of a sentence."""
    last = len(prose.words) - 1
    if last in range(_DEMONSTRATIVE_WITHIN) and prose.lower[last] in ("this", "these"):
        yield Pointer(Aim.LAST)
    for place in range(min(_DEMONSTRATIVE_WITHIN, last)):
        if prose.lower[place] not in _DEMONSTRATIVES or tells_which(prose, place):
            continue
        noun = prose.lower[place + 1]
        if not _points(prose, place, starts) or noun in prose.lower[:place]:
            continue
        is_noun = prose.follows(place + 1) and noun not in _NO_NOUNS
        if prose.lower[place] == "such" and prose.lower[place + 2 : place + 3] == ("as",):
            continue
        yield Pointer(Aim.NOUN, (noun,), Aim.LAST) if is_noun else Pointer(Aim.LAST)


def find_definites(prose: Prose, starts: Sequence[int]) -> Iterator[Pointer]:
    """Yield "the report", "the contact point" and "the two men"."""
    within = (n + 1 for n, word in enumerate(prose.lower) if word == "the" and _is_read(prose, n))
    wanted = dict.fromkeys([*_definite_starts(prose, starts), *islice(within, _PHRASES_READ)])
    for place in wanted:
        yield from _read_phrases(prose, place)


def find_surnames(prose: Prose, starts: Sequence[int]) -> Iterator[Pointer]:
    """Yield the surnames that stand alone: of who speaks, and of whom a sentence begins with."""
    subjects = islice(find_subjects(prose.outside), _SPEAKERS_READ)
    speakers = [subject.start for subject in subjects if subject and subject.start in prose.starts]
    for place in dict.fromkeys([*starts, *(prose.starts.index(start) for start in speakers)]):
        has_title = place + 1 < len(prose.words) and prose.lower[place] in TITLES
        name = place + 1 if has_title else place
        is_sure = has_title or prose.starts[place] in speakers
        if _is_single_name(prose, name):
            yield Pointer(Aim.SPEAKER if is_sure else Aim.SURNAME, (prose.words[name],))


def _points(prose: Prose, place: int, starts: Sequence[int]) -> bool:
    """Return whether a "this" or "that" stands for something told before."""
    if place in starts or place == 0:
        return prose.lower[place : place + 2] not in (("that", "the"), ("such", "as"))
    if prose.is_quoted(place):
        return False
    if prose.lower[place] in ("that", "those"):
        return prose.lower[place - 1] in _GOVERNING and not prose.is_name(place + 1)
    return prose.lower[place + 1] not in _NO_NOUNS and prose.words[place + 1].islower()


def _is_read(prose: Prose, the: int) -> bool:
    """Return whether a "the" within a sentence may point before it.

    It may before a document and before "two", where it speaks, and in what is reported of it.
    """
    noun = prose.lower[the + 1] if the + 1 < len(prose.words) else ""
    if noun in DOCUMENTS:
        return True
    if noun in NUMBERS:
        return _count_names(prose, the) < _NAMES_OF_A_PAIR
    before = prose.lower[max(0, the - 1) : the]
    if before == ("that",):
        reported = prose.lower[max(0, the - 1 - _REPORTED_WITHIN) : the - 1]
        return not _REPORTING.isdisjoint(reported)
    closed = the - 1 if before and before[0] in _SAYING else the
    return not _CLOSING.isdisjoint(prose.gap(closed))


def _count_names(prose: Prose, end: int) -> int:
    """Return how many names stand before a place, the first word apart."""
    return len({prose.words[place] for place in range(1, end) if prose.is_name(place)})


def _definite_starts(prose: Prose, starts: Sequence[int]) -> Iterator[int]:
    """Yield the places behind a "the" where a clause or its lead-in begins."""
    for start in starts:
        if prose.lower[start] == "the":
            yield start + 1
        elif prose.lower[start + 1 : start + 2] == ("the",):
            yield start + 2
        elif prose.lower[start : start + 3] == ("according", "to", "the"):
            yield start + 3


def _read_phrases(prose: Prose, first: int) -> Iterator[Pointer]:
    """Yield what may be the noun behind a "the", the longest first, unless it tells which."""
    phrases: list[tuple[str, ...]] = []
    for place in range(first, min(first + _PHRASE_WORDS + 1, len(prose.words))):
        word = prose.lower[place]
        is_plain = prose.words[place].islower() or "-" in word
        if (
            not is_plain
            or (word in _NO_NOUNS and place > first)
            or (place > first and not prose.follows(place))
        ):
            break
        if place == first and _TOLD_APART.fullmatch(word):
            return
        if place - first < _PHRASE_WORDS and _ends_at(prose, place + 1):
            phrases.append(prose.lower[first : place + 1])
    for phrase in reversed(phrases):
        if phrase[-1] in COMMON and len(phrase) == _PHRASE_WORDS:
            return  # "the secret service report"
        if phrase[-1] not in _NO_NOUNS and phrase[-1] not in prose.lower[: first - 1]:
            yield Pointer(Aim.NOUN, phrase, _find_otherwise(phrase))
        if phrase[-1] in COMMON:
            if phrase[-2:-1] and phrase[-2] in COMMON:  # "the embassy spokesperson"
                yield Pointer(Aim.NOUN, phrase[:-1])
            return


def _find_otherwise(phrase: tuple[str, ...]) -> Aim | None:
    if len(phrase) > 1 and phrase[0] in NUMBERS and phrase[-1].endswith(("s", "en")):
        return Aim.LAST
    return _OTHERWISE.get(phrase[-1])


def _ends_at(prose: Prose, after: int) -> bool:
    """Return whether a noun may end here: before no other noun, nor what tells which is meant."""
    if after == len(prose.words) or not prose.follows(after):
        return True
    word, is_plural = prose.lower[after], prose.lower[after - 1].endswith("s")
    is_verb = word in _NO_NOUNS or word in _VERBS or word.endswith(("ed", "s", "ly"))
    return (is_plural or is_verb) and not _is_told(prose, after)


def _is_told(prose: Prose, after: int) -> bool:
    """Return whether the words after a noun tell which one is meant."""
    if prose.lower[after] in _NAMING:
        name = after + 1
        return name < len(prose.words) and (prose.is_name(name) or not prose.follows(name))
    return prose.lower[after] in _TELLING or prose.is_name(after)


def _is_single_name(prose: Prose, place: int) -> bool:
    word = prose.words[place]
    if not word[0].isupper() or len(word) < _MIN_SURNAME_CHARS or word.lower() in STOP_WORDS:
        return False
    after = place + 1
    return after == len(prose.words) or not (prose.follows(after) and prose.is_name(after))
