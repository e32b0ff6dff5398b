"""What a quote needs beside it: the sentence that names its "she", "it" or "the report".

A reader must know who "he" is. Where the first sentence of a quote opens with a pronoun, attributes
speech to one, or speaks of "the report", the nearest sentence before it that can name the person or
thing is shown with it. The rules look at words only; where they find nothing to name, the sentence
directly before is shown, as a reader of the article would have read it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

# How far back a name may stand, in body sentences of the same article.
SENTENCES_BACK = 8

_LEAD_IN = r"^[\"'\u2018\u201c(\[]*(?:(?:And|But|Yet|So|Still|Also|Then|However|Meanwhile),? )?"
_SAYING = (
    "said|says|told|added|adds|wrote|writes|tweeted|replied|warned|claimed|explained|argued|"
    "noted|insisted|continued|stated|testified|asked|announced|confirmed|denied"
)
_PERSON_OPENS = re.compile(_LEAD_IN + r"(?:He|She|His|Her)\b")
_PERSON_SPEAKS = re.compile(rf"[\"'\u2019\u201d],? (?:he|she) (?:\w+ )?(?:{_SAYING})\b")
_THING_OPENS = re.compile(
    _LEAD_IN + r"(?:It|Its|They|Their|Them|This|These|Those|That|Others|Some|Both|Another)\b"
)
_THING_SPEAKS = re.compile(rf"[\"'\u2019\u201d],? (?:it|they) (?:\w+ )?(?:{_SAYING})\b")

# Nouns that point back at something introduced before when they follow a bare "the".
_POINTING = (
    "agency|agreement|article|attack|authorities|bill|building|centre|center|charity|city|company|"
    "complaint|council|countries|country|couple|court|crash|deal|decision|document|documents|"
    "embassy|event|figure|figures|findings|firm|government|group|incident|inquiry|institute|"
    "investigation|judge|law|lawsuit|letter|man|memo|ministry|office|officer|officers|offices|"
    "official|officials|operation|order|organisation|organization|pair|paper|party|plan|point|"
    "policy|post|programme|program|project|proposal|regulator|report|researchers|results|scheme|"
    "site|spokesman|spokesperson|spokeswoman|statement|station|stations|study|suspect|suspects|"
    "survey|system|team|union|university|victim|victims|woman"
)
_DEFINITE_OPENS = re.compile(_LEAD_IN + rf"The (?:\w+ )?({_POINTING})\b(?! of\b)(?! [A-Z])")
_DEFINITE_SPEAKS = re.compile(
    rf"\bthe (?:\w+ )?({_POINTING}) (?:{_SAYING})\b|(?:{_SAYING}) the ({_POINTING})\b"
)

_NAMES_PERSON = re.compile(
    r"\b(?:Mr|Ms|Mrs|Dr|Sen|Prof|Sir|Dame|President|Minister)\b\.? [A-Z]"
    r"|(?<=[\w,] )[A-Z][\w\u2019'-]+ [A-Z][\w\u2019'-]+|^[A-Z][\w\u2019'-]+ [A-Z][\w\u2019'-]+"
    r"|\bspokes(?:man|woman|person)\b"
)


def find_context(sentence: str, before: Sequence[str]) -> int | None:
    """Return which earlier sentence a sentence needs beside it.

    Parameters
    ----------
    sentence : str
        The first sentence of a quote.
    before : sequence of str
        The body sentences of the article before it, nearest first.

    Returns
    -------
    int or None
        Place in ``before``; None if the sentence can stand alone or nothing stands before it.
    """
    near = before[:SENTENCES_BACK]
    if not near:
        return None
    if _PERSON_OPENS.search(sentence) or _PERSON_SPEAKS.search(sentence):
        return _first(near, _names_person, default=0)
    if _THING_OPENS.search(sentence) or _THING_SPEAKS.search(sentence):
        return _first(near, lambda text: not _opens_with_pronoun(text), default=0)
    definite = _DEFINITE_OPENS.search(sentence) or _DEFINITE_SPEAKS.search(sentence)
    if definite:
        noun = next(group for group in definite.groups() if group)
        introduced = re.compile(rf"\b{re.escape(noun.removesuffix('s'))}s?\b", re.IGNORECASE)
        return _first(near, lambda text: _introduces(introduced, text), default=0)
    return None


def _names_person(text: str) -> bool:
    return not _PERSON_OPENS.search(text) and _NAMES_PERSON.search(text) is not None


def _opens_with_pronoun(text: str) -> bool:
    return bool(_THING_OPENS.search(text) or _PERSON_OPENS.search(text))


def _introduces(noun: re.Pattern[str], text: str) -> bool:
    """Return whether a sentence holds the noun without itself pointing back with it."""
    return noun.search(text) is not None and not _DEFINITE_OPENS.search(text)


def _first(texts: Sequence[str], wanted: Callable[[str], bool], *, default: int) -> int:
    """Return the place of the first wanted text, else the default."""
    return next((place for place, text in enumerate(texts) if wanted(text)), default)
