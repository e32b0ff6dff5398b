"""Front matter is the file's own word on its source; the text begins right after it."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import RefusedInput
from corpus.frontmatter import split_front_matter

fences = st.sampled_from(["+++", "---"])
line_ends = st.sampled_from(["\n", "\r\n"])
bodies = st.text(st.characters(exclude_categories=["Cs"]))


def split(text: str) -> tuple[object, str]:
    return split_front_matter(text, where="a.md")


@given(fences, line_ends, bodies)
def test_the_text_is_all_that_follows_the_closing_line(fence: str, end: str, body: str) -> None:
    """Blank lines, line ends and white space after it are the article's own."""
    assert split(f"{fence}{end}{fence}{end}{body}")[1] == body


@given(st.sampled_from([("+++", "="), ("---", ":")]), line_ends, bodies)
def test_quoted_values_come_back_exactly(form: tuple[str, str], end: str, value: str) -> None:
    """The escapes of JSON mean the same in TOML and YAML."""
    fence, equals = form
    quoted = json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")

    values, text = split(f"{fence}{end}title{equals} {quoted}{end}{fence}{end}Body")

    assert values == {"title": value}
    assert text == "Body"


@given(bodies)
def test_any_head_is_read_or_refused_by_one_line(head: str) -> None:
    refusals = []
    for fence in ("+++", "---"):
        try:
            split(f"{fence}\n{head}\n{fence}\nBody")
        except RefusedInput as refusal:
            refusals.append(str(refusal))

    assert all(refusal.isprintable() for refusal in refusals)


@given(bodies.filter(lambda text: not text.startswith(("+++", "---"))))
def test_without_front_matter_all_is_text(text: str) -> None:
    assert split(text) == ({}, text)


def test_toml() -> None:
    values, text = split('+++\ntitle = "A memo"\npublished = 2022-10-13\n+++\n\nBody\n')

    assert values == {"title": "A memo", "published": date(2022, 10, 13)}
    assert text == "\nBody\n"


def test_simple_yaml() -> None:
    head = """\
# A comment
title: A memo's "title"
author: 'O''Neill: writer'
publisher: "The \\u201cDaily\\u201d # 1"
published: 2022-10-13

url: https://news.example/1#top
language: ~
"""
    assert split(f"--- \n{head}---\nBody") == (
        {
            "title": 'A memo\'s "title"',
            "author": "O'Neill: writer",
            "publisher": "The “Daily” # 1",
            "published": "2022-10-13",
            "url": "https://news.example/1#top",
            "language": None,
        },
        "Body",
    )


def test_lists_and_nested_values_under_other_keys_are_passed_over() -> None:
    """A page of a site generator can be added as it is."""
    head = (
        "title: A memo\ntags:\n- a\n- b\ncover:\n  image: x.png\nlinks: [a, b]\ntext: |\n  More\n"
    )

    values, _ = split(f"---\n{head}---\nBody")

    assert values == {"title": "A memo", "tags": None, "cover": None, "links": None, "text": None}


def test_a_separator_in_a_quoted_title_does_not_end_the_line() -> None:
    assert split('---\ntitle: "a\u2028b\x85c"\n---\nBody')[0] == {"title": "a\u2028b\x85c"}


@pytest.mark.parametrize(
    ("head", "reason"),
    [
        ("title: A: B", "line 2: put 'A: B' in double quotes"),
        ("\ntitle: We are #1", "line 3: put 'We are #1' in double quotes"),
        ("title: [a, b]", "line 2: put '[a, b]' in double quotes"),
        ("title: 'open", 'line 2: put "\'open" in double quotes'),
        ('title: "open', "line 2: '\"open' is not closed or holds an unknown escape"),
        ("title A memo", "line 2: not of the form key: value"),
        ("title:A memo", "line 2: not of the form key: value"),
        ("author:\n  name: A", "line 3: author must be one value on one line"),
        ("author:\n- A", "line 3: author must be one value on one line"),
        ("  indented", "line 2: this must be one value on one line"),
        ("title: A\ntitle: B", "line 3: a second title; keep one"),
    ],
)
def test_yaml_that_is_not_simple_is_refused_by_its_line(head: str, reason: str) -> None:
    with pytest.raises(RefusedInput) as caught:
        split(f"---\n{head}\n---\nBody")

    assert str(caught.value) == f"a.md: front matter, {reason}"


def test_wrong_toml_is_refused_by_the_line_of_the_file() -> None:
    with pytest.raises(RefusedInput, match=r"front matter is not TOML: .*at line 3"):
        split("+++\na = 1\nb = \n+++\nBody")


@pytest.mark.parametrize("fence", ["+++", "---"])
def test_front_matter_that_is_never_closed_is_refused(fence: str) -> None:
    with pytest.raises(RefusedInput, match="is never closed; close it"):
        split(f"{fence}\ntitle: A memo\nBody {fence}\n {fence}\n")


def test_deep_nesting_is_refused_not_fatal() -> None:
    with pytest.raises(RefusedInput, match="front matter is not TOML"):
        split(f"+++\na = {'[' * 100_000}\n+++\nBody")
