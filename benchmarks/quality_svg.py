"""A few SVG shapes, in the colours of one small sheet of styles, for light and for dark pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

Point = tuple[float, float]

LEAST_PIXELS = 1.5  # between two points of a line: nearer ones make the file larger, not clearer

# Each class colours text by `fill` and lines by `stroke`, so that a curve and its label agree.
STYLE = """\
<style>
svg { --page: #fafaf8; --ink: #24292f; --soft: #59636e; --grid: #d8dee4;
      --quoth: #0b5cad; --bm25: #b4500a; --tfidf: #68707a; --words: #7a3fa0; }
@media (prefers-color-scheme: dark) {
svg { --page: #15191f; --ink: #e6eaef; --soft: #9aa5b1; --grid: #333b45;
      --quoth: #6cb6ff; --bm25: #f0a35e; --tfidf: #a3adb8; --words: #cf9bf0; }
}
text { font: 13px system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif; }
.title { font-size: 16px; font-weight: 600; }
.strong { font-weight: 600; }
.page { fill: var(--page); }
text { fill: var(--ink); } text.soft { fill: var(--soft); }
line, path { fill: none; stroke-width: 1; }
.axis { stroke: var(--soft); } .grid { stroke: var(--grid); }
.guide { stroke: var(--soft); stroke-dasharray: 4 4; }
.bar { fill: var(--grid); }
text.quoth { fill: var(--quoth); } text.bm25 { fill: var(--bm25); }
text.tfidf { fill: var(--tfidf); } text.words { fill: var(--words); }
line.quoth, path.quoth { stroke: var(--quoth); stroke-width: 2.5; }
line.bm25, path.bm25 { stroke: var(--bm25); stroke-width: 2; }
line.tfidf, path.tfidf { stroke: var(--tfidf); stroke-width: 2; }
line.words, path.words { stroke: var(--words); stroke-width: 2; stroke-dasharray: 6 3; }
circle.quoth { fill: var(--quoth); stroke: var(--quoth); }
circle.bm25 { fill: var(--bm25); stroke: var(--bm25); }
circle { stroke-width: 2; } circle.open { fill: var(--page); }
</style>"""


@dataclass(frozen=True, slots=True)
class Axes:
    """A plotted rectangle, in pixels, and the values at its edges.

    Parameters
    ----------
    left, top, width, height : float
    x_range, y_range : tuple of (float, float)
        The values at left and right, and at bottom and top.
    """

    left: float
    top: float
    width: float
    height: float
    x_range: tuple[float, float] = (0.0, 1.0)
    y_range: tuple[float, float] = (0.0, 1.0)

    @property
    def right(self) -> float:
        """Return the right edge, in pixels."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """Return the lower edge, in pixels."""
        return self.top + self.height

    def x(self, value: float) -> float:
        """Return where a value lies from left to right."""
        low, high = self.x_range
        return self.left + self.width * (value - low) / (high - low)

    def y(self, value: float) -> float:
        """Return where a value lies from top to bottom."""
        low, high = self.y_range
        return self.bottom - self.height * (value - low) / (high - low)


def draw_picture(parts: Iterable[str], *, width: int, height: int, title: str) -> str:
    """Return a whole picture: its page, then its parts, each over those before it."""
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img">',
            f"<title>{escape(title)}</title>",
            STYLE,
            f'<rect class="page" width="{width}" height="{height}" rx="8"/>',
            *parts,
            "</svg>\n",
        ]
    )


def draw_text(x: float, y: float, words: str, *, style: str = "", anchor: str = "start") -> str:
    """Return a line of text whose foot is at ``y``; ``anchor`` is start, middle or end."""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" class="{style}">'
        f"{escape(words)}</text>"
    )


def draw_line(start: Point, end: Point, style: str) -> str:
    """Return a straight line."""
    (x1, y1), (x2, y2) = start, end
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" class="{style}"/>'


def draw_path(points: Sequence[Point], style: str) -> str:
    """Return a line through points."""
    return f'<path d="M{" L".join(f"{x:.1f} {y:.1f}" for x, y in points)}" class="{style}"/>'


def draw_dot(centre: Point, style: str, *, radius: float = 4.5) -> str:
    """Return a circle."""
    x, y = centre
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:g}" class="{style}"/>'


def draw_bar(left: float, top: float, width: float, height: float) -> str:
    """Return a pale rectangle."""
    return (
        f'<rect x="{left:.1f}" y="{top:.1f}" width="{width:.1f}" height="{height:.1f}" '
        'class="bar"/>'
    )


def draw_percent_axes(axes: Axes, *, across: Sequence[float], up: Sequence[float]) -> list[str]:
    """Return grid lines at shares, with their percentages below and to the left."""
    parts = []
    for value in up:
        y = axes.y(value)
        parts.append(draw_line((axes.left, y), (axes.right, y), "grid"))
        parts.append(draw_text(axes.left - 8, y + 4, f"{value:.0%}", style="soft", anchor="end"))
    for value in across:
        x = axes.x(value)
        parts.append(draw_line((x, axes.top), (x, axes.bottom), "grid"))
        parts.append(draw_text(x, axes.bottom + 18, f"{value:.0%}", style="soft", anchor="middle"))
    return parts


def spread_out(wanted: Sequence[float], *, gap: float) -> list[float]:
    """Return places near those wanted, in their order, that stand at least ``gap`` apart.

    Labels beside the ends of curves: where two would overlap, both give way.
    """
    order = sorted(range(len(wanted)), key=lambda place: wanted[place])
    places = [wanted[place] for place in order]
    for _ in range(100):
        for below in range(len(places) - 1):
            lack = gap - (places[below + 1] - places[below])
            if lack > 0:
                places[below] -= lack / 2
                places[below + 1] += lack / 2
    spread = dict(zip(order, places, strict=True))
    return [spread[place] for place in range(len(wanted))]


def thin_out(points: Sequence[Point]) -> list[Point]:
    """Return a line's points without those that lie too near to the one before to be seen."""
    kept = [points[0]]
    for x, y in points[1:-1]:
        if abs(x - kept[-1][0]) + abs(y - kept[-1][1]) >= LEAST_PIXELS:
            kept.append((x, y))
    return [*kept, points[-1]]
