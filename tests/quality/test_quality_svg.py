from __future__ import annotations

from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from quality_svg import Axes, draw_dot, draw_path, draw_picture, draw_text, spread_out, thin_out

places = st.lists(st.floats(0, 300), min_size=1, max_size=6)
printable = st.text(st.characters(codec="utf-8", exclude_categories=["C"]))


@given(places)
def test_labels_stand_apart_in_the_order_of_their_curves(wanted: list[float]) -> None:
    """Two labels over each other could not be read; turned around they would lie."""
    spread = spread_out(wanted, gap=18)

    order = sorted(range(len(wanted)), key=lambda place: wanted[place])
    assert all(spread[below] < spread[above] for below, above in pairwise(order))
    assert all(spread[above] - spread[below] >= 17 for below, above in pairwise(order))


def test_labels_that_have_room_stay_where_they_belong() -> None:
    assert spread_out([200.0, 10.0, 100.0], gap=18) == [200, 10, 100]


@given(printable)
def test_whatever_is_written_the_picture_can_be_read(words: str) -> None:
    """A name with < or & must not end the picture."""
    parts = [draw_text(1, 2, words), draw_path([(0, 0), (1, 1)], "grid"), draw_dot((0, 0), "bm25")]

    picture = draw_picture(parts, width=10, height=20, title=words)

    root = ElementTree.fromstring(picture)  # noqa: S314 - our own picture
    texts = [one.text or "" for one in root.iter() if one.tag.endswith(("}text", "}title"))]
    assert texts == [words, words]


def test_values_lie_between_the_edges_of_their_axes() -> None:
    """More is further right and higher up, which in a picture is a smaller number."""
    axes = Axes(10, 20, 100, 50, x_range=(0, 0.5), y_range=(0, 1))

    assert (axes.x(0), axes.x(0.25), axes.x(0.5)) == (10, 60, 110)
    assert (axes.y(0), axes.y(1)) == (70, 20)
    assert (axes.right, axes.bottom) == pytest.approx((110, 70))


@given(st.lists(st.tuples(st.floats(0, 300), st.floats(0, 300)), min_size=2))
def test_a_thinned_line_keeps_its_ends_and_strays_nowhere(line: list[tuple[float, float]]) -> None:
    """Thousands of questions make thousands of points; no dropped one was off by two pixels."""
    kept = thin_out(line)

    assert (kept[0], kept[-1]) == (line[0], line[-1])
    for x, y in line:
        assert any(abs(x - near) + abs(y - high) < 2 for near, high in kept)
