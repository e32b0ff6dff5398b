"""The page of the quality figures, in Markdown: the tables, and what was measured how."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from textwrap import fill

from quality_goals import GOAL_HEADS, goal_rows
from quality_rows import (
    COVERAGE,
    NOTHING,
    Results,
    Row,
    calibration_rows,
    quote_rows,
    ranking_rows,
    separation_rows,
    silence_rows,
)

PAGE_COLUMNS = 100


def write_page(results: Results, *, told: str) -> str:
    """Return the page.

    Parameters
    ----------
    results : mapping of str to Measured
        By the name of who was asked.
    told : str
        Which questions were asked, and which models Quoth answered with.
    """
    who = [name for name in results if name != COVERAGE]
    tables = (
        ("## What was wanted, and what was reached", GOAL_HEADS, goal_rows(results)),
        ("## Ranking and quoting, silence off", who, ranking_rows(results)),
        *(
            (f"## Confidence: {title}", list(results), rows)
            for title, rows in separation_rows(results)
        ),
        ("## Confidence: does it keep its promise?", who, calibration_rows(results)),
        ("## As installed", who, chain(silence_rows(results), quote_rows(results))),
    )
    parts = [INTRODUCTION.format(told=fill(told, PAGE_COLUMNS))]
    parts += [
        f"{title}\n\n{write_table((' ', *heads), list(rows))}" for title, heads, rows in tables
    ]
    return "\n".join([*parts, METHOD])


def write_table(heads: Sequence[str], rows: Sequence[Row]) -> str:
    """Return a Markdown table; cells that a row lacks are those to which it does not apply."""
    empty = [NOTHING] * len(heads)
    filled = ((row.label, *row.cells, *empty[len(row.cells) + 1 :]) for row in rows)
    lines = [heads, ["---"] * len(heads), *filled]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


INTRODUCTION = """\
# Quality, measured beside full-text search

`python benchmarks/quality.py` asks Quoth and two full-text searches the same questions, judges them
alike, and writes this page.

{told}

![Three panels: how often Quoth is right by confidence, answers against false answers, and hits by \
kind of question](quality.svg)

In brackets stand 95 % intervals: Wilson's for counts, Newcombe's for areas, bootstrap for the rest.
They take questions as independent, although several ask about one article. Processor time is that
of the machine that wrote this page, beside whatever else ran there.
"""

METHOD = """\
## What was measured

- **News**: five news articles with 51 questions of every kind, 13 of which nothing there answers.
- **Made-up news**: 96 articles invented for Quoth, with 615 questions, half of them in other words
  than the articles'; 181 are answered nowhere, most of them near misses. They are in
  [tests/press](../tests/press/README.md). The articles are dealt into six groups, those that answer
  one question together; each question is asked of all articles, and Quoth answers it with models
  trained on the other five groups (and on five of those of Wikipedia).
- **Wikipedia**: 96 articles, joined from the paragraphs of XQuAD (English) and SQuADShifts (new
  Wikipedia), with their questions. The quote must hold the answer where it was labelled, in its own
  paragraph; other places that say the same do not count.
- **The whole article removed**: these, too, are dealt into six groups; the questions about a group
  are asked of an index that was built without it. Quoth answers these, and the same questions with
  their articles, with models trained on the other five groups (and on five of the made-up news).
- **quote@k, passage@k**: one of the first k quotes covers at least 80 % of a labelled place; one of
  the first k passages lies mostly in the labelled paragraph (news, made up or not: holds the
  labelled place).
- **Answered at 5 % false answers**: the share of answerable questions that are answered at the
  lowest threshold at which at most 5 % of the others are. **Silence while 90 % are answered**: the
  share of the others met with silence at the highest threshold that answers 90 %.
- **Calibration error**: the mean distance between confidence and share of right answers, in ten
  bins of equal width. An answer is right if any of its quotes is a hit.
- **The same words twice**: a sentence of one quote stands in another quote of the same answer,
  with at least 75 % of its words in the same order.

## Who was asked

- **Quoth**: at most three quotes that aim at 300 characters.
- **FTS5 bm25**: SQLite's full-text search, porter stemming, over title and text of each passage;
  the query is any of the question's words.
- **default TF-IDF**: scikit-learn's `TfidfVectorizer()` over passages with their article's title.
- **Word coverage**: no search, but another confidence for the quotes of bm25: the share of the
  question's words, stemmed and weighed by idf, that the first one holds.

Both searches rank the paragraphs of Wikipedia, and the passages that Quoth makes of news, made up
or not. From each of the best three they quote the whole sentences of one block, up to 300
characters, whose own scores by the same search add up to most. Their confidence is the score of the
best passage; they are never silent by themselves.

## To repeat it

```sh
python benchmarks/quality.py --shared ../shared
```

The labelled data about Wikipedia and the news is not part of Quoth, since the texts belong to
others; the made-up news is.
"""
