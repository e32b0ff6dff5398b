"""Which figure a question asks for: a count of something, a measure, an age or a date."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from retrieval.comparing.kinship import family_of
from retrieval.comparing.numbers import AGE
from retrieval.comparing.units import (
    AREA,
    CURRENCY,
    LENGTH,
    MASS,
    PERCENT,
    POWER,
    SPEED,
    TEMPERATURE,
    TIME,
    VOLUME,
    read_unit,
)
from retrieval.tokens import (
    FRAME_WORDS,
    extract_question_terms,
    extract_terms,
    find_words,
    fold_word,
)

COUNT = ""
DATE = "date"

_COUNTS = r"\bhow many\b|\b(?:total |exact )?number of\b"
_POPULATION = r"\bpopulation\b"
_TOLL = r"\bdeath toll\b"
_DATES = (
    r"\bwhen (?=(?:was|were|did|is|are|has|had|will)\b)"
    r"|\b(?:in |on )?(?:what|which) (?:\w+ )?(?:year|date|day|month) (?=(?:was|were|did|is|has)\b)"
)
_SHARES = (
    r"\b(?:what|which) (?:is the |was the )?(?:percent(?:age)?|per cent|proportion|share) of\b"
    r"|\bhow much of\b"
)
_MEASURES = (
    (r"\bhow much (?:\w+ ){0,8}weigh|\bhow heavy\b", (MASS, "pound", "ton")),
    (r"\b(?:what|which) (?:is|was|were) the (?:\w+ )?(?:cost|price|budget|fee|fine|salary)\b", ()),
    (r"\bhow much\b", ()),
    (r"\bhow old\b|\bwhat age\b", (AGE,)),
    (r"\bhow long\b", (TIME, LENGTH)),
    (r"\bhow (?:far|tall|high|wide|deep)\b", (LENGTH,)),
    (r"\bhow fast\b", (SPEED,)),
    (r"\bhow (?:hot|cold)\b", TEMPERATURE),
    (r"\bhow (?:big|large)\b", (AREA, VOLUME, POWER)),
)
_AMOUNTS = (AREA, VOLUME, LENGTH, MASS, POWER, "ton")
_DENIED = r"\bnot\b|n['\u2019]t\b"
_NAME = r"(?<=[\w,] )[A-Z][\w'\u2019.-]*(?: (?:of )?[A-Z0-9][\w'\u2019.-]*)*|\b(?:1\d|20)\d\d\b"
_AUXILIARY = frozenset(
    "is are was were be been being do does did has have had got get will "
    "would can could may might".split()
)
# Plurals without s.
_PLURALS = frozenset(
    "people men women children police staff crew fish sheep aircraft deer species troops personnel "
    "media youth dead wounded injured mice feet teeth geese".split()
)
_PARTICIPLE = r"\w+(?:ed|wn|lt|ught|ung|rn|orn)|set|held|made|put|shut|sent|sold|won|cut"
_DETERMINERS = frozenset("a an the its his her their this that of in on at by from to for".split())


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question asks the figure of.

    Parameters
    ----------
    units : tuple of str
        Units that an answer may have: ``COUNT``, ``DATE``, or those of `retrieval.comparing.units`.
    head : str
        Term of what is counted, or a share is asked of; "" where nothing is.
    modifiers : frozenset of str
        Terms before it: "northern coast guard" stations.
    verbs : frozenset of str
        Terms of which one stands beside the figure: what the counted did, or the event.
    terms : tuple of str
        All that the question is about.
    names : tuple of tuple of str
        Terms of each name and of each year in it, as far as capitals tell.
    """

    units: tuple[str, ...]
    head: str
    modifiers: frozenset[str]
    verbs: frozenset[str]
    terms: tuple[str, ...]
    names: tuple[tuple[str, ...], ...]


def read_asked(question: str) -> Asked | None:
    """Return the figure a question asks for, None if it asks for none.

    A figure of what is not so ("how many are not …") is left alone.
    """
    asked = None if re.search(_DENIED, question, re.IGNORECASE) else _read(question)
    return asked if asked is not None and asked.terms else None


def _read(question: str) -> Asked | None:
    if cue := re.search(_COUNTS, question, re.IGNORECASE):
        return _read_count(question, cue)
    if cue := re.search(_SHARES, question, re.IGNORECASE):
        counted = _read_count(question, cue)
        return None if counted is None else replace(counted, units=(PERCENT,))
    if cue := re.search(f"{_TOLL}|{_POPULATION}", question, re.IGNORECASE):
        is_toll = cue.group().lower().endswith("toll")
        head = fold_word("people" if is_toll else "population")
        verbs = family_of("died") if is_toll else frozenset[str]()
        terms = _terms_without(question, cue)
        return Asked((COUNT,), head, frozenset(), verbs, terms, _read_names(question))
    for pattern, units in _MEASURES:
        if cue := re.search(pattern, question, re.IGNORECASE):
            terms = _terms_without(question, cue)
            accepted: tuple[str, ...] = units or _money_or_amount(question)
            return Asked(accepted, "", frozenset(), frozenset(), terms, _read_names(question))
    if cue := re.search(_DATES, question, re.IGNORECASE):
        return _read_date(question, cue)
    return None


