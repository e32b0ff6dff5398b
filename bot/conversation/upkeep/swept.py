"""What became of sweeps, in rows: for moderators on a report, for administrators on the corpus."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress

from bot.catalogue.lines import Line, Sentence
from bot.catalogue.parameters import ArticleId, Count, Moment
from bot.catalogue.sweeping import SweptSentence
from bot.ledger.sweeps import CorrectionState, SweepCause, Swept
from bot.rendering.screen import Glue, Row, Rule, Style

# What moderators decide, and what happens to articles.
OF_ANSWERS = (SweepCause.RETRACTED, SweepCause.WIDENED, SweepCause.UNDONE)
OF_ARTICLES: dict[SweepCause, Sentence] = {
    SweepCause.WITHDRAWN: SweptSentence.WITHDRAWN,
    SweepCause.RESTORED: SweptSentence.RESTORED,
    SweepCause.CORRECTED: SweptSentence.CHANGED,
    SweepCause.PURGED: SweptSentence.PURGED,
}
COUNTED = {
    CorrectionState.WAITING: SweptSentence.WAITING,
    CorrectionState.EDITED: SweptSentence.EDITED,
    CorrectionState.REPLIED: SweptSentence.REPLIED,
    CorrectionState.PRIVATE: SweptSentence.PRIVATE,
    CorrectionState.UNREACHABLE: SweptSentence.UNREACHABLE,
}


def answer_rows(swept: Swept | None) -> tuple[Row, ...]:
    """Return what became of the messages of an answer; nothing where none was to be corrected."""
    if swept is None or not any(swept.counts.values()):
        return ()
    head = Line(SweptSentence.OF_ANSWER, (Moment(swept.begun_at),))
    return (Row((head,), Style.QUIET), _counts(swept))


def article_rows(sweeps: Sequence[Swept]) -> Iterator[Row | Rule]:
    """Yield what became of the answers that quote articles, in the order given.

    A sweep whose answers are no longer kept has nothing to tell.
    """
    told = (swept for swept in sweeps if any(swept.counts.values()))
    for number, swept in enumerate(told):
        if number == 0:
            yield Rule()
            yield Row((Line(SweptSentence.LATELY),), Style.STRONG)
        with suppress(ValueError):  # an id that no reply can hold
            about = ArticleId(swept.subject), Moment(swept.begun_at)
            yield Row((Line(OF_ARTICLES[swept.cause], about),))
        yield _counts(swept)


def _counts(swept: Swept) -> Row:
    said = [Line(COUNTED[state], (Count(count),)) for state, count in swept.counts.items() if count]
    return Row(tuple(said), Style.ITEM, Glue.DOT)
