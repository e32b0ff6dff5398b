"""The order in which quotes are shown, where other articles say something else.

Figures that differ stand one below the other, oldest first. A claim about somebody stands with what
that side says to it, if the articles that were searched hold it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from corpus.article import Span
from retrieval.comparing.statements import Statement
from retrieval.considering import Considered
from retrieval.copying.groups import find_group
from retrieval.filtering import Mask
from retrieval.indexing.index import Index
from retrieval.question.kinds import Expected
from retrieval.quoting import (
    Selection,
    Window,
    is_question,
    may_be_quoted,
    select_quote,
    sentence_span,
    share_words,
)
from retrieval.ranking import SCORE_DECIMALS, best_rows

# In how many of the likeliest sentences differing figures and responses are looked for, and how
# likely a sentence must be, relative to the best one, to hold a figure of the same thing.
SENTENCES_COMPARED = 24
FIGURE_SHARE = 0.01

Consider = Callable[[str], Considered]


@dataclass(frozen=True, slots=True)
class Cue:
    """A stretch of a sentence, within its article, that a note rests on."""

    sentence: int
    span: Span


@dataclass(frozen=True, slots=True)
class Arranged:
    """Quotes in the order in which they are shown, and why.

    Parameters
    ----------
    selections : tuple of Selection
    differing : tuple of Cue
        The figures that differ, in the order of the quotes that hold them; none, or at least two.
    claims : tuple of int
        Sentences of the quotes that make a claim to which a response was looked for.
    response : Cue or None
        What that side says to it, in one of the quotes.
    """

    selections: tuple[Selection, ...]
    differing: tuple[Cue, ...] = ()
    claims: tuple[int, ...] = ()
    response: Cue | None = None


def put_figures_together(
    index: Index, question: str, considered: Considered, allowed: Mask, own: Sequence[Selection]
) -> Arranged:
    """Return the quotes with those first whose figures for what is asked differ, oldest first.

    As many are shown as before; of more figures the likeliest.
    """
    if considered.evidence.expected not in {Expected.NUMBER, Expected.DATE}:
        return Arranged(tuple(own))
    likely = _quote_likeliest(index, considered, allowed)
    best = max((one.score for one in likely.values()), default=0.0)
    alike = [one for one in likely.values() if one.score >= FIGURE_SHARE * best]
    if len({one.article for one in alike}) < 2:
        return Arranged(tuple(own))
    from retrieval.comparing.figures import find_differing  # noqa: PLC0415 - its patterns are slow to compile

    figures = find_differing(question, [_state(index, one, one.first) for one in alike])
    by_score = sorted(figures, key=lambda figure: (-likely[figure.key].score, figure.key))
    kept = {figure.key for figure in by_score[: len(own)]}
    if len(kept) < 2:
        return Arranged(tuple(own))
    shown = [figure for figure in figures if figure.key in kept]
    first = [_find_holder(own, figure.key) or likely[figure.key] for figure in shown]
    cues = [_cue(index, figure.key, Span(figure.start, figure.end)) for figure in shown]
    others = [one for one in own if not any(share_words(index, one, other) for other in first)]
    return Arranged((*first, *others)[: len(own)], tuple(cues))


def put_response_beside(
    index: Index,
    question: str,
    arranged: Arranged,
    allowed: Mask,
    consider: Consider,
    *,
    most: int,
) -> Arranged:
    """Return the quotes with what a side says to a claim that they make about it.

    Where no more quotes may be shown, the response takes the place of the last one that neither
    makes the claim nor holds a figure that differs; if there is none, it is not looked at.

    Parameters
    ----------
    consider : callable
        Searches for some words as for a question.
    most : int
        So many quotes may be shown.
    """
    from retrieval.comparing.responses import (  # noqa: PLC0415 - its patterns are slow to compile
        find_claim,
        find_response,
        may_respond,
        response_query,
    )

    said = {
        sentence: _state(index, one, sentence)
        for one in arranged.selections
        for sentence in range(one.first, one.last + 1)
    }
    claim = find_claim(question, said.values())
    if claim is None:
        return arranged
    found = _quote_likeliest(index, consider(response_query(claim)), allowed)
    searched = [
        _state(index, one, one.first)
        for one in found.values()
        if said.keys().isdisjoint(find_group(index, one.first))
    ]
    response = find_response(claim, [*said.values(), *searched])
    if response is not None and response.key in claim.keys:
        return arranged  # one sentence holds both
    if response is None:
        is_open = may_respond(claim, [*said.values(), *searched])
        return arranged if is_open else replace(arranged, claims=tuple(claim.keys))
    cue = _cue(index, response.key, Span(response.start, response.end))
    if response.key in said:
        return replace(arranged, claims=tuple(claim.keys), response=cue)
    kept = arranged.selections
    if len(kept) == most:
        kept = _make_room(arranged, claim.keys)
    if len(kept) == most:
        return arranged
    return replace(
        arranged, selections=(*kept, found[response.key]), claims=tuple(claim.keys), response=cue
    )


def _make_room(arranged: Arranged, claims: Iterable[int]) -> tuple[Selection, ...]:
    """Return the quotes without the last one that neither makes a claim nor holds a figure."""
    needed = {*claims, *(cue.sentence for cue in arranged.differing)}
    for place in reversed(range(1, len(arranged.selections))):
        one = arranged.selections[place]
        if needed.isdisjoint(range(one.first, one.last + 1)):
            return (*arranged.selections[:place], *arranged.selections[place + 1 :])
    return arranged.selections


def _quote_likeliest(index: Index, considered: Considered, allowed: Mask) -> dict[int, Selection]:
    """Return the likeliest body sentences, each in its best copy, by number of that."""
    evidence = considered.evidence
    likely = np.where(may_be_quoted(index, evidence), considered.probabilities, 0.0)
    found: dict[int, Selection] = {}
    for place in best_rows(likely, SENTENCES_COMPARED):
        window = Window(place, place, round(float(likely[place]), SCORE_DECIMALS), is_caption=False)
        chars = considered.wanted.chars
        one = select_quote(index, evidence, likely, window, allowed=allowed, quote_chars=chars)
        words = sentence_span(index, one.first).slice(index.text(one.article))
        if not one.is_caption and not is_question(words):
            found.setdefault(one.first, one)
    return found


def _state(index: Index, selection: Selection, sentence: int) -> Statement:
    """Return a sentence of a selection as a bare value."""
    day = int(index.arrays.first_day[selection.article])
    return Statement(
        key=sentence,
        article=selection.article,
        text=sentence_span(index, sentence).slice(index.text(selection.article)),
        day=day or None,
        score=selection.score,
    )


def _cue(index: Index, sentence: int, within: Span) -> Cue:
    return Cue(sentence, within.shift(sentence_span(index, sentence).start))


def _find_holder(selections: Sequence[Selection], sentence: int) -> Selection | None:
    return next((one for one in selections if one.first <= sentence <= one.last), None)
