"""The words of a sentence with their places, and the figure that is found among them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from corpus.article import Span
from retrieval.comparing.dates import NamedDate
from retrieval.comparing.numbers import Amount
from retrieval.tokens import WORD, fold_word

# What parts a sentence: a number does not count across it.
BREAKS = (
    r"[;:!?\u2014\n]|(?<![A-Z])\. "
    r"|\b(?:[Bb]efore|[Aa]fter|[Ww]hen|[Ww]hile|[Bb]ecause|[Aa]lthough|[Uu]ntil)\b"
)


class Word(NamedTuple):  # many are made: a dataclass takes three times as long
    """A word as it stands in a sentence; ``term`` is "" for a function word."""

    start: int
    end: int
    text: str
    term: str


@dataclass(frozen=True, slots=True)
class Stated:
    """The figure a sentence states.

    Parameters
    ----------
    span : Span
        The figure with its qualifier and unit.
    scope_start, scope_end : int
        Between what is counted and the next break: where its place and time stand.
    label : str
        What it counts or is measured in.
    amount : Amount or NamedDate
    """

    span: Span
    scope_start: int
    scope_end: int
    label: str
    amount: Amount | NamedDate


def read_words(text: str) -> list[Word]:
    """Return all words of a sentence in order of place."""
    return [
        Word(*found.span(), found.group(), fold_word(found.group()))
        for found in WORD.finditer(text)
    ]
