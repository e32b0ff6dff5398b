"""Text in chat: exact for the reader, and dead for Discord."""

from __future__ import annotations

import json
import re
import time
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalogue.answers import AnswerSentence
from bot.catalogue.lines import Line, Sentence, Template
from bot.catalogue.parameters import (
    Channel,
    Count,
    Day,
    Member,
    MessageLink,
    Moment,
    QuestionWords,
    Role,
)
from bot.inert import is_showable, make_showable, split_lines
from bot.rendering.markdown import can_be_link, escape, shorten, show_leaf, show_line
from bot.rendering.message import ExcerptText, FieldName, FieldText
from bot.rendering.screen import LinkedTitle, TypedText
from retrieval.answer import Excerpt, SourceFields
from tests.bot.rendering.reading import ASCII_PUNCTUATION, read_markdown, shown_text
from tests.strategies import CHARACTERS

ANY_TEXT = st.text(CHARACTERS | st.sampled_from(ASCII_PUNCTUATION + " \n1a"))
ESCAPED = re.compile(f"\\\\([{re.escape(ASCII_PUNCTUATION)}])")


class Said(Sentence):
    """A sentence with every parameter that the chat shows in its own way."""

    ALL = Template(
        "{} in {} as {} at {} on {}: {}, see {}",
        (Member, Channel, Role, Moment, Day, Count, MessageLink),
    )


def titled(title: str, url: str = "https://example.org/a") -> LinkedTitle:
    source = SourceFields(title, None, None, None, None, url, None)
    return LinkedTitle(FieldText(source, FieldName.TITLE), FieldText(source, FieldName.URL))


@given(ANY_TEXT)
def test_what_is_escaped_is_read_as_it_was(text: str) -> None:
    assert ESCAPED.sub(r"\1", escape(text)) == text
    assert len(escape(text)) <= 2 * len(text)


@given(ANY_TEXT)
def test_no_punctuation_is_left_alive(text: str) -> None:
    """Every mark of Discord's is ASCII punctuation, and none of it stands without a backslash."""
    assert not set(ESCAPED.sub("", escape(text))) & set(ASCII_PUNCTUATION)


def test_escaping_a_long_hostile_text_takes_no_longer_than_its_length() -> None:
    start = time.process_time()
    escape("_*`[~|<@" * 100_000)

    assert time.process_time() - start < 2  # discord.py's own function takes hours


@pytest.mark.parametrize("kind", ["markup", "refuse"])
def test_hostile_strings_come_out_dead(shared: Path, kind: str) -> None:
    """As a note, a title, a publisher, a file or an excerpt: shown as they are, and no more."""
    for text in json.loads((shared / "hostile.json").read_text(encoding="utf-8"))[kind]:
        expected = "\n".join(split_lines(make_showable(text))).strip()
        source = SourceFields(text, text, None, None, None, "https://example.org/a", text)
        for name in (FieldName.TITLE, FieldName.PUBLISHER, FieldName.FILE):
            shown = shown_text(show_leaf(FieldText(source, name), most=2000))
            assert shown == expected
        excerpt = show_leaf(ExcerptText(Excerpt(0, len(text), text)))
        unshowable = Line(AnswerSentence.UNSHOWABLE).text
        assert shown_text(excerpt) == (expected if is_showable(text) else unshowable)


@given(ANY_TEXT.filter(str.strip))
def test_a_linked_title_leads_to_its_page_and_nowhere_else(title: str) -> None:
    """Whatever the title, there is one link, its site stands beside it, and no word is changed."""
    shown = read_markdown("Source\\: " + show_leaf(titled(title)))
    links = [link for line in shown for link in line.links]
    text = "\n".join(line.text for line in shown)

    assert [url for _, url in links] == ["https://example.org/a"]
    assert text.removesuffix(" open").endswith(" (example.org)")
    expected = "\n".join(split_lines(shorten(make_showable(title), 150)))
    assert text.removesuffix(" open") == f"Source: {expected} (example.org)"


