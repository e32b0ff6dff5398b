"""What a quote needs beside it: the sentence that names its "she", "it" or "the report".

A reader must know who "he" is. Four ways to point back are looked for, by words alone: a pronoun
that opens a sentence or speaks in it; a bare "the report" where a report was introduced before
("a report by …"); an opening that continues a thought ("For example"); and nothing else, since a
context that is not needed hides the quote. The nearest sentence that can name the person or thing
is shown; where none can, the one directly before, as a reader of the article would have read it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

# How far back a pronoun may reach, and how far a bare "the report", in body sentences.
PRONOUN_BACK = 8
SENTENCES_BACK = 60

_MARKS = r"[\"'\u2018\u201c(\[]*"
_LEAD_IN = rf"^{_MARKS}(?:(?:And|But|Yet|So|Still|Also|Then|However|Meanwhile),? )?"
_SAYING = (
    "said|says|told|added|adds|wrote|writes|tweeted|replied|warned|claimed|explained|argued|"
    "noted|insisted|continued|stated|testified|asked|announced|confirmed|denied"
)
_CLOSED = "[\"'\u2019\u201d],?"

_PERSON_OPENS = re.compile(_LEAD_IN + r"(?:He|She|His|Her)\b")
_PERSON_SPEAKS = re.compile(rf"{_CLOSED} (?:he|she) (?:\w+ )?(?:{_SAYING})\b")
_THING_OPENS = re.compile(
    _LEAD_IN + r"(?:It|Its|They|Their|Them|This|These|Those|That|Others|Both|Another)\b"
    r"|" + _LEAD_IN + r"Some (?:of|have|had|are|were|also)\b"
)
_THING_SPEAKS = re.compile(rf"{_CLOSED} (?:it|they) (?:\w+ )?(?:{_SAYING})\b")
_EMPTY_IT = re.compile(
    _LEAD_IN + r"It (?:is|was|has been|remains|seems|appears) [\w ]{1,40}?\b(?:that|whether)\b"
)
_CONTINUES = re.compile(
    rf"^{_MARKS}(?:For (?:example|instance)|As a result|In response|Such|(?:Other|Further) examples)\b"
)

# Documents and their like, which a text seldom names twice: "the report" needs its introduction
# wherever it stands.
_DOCUMENT = "report|study|survey|statement|letter|memo|document|documents|findings|inquiry|paper"
# Other nouns that point back when a bare "The …" opens a sentence or speaks in it.
_POINTING = (
    f"{_DOCUMENT}|agency|agreement|article|attack|authorities|bill|building|centre|center|ceremony|"
    "charity|city|club|company|complaint|council|countries|country|couple|court|crash|deal|"
    "decision|embassy|event|figure|figures|firm|government|group|hearing|incident|institute|"
    "investigation|judge|law|lawsuit|man|ministry|museum|office|officer|officers|offices|official|"
    "officials|operation|order|organisation|organization|pair|party|plan|point|policy|post|"
    "programme|program|project|proposal|regulator|researchers|results|scheme|senator|site|"
    "spokesman|spokesperson|spokeswoman|station|stations|suspect|suspects|system|team|union|"
    "university|victim|victims|woman"
)
_ORDINAL = "first|second|third|last|latest|main|new|next|only|other|same"
_BARE = rf"(?:(?!(?:{_ORDINAL})\b)[a-z-]+ )?"
_ENDS = r"\b(?! (?:of|in|at|for|on|between|that|which|who|titled|called|named)\b)(?! [A-Z])"
_DEFINITE = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_LEAD_IN}The {_BARE}({_POINTING}){_ENDS}",
        rf"^(?:According to|After|At|Before|During|In|Since|Under) the ({_POINTING}),",
        rf"{_CLOSED} the {_BARE}({_POINTING}) (?:{_SAYING})\b",
        rf"{_CLOSED} (?:{_SAYING}) the {_BARE}({_POINTING})\b",
        rf"\bthe ({_DOCUMENT}){_ENDS}",
    )
)
_POINTS_BACK = frozenset("the this that these those its his her their our my such".split())
_INTRODUCES = frozenset("a an another one".split())
# Nouns for which another one may have introduced the thing: "a study …", then "the report".
_ALIKE = ({"report", "study", "survey", "paper", "document"},)

_NAMES_PERSON = re.compile(
    r"\b(?:Mr|Ms|Mrs|Dr|Sen|Prof|Sir|Dame|President|Minister)\b\.? [A-Z]"
    r"|(?<=[\w,] )[A-Z][\w\u2019'-]+ [A-Z][\w\u2019'-]+|^[A-Z][\w\u2019'-]+ [A-Z][\w\u2019'-]+"
    r"|\bspokes(?:man|woman|person)\b"
    r"|\b[Aa]n? (?:\w+ ){0,2}(?:man|woman|boy|girl|person|student|teacher|doctor|lawyer|judge|"
    r"officer|official|worker|owner|resident|reporter|journalist|activist|witness|victim|driver)\b"
)


def find_context(sentence: str, before: Sequence[str]) -> tuple[int, ...]:
    """Return which earlier sentences a sentence needs beside it.

    Parameters
    ----------
    sentence : str
        The first sentence of a quote.
    before : sequence of str
        The body sentences of the article before it, nearest first.

    Returns
    -------
    tuple of int
        Places in ``before``, in order of the article: none if the sentence can stand alone, two
        if the sentence that names its "it" says no more than "the report".
    """
    place = _find_named(sentence, before)
    if place is None:
        return ()
    further = _find_introduction(before[place], before[place + 1 :])
    return (place,) if further is None else (place + 1 + further, place)


def _find_named(sentence: str, before: Sequence[str]) -> int | None:
    """Return the place of the sentence that names what a sentence points back at."""
    near = before[:PRONOUN_BACK]
    if not near:
        return None
    if _PERSON_OPENS.search(sentence) or _PERSON_SPEAKS.search(sentence):
        return _first(near, _names_person)
    if _points_at_thing(sentence):
        return _first(near, lambda text: not _opens_with_pronoun(text))
    if _CONTINUES.search(sentence):
        return 0
    return _find_introduction(sentence, before)


def _points_at_thing(sentence: str) -> bool:
    if _EMPTY_IT.search(sentence):
        return False
    return bool(_THING_OPENS.search(sentence) or _THING_SPEAKS.search(sentence))


def _names_person(text: str) -> bool:
    return not _PERSON_OPENS.search(text) and _NAMES_PERSON.search(text) is not None


def _opens_with_pronoun(text: str) -> bool:
    return bool(_THING_OPENS.search(text) or _PERSON_OPENS.search(text))


def _first(texts: Sequence[str], is_wanted: Callable[[str], bool]) -> int:
    """Return the place of the first wanted text, else that of the first."""
    return next((place for place, text in enumerate(texts) if is_wanted(text)), 0)


def _find_introduction(sentence: str, before: Sequence[str]) -> int | None:
    """Return the place of the sentence that introduces what a sentence calls "the report"."""
    for pattern in _DEFINITE:
        match = pattern.search(sentence)
        if match is None:
            continue
        noun = match.group(1).removesuffix("s")
        nouns = next((alike for alike in _ALIKE if noun in alike), {noun})
        pattern = re.compile(rf"\b(?:{'|'.join(sorted(nouns))})s?\b", re.IGNORECASE)
        if _introduces(pattern, sentence[: match.start(1)]):
            return None
        return next(
            (
                place
                for place, text in enumerate(before[:SENTENCES_BACK])
                if _introduces(pattern, text)
            ),
            None,
        )
    return None


def _introduces(nouns: re.Pattern[str], text: str) -> bool:
    """Return whether a text holds one of the nouns without pointing back with it."""
    return any(not _is_pointing(text[: match.start()]) for match in nouns.finditer(text))


def _is_pointing(before: str) -> bool:
    """Return whether the words before a noun say that it is known already."""
    for word in reversed(before[-40:].split()[-4:]):
        if word.lower() in _POINTS_BACK:
            return True
        if word.lower() in _INTRODUCES or word.endswith(("'s", "\u2019s", "s'", "s\u2019")):
            return False
    return False
