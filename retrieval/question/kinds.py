"""What kind of answer a question asks for, and whether a stretch of text holds one."""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import Enum
from functools import lru_cache

from retrieval.question import cues
from retrieval.tokens import WORD, extract_question_terms, find_words, fold_word


class Expected(Enum):
    """The kind of answer a question asks for; ``ANY`` where its form does not tell."""

    NUMBER = "number"
    DATE = "date"
    PERSON = "person"
    PLACE = "place"
    NAME = "name"
    REASON = "reason"
    DEFINITION = "definition"
    LIST = "list"
    YES_NO = "yes_no"
    ANY = "any"


# What may stand before the question itself.
_LEAD_IN = (
    r"(?:(?:so|and|but|then|also|well|hey|hi|hello|please|pls|ok|okay|now|just|actually|"
    r"(?:can|could|would|will) (?:you|u|someone|anyone|somebody|anybody)|"
    r"(?:do|does|did) (?:you|anyone|anybody|someone|we) (?:know|remember|recall)|"
    r"(?:tell|show|give|explain to|remind) (?:me|us)|explain|"
    r"i(?: am|['\u2019]?m)? (?:wonder(?:ing)?|curious|want(?:ed)? to know|need to know)|"
    r"i(?: would|['\u2019]?d) like to know|any (?:idea|clue)|is it known)\b[\s,:!-]*)*"
)
_YES_NO = (
    r"(?:(?:is|are|was|were|am|do|does|did|has|have|had|can|could|will|would|shall|should|might)"
    r"(?:n['\u2019]?t)?|can['\u2019]?t|won['\u2019]?t|if|whether)\b(?=\s+\w)"
)
# "Did she say why …?" asks why.
_SAYS_WHICH = (
    r"\b(?:say|said|know|known|tell|told|explain|explained|reveal|revealed|specify|clear|stated?|"
    r"disclosed?|mention|mentioned|reported?)\s+(?=(?:who|where|when|why|how|what|which)\b)"
)
_FEW = r"(?:two|three|four|five|six|seven|eight|nine|ten|\d+)"
_LIST = (
    rf"(?:list|enumerate|name|give)(?: me)? (?:of|all|some|several|a few|at least|{_FEW}"
    rf"|(?:the|any) {_FEW}|(?:the |any )?(?:\w+ )?\w+[^\Wsui]s)\b|(?:names|examples) of\b"
)
_DEFINE = (
    r"(?:define|definition)\b|\b(?:definition of|meaning of|meant by|stands? for)\b"
    r"|\bwhat (?:does|do|did) [^?]{1,80} (?:mean|refer to)\b|\bhow (?:is|are) [^?]{1,80} defined\b"
)
_ASKING = (
    r"\b(how|when|where|whereabouts|why|whom|whose|who|what|which)"
    r"(?:['\u2019]?s|['\u2019](?:re|d|ll|ve))?\b"
)
# "When the port closed, who …": the time is told, not asked for.
_AFTER_WHEN = r"\s+(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|shall|should)\b"

_HOW = {
    **dict.fromkeys(
        "many much long old far often large big tall high fast deep wide heavy hot cold thick "
        "frequently quickly soon".split(),
        Expected.NUMBER,
    ),
    **dict.fromkeys("recently early late".split(), Expected.DATE),
    "come": Expected.REASON,
}
_WHO = {
    **dict.fromkeys("who whom whose".split(), Expected.PERSON),
    **dict.fromkeys("where whereabouts".split(), Expected.PLACE),
    "why": Expected.REASON,
    "when": Expected.DATE,
}

