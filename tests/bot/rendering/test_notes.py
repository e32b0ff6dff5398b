"""What is said about quotes that differ, answer one another or are copied, and where it stands."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from rich.console import Console

from bot.catalogue.answers import AnswerSentence, note_line
from bot.catalogue.lines import Line
from bot.conversation.recalling import Gone, GoneCause, Recalled
from bot.rendering.answer_screen import answer_screen, silence_screen
from bot.rendering.compose import compose_message
from bot.rendering.drawing import draw_screen
from bot.rendering.panels import quote_panel, too_long_panel
from bot.rendering.screen import Panel, Row
from bot.rendering.terminal import render_plain
from retrieval.answer import Answer, Note, NoteKind, NotePlace, Place, Quote, Reason, SourceFields
from tests.bot.rendering.recalled import make_quote, make_recalled
from tests.conftest import PROJECT

FIGURES = Line(AnswerSentence.FIGURES_DIFFER).text
RESPONSE = Line(AnswerSentence.RESPONSE).text
NO_RESPONSE = note_line(NoteKind.NO_RESPONSE, 5).text


def source(title: str, publisher: str, published: str | None) -> SourceFields:
    precision = None if published is None else "day"
    return SourceFields(title, publisher, None, published, precision, None, "a.txt")


FIRST = make_quote(
    "The council said that 12 bridges had been closed since the storm.",
    source=source("Council counts closed bridges", "Example Post", "2024-03-04"),
    also_in=(
        Place(
            article_id="c" * 16,
            version=1,
            sha256="0" * 64,
            start=0,
            end=66,
            text="A dozen bridges had been closed since the storm, the council said.",
            source=source("Bridges shut after storm", "The Copyist", "2024-03-05"),
        ),
    ),
)
SECOND = make_quote(
    "By May, 19 bridges were closed, and the council blamed the builder for poor steel.",
    rank=2,
    source=source("More bridges shut", "Harbour Gazette", "2024-05-01"),
)
THIRD = make_quote(
    "“Our steel met every standard,” the builder said in a statement.",
    rank=3,
    source=source("Builder answers", "Northern Wire", None),
)
QUOTES = (FIRST, SECOND, THIRD)
PLACES = tuple(NotePlace(quote.article_id, 1, 0, 3) for quote in QUOTES)
NOTES = (
    Note(NoteKind.FIGURES_DIFFER, (1, 2), PLACES[:2]),
    Note(NoteKind.WORDING_VARIES, (1,), PLACES[:1]),
    Note(NoteKind.RESPONSE, (3,), PLACES[2:]),
    Note(NoteKind.NO_DATE, (3,)),
    Note(NoteKind.ARTICLES, (1, 2, 3), count=4),
    Note(NoteKind.ORIGINS, (), PLACES[:1], count=1),
    Note(NoteKind.PART_UNANSWERED, count=2),
    Note(NoteKind.PUBLISHER_ONLY, count=4),
)
CLAIM = Note(NoteKind.NO_RESPONSE, (1, 2), count=5)


def recalled(*quotes: Quote, notes: tuple[Note, ...] = NOTES, **changes: object) -> Recalled:
    question = "How many brdiges are closed? Who mends them?"
    searched = question.replace("brdiges", "bridges")
    return make_recalled(*quotes, notes=notes, question=question, searched=searched, **changes)


def drawn(recalled: Recalled, **how: object) -> str:
    """Return the chat's screen of an answer, without white space at the ends of lines."""
    file = io.StringIO()
    console = Console(file=file, width=80, highlight=False)
    draw_screen(answer_screen(recalled, **how), console, author="Quoth", private=False)
    return "\n".join(line.rstrip() for line in file.getvalue().split("\n"))


def plain(recalled: Recalled) -> str:
    answer = recalled.answer()
    assert answer is not None
    return render_plain(compose_message(answer))


@pytest.mark.parametrize(
    ("name", "show"), [("notes-in-a-terminal.txt", plain), ("notes-in-the-chat.txt", drawn)]
)
def test_an_answer_with_many_notes_is_as_reviewed(
    golden: Callable[[str, str], None], name: str, show: Callable[[Recalled], str]
) -> None:
    """Each stands where it is needed: with its quote, above those it compares, or on top."""
    without_response = recalled(FIRST, SECOND, notes=(NOTES[0], CLAIM))

    golden(name, f"{show(recalled(*QUOTES))}\n{show(without_response)}")


@pytest.mark.parametrize("show", [plain, drawn])
def test_figures_that_differ_are_announced_before_the_first_of_them(
    show: Callable[[Recalled], str],
) -> None:
    """A reader who stops at the first figure has already read that there is another."""
    notes = (Note(NoteKind.FIGURES_DIFFER, (2, 3)),)

    shown = show(recalled(*QUOTES, notes=notes))

    assert shown.count(FIGURES) == 1
    assert f"{FIGURES} [2] [3]" in shown
    assert shown.index(FIRST.text) < shown.index(FIGURES) < shown.index("By May")