@pytest.mark.parametrize(
    "title",
    [
        *(
            "https://good.example",
            "good.example says",
            "Go to www",
            "a [b] c",
            "a ] c",
            "two\nlines",
        ),
        *("1. First", "- one", "*b*", "a_b", "`x`", "<@1>", "@here", "😀 boats", "a \\ b", "x|y"),
        *("", " ", "#1", "ℹ info", "1\ufe0f\u20e3", "good。example", "“"),
    ],
)
def test_a_title_that_discord_would_not_show_as_it_is_is_no_link(title: str) -> None:
    assert not can_be_link(title)


@pytest.mark.parametrize(
    "title",
    [
        "Who's afraid of the U.S. ferry?",
        "Ferry sinks: 3.5 million lost (again)",
        "“It is over,” she said",
        "悉尼的警察站",
        "Überfahrt – 12:30",
        "हिन्दी समाचार",
    ],
)
def test_an_everyday_title_is_a_link(title: str) -> None:
    assert can_be_link(title)
    assert shown_text(show_leaf(titled(title))) == f"{title} (example.org)"


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "https://a@evil.example/", "ftp://a.example"]
)
def test_an_address_that_could_mislead_is_shown_without_a_link(url: str) -> None:
    (line,) = read_markdown(show_leaf(titled("A title", url)))

    assert line.links == ()
    assert line.text == f"A title ({url})"


def test_members_and_times_are_shown_by_the_chat() -> None:
    line = Line(
        Said.ALL,
        (
            Member(1),
            Channel(2),
            Role(3),
            Moment(datetime(2026, 1, 2, tzinfo=UTC)),
            Day(date(2026, 1, 2)),
            Count(1200),
            MessageLink(4, 5, 6),
        ),
    )

    assert show_line(line) == (
        "<@1> in <#2> as <@&3> at <t:1767312000:f> on 2026\\-01\\-02\\: 1\\,200\\, see "
        "https://discord.com/channels/4/5/6"
    )


@given(st.lists(ANY_TEXT, max_size=3))
def test_words_of_a_question_stay_words(words: list[str]) -> None:
    line = Line(AnswerSentence.WORDS_NOT_FOUND, (QuestionWords(tuple(words)),))

    assert shown_text(show_line(line)) == line.text.strip()


@given(ANY_TEXT, st.integers(1, 60))
def test_a_shortened_text_is_the_beginning_and_an_ellipsis(text: str, most: int) -> None:
    short = shorten(text, most)

    assert len(short) <= most
    assert len(split_lines(short)) <= 5
    if short != text:
        assert short.endswith("…")
        assert text.startswith(short.removesuffix("…"))


@pytest.mark.parametrize(
    ("text", "most", "short"),
    [
        ("ferry", 5, "ferry"),
        ("ferries", 5, "ferr…"),
        ("cafe\u0301s and boats", 5, "caf…"),
        ("go 👩\u200d👩\u200d👧 on", 6, "go …"),
        ("a\nb\nc\nd\ne\nf", 200, "a\nb\nc\nd\ne…"),
    ],
)
def test_shortening_parts_no_letter_from_its_accent(text: str, most: int, short: str) -> None:
    assert shorten(text, most) == short


def test_a_note_is_shortened_before_it_is_escaped() -> None:
    """Else a backslash could be left over, and bring the next character to life."""
    assert show_leaf(TypedText("****"), most=3) == "\\*\\*…"


def test_an_excerpt_is_never_shortened() -> None:
    words = "w" * 900

    assert show_leaf(ExcerptText(Excerpt(0, 900, words)), most=10) == words


def test_an_excerpt_of_white_space_shows_nothing_and_says_so() -> None:
    shown = show_leaf(ExcerptText(Excerpt(0, 2, " \n")))

    assert shown_text(shown) == Line(AnswerSentence.UNSHOWABLE).text
