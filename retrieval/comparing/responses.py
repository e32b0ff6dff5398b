"""Claims about somebody, and what that side says to them.

An answer that quotes an allegation shows the side's response with it where the articles hold one: a
denial, a rejection, no comment, no reply. A response beside the wrong claim puts words in
somebody's mouth, so it must come from that side and stand in an article that makes the claim, or
share what it is about.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from corpus.article import Span
from retrieval.comparing.accusing import find_accused, tells_wrong
from retrieval.comparing.parties import are_one_side, find_names, name_terms
from retrieval.comparing.statements import Statement
from retrieval.comparing.wordings import find_quotation
from retrieval.speakers import find_speaker
from retrieval.tokens import extract_question_terms, extract_terms

# Terms that a response from another article shares with the claim, the side's own names left out.
SHARED_TOPIC = 2
QUERY_TERMS = 12

_RESPONDS = (
    r"\b(?:den(?:y|ies|ied|ying)|reject(?:s|ed|ing)?|dismiss(?:es|ed|ing)?|refut(?:es|ed|ing)?"
    r"|disput(?:es|ed|ing)|rebut(?:s|ted)|plead(?:s|ed)? not guilty"
    r"|(?:maintain|protest)(?:s|ed) (?:his|her|their|its) innocence"
    r"|declin(?:es|ed) (?:further )?(?:to (?:comment|answer|respond|discuss|say|give|speak|be)"
    r"|comment|requests?|an? )|refus(?:es|ed) to (?:comment|answer|respond|discuss)"
    r"|(?:did|does|do|has|have|had|could) ?(?:not|n['\u2019]t)(?: immediately| yet| directly)?"
    r" (?:respond|responded|repl(?:y|ied)|answer(?:ed)?|comment(?:ed)?"
    r"|return(?:ed)? (?:calls?|messages?|requests?|an? )|be reached)"
    r"|(?:has|had|made|with) no comment|would(?: not|n['\u2019]t) comment"
    r"|(?:call|describ|brand|label)(?:s|es|ed|led)? (?:\S+ ){1,5}(?:as )?(?:an? )?"
    r"[\"'\u201c\u2018]?(?:false|baseless|untrue|lies?|smears?|nonsense|fabricat\w+|unfounded"
    r"|groundless|absurd|ridiculous|slander\w*|defamatory))"
)
_DENIES_IN_SPEECH = (
    r"\b(?:false|baseless|untrue|smear\w*|unfounded|groundless|fabricat\w+|slander\w*|innocent"
    r"|nonsense|lies|never|not|no)\b|n['\u2019]t\b"
)
# Denied to others or by others, and not an answer to a claim.
_IS_DONE_TO = r"\b(?:was|were|been|is|are|be|being|get|got) (?:\w+ly )?$"
_DENIES_THING = (
    r"(?: \w+){0,2} (?:access|entry|bail|visas?|permission|him|her|them|us|me|asylum|treatment"
    r"|bids?|offers?|appeals?|plans?|proposals?|motions?|invitations?)\b"
)
# A response that says no more than that: to what, only what stands around it can tell.
_SAYS_NO_MORE = (
    r"(?:\s+(?:any|all|the|these|those|such|his|her|its|their|to|for|a|an|of|from|by|further|repeated"
    r"|multiple|several|immediately|wrongdoing|involvement|claims?|allegations?|accusations?|charges?"
    r"|comment|requests?|questions?|calls?|emails?|messages?|it|this|that|them|reporters?|journalists?"
    r"|media|[A-Z]\w*))*\s*(?:[.,;:!?\"'\u201d\u2019)]|$|(?:when|after|before|and|but|as|while)\b)"
)
# Words of which one may be a response, and nothing is to be said of there being none.
_MAY_RESPOND = (
    r"\b(?:den(?:y|ie[sd])|reject|dismiss|refut|disput|declin|refus|respon[ds]|repl(?:y|ie[sd])|comment"
    r"|unavailable|not available|nothing wrong|wrongdoing|innocen|false|untrue|baseless|nonsense"
    r"|lie[sd]?\b|absurd|never|smear|slander)|\bnot\b|n['\u2019]t\b"
)
# Who speaks for somebody: "Jo Day's lawyer".
_VOICES = (
    r"\b(?:lawyer|attorney|counsel|spokes|office|team|representative|embassy|consulate|government"
    r"|ministr|foreign|agent|publicist|company|party|campaign|family|president|management|police"
    r"|authorit|official|leader|chief|ambassador|press|director|defen[cs]e)"
)
_OTHERS = r"\b(?:accuser|critic|victim|opponent|rival)"
_IS_OBJECT = (
    r"\b(?:accus\w+|alleg\w+|blam\w+|criti\w+|sue[ds]?|charg\w+|against|by|to|with|from)"
    r" (?:the )?$"
)
_CLAUSE = r"(?:\b(?:said|says|that|but|and|while|as|although|because)|^|,) (?:the |The )?$"

# Terms that say nothing of what a claim is about.
_GENERIC = frozenset(
    extract_terms(
        "report say said claim accused accusation alleged allegation charge group people person "
        "country government year month week day new time told according world statement official "
        "deny reject human right use set one two part make made comment response come spokesman"
    )
)
_RESPONSE_WORDS = "denied rejected dismissed declined comment respond statement spokesperson false"


@dataclass(frozen=True, slots=True)
class Claim:
    """An allegation against a named side.

    Parameters
    ----------
    side : str
        Who is accused, as written.
    keys : tuple of int
        The statements that hold it, best first.
    articles : frozenset of int
        Their articles.
    topic : tuple of str
        Terms of what is alleged and asked, in order, without the side's names.
    """

    side: str
    keys: tuple[int, ...]
    articles: frozenset[int]
    topic: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Response:
    """Where a side responds: a statement, and the span of the responding words in its text."""

    key: int
    start: int
    end: int


def find_claim(question: str, statements: Iterable[Statement]) -> Claim | None:
    """Return the best-scored allegation among statements, with all others against that side.

    Returns
    -------
    Claim or None
        None if no statement holds an attributed allegation of wrongdoing against a named side.
    """
    ordered = sorted(statements, key=lambda one: (-one.score, one.key))
    accused = [
        (one, span.slice(one.text))
        for one in ordered
        if (span := find_accused(one.text)) is not None
    ]
    if not accused:
        return None
    first, side = accused[0]
    same = [one for one, name in accused if one is first or are_one_side(side, name)]
    own = frozenset(name_terms(side)) | _GENERIC
    terms = [*extract_terms(first.text), *extract_question_terms(question)]
    topic = tuple(dict.fromkeys(term for term in terms if term not in own and len(term) > 2))
    keys = tuple(one.key for one in same)
    return Claim(side, keys, frozenset(one.article for one in same), topic)


def find_response(claim: Claim, statements: Iterable[Statement]) -> Response | None:
    """Return how the accused side responds to a claim, None where no statement tells.

    What stands in the claim's own sentence comes first, then what shares most with it (to stand in
    one of its articles counts as much as a word), then the best scored, then the first key.
    """
    best: tuple[tuple[bool, int, float, int], Response] | None = None
    for one in statements:
        shared = len(frozenset(extract_terms(one.text)).intersection(claim.topic))
        is_near = one.article in claim.articles
        span = _find_words(claim, one.text, shared=shared, is_near=is_near)
        if span is None:
            continue
        order = (one.key in claim.keys, shared + is_near, one.score, -one.key)
        if best is None or order > best[0]:
            best = order, Response(one.key, span.start, span.end)
    return None if best is None else best[1]


def response_query(claim: Claim) -> str:
    """Return the words to search for responses with: the side, the topic, words of responding."""
    return " ".join([claim.side, *claim.topic[:QUERY_TERMS], _RESPONSE_WORDS])


def may_respond(claim: Claim, statements: Iterable[Statement]) -> bool:
    """Return whether any statement might be a response, so that none may be said to be missing."""
    return any(
        re.search(_MAY_RESPOND, one.text) is not None
        and any(are_one_side(claim.side, name.slice(one.text)) for name in find_names(one.text))
        for one in statements
        if one.key not in claim.keys
    )


def _find_words(claim: Claim, text: str, *, shared: int, is_near: bool) -> Span | None:
    is_alike = shared >= SHARED_TOPIC
    span = find_responding(claim.side, text) if is_alike or is_near else None
    if span is not None and shared == 0 and not _is_open(text, span.end):
        return None  # it responds to something else
    return find_denying_speech(claim.side, text) if span is None and is_alike else span


def _is_open(text: str, end: int) -> bool:
    """Return whether a response says no more after a place, or denies a wrong in other words."""
    return re.compile(_SAYS_NO_MORE).match(text, end) is not None or tells_wrong(text, end)


def find_responding(side: str, text: str) -> Span | None:
    """Return the words by which a side denies, declines or stays silent, None if it does not."""
    for verb in re.finditer(_RESPONDS, text):
        is_other = re.search(_IS_DONE_TO, text[max(0, verb.start() - 20) : verb.start()])
        is_thing = re.compile(_DENIES_THING).match(text, verb.end())
        if not is_other and not is_thing and _is_subject(side, text, verb.start()):
            return Span(verb.start(), verb.start() + len(verb.group().rstrip()))
    return None


def find_denying_speech(side: str, text: str) -> Span | None:
    """Return the words with which a side says no in its own speech, None if it does not."""
    denial = re.search(_DENIES_IN_SPEECH, text)
    speaker = find_speaker([text]) if denial is not None else None
    if denial is None or speaker is None:
        return None
    if not are_one_side(side, speaker[1].slice(text)):
        return None
    quoted = find_quotation(text)
    is_quoted = quoted is not None and denial.start() in range(quoted.start, quoted.end)
    return quoted if is_quoted else Span(*denial.span())


def _is_subject(side: str, text: str, end: int) -> bool:
    """Return whether a side is the subject of the verb that starts at a place."""
    start = max(text.rfind(mark, 0, end) for mark in ";:") + 1
    names = list(find_names(text, start, end))
    if not names:
        return False
    first, last = names[0], names[-1]
    is_first = re.search(_IS_OBJECT, text[start : first.start]) is None
    if is_first and are_one_side(side, first.slice(text)) and _speaks_for(text[first.end : end]):
        return True
    opens_clause = re.search(_CLAUSE, text[start : last.start]) is not None
    is_last = opens_clause and are_one_side(side, last.slice(text))
    return is_last and _speaks_for(text[last.end : end])


def _speaks_for(between: str) -> bool:
    """Return whether whoever stands between a name and a verb is still of its side."""
    whose = re.match(r"['\u2019]s? (?:\w+ )?\w+", between)
    is_own = whose is None or re.search(_VOICES, whose.group()) is not None
    return is_own and re.search(_OTHERS, between) is None
