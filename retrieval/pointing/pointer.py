"""A pointer: words of a sentence that point back at something its article said before."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto


class Aim(Enum):
    """Which earlier sentence is looked for."""

    PERSON = auto()  # one that names a person
    THING = auto()  # the nearest that does not say "it" as well
    LAST = auto()  # the one directly before
    TIME = auto()  # one that tells a time
    PLACE = auto()  # one that tells a place
    NOUN = auto()  # one that introduces the words
    SURNAME = auto()  # one that gives the full name of somebody
    SPEAKER = auto()  # the same for a name that is surely a person's


@dataclass(frozen=True, slots=True)
class Pointer:
    """Words that point back.

    Parameters
    ----------
    aim : Aim
    words : tuple of str
        A pronoun, a noun behind what qualifies it, both in lower case, or a surname.
    otherwise : Aim or None
        What to look for if no sentence introduces the words: if None, the sentence stands alone.
    """

    aim: Aim
    words: tuple[str, ...] = ()
    otherwise: Aim | None = None
