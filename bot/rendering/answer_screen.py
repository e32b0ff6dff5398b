"""A stored answer, as it stands now -> the screen that shows it.

The same answer gives the same screen, whoever asks for it and whenever, until its row or the store
changes: a posted message is corrected by showing it again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.actions import Action, Target
from bot.catalogue.answers import AnswerSentence
from bot.catalogue.asking import AskingSentence
from bot.catalogue.lines import Line, Sentence
from bot.catalogue.parameters import Day, Member, Number, QuestionWords
from bot.catalogue.screens import ScreenSentence
from bot.conversation.recalling import Gone, GoneCause, Recalled
from bot.ledger.records import RetractReason
from bot.rendering.compose import compose_message
from bot.rendering.fitting import add_panel, fits, measure
from bot.rendering.markdown import shorten
from bot.rendering.message import Message, QuestionText, SilenceView
from bot.rendering.panels import quote_panel, source_item, too_long_panel
from bot.rendering.screen import (
    Block,
    Button,
    Buttons,
    Look,
    Panel,
    Row,
    Screen,
    Style,
    TypedText,
)
from retrieval.answer import Abstention, Answer, Reason

MOST_QUESTION_CHARS = 200
MOST_UNMATCHED_CHARS = 300
MOST_WORD_CHARS = 80
QUOTES_ON_A_PAGE = 3

GONE = {
    GoneCause.RETRACTED: ScreenSentence.GONE_RETRACTED,
    GoneCause.WITHDRAWN: ScreenSentence.GONE_WITHDRAWN,
    GoneCause.PURGED: ScreenSentence.GONE_PURGED,
    GoneCause.CORRECTED: ScreenSentence.GONE_CORRECTED,
    GoneCause.UNVERIFIED: ScreenSentence.GONE_UNVERIFIED,
}
BECAUSE = {
    RetractReason.WRONG_PASSAGE: ScreenSentence.BECAUSE_WRONG_PASSAGE,
    RetractReason.MISLEADING_CUT: ScreenSentence.BECAUSE_MISLEADING_CUT,
    RetractReason.SOURCE_PROBLEM: ScreenSentence.BECAUSE_SOURCE_PROBLEM,
    RetractReason.OUTDATED: ScreenSentence.BECAUSE_OUTDATED,
    RetractReason.RULES: ScreenSentence.BECAUSE_RULES,
}


@dataclass(frozen=True, slots=True)
class _Entry:
    """A quote, or what stands where one was; ``tries`` from the fullest form to the shortest."""

    rank: int
    tries: tuple[Panel, ...]
    stands: bool


def answer_screen(
    recalled: Recalled, *, page: int = 1, private: bool = False, asker: int | None = None
) -> Screen:
    """Return an answer as it is posted, or as the asker alone sees it.

    Parameters
    ----------
    page : int
        The rank of the first quote to show, as the button "More" gives it; 1 begins.
    private : bool
        Whether only the asker sees it, who may post it then.
    asker : int or None
        Who asked, to be named; nobody is, unless they chose so.

    Notes
    -----
    At most three quotes stand on a page, each whole. What does not fit begins the next page, which
    is known by its first rank, so that no quote is left out or shown twice when a page changes.
    """
    if recalled.record.reason is not None:
        return silence_screen(recalled, button=False)
    if recalled.record.retracted_at is not None:
        return _retracted_screen(recalled)
    entries, first = _entries(recalled), page
    if not any(entry.rank >= first for entry in entries):
        first = 1
    head = tuple(_head(recalled, asker))
    shown, left = _fill_page(recalled, [e for e in entries if e.rank >= first], head=head)
    following = left[0].rank if left else None
    stands = any(entry.stands for entry in entries)
    panels = tuple(panel for _, panel in shown)
    if not stands:
        return Screen((*head, *panels))
    foot = _buttons(recalled, first=shown[0][0], following=following, private=private)
    return Screen((*head, *panels, *foot))


def ranks_on_page(
    recalled: Recalled, *, page: int = 1, asker: int | None = None
) -> tuple[int, ...]:
    """Return the ranks that `answer_screen` shows on a page, gone quotes included."""
    entries = [entry for entry in _entries(recalled) if entry.rank >= page] or _entries(recalled)
    shown, _ = _fill_page(recalled, entries, head=tuple(_head(recalled, asker)))
    return tuple(rank for rank, _ in shown)


def silence_screen(recalled: Recalled, *, button: bool) -> Screen:
    """Return why there is no answer, for the asker alone.

    Parameters
    ----------
    button : bool
        Whether the asker may send the question to the moderators.
    """
    message = compose_message(_require_answer(recalled))
    assert message.silence is not None
    foot: tuple[Block, ...] = ()
    if button:
        target = Target(Action.ASK_MODERATOR, recalled.record.answer_key)
        foot = (Buttons((Button(target, Line(ScreenSentence.ASK_MODERATOR), Look.MAIN),)),)
    blocks: tuple[Block, ...] = (
        *_topic_rows(recalled),
        *_question_rows(message.question, message.searched),
        *(Row((note,), Style.QUIET) for note in message.notes),
        *_silence_rows(recalled, message.silence),
    )
    label = Row((Line(AnswerSentence.NEAREST),), Style.QUIET)
    for source in message.silence.nearest:
        wider = (*blocks, *(() if label in blocks else (label,)), source_item(source))
        if fits(Screen((*wider, *foot))):
            blocks = wider
    return Screen((*blocks, *foot))


def short_silence_screen(recalled: Recalled) -> Screen:
    """Return one line for everybody to see; its button gives the reasons to whoever presses it."""
    target = Target(Action.WHY, recalled.record.answer_key)
    return Screen(
        (
            Row((Line(ScreenSentence.SHORT_SILENCE),)),
            Buttons((Button(target, Line(ScreenSentence.REASONS)),)),
        )
    )


def question_row(
    question: QuestionText | TypedText,
    label: AnswerSentence = AnswerSentence.QUESTION,
    *,
    most: int = MOST_QUESTION_CHARS,
) -> Row:
    """Return a question as data, in a quiet line."""
    return Row((Line(label), question), Style.QUIET, most=most)


def gone_rows(recalled: Recalled) -> Iterator[Row]:
    """Yield what is said of the quotes that are gone: once if the answer was taken back."""
    record = recalled.record
    if record.retracted_day is None:
        yield from (Row(tuple(gone_lines(gone)), Style.QUIET) for gone in recalled.gone)
        return
    yield Row((Line(ScreenSentence.RETRACTED_ON, (Day(record.retracted_day),)),))
    if record.retracted_for is not None:
        yield Row((Line(BECAUSE[record.retracted_for]),))


def gone_lines(gone: Gone) -> Iterator[Line]:
    """Yield why a quote is gone, for which reason, and since when, as far as is known."""
    yield Line(GONE[gone.cause], (Number(gone.rank),))
    if gone.reason is not None:
        yield Line(BECAUSE[gone.reason])
    if gone.day is not None:
        yield Line(ScreenSentence.GONE_ON, (Day(gone.day),))


def _retracted_screen(recalled: Recalled) -> Screen:
    question = QuestionText(_question_holder(recalled))
    return Screen((*_question_rows(question, None), Panel(tuple(gone_rows(recalled)))))


def _head(recalled: Recalled, asker: int | None) -> Iterator[Block]:
    """Yield the question, who asked if they chose to be named, and what is said of all quotes."""
    answer = recalled.answer()
    message: Message | None = None if answer is None else compose_message(answer)
    yield from _topic_rows(recalled)
    if message is None:
        yield from _question_rows(QuestionText(_question_holder(recalled)), None)
    else:
        yield from _question_rows(message.question, message.searched)
    if asker is not None:
        yield Row((Line(ScreenSentence.ASKED_BY, (Member(asker),)),), Style.QUIET)
    if message is not None:
        yield from (Row((note,), Style.QUIET) for note in message.notes)
        if message.behind:
            yield Row(message.behind, Style.QUIET)


def _topic_rows(recalled: Recalled) -> Iterator[Row]:
    """Yield what stands above passages on the topic of a message, which is not stored."""
    if recalled.record.question == "":
        yield Row((Line(AskingSentence.NO_VERDICT),))


def _question_rows(question: QuestionText, searched: QuestionText | None) -> Iterator[Row]:
    if question.text.strip():
        yield question_row(question)
    if searched is not None:
        yield question_row(searched, AnswerSentence.SEARCHED_FOR)


def _entries(recalled: Recalled) -> list[_Entry]:
    """Return quotes and gone quotes by rank."""
    entries = [
        _Entry(gone.rank, (Panel((Row(tuple(gone_lines(gone)), Style.QUIET),)),), stands=False)
        for gone in recalled.gone
    ]
    answer = recalled.answer()
    if answer is not None:
        numbered = len(recalled.quotes) + len(recalled.gone) > 1
        for quote, view in zip(answer.quotes, compose_message(answer).quotes, strict=True):
            beside = tuple(_beside(recalled, quote.rank))
            tries = (
                quote_panel(view, numbered=numbered, beside=beside),
                quote_panel(view, numbered=numbered, beside=beside, places=0),
                too_long_panel(view),
            )
            entries.append(_Entry(quote.rank, tries, stands=True))
    return sorted(entries, key=lambda entry: entry.rank)


def _beside(recalled: Recalled, rank: int) -> Iterator[Line]:
    if rank in recalled.widened:
        yield Line(ScreenSentence.WIDENED)
    if rank in recalled.corrected:
        yield Line(ScreenSentence.CORRECTED, (Day(recalled.corrected[rank]),))


def _fill_page(
    recalled: Recalled, entries: list[_Entry], *, head: tuple[Block, ...]
) -> tuple[list[tuple[int, Panel]], list[_Entry]]:
    """Return what stands on a page, at least its first entry, and what is left for the next."""
    # The widest foot, so that a private answer has the same pages as the posted one.
    foot = _buttons(recalled, first=1, following=2, private=True)
    used = measure(Screen((*head, *foot)))
    shown: list[tuple[int, Panel]] = []
    for number, entry in enumerate(entries):
        if number == QUOTES_ON_A_PAGE:
            return shown, entries[number:]
        # Beside others a quote is not shown without its copies' places: it goes on the next page.
        tries = entry.tries[:1] if number else entry.tries
        fitting = ((panel, size) for panel in tries if (size := add_panel(used, panel)))
        chosen = next(fitting, None)
        if number and chosen is None:
            return shown, entries[number:]
        assert chosen is not None, "the shortest form of a quote fits on any page"
        panel, used = chosen
        shown.append((entry.rank, panel))
    return shown, []


def _buttons(
    recalled: Recalled, *, first: int, following: int | None, private: bool
) -> tuple[Buttons, ...]:
    """Return the buttons of a page; each but "More" names the first rank of its page."""
    key = recalled.record.answer_key
    labels: list[tuple[Action, int, Sentence]] = [
        (Action.CONTEXT, first, ScreenSentence.CONTEXT),
        (Action.VERIFY, first, ScreenSentence.VERIFY),
        (Action.WHY, first, ScreenSentence.WHY),
        (Action.REPORT, first, ScreenSentence.REPORT),
    ]
    if following is not None:
        labels.append((Action.MORE, following, ScreenSentence.MORE))
    row = Buttons(tuple(Button(Target(a, key, page), Line(label)) for a, page, label in labels))
    if not private:
        return (row,)
    post = Button(Target(Action.POST, key), Line(ScreenSentence.POST), Look.MAIN)
    return row, Buttons((post,))


def _silence_rows(recalled: Recalled, silence: SilenceView) -> Iterator[Row]:
    yield Row((silence.reason,), Style.STRONG)
    if recalled.record.filters is not None:
        yield Row((Line(AskingSentence.PART_SEARCHED),))
    words = tuple(_first_words(recalled.record.unmatched or ()))
    if words:
        yield Row((Line(AnswerSentence.WORDS_NOT_FOUND, (QuestionWords(words),)),))


def _first_words(words: Iterable[str]) -> Iterator[str]:
    """Yield words of a question until a few lines are full, each of one line at most."""
    left = MOST_UNMATCHED_CHARS
    for word in words:
        yield shorten(word, MOST_WORD_CHARS)
        left -= min(len(word), MOST_WORD_CHARS) + 2
        if left <= 0:
            return


def _require_answer(recalled: Recalled) -> Answer:
    answer = recalled.answer()
    if answer is None or answer.abstained is None:
        raise ValueError("this answer is no silence")
    return answer


def _question_holder(recalled: Recalled) -> Answer:
    """Return an answer of which only the question is read, where none of its quotes stands."""
    record = recalled.record
    return Answer(
        question=record.question or "",
        searched=record.searched or "",
        collection=record.collection,
        asked=record.asked_day,
        quotes=(),
        notes=(),
        abstained=Abstention(Reason.NO_MATCH),
        confidence=record.confidence,
        index=record.index_digest,
        elapsed_ms=0.0,
    )
