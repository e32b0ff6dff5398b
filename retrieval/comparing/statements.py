"""A sentence as a bare value: what figures and responses are looked for in."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence of an article.

    Parameters
    ----------
    key : int
        What the caller knows it by; ties are settled by it.
    article : int
        Number of its article.
    text : str
    day : int or None
        The day its article was published, counted from any fixed day; None if it is not dated.
    score : float
        How well it answers; the better of two is taken where one is enough.
    """

    key: int
    article: int
    text: str
    day: int | None
    score: float