def is_plural(word: str) -> bool:
    """Return whether a noun is written in the plural."""
    lower = word.lower()
    return lower in _PLURALS or (lower.endswith("s") and not lower.endswith(("ss", "us", "is")))


def _terms_without(question: str, cue: re.Match[str]) -> tuple[str, ...]:
    """Return the terms of a question, those of the words that ask left out."""
    return tuple(extract_question_terms(f"{question[: cue.start()]} {question[cue.end() :]}"))


def _read_names(question: str) -> tuple[tuple[str, ...], ...]:
    """Return the terms of each name of a question; one typed in capitals tells none."""
    if question.isupper():
        return ()
    names = (tuple(extract_terms(found)) for found in re.findall(_NAME, question))
    return tuple(name for name in names if name)


def _money_or_amount(question: str) -> tuple[str, ...]:
    terms = set(extract_question_terms(question))
    spent = family_of("cost") | {fold_word(word) for word in "money raise earn fine owe".split()}
    return tuple(sorted(CURRENCY)) if not terms.isdisjoint(spent) else _AMOUNTS


def _read_count(question: str, cue: re.Match[str]) -> Asked | None:
    """Return what is counted: the noun after "how many" with its modifiers and its verb."""
    words = list(find_words(question[cue.end() :]))
    if _leaves_out_people(words):
        words.insert(0, "people")
    start = next((place for place, word in enumerate(words) if fold_word(word)), len(words))
    end = next((place for place in range(start, len(words)) if not fold_word(words[place])), None)
    run = words[start:end]
    if not run:
        return None
    is_closed = end is not None and words[end].lower() in _AUXILIARY
    head = len(run) - 1 if is_closed else _first_plural(run)
    terms = _terms_without(question, cue)
    if unit := read_unit(run[head], 0):
        return Asked((unit[0],), "", frozenset(), frozenset(), terms, _read_names(question))
    after = run[head + 1 :] if not is_closed else _after_auxiliary(words[end:])
    modifiers = frozenset(map(fold_word, run[:head]))
    return Asked(
        (COUNT,), fold_word(run[head]), modifiers, _verbs_of(after), terms, _read_names(question)
    )


def _leaves_out_people(words: Sequence[str]) -> bool:
    """Return whether "how many" is followed by what befell them: "were hurt", "died"."""
    fates = (family_of(fate) for fate in ("died", "injured", "arrested", "evacuated"))
    opening = words[0].lower() if words else ""
    return opening in _AUXILIARY or any(fold_word(opening) in fate for fate in fates)


def _first_plural(run: Sequence[str]) -> int:
    """Return the place of the first plural, or of the last of several side by side."""
    place = next((place for place, word in enumerate(run) if is_plural(word)), None)
    if place is None:
        return 0
    while place + 1 < len(run) and is_plural(run[place + 1]):
        place += 1
    return place


def _after_auxiliary(words: Sequence[str]) -> list[str]:
    """Return the verb's words: "were killed …", "has the council sold …" without its subject."""
    asks_subject = words[0].lower() in ("do", "does", "did", "has", "have", "had")
    content: list[str] = []
    for word in words[1:]:
        if fold_word(word) and word.lower() not in FRAME_WORDS:
            content.append(word)
        elif content and word.lower() not in _AUXILIARY:
            break
    return content[1:] if asks_subject and words[1:2] != ["been"] else content[:1]


def _verbs_of(words: Sequence[str]) -> frozenset[str]:
    verbs = (family_of(word) for word in words if word.lower() not in FRAME_WORDS | _AUXILIARY)
    return frozenset(term for family in verbs for term in family)


def _read_date(question: str, cue: re.Match[str]) -> Asked | None:
    """Return what is dated: the verb of the event, "founded" or "leave"."""
    auxiliary, *words = find_words(question[cue.end() :]) or [""]
    if auxiliary.lower() in ("was", "were", "is", "are"):
        verbs = [word for word in words if re.compile(_PARTICIPLE).fullmatch(word)]
    else:
        verbs = [
            word
            for before, word in zip([auxiliary, *words], words, strict=False)
            if word[0].islower() and fold_word(word) and before.lower() not in _DETERMINERS
        ]
    if not verbs:
        return None
    terms = _terms_without(question, cue)
    return Asked((DATE,), "", frozenset(), family_of(verbs[-1]), terms, _read_names(question))
