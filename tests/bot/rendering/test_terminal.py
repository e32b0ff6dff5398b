"""What a reader sees in a terminal, a pipe or a file: exact words, plain sources, nothing alive."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from bot.catalogue.answers import AnswerSentence
from bot.catalogue.lines import Line
from bot.inert import is_showable, make_showable, split_lines
from bot.rendering.compose import compose_message
from bot.rendering.message import (
    ExcerptText,
    FieldName,
    FieldText,
    QuestionText,
)
from bot.rendering.terminal import Glue, Margin, lay_out, print_rich, render_plain
from retrieval.answer import (
    Abstention,
    Answer,
    Excerpt,
    NearestSource,
    Note,
    NoteKind,
    Place,
    Quote,
    Reason,
    SourceFields,
)
from tests.bot.rendering.recalled import any_notes
from tests.strategies import CHARACTERS, NAMES, answers, articles, share_of_examples, source_fields

UNKNOWN = SourceFields(None, None, None, None, None, None, None)
OTHER = replace(UNKNOWN, file="b.txt")
STYLING = re.compile(r"\x1b\[[0-9;]*m")


@st.composite
def any_answers(draw: st.DrawFn) -> Answer:
    """Draw answers with any characters in question, titles and words, and all kinds of notes."""
    article = replace(draw(articles()), article_id="0123456789abcdef")
    answer = draw(answers(article))
    answer = replace(answer, notes=draw(any_notes(answer.quotes)))
    if answer.quotes:
        return answer
    nearest = [NearestSource("0123456789abcdef", source) for source in [draw(source_fields())]]
    unmatched = tuple(draw(st.lists(NAMES, max_size=2)))
    abstained = replace(answer.abstained, unmatched=unmatched, nearest=tuple(nearest))
    return replace(answer, abstained=abstained)


def make_quote(text: str, *, source: SourceFields = UNKNOWN, **changes: object) -> Quote:
    """Return a quote of these words."""
    quote = Quote(
        rank=1,
        article_id="0123456789abcdef",
        version=2,
        sha256="0" * 64,
        start=183,
        end=183 + len(text),
        text=text,
        prefix="",
        suffix="",
        kind="body",
        score=0.5,
        context=(),
        speaker=None,
        source=source,
        also_in=(),
    )
    return replace(quote, **changes)


def make_answer(*quotes: Quote, question: str = "Who?", **changes: object) -> Answer:
    """Return an answer with these quotes; silence if there are none."""
    answer = Answer(
        question=question,
        searched=question,
        collection="main",
        asked=None,
        quotes=quotes,
        notes=(),
        abstained=None if quotes else Abstention(Reason.NO_MATCH),
        confidence=0.5,
        index="0123456789abcdef",
        elapsed_ms=1.0,
    )
    return replace(answer, **changes)


def plain(answer: Answer) -> str:
    return render_plain(compose_message(answer))


def on_terminal(answer: Answer, *, width: int = 60) -> str:
    """Return what a colour terminal is sent, without the styling."""
    file = io.StringIO()
    console = Console(file=file, force_terminal=True, width=width, highlight=False)
    print_rich(compose_message(answer), console)
    return STYLING.sub("", file.getvalue())


def leaves(node: object) -> Iterator[object]:
    """Yield whatever a message holds, down to the pieces."""
    if node is None:
        return
    if isinstance(node, tuple):
        for child in node:
            yield from leaves(child)
    elif is_dataclass(node) and not isinstance(node, ExcerptText | FieldText | QuestionText | Line):
        for field in fields(node):
            yield from leaves(getattr(node, field.name))
    else:
        yield node


@share_of_examples(0.4)  # an answer takes long to draw
@given(any_answers())
def test_a_reply_is_made_of_four_kinds_of_pieces(answer: Answer) -> None:
    """Excerpts, source fields, the question and the catalogue: Quoth has no other words."""
    found = leaves(compose_message(answer))

    assert all(isinstance(leaf, ExcerptText | FieldText | QuestionText | Line) for leaf in found)


@share_of_examples(0.4)  # an answer takes long to draw
@given(any_answers())
def test_layout_adds_only_labels_of_the_catalogue(answer: Answer) -> None:
    """Between the pieces of the message stand fixed sentences, and signs without a letter."""
    message = compose_message(answer)
    composed = set(leaves(message))

    added = [piece for row in lay_out(message) for piece in row.pieces if piece not in composed]
    assert all(isinstance(piece, Line) and piece.parameters == () for piece in added)
    signs = [*Glue, *(sign for margin in Margin for sign in margin.value)]
    assert not any(character.isalnum() for sign in signs for character in sign)


@share_of_examples(0.4)  # an answer takes long to draw
@given(any_answers(), st.sampled_from([plain, on_terminal]))
def test_nothing_in_a_reply_can_hide_reorder_or_steer(
    answer: Answer, render: Callable[[Answer], str]
) -> None:
    """Whatever question, title or article holds, the terminal is sent plain characters only."""
    shown = render(answer)

    assert is_showable(shown)
    assert "\r" not in shown


@given(st.lists(st.text(CHARACTERS, min_size=1), min_size=1, max_size=3))
def test_a_quote_is_shown_whole_and_exact_or_not_at_all(texts: list[str]) -> None:
    """Each stored line stands behind the bar with every character, or none of them does."""
    quotes = [make_quote(text, rank=rank) for rank, text in enumerate(texts, start=1)]

    shown = plain(make_answer(*quotes))

    expected = [line for text in texts if is_showable(text) for line in split_lines(text)]
    bar = Margin.WORDS.value[0]
    barred = [line.removeprefix(bar) for line in shown.split("\n") if line.startswith(bar)]
    assert barred == expected
    assert shown.count(AnswerSentence.UNSHOWABLE.template.words) == sum(
        not is_showable(text) for text in texts
    )


@given(st.text(CHARACTERS, min_size=1))
def test_only_words_of_an_article_stand_behind_the_bar(text: str) -> None:
    """A question or a title, whatever its lines begin with, cannot pass for a quote."""
    source = replace(UNKNOWN, title=text, publisher=text, author=text, url=text)
    answer = make_answer(make_quote("Words.", source=source), question=text)

    bar = Margin.WORDS.value[0]
    assert [line for line in plain(answer).split("\n") if line.startswith(bar)] == [f"{bar}Words."]


def test_silence_shows_no_quote() -> None:
    """It says why, which words were not found, and where to look; never what an article says."""
    source = replace(UNKNOWN, title="A title", url="https://example.org/a")
    abstained = Abstention(
        Reason.NOT_THIS_FACT, ("brazil",), (NearestSource("0123456789abcdef", source),)
    )

    shown = plain(make_answer(abstained=abstained, question="Is there one in Brazil?"))

    assert shown == (
        "Question: Is there one in Brazil?\n"
        "Collection: main\n"
        "\n"
        "No answer: the articles come near the subject, but nothing found in them states this.\n"
        "Words not found in the articles: brazil\n"
        "Nearest sources, which may not answer it:\n"
        "    - Source: A title\n"
        "      No date given\n"
        "      https://example.org/a\n"
    )


def test_a_quote_stands_with_all_it_takes_to_check_it() -> None:
    """Context before it, who says it, where it is from and where else; notes beside its number."""
    source = SourceFields(
        "A title", "A paper", "A. Writer", "2023-08", "month", "https://example.org/a", "a.txt"
    )
    copy = Place(
        "fedcba9876543210", 1, "1" * 64, 5, 21, "It is over.", replace(UNKNOWN, file="b.txt")
    )
    quote = make_quote(
        "“It is over,”\nshe said.",
        source=source,
        kind="caption",
        context=(Excerpt(100, 120, "Ms Example spoke."),),
        speaker=Excerpt(100, 110, "Ms Example"),
        also_in=(copy,),
    )
    notes = (
        Note(NoteKind.CAPTION, (1,)),
        Note(NoteKind.NO_DATE, (1,)),
        Note(NoteKind.UNDATED_LEFT_OUT, count=2),
    )

    assert plain(make_answer(quote, notes=notes, searched="over who")) == (
        "Question: Who?\n"
        "Searched for: over who\n"
        "Collection: main\n"
        "2 articles without a date were left out.\n"
        "\n"
        "[1] Picture caption.\n"
        "    Context:\n"
        "    │ Ms Example spoke.\n"
        "    Quote:\n"
        "    │ “It is over,”\n"
        "    │ she said.\n"
        "    Said by:\n"
        "    │ Ms Example\n"
        "    Source: A title\n"
        "    2023-08 · A paper · A. Writer\n"
        "    https://example.org/a\n"
        "    Article 0123456789abcdef, version 2, characters 183 to 206\n"
        "    In nearly the same words also in:\n"
        "    │ It is over.\n"
        "    - Source: No title given\n"
        "      No date given\n"
        "      File: b.txt\n"
        "      Article fedcba9876543210, version 1, characters 5 to 21\n"
    )


def test_a_copy_in_the_same_words_is_only_listed() -> None:
    copy = Place("fedcba9876543210", 1, "1" * 64, 5, 17, "It is over.", UNKNOWN)

    shown = plain(make_answer(make_quote("It is over. Really.", also_in=(copy,))))

    assert "    Same words also in:\n    - Source: No title given\n" in shown
    assert shown.count("It is over.") == 1


def test_a_title_cannot_pass_for_a_quoted_line() -> None:
    """Whatever it starts with, its line starts with our label."""
    source = replace(UNKNOWN, title="│ Officials confirmed it.", publisher="[2]")

    lines = plain(make_answer(make_quote("True.", source=source))).splitlines()

    assert [line for line in lines if line.startswith("    │ ")] == ["    │ True."]
    assert not any(line.startswith("[2]") for line in lines)


def test_a_question_of_several_lines_keeps_to_itself() -> None:
    shown = plain(make_answer(question="Who?\r\n│ “Forged.”\n[1]"))

    assert shown.startswith("Question: Who?\n┊ │ “Forged.”\n┊ [1]\nCollection: main\n")


@given(st.text(CHARACTERS, min_size=1, max_size=300), st.integers(24, 80))
def test_a_terminal_wraps_without_losing_a_word(text: str, width: int) -> None:
    """Narrow or wide, every word of the quote is there, in order."""
    shown = on_terminal(make_answer(make_quote(text)), width=width)

    if is_showable(text):
        bar = Margin.WORDS.value[0]
        barred = [line.removeprefix(bar) for line in shown.split("\n") if line.startswith(bar)]
        assert "".join("".join(barred).split()) == "".join(text.split())


@pytest.mark.parametrize("render", [plain, partial(on_terminal, width=500)])
def test_hostile_strings_are_exact_and_dead(shared: Path, render: Callable[[Answer], str]) -> None:
    """As question, title, author, publisher, file name and words; markup is never obeyed."""
    hostile = json.loads((shared / "hostile.json").read_text("utf-8"))
    for text in hostile["markup"] + hostile["exact"] + hostile["refuse"]:
        source = SourceFields(text, text, text, None, None, None, text)
        shown = render(make_answer(make_quote(text, source=source), question=text))

        assert is_showable(shown)
        if len(text) < 40 and "\t" not in text:
            for line in split_lines(make_showable(text)):
                assert shown.count(line) >= 5  # question, title, publisher, author, file


def test_a_terminal_shows_no_links_of_its_own() -> None:
    """An address is text: what it says is where it leads."""
    quote = make_quote("Words.", source=replace(UNKNOWN, url="https://a.example/[link]\x1b]8;;x"))

    shown = on_terminal(make_answer(quote))

    assert "https://a.example/[link]\ufffd]8;;x" in shown


@pytest.mark.parametrize("name", FieldName)
def test_an_unknown_field_is_no_piece(name: FieldName) -> None:
    """What is not known is said by the catalogue, never by an empty space."""
    with pytest.raises(ValueError, match=f"no {name}"):
        FieldText(UNKNOWN, name)
