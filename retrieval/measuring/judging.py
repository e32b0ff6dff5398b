"""What counts as a hit: what was shown for a question against its labels."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import product

from corpus.article import BlockKind, Span
from corpus.sentences import split_sentences
from retrieval.measuring.labelled import ANSWERING_GRADE, LabelledQuestion, Mark
from retrieval.tokens import find_words

HIT_COVERAGE = 0.8  # share of a gold span that a quote must hold
PARAGRAPH_COVERAGE = 0.5  # share of a passage that must lie in the paragraph with the answer
SAME_WORDS = 0.75  # from this share of the shorter one's words on, two sentences say the same
LEAST_WORDS = 6  # shorter sentences share words by chance


@dataclass(frozen=True, slots=True)
class JudgedQuote:
    """A quote as the labels and the stored article see it.

    Parameters
    ----------
    hit, wrong : bool
        Answers the question; touches nothing that was labelled. A quote may be neither.
    verbatim : bool
        It, its context, its speaker and its copies equal the stored text, whose hash is right.
    shown_as_caption : bool
        It carries the label of a picture caption.
    beside_body : frozenset of BlockKind
        Kinds of the blocks it touches, ``BODY`` left out.
    text : str
        Its characters.
    """

    hit: bool
    wrong: bool
    verbatim: bool
    shown_as_caption: bool
    beside_body: frozenset[BlockKind]
    text: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one question.

    Parameters
    ----------
    labelled : LabelledQuestion
        The question and its labels.
    passages : tuple of bool
        For each of the best passages, best first: does it hold the answer.
    confidence : float
        That of the answer with silence off.
    unsilenced, shipped : tuple of JudgedQuote
        The quotes with silence off, and at the shipped threshold (empty: silence).
    cpu_ms : float
        Processor time of the answer with silence off.
    """

    labelled: LabelledQuestion
    passages: tuple[bool, ...]
    confidence: float
    unsilenced: tuple[JudgedQuote, ...]
    shipped: tuple[JudgedQuote, ...]
    cpu_ms: float


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of a question that was asked while the articles that answer it were left out.

    Parameters
    ----------
    confidence : float
        That of the answer with silence off.
    is_answered : bool
        Whether anything would be shown at the shipped threshold.
    """

    confidence: float
    is_answered: bool


def is_hit(labelled: LabelledQuestion, article_id: str, span: Span, text: str) -> bool:
    """Return whether a stretch of an article answers a question.

    Parameters
    ----------
    labelled : LabelledQuestion
        The question and its labels.
    article_id, span : str, Span
        The stretch. Its context and its copies elsewhere do not count.
    text : str
        Its characters.

    Returns
    -------
    bool
        True if it covers at least 80 % of a gold span of grade 2, or holds an accepted answer
        in the article for which it is accepted.
    """
    if article_id == labelled.article_id and any(answer in text for answer in labelled.answers):
        return True
    return any(
        mark.grade >= ANSWERING_GRADE and _covers(article_id, span, mark) for mark in labelled.gold
    )


def is_passage_hit(labelled: LabelledQuestion, article_id: str, span: Span, text: str) -> bool:
    """Return whether a passage holds the answer, or lies mostly in the paragraph that does."""
    paragraph = labelled.paragraph
    if paragraph is None:
        return is_hit(labelled, article_id, span, text)
    if paragraph.article_id != article_id:
        return False
    return span.overlap(paragraph.span) >= PARAGRAPH_COVERAGE * len(span)


def is_wrong(labelled: LabelledQuestion, article_id: str, span: Span, text: str) -> bool:
    """Return whether a stretch touches no gold span of any grade, no tolerated one, no answer."""
    fine = (*labelled.gold, *labelled.tolerated)
    touches = any(mark.article_id == article_id and span.overlap(mark.span) for mark in fine)
    return not touches and not is_hit(labelled, article_id, span, text)


def says_the_same(first: str, second: str) -> bool:
    """Return whether a sentence of one quote stands, in nearly the same words, in the other.

    It knows nothing of how copies are found when articles are indexed, so that it can judge that.
    """
    if first.casefold().split() == second.casefold().split():
        return True
    pairs = product(_sentence_words(first), _sentence_words(second))
    return any(
        _shares_words(*sorted(pair, key=lambda words: (len(words), words))) for pair in pairs
    )


def _shares_words(shorter: tuple[str, ...], longer: tuple[str, ...]) -> bool:
    """Return whether most words of a sentence stand in another one, in the same order."""
    needed = SAME_WORDS * len(shorter)
    if (Counter(shorter) & Counter(longer)).total() < needed:
        return False  # in whatever order; quick to see
    blocks = SequenceMatcher(None, shorter, longer, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks) >= needed


@lru_cache(maxsize=64)
def _sentence_words(text: str) -> tuple[tuple[str, ...], ...]:
    sentences = (span.slice(text).casefold() for span in split_sentences(text))
    words = (tuple(find_words(one)) for one in sentences)
    return tuple(found for found in words if len(found) >= LEAST_WORDS)


def _covers(article_id: str, span: Span, mark: Mark) -> bool:
    return mark.article_id == article_id and span.overlap(mark.span) >= HIT_COVERAGE * len(
        mark.span
    )
