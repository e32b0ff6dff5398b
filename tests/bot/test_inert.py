"""Which text may be shown: what no reader could see, or would be misled by, never reaches one."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.inert import (
    MAX_MARKS_IN_A_ROW,
    REPLACEMENT,
    is_showable,
    make_one_line,
    make_showable,
    split_lines,
)

ENGLAND = "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"


@given(st.text())
def test_a_showable_text_is_shown_exactly_and_no_other(text: str) -> None:
    """What a reader sees is what was stored, or plainly marked as not shown."""
    assert (make_showable(text) == text) is is_showable(text)


@given(st.text())
def test_what_was_made_showable_stays_as_it_is(text: str) -> None:
    shown = make_showable(text)

    assert len(shown) == len(text)
    assert is_showable(shown)


@given(st.text())
def test_a_cell_is_one_line(text: str) -> None:
    """A title cannot forge a second row of a table, nor an error a second line."""
    assert len(make_one_line(text).splitlines()) <= 1
    assert "\t" not in make_one_line(text)


@given(st.text(alphabet=st.sampled_from("ab\r\n\u2028\x85")))
def test_lines_end_where_text_files_end_them(text: str) -> None:
    """Joined again the lines are the text, but for which line end stood there."""
    assert "\n".join(split_lines(text)) == text.replace("\r\n", "\n").replace("\r", "\n")


@pytest.mark.parametrize(
    "text",
    [
        "left\u202eright",
        "\u2066isolated\u2069",
        "mark\u200fer",
        "\u061carabic letter mark",
        "zero\u200bwidth",
        "word\u2060joiner",
        "\ufeffbyte order mark",
        "bell\a",
        "\x1b[31mred",
        "delete\x7f",
        "next\x85line",
        "form\ffeed",
        "line\u2028separator",
        "paragraph\u2029separator",
        "tag\U000e0041",
        ENGLAND[1:],
        ENGLAND[:-1],
        "e" + "\u0301" * (MAX_MARKS_IN_A_ROW + 1),
        "e" + "\u0301\u200d" * (MAX_MARKS_IN_A_ROW + 1),
        "lone \ud800",
    ],
)
def test_what_hides_reorders_or_steers_is_not_shown(text: str) -> None:
    assert not is_showable(text)
    assert REPLACEMENT in make_showable(text)


@pytest.mark.parametrize(
    "text",
    [
        "tab\there, line\nends\r\nof three\rkinds",
        ENGLAND,
        "👨‍👩‍👧‍👦 🇦🇺 ❤️",
        "e\u0301 Việt Nam",
        "क्षत्रिय",
        "العربية",
        "non\u00a0breaking, soft\u00adhyphen",
        "e" + "\u0301" * MAX_MARKS_IN_A_ROW,
    ],
)
def test_writing_of_the_world_is_shown_as_it_is(text: str) -> None:
    assert make_showable(text) == text


def test_only_the_offending_characters_are_replaced() -> None:
    assert make_showable(f"a\u202eb {ENGLAND}\U000e0041") == f"a\ufffdb {ENGLAND}\ufffd"


def test_hostile_strings_are_shown_exactly_or_refused(shared: Path) -> None:
    """The strings that everything which shows text is held against."""
    hostile = json.loads((shared / "hostile.json").read_text("utf-8"))

    assert [text for text in hostile["exact"] if not is_showable(text)] == []
    assert [text for text in hostile["refuse"] if is_showable(text)] == []
    line_ends_of_few_programs = {"line\u2028# head", "line\u0085> quote"}
    refused = {text for text in hostile["markup"] if not is_showable(text)}
    assert refused == line_ends_of_few_programs


def test_long_hostile_text_takes_linear_time(shared: Path) -> None:
    """Nobody can keep Quoth busy with one text."""
    units = json.loads((shared / "hostile.json").read_text("utf-8"))["slow"]["units"]

    started = time.process_time()
    for unit in units:
        make_showable(unit * (200_000 // len(unit)))
    assert time.process_time() - started < 0.5 * len(units)


@pytest.mark.parametrize(
    "text",
    [
        "\U0001f3f4" + "".join(chr(0xE0000 + ord(c)) for c in "send money") + "\U000e007f",
        "a\u2062b",
        "a\u206ab",
        "a\u3164b",
        "a\u180eb",
        "a\ufff9b",
    ],
)
def test_a_message_cannot_hide_in_characters_that_show_nothing(text: str) -> None:
    """A flag has at most six tag characters: more of them spell something else."""
    assert not is_showable(text)
