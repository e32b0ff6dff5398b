"""What tells an answer from a near miss: numbers about a question and the quotes chosen for it.

Each feature is a share or a small number, so that one model serves corpora of any size. None looks
at particular words.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields

from retrieval.coverage import sentence_terms
from retrieval.expecting import Expected, expect_answer, holds_expected
from retrieval.index import Index
from retrieval.quoting import Selection, run_span
from retrieval.ranking import Query
from retrieval.tokens import WORD, extract_terms, fold_word


@dataclass(frozen=True, slots=True)
class Features:
    """Signals for the probability that quotes answer a question; each 0 to 1 unless said.

    Parameters
    ----------
    best_coverage : float
        Term weight of the question held by the best single quote, bigrams included.
    joint_coverage : float
        Weight of the question's words held by the quotes and their titles together.
    rarest_missing : float
        Idf of the rarest word of the question that they lack, relative to a word of one passage.
    unknown_share : float
        Share of the question's words that no article holds.
    names_missing : float
        Share of the question's names that neither quotes nor titles hold; 0 if it names none.
    expected_found, expected_missing : float
        1 if the kind of answer asked for is in a quote, or in none; both 0 if the form of the
        question does not tell.
    top_score : float
        Cosine of the best passage.
    margin : float
        How far the best passage leads the second, relative to the best.
    n_terms : float
        Natural logarithm of 1 + number of distinct words that carry meaning.
    """

    best_coverage: float
    joint_coverage: float
    rarest_missing: float
    unknown_share: float
    names_missing: float
    expected_found: float
    expected_missing: float
    top_score: float
    margin: float
    n_terms: float

    def values(self) -> tuple[float, ...]:
        """Return the numbers in the order of `FEATURE_NAMES`."""
        return astuple(self)


FEATURE_NAMES = tuple(field.name for field in fields(Features))


def measure_features(
    index: Index,
    question: str,
    query: Query,
    selections: Sequence[Selection],
    top_scores: Sequence[float],
) -> Features:
    """Return the features of a question and what would be quoted for it.

    Parameters
    ----------
    selections : sequence of Selection
        At least one.
    top_scores : sequence of float
        Cosines of the best passages, falling.
    """
    held = _held_terms(index, selections)
    idf = {term: _relative_idf(index, query, term) for term in query.unigrams}
    missing = [term for term in query.unigrams if term not in held]
    names = _names(question)
    expected = expect_answer(question)
    texts = (
        run_span(index, one.first, one.last).slice(index.text(one.article)) for one in selections
    )
    asks_kind = expected is not Expected.ANY
    found = asks_kind and any(holds_expected(expected, text, question) for text in texts)
    second = top_scores[1] if len(top_scores) > 1 else 0.0
    return Features(
        best_coverage=max(one.coverage for one in selections),
        joint_coverage=1 - sum(idf[term] for term in missing) / sum(idf.values()),
        rarest_missing=max((idf[term] for term in missing), default=0.0),
        unknown_share=1 - len(query.known) / len(query.unigrams),
        names_missing=len(names - held) / len(names) if names else 0.0,
        expected_found=float(found),
        expected_missing=float(asks_kind and not found),
        top_score=top_scores[0],
        margin=(top_scores[0] - second) / top_scores[0],
        n_terms=math.log1p(len(query.unigrams)),
    )


def _held_terms(index: Index, selections: Sequence[Selection]) -> set[str]:
    """Return the terms of the selected sentences and of their articles' titles."""
    held: set[str] = set()
    for one in selections:
        held.update(extract_terms(index.record(one.article).source.title or ""))
        for sentence in range(one.first, one.last + 1):
            held.update(index.term(number) for number in sentence_terms(index, sentence))
    return held


def _relative_idf(index: Index, query: Query, term: str) -> float:
    """Return a term's idf relative to that of a term of one passage, at most 1."""
    number = query.known.get(term)
    if number is None:
        return 1.0
    rarest = math.log((1 + index.n_passages) / 2) + 1
    return min(1.0, float(index.arrays.idf[number]) / rarest)


def _names(question: str) -> set[str]:
    """Return the terms of words with a capital, but for the question's first word."""
    words = WORD.findall(question)[1:]
    return {term for word in words if word[0].isupper() and (term := fold_word(word))}
