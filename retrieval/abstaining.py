"""How likely it is that quotes answer, and why an answer is withheld."""

from __future__ import annotations

from collections.abc import Sequence

from retrieval.answer import Reason
from retrieval.considering import Considered
from retrieval.features import FEATURES
from retrieval.models import Models
from retrieval.query import Query, QueryTerm
from retrieval.question.kinds import Expected
from retrieval.ranking import Floats
from retrieval.tokens import find_words

# A question is about something else if no article holds half of its words, or if the quotes found
# hold less than this share of their weight; otherwise it is a fact that the articles do not give.
OFF_TOPIC_UNKNOWN = 0.5
OFF_TOPIC_COVERAGE = 0.35

# "Why did X …" presumes that X did, and "did X …" asks about it: where no article holds one of the
# words for it, in any form, an answer is so much less likely than the quotes alone tell.
UNKNOWN_PREMISE = 0.3

# Who types a few keywords, or asks who or what something is, wants to read what is said of it: a
# quote that holds all the words serves. Set by hand: the model learned from questions
# of whole sentences and knows nothing of such.
KEYWORDS_SERVED = 0.5
MOST_KEYWORDS = 4
MOST_NAME_TERMS = 2
_BETWEEN_KEYWORDS = frozenset("a an and at by for from in of on or the to with".split())


def estimate_confidence(models: Models, question: str, considered: Considered) -> float:
    """Return the probability, 0 to 1, that what would be quoted answers; 0 if nothing would be."""
    if considered.features is None:
        return 0.0
    confidence = models.estimate(considered.features)
    confidence *= doubt_premise(considered.query, considered.evidence.expected)
    return max(confidence, KEYWORDS_SERVED) if serves_keywords(question, considered) else confidence


def doubt_premise(query: Query, expected: Expected) -> float:
    """Return by how much less likely an answer is for what its question takes for granted.

    Returns
    -------
    float
        1 where nothing speaks against it.
    """
    if expected not in {Expected.REASON, Expected.YES_NO}:
        return 1.0
    is_unknown = any(
        one.number is None and not one.alternatives and not one.is_name for one in query.terms
    )
    return UNKNOWN_PREMISE if is_unknown else 1.0


def serves_keywords(question: str, considered: Considered) -> bool:
    """Return whether keywords alone are asked for, and the best quote holds them all as typed."""
    terms, expected = considered.query.terms, considered.evidence.expected
    best = considered.windows[0]
    held = considered.evidence.held[best.first : best.last + 1].max(axis=0)
    if not terms or held.min() < 1 or not _is_about_words(question, terms, expected):
        return False
    return not best.is_caption


def _is_about_words(question: str, terms: Sequence[QueryTerm], expected: Expected) -> bool:
    """Return whether a question says no more than some keywords, or asks who or what a name is."""
    if expected in {Expected.PERSON, Expected.DEFINITION}:
        return len(terms) <= MOST_NAME_TERMS and all(one.is_name for one in terms)
    written = {one.written for one in terms}
    others = {word.lower() for word in find_words(question) if word not in written}
    return expected is Expected.ANY and len(terms) <= MOST_KEYWORDS and others <= _BETWEEN_KEYWORDS


def reason_for_silence(features: Floats) -> Reason:
    """Return why quotes that were found are withheld.

    Parameters
    ----------
    features : numpy.ndarray
        As `retrieval.features.measure_features` returns them.
    """
    measured = dict(zip(FEATURES, features.tolist(), strict=True))
    is_unknown = measured["unknown_share"] >= OFF_TOPIC_UNKNOWN
    if is_unknown or measured["joint_titled"] < OFF_TOPIC_COVERAGE:
        return Reason.OFF_TOPIC
    return Reason.NOT_THIS_FACT
