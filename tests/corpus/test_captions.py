"""Captions that say so themselves: their facts are shown only with the label "picture caption"."""

from __future__ import annotations

import pytest

from corpus.captions import has_picture_bracket, is_caption, starts_with_label


@pytest.mark.parametrize(
    "text",
    [
        "Pictured: A boat leaves the harbour.",
        "Photo: A boat leaves the harbour.",
        "File photo: the harbour at dusk",
        "FILE - A boat leaves the harbour, May 3, 2021.",
        "Image caption, A boat leaves the harbour",
        "Above: A boat leaves the harbour.",
        "From left: Jo Day, Al Kay and Lee Hill.",
        "In this photo taken on Monday, a boat leaves the harbour.",
        "This image provided by the harbour office shows a boat.",
        "A file photo of a boat in the harbour.",
        "[Picture: A boat leaves the harbour. Photo: Jo Day]",
    ],
)
def test_a_label_in_front_makes_a_caption(text: str) -> None:
    assert starts_with_label(text)
    assert is_caption(text)


@pytest.mark.parametrize(
    "text",
    [
        "The mayor wants no more boats (pictured a boat on Monday)",
        "Boats are old. (Pictured the oldest boat)",
        "Mayor Jo Day (pictured) wants no more boats",
        "Mayor Jo Day (left) opens the harbour",
        "Mayor Jo Day (left) and Al Kay (right) open the harbour.",
        "Mayor Jo Day (L) and Al Kay (R) open the harbour.",
        "Lee Hill (second from left) opens the harbour",
    ],
)
def test_a_bracket_that_points_at_a_picture_makes_a_caption(text: str) -> None:
    assert has_picture_bracket(text)
    assert is_caption(text)


@pytest.mark.parametrize(
    "text",
    [
        "Pictured in a blue coat, the mayor waved to the crowd.",
        "Photos of the boat were found on his telephone.",
        "Pictures, she said, do not lie.",
        "File the form at the harbour office by Monday.",
        "Photographers were kept away from the harbour.",
        "Mayor Jo Day (R) voted against the plan.",
        "Sen. Jo Day (R) and Sen. Al Kay (D) voted against the plan.",
        "The boat turned (left) and sank.",
        "Jo Day (pictured) said that the boats were old.",
        "The plan is set out below (see the picture).",
        "In this photo he saw his father for the last time.",
    ],
)
def test_body_text_about_pictures_is_no_caption(text: str) -> None:
    assert not is_caption(text)


def test_a_very_long_paragraph_is_no_caption() -> None:
    assert not is_caption("Photo: " + "The boat leaves the harbour. " * 30)
