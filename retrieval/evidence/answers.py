"""Which sentences hold the kind of answer asked for: a number, a reason, somebody's words."""

from __future__ import annotations

import numpy as np

from retrieval.evidence.reading import Reading
from retrieval.indexing.layout import Array
from retrieval.question.kinds import Expected, counts_asked, holds_expected
from retrieval.question.phrases import find_phrases, fold_phrase
from retrieval.question.saying import asks_for_words, tells_words
from retrieval.ranking import Floats, best_rows

# The kinds of answer that a sentence can be seen to hold, or not.
KINDS = tuple(kind for kind in Expected if kind not in {Expected.ANY, Expected.YES_NO})

# How many of the sentences are read for one.
SENTENCES_READ = 24


def read_kinds(read: Reading, question: str, expected: Expected) -> tuple[Array, Array]:
    """Return which sentences hold the kind of answer, and which count what is asked.

    Only the sentences that hold most of the question are read.
    """
    kinds, counts = np.zeros((2, len(read.sentences)), np.bool_)
    if expected not in KINDS:
        return kinds, counts
    places = best_rows(read.share(read.titled), SENTENCES_READ)
    for place, text in zip(places, read.texts(places), strict=True):
        kinds[place] = holds_expected(expected, text, question)
        counts[place] = expected is Expected.NUMBER and counts_asked(text, question)
    return kinds, counts


def read_phrases(read: Reading, question: str) -> dict[str, Floats]:
    """Return which sentences hold the phrases that a question quotes; nothing where it has none."""
    phrases = find_phrases(question)
    if not phrases:
        return {}
    held = np.zeros(len(read.sentences))
    for place, text in enumerate(read.texts(list(range(len(held))))):
        words = f" {fold_phrase(text)} "
        held[place] = sum(f" {phrase} " in words for phrase in phrases) / len(phrases)
    return {"phrases_held": held, "lacks_phrases": held.any() * (1 - held)}


def read_words(read: Reading, question: str) -> dict[str, Floats]:
    """Return which sentences tell what somebody said; nothing where that is not asked for."""
    if not asks_for_words(question):
        return {}
    quoted, saying = np.zeros((2, len(read.sentences)))
    for place, text in enumerate(read.texts(list(range(len(read.sentences))))):
        quoted[place], saying[place] = tells_words(text)
    return {"quoted": quoted, "saying": saying, "no_words": 1 - np.maximum(quoted, saying)}
