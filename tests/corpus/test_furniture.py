"""Page furniture: what stands around an article and must never answer a question."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from corpus.furniture import (
    find_date_stub,
    is_appeal,
    is_byline,
    is_date_line,
    is_navigation,
    is_notice,
    is_site_line,
)

EXAMPLES: list[tuple[Callable[[str], bool], list[str]]] = [
    (
        is_site_line,
        [
            *("Navigation", "Home", "Share this", "Share on Facebook", "Advertisement", "Menu"),
            *("Related Topics", "Related stories", "Comments are closed.", "12 Comments"),
            *("Leave a comment", "Skip to main content", "Most read", "5 min read", "Read more"),
            *("Read more: Nine boats out of service", "Tags: boats, harbour", "Watch: Boat sinks"),
            *("Loading...", "Harbour Times. All rights reserved."),
            *("News | Boats | Tides", "Home › Coast › Ostia", "Boat News > Money", "Menu   Search"),
            *("3 May 2021, 10:15 | Updated 16:20", "Share this: Copy link · Mail · Print"),
        ],
    ),
    (
        is_date_line,
        [
            *("August 16, 2023", "16 August 2023", "2023-08-16", "Tuesday, May 3, 2022", "0:00"),
            *(
                "Updated:",
                "Published 3 May 2021, 10:15 am",
                "Last updated: May 3, 2021 at 5:04 p.m.",
            ),
            *("10:15 GMT", "Posted on 3/5/2021"),
        ],
    ),
    (
        is_appeal,
        [
            *("Join our Telegram channel and never miss a boat!", "Follow us on Twitter"),
            *("Sign up for our newsletter", "Subscribe to our channel", "Click here to read on"),
            *("Get the best boats in your inbox.", "Support our journalism", "Like us on Facebook"),
            *("Become a member today", "We use cookies to make this site better."),
        ],
    ),
    (
        is_notice,
        [
            "This article was originally published by Harbour Times and is used with permission.",
            "This story first appeared in Harbour Times.",
            "This article is republished from Harbour Times under a Creative Commons licence.",
            "Additional reporting by Jo Day",
            "Reporting by Jo Day in Ostia; editing by Al Kay",
            "With additional reporting from Jo Day and Al Kay.",
            "Copyright 2021 Harbour Times. All rights reserved.",
            "© 2021 Harbour Times",
        ],
    ),
]
BODY = [
    "Home is where the boat is.",
    "Share prices of boat makers fell.",
    "More boats will sail.",
    "Comments from the harbour office were not to be had.",
    "In May 2021 the boats sailed again.",
    "On Monday, May 3, 2021, the boats sailed again.",
    "Join the navy, they told him.",
    "Like other towns, ours uses Facebook to warn sailors.",
    "Follow the money, she said.",
    "Get the boat out, he cried.",
    "This article of the law was first applied in 1921.",
    "This report was first published in 2017 by the ministry.",
    "Reporting by the newspaper found that ten boats leaked.",
    "Copyright law does not apply to boats.",
    "Read the report, she said.",
    "Support for the plan fell by a third.",
    "| Boats of 2021 | 54 |",
    "The boats: ten sailed | nine came back.",
    "54 > 48",
    "The ferries that sail to the islands in winter | nine boats",
]


@pytest.mark.parametrize(
    ("is_it", "text"), [(is_it, text) for is_it, texts in EXAMPLES for text in texts]
)
def test_furniture_is_recognised(is_it: Callable[[str], bool], text: str) -> None:
    assert is_it(text)
    assert is_navigation(text)


@pytest.mark.parametrize("text", ["•", "* * *", "———", "▪", "_____"])
def test_marks_without_words_are_furniture(text: str) -> None:
    assert is_navigation(text)


@pytest.mark.parametrize("text", BODY)
def test_body_text_is_no_furniture(text: str) -> None:
    """A fact called navigation could not be quoted."""
    assert not is_navigation(text)
    assert not is_byline(text)


@pytest.mark.parametrize(
    "text",
    [
        *("By Jo Day", "BY JO DAY", "By Jo Day and Al Kay, Harbour Times", "Written by Jo Day"),
        *("Author", "About the author", "By our staff reporter", "By Jo Day, boats editor"),
        "Jo Day writes about boats. Follow her on Twitter.",
        "Contact Jo at jo@example.org",
        "Jo Day can be reached at jo@example.org",
    ],
)
def test_bylines_are_recognised(text: str) -> None:
    assert is_byline(text)


@pytest.mark.parametrize(
    "text",
    [
        "By Monday the boats were gone.",
        "By the sea",
        "Mount Cook can be reached on foot.",
        "Authors of the report said no more.",
    ],
)
def test_other_lines_are_no_bylines(text: str) -> None:
    assert not is_byline(text)


@pytest.mark.parametrize(
    ("stub", "rest"),
    [
        ("date 2021-05-03 ", "The boats sailed."),
        ("Published: 2021-05-03 ", "“The boats sailed,” she said."),
        ("updated 2021-05-03T10:15 ", "Boats sailed."),
    ],
)
def test_a_date_glued_to_the_first_sentence_is_cut_off(stub: str, rest: str) -> None:
    assert find_date_stub(stub + rest) == len(stub)


@pytest.mark.parametrize(
    "text",
    [
        "Date 2021-05-03 was chosen for the launch.",
        "2021-05-03 The boats sailed.",
        "The date 2021-05-03 The",
    ],
)
def test_a_date_inside_a_sentence_stays(text: str) -> None:
    assert find_date_stub(text) == 0
