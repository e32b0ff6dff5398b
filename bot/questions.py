"""What may be asked: the limits of a question, checked before anything is searched."""

from __future__ import annotations

from retrieval.answer import MAX_QUESTION_CHARS


def check_question(question: str) -> str:
    """Return a question that may be asked, as typed.

    A question of stop words only, or in another language, is not refused: it gets an honest
    silence.

    Raises
    ------
    ValueError
        If it is empty, longer than 1,000 characters, or holds what no text can hold.
    """
    if not question.strip():
        raise ValueError("the question is empty; ask one in your own words")
    if len(question) > MAX_QUESTION_CHARS:
        raise ValueError(
            f"the question has {len(question):,} characters; ask one of at most "
            f"{MAX_QUESTION_CHARS:,}"
        )
    if "\0" in question:
        raise ValueError("the question holds a NUL character; ask it again without")
    if any("\ud800" <= character <= "\udfff" for character in question):
        raise ValueError("the question is not valid Unicode text; ask it again as UTF-8")
    return question
