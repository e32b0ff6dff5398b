"""Articles of our own and questions about them, for measuring: towns that do not exist.

Each article tells of one town and one work there, in sentences with names, numbers and days, so
that a question about it shares words with every other article and its answer stands in one.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

SEED = 20240229
FIRST_DAY = date(2023, 1, 2)

_FIRST_HALVES = ("Varn", "Oster", "Kel", "Brim", "Tarn", "Hol", "Sund", "Eller", "Mar", "Lind")
_SECOND_HALVES = ("holm", "wick", "by", "ford", "stad", "mouth", "ness", "field")
_WORKS = (
    ("harbour", "harbour office", "cranes", "dredging the eastern basin"),
    ("library", "library board", "reading rooms", "mending the roof of the old wing"),
    ("tramway", "tramway company", "tramcars", "laying new rails along the river"),
    ("waterworks", "water board", "pumping stations", "replacing the lead pipes"),
    ("hospital", "hospital trust", "beds", "building a ward for children"),
    ("market hall", "market guild", "stalls", "widening the southern gate"),
    ("school", "school council", "classrooms", "heating the gymnasium"),
    ("bridge", "bridge commission", "inspectors", "painting the iron arches"),
)
_PEOPLE = ("Ilse Maren", "Jonas Feld", "Petra Lowe", "Anton Brekke", "Mira Solan", "Karl Oyen")
_REASONS = (
    "the price of steel had doubled since spring",
    "the winter floods had damaged the foundations",
    "two builders had withdrawn their offers",
    "the ministry had cut its grant by a third",
)
_ARTICLE = """The {board} of {town} said on {day} that it had counted {count} {things} in use, \
{fewer} fewer than a year before. The {work} of {town} was opened in {opened}.

{person}, who leads the {board}, told reporters that {doing} would cost {cost} crowns. “We do not \
expect to finish before {finish},” {person} said. The {board} blamed the delay on the fact that \
{reason}.

Residents of {town} have asked for a public meeting. About {signed} of them signed a letter to the \
mayor, which calls the plan for the {work} hasty and far too expensive.

The mayor of {town} answered that nobody would lose a job. The town employs {staff} people at the \
{work}, and intends to hire {hired} more once {doing} has begun.

A report by the Institute for Quiet Towns found that the {work} of {town} is older than most. It \
recommends that {count} {things} be examined every {years} years.
"""
_QUESTIONS = (
    "How many {things} did the {board} of {town} count?",
    "When was the {work} of {town} opened?",
    "How much would {doing} in {town} cost?",
    "Why was the work on the {work} of {town} delayed?",
    "How many residents of {town} signed a letter to the mayor?",
    "How many people does {town} employ at the {work}?",
    "Who leads the {board} of {town}?",
    "What does the Institute for Quiet Towns recommend for the {work} of {town}?",
    "Which poet wrote an opera about the {work} of {town}?",  # nothing answers this
)
_HEAD = """---
title: The {work} of {town}
publisher: {town} Courier
published: {published}
url: https://example.org/{slug}
language: en
---

"""


def write_articles(folder: Path, count: int) -> list[str]:
    """Write so many articles as files, and return questions about them, in a settled order."""
    chance = random.Random(SEED)  # noqa: S311 - made-up text
    questions: list[str] = []
    for number, facts in zip(range(count), _facts(chance), strict=False):
        path = folder / f"{number:03}-{facts['slug']}.md"
        path.write_text((_HEAD + _ARTICLE).format(**facts), encoding="utf-8")
        questions += (question.format(**facts) for question in _QUESTIONS)
    chance.shuffle(questions)
    return questions


def _facts(chance: random.Random) -> Iterator[dict[str, object]]:
    """Yield what is told of each work of each town."""
    towns = [first + second for first in _FIRST_HALVES for second in _SECOND_HALVES]
    for work, board, things, doing in _WORKS:
        for town in towns:
            day = FIRST_DAY + timedelta(days=chance.randrange(500))
            yield {
                "town": town,
                "work": work,
                "board": board,
                "things": things,
                "doing": doing,
                "slug": f"{town}-{work}".lower().replace(" ", "-"),
                "published": day.isoformat(),
                "day": f"{day:%A}",
                "person": chance.choice(_PEOPLE),
                "reason": chance.choice(_REASONS),
                "opened": chance.randrange(1820, 1990),
                "finish": chance.randrange(2026, 2040),
                "count": chance.randrange(20, 400),
                "fewer": chance.randrange(2, 19),
                "cost": f"{chance.randrange(100, 9000) * 1000:,}",
                "signed": chance.randrange(100, 5000),
                "staff": chance.randrange(30, 900),
                "hired": chance.randrange(2, 30),
                "years": chance.randrange(2, 9),
            }
