"""The rows of the quality figures: each figure with its interval, for each who was asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter

from retrieval.measuring.judging import Outcome
from retrieval.measuring.measures import Estimate, Share, wilson_interval
from retrieval.measuring.report import RANKS, Report, Separation, separate

QUOTH, BM25, TFIDF = "Quoth", "FTS5 bm25", "default TF-IDF"
COVERAGE = "word coverage"
MADE_UP = "Made-up news"
NOTHING = "–"


@dataclass(frozen=True, slots=True)
class Measured:
    """What one who was asked did in each situation.

    Parameters
    ----------
    news, wiki : Report
        Questions about the news articles and about the encyclopedia, each asked there.
    removed, elsewhere : Report
        The encyclopedia's questions asked without the articles that answer them, and asked of the
        news articles: none can be answered.
    press : Report
        Questions about made-up news, asked there.
    """

    news: Report
    wiki: Report
    removed: Report
    elsewhere: Report
    press: Report


@dataclass(frozen=True, slots=True)
class Row:
    """A figure, and a cell for each who was asked; the last ones may be missing."""

    label: str
    cells: Sequence[str]


Results = Mapping[str, Measured]


def ranking_rows(results: Results) -> Iterator[Row]:
    """Yield the rows on what is found, whatever is then made of it."""
    for place, pick in PLACES:
        reports = [pick(one) for name, one in results.items() if name != COVERAGE]
        for k in RANKS:
            cells = [show_share(one.passage_hit(k)) for one in reports]
            yield Row(f"{place}: passage@{k}", cells)
        for k in RANKS:
            yield Row(f"{place}: quote@{k}", [show_share(one.hit(k)) for one in reports])


def calibration_rows(results: Results) -> Iterator[Row]:
    """Yield the rows on whether a confidence keeps its promise; those of searches promise none."""
    for place, report in (
        ("Wikipedia with and without its articles", mixed(results[QUOTH])),
        ("News", results[QUOTH].news),
        (MADE_UP, results[QUOTH].press),
    ):
        error = show_estimate(report.calibration(), ".3f")
        yield Row(f"{place}: expected calibration error", [error])


def separation_rows(results: Results) -> Iterator[tuple[str, list[Row]]]:
    """Yield, by title, the rows on how confidence parts what can be answered from the rest."""
    for title, answerable, others in SITUATIONS:
        found = [
            separate(answerable(one).answerable, [other.confidence for other in others(one)])
            for one in results.values()
        ]
        rows = [
            Row(label, [show_part(one, part) for one in found])
            for part, label in SEPARATION_LABELS.items()
        ]
        yield title, rows


def silence_rows(results: Results) -> Iterator[Row]:
    """Yield the rows on silence at the shipped threshold; the searches have none."""
    quoth = results[QUOTH]
    for label, share in (
        ("News: answerable questions answered", quoth.news.answered()),
        ("News: unanswerable questions met with silence", quoth.news.silent()),
        (f"{MADE_UP}: answerable questions answered", quoth.press.answered()),
        (f"{MADE_UP}: unanswerable questions met with silence", quoth.press.silent()),
        ("Wikipedia: questions answered", quoth.wiki.answered()),
        ("Wikipedia, the whole article removed: met with silence", quoth.removed.silent()),
        ("Wikipedia questions asked of the news: met with silence", quoth.elsewhere.silent()),
    ):
        yield Row(label, [show_share(share)])


def quote_rows(results: Results) -> Iterator[Row]:
    """Yield the rows on what is shown; only Quoth claims to quote to the letter."""
    for place, pick in PLACES:
        reports = [pick(one) for name, one in results.items() if name != COVERAGE]
        yield Row(f"{place}: quotes equal to the text", [show_share(reports[0].verbatim())])
        for label, count in SHOWN_LABELS.items():
            yield Row(f"{place}: {label}", [show_share(count(one)) for one in reports])
        chars = [show_estimate(one.quote_chars(), ".0f") for one in reports]
        yield Row(f"{place}: characters of a quote, mean", chars)
        times = [show_estimate(one.cpu_ms(), ".1f", " ms") for one in reports]
        yield Row(f"{place}: processor time a question, median", times)


def mixed(measured: Measured) -> Report:
    """Return the encyclopedia's questions that were asked with and without what answers them."""
    removed = {outcome.labelled.id for outcome in measured.removed.outcomes}
    kept = [outcome for outcome in measured.wiki.outcomes if outcome.labelled.id in removed]
    return Report((*kept, *measured.removed.outcomes))


def show_share(share: Share) -> str:
    """Return a share with its count and interval."""
    if share.total == 0:
        return NOTHING
    low, high = wilson_interval(share.count, share.total)
    return f"**{share.value:.1%}** ({low:.1%} to {high:.1%})<br>{share.count:,} of {share.total:,}"


def show_estimate(estimate: Estimate | None, pattern: str, unit: str = "") -> str:
    """Return a figure with its interval, each in a format such as ``.1%``."""
    if estimate is None:
        return NOTHING
    value, low, high = (
        format(one, pattern) for one in (estimate.value, estimate.low, estimate.high)
    )
    return f"**{value}{unit}** ({low} to {high})"


def show_part(separation: Separation | None, part: str) -> str:
    """Return one figure of a separation, by the names of `SEPARATION_LABELS`."""
    if separation is None:
        return NOTHING
    return show_estimate(getattr(separation, part), ".3f" if part == "area" else ".1%")


PLACES: Sequence[tuple[str, Callable[[Measured], Report]]] = (
    ("Wikipedia", attrgetter("wiki")),
    ("News", attrgetter("news")),
    (MADE_UP, attrgetter("press")),
)
SITUATIONS: Sequence[
    tuple[str, Callable[[Measured], Report], Callable[[Measured], Sequence[Outcome]]]
] = (
    (
        "Wikipedia, the whole article removed",
        attrgetter("wiki"),
        attrgetter("removed.outcomes"),
    ),
    (
        "News, questions that nothing answers",
        attrgetter("news"),
        attrgetter("news.unanswerable"),
    ),
    (
        f"{MADE_UP}, questions that nothing answers",
        attrgetter("press"),
        attrgetter("press.unanswerable"),
    ),
    (
        "Wikipedia questions asked of the news, against the same asked of Wikipedia",
        attrgetter("wiki"),
        attrgetter("elsewhere.outcomes"),
    ),
    (
        "Wikipedia questions asked of the news, against questions about the news",
        attrgetter("news"),
        attrgetter("elsewhere.outcomes"),
    ),
)
SEPARATION_LABELS = {
    "area": "area under the ROC curve",
    "answered": "answered at 5 % false answers",
    "silent": "silence while 90 % are answered",
}
SHOWN_LABELS: Mapping[str, Callable[[Report], Share]] = {
    "quotes that touch nothing labelled": Report.wrong,
    "captions not labelled as such": Report.unlabelled_captions,
    "headings, credits, bylines quoted": Report.other_kinds,
    "answers that show the same words twice": Report.repeated,
}