@pytest.mark.parametrize("show", [plain, drawn])
def test_a_figure_that_is_gone_is_not_compared(show: Callable[[Recalled], str]) -> None:
    """Of three the other two differ still; one alone differs from nothing."""
    notes = (Note(NoteKind.FIGURES_DIFFER, (1, 2, 3), PLACES),)
    gone = tuple(Gone(rank, GoneCause.WITHDRAWN, None) for rank in (1, 2))

    assert f"{FIGURES} [2] [3]" in show(recalled(SECOND, THIRD, notes=notes, gone=gone[:1]))
    assert FIGURES not in show(recalled(THIRD, notes=notes, gone=gone))


@pytest.mark.parametrize("show", [plain, drawn])
def test_a_response_is_labelled_while_there_is_what_it_responds_to(
    show: Callable[[Recalled], str],
) -> None:
    gone = tuple(Gone(rank, GoneCause.WITHDRAWN, None) for rank in (1, 2))

    assert f"[3] {RESPONSE}" in show(recalled(*QUOTES))
    assert RESPONSE not in show(recalled(FIRST, SECOND))
    assert RESPONSE not in show(recalled(THIRD, gone=gone))


def test_that_no_response_was_found_stands_once_below_the_claim() -> None:
    """Below its last quote, and not among notes about the search."""
    first, second, third = compose_message(_answer(*QUOTES, notes=(CLAIM,))).quotes

    assert [line.text for line in second.below] == [NO_RESPONSE]
    assert (first.below, third.below, second.notes) == ((), (), ())


def test_absence_of_a_response_is_not_said_to_be_more() -> None:
    """That these articles hold none does not mean that there was none."""
    said = note_line(NoteKind.NO_RESPONSE, 1).text

    assert "was found in the 1 article searched" in said
    assert said.endswith("there may be one elsewhere.")


def test_a_wording_varies_while_a_copy_in_other_words_stands() -> None:
    """What a reader cannot see beside the quote would be a riddle."""
    said = Line(AnswerSentence.WORDING_VARIES).text
    same = replace(FIRST, also_in=(replace(FIRST.also_in[0], text=FIRST.text),))

    assert said in plain(recalled(*QUOTES))
    assert said not in plain(recalled(same, SECOND))
    assert said not in plain(recalled(replace(FIRST, also_in=()), SECOND))


def test_articles_that_stand_no_more_are_not_counted() -> None:
    alone = replace(FIRST, also_in=())

    def said(*quotes: Quote) -> list[str]:
        return [line.text for line in compose_message(_answer(*quotes)).behind]

    assert said(*QUOTES) == [
        "These quotes and their copies stand in 4 articles.",
        "Origins named in these articles: 1.",
    ]
    assert said(alone, SECOND)[:1] == ["These quotes and their copies stand in 2 articles."]
    # Its origin was named by the article that is gone.
    assert said(SECOND) == ["These quotes and their copies stand in 1 article."]


def test_a_quote_too_long_for_the_chat_still_says_that_figures_differ() -> None:
    view = compose_message(_answer(*QUOTES)).quotes[0]

    for panel in (quote_panel(view), quote_panel(view, places=0), too_long_panel(view)):
        assert _says(panel).startswith(f"{FIGURES} [1] [2]\n")


def test_silence_says_whom_it_asked_but_counts_no_questions() -> None:
    """Nothing at all was answered: a line about the second question would praise the first."""
    screen = silence_screen(recalled(reason=Reason.NO_MATCH), button=False)

    said = [piece.text for block in screen.blocks for piece in block.pieces]
    assert note_line(NoteKind.PUBLISHER_ONLY, 4).text in said
    assert not any("Question 2" in text for text in said)


def test_moderators_are_told_what_each_line_means() -> None:
    """In the words that stand in the chat; only their numbers differ."""
    page = (PROJECT / "docs" / "moderators.md").read_text("utf-8")
    told = re.sub(r"\d+", "2", page)

    for note in (*NOTES, CLAIM):
        if note.kind is not NoteKind.NO_DATE:
            assert note_line(note.kind, None if note.count is None else 2).text in told


def test_further_pages_carry_the_notes_on_their_own_quotes() -> None:
    """Behind "More" no line speaks of figures on the page before."""
    more = [replace(THIRD, rank=rank) for rank in (4, 5)]
    notes = (*NOTES, Note(NoteKind.FIGURES_DIFFER, (4, 5)))

    second = drawn(recalled(*QUOTES, *more, notes=notes), page=4)

    assert f"{FIGURES} [4] [5]" in second
    assert second.count(FIGURES) == 1


def _answer(*quotes: Quote, notes: tuple[Note, ...] = NOTES) -> Answer:
    answer = recalled(*quotes, notes=notes).answer()
    assert answer is not None
    return answer


def _says(panel: Panel) -> str:
    rows = [block for block in panel.blocks if isinstance(block, Row)]
    return "\n".join(
        " ".join(piece.text for piece in row.pieces if isinstance(piece, Line)) for row in rows
    )