# The nouns that "which" and "what" ask for, by what answers them.
_NOUNS = {
    Expected.NUMBER: """
        percent percentage proportion number amount share population total cost price age height
        length width depth weight speed distance rate size temperature budget salary score toll
        income revenue quantity fraction ratio elevation altitude turnout duration
        """,
    Expected.DATE: "year date day month week weekday decade century time",
    Expected.PERSON: """
        person people man woman actor actress author writer poet artist painter composer singer
        musician president minister king queen emperor ruler leader founder director scientist
        architect philosopher historian politician senator governor mayor bishop pope general
        commander journalist reporter player coach lawyer judge official officer spokesman
        spokesperson spokeswoman professor researcher doctor candidate winner member victim suspect
        inventor explorer scholar theologian mathematician physicist chemist engineer monarch
        secretary chairman critic expert analyst activist owner
        """,
    Expected.PLACE: """
        country nation city town village place state province region continent capital location
        street river lake sea ocean island mountain county district area territory airport station
        port site neighbourhood neighborhood borough coast
        """,
    Expected.NAME: """
        company team organisation organization agency newspaper magazine book film movie song album
        band university college school church party group name title brand firm club ship network
        journal museum hospital language religion airline court treaty battle war empire league
        corporation institution ministry dynasty
        """,
    Expected.REASON: "reason cause purpose motive explanation rationale",
    Expected.DEFINITION: "meaning definition",
}
_KIND_OF_NOUN = {noun: kind for kind, nouns in _NOUNS.items() for noun in nouns.split()}
# The nouns whose plural asks for several names.
_LISTED = (Expected.PERSON, Expected.PLACE, Expected.NAME)
_PLURALS = {"people": "person", "men": "man", "women": "woman", "children": "child"}

_CAUSES = frozenset(
    "caused causes cause led leads prompted prompts explains drove motivated motivates "
    "triggered triggers sparked".split()
)
_AMOUNTS = frozenset("total average maximum minimum".split())
_IS = frozenset("is are was were s".split())
_DETERMINERS = frozenset("the a an some all these those its his her their".split())
_NOUN_PHRASE_WORDS = 5
_DEFINED_WORDS = 4  # "what is the law" asks for less than "what is the law on …"

_HOW_MANY = r"\bhow many\b|\bnumber of\b"

# Words between a number and what it counts: "54 so-called overseas police service stations".
COUNTED_WITHIN = 6

_HOLDS: dict[Expected, Callable[[str, cues.Asked], bool]] = {
    Expected.NUMBER: cues.holds_number,
    Expected.DATE: cues.holds_date,
    Expected.PERSON: cues.holds_person,
    Expected.PLACE: cues.holds_place,
    Expected.NAME: cues.holds_name,
    Expected.REASON: cues.holds_reason,
    Expected.DEFINITION: cues.holds_definition,
    Expected.LIST: cues.holds_list,
}


def expect_answer(question: str) -> Expected:
    """Return the kind of answer a question asks for.

    The first question word decides, and after "which" and "what" the noun that follows. A question
    that starts with its verb asks for yes or no, unless it asks whether somebody said who, why ….
    """
    asked = question.lower().lstrip(" \t\n\"'\u201c\u2018(*-\u00bf\u2026.")
    lead_in = re.match(_LEAD_IN, asked)
    asked = asked[lead_in.end() if lead_in else 0 :]
    if re.match(_LIST, asked):
        return Expected.LIST
    if re.search(_DEFINE, asked):
        return Expected.DEFINITION
    if re.match(_YES_NO, asked):
        said = re.search(_SAYS_WHICH, asked)
        if said is None:
            return Expected.YES_NO
        asked = asked[said.end() :]
    return _read_asking(asked)


def asks_count(question: str) -> bool:
    """Return whether a question asks for the number of something it names."""
    return bool(_find_counted(question))


def counts_asked(text: str, question: str) -> bool:
    """Return whether a number stands shortly before the thing whose number is asked for.

    "How many police stations …" asks for stations: the last word before the next function word.
    """
    head = _find_counted(question)
    if not head or not cues.holds_numeral(text):
        return False
    words = WORD.findall(text)
    return any(
        is_number(word) and head in map(fold_word, words[place + 1 : place + 1 + COUNTED_WITHIN])
        for place, word in enumerate(words)
    )


def is_number(word: str) -> bool:
    """Return whether a word is a number, in digits or written out."""
    return word[:1].isdecimal() or word.lower() in cues.NUMBER_WORDS


