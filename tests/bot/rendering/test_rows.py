"""Rows in chat: an excerpt stands behind a bar, exact to the line, and nothing else does."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalogue.answers import AnswerSentence
from bot.catalogue.lines import Line
from bot.inert import is_showable, make_showable, split_lines
from bot.rendering.message import ExcerptText, FieldName, FieldText
from bot.rendering.rows import Frame, join_rows, lay_out, show_row
from bot.rendering.screen import Glue, Panel, Row, Rule, Style, TypedText
from retrieval.answer import Excerpt
from tests.bot.rendering.reading import ASCII_PUNCTUATION, read_markdown
from tests.bot.rendering.recalled import UNKNOWN
from tests.strategies import CHARACTERS

ANY_TEXT = st.text(CHARACTERS | st.sampled_from(ASCII_PUNCTUATION + " \t\n\r1a"), min_size=1)
LABEL = Line(AnswerSentence.SOURCE)


def words(text: str) -> ExcerptText:
    return ExcerptText(Excerpt(0, len(text), text))


@given(ANY_TEXT, st.sampled_from([Style.WORDS, Style.QUIET, Style.PLAIN, Style.STRONG]))
def test_an_excerpt_is_exact_to_the_line_behind_its_bar(text: str, style: Style) -> None:
    """Indents, empty lines and tabs too; only what nobody can see at its end is dropped."""
    shown = read_markdown(show_row(Row((words(text),), style)))

    if not is_showable(text) or text.isspace():
        assert [line.behind_bar for line in shown] == [False]
        return
    assert all(line.behind_bar for line in shown)
    stored = "\n".join(split_lines(text)).rstrip().split("\n")
    assert [line.text.rstrip() for line in shown] == [line.rstrip() for line in stored]
    assert [line.is_small for line in shown] == [
        style is Style.QUIET and line.strip() != "" and not line[0].isspace() for line in stored
    ]


@given(ANY_TEXT, st.sampled_from([style for style in Style if style is not Style.WORDS]))
def test_only_an_excerpt_stands_behind_a_bar(text: str, style: Style) -> None:
    """A note, a title or a label before an excerpt cannot pass for a quote, whatever it holds."""
    title = FieldText(replace(UNKNOWN, title=text), FieldName.TITLE)
    for pieces in [(LABEL, TypedText(text)), (title, LABEL), (LABEL, words(text))]:
        shown = read_markdown(show_row(Row(pieces, style)))

        assert not any(line.behind_bar for line in shown)
        assert all(line.text.startswith("┊") for line in shown[1:] if style is not Style.ITEM)


@given(ANY_TEXT, st.sampled_from([style for style in Style if style is not Style.WORDS]))
def test_a_text_of_several_lines_goes_on_behind_a_dotted_bar(text: str, style: Style) -> None:
    shown = read_markdown(show_row(Row((LABEL, TypedText(text)), style)))

    expected = split_lines("Source: " + make_showable(text))
    found = [line.text for line in shown]
    assert found[0].rstrip() == expected[0].rstrip()
    assert [line.strip() for line in found[1:]] == [f"┊ {line}".strip() for line in expected[1:]]
    assert [line.is_small for line in shown] == [style is Style.QUIET] * len(shown)
    assert shown[0].is_item == (style is Style.ITEM)


def test_a_row_for_words_holds_nothing_else() -> None:
    with pytest.raises(ValueError, match="one excerpt, and nothing else"):
        show_row(Row((LABEL,), Style.WORDS))
    with pytest.raises(ValueError, match="one excerpt, and nothing else"):
        show_row(Row((words("Two."), words("Quotes.")), Style.WORDS))


def test_a_heading_that_ends_with_a_number_sign_is_bold_instead() -> None:
    """Discord would take the sign away, and leave its backslash."""
    assert show_row(Row((TypedText("About C#"),), Style.TITLE)) == "**About C\\#**"
    assert show_row(Row((TypedText("About C"),), Style.TITLE)) == "### About C"


@pytest.mark.parametrize("style", [style for style in Style if style is not Style.WORDS])
def test_no_mark_stands_before_an_empty_line(style: Style) -> None:
    """With nothing behind it Discord would show the mark itself."""
    first, second = show_row(Row((TypedText(" \nTitle"),), style)).split("\n")

    assert first == ""
    assert "┊ Title" in second


def test_an_indented_line_of_context_is_not_small() -> None:
    """Discord drops white space behind the mark of a small line."""
    assert show_row(Row((words("a\n  b"),), Style.QUIET)) == "> -# a\n>   b"


def test_empty_lines_stay_within_an_excerpt_and_fall_away_at_its_end() -> None:
    """There Discord would drop the white space, and show the bar's mark itself."""
    assert show_row(Row((words("a\r\n\r\n b\r\n \n"),), Style.WORDS)) == "> a\n> \n>  b"


def test_a_row_of_nothing_shows_nothing() -> None:
    assert show_row(Row((), Style.STRONG)) == ""
    assert show_row(Row((TypedText(" \n"),), Style.STRONG)) == ""
    assert [*join_rows([Row(()), Rule(), Row(())])] == [Rule()]


def test_pieces_are_glued_as_the_row_says() -> None:
    pieces = (TypedText("a"), TypedText(""), TypedText("b"))

    assert show_row(Row(pieces)) == "a b"
    assert show_row(Row(pieces, glue=Glue.DOT)) == "a · b"


def test_rows_beside_each_other_are_one_text_but_two_excerpts_are_two() -> None:
    """Else their bars would run together, and two sentences would look like one quote."""
    panel = Panel((Row((LABEL,)),))
    blocks = [
        Row((LABEL,)),
        Row((words("One."),), Style.QUIET),
        Row((words("Two."),), Style.WORDS),
        Row((LABEL,)),
        panel,
        Row((words("Three."),), Style.WORDS),
    ]

    assert [*join_rows(blocks)] == [
        "Source\\:\n> -# One\\.",
        "> Two\\.\nSource\\:",
        panel,
        "> Three\\.",
    ]


def test_a_panel_is_laid_out_with_its_rows_as_texts() -> None:
    """What is counted against Discord's limits is what is sent."""
    panel = Panel((Row((LABEL,)), Row((words("One."),), Style.WORDS), Rule()))

    assert lay_out([Row((LABEL,)), panel, Panel(())]) == (
        "Source\\:",
        Frame(("Source\\:\n> One\\.", Rule())),
        Frame(()),
    )
