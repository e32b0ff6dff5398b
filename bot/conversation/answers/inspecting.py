"""Looking closer at an answer: what stands around its quotes, why they were found, further ones."""

from __future__ import annotations

from collections.abc import Iterator

from bot.actions import Action, Target
from bot.catalogue.answers import AnswerSentence
from bot.catalogue.asking import AskingSentence
from bot.catalogue.lines import Line
from bot.catalogue.parameters import Number, QuestionWords
from bot.catalogue.refusals import Refusal
from bot.conversation.actors import Actor
from bot.conversation.answers.leafing import Leaf, leaf_screen
from bot.conversation.answers.looking import find_answer, is_asker, look_at
from bot.conversation.answers.matching import matching_words
from bot.conversation.answers.paragraphs import surroundings
from bot.conversation.answers.quotes import Opened, open_answer
from bot.conversation.answers.receipts import own_buttons
from bot.conversation.desk import Desk, Refused
from bot.conversation.responses import Handler, Pressed, Response, Show, Way
from bot.inert import is_showable
from bot.rendering.answer_screen import answer_screen, gone_rows, question_row, silence_screen
from bot.rendering.markdown import shorten
from bot.rendering.message import ExcerptText, QuestionText, QuoteView
from bot.rendering.panels import source_rows, too_long_panel
from bot.rendering.screen import Block, Panel, Row, Screen, Style
from retrieval.answer import Excerpt, Quote

MOST_WORDS_CHARS = 200  # of the words that are listed for one quote
MOST_WORD_CHARS = 40


def context(desk: Desk, actor: Actor, pressed: Pressed) -> Response:
    """Show the paragraphs around the quotes of a page."""
    with desk.store.reading() as connection:
        record = find_answer(connection, actor, pressed.target.key)
        opened = open_answer(desk, connection, record)
    if record.reason is not None:
        raise Refused(Line(Refusal.NO_ANSWER))
    leaves = [
        Leaf(quote.rank, _context_panel(quote, view, opened.text(quote)), too_long_panel(view))
        for quote, view in opened.shown(pressed.target.page)
    ]
    if not leaves:  # each quote of the page is gone: it says why
        return Show(answer_screen(opened.recalled, page=pressed.target.page))
    return Show(leaf_screen(leaves, target=Target(Action.CONTEXT, record.answer_key)))


def why(desk: Desk, actor: Actor, pressed: Pressed) -> Response:
    """Show why quotes were found, or why there are none; their asker gets what only they may do."""
    with desk.store.reading() as connection:
        record = find_answer(connection, actor, pressed.target.key)
        opened = open_answer(desk, connection, record)
        own = is_asker(connection, actor, record)
    buttons = (own_buttons(record),) if own else ()
    if record.reason is not None:
        screen = silence_screen(opened.recalled, button=own and bool(record.question))
    elif record.retracted_at is not None:
        screen = answer_screen(opened.recalled)
    else:
        screen = Screen(tuple(_why_blocks(opened, pressed.target.page)))
    return Show(Screen((*screen.blocks, *buttons)))


def more(desk: Desk, actor: Actor, pressed: Pressed) -> Response:
    """Show the page of an answer that begins with a quote."""
    return Show(answer_screen(look_at(desk, actor, pressed.target.key), page=pressed.target.page))


def paragraph_rows(quote: Quote, text: str) -> Iterator[Row]:
    """Yield the paragraphs around a quote, each behind its bar if it can be shown."""
    return map(_excerpt_row, surroundings(quote, text))


def _context_panel(quote: Quote, view: QuoteView, text: str) -> Panel:
    """Return the paragraphs around a quote, with their source."""
    head = Row((Line(AskingSentence.CONTEXT_OF, (Number(quote.rank),)),), Style.QUIET)
    source = source_rows(view.source, view.words)
    return Panel((head, *paragraph_rows(quote, text), *source))


def _excerpt_row(excerpt: Excerpt) -> Row:
    if not is_showable(excerpt.text):
        return Row((Line(AnswerSentence.UNSHOWABLE),))
    return Row((ExcerptText(excerpt),), Style.WORDS)


def _why_blocks(opened: Opened, page: int) -> Iterator[Block]:
    shown = opened.shown(page)
    if not shown:  # each quote of the page is gone: the message is yet to be corrected
        yield from gone_rows(opened.recalled)
        return
    answer = opened.recalled.answer()
    question = opened.recalled.record.searched or opened.recalled.record.question
    if answer is not None and answer.question:
        yield question_row(QuestionText(answer))
    if not question:
        gone = question is None
        said = AskingSentence.WHY_QUESTION_GONE if gone else AskingSentence.WHY_NOT_KEPT
        yield Row((Line(said),))
        return
    yield Row((Line(AskingSentence.WHY),))
    for quote, _ in shown:
        yield from _matches(question, quote)


def _matches(question: str, quote: Quote) -> Iterator[Row]:
    """Yield which words of a question stand in a quote, and which in its article's title."""
    number = Number(quote.rank)
    words = _clip(matching_words(question, quote.text))
    if words:
        yield Row((Line(AskingSentence.MATCHED, (number, QuestionWords(words))),), Style.ITEM)
    else:
        yield Row((Line(AskingSentence.MATCHED_NONE, (number,)),), Style.ITEM)
    titled = _clip(matching_words(question, quote.source.title or ""))
    if titled:
        line = Line(AskingSentence.MATCHED_TITLE, (number, QuestionWords(titled)))
        yield Row((line,), Style.ITEM)


def _clip(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return as many words as a few lines hold."""
    clipped: list[str] = []
    left = MOST_WORDS_CHARS
    for word in words:
        clipped.append(shorten(word, MOST_WORD_CHARS))
        left -= len(clipped[-1])
        if left <= 0:
            break
    return tuple(clipped)


HANDLERS = {
    Action.CONTEXT: Handler(context, Way.NEW),
    Action.WHY: Handler(why, Way.NEW),
    Action.MORE: Handler(more, Way.NEW),
}
