"""Which words of a question stand in a text: why it was found."""

from __future__ import annotations

from retrieval.indexing.abbreviations import find_abbreviations
from retrieval.tokens import extract_question_terms, extract_terms, find_words, fold_word


def matching_words(question: str, text: str) -> tuple[str, ...]:
    """Return the words a question is about that a text holds, as written, each term once.

    Two words are the same if their terms are, which is how the index matches them: "cranes" stands
    in "one crane", and "UN" in "United Nations".

    Parameters
    ----------
    question : str
        As searched for: with the words that others were repaired to, and relatives in brackets.
    text : str
    """
    held = {*extract_terms(text), *map(fold_word, find_abbreviations(text))}
    wanted = held.intersection(extract_question_terms(question))
    words: dict[str, str] = {}
    for word in find_words(question):
        term = fold_word(word.lower() if question.isupper() else word)
        if term in wanted:
            words.setdefault(term, word)
    return tuple(words.values())
