"""The question as it was searched for, where that differs from what was typed."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from retrieval.indexing.index import Index
from retrieval.query import QueryTerm
from retrieval.question.alternatives import Alternative, find_forms
from retrieval.tokens import WORD


def describe_search(
    index: Index, question: str, terms: Iterable[QueryTerm], shown: Collection[int]
) -> str:
    """Return a question with what its words were searched for as.

    A word that no article holds gives way to the one that was searched for instead; a relative of
    a word stands after it in brackets where a quote that is shown holds the relative.

    Parameters
    ----------
    question : str
        What was searched, as typed.
    terms : iterable of QueryTerm
        Those of the question.
    shown : collection of int
        The unigrams that the quotes hold; with silence, none.
    """
    put: dict[str, str] = {}
    for one in terms:
        if one.number is None and one.alternatives:
            put[one.written] = _write(index, one.alternatives) or one.written
        elif one.number not in shown:
            used = [other for other in one.alternatives if other.term_id in shown]
            relative = _write(index, used)
            if relative is not None:
                put[one.written] = f"{one.written} ({relative})"
    if not put:
        return question
    return re.sub(WORD, lambda word: put.get(word.group(), word.group()), question)


def _write(index: Index, alternatives: Iterable[Alternative]) -> str | None:
    """Return how the first of some alternatives stands in an article."""
    forms = (find_forms(index, one.term_id) for one in alternatives)
    return next((min(found, key=len) for found in forms if found), None)