def holds_expected(expected: Expected, text: str, question: str) -> bool:
    """Return whether a stretch holds an answer of the kind; what the question says is no answer.

    Yes and no may stand in any words, and so may an answer of no particular kind.
    """
    holds = _HOLDS.get(expected)
    return True if holds is None else holds(text, _read_asked(question))


def _read_asking(asked: str) -> Expected:
    """Return the kind that the first question word asks for."""
    for found in re.finditer(_ASKING, asked):
        word, after = found[1], asked[found.end() :]
        if word == "when" and "," in after and not re.match(_AFTER_WHEN, after):
            continue
        if word in _WHO:
            return _WHO[word]
        words = [one.lower() for one in find_words(after[:200])]
        if word == "how":
            return _HOW.get(words[0], Expected.ANY) if words else Expected.ANY
        if found.group() != word:  # "what's"
            words.insert(0, "is")
        return _read_noun(words)
    return Expected.ANY


def _read_noun(words: list[str]) -> Expected:
    """Return the kind that the words after "which" or "what" ask for."""
    if not words or words[0] in _CAUSES:
        return Expected.REASON if words else Expected.ANY
    is_equation = words[0] in _IS
    start = 1 if is_equation else 0
    has_article = words[start : start + 1] in (["a"], ["an"])
    while start < len(words) and words[start] in _DETERMINERS:
        start += 1
    end = start
    while end < len(words) and end - start < _NOUN_PHRASE_WORDS and fold_word(words[end]):
        end += 1
    phrase = words[start:end]
    kind = None if has_article else _kind_of_phrase(phrase)
    if kind is not None:
        return kind
    is_term = is_equation and end == len(words) and 0 < len(phrase) <= _DEFINED_WORDS
    return Expected.DEFINITION if is_term and not _tells_apart(phrase) else Expected.ANY


def _kind_of_phrase(phrase: list[str]) -> Expected | None:
    """Return the kind that the noun of a noun phrase asks for.

    Of neighbours the last counts ("company president"), unless it may be a verb ("country places").
    """
    kind: Expected | None = None
    for word in phrase:
        next_kind, is_plural = _classify(word)
        if next_kind is None and kind is not None:
            break
        if kind is None or next_kind is Expected.PERSON or not is_plural:
            kind = Expected.LIST if is_plural and next_kind in _LISTED else next_kind
        if word in _AMOUNTS:
            return Expected.NUMBER
    return kind


def _tells_apart(phrase: list[str]) -> bool:
    """Return whether a phrase asks for one thing among others: "the oldest crane", "its job"."""
    return any(
        word.endswith(("est", "'s", "\u2019s", "ed")) or word in {"most", "name"} for word in phrase
    )


def _classify(noun: str) -> tuple[Expected | None, bool]:
    """Return what kind of answer a noun asks for, and whether it is a plural."""
    if noun in _PLURALS:
        return _KIND_OF_NOUN.get(_PLURALS[noun]), True
    if noun in _KIND_OF_NOUN:
        return _KIND_OF_NOUN[noun], False
    singulars = (noun.removesuffix("s"), noun.removesuffix("es"), noun.removesuffix("ies") + "y")
    kinds = (_KIND_OF_NOUN[one] for one in singulars if one in _KIND_OF_NOUN)
    return next(kinds, None), True


# One question is held against many sentences; no more than that one is kept.
@lru_cache(maxsize=1)
def _find_counted(question: str) -> str:
    """Return the term of the thing whose number a question asks for, else ""."""
    asked = re.search(_HOW_MANY, question, re.IGNORECASE)
    head = ""
    for word in find_words(question[asked.end() :]) if asked else ():
        term = fold_word(word)
        if not term:
            break
        head = term
    return head


@lru_cache(maxsize=1)
def _read_asked(question: str) -> cues.Asked:
    return cues.Asked(
        words=frozenset(word.casefold() for word in find_words(question)),
        terms=frozenset(extract_question_terms(question)),
        unit=cues.find_unit(question.lower()),
    )
