"""The picture of the quality figures: reliability, silence, and hits by kind of question."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from quality_svg import (
    Axes,
    draw_bar,
    draw_dot,
    draw_line,
    draw_path,
    draw_percent_axes,
    draw_picture,
    draw_text,
    spread_out,
    thin_out,
)

from retrieval.measuring.calibration import Bin
from retrieval.measuring.judging import Outcome
from retrieval.measuring.measures import Share, wilson_interval
from retrieval.measuring.report import FALSE_SHARE, Report
from retrieval.measuring.thresholds import Curve

WIDTH = 1000
KINDS_TOP = 480  # where the panel of kinds begins
QUARTERS = (0, 0.25, 0.5, 0.75, 1)
MOST_FALSE = 0.3  # how far the silence curve is drawn: nobody would let more false answers through
LEAST_QUESTIONS = 3  # kinds with fewer questions are shown together
TOGETHER = "other kinds"
ROW_PIXELS = 40


@dataclass(frozen=True, slots=True)
class KindHits:
    """How often the first quote, and one of the first three, answer questions of one kind."""

    kind: str
    at_1: Share
    at_3: Share


@dataclass(frozen=True, slots=True)
class Picture:
    """What is drawn.

    Parameters
    ----------
    bins : tuple of Bin
        The reliability of Quoth's confidence.
    calibration_error : float
    curves : mapping of str to Curve
        Silence curves by the label of who is silent; the styles are those of `STYLES`.
    wiki_kinds, news_kinds : mapping of str to list of KindHits
        By label as well, each with the same kinds in the same order.
    """

    bins: tuple[Bin, ...]
    calibration_error: float
    curves: Mapping[str, Curve]
    wiki_kinds: Mapping[str, Sequence[KindHits]]
    news_kinds: Mapping[str, Sequence[KindHits]]


STYLES = {
    "Quoth": "quoth",
    "FTS5 bm25": "bm25",
    "default TF-IDF": "tfidf",
    "word coverage": "words",
}


def draw_quality(picture: Picture) -> str:
    """Return the three panels as one SVG picture."""
    reliability = Axes(70, 80, 360, 310)
    silence = Axes(545, 80, 310, 310, x_range=(0, MOST_FALSE))
    parts = [
        *draw_reliability(reliability, picture.bins, picture.calibration_error),
        *draw_silence(silence, picture.curves),
        *draw_kinds_panel(picture),
    ]
    sides = (*picture.wiki_kinds.values(), *picture.news_kinds.values())
    height = KINDS_TOP + 100 + ROW_PIXELS * max(map(len, sides))
    return draw_picture(parts, width=WIDTH, height=height, title="Quality of Quoth's answers")


def draw_reliability(axes: Axes, bins: Sequence[Bin], error: float) -> Iterator[str]:
    """Yield the share of right answers by confidence, over how many answers have it."""
    yield draw_text(axes.left - 45, 32, "Does 70 % mean seven in ten?", style="title")
    told = "share of answers that are right; bars: how many answers"
    yield draw_text(axes.left - 45, 54, told, style="soft")
    yield from draw_percent_axes(axes, across=QUARTERS, up=QUARTERS)
    most = max(part.right.total for part in bins)
    for part in bins:
        height = 0.22 * axes.height * part.right.total / most
        left, right = axes.x(part.low) + 2, axes.x(part.high) - 2
        yield draw_bar(left, axes.bottom - height, right - left, height)
    yield draw_line((axes.x(0), axes.y(0)), (axes.x(1), axes.y(1)), "guide")
    for part in bins:
        low, high = wilson_interval(part.right.count, part.right.total)
        x = axes.x(part.mean_confidence)
        yield draw_line((x, axes.y(low)), (x, axes.y(high)), "quoth")
        yield draw_dot((x, axes.y(part.right.value)), "quoth")
    yield draw_text(axes.x(0.5), axes.bottom + 42, "confidence", style="soft", anchor="middle")
    yield draw_text(axes.x(0.8), axes.y(0.68), "as promised", style="soft")
    told = f"calibration error {error:.3f}"
    yield draw_text(axes.x(0.03), axes.y(0.93), told, style="quoth strong")


def draw_silence(axes: Axes, curves: Mapping[str, Curve]) -> Iterator[str]:
    """Yield the share answered against the share falsely answered, for every threshold."""
    yield draw_text(axes.left - 45, 32, "Answers bought with false answers", style="title")
    yield draw_text(axes.left - 45, 54, "share of answerable questions answered", style="soft")
    yield from draw_percent_axes(axes, across=(0, 0.1, 0.2, 0.3), up=QUARTERS)
    at_few = axes.x(FALSE_SHARE)
    yield draw_line((at_few, axes.top), (at_few, axes.bottom), "guide")
    yield draw_text(at_few + 6, axes.bottom - 8, f"{FALSE_SHARE:.0%} false answers", style="soft")
    shown = {name: _clip(curve) for name, curve in curves.items()}
    ends = spread_out([axes.y(curve[-1][1]) for curve in shown.values()], gap=18)
    for (name, curve), end in reversed(list(zip(shown.items(), ends, strict=True))):
        points = [(axes.x(false), axes.y(right)) for false, right in curve]
        yield draw_path(thin_out(points), STYLES[name])
        yield draw_text(axes.right + 8, end + 4, name, style=f"{STYLES[name]} strong")
    told = "share of questions without their article that are answered"
    yield draw_text(axes.x(MOST_FALSE / 2), axes.bottom + 42, told, style="soft", anchor="middle")


def draw_kinds_panel(picture: Picture) -> Iterator[str]:
    """Yield hits by kind, encyclopedia on the left and news on the right."""
    top = KINDS_TOP
    yield draw_text(25, top, "Hits by kind of question", style="title")
    yield draw_dot((33, top + 18), "quoth")
    yield draw_text(44, top + 23, "the first quote answers", style="soft")
    yield draw_dot((223, top + 18), "quoth open")
    yield draw_text(234, top + 23, "one of the first three does", style="soft")
    sides = (("Wikipedia", 150, picture.wiki_kinds), ("News", 640, picture.news_kinds))
    for name, left, kinds in sides:
        rows = len(next(iter(kinds.values())))
        axes = Axes(left, top + 58, 260, rows * ROW_PIXELS)
        yield draw_text(left, top + 48, name, style="strong")
        yield from draw_kinds(axes, kinds)


def draw_kinds(axes: Axes, kinds: Mapping[str, Sequence[KindHits]]) -> Iterator[str]:
    """Yield a row for each kind, with a line from hit@1 to hit@3 for each who was asked."""
    yield from draw_percent_axes(axes, across=QUARTERS, up=())
    for number, rows in enumerate(zip(*kinds.values(), strict=True)):
        middle = axes.top + (number + 0.5) * ROW_PIXELS
        total = f"{rows[0].kind} ({rows[0].at_1.total:,})"
        yield draw_text(axes.left - 12, middle + 4, total, anchor="end")
        for place, (name, row) in enumerate(zip(kinds, rows, strict=True)):
            y = middle + (place - (len(kinds) - 1) / 2) * 14
            start, end = (axes.x(row.at_1.value), y), (axes.x(row.at_3.value), y)
            yield draw_line(start, end, STYLES[name])
            yield draw_dot(end, f"{STYLES[name]} open")
            yield draw_dot(start, STYLES[name])
            if number == 0:
                label = (end[0] + 10, y + 4)
                yield draw_text(*label, name, style=f"{STYLES[name]} strong")


def count_kinds(
    reports: Mapping[str, Report], kind_of: Callable[[Outcome], str]
) -> dict[str, list[KindHits]]:
    """Return the hits of each report by kind, kinds with most questions first, rare ones last."""
    found: dict[str, list[KindHits]] = {}
    for name, report in reports.items():
        parts: dict[str, list[Outcome]] = defaultdict(list)
        for outcome in report.answerable:
            parts[kind_of(outcome)].append(outcome)
        rare = [kind for kind, outcomes in parts.items() if len(outcomes) < LEAST_QUESTIONS]
        together = [outcome for kind in rare for outcome in parts.pop(kind)]
        ordered = sorted(parts.items(), key=lambda item: (-len(item[1]), item[0]))
        if together:
            ordered.append((TOGETHER, together))
        found[name] = [_count(kind, outcomes) for kind, outcomes in ordered]
    return found


def _count(kind: str, outcomes: Sequence[Outcome]) -> KindHits:
    report = Report(tuple(outcomes))
    return KindHits(kind, report.hit(1), report.hit(3))


def _clip(curve: Curve) -> Curve:
    """Return a curve up to ``MOST_FALSE``, where it ends at the height it has there."""
    inside = [point for point in curve if point[0] <= MOST_FALSE]
    return (*inside, (MOST_FALSE, inside[-1][1]))
