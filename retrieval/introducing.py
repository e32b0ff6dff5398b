"""Which earlier sentence names, introduces or dates what a sentence points back at."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from retrieval.pointing import find_pronouns
from retrieval.pointing.nouns import COMMON, DOCUMENTS, NUMBERS, TITLES
from retrieval.pointing.openings import find_starts
from retrieval.pointing.people import PERSON_NOUNS, may_be, names_person
from retrieval.pointing.pointer import Aim, Pointer
from retrieval.prose import read_prose
from retrieval.speakers import SAYING, is_bare_quotation
from retrieval.tokens import STOP_WORDS

# How many sentences back a pronoun or "that year" may reach, and how many "these offices".
PRONOUN_BACK = 8
NEAR_BACK = 3
# How often a word is looked at in one sentence, so that a hostile one takes no time.
MENTIONS_READ = 5

# Words shortly before a noun: the first say that it is known already, the others that it is new.
_KNOWN = frozenset("the this that these those such".split())
_OWNED = frozenset("its his her their our my".split())
_NEW = frozenset("a an another one no".split()) | NUMBERS
# One thing may be introduced by the first of these nouns and pointed at by the second.
_ALIKE = (("report", "study", "survey", "paper", "document"), ("senator", "sen"))
_OF_A_NAME = re.compile(r"[A-Z].*(?:['\u2019]s|s['\u2019])")
_TOLD_WHICH = re.compile(r" (?:of|in|at|for|on|between|by|near|titled|called|named)\b| [A-Z]")
_NAMED = re.compile(r" [A-Z]")
_WORDS_BEFORE = 4
_CHARS_BEFORE = 60
_TIME = re.compile(r"\b(?:1\d|20)\d\d\b|\b(?:[A-Z]\w+day|January|February|March|April|June|July|"
                   r"August|September|October|November|December)\b")  # fmt: skip
_PLACE = re.compile(r"\b(?:in|at|to|from|near|off) (?:the )?[A-Z]")
# Read by ``re.match`` when first needed: to compile them all takes longer than to import the rest.
_ROLES = PERSON_NOUNS | frozenset(
    "chief head commissioner secretary editor prosecutor analyst economist chairwoman founder "
    "lawmaker attorney sergeant captain inspector sheriff mp".split()
)
_GIVEN = (
    rf"(?:^|[^\w ] ?|\b(?P<role>{'|'.join(sorted(_ROLES))}),? |\b[a-z]+ )"
    r"(?P<given>(?:[A-Z][\w\u2019'.-]* ){1,3})(?:(?:van|von|de|der|den|bin|al|el|da|di) ){0,2}$"
)
_AFTER_NAME = (
    rf",? (?:who|whose|{SAYING})\b| \(|, (?:\d\d\b|(?:an?|the|his|her) |"
    r"(?:[a-z-]+ ){1,4}(?:of|at|for|in|with|from) )"
)
_FAMILY_FIRST = rf" [A-Z][\w-]+(?:, |,? (?:who|whose|{SAYING})\b)"


def find_introduction(pointer: Pointer, before: Sequence[str]) -> int | None:
    """Return the place of the sentence that resolves a pointer; None if it stands alone."""
    found = None
    if pointer.aim in (Aim.SURNAME, Aim.SPEAKER):
        return _find_full_name(pointer, before)
    if pointer.aim is Aim.NOUN:
        found = _find_noun(pointer, before)
        if found is not None or pointer.otherwise is None:
            return found
    near = before[:PRONOUN_BACK]
    aim = pointer.otherwise or pointer.aim
    if aim is Aim.PERSON:
        return _find_person(pointer.words[-1], near)
    return next((place for place, text in enumerate(near) if _is_wanted(aim, text)), 0)


def _find_person(pronoun: str, near: Sequence[str]) -> int:
    """Return the place of the nearest sentence that names whom a pronoun can stand for."""
    naming = []
    for place, text in enumerate(near):
        prose = read_prose(text)
        if names_person(prose):
            if may_be(prose, pronoun):
                return place
            naming.append(place)
    return naming[0] if naming else 0


def _is_wanted(aim: Aim, text: str) -> bool:
    match aim:
        case Aim.THING:
            return _names_thing(text)
        case Aim.TIME:
            return _TIME.search(text) is not None
        case Aim.PLACE:
            return _PLACE.search(text) is not None
        case _:
            return not is_bare_quotation(text)


def _names_thing(text: str) -> bool:
    prose = read_prose(text)
    points = any(True for _ in find_pronouns(prose, find_starts(prose)))
    return not points and not is_bare_quotation(text)


def _find_noun(pointer: Pointer, before: Sequence[str]) -> int | None:
    """Return the place of the nearest sentence that introduces a noun."""
    *qualities, noun = (word for word in pointer.words if word not in NUMBERS)
    if pointer.otherwise is Aim.LAST:
        return _find_mention(noun, before[:NEAR_BACK])
    is_common = noun in COMMON
    for forms in _forms(noun) if is_common else [(noun,)]:
        for place, text in enumerate(before):
            if any(_introduces(form, text, qualities, is_common=is_common) for form in forms):
                return place
    return None


def _find_mention(noun: str, near: Sequence[str]) -> int | None:
    """Return the place of the nearest sentence that holds a noun, or one of several of it."""
    forms = (noun, noun.removesuffix("s"))
    for place, text in enumerate(near):
        if any(True for form in forms for _ in _find_word(form, text.lower())):
            return place
    return None


def _forms(noun: str) -> Iterator[tuple[str, ...]]:
    """Yield what may introduce a common noun: it and its like, then one or several of it."""
    singular = noun.removesuffix("s")
    alike = next((nouns for nouns in _ALIKE if singular in nouns), (noun,))
    yield alike
    yield (singular, singular + "s")


def _introduces(noun: str, text: str, qualities: Sequence[str], *, is_common: bool) -> bool:
    """Return whether a text holds a noun without pointing back with it."""
    if noun not in text and noun.capitalize() not in text:
        return False
    folded = text.lower()
    if len(folded) != len(text) or not all(quality in folded for quality in qualities):
        return False
    return any(
        _is_new(text, at, at + len(noun), is_common=is_common) for at in _find_word(noun, folded)
    )


def _find_word(word: str, text: str) -> Iterator[int]:
    """Yield where a word stands in a text, the first few times."""
    at = text.find(word)
    for _ in range(MENTIONS_READ):
        if at < 0:
            return
        end = at + len(word)
        if not text[at - 1 : at].isalnum() and not text[end : end + 1].isalnum():
            yield at
        at = text.find(word, end)


def _is_new(text: str, start: int, end: int, *, is_common: bool) -> bool:
    """Return whether the words around a noun say that it is new, or tell which one it is."""
    if is_common and start and text[start].isupper():
        return True  # "the Harbour Agency"
    words = text[max(0, start - _CHARS_BEFORE) : start].split()[-_WORDS_BEFORE:]
    for distance, word in enumerate(reversed(words)):
        if word.lower() in _NEW or _OF_A_NAME.fullmatch(word):
            return True
        if word.lower() in _OWNED:
            return text[start:end].lower() not in DOCUMENTS
        if word.lower() in _KNOWN and distance < 2:
            told = _TOLD_WHICH.match(text, end) if is_common else _NAMED.match(text, end)
            return word.lower() == "the" and told is not None
        if not word[-1].isalnum() and word[-1] not in "\u201c\u2018\"'":
            break
    return is_common or (text[end - 1] == "s" and not words)


def _find_full_name(pointer: Pointer, before: Sequence[str]) -> int | None:
    surname, is_sure = pointer.words[0], pointer.aim is Aim.SPEAKER
    naming = (n for n, text in enumerate(before) if _gives_name(surname, text, is_sure=is_sure))
    place = next(naming, None)
    is_place = place is not None and any(f" in {surname}" in text for text in before)
    return None if is_place else place


def _gives_name(surname: str, text: str, *, is_sure: bool) -> bool:
    """Return whether a text gives a full name, and shows it to be a person's where that is open.

    It does by a role, an age or words said.
    """
    for at in _find_word(surname, text):
        end = at + len(surname)
        given = re.search(_GIVEN, text[max(0, at - _CHARS_BEFORE) : at])
        if given is not None and _is_given(given["given"].split()[0]):
            told = given["role"] or re.match(_AFTER_NAME, text[end:])
            return is_sure or told is not None
        if given is None and re.match(_FAMILY_FIRST, text[end:]):
            return not text[:at].endswith("the ")
    return False


def _is_given(word: str) -> bool:
    """Return whether a word before a surname may be a first name."""
    return word.lower() not in STOP_WORDS and word.lower().strip(".") not in TITLES
