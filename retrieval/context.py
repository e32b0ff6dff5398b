"""What a quote needs beside it: the sentence that names its "she", "it" or "the report".

A reader must know who "he" is. Looked for, by words alone, are: a pronoun that opens a sentence or
speaks in it; an opening that continues a thought ("For example"); and a bare "the report" where one
was introduced before ("a report by …"). The nearest sentence that can name the person or thing is
shown; where no sentence near a pronoun can, the one directly before, as a reader of the article
would have read it. Context that is not needed hides the quote, so all else stands alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from retrieval.speakers import find_speaker, is_bare_quotation

# How many sentences back a pronoun may reach.
PRONOUN_BACK = 8

_MARKS = r"[\"'\u2018\u201c(\[]*"
_LEAD_IN = rf"^{_MARKS}(?:(?:And|But|Yet|So|Still|Also|Then|However|Meanwhile),? )?"
_CLOSED = "[\"'\u2019\u201d],?"
_SAYING = (
    "said|says|told|added|adds|wrote|writes|tweeted|replied|warned|claimed|explained|argued|"
    "noted|insisted|continued|stated|testified|asked|announced|confirmed|denied"
)

_POINTS_AT_PERSON = re.compile(
    rf"{_LEAD_IN}(?i:he|she|his|her)\b|{_CLOSED} (?:he|she) (?:\w+ )?(?:{_SAYING})\b"
)
_NAMES_PERSON = re.compile(
    r"\b(?:Mr|Ms|Mrs|Dr|Sen|Prof|Sir|Dame|President|Minister)\b\.? [A-Z]"
    r"|(?:^|[\w,] )[A-Z][\w\u2019'-]+ [A-Z][\w\u2019'-]+"
    r"|\bspokes(?:man|woman|person)\b"
    r"|\b[Aa]n? (?:\w+ ){0,2}(?:man|woman|boy|girl|person|student|teacher|doctor|lawyer|judge|"
    r"officer|official|worker|owner|resident|reporter|journalist|activist|witness|victim|driver)\b"
)
_POINTS_AT_THING = re.compile(
    rf"{_LEAD_IN}(?i:it|its|they|their|them|this|these|those|that|others|both|another)\b"
    rf"|{_LEAD_IN}(?i:some) (?:of|have|had|are|were|also)\b"
    rf"|{_CLOSED} (?:it|they) (?:\w+ )?(?:{_SAYING})\b"
)
# "It is believed that …" points at nothing.
_EMPTY_IT = re.compile(
    rf"{_LEAD_IN}(?i:it) (?:is|was|has been|remains|seems|appears) "
    r"[\w ]{1,40}?\b(?:that|whether)\b"
)
_CONTINUES = re.compile(
    rf"^{_MARKS}(?:For (?:example|instance)|As a result|In response|Such|"
    r"(?:Other|Further) examples)\b"
)

# Nouns that point back at something introduced before, after a bare "the": where it opens a
# sentence, and where the thing speaks. A document is pointed at from anywhere in a sentence.
_DOCUMENTS = "document|documents|findings|inquiry|letter|memo|paper|report|statement|study|survey"
_NOUNS = (
    f"{_DOCUMENTS}|agency|agreement|article|attack|authorities|bill|building|centre|center|ceremony|"
    "charity|city|club|company|complaint|council|countries|country|couple|court|crash|deal|"
    "decision|embassy|event|figure|figures|firm|government|group|hearing|incident|institute|"
    "investigation|judge|law|lawsuit|man|ministry|museum|office|officer|officers|offices|official|"
    "officials|operation|order|organisation|organization|pair|party|plan|point|policy|post|"
    "programme|program|project|proposal|regulator|researchers|results|scheme|senator|site|"
    "spokesman|spokesperson|spokeswoman|station|stations|suspect|suspects|system|team|union|"
    "university|victim|victims|woman"
)
_ONE_WORD = r"(?:(?!(?:first|second|third|last|latest|main|new|next|only|other|same)\b)[a-z-]+ )?"
_NOT_TOLD_WHICH = (
    r"\b(?! (?:of|in|at|for|on|between|that|which|who|titled|called|named)\b)(?! [A-Z])"
)
_THE_REPORT = re.compile(
    rf"{_LEAD_IN}(?i:the) {_ONE_WORD}({_NOUNS}){_NOT_TOLD_WHICH}"
    rf"|^(?:According to|After|At|Before|During|In|Since|Under) the ({_NOUNS}),"
    rf"|{_CLOSED} the {_ONE_WORD}({_NOUNS}) (?:{_SAYING})\b"
    rf"|{_CLOSED} (?:{_SAYING}) the {_ONE_WORD}({_NOUNS})\b"
    rf"|\bthe ({_DOCUMENTS}){_NOT_TOLD_WHICH}"
)
# One thing may be introduced by the first of these nouns and pointed at by the second.
_ALIKE = (("report", "study", "survey", "paper", "document"), ("senator", "sen"))
# Words shortly before a noun: the first say that it is known already, the others that it is new.
_KNOWN = frozenset("the this that these those its his her their our my such".split())
_NEW = frozenset("a an another one".split())
_OF_A_NAME = re.compile(r"[A-Z].*(?:['\u2019]s|s['\u2019])")


def find_context(sentence: str, before: Sequence[str]) -> tuple[int, ...]:
    """Return which earlier sentences a sentence needs beside it.

    Parameters
    ----------
    sentence : str
        The first sentence of a quote.
    before : sequence of str
        The sentences of the article before it, nearest first.

    Returns
    -------
    tuple of int
        Places in ``before``, in order of the article: none if the sentence can stand alone, two
        if the sentence that names its "it" says no more than "the report".
    """
    near = before[:PRONOUN_BACK]
    if not near:
        return ()
    if _POINTS_AT_PERSON.search(sentence):
        return (_find_first(near, _names_person),)
    if _points_at_thing(sentence):
        named = _find_first(near, _names_thing)
        introduced = _find_introduction(near[named], before[named + 1 :])
        return (named,) if introduced is None else (named + 1 + introduced, named)
    if _CONTINUES.search(sentence):
        return (0,)
    introduced = _find_introduction(sentence, before)
    return () if introduced is None else (introduced,)


def _find_first(texts: Sequence[str], is_wanted: Callable[[str], bool]) -> int:
    """Return the place of the first wanted text, else 0."""
    return next((place for place, text in enumerate(texts) if is_wanted(text)), 0)


def _names_person(text: str) -> bool:
    speaker = find_speaker([text])
    is_named = speaker is not None and speaker[1].slice(text)[0].isupper()
    return (is_named or bool(_NAMES_PERSON.search(text))) and not _POINTS_AT_PERSON.search(text)


def _points_at_thing(text: str) -> bool:
    return bool(_POINTS_AT_THING.search(text)) and not _EMPTY_IT.search(text)


def _names_thing(text: str) -> bool:
    points = _POINTS_AT_PERSON.search(text) or _points_at_thing(text)
    return not points and not is_bare_quotation(text)


def _find_introduction(sentence: str, before: Sequence[str]) -> int | None:
    """Return the place of the sentence that introduces what a sentence calls "the report"."""
    match = _THE_REPORT.search(sentence)
    if match is None:
        return None
    noun = str(match[match.lastindex or 0]).removesuffix("s")
    nouns = next((alike for alike in _ALIKE if noun in alike), (noun,))
    pattern = re.compile(rf"\b(?:{'|'.join(nouns)})s?\b", re.IGNORECASE)
    if _introduces(pattern, sentence[: match.end()]):
        return None
    return next((place for place, text in enumerate(before) if _introduces(pattern, text)), None)


def _introduces(nouns: re.Pattern[str], text: str) -> bool:
    """Return whether a text holds one of the nouns without pointing back with it."""
    return any(not _is_known(text[: noun.start()]) for noun in nouns.finditer(text))


def _is_known(before: str) -> bool:
    """Return whether the last two words before a noun say that it is known.

    Further away they do not: "the secret service report" tells by itself which one is meant.
    """
    for word in reversed(before[-40:].split()[-2:]):
        if word.lower() in _NEW or _OF_A_NAME.fullmatch(word):
            return False
        if word.lower() in _KNOWN:
            return True
    return False
