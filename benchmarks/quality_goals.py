"""What was wanted of the answers beside what was reached: the first table of the page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from quality_rows import (
    BM25,
    MADE_UP,
    NOTHING,
    QUOTH,
    TFIDF,
    Measured,
    Results,
    Row,
    mixed,
    show_estimate,
    show_part,
    show_share,
)

from retrieval.measuring.judging import Outcome
from retrieval.measuring.report import Report, separate

GOAL_HEADS = (TFIDF, BM25, QUOTH, "goal")


@dataclass(frozen=True, slots=True)
class Goal:
    """A figure that was to be reached.

    Parameters
    ----------
    label : str
    goal : str
        Empty if the figure is told without one.
    show : callable
        Returns the figure of one who was asked.
    is_for_all : bool
        Whether the searches have that figure, too.
    """

    label: str
    goal: str
    show: Callable[[Measured], str]
    is_for_all: bool = True


def goal_rows(results: Results) -> Iterator[Row]:
    """Yield a row for each goal: the searches, Quoth, the goal itself."""
    for one in GOALS:
        searches = [
            one.show(results[name]) if one.is_for_all else NOTHING for name in GOAL_HEADS[:2]
        ]
        yield Row(one.label, [*searches, one.show(results[QUOTH]), one.goal or NOTHING])


def _parted(part: str, answerable: Report, others: Sequence[Outcome]) -> str:
    found = separate(answerable.answerable, [one.confidence for one in others])
    return show_part(found, part)


def _removed(part: str) -> Callable[[Measured], str]:
    return lambda one: _parted(part, one.wiki, one.removed.outcomes)


def _everything(measured: Measured) -> Report:
    return Report((*measured.news.outcomes, *measured.press.outcomes, *measured.wiki.outcomes))


GOALS = (
    Goal("Wikipedia: passage@1", "84 %", lambda one: show_share(one.wiki.passage_hit(1))),
    Goal("Wikipedia: quote@1", "77 %", lambda one: show_share(one.wiki.hit(1))),
    Goal("Wikipedia: quote@3", "88 %", lambda one: show_share(one.wiki.hit(3))),
    Goal("News: quote@1", "80 %", lambda one: show_share(one.news.hit(1))),
    Goal("News: quote@3", "92 %", lambda one: show_share(one.news.hit(3))),
    Goal(f"{MADE_UP}: quote@1", "", lambda one: show_share(one.press.hit(1))),
    Goal(f"{MADE_UP}: quote@3", "", lambda one: show_share(one.press.hit(3))),
    Goal(
        "News: silence where nothing answers, while 90 % are answered",
        "80 %",
        lambda one: _parted("silent", one.news, one.news.unanswerable),
    ),
    Goal("Wikipedia, the whole article removed: area under the curve", "0.93", _removed("area")),
    Goal(
        "Wikipedia questions asked of the news: area under the curve",
        "0.99",
        lambda one: _parted("area", one.wiki, one.elsewhere.outcomes),
    ),
    Goal(
        "Wikipedia: answered at 5 % false answers (whole article removed)",
        "80 %",
        _removed("answered"),
    ),
    Goal(
        "quotes equal to the text",
        "100 %",
        lambda one: show_share(_everything(one).verbatim()),
        is_for_all=False,
    ),
    Goal(
        "captions not labelled as such",
        "0",
        lambda one: show_share(_everything(one).unlabelled_captions()),
    ),
    Goal(
        "News: answers that show the same words twice",
        "0",
        lambda one: show_share(one.news.repeated()),
    ),
    Goal(
        "Wikipedia with and without its articles: calibration error",
        "",
        lambda one: show_estimate(mixed(one).calibration(), ".3f"),
        is_for_all=False,
    ),
)
